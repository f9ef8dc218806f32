//! Every fault fires, with and without its effect.

use std::time::{Duration, Instant};

use imp_publisher_simulator::{
    AnswerClass, ClusterOptions, DomainRow, Fault, FaultKind, JournalEntry, Simulator, Subject,
    Verb,
};
use tokio::time::timeout;

use crate::client::Soap;

/// What a client sees: the status and the body, or the error that ended it.
type Seen = Result<(u16, String), String>;

const LONG: Duration = Duration::from_secs(60);

/// For answers that never come.
const SHORT: Duration = Duration::from_millis(300);

async fn start() -> (Simulator, Soap) {
    let options = ClusterOptions::new("emea");
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let soap = Soap::new(&simulator, simulator.cluster("emea"));
    (simulator, soap)
}

async fn insert(soap: &Soap, name: &str) -> Seen {
    insert_within(soap, name, LONG).await
}

async fn insert_within(soap: &Soap, name: &str, patience: Duration) -> Seen {
    let sql = format!(
        "<sql>INSERT INTO pefederateddomain (pkid, domainname, tkfedprotocol) VALUES ('{name}', '{name}', 2)</sql>"
    );
    let answer = async {
        let response = soap.send("executeSQLUpdate", &sql).await?;
        let status = response.status().as_u16();
        let body = response.bytes().await?;
        Ok::<_, reqwest::Error>((status, String::from_utf8_lossy(&body).into_owned()))
    };
    match timeout(patience, answer).await {
        Ok(Ok(seen)) => Ok(seen),
        Ok(Err(error)) => Err(format!("{error:?}")),
        Err(_) => Err("timeout".to_owned()),
    }
}

fn status(seen: &Seen) -> u16 {
    seen.as_ref().map_or(0, |(status, _)| *status)
}

fn body(seen: &Seen) -> &str {
    seen.as_ref().map_or("", |(_, body)| body)
}

fn well_formed(seen: &Seen) -> bool {
    roxmltree::Document::parse(body(seen)).is_ok()
}

fn failed(seen: &Seen, words: &[&str]) -> bool {
    seen.as_ref()
        .err()
        .is_some_and(|error| words.iter().any(|word| error.contains(word)))
}

