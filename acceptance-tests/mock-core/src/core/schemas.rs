//! Everything a provider declares, read and checked as core does when it loads a provider.

use std::collections::BTreeMap;
use std::sync::Arc;

use tfplugin_protocol::tfplugin6 as wire;

use crate::problem::Rule;
use crate::report::Report;
use crate::schema::{self, IdentitySchema, Schema};
use crate::value::{PathError, Type};

/// What a provider declares.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    /// The provider's own configuration.
    pub provider: Option<Schema>,
    /// The block by which modules tell the provider about themselves.
    pub provider_meta: Option<Schema>,
    /// Managed resources.
    pub resources: BTreeMap<String, Arc<ResourceSchema>>,
    /// Data sources.
    pub data_sources: BTreeMap<String, Schema>,
    /// Ephemeral resources.
    pub ephemeral_resources: BTreeMap<String, Schema>,
    /// List resources: the schema of the inner `config` block.
    pub list_resources: BTreeMap<String, Schema>,
    /// Actions.
    pub actions: BTreeMap<String, Schema>,
    /// State stores.
    pub state_stores: BTreeMap<String, Schema>,
    /// Functions.
    pub functions: BTreeMap<String, FunctionSignature>,
    /// What the provider can do.
    pub capabilities: wire::ServerCapabilities,
}

/// A managed resource with its identity, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceSchema {
    /// Configuration and state.
    pub schema: Schema,
    /// Identity.
    pub identity: Option<IdentitySchema>,
}

/// What a function takes and gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionSignature {
    /// The parameters in order.
    pub parameters: Vec<Parameter>,
    /// The parameter any further argument belongs to.
    pub variadic: Option<Parameter>,
    /// The result.
    pub result: Type,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether null may be passed.
    pub allow_null: bool,
    /// Whether the function is called with unknown arguments.
    pub allow_unknown: bool,
}

/// Reads the provider's answers; every broken rule goes to the report.
pub(super) fn load(
    answer: &wire::get_provider_schema::Response,
    identities: &BTreeMap<String, wire::ResourceIdentitySchema>,
    report: &mut Report,
) -> Schemas {
    let provider = if let Some(provider) = &answer.provider {
        read(provider, "the provider", report)
    } else {
        report.violation(Rule::InvalidSchema, "missing provider schema");
        None
    };
    let meta = answer.provider_meta.as_ref();
    let provider_meta = meta.and_then(|meta| read(meta, "provider_meta", report));
    let mut identities = load_identities(identities, report);
    let resources = load_all(&answer.resource_schemas, "resource", report)
        .into_iter()
        .map(|(name, schema)| {
            let identity = identities.remove(&name);
            (name, Arc::new(ResourceSchema { schema, identity }))
        })
        .collect::<BTreeMap<_, _>>();
    for name in identities.keys() {
        let detail = format!("identity schema of {name}, which is no resource");
        report.violation(Rule::InvalidSchema, detail);
    }
    let lists = load_all(&answer.list_resource_schemas, "list resource", report);
    for name in lists.keys() {
        if resources
            .get(name)
            .is_none_or(|resource| resource.identity.is_none())
        {
            let detail = format!("Identity schema not found for resource type {name}");
            report.violation(Rule::InvalidSchema, detail);
        }
    }
    Schemas {
        provider,
        provider_meta,
        resources,
        data_sources: load_all(&answer.data_source_schemas, "data source", report),
        ephemeral_resources: load_all(
            &answer.ephemeral_resource_schemas,
            "ephemeral resource",
            report,
        ),
        list_resources: lists,
        actions: load_actions(&answer.action_schemas, report),
        state_stores: load_state_stores(&answer.state_store_schemas, report),
        functions: load_functions(&answer.functions, report),
        capabilities: answer.server_capabilities.unwrap_or_default(),
    }
}

fn load_all(
    schemas: &BTreeMap<String, wire::Schema>,
    kind: &str,
    report: &mut Report,
) -> BTreeMap<String, Schema> {
    let read = |(name, schema): (&String, &wire::Schema)| {
        read(schema, &format!("{kind} {name}"), report).map(|schema| (name.clone(), schema))
    };
    schemas.iter().filter_map(read).collect()
}

