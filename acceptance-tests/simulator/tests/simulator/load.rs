//! Many rows and many requests.

use imp_publisher_simulator::{ClusterOptions, RouteRow, Simulator};

use crate::client::Soap;

/// Ten thousand routes in one answer, then a thousand inserts eight at a time: enough to hang for minutes if a scan of
/// the table hid in the path of a write.
#[tokio::test]
async fn ten_thousand_routes_and_a_thousand_inserts_are_nothing() {
    let simulator = Simulator::builder()
        .cluster(ClusterOptions::new("emea"))
        .start()
        .await
        .unwrap();
    let cluster = simulator.cluster("emea");
    let routes: Vec<RouteRow> = (0..10_000)
        .map(|number| RouteRow::to(&format!(".com.remote{number}"), "10.0.0.1"))
        .collect();
    cluster.load(&[], &routes).unwrap();
    let soap = Soap::new(&simulator, cluster);
    let came = soap
        .query("SELECT * FROM sipproxystaticroute ORDER BY pkid")
        .await;
    assert_eq!(came.all("row").len(), 10_001);

    let soap = &soap;
    let work = (0..8).map(async |worker: usize| {
        for number in (worker..1000).step_by(8) {
            let sql = format!(
                "INSERT INTO sipproxystaticroute (pkid, destinationpattern, nexthop, nexthopport, tksiproutetype, \
                 tksipprotocol) VALUES (newid(), '.com.more{number}', '10.0.0.2', 5061, 1, 3)"
            );
            assert_eq!(soap.update(&sql).await.one("rowsUpdated"), "1");
        }
    });
    let mut tasks: Vec<_> = work.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        tasks.retain_mut(|task| task.as_mut().poll(context).is_pending());
        if tasks.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    assert_eq!(cluster.routes().unwrap().len(), 11_000);
    assert_eq!(simulator.journal().len(), 1001);
}

/// Whoever judges the rows after a client was killed must know when what it had on its way is over.
#[tokio::test]
async fn a_cluster_is_idle_when_its_clients_are_gone_and_their_requests_are_over() {
    let simulator = Simulator::builder()
        .cluster(ClusterOptions::new("emea"))
        .start()
        .await
        .unwrap();
    let cluster = simulator.cluster("emea");
    assert!(cluster.is_idle());
    let soap = Soap::new(&simulator, cluster);
    soap.query("SELECT * FROM sipproxystaticroute").await;
    // The client keeps its connection.
    assert!(!cluster.is_idle());
    drop(soap);
    while !cluster.is_idle() {
        tokio::task::yield_now().await;
    }
}
