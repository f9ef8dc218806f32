//! The document as a core writes it, member by member.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::objects::{Object, Values};
use super::{Action, Cause, Change, Domain, Plan, Route, Router, Unreadable};
use crate::configuration::Configuration;

const RESTART: &str = "imp_restart_xcp_router";

/// The newest major version of the format that is read.
const NEWEST_MAJOR: u32 = 1;

/// The members of the document, none of them read yet.
type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

pub(super) fn read(text: &str) -> Result<Plan, Unreadable> {
    let members = members(text)?;
    recognise(&members)?;
    let resource_changes: Vec<RawChange<'_>> = member(&members, "resource_changes")?;
    let mut plan = Plan {
        terraform_version: member(&members, "terraform_version")?,
        domains: changes(&resource_changes)?,
        routes: changes(&resource_changes)?,
        restarts: restarts(member(&members, "action_invocations")?),
        drifted: drifted(member(&members, "resource_drift")?),
        others: others(&resource_changes)?,
        is_errored: member::<Option<bool>>(&members, "errored")? == Some(true),
        is_incomplete: member::<Option<bool>>(&members, "complete")? == Some(false),
        configuration: Configuration::read(member(&members, "configuration")?)
            .map_err(|problem| Unreadable::malformed("configuration", &problem))?,
        variables: variables(member(&members, "variables")?),
    };
    // A plan with -target says nothing of the others, which are there all the same.
    let prior_state: RawState<'_> = member(&members, "prior_state")?;
    if let Some(root) = prior_state.values.and_then(|values| values.root_module) {
        let addresses = |change: &RawChange<'_>| change.address.clone().into_owned();
        let known: HashSet<String> = resource_changes.iter().map(addresses).collect();
        keep(&root, &known, &mut plan)?;
    }
    let has_objects =
        !plan.domains.is_empty() || !plan.routes.is_empty() || !plan.restarts.is_empty();
    if has_objects || plan.configuration.has_objects() {
        Ok(plan)
    } else {
        Err(Unreadable::NoFederation)
    }
}

/// The members of the first value in a text, which must be the only one.
fn members(text: &str) -> Result<Members<'_>, Unreadable> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let first = match values.next() {
        Some(Ok(first)) => first,
        Some(Err(error)) => return Err(Unreadable::NotJson(error.to_string())),
        None => return Err(Unreadable::NotJson("it is empty".to_owned())),
    };
    let members: Option<Members<'_>> = serde_json::from_str(first.get()).ok();
    if members
        .as_ref()
        .is_some_and(|members| members.contains_key("@level"))
    {
        return Err(Unreadable::NotAPlan("the log of a command with -json"));
    }
    if let Some(Err(error)) = values.next() {
        return Err(Unreadable::NotJson(error.to_string()));
    }
    members.ok_or(Unreadable::NotAPlan("JSON of another kind"))
}

/// Refuses what is no plan, or one of another major version.
fn recognise(members: &Members<'_>) -> Result<(), Unreadable> {
    let has = |name: &str| members.contains_key(name);
    if let Some(version) = member::<Option<String>>(members, "format_version")? {
        let major = version
            .split('.')
            .next()
            .and_then(|major| major.parse::<u32>().ok());
        match major {
            Some(major) if major > NEWEST_MAJOR => return Err(Unreadable::FutureFormat(version)),
            Some(_) => {}
            None => {
                return Err(Unreadable::malformed("format_version", &"it is no version"));
            }
        }
    }
    if has("provider_schemas") || has("diagnostics") || has("encrypted_data") {
        return Err(Unreadable::NotAPlan("JSON of another kind"));
    }
    let is_plan = ["planned_values", "resource_changes", "configuration"]
        .iter()
        .any(|name| has(name));
    if is_plan && has("format_version") {
        return Ok(());
    }
    // The state file itself, `show -json` of a state, and `show -json` of an empty one.
    let is_state_file = has("version") && (has("lineage") || has("serial"));
    let is_empty = members.keys().all(|name| {
        matches!(
            name.as_ref(),
            "format_version" | "terraform_version" | "checks"
        )
    });
    if is_state_file || (has("format_version") && (has("values") || is_empty)) {
        return Err(Unreadable::State);
    }
    Err(Unreadable::NotAPlan("JSON of another kind"))
}

