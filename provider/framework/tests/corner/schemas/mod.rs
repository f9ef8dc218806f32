//! A schema that a core would refuse, or panic over, cannot be built: the self-check names what is wrong, and a core
//! that asks is told, and gets the schemas of everything else.

mod broken;

use mock_core::in_process;
use tfplugin_framework::{
    Attribute, Block, IdentityAttribute, IdentitySchema, Parameter, Requests, Schema, Signature,
    Type, check, service,
};
use tfplugin_protocol::tfplugin6 as wire;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tonic::service::Routes;

use self::broken::Broken;

/// Every way to break a schema, and what is said of it.
fn broken() -> Vec<(Broken, &'static str)> {
    let with = |attribute| Schema::new(0).attribute("a", attribute);
    let string = Attribute::string;
    let block = |block| Schema::new(0).block("b", block);
    let identity = |attribute| IdentitySchema::new(0).attribute("id", attribute);
    let store = |schema| Broken::StateStore("broken_thing", schema);
    let function = |parameters: [&str; 2]| {
        let made = Signature::new(Type::String);
        parameters.into_iter().fold(made, |made, name| {
            made.parameter(Parameter::new(name, Type::String))
        })
    };
    vec![
        (Broken::Resource(Schema::new(-1)), "must not be negative"),
        (Broken::Resource(with(string())), "say who sets it"),
        (
            Broken::Resource(with(string().required().optional())),
            "both",
        ),
        (
            Broken::Resource(with(string().required().computed())),
            "both",
        ),
        (
            Broken::Resource(with(string().optional().deprecated(""))),
            "needs a message",
        ),
        (
            Broken::Resource(with(Attribute::set(Type::Dynamic).optional())),
            "dynamic",
        ),
        (
            Broken::Resource(Schema::new(0).attribute("A-b", string().optional())),
            "a name has",
        ),
        (
            Broken::Resource(Schema::new(0).attribute("count", string().optional())),
            "reserved",
        ),
        (
            Broken::Resource(with(string().optional()).block("a", Block::list())),
            "used twice",
        ),
        (
            Broken::Resource(block(Block::single().min_items(1))),
            "single block",
        ),
        (
            Broken::Resource(block(Block::list().min_items(2).max_items(1))),
            "greater",
        ),
        (
            Broken::Resource(block(Block::set().min_items(-1))),
            "must not be negative",
        ),
        (
            Broken::Resource(block(Block::group().max_items(1))),
            "no least or greatest",
        ),
        (
            Broken::Resource(block(
                Block::set().attribute("s", string().optional().write_only()),
            )),
            "inside a set",
        ),
        (
            Broken::Resource(block(Block::group().computed())),
            "a group always exists",
        ),
        (
            Broken::Resource(block(
                Block::list().computed().attribute("a", string().optional()),
            )),
            "must be computed too",
        ),
        (
            Broken::Resource(block(Block::set().computed().min_items(1))),
            "cannot be required",
        ),
        (
            Broken::Ephemeral(block(Block::list().computed())),
            "managed resources and data sources",
        ),
        (Broken::Provider(with(string().computed())), "no state"),
        (
            Broken::Provider(Schema::new(0).attribute("alias", string().optional())),
            "reserved",
        ),
        (
            Broken::DataSource(with(string().optional().write_only())),
            "managed resources",
        ),
        (
            Broken::DataSource(with(string().optional().computed().default_value("x"))),
            "managed resources",
        ),
        (
            Broken::Ephemeral(with(string().optional().write_only())),
            "managed resources",
        ),
        (
            Broken::Ephemeral(Schema::new(0).attribute("lifecycle", string().optional())),
            "reserved",
        ),
        (Broken::Action(with(string().computed())), "no state"),
        (store(with(string().computed())), "no state"),
        (
            store(with(string().optional().write_only())),
            "managed resources",
        ),
        (
            store(Schema::new(0).attribute("provider", string().optional())),
            "reserved",
        ),
        (
            store(Schema::new(0).block("provider", Block::single())),
            "reserved",
        ),
        (Broken::List, "identity"),
        (
            Broken::Identity(IdentitySchema::new(0)),
            "at least one attribute",
        ),
        (
            Broken::Identity(identity(IdentityAttribute::string())),
            "required_for_import",
        ),
        (
            Broken::Identity(identity(
                IdentityAttribute::list(Type::Dynamic).required_for_import(),
            )),
            "strings, numbers, booleans",
        ),
        (
            Broken::Identity(
                IdentitySchema::new(-1)
                    .attribute("id", IdentityAttribute::string().required_for_import()),
            ),
            "must not be negative",
        ),
        (Broken::Function("1st", function(["a", "b"])), "identifier"),
        (
            Broken::Function("made", function(["a", "b c"])),
            "identifier",
        ),
        (Broken::Function("made", function(["a", "a"])), "used twice"),
        (Broken::Twice, "twice"),
    ]
}

