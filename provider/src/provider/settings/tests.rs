use secrecy::SecretString;
use tfplugin_framework::Severity;

use super::*;
use crate::fleet::Selection;

fn entry(address: &str) -> PublisherModel {
    PublisherModel {
        address: address.into(),
        ..PublisherModel::default()
    }
}

fn config(publishers: &[(&str, PublisherModel)]) -> ProviderModel {
    ProviderModel {
        publishers: Field::Known(
            publishers
                .iter()
                .map(|(name, entry)| ((*name).to_owned(), entry.clone()))
                .collect(),
        ),
        username: "axl".into(),
        password: Field::Known(SecretString::from("secret")),
        ..ProviderModel::default()
    }
}

fn resolve_with(
    config: &ProviderModel,
    variables: &[(&str, &str)],
) -> (Result<Fleet, Diagnostics>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let lookup = |name: &str| {
        variables
            .iter()
            .find(|(variable, _)| *variable == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let fleet = resolve(config, &Environment::of(&lookup), &mut diagnostics);
    (fleet, diagnostics)
}

fn fleet(config: &ProviderModel) -> Fleet {
    resolve_with(config, &[]).0.unwrap()
}

fn error(config: &ProviderModel) -> (String, String) {
    let errors = resolve_with(config, &[]).0.unwrap_err();
    let first = errors.iter().next().unwrap();
    let path = first.path().map(ToString::to_string).unwrap_or_default();
    (path, first.to_string())
}

#[test]
fn each_entry_becomes_a_publisher() {
    let fleet = fleet(&config(&[
        ("emea", entry("imp.emea")),
        ("apac", entry("imp.apac")),
    ]));
    assert_eq!(fleet.names().unwrap(), ["apac", "emea"]);
    assert!(matches!(fleet.select("emea"), Selection::Managed(_)));
    assert!(matches!(fleet.select("amer"), Selection::NotConfigured));
}

#[test]
fn a_single_address_is_called_default() {
    let config = ProviderModel {
        address: "imp.example.com".into(),
        publishers: Field::Null,
        ..config(&[])
    };
    assert_eq!(fleet(&config).names().unwrap(), [DEFAULT_NAME]);
}

#[test]
fn variables_fill_what_is_left_out_and_no_more() {
    let variables = [
        ("IMP_ADDRESS", "from.environment"),
        ("IMP_USERNAME", "axl"),
        ("IMP_PASSWORD", "secret"),
    ];
    let (fleet, _) = resolve_with(&ProviderModel::default(), &variables);
    assert_eq!(fleet.unwrap().names().unwrap(), [DEFAULT_NAME]);
    let (fleet, _) = resolve_with(&config(&[("emea", entry("imp.emea"))]), &variables);
    assert_eq!(fleet.unwrap().names().unwrap(), ["emea"]);
}

#[test]
fn unknown_values_are_no_error() {
    let unknown_password = ProviderModel {
        password: Field::Unknown,
        ..config(&[("emea", entry("imp.emea"))])
    };
    assert!(matches!(
        fleet(&unknown_password).select("emea"),
        Selection::NotYetKnown
    ));
    let unknown_publishers = ProviderModel {
        publishers: Field::Unknown,
        ..config(&[])
    };
    assert!(fleet(&unknown_publishers).names().is_none());
}

#[test]
fn an_unmanaged_publisher_needs_no_password() {
    let frozen = PublisherModel {
        managed: Field::Known(false),
        ..entry("imp.emea")
    };
    let config = ProviderModel {
        password: Field::Null,
        ..config(&[("emea", frozen)])
    };
    assert!(matches!(
        fleet(&config).select("emea"),
        Selection::Unmanaged
    ));
}

#[test]
fn what_is_wrong_is_said_at_its_attribute() {
    let (path, text) = error(&ProviderModel::default());
    assert_eq!(path, "address");
    assert!(text.contains("IMP_ADDRESS"));

    let (path, text) = error(&ProviderModel {
        password: Field::Null,
        ..config(&[("emea", entry("imp.emea"))])
    });
    assert_eq!(path, r#"publishers["emea"].password"#);
    assert!(text.contains("IMP_PASSWORD"));

    let (path, _) = error(&config(&[("EMEA", entry("imp.emea"))]));
    assert_eq!(path, r#"publishers["EMEA"]"#);

    let (path, text) = error(&config(&[(
        "emea",
        PublisherModel {
            schema_profile: "/no/such/file".into(),
            ..entry("imp.emea")
        },
    )]));
    assert_eq!(path, r#"publishers["emea"].schema_profile"#);
    assert!(text.contains("/no/such/file"));

    let (path, _) = error(&config(&[(
        "emea",
        PublisherModel {
            insecure_skip_verify: Field::Known(true),
            ca_certificate: "-----BEGIN CERTIFICATE-----".into(),
            ..entry("imp.emea")
        },
    )]));
    assert_eq!(path, r#"publishers["emea"].insecure_skip_verify"#);
}

#[test]
fn dangerous_settings_warn() {
    for (field, word) in [
        (
            PublisherModel {
                insecure_skip_verify: Field::Known(true),
                ..entry("imp.emea")
            },
            "certificate",
        ),
        (
            PublisherModel {
                allow_unverified_profile: Field::Known(true),
                ..entry("imp.emea")
            },
            "profile",
        ),
    ] {
        let (fleet, diagnostics) = resolve_with(&config(&[("emea", field)]), &[]);
        fleet.unwrap();
        let warning = diagnostics.iter().next().unwrap();
        assert_eq!(warning.severity(), Severity::Warning);
        assert!(warning.summary().contains(word), "{warning}");
    }
}
