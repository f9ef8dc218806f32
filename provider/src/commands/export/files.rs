//! The files of an exported configuration.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Reading;
use super::backup::{domain_fields, route_fields};
use super::estate::{Estate, Route};
use super::hcl::quoted;
use crate::fleet::DEFAULT_NAME;
use crate::provider::SOURCE;

macro_rules! module_file {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!(
                "../../../../examples/modules/federated-domain/",
                $name
            )),
        )
    };
}

/// The folder of the module.
pub(super) const MODULE: &str = "federated_domain";

const MAIN: &str = include_str!("templates/main.tf");
/// The files of the module, which is the one among the examples.
const MODULE_FILES: [(&str, &str); 4] = [
    module_file!("main.tf"),
    module_file!("outputs.tf"),
    module_file!("variables.tf"),
    module_file!("versions.tf"),
];

/// Every file, by its path in the directory.
pub(super) fn files(estate: &Estate, readings: &[Reading]) -> Vec<(String, String)> {
    let data = json!({
        "federated_domains": domains(estate),
        "other_static_routes": routes(&estate.other_routes, true),
    });
    let mut files = vec![
        ("main.tf".to_owned(), MAIN.to_owned()),
        ("provider.tf".to_owned(), provider(readings)),
        ("estate.json".to_owned(), format!("{data:#}\n")),
        ("imports.tf".to_owned(), imports(estate)),
        ("REPORT.md".to_owned(), report(estate)),
    ];
    let module = MODULE_FILES.iter();
    files.extend(module.map(|(name, text)| (format!("{MODULE}/{name}"), (*text).to_owned())));
    files
}

fn domains(estate: &Estate) -> Map<String, Value> {
    let domains = estate.domains.iter().map(|(key, domain)| {
        let mut value = domain_fields(&domain.value);
        value["publisher"] = domain.publisher.as_str().into();
        value["static_routes"] = Value::Object(routes(&domain.routes, false));
        (key.clone(), value)
    });
    domains.collect()
}

fn routes(routes: &BTreeMap<String, Route>, with_publisher: bool) -> Map<String, Value> {
    let routes = routes.iter().map(|(key, route)| {
        let mut value = route_fields(&route.value);
        if route.is_plain {
            // Its domain says it.
            value["destination_pattern"] = Value::Null;
        }
        if with_publisher {
            value["publisher"] = route.publisher.as_str().into();
        }
        (key.clone(), value)
    });
    routes.collect()
}

fn provider(readings: &[Reading]) -> String {
    let mut text = format!(
        "terraform {{\n  required_version = \">= 1.5\"\n\n  required_providers {{\n    imp = {{\n      source = \
         {}\n    }}\n  }}\n}}\n\n# What is not said here comes from the variables that the export was made with: \
         IMP_USERNAME, IMP_PASSWORD,\n# IMP_SCHEMA_PROFILE, IMP_CA_CERTIFICATE and the others.\nprovider \"imp\" {{\n",
        quoted(SOURCE)
    );
    let address = |reading: &Reading| quoted(&reading.cluster.publisher.address());
    match readings {
        [only] if only.cluster.name() == DEFAULT_NAME => {
            let _ = writeln!(text, "  address = {}", address(only));
        }
        several => {
            text.push_str("  publishers = {\n");
            for reading in several {
                let name = quoted(reading.cluster.name());
                let _ = writeln!(text, "    {name} = {{ address = {} }}", address(reading));
            }
            text.push_str("  }\n");
        }
    }
    text.push_str("}\n");
    text
}

fn imports(estate: &Estate) -> String {
    let mut text = "# Once these are applied, this file can go.\n".to_owned();
    let mut import = |to: &str, id: &str| {
        let id = quoted(id);
        let _ = write!(text, "\nimport {{\n  to = {to}\n  id = {id}\n}}\n");
    };
    for (key, domain) in &estate.domains {
        let module = format!("module.federated_domain[{}]", quoted(key));
        import(&format!("{module}.imp_sip_federation_domain.this"), key);
        for route_key in domain.routes.keys() {
            import(
                &format!("{module}.imp_static_route.this[{}]", quoted(route_key)),
                &format!("{}/{route_key}", domain.publisher),
            );
        }
    }
    for key in estate.other_routes.keys() {
        import(&format!("imp_static_route.other[{}]", quoted(key)), key);
    }
    text
}

fn report(estate: &Estate) -> String {
    let mut text = "# What was exported\n\n".to_owned();
    let _ = write!(
        text,
        "{} SIP federated domains and {} static routes.\n\n## Left out\n\nRows that the provider does not manage.\n\n",
        estate.domains.len(),
        estate.routes().count()
    );
    list(&mut text, &estate.left_out);
    text.push_str(
        "\n## Not as the procedure has it\n\nRows that are exported as they are, and that differ from what Cisco's \
         guide describes.\n\n",
    );
    list(&mut text, &estate.remarks);
    text
}

fn list(text: &mut String, lines: &[String]) {
    if lines.is_empty() {
        text.push_str("None.\n");
    }
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
}
