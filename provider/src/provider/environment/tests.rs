use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use super::*;

fn with<T>(variables: &[(&str, &str)], read: impl FnOnce(&Environment<'_>) -> T) -> T {
    let variables: BTreeMap<String, String> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    read(&Environment::of(&|name| variables.get(name).cloned()))
}

#[test]
fn every_variable_is_named_after_its_attribute() {
    for variable in VARIABLES {
        assert_eq!(
            variable.name,
            format!("IMP_{}", variable.attribute.to_ascii_uppercase())
        );
    }
}

#[test]
fn every_attribute_of_a_connection_has_a_variable() {
    let values = [
        ("IMP_USERNAME", "axl"),
        ("IMP_PASSWORD", "secret"),
        ("IMP_AXL_VERSION", "12.5"),
        ("IMP_CA_CERTIFICATE", "/ca.pem"),
        ("IMP_TLS_SERVER_NAME", "imp"),
        ("IMP_INSECURE_SKIP_VERIFY", "true"),
        ("IMP_PROXY_URL", "http://proxy"),
        ("IMP_REQUEST_TIMEOUT", "10s"),
        ("IMP_RETRY_TIMEOUT", "1m"),
        ("IMP_MAX_RETRIES", "3"),
        ("IMP_MAX_CONCURRENT_READS", "2"),
        ("IMP_MAX_CONCURRENT_WRITES", "2"),
        ("IMP_SCHEMA_PROFILE", "/profile.json"),
        ("IMP_ALLOW_UNVERIFIED_PROFILE", "false"),
        ("IMP_READ_ONLY", "true"),
        ("IMP_CHANGE_LOG", "/log"),
        ("IMP_LOAD_BALANCERS", "10.0.0.1, lb.example.com"),
        ("IMP_NODE_ADDRESSES", "imp-sub1=10.0.0.6, imp-sub2=sub2.lab"),
    ];
    let fields = with(&values, |environment| environment.connection().unwrap());
    // What would still be taken from elsewhere is what no variable has filled.
    let ConnectionFields {
        username,
        password,
        axl_version,
        ca_certificate,
        tls_server_name,
        insecure_skip_verify,
        proxy_url,
        request_timeout,
        retry_timeout,
        max_retries,
        max_concurrent_reads,
        max_concurrent_writes,
        schema_profile,
        allow_unverified_profile,
        read_only,
        change_log,
        load_balancers,
        node_addresses,
    } = fields;
    for text in [
        username,
        axl_version,
        ca_certificate,
        tls_server_name,
        proxy_url,
        request_timeout,
        retry_timeout,
        schema_profile,
        change_log,
    ] {
        assert!(text.is_known());
    }
    assert_eq!(password.known().unwrap().expose_secret(), "secret");
    assert!(insecure_skip_verify.is(&true) && read_only.is(&true));
    assert!(allow_unverified_profile.is(&false));
    assert!(max_retries.is(&3) && max_concurrent_reads.is(&2) && max_concurrent_writes.is(&2));
    assert_eq!(
        load_balancers.known().unwrap(),
        &["10.0.0.1", "lb.example.com"]
    );
    let nodes = node_addresses.known().unwrap();
    assert_eq!((nodes["imp-sub1"].as_str(), nodes.len()), ("10.0.0.6", 2));
}

#[test]
fn a_malformed_variable_is_named_together_with_its_attribute() {
    for (name, value) in [
        ("IMP_MAX_RETRIES", "many"),
        ("IMP_READ_ONLY", "yes"),
        ("IMP_REQUEST_TIMEOUT", "30"),
        ("IMP_NODE_ADDRESSES", "10.0.0.6"),
    ] {
        let error = with(&[(name, value)], |environment| {
            environment.connection().unwrap_err()
        });
        let diagnostic = error.iter().next().unwrap();
        assert!(diagnostic.detail_text().contains(name), "{diagnostic}");
        assert!(diagnostic.detail_text().contains(value), "{diagnostic}");
        assert!(diagnostic.path().is_some());
    }
    let error = with(&[("IMP_PUBLISHERS", "emea")], |environment| {
        environment.publishers().unwrap_err()
    });
    assert!(error.to_string().contains("IMP_PUBLISHERS"));
}

#[test]
fn an_empty_variable_is_not_set() {
    let values = [("IMP_ADDRESS", ""), ("IMP_MAX_RETRIES", "")];
    with(&values, |environment| {
        assert!(environment.address().is_null());
        assert!(environment.connection().unwrap().max_retries.is_null());
    });
}

#[test]
fn publishers_are_pairs_of_names_and_addresses() {
    let values = [("IMP_PUBLISHERS", "emea=imp.emea:8443, apac=imp.apac")];
    let publishers = with(&values, |environment| environment.publishers().unwrap());
    let pair = |name: &str, address: &str| (name.to_owned(), address.to_owned());
    assert_eq!(
        publishers,
        [pair("emea", "imp.emea:8443"), pair("apac", "imp.apac")]
    );
}
