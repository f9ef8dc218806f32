use proptest::prelude::*;

use super::*;
use crate::resources::object::Object;
use crate::resources::{sip_federation_domain, static_route};

const PKID: &str = "5d0b0f3c-4a52-4b6f-8a30-2f7f0b1c9e11";

fn parsed<'a>(names: &[&str], id: &'a str) -> (String, RowId<'a>) {
    let ImportId { publisher, row } = parse(names, id, "the form").unwrap();
    (publisher, row)
}

#[test]
fn the_publisher_comes_first_and_may_be_left_out_where_there_is_one() {
    let both = ["apac", "emea"];
    assert_eq!(
        parsed(&both, "emea/remote.com"),
        ("emea".to_owned(), RowId::Key("remote.com"))
    );
    assert_eq!(
        parsed(&["emea"], "remote.com"),
        ("emea".to_owned(), RowId::Key("remote.com"))
    );
    let route = ".com.remote/10.20.0.15:5061/TLS";
    assert_eq!(
        parsed(&["emea"], route),
        ("emea".to_owned(), RowId::Key(route))
    );
    assert_eq!(
        parsed(&both, &format!("apac/{PKID}")),
        ("apac".to_owned(), RowId::Pkid(PKID.parse().unwrap()))
    );
}

#[test]
fn what_is_no_import_id_is_refused_with_the_form() {
    let error = |id: &str| {
        parse(&["apac", "emea"], id, "the form")
            .unwrap_err()
            .to_string()
    };
    assert!(error("remote.com").contains("apac, emea"));
    assert!(error("amer/remote.com").contains("the form"));
    assert!(error("emea/").contains("which row"));
}

#[test]
fn route_keys_are_read_with_ipv6_addresses_in_brackets() {
    let key = ".com.remote/[2001:db8::1]:5061/TLS";
    let object = static_route::Model::to_be_read("emea", None, Some(key)).unwrap();
    assert_eq!(object.key().unwrap().to_string(), key);
}

#[test]
fn a_route_to_no_host_can_be_looked_for_though_it_cannot_be_configured() {
    let key = ".*/0.0.0.0:5060/TCP";
    let object = static_route::Model::to_be_read("emea", None, Some(key)).unwrap();
    assert_eq!(object.key().unwrap().to_string(), key);
}

#[test]
fn wrong_keys_say_what_is_wrong() {
    let route = |key: &str| static_route::Model::to_be_read("emea", None, Some(key)).unwrap_err();
    assert!(route(".com.remote/10.20.0.15/TLS").contains("no port"));
    assert!(route(".com.remote").contains("1 parts"));
    assert!(route(".com.remote/10.20.0.15:x/TLS").contains("not a port"));
    assert!(route(".com.remote/10.20.0.15:5061/SCTP").contains("protocol"));
    let domain =
        |key: &str| sip_federation_domain::Model::to_be_read("emea", None, Some(key)).unwrap_err();
    assert!(domain("remote_com").contains("letters"));
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Ok(ImportId { row: RowId::Key(key), .. }) = parse(&["emea"], &text, "the form") {
            let _ = static_route::Model::to_be_read("emea", None, Some(key));
            let _ = sip_federation_domain::Model::to_be_read("emea", None, Some(key));
        }
    }

    #[test]
    fn the_id_of_a_route_imports_that_route(
        pattern in "\\.[a-z]{2,5}\\.[a-z0-9-]{1,20}(\\.\\*)?",
        address in any::<std::net::IpAddr>(),
        port in 0_u16..,
        protocol in prop_oneof!["TLS", "TCP", "UDP"],
    ) {
        let hop = if address.is_ipv6() { format!("[{address}]") } else { address.to_string() };
        let key = format!("{pattern}/{hop}:{port}/{protocol}");
        let object = static_route::Model::to_be_read("emea", None, Some(&key)).unwrap();
        prop_assert_eq!(object.key().unwrap().to_string(), key);
    }
}
