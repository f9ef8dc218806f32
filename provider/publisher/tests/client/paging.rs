//! Tables that do not fit into one answer, read while rows come and go.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use imp_publisher::Freshness;
use imp_publisher_simulator::{RouteRow, Verb};

use crate::practice::{NAME, Practice, scope};

const ROWS: usize = 400;

fn lasting() -> Vec<RouteRow> {
    (0..ROWS)
        .map(|number| RouteRow::to(&format!(".com.lasting{number}"), "10.20.0.15"))
        .collect()
}

#[tokio::test]
async fn pages_are_sized_by_the_publishers_suggestion_and_no_row_is_missed() {
    let practice = Practice::start().await;
    practice.cluster().load(&[], &lasting()).unwrap();
    practice.cluster().set_answer_limit(20_000);
    let publisher = practice.publisher();
    let table = publisher.routes(Freshness::Fresh, &scope()).await.unwrap();
    let read: BTreeSet<String> = table
        .rows()
        .iter()
        .map(|row| row.pkid.to_string())
        .collect();
    let there = practice.cluster().all_routes().unwrap();
    assert_eq!(table.rows().len(), there.len());
    assert_eq!(read, there.into_iter().map(|row| row.pkid).collect());
    let pages = practice
        .statements(Verb::Select)
        .iter()
        .filter(|sql| sql.contains(" FIRST "))
        .count();
    assert!((4..60).contains(&pages), "{pages} pages");
}

#[tokio::test]
async fn rows_that_stay_are_read_once_while_others_come_and_go() {
    let practice = Practice::start().await;
    practice.cluster().load(&[], &lasting()).unwrap();
    practice.cluster().set_answer_limit(20_000);
    let publisher = practice.publisher();
    let over = Arc::new(AtomicBool::new(false));
    let meddler = {
        let (simulator, over) = (Arc::clone(&practice.simulator), Arc::clone(&over));
        std::thread::spawn(move || {
            let cluster = simulator.cluster(NAME);
            let mut passing = 0;
            while !over.load(Ordering::SeqCst) {
                let row = RouteRow::to(&format!(".com.passing{passing}"), "10.20.0.16");
                cluster.add_route(&row).unwrap();
                if passing % 3 > 0 {
                    cluster.delete_route(&row.key()).unwrap();
                }
                passing += 1;
            }
            passing
        })
    };
    for _ in 0..5 {
        let table = publisher.routes(Freshness::Fresh, &scope()).await.unwrap();
        let keys: Vec<String> = table
            .rows()
            .iter()
            .map(|row| row.value.key().to_string())
            .collect();
        let lasting_rows = keys.iter().filter(|key| key.contains("lasting")).count();
        assert_eq!(lasting_rows, ROWS);
        let distinct: BTreeSet<&String> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
    over.store(true, Ordering::SeqCst);
    assert!(meddler.join().unwrap() > 0);
}