/// The journal entry of the request that a fault has hit. It is written when the request ends, which may be later than its
/// client has gone.
async fn entry_of(simulator: &Simulator, fault: u64) -> JournalEntry {
    loop {
        let journal = simulator.journal().into_iter();
        let mut hit = journal.filter(|entry| entry.fault == Some(fault));
        if let Some(entry) = hit.next() {
            return entry;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn every_fault_that_loses_the_answer_fires_in_both_phases() {
    type Judge = fn(&Seen) -> bool;
    let faults: [(FaultKind, Judge); 17] = [
        (
            FaultKind::ServiceUnavailable { retry_after: None },
            |seen| status(seen) == 503,
        ),
        (
            FaultKind::SoapFault {
                code: -243,
                message: "Could not position within a table.".to_owned(),
            },
            |seen| status(seen) == 500 && body(seen).contains("<axlcode>-243</axlcode>"),
        ),
        (FaultKind::Unauthorized, |seen| status(seen) == 401),
        (FaultKind::Forbidden, |seen| status(seen) == 403),
        (FaultKind::WrongVersion, |seen| {
            status(seen) == 599 && body(seen).contains("Incorrect axl version")
        }),
        (FaultKind::Html { status: 200 }, |seen| {
            status(seen) == 200 && body(seen).contains("<html")
        }),
        (
            FaultKind::Redirect {
                location: "https://127.0.0.1:1/".to_owned(),
            },
            |seen| failed(seen, &["Connect"]),
        ),
        (FaultKind::TruncatedXml, |seen| {
            status(seen) == 200 && !body(seen).is_empty() && !well_formed(seen)
        }),
        (FaultKind::MalformedXml, |seen| {
            body(seen).contains("rowsUpdated") && !well_formed(seen)
        }),
        (FaultKind::Garbage, |seen| {
            status(seen) == 200 && !well_formed(seen)
        }),
        (FaultKind::EmptyBody, |seen| {
            status(seen) == 200 && body(seen).is_empty()
        }),
        (FaultKind::CutBody, |seen| failed(seen, &["Body", "Decode"])),
        (FaultKind::Reset, |seen| {
            failed(seen, &["ConnectionReset", "IncompleteMessage"])
        }),
        (FaultKind::Close, |seen| {
            failed(seen, &["IncompleteMessage", "UnexpectedEof"])
        }),
        (FaultKind::Hang, |seen| failed(seen, &["timeout"])),
        (FaultKind::Oversized { bytes: 20_000_000 }, |seen| {
            body(seen).len() > 20_000_000 && well_formed(seen)
        }),
        (FaultKind::WrongRowsUpdated { rows: 7 }, |seen| {
            body(seen).contains("<rowsUpdated>7</rowsUpdated>")
        }),
    ];
    let (simulator, soap) = start().await;
    let cluster = simulator.cluster("emea");
    for (number, (kind, judge)) in faults.into_iter().enumerate() {
        for (fault, effect) in [
            (Fault::before(kind.clone()), false),
            (Fault::after(kind.clone()), true),
        ] {
            let name = format!("{effect}{number}.com");
            let fault = fault.on_statement(Verb::Insert, Subject::Domain);
            let id = simulator.inject(fault);
            let patience = if kind == FaultKind::Hang { SHORT } else { LONG };
            let seen = insert_within(&soap, &name, patience).await;
            assert!(judge(&seen), "{kind:?} {effect}: {seen:?}");
            assert_eq!(cluster.domain(&name).unwrap().is_some(), effect, "{kind:?}");
            assert_eq!(simulator.unfired_faults(), [], "{kind:?}");

            let entry = entry_of(&simulator, id).await;
            assert_eq!(entry.answer, AnswerClass::Injected, "{kind:?}");
            assert_eq!(!entry.changes.is_empty(), effect, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn a_dripping_answer_comes_whole_after_the_effect_only() {
    let (simulator, soap) = start().await;
    let drip = FaultKind::SlowDrip {
        bytes: 100,
        pause_ms: 1,
    };
    simulator.inject(Fault::before(drip.clone()));
    assert!(failed(
        &insert(&soap, "before.com").await,
        &["Body", "Decode"]
    ));
    simulator.inject(Fault::after(drip));
    let seen = insert(&soap, "after.com").await;
    assert!(well_formed(&seen), "{seen:?}");
    simulator.inject(Fault::after(FaultKind::SlowDrip {
        bytes: 1,
        pause_ms: 50,
    }));
    assert_eq!(
        insert_within(&soap, "slow.com", SHORT).await,
        Err("timeout".to_owned())
    );
    let names: Vec<_> = simulator.cluster("emea").domains().unwrap();
    assert_eq!(
        names
            .iter()
            .map(|row| row.domain_name.as_str())
            .collect::<Vec<_>>(),
        ["after.com", "slow.com"]
    );
}

#[tokio::test]
async fn faults_of_the_wire_lose_nothing() {
    let (simulator, soap) = start().await;
    for (number, kind) in [
        FaultKind::Latency { millis: 30 },
        FaultKind::SlowClose { millis: 30 },
        FaultKind::SlicedWrites {
            bytes: 7,
            pause_us: 50,
        },
        FaultKind::DuplicateCookies,
    ]
    .into_iter()
    .enumerate()
    {
        for (fault, word) in [
            (Fault::before(kind.clone()), "b"),
            (Fault::after(kind.clone()), "a"),
        ] {
            simulator.inject(fault);
            let name = format!("{word}{number}.com");
            let started = Instant::now();
            let seen = insert(&soap, &name).await;
            assert_eq!(status(&seen), 200, "{kind:?}: {seen:?}");
            assert!(well_formed(&seen), "{kind:?}");
            if kind == (FaultKind::Latency { millis: 30 }) {
                assert!(started.elapsed() >= Duration::from_millis(30));
            }
            assert!(simulator.cluster("emea").domain(&name).unwrap().is_some());
        }
    }
    assert_eq!(simulator.unfired_faults(), []);
}

#[tokio::test]
async fn a_late_effect_comes_though_nobody_waits_for_it() {
    let (simulator, soap) = start().await;
    let cluster = simulator.cluster("emea");
    let millis = u64::try_from(LONG.as_millis()).unwrap();
    simulator.inject(Fault::before(FaultKind::LateEffect { millis }));
    assert_eq!(
        insert_within(&soap, "late.com", SHORT).await,
        Err("timeout".to_owned())
    );
    drop(soap);
    assert!(cluster.domain("late.com").unwrap().is_none());
    simulator.hurry_late_effects();
    while !cluster.is_idle() {
        tokio::task::yield_now().await;
    }
    assert!(cluster.domain("late.com").unwrap().is_some());
    assert!(!simulator.journal().last().unwrap().changes.is_empty());
}

#[tokio::test]
async fn doubled_cookies_and_retry_after_are_in_the_headers() {
    let (simulator, soap) = start().await;
    let cookies = async || {
        let response = soap.send("getCUPVersion", "").await.unwrap();
        response.headers().get_all("set-cookie").iter().count()
    };
    simulator.inject(Fault::after(FaultKind::DuplicateCookies));
    assert_eq!(cookies().await, 5);
    simulator.inject(Fault::before(FaultKind::ServiceUnavailable {
        retry_after: Some("7".to_owned()),
    }));
    let response = soap.send("getCUPVersion", "").await.unwrap();
    assert_eq!(response.headers()["retry-after"], "7");
}

#[tokio::test]
async fn a_fault_hits_what_it_names_and_no_more() {
    let (simulator, soap) = start().await;
    simulator
        .cluster("emea")
        .add_domain(&DomainRow::named("remote.com"))
        .unwrap();
    let unavailable = FaultKind::ServiceUnavailable { retry_after: None };
    let id = simulator.inject(
        Fault::before(unavailable.clone())
            .on_cluster("emea")
            .on_operation("executeSQLQuery")
            .on_statement(Verb::Select, Subject::Domain)
            .skipping(1)
            .times(2),
    );
    let domains = "SELECT pkid FROM pefederateddomain";
    assert_eq!(
        soap.query("SELECT pkid FROM sipproxystaticroute")
            .await
            .status,
        200
    );
    assert_eq!(soap.call("getCUPVersion", "").await.status, 200);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(soap.query(domains).await.status);
    }
    assert_eq!(seen, [200, 503, 503, 200]);

    simulator.inject(Fault::before(unavailable.clone()).on_cluster("apac"));
    simulator.inject(
        Fault::before(unavailable).on_statement(Verb::Delete, Subject::Table("nope".to_owned())),
    );
    assert_eq!(soap.query(domains).await.status, 200);
    let unfired: Vec<u64> = simulator
        .unfired_faults()
        .iter()
        .map(|status| status.id)
        .collect();
    assert_eq!(unfired, [2, 3]);
    let first = &simulator.faults()[0];
    assert_eq!((first.id, first.passed, first.fired), (id, 1, 2));
    assert!(simulator.remove_fault(2));
    simulator.clear_faults();
    assert_eq!(simulator.unfired_faults(), []);
}

#[tokio::test]
async fn a_busy_node_answers_503() {
    let mut options = ClusterOptions::new("emea");
    options.requests_at_once = Some(2);
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let cluster = simulator.cluster("emea");
    let soap = Soap::new(&simulator, cluster);
    simulator.inject(Fault::before(FaultKind::Hang).times(2));
    let third = async {
        while !simulator.unfired_faults().is_empty() {
            tokio::task::yield_now().await;
        }
        soap.call("getCUPVersion", "").await.status
    };
    let hanging = async { tokio::join!(insert(&soap, "a.com"), insert(&soap, "b.com")) };
    tokio::select! {
        status = third => assert_eq!(status, 503),
        _ = hanging => panic!("a request that hangs is never answered"),
    }
    assert_eq!(cluster.take_most_requests_at_once(), 3);
}