fn load_actions(
    actions: &BTreeMap<String, wire::ActionSchema>,
    report: &mut Report,
) -> BTreeMap<String, Schema> {
    let mut loaded = BTreeMap::new();
    for (name, action) in actions {
        match &action.schema {
            Some(schema) => {
                loaded.extend(
                    read(schema, &format!("action {name}"), report).map(|it| (name.clone(), it)),
                );
            }
            None => report.violation(Rule::InvalidSchema, format!("action {name} has no schema")),
        }
    }
    loaded
}

fn load_state_stores(
    stores: &BTreeMap<String, wire::Schema>,
    report: &mut Report,
) -> BTreeMap<String, Schema> {
    let loaded = load_all(stores, "state store", report);
    for (name, Schema { block, .. }) in &loaded {
        // Beside the store's own attributes stands the block of the provider.
        if block.attributes.contains_key("provider") || block.blocks.contains_key("provider") {
            let detail =
                format!("state store {name}: protected name \"provider\" in state store schema");
            report.violation(Rule::InvalidSchema, detail);
        }
    }
    loaded
}

fn read(schema: &wire::Schema, what: &str, report: &mut Report) -> Option<Schema> {
    match schema::parse(schema) {
        Ok(schema) => {
            note(&schema::check(&schema), what, report);
            Some(schema)
        }
        Err(error) => {
            report.violation(Rule::InvalidSchema, format!("{what}: {error}"));
            None
        }
    }
}

fn load_identities(
    identities: &BTreeMap<String, wire::ResourceIdentitySchema>,
    report: &mut Report,
) -> BTreeMap<String, IdentitySchema> {
    let mut loaded = BTreeMap::new();
    for (name, identity) in identities {
        let what = format!("identity of {name}");
        match schema::parse_identity(identity) {
            Ok(identity) => {
                note(&schema::check_identity(&identity), &what, report);
                loaded.insert(name.clone(), identity);
            }
            Err(error) => report.violation(Rule::InvalidSchema, format!("{what}: {error}")),
        }
    }
    loaded
}

fn note(problems: &[PathError], what: &str, report: &mut Report) {
    for problem in problems {
        report.violation(Rule::InvalidSchema, format!("{what}: {problem}"));
    }
}

fn load_functions(
    functions: &BTreeMap<String, wire::Function>,
    report: &mut Report,
) -> BTreeMap<String, FunctionSignature> {
    let mut loaded = BTreeMap::new();
    for (name, function) in functions {
        match signature(function) {
            Ok(signature) => {
                for problem in check_names(name, &signature) {
                    report.violation(Rule::InvalidSchema, format!("function {name}: {problem}"));
                }
                loaded.insert(name.clone(), signature);
            }
            Err(problem) => {
                report.violation(Rule::InvalidSchema, format!("function {name}: {problem}"));
            }
        }
    }
    loaded
}

fn signature(function: &wire::Function) -> Result<FunctionSignature, String> {
    let parameter = |parameter: &wire::function::Parameter| {
        let ty = Type::from_json(&parameter.r#type)
            .map_err(|error| format!("parameter {}: {error}", parameter.name))?;
        Ok::<_, String>(Parameter {
            name: parameter.name.clone(),
            ty,
            allow_null: parameter.allow_null_value,
            allow_unknown: parameter.allow_unknown_values,
        })
    };
    let result = function.r#return.as_ref().ok_or("no return type")?;
    Ok(FunctionSignature {
        parameters: function
            .parameters
            .iter()
            .map(parameter)
            .collect::<Result<_, _>>()?,
        variadic: function
            .variadic_parameter
            .as_ref()
            .map(parameter)
            .transpose()?,
        result: Type::from_json(&result.r#type).map_err(|error| format!("return type: {error}"))?,
    })
}

fn check_names(name: &str, signature: &FunctionSignature) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    if !is_identifier(name) {
        problems.push("the name is no identifier".to_owned());
    }
    for parameter in signature.parameters.iter().chain(&signature.variadic) {
        if !is_identifier(&parameter.name) {
            problems.push(format!(
                "parameter name {:?} is no identifier",
                parameter.name
            ));
        }
        if !seen.insert(&parameter.name) {
            problems.push(format!("two parameters are named {:?}", parameter.name));
        }
    }
    problems
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name
            .chars()
            .all(|next| next.is_alphanumeric() || matches!(next, '_' | '-'))
}