/// A member, or nothing where it is left out or null.
fn member<'a, T: Deserialize<'a> + Default>(
    members: &Members<'a>,
    name: &str,
) -> Result<T, Unreadable> {
    let Some(raw) = members.get(name) else {
        return Ok(T::default());
    };
    serde_json::from_str::<Option<T>>(raw.get())
        .map(Option::unwrap_or_default)
        .map_err(|error| Unreadable::malformed(name, &error))
}

#[derive(Deserialize)]
struct RawChange<'a> {
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow, default)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    resource_type: Cow<'a, str>,
    #[serde(borrow, default)]
    action_reason: Option<Cow<'a, str>>,
    #[serde(borrow)]
    change: &'a RawValue,
}

#[derive(Deserialize)]
struct Actions<'a> {
    #[serde(borrow)]
    actions: Vec<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct RawDetails<'a> {
    #[serde(borrow)]
    actions: Vec<Cow<'a, str>>,
    #[serde(default)]
    before: Option<Map<String, Value>>,
    #[serde(default)]
    after: Option<Map<String, Value>>,
    #[serde(default)]
    after_unknown: Value,
    #[serde(default)]
    before_sensitive: Value,
    #[serde(default)]
    after_sensitive: Value,
    #[serde(default)]
    replace_paths: Option<Vec<Vec<Value>>>,
    #[serde(default)]
    importing: Option<Value>,
}

#[derive(Default, Deserialize)]
struct RawState<'a> {
    #[serde(borrow, default)]
    values: Option<RawStateValues<'a>>,
}

#[derive(Deserialize)]
struct RawStateValues<'a> {
    #[serde(borrow, default)]
    root_module: Option<RawStateModule<'a>>,
}

#[derive(Deserialize)]
struct RawStateModule<'a> {
    #[serde(borrow, default)]
    resources: Vec<RawStateResource<'a>>,
    #[serde(borrow, default)]
    child_modules: Vec<RawStateModule<'a>>,
}

#[derive(Deserialize)]
struct RawStateResource<'a> {
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow, default)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    resource_type: Cow<'a, str>,
    #[serde(default)]
    values: Option<&'a RawValue>,
    #[serde(default)]
    sensitive_values: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawInvocation {
    #[serde(default)]
    address: String,
    #[serde(default, rename = "type")]
    action_type: String,
    #[serde(default)]
    config_values: Option<Map<String, Value>>,
    #[serde(default)]
    config_unknown: Value,
    #[serde(default)]
    config_sensitive: Value,
}

