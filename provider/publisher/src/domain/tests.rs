use proptest::prelude::*;

use super::*;

fn name(text: &str) -> DomainName {
    text.parse().unwrap()
}

fn pattern(text: &str) -> DestinationPattern {
    text.parse().unwrap()
}

#[test]
fn a_domain_becomes_its_reversed_pattern_and_back() {
    let reversed = DestinationPattern::from_domain(&name("remote.com"));
    assert_eq!(reversed.as_str(), ".com.remote");
    assert_eq!(reversed.domain().unwrap().as_str(), "remote.com");
}

#[test]
fn only_a_plain_reversed_name_has_a_domain() {
    for text in [
        ".com.remote.*",
        ".*",
        ".com.remote+1",
        "com.remote",
        ".com..remote",
        ".",
    ] {
        assert_eq!(pattern(text).domain(), None, "{text}");
    }
}

#[test]
fn every_documented_form_of_a_pattern_is_kept_as_written() {
    for text in [
        ".com.remote",
        ".com.domaina.*",
        ".com.domaina.lyncserver",
        ".*",
        r".com.a\*b",
        "+49*",
    ] {
        assert_eq!(pattern(text).as_str(), text);
    }
}

#[test]
fn a_route_belongs_to_the_longest_matching_domain() {
    let domains = [
        name("com"),
        name("remote.com"),
        name("lync.remote.com"),
        name("mote.com"),
    ];
    let owner = |text: &str| pattern(text).owner(&domains).map(ToString::to_string);
    assert_eq!(owner(".com.remote").as_deref(), Some("remote.com"));
    assert_eq!(owner(".com.remote.*").as_deref(), Some("remote.com"));
    assert_eq!(
        owner(".COM.Remote.Lync.fe1").as_deref(),
        Some("lync.remote.com")
    );
    assert_eq!(owner(".com.remotes").as_deref(), Some("com"));
    assert_eq!(owner(".org.remote"), None);
    assert_eq!(owner(".*"), None);
}

#[test]
fn names_that_differ_in_case_alone_are_equal_and_keep_their_spelling() {
    assert_eq!(name("Remote.COM"), name("remote.com"));
    assert_eq!(name("Remote.COM").as_str(), "Remote.COM");
    assert_eq!(pattern(".COM.remote"), pattern(".com.Remote"));
    let hop = |text: &str| text.parse::<NextHop>().unwrap();
    assert_eq!(hop("FE1.example.com"), hop("fe1.example.com"));
    assert_eq!(hop("2001:DB8::1"), hop("2001:db8:0:0:0:0:0:1"));
}

#[test]
fn wrong_values_say_what_to_write_instead() {
    let error = |result: Result<(), Invalid>| result.unwrap_err().to_string();
    let domain = |text: &str| error(text.parse::<DomainName>().map(drop));
    assert!(domain("").contains("remote.com"));
    assert!(domain(".com.remote").contains("destination pattern"));
    assert!(domain("rémote.com").contains("xn--"));
    assert!(domain("remote..com").contains("empty part"));
    assert!(domain(&"a".repeat(129)).contains("129"));

    let route = |text: &str| error(text.parse::<DestinationPattern>().map(drop));
    assert!(route(".com.*.remote").contains("asterisk"));
    assert!(route(".com remote").contains("' '"));

    let hop = |text: &str| error(text.parse::<NextHop>().map(drop));
    assert!(hop("10.20.0.256").contains("0 to 255"));
    assert!(hop("10.20.0.15:5061").contains("port"));
    assert!(hop("https://fe1").contains("scheme"));
    let host = |text: &str| error(text.parse::<NextHop>().unwrap().check_host());
    for address in ["0.0.0.0", "::", "224.0.0.1", "ff02::1"] {
        assert!(host(address).contains("not the address of a host"));
    }
    assert!(hop("-fe1.example.com").contains("dash"));

    assert!(error(Priority::try_from(0).map(drop)).contains("1 to 65535"));
    assert!(error(Port::try_from(65536).map(drop)).contains("0 to 65535"));
    assert!(error("SCTP".parse::<Protocol>().map(drop)).contains("\"TLS\""));
    assert!(error("".parse::<Description>().map(drop)).contains("Leave it out"));
    assert!(error("a\nb".parse::<Description>().map(drop)).contains("one line"));
    assert!(error("x".parse::<Pkid>().map(drop)).contains("pkid"));
}

