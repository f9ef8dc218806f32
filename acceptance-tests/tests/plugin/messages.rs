//! Values as Terraform puts them into messages.

use rmpv::Value;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tfplugin_protocol::tfplugin6::schema::{Block, nested_block::NestingMode};
use tfplugin_protocol::tfplugin6::{Diagnostic, DynamicValue, Schema, get_provider_schema};
use tonic::transport::Channel;

/// The resource whose objects the tests make up.
pub(crate) const DOMAIN: &str = "imp_sip_federation_domain";

/// The schema of [`DOMAIN`].
pub(crate) async fn domain_schema(client: &mut ProviderClient<Channel>) -> Schema {
    let request = get_provider_schema::Request {};
    let answer = client.get_provider_schema(request).await.unwrap();
    answer.into_inner().resource_schemas.remove(DOMAIN).unwrap()
}

/// An object of the schema: these attributes, and null for all others.
pub(crate) fn object(schema: &Schema, attributes: &[(&str, Value)]) -> Value {
    let block: &Block = schema.block.as_ref().unwrap();
    let names = block.attributes.iter().map(|attribute| &attribute.name);
    let mut members: Vec<(Value, Value)> = names
        .map(|name| {
            let given = attributes.iter().find(|(given, _)| given == name);
            let value = given.map_or(Value::Nil, |(_, value)| value.clone());
            (Value::from(name.as_str()), value)
        })
        .collect();
    for nested in &block.block_types {
        let empty = match nested.nesting() {
            NestingMode::Single | NestingMode::Group => Value::Nil,
            NestingMode::Map => Value::Map(Vec::new()),
            _ => Value::Array(Vec::new()),
        };
        members.push((Value::from(nested.type_name.as_str()), empty));
    }
    Value::Map(members)
}

/// A value as a message carries it.
pub(crate) fn dynamic(value: &Value) -> DynamicValue {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).unwrap();
    DynamicValue {
        msgpack: bytes.into(),
        ..DynamicValue::default()
    }
}

/// The member of an object in a message.
pub(crate) fn member(value: &DynamicValue, name: &str) -> Value {
    let object = rmpv::decode::read_value(&mut value.msgpack.as_ref()).unwrap();
    let members = object.as_map().unwrap();
    let found = members.iter().find(|(key, _)| key.as_str() == Some(name));
    found.unwrap().1.clone()
}

/// What the user would read, for looking a text up in.
pub(crate) fn text(diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| [&*diagnostic.summary, &*diagnostic.detail].join(": "))
        .collect::<Vec<_>>()
        .join("\n")
}