/// The objects of one type.
fn changes<T: Object>(raw: &[RawChange<'_>]) -> Result<Vec<Change<T>>, Unreadable> {
    let own = raw
        .iter()
        .filter(|change| change.mode == "managed" && change.resource_type == T::TYPE);
    own.map(change).collect()
}

fn change<T: Object>(raw: &RawChange<'_>) -> Result<Change<T>, Unreadable> {
    let malformed = |problem: String| Unreadable::malformed(raw.address.clone(), &problem);
    let details: RawDetails<'_> =
        serde_json::from_str(raw.change.get()).map_err(|error| malformed(error.to_string()))?;
    let words: Vec<&str> = details.actions.iter().map(AsRef::as_ref).collect();
    let action = Action::of(&words)
        .ok_or_else(|| malformed(format!("the actions {words:?} are not known")))?;
    let object = |values: Option<Map<String, Value>>, unknown: Value, sensitive: Value| {
        let read = |values| {
            T::read(&mut Values {
                all: values,
                unknown,
                sensitive,
            })
        };
        values.map(read).transpose().map_err(malformed)
    };
    let mut replaced_for: Vec<String> = details
        .replace_paths
        .into_iter()
        .flatten()
        .filter_map(|path| Some(path.first()?.as_str()?.to_owned()))
        .collect();
    replaced_for.dedup();
    Ok(Change {
        address: raw.address.clone().into_owned(),
        action,
        before: object(details.before, Value::Null, details.before_sensitive)?,
        after: object(
            details.after,
            details.after_unknown,
            details.after_sensitive,
        )?,
        replaced_for,
        replaced_by: raw.action_reason.as_deref().and_then(Cause::of),
        is_import: details.importing.is_some(),
    })
}

/// How many resources of other types are changed.
fn others(raw: &[RawChange<'_>]) -> Result<usize, Unreadable> {
    let mut others = 0;
    for change in raw {
        let is_own = [Domain::TYPE, Route::TYPE].contains(&change.resource_type.as_ref());
        if is_own || change.mode != "managed" {
            continue;
        }
        let Actions { actions } = serde_json::from_str(change.change.get())
            .map_err(|error| Unreadable::malformed(change.address.clone(), &error))?;
        others += usize::from(actions.iter().any(|action| action != "no-op"));
    }
    Ok(others)
}

/// How many objects of these types are among the changes made outside of Terraform.
fn drifted(raw: Vec<RawChange<'_>>) -> usize {
    let own = raw
        .into_iter()
        .filter(|change| [Domain::TYPE, Route::TYPE].contains(&change.resource_type.as_ref()));
    own.count()
}

/// The value of each variable.
fn variables(raw: Map<String, Value>) -> Map<String, Value> {
    raw.into_iter()
        .filter_map(|(name, mut variable)| Some((name, variable.get_mut("value")?.take())))
        .collect()
}

fn restarts(raw: Vec<RawInvocation>) -> Vec<Router> {
    let own = raw
        .into_iter()
        .filter(|invocation| invocation.action_type == RESTART);
    own.map(|invocation| {
        let mut values = Values {
            all: invocation.config_values.unwrap_or_default(),
            unknown: invocation.config_unknown,
            sensitive: invocation.config_sensitive,
        };
        Router {
            address: invocation.address,
            publisher: values.publisher_to_restart(),
            nodes: values.nodes_to_restart(),
        }
    })
    .collect()
}

/// Adds the objects of the state that the plan says nothing of.
fn keep(
    module: &RawStateModule<'_>,
    known: &HashSet<String>,
    plan: &mut Plan,
) -> Result<(), Unreadable> {
    for resource in &module.resources {
        if resource.mode != "managed" || known.contains(resource.address.as_ref()) {
            continue;
        }
        if resource.resource_type == Domain::TYPE {
            plan.domains.push(kept(resource)?);
        } else if resource.resource_type == Route::TYPE {
            plan.routes.push(kept(resource)?);
        }
    }
    module
        .child_modules
        .iter()
        .try_for_each(|child| keep(child, known, plan))
}

fn kept<T: Object>(resource: &RawStateResource<'_>) -> Result<Change<T>, Unreadable> {
    let malformed = |problem: String| Unreadable::malformed(resource.address.clone(), &problem);
    let parsed = |raw: Option<&RawValue>| {
        raw.map_or(Ok(Value::Null), |raw| serde_json::from_str(raw.get()))
            .map_err(|error| malformed(error.to_string()))
    };
    let Value::Object(values) = parsed(resource.values)? else {
        return Err(malformed("it has no values".to_owned()));
    };
    let mut values = Values {
        all: values,
        unknown: Value::Null,
        sensitive: parsed(resource.sensitive_values)?,
    };
    let object = T::read(&mut values).map_err(malformed)?;
    Ok(Change {
        address: resource.address.clone().into_owned(),
        action: Action::Keep,
        before: Some(object.clone()),
        after: Some(object),
        replaced_for: Vec::new(),
        replaced_by: None,
        is_import: false,
    })
}
