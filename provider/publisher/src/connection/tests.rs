use super::*;

#[test]
fn addresses_are_read_and_shown_as_in_a_url() {
    for (text, shown) in [
        ("imp-pub.example.com", "imp-pub.example.com:8443"),
        ("imp-pub:9443", "imp-pub:9443"),
        ("10.0.0.5", "10.0.0.5:8443"),
        ("2001:db8::1", "[2001:db8::1]:8443"),
        ("[2001:db8::1]", "[2001:db8::1]:8443"),
        ("[2001:db8::1]:443", "[2001:db8::1]:443"),
    ] {
        assert_eq!(text.parse::<Address>().unwrap().to_string(), shown);
    }
}

#[test]
fn what_is_no_address_is_refused_with_the_reason() {
    for (text, why) in [
        ("https://imp-pub:8443/axl/", "URL"),
        ("user@imp-pub", "URL"),
        ("", "letters"),
        ("imp pub", "letters"),
        ("imp-pub:0", "port"),
        ("imp-pub:99999", "port"),
        ("imp-pub:", "port"),
        ("[2001:db8::1", "bracket"),
        ("[imp-pub]", "IPv6"),
    ] {
        let error = text.parse::<Address>().unwrap_err().to_string();
        assert!(error.contains(why), "{text}: {error}");
    }
}

#[test]
fn axl_versions_are_ordered_and_found_in_releases() {
    let version = |text: &str| text.parse::<AxlVersion>().unwrap();
    assert!(version("14.0") > version("12.5"));
    assert_eq!(
        AxlVersion::of_release("12.5.1.17900-64"),
        Some(version("12.5"))
    );
    assert_eq!(AxlVersion::of_release("soon"), None);
    assert!("12".parse::<AxlVersion>().is_err());
}

proptest::proptest! {
    #[test]
    fn addresses_round_trip(host in "[a-z][a-z0-9-]{0,10}(\\.[a-z0-9]{1,10}){0,3}", port in 1_u16..) {
        let text = format!("{host}:{port}");
        proptest::prop_assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
    }

    #[test]
    fn no_text_panics(text in proptest::prelude::any::<String>()) {
        let _ = text.parse::<Address>();
        let _ = text.parse::<AxlVersion>();
        let _ = AxlVersion::of_release(&text);
    }
}
