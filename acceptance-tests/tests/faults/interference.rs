//! What others do to rows of ours, as random sequences have found it to matter.

use acceptance_tests::Practice;
use imp_publisher_simulator::ClusterOptions;
use mock_core::{Configuration, Workspace, config};

use crate::process::Process;
use crate::rows::{Kind, Row};

/// Open federation learns a domain after the row of an object with that name has gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learned_domain_never_takes_the_place_of_a_row_that_is_gone() {
    let practice = Practice::with([ClusterOptions::new("emea")]);
    let cluster = practice.emea();
    let domain = config! { domain_name = "cell.com" };
    let wanted = Configuration::new().resource(Kind::Domain.address(), domain);
    let process = Process::start(&practice, cluster).await;
    let mut workspace = Workspace::new(process.core.clone());
    workspace.run(&wanted).await.unwrap();
    let created = workspace.state.clone();
    let destruction = workspace.plan(&Configuration::new()).await.unwrap();
    process.end().await;
    cluster.delete_domain("cell.com").unwrap();
    cluster.learn_domain("cell.com").unwrap();
    let learned: Vec<Row> = Kind::Domain.rows(cluster);

    let process = Process::start(&practice, cluster).await;
    workspace.use_core(process.core.clone());
    workspace.apply(&destruction).await.unwrap();
    assert!(workspace.state.resources.is_empty());
    assert_eq!(Kind::Domain.rows(cluster), learned);

    workspace.state = created;
    workspace.refresh().await.unwrap();
    assert!(workspace.state.resources.is_empty());
    let failure = workspace.run(&wanted).await.unwrap_err().to_string();
    assert!(failure.contains("learned"), "{failure}");
    assert_eq!(Kind::Domain.rows(cluster), learned);
    process.end().await;
}
