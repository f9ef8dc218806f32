//! The control port and the program.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use imp_publisher_simulator::{ClusterOptions, Simulator};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::client::{Soap, http};

async fn ask(client: &Client, base: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
    let mut request = client.request(
        Method::from_bytes(method.as_bytes()).unwrap(),
        format!("{base}{path}"),
    );
    if !body.is_null() {
        request = request.body(body.to_string());
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (
        status,
        serde_json::from_str(&response.text().await.unwrap()).unwrap(),
    )
}

#[tokio::test]
async fn the_control_port_does_what_the_handle_does() {
    let options = ClusterOptions::new("emea").with_subscriber();
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let cluster = simulator.cluster("emea");
    let soap = Soap::new(&simulator, cluster);
    let base = format!("http://{}", simulator.control_address());
    let client = http(simulator.ca_pem());
    let call =
        async |method: &str, path: &str, body: Value| ask(&client, &base, method, path, body).await;
    let done = (200, json!({ "done": true }));

    let domain = json!({ "domain_name": "remote.com", "description": "x" });
    assert_eq!(
        call("POST", "/clusters/emea/domains", domain.clone()).await,
        done
    );
    let (status, refused) = call("POST", "/clusters/emea/domains", domain).await;
    assert_eq!((status, &refused["code"]), (409, &json!(-239)));
    assert_eq!(
        call("POST", "/clusters/emea/domains", json!({ "colour": 1 }))
            .await
            .0,
        400
    );
    assert_eq!(
        call(
            "PATCH",
            "/clusters/emea/domains/remote.com",
            json!({ "direct_federation": false })
        )
        .await,
        done
    );
    let (_, domains) = call("GET", "/clusters/emea/domains", Value::Null).await;
    assert_eq!(
        (
            &domains[0]["integration_type"],
            &domains[0]["direct_federation"]
        ),
        (&json!("ocs_lync"), &json!(false))
    );

    let route = json!({ "destination_pattern": ".com.remote", "next_hop": "10.0.0.1" });
    assert_eq!(call("POST", "/clusters/emea/routes", route).await, done);
    let route = "/clusters/emea/routes/.com.remote%2F10.0.0.1:5061%2FTLS";
    assert_eq!(call("PATCH", route, json!({ "priority": 3 })).await, done);
    assert_eq!(
        call(
            "PUT",
            &format!("{route}/column"),
            json!({ "column": "weight", "value": "9" })
        )
        .await,
        done
    );
    assert_eq!(
        (
            cluster.routes().unwrap()[0].priority,
            cluster.routes().unwrap()[0].weight
        ),
        (3, 9)
    );
    assert_eq!(call("DELETE", route, Value::Null).await, done);
    assert_eq!(call("DELETE", route, Value::Null).await.0, 404);

    let fault = json!({ "kind": { "service_unavailable": {} }, "phase": "before_effect", "operation": "getCUPVersion" });
    assert_eq!(
        call("POST", "/faults", fault).await,
        (200, json!({ "id": 1 }))
    );
    assert_eq!(
        call("GET", "/faults/unfired", Value::Null).await.1[0]["id"],
        1
    );
    assert_eq!(soap.call("getCUPVersion", "").await.status, 503);
    assert_eq!(
        call("GET", "/faults/unfired", Value::Null).await.1,
        json!([])
    );
    assert_eq!(call("DELETE", "/faults", Value::Null).await, done);
    assert_eq!(
        call(
            "POST",
            "/faults",
            json!({ "kind": "reset", "phase": "sometimes" })
        )
        .await
        .0,
        400
    );

    let (_, journal) = call("GET", "/journal", Value::Null).await;
    assert_eq!(journal.as_array().unwrap().last().unwrap()["status"], 503);
    assert_eq!(call("DELETE", "/journal", Value::Null).await, done);
    assert_eq!(call("GET", "/journal", Value::Null).await.1, json!([]));

    let node = "/clusters/emea/nodes/imp-pub.emea.example.com";
    assert_eq!(
        call("POST", &format!("{node}/down"), Value::Null).await,
        done
    );
    assert!(soap.send("getCUPVersion", "").await.is_err());
    assert_eq!(call("POST", &format!("{node}/up"), Value::Null).await, done);
    assert_eq!(soap.call("getCUPVersion", "").await.status, 200);

    assert_eq!(
        call(
            "POST",
            "/clusters/emea/learned-domains",
            json!({ "name": "learned.com" })
        )
        .await,
        done
    );
    assert_eq!(
        call(
            "PUT",
            "/clusters/emea/settings",
            json!({ "partitioned_federation": true })
        )
        .await,
        done
    );
    assert!(cluster.settings().unwrap().partitioned_federation);
    assert_eq!(
        cluster.settings().unwrap().proxy_domain.as_deref(),
        Some("corp.example")
    );
    assert_eq!(
        call("GET", "/clusters/emea/profile", Value::Null).await.1,
        cluster.profile()
    );
    let change = json!({ "change_release": { "to": "15.0.1.1-1" } });
    assert_eq!(call("POST", "/clusters/emea/catalogue", change).await, done);
    assert_eq!(
        call("GET", "/clusters", Value::Null).await.1[0]["release"],
        "15.0.1.1-1"
    );
    assert_eq!(
        call("GET", "/clusters/nope/domains", Value::Null).await.0,
        404
    );
}

/// The program; killed when dropped.
struct Program(Child, Value);

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_imp-publisher-simulator"))
            .args(["serve", "--json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let output = child.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        Self(child, serde_json::from_str(&line).unwrap())
    }

    fn client(&self) -> Client {
        http(&std::fs::read_to_string(self.1["ca_path"].as_str().unwrap()).unwrap())
    }

    fn control(&self) -> String {
        self.1["control"].as_str().unwrap().to_owned()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_file_has_the_variables_that_lead_to_the_clusters() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("practice.env");
    std::fs::write(&path, "left by an earlier run").unwrap();
    let variables = |program: &Program, name: &str| {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines = text.lines().filter_map(|line| line.split_once('='));
        let found = lines.find(|(own, _)| *own == name);
        let found = found.map(|(_, value)| value.to_owned());
        assert!(text.contains(&program.control()), "{text}");
        found
    };
    let file = path.to_str().unwrap();

    let nodes = Program::start(&["--cluster", "emea,subscribers=2", "--environment", file]);
    let addresses = variables(&nodes, "IMP_NODE_ADDRESSES").unwrap();
    let first = "imp-sub1.emea.example.com=127.0.0.1:";
    assert!(addresses.starts_with(first), "{addresses}");
    assert!(
        addresses.contains(",imp-sub2.emea.example.com=127.0.0.1:"),
        "{addresses}"
    );
    drop(nodes);

    let one = Program::start(&["--cluster", "emea", "--environment", file]);
    assert!(variables(&one, "IMP_NODE_ADDRESSES").is_none());
    assert_eq!(
        variables(&one, "IMP_ADDRESS").as_deref(),
        one.1["clusters"][0]["address"].as_str()
    );
    let profile = variables(&one, "IMP_SCHEMA_PROFILE").unwrap();
    assert!(
        std::fs::read_to_string(profile)
            .unwrap()
            .contains("columns")
    );
    drop(one);

    let same = [
        "--cluster",
        "emea",
        "--cluster",
        "apac",
        "--environment",
        file,
    ];
    let same = Program::start(&same);
    let publishers = variables(&same, "IMP_PUBLISHERS").unwrap();
    assert!(publishers.starts_with("emea=127.0.0.1:") && publishers.contains(",apac="));
    assert!(variables(&same, "IMP_SCHEMA_PROFILE").is_some());
    assert!(variables(&same, "IMP_ADDRESS").is_none());
    drop(same);

    // No one profile fits clusters whose schemas differ.
    let different = Program::start(&[
        "--cluster",
        "emea",
        "--cluster",
        "apac,profile=b",
        "--environment",
        file,
    ]);
    assert!(variables(&different, "IMP_SCHEMA_PROFILE").is_none());
}

#[tokio::test]
async fn a_fault_of_each_kind_can_be_copied() {
    let program = Program::start(&["--cluster", "emea"]);
    let call = async |method: &str, path: &str, body: Value| {
        ask(&program.client(), &program.control(), method, path, body).await
    };
    let (_, samples) = call("GET", "/faults/samples", Value::Null).await;
    let samples = samples.as_array().unwrap();
    assert!(samples.len() > 20);
    for sample in samples {
        let (status, answer) = call("POST", "/faults", sample["fault"].clone()).await;
        assert_eq!(status, 200, "{sample}: {answer}");
    }
}

#[test]
fn what_cannot_be_made_is_named() {
    for arguments in [
        &["--data", "/dev/null/practice"][..],
        &["--environment", "/dev/null/practice"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_imp-publisher-simulator"))
            .arg("serve")
            .args(arguments)
            .output()
            .unwrap();
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("/dev/null/practice"), "{said}");
    }
}

#[tokio::test]
async fn rows_in_files_survive_the_program() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().to_str().unwrap();
    let arguments = [
        "--data",
        data,
        "--cluster",
        "emea",
        "--cluster",
        "apac,profile=b,subscribers=1",
    ];
    let first = Program::start(&arguments);
    assert_eq!(first.1["clusters"][1]["nodes"].as_array().unwrap().len(), 2);
    let (status, _) = ask(
        &first.client(),
        &first.control(),
        "POST",
        "/clusters/apac/domains",
        json!({ "domain_name": "remote.com" }),
    )
    .await;
    assert_eq!(status, 200);
    drop(first);

    let second = Program::start(&arguments);
    let (_, domains) = ask(
        &second.client(),
        &second.control(),
        "GET",
        "/clusters/apac/domains",
        Value::Null,
    )
    .await;
    assert_eq!(domains[0]["domain_name"], "remote.com");
    let profile: Value = serde_json::from_str(
        &std::fs::read_to_string(second.1["clusters"][0]["profile_path"].as_str().unwrap())
            .unwrap(),
    )
    .unwrap();
    let printed = Command::new(env!("CARGO_BIN_EXE_imp-publisher-simulator"))
        .args(["profile", "--profile", "a"])
        .output()
        .unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&printed.stdout).unwrap(),
        profile
    );
}
