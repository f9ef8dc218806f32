//! The schema of the `provider` block.

use tfplugin_framework::timeouts::GoDuration;
use tfplugin_framework::validators::{between, each, not_empty, parses_as};
use tfplugin_framework::{Attribute, Schema, Type};

use super::environment::variable_of;

/// The schema of the `provider` block.
pub(crate) fn schema() -> Schema {
    Schema::new(0)
        .describe(
            "Manages SIP federated domains and static routes on Cisco IM and Presence database publishers, \
             over AXL.",
        )
        .attribute(
            "address",
            address().optional().describe(with_variable(
                "address",
                &format!(
                    "The IM and Presence database publisher, where there is only one; it is then called \
                     `default`. {ADDRESS_FORM}"
                ),
            )),
        )
        .attribute("publishers", publishers())
        .attributes(connection(with_variable))
}

fn publishers() -> Attribute {
    let own = [
        (
            "address",
            address().required().describe(format!(
                "The IM and Presence database publisher of the cluster. {ADDRESS_FORM}"
            )),
        ),
        (
            "managed",
            Attribute::bool().optional().describe(
                "Whether the objects on this publisher are managed, `true` by default. `false` keeps them in \
                 the state without any request, and makes planned changes to them errors.",
            ),
        ),
    ];
    let overriding = |_: &str, description: &str| {
        format!("{description} Overrides the attribute of the same name of the provider block.")
    };
    Attribute::nested_map(own.into_iter().chain(connection(overriding)))
    .optional()
    .describe(with_variable(
        "publishers",
        "The IM and Presence database publisher of each cluster, by a short name that resources refer to: \
         lower-case letters, digits, `_` and `-`.",
    ))
}

const ADDRESS_FORM: &str = "A host name or IP address, with `:port` where it is not 8443.";

fn address() -> Attribute {
    Attribute::string().validate(parses_as::<imp_publisher::Address>())
}

/// The attributes that say how to reach a publisher; `describe` completes the description of each.
fn connection(describe: impl Fn(&str, &str) -> String) -> Vec<(&'static str, Attribute)> {
    let text = || Attribute::string().validate(not_empty());
    let duration = || Attribute::string().validate(parses_as::<GoDuration>());
    let switch = Attribute::bool;
    let count = |least, greatest| Attribute::number().validate(between(least, greatest));
    let attributes = [
        (
            "username",
            text(),
            "The AXL user, with the roles *Standard CCM Admin Users* and *Standard AXL API Access*.",
        ),
        (
            "password",
            text().sensitive(),
            "The password of the AXL user. It is never stored.",
        ),
        (
            "axl_version",
            text().validate(parses_as::<imp_publisher::AxlVersion>()),
            "The AXL version to speak, such as `12.5`. Found out from the publisher where it is left out.",
        ),
        (
            "ca_certificate",
            text(),
            "The certificate authorities to trust beside the system's, or the publisher's own certificate \
             where it is self-signed: PEM text, or the path of a PEM file.",
        ),
        (
            "tls_server_name",
            text(),
            "The name in the publisher's certificate, where it differs from `address`.",
        ),
        (
            "insecure_skip_verify",
            switch(),
            "Accepts any certificate, so that anybody in between can read the password. `false` by default; \
             an error together with `ca_certificate`.",
        ),
        (
            "proxy_url",
            text(),
            "An HTTP proxy, such as `http://proxy.example.com:3128`. Where it is left out, `HTTPS_PROXY` and \
             `NO_PROXY` count.",
        ),
        (
            "request_timeout",
            duration(),
            "How long to wait for one answer, `30s` by default.",
        ),
        (
            "retry_timeout",
            duration(),
            "How long to go on trying where a publisher is busy or out of reach, `5m` by default.",
        ),
        (
            "max_retries",
            count(0, 100),
            "How many times one request is repeated at most, 10 by default. A write is repeated only where \
             it cannot have taken effect.",
        ),
        (
            "max_concurrent_reads",
            count(1, 64),
            "How many reads a publisher gets at once, 4 by default. Fewer while it is busy.",
        ),
        (
            "max_concurrent_writes",
            count(1, 64),
            "How many writes a publisher gets at once, 1 by default.",
        ),
        (
            "schema_profile",
            text(),
            "The path of a schema profile that was verified against this publisher's release. Without one \
             the provider reads by a built-in, unverified profile, and refuses to write.",
        ),
        (
            "allow_unverified_profile",
            switch(),
            "Writes by a profile that nobody has verified. `false` by default; for a lab alone.",
        ),
        (
            "read_only",
            switch(),
            "Refuses every write. `false` by default.",
        ),
        (
            "change_log",
            text(),
            "The path of a file that gets a line before and after each write. Where it cannot be written, \
             nothing is.",
        ),
        (
            "load_balancers",
            Attribute::list(Type::String),
            "Addresses and names of load balancers. Cisco does not support them as next hops: a route to one \
             of them is an error.",
        ),
        (
            "node_addresses",
            Attribute::map(Type::String).validate(each(parses_as::<imp_publisher::Address>())),
            "Where the nodes of a cluster are reached, by the name that the publisher has for them, such as \
             `{ imp-sub1 = \"10.0.0.6\" }`. A node is asked under its own name where it is left out: since when *Cisco \
             XCP Router* runs there.",
        ),
    ];
    attributes
        .into_iter()
        .map(|(name, attribute, description)| {
            let described = describe(name, description);
            (name, attribute.optional().describe(described))
        })
        .collect()
}

fn with_variable(attribute: &str, description: &str) -> String {
    match variable_of(attribute) {
        Some(variable) => format!("{description} Environment variable: `{}`.", variable.name),
        None => description.to_owned(),
    }
}