#[test]
fn an_escaped_asterisk_may_stand_anywhere() {
    assert!(r".com.\*.remote".parse::<DestinationPattern>().is_ok());
    // The backslash itself is escaped here, the asterisk is not.
    assert!(r".com.\\*.remote".parse::<DestinationPattern>().is_err());
}

#[test]
fn a_pkid_is_read_in_both_of_its_forms() {
    let braced: Pkid = "{5D0B0F3C-4A52-4B6F-8A30-2F7F0B1C9E11}".parse().unwrap();
    assert_eq!(braced.as_str(), "5d0b0f3c-4a52-4b6f-8a30-2f7f0b1c9e11");
    assert_ne!(Pkid::random(), Pkid::random());
}

prop_compose! {
    fn domain_names()(text in "[a-zA-Z0-9-]{1,20}(\\.[a-zA-Z0-9-]{1,20}){0,4}") -> String { text }
}

proptest! {
    #[test]
    fn domain_names_round_trip(text in domain_names()) {
        prop_assert_eq!(name(&text).to_string(), text);
    }

    #[test]
    fn reversing_twice_gives_the_domain_again(text in domain_names()) {
        let domain = name(&text);
        let reversed = DestinationPattern::from_domain(&domain);
        let read_again = pattern(reversed.as_str());
        prop_assert_eq!(read_again.as_str(), reversed.as_str());
        let restored = reversed.domain().unwrap();
        prop_assert_eq!(restored.as_str(), domain.as_str());
        prop_assert_eq!(reversed.labels_within(&domain), Some(domain.labels().count()));
    }

    #[test]
    fn destination_patterns_round_trip(text in "\\.?[A-Za-z0-9+.-]{1,60}\\*?") {
        prop_assert_eq!(pattern(&text).to_string(), text);
    }

    #[test]
    fn next_hops_round_trip(address in any::<std::net::IpAddr>(), label in "[a-z][a-z0-9]{0,20}") {
        let host = format!("{label}.example.com");
        prop_assert_eq!(host.parse::<NextHop>().unwrap().to_string(), host);
        let text = address.to_string();
        if let Ok(hop) = text.parse::<NextHop>() {
            prop_assert_eq!(hop.address(), Some(address));
            prop_assert_eq!(hop.to_string(), text);
        }
    }

    #[test]
    fn numbers_round_trip(number in 1_u16..) {
        prop_assert_eq!(number.to_string().parse::<Port>().unwrap().get(), number);
        prop_assert_eq!(number.to_string().parse::<Priority>().unwrap().get(), number);
        prop_assert_eq!(number.to_string().parse::<Weight>().unwrap().get(), number);
    }

    #[test]
    fn descriptions_round_trip(text in "[!-~äöü][ -~äöü]{0,100}[!-~äöü]") {
        prop_assert_eq!(text.parse::<Description>().unwrap().to_string(), text);
    }

    #[test]
    fn pkids_round_trip(_ in 0..8_u8) {
        let pkid = Pkid::random();
        prop_assert_eq!(pkid.as_str().parse::<Pkid>().unwrap(), pkid);
    }

    #[test]
    fn nothing_from_outside_panics(text in any::<String>()) {
        let _ = text.parse::<DomainName>();
        if let Ok(pattern) = text.parse::<DestinationPattern>() { let _ = pattern.domain(); }
        let _ = text.parse::<NextHop>();
        let _ = text.parse::<Description>();
        let _ = text.parse::<Pkid>();
        let _ = text.parse::<Port>();
        let _ = text.parse::<Protocol>();
    }
}
