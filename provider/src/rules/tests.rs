//! The rules that need nobody, and what becomes of what somebody said.

use std::time::{Duration, SystemTime};

use imp_publisher::domain::{NextHop, Port, Protocol};
use imp_publisher::{Error, Fault};
use tfplugin_framework::{Diagnostic, Path};

use super::domains::{PlannedDomain, PlannedDomains};
use super::restart::not_restarted;
use super::routes::{
    load_balancer, named_next_hop, other_transport, srv_port, tcp_towards_microsoft,
};
use super::{certificates_not_verified, refusal};
use crate::nodes::Router;

fn hop(text: &str) -> NextHop {
    text.parse().unwrap()
}

fn port(number: i64) -> Port {
    Port::try_from(number).unwrap()
}

fn domain(name: &str, is_microsoft: bool, is_direct: bool) -> PlannedDomain {
    PlannedDomain {
        name: name.parse().unwrap(),
        is_microsoft,
        is_direct,
    }
}

#[track_caller]
fn is_by(diagnostic: Option<&Diagnostic>, code: &str, attribute: &str) {
    let diagnostic = diagnostic.unwrap();
    assert!(
        diagnostic.summary().ends_with(&format!("[{code}]")),
        "{diagnostic}"
    );
    assert_eq!(diagnostic.path(), Some(&Path::from(attribute)));
}

#[test]
fn each_transport_has_its_port() {
    for (number, protocol) in [
        (5061, Protocol::Tls),
        (5060, Protocol::Tcp),
        (5060, Protocol::Udp),
        (5070, Protocol::Udp),
        // The SRV record tells the port.
        (0, Protocol::Tls),
    ] {
        assert_eq!(other_transport(port(number), protocol), None, "{number}");
    }
    for (number, protocol) in [(5060, Protocol::Tls), (5061, Protocol::Tcp)] {
        let told = other_transport(port(number), protocol);
        is_by(told.as_ref(), "IMP101", "next_hop_port");
        assert!(!told.unwrap().detail_text().contains("5062"));
    }
    let listener = other_transport(port(5062), Protocol::Tls).unwrap();
    assert!(
        listener
            .detail_text()
            .contains("a listener of IM and Presence itself")
    );
}

#[test]
fn port_0_is_for_names() {
    assert_eq!(srv_port(port(0), &hop("_sip._tls.remote.com")), None);
    assert_eq!(srv_port(port(5061), &hop("10.20.0.15")), None);
    for address in ["10.20.0.15", "2001:db8::15"] {
        let told = srv_port(port(0), &hop(address));
        is_by(told.as_ref(), "IMP102", "next_hop");
        assert!(told.unwrap().is_error());
    }
}

#[test]
fn a_load_balancer_is_refused_where_something_changes() {
    let balancers = [hop("pool.corp.example"), hop("2001:db8:0::10")];
    for listed in ["POOL.corp.example", "2001:db8::10"] {
        let told = load_balancer(&hop(listed), &balancers, true);
        is_by(told.as_ref(), "IMP103", "next_hop");
        assert_eq!(load_balancer(&hop(listed), &balancers, false), None);
    }
    assert_eq!(load_balancer(&hop("10.20.0.15"), &balancers, true), None);
}

#[test]
fn names_and_tcp_matter_towards_microsoft_alone() {
    let (direct, plain) = (
        domain("remote.com", true, true),
        domain("remote.com", true, false),
    );
    let aol = domain("aol.com", false, false);
    let name = hop("fe1.corp.example");
    is_by(
        named_next_hop(&name, &direct).as_ref(),
        "IMP104",
        "next_hop",
    );
    assert_eq!(named_next_hop(&hop("10.20.0.15"), &direct), None);
    for other in [&plain, &aol] {
        assert_eq!(named_next_hop(&name, other), None);
    }
    for microsoft in [&direct, &plain] {
        let told = tcp_towards_microsoft(Protocol::Tcp, microsoft);
        is_by(told.as_ref(), "IMP105", "protocol");
        assert_eq!(tcp_towards_microsoft(Protocol::Tls, microsoft), None);
    }
    assert_eq!(tcp_towards_microsoft(Protocol::Tcp, &aol), None);
}

#[test]
fn certificates_are_told_of_once_for_all_publishers() {
    assert_eq!(certificates_not_verified(&[]), None);
    let entry = |name: &str| (name.to_owned(), Path::from("publishers").key(name));
    let one = certificates_not_verified(&[entry("emea")]).unwrap();
    assert!(one.summary().starts_with("The publisher's certificate is"));
    let two = certificates_not_verified(&[entry("apac"), entry("emea")]).unwrap();
    assert!(
        two.detail_text()
            .contains(r#"the publishers "apac", "emea""#)
    );
    let at_the_first = Path::from("publishers")
        .key("apac")
        .attribute("insecure_skip_verify");
    assert_eq!(two.path(), Some(&at_the_first));
}

#[test]
fn a_pattern_belongs_to_the_longest_planned_domain() {
    let domains = PlannedDomains::default();
    domains.note(domain("Remote.com", true, true));
    domains.note(domain("sub.remote.com", false, false));
    let owner = |pattern: &str| domains.owner(&pattern.parse().unwrap());
    assert!(owner(".com.remote.lync").unwrap().is_microsoft);
    assert!(!owner(".com.remote.sub").unwrap().is_microsoft);
    assert!(owner(".com.other").is_none());
    // The plan that came last counts.
    domains.note(domain("remote.COM", false, false));
    assert!(!owner(".com.remote").unwrap().is_microsoft);
}

fn router(node: &str, not_before: Option<SystemTime>) -> Router {
    Router {
        node: node.to_owned(),
        started: None,
        not_before,
        problem: not_before.is_none().then(|| "no answer.".to_owned()),
    }
}

#[test]
fn what_a_node_does_not_tell_is_never_fine() {
    let written = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
    let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    let later = router("a", at(1_001));
    let earlier = router("b", at(999));
    let same = router("c", at(1_000));
    let silent = router("d", None);
    assert_eq!(
        not_restarted(written, Ok(std::slice::from_ref(&later))),
        None
    );
    assert_eq!(
        not_restarted(written, Ok(&[later.clone(), earlier, same])).as_deref(),
        Some("Not restarted since: b, c.")
    );
    assert_eq!(
        not_restarted(written, Ok(&[later, silent])).as_deref(),
        Some("Not known: d (no answer).")
    );
    let error = Error::Cancelled;
    let listing = not_restarted(written, Err(&error)).unwrap();
    assert!(
        listing.starts_with("The nodes could not be listed"),
        "{listing}"
    );
}

#[test]
fn the_publishers_own_words_lead_to_the_rule() {
    let rejected = |message: &str| Error::Rejected {
        fault: Fault {
            code: Some(-746),
            message: message.to_owned(),
        },
    };
    for (message, code) in [
        (
            "A maximum of 100 static routes with the same destination pattern may be assigned.",
            Some("IMP207"),
        ),
        (
            "A federated domain must be different than the proxy domain (corp.example) .",
            Some("IMP203"),
        ),
        (
            "A federated domain with the name remote.com already exists.",
            Some("IMP204"),
        ),
        ("Next hop address is invalid", None),
    ] {
        let rule = refusal(&rejected(message));
        assert_eq!(rule.map(|rule| rule.code), code, "{message}");
    }
    assert_eq!(refusal(&Error::Cancelled), None);
}
