//! The objects of a plan: SIP federated domains, static routes, and restarts.

use serde_json::{Map, Value};

use super::Attribute;
use super::attribute::Readable;

/// A SIP federated domain.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "the attributes of imp_sip_federation_domain")]
pub struct Domain {
    pub publisher: Attribute<String>,
    pub domain_name: Attribute<String>,
    pub description: Attribute<String>,
    pub integration_type: Attribute<String>,
    pub direct_federation: Attribute<bool>,
    pub force_destroy: Attribute<bool>,
}

/// A static route.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "the attributes of imp_static_route")]
pub struct Route {
    pub publisher: Attribute<String>,
    pub domain: Attribute<String>,
    pub destination_pattern: Attribute<String>,
    pub next_hop: Attribute<String>,
    pub next_hop_port: Attribute<i64>,
    pub protocol: Attribute<String>,
    pub route_type: Attribute<String>,
    pub priority: Attribute<i64>,
    pub weight: Attribute<i64>,
    pub allow_less_specific_route: Attribute<bool>,
    pub in_service: Attribute<bool>,
    pub block_route: Attribute<bool>,
    pub description: Attribute<String>,
}

/// A restart of Cisco XCP Router that is part of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Router {
    /// The address of the action.
    pub address: String,
    /// The cluster.
    pub publisher: Attribute<String>,
    /// The nodes; all of the cluster where there are none.
    pub nodes: Vec<String>,
}

/// An object that a publisher stores.
pub(crate) trait Object: Sized + Clone {
    /// The type of the resource.
    const TYPE: &'static str;

    fn read(values: &mut Values) -> Result<Self, String>;

    fn publisher(&self) -> &Attribute<String>;

    /// Each attribute that differs, with both values as they may be shown. What no publisher stores is left out.
    fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)>;
}

/// The attributes of an object, with the marks of those that are unknown or sensitive.
pub(crate) struct Values {
    pub(super) all: Map<String, Value>,
    pub(super) unknown: Value,
    pub(super) sensitive: Value,
}

impl Values {
    fn take<T: Readable>(&mut self, name: &str) -> Result<Attribute<T>, String> {
        if has_mark(&self.unknown, name) {
            return Ok(Attribute::Unknown);
        }
        let Some(value) = self.all.remove(name).filter(|value| !value.is_null()) else {
            return Ok(Attribute::Null);
        };
        let value =
            T::read(value).ok_or_else(|| format!("the attribute {name} has another type"))?;
        Ok(if has_mark(&self.sensitive, name) {
            Attribute::Sensitive(value)
        } else {
            Attribute::Known(value)
        })
    }
}

impl Values {
    /// The cluster of a restart: `confirm` repeats its name, and `publisher` may be left out.
    pub(super) fn publisher_to_restart(&mut self) -> Attribute<String> {
        self.take("confirm").unwrap_or_default()
    }

    /// The nodes of a restart.
    pub(super) fn nodes_to_restart(&mut self) -> Vec<String> {
        if has_mark(&self.sensitive, "nodes") {
            return vec!["(sensitive)".to_owned()];
        }
        let nodes = self.all.remove("nodes").unwrap_or_default();
        let nodes = nodes.as_array().cloned().unwrap_or_default();
        nodes.into_iter().filter_map(String::read).collect()
    }
}

/// Whether a tree of marks has one on an attribute or within it.
fn has_mark(marks: &Value, name: &str) -> bool {
    fn any(mark: &Value) -> bool {
        match mark {
            Value::Bool(mark) => *mark,
            Value::Array(parts) => parts.iter().any(any),
            Value::Object(parts) => parts.values().any(any),
            _ => false,
        }
    }
    match marks {
        Value::Bool(mark) => *mark,
        Value::Object(marks) => marks.get(name).is_some_and(any),
        _ => false,
    }
}

macro_rules! differences {
    ($before:expr, $after:expr, $($name:ident),* $(,)?) => {{
        let mut differences = Vec::new();
        $(
            if !$before.$name.equals(&$after.$name) {
                differences.push((
                    stringify!($name),
                    $before.$name.to_string(),
                    $after.$name.to_string(),
                ));
            }
        )*
        differences
    }};
}

impl Object for Domain {
    const TYPE: &'static str = "imp_sip_federation_domain";

    fn read(values: &mut Values) -> Result<Self, String> {
        Ok(Self {
            publisher: values.take("publisher")?,
            domain_name: values.take("domain_name")?,
            description: values.take("description")?,
            integration_type: values.take("integration_type")?,
            direct_federation: values.take("direct_federation")?,
            force_destroy: values.take("force_destroy")?,
        })
    }

    fn publisher(&self) -> &Attribute<String> {
        &self.publisher
    }

    fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        differences!(
            self,
            other,
            domain_name,
            description,
            integration_type,
            direct_federation
        )
    }
}

impl Object for Route {
    const TYPE: &'static str = "imp_static_route";

    fn read(values: &mut Values) -> Result<Self, String> {
        Ok(Self {
            publisher: values.take("publisher")?,
            domain: values.take("domain")?,
            destination_pattern: values.take("destination_pattern")?,
            next_hop: values.take("next_hop")?,
            next_hop_port: values.take("next_hop_port")?,
            protocol: values.take("protocol")?,
            route_type: values.take("route_type")?,
            priority: values.take("priority")?,
            weight: values.take("weight")?,
            allow_less_specific_route: values.take("allow_less_specific_route")?,
            in_service: values.take("in_service")?,
            block_route: values.take("block_route")?,
            description: values.take("description")?,
        })
    }

    fn publisher(&self) -> &Attribute<String> {
        &self.publisher
    }

    fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        differences!(
            self,
            other,
            destination_pattern,
            next_hop,
            next_hop_port,
            protocol,
            route_type,
            priority,
            weight,
            allow_less_specific_route,
            in_service,
            block_route,
            description,
        )
    }
}

impl Route {
    /// Whether it carries messages. What is not known yet counts as the default.
    pub(crate) fn is_usable(&self) -> bool {
        !self.in_service.is(&false) && !self.block_route.is(&true)
    }

    /// The domain, or else the destination pattern, as it may be shown.
    pub(crate) fn destination(&self) -> String {
        match &self.domain {
            Attribute::Null => self.destination_pattern.to_string(),
            domain => domain.to_string(),
        }
    }

    /// `10.20.0.15:5061 TLS`, as far as it is known.
    pub(crate) fn target(&self) -> String {
        let hop = self.next_hop.to_string();
        let hop = if hop.contains(':') {
            format!("[{hop}]")
        } else {
            hop
        };
        match self.next_hop_port {
            Attribute::Known(0) => format!("{hop} (DNS SRV) {}", self.protocol),
            _ => format!("{hop}:{} {}", self.next_hop_port, self.protocol),
        }
    }
}