#[test]
fn the_self_check_says_what_a_core_would_refuse() {
    for (provider, said) in broken() {
        let problems = check(provider).unwrap_err().problems;
        assert!(
            problems.iter().any(|problem| problem.contains(said)),
            "{said:?}: {problems:?}"
        );
    }
}

#[test]
fn the_self_check_wants_the_providers_name_before_each_type() {
    let provider = Broken::StateStore("thing", Schema::new(0));
    let problems = check(provider).unwrap_err().problems;
    assert_eq!(
        problems,
        ["state store thing: the name must begin with \"broken_\""]
    );
}

#[tokio::test]
async fn a_core_is_told_and_never_sent_what_it_would_panic_over() {
    for (provider, said) in broken() {
        let routes = Routes::new(service(provider.clone(), Requests::new()));
        let mut client = ProviderClient::new(in_process(routes));
        let schemas = client
            .get_provider_schema(wire::get_provider_schema::Request {})
            .await
            .unwrap()
            .into_inner();
        let identities = client
            .get_resource_identity_schemas(wire::get_resource_identity_schemas::Request {})
            .await
            .unwrap()
            .into_inner();
        let told: Vec<String> = schemas
            .diagnostics
            .iter()
            .chain(&identities.diagnostics)
            .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
            .collect();
        assert!(
            told.iter().any(|text| text.contains(said)),
            "{said:?}: {told:?}"
        );
        assert!(schemas.functions.contains_key("well"));
        let sent = match provider {
            Broken::Provider(_) => schemas.provider.is_some(),
            Broken::Resource(_) => !schemas.resource_schemas.is_empty(),
            Broken::Identity(_) => !identities.identity_schemas.is_empty(),
            Broken::DataSource(_) => !schemas.data_source_schemas.is_empty(),
            Broken::Ephemeral(_) => !schemas.ephemeral_resource_schemas.is_empty(),
            Broken::List => false,
            Broken::Action(_) => !schemas.action_schemas.is_empty(),
            Broken::StateStore(..) => !schemas.state_store_schemas.is_empty(),
            Broken::Function(..) => schemas.functions.len() > 1,
            Broken::Twice => schemas.resource_schemas.len() > 1,
        };
        assert!(!sent, "sent although {said:?}");
    }
}

#[tokio::test]
async fn a_schema_that_panics_is_told_by_every_request_of_a_state_store() {
    let provider = Broken::StateStore("broken_mute", Schema::new(0));
    let routes = Routes::new(service(provider, Requests::new()));
    let mut client = ProviderClient::new(in_process(routes));
    let type_name = || "broken_mute".to_owned();
    let lock = wire::lock_state::Request {
        type_name: type_name(),
        ..Default::default()
    };
    let locked = client.lock_state(lock).await.unwrap().into_inner();
    assert!(locked.diagnostics[0].detail.contains("LockState"));
    let read = wire::read_state_bytes::Request {
        type_name: type_name(),
        ..Default::default()
    };
    let mut parts = client.read_state_bytes(read).await.unwrap().into_inner();
    let part = parts.message().await.unwrap().unwrap();
    assert!(part.diagnostics[0].detail.contains("there is no schema"));
    assert!(part.range.is_some() && parts.message().await.unwrap().is_none());
}
