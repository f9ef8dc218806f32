//! Values that no publisher would take are refused before any is asked.

use acceptance_tests::Practice;

use crate::support::{Refusal, afterwards, case, refused};

/// Resource, instance, marked attribute, and words that say what to write instead.
#[rustfmt::skip]
const VALUES: &[(&str, &str, Option<&str>, &str)] = &[
    ("imp_sip_federation_domain.name", "empty", Some("domain_name"), "\"remote.com\""),
    ("imp_sip_federation_domain.name", "leading_dot", Some("domain_name"), "Write the domain itself, such as \"remote.com\""),
    ("imp_sip_federation_domain.name", "empty_label", Some("domain_name"), "empty part"),
    ("imp_sip_federation_domain.name", "accented", Some("domain_name"), "xn--"),
    ("imp_sip_federation_domain.name", "too_long", Some("domain_name"), "at most 128"),
    ("imp_sip_federation_domain.description", "empty", Some("description"), "Leave it out"),
    ("imp_sip_federation_domain.description", "two_lines", Some("description"), "one line"),
    ("imp_sip_federation_domain.description", "too_long", Some("description"), "255"),
    ("imp_sip_federation_domain.integration_type", "xmpp", Some("integration_type"), "\"aol\""),
    ("imp_sip_federation_domain.direct_aol", "aol", Some("direct_federation"), "Remove `direct_federation`"),
    ("imp_sip_federation_domain.timeouts", "soon", Some("create"), "\"soon\" is no duration"),
    ("imp_sip_federation_domain.timeout_keys", "creation", Some("timeouts"), "write `create`, `read`, `update` or `delete`"),
    ("imp_static_route.domain", "empty", Some("domain"), "\"remote.com\""),
    ("imp_static_route.domain", "leading_dot", Some("domain"), "Write the domain itself"),
    ("imp_static_route.domain", "empty_label", Some("domain"), "empty part"),
    ("imp_static_route.domain", "accented", Some("domain"), "xn--"),
    ("imp_static_route.domain", "too_long", Some("domain"), "at most 128"),
    ("imp_static_route.pattern", "empty", Some("destination_pattern"), "\".com.remote\" for remote.com"),
    ("imp_static_route.pattern", "asterisk", Some("destination_pattern"), "at the end only"),
    ("imp_static_route.pattern", "space", Some("destination_pattern"), "contains ' '"),
    ("imp_static_route.pattern", "undotted", Some("destination_pattern"), "write \".com.remote\""),
    ("imp_static_route.hop", "empty", Some("next_hop"), "\"10.20.0.15\""),
    ("imp_static_route.hop", "no_address", Some("next_hop"), "0 to 255"),
    ("imp_static_route.hop", "with_port", Some("next_hop"), "the port has an attribute of its own"),
    ("imp_static_route.hop", "with_scheme", Some("next_hop"), "without a scheme"),
    ("imp_static_route.hop", "unspecified", Some("next_hop"), "not the address of a host"),
    ("imp_static_route.hop", "multicast", Some("next_hop"), "not the address of a host"),
    ("imp_static_route.port", "below", Some("next_hop_port"), "0 to 65535"),
    ("imp_static_route.port", "above", Some("next_hop_port"), "0 to 65535"),
    ("imp_static_route.port", "fraction", Some("next_hop_port"), "whole number"),
    ("imp_static_route.priority", "below", Some("priority"), "1 to 65535"),
    ("imp_static_route.priority", "above", Some("priority"), "1 to 65535"),
    ("imp_static_route.weight", "below", Some("weight"), "1 to 65535"),
    ("imp_static_route.weight", "above", Some("weight"), "1 to 65535"),
    ("imp_static_route.protocol", "SCTP", Some("protocol"), "\"TLS\""),
    ("imp_static_route.route_type", "phone", Some("route_type"), "\"domain\""),
    ("imp_static_route.disagreeing", "remote.com", Some("destination_pattern"), "is .com.remote, not .com.other"),
];

#[test]
fn a_route_needs_a_domain_or_a_pattern() {
    let practice = Practice::start();
    let refusal = Refusal::of("imp_static_route.neither")
        .says("domain")
        .says("destination_pattern");
    case(&practice)
        .step(refused(&practice, "refused/neither", vec![refusal]))
        .step(afterwards(&practice, "nobody was asked", nobody_was_asked))
        .run();
}

fn nobody_was_asked(practice: &Practice) -> Result<(), String> {
    match practice.requests().len() {
        0 => Ok(()),
        requests => Err(format!("there were {requests} requests")),
    }
}

#[test]
fn malformed_values_are_refused_at_their_attribute() {
    let practice = Practice::start();
    let refusals = VALUES.iter().map(|(resource, instance, attribute, words)| {
        let refusal = Refusal::of(format!("{resource}[\"{instance}\"]")).says(words);
        match attribute {
            Some(attribute) => refusal.at(attribute),
            None => refusal,
        }
    });
    case(&practice)
        .step(refused(&practice, "refused/values", refusals.collect()))
        .step(afterwards(&practice, "nobody was asked", nobody_was_asked))
        .run();
}
