//! What is on the wire, transcribed from the protocol's tables and compared with the `.proto` files.

use std::collections::BTreeMap;

use prost::Message as _;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet};

use crate::FILE_DESCRIPTOR_SET;

/// Every method of `tfplugin6.Provider`; `<-` streams the response, `->` the request.
const METHODS: &str = "
    GetMetadata GetProviderSchema GetResourceIdentitySchemas
    ValidateProviderConfig ConfigureProvider StopProvider
    ValidateResourceConfig UpgradeResourceState UpgradeResourceIdentity ReadResource
    PlanResourceChange ApplyResourceChange ImportResourceState MoveResourceState
    GenerateResourceConfig
    ValidateDataResourceConfig ReadDataSource
    ValidateEphemeralResourceConfig OpenEphemeralResource RenewEphemeralResource
    CloseEphemeralResource
    ValidateListResourceConfig <-ListResource
    GetFunctions CallFunction
    ValidateActionConfig PlanAction <-InvokeAction
    ValidateStateStoreConfig ConfigureStateStore <-ReadStateBytes ->WriteStateBytes
    LockState UnlockState GetStates DeleteState";

/// Message, then every field as `name:number type`, `[]` for repeated (maps too), `?` for optional.
const FIELDS: &[(&str, &str)] = &[
    ("DynamicValue", "msgpack:1 bytes, json:2 bytes"),
    (
        "Diagnostic",
        "severity:1 Severity, summary:2 string, detail:3 string, attribute:4 AttributePath",
    ),
    ("AttributePath", "steps:1 []Step"),
    (
        "AttributePath.Step",
        "attribute_name:1 string, element_key_string:2 string, element_key_int:3 int64",
    ),
    ("FunctionError", "text:1 string, function_argument:2 ?int64"),
    ("RawState", "json:1 bytes, flatmap:2 []FlatmapEntry"),
    (
        "ServerCapabilities",
        "plan_destroy:1 bool, get_provider_schema_optional:2 bool, move_resource_state:3 bool, \
         generate_resource_config:4 bool",
    ),
    (
        "ClientCapabilities",
        "deferral_allowed:1 bool, write_only_attributes_allowed:2 bool, \
         store_planned_private:3 bool, computed_blocks_allowed:4 bool",
    ),
    (
        "Schema.Block",
        "version:1 int64, attributes:2 []Attribute, block_types:3 []NestedBlock, \
         description:4 string, description_kind:5 StringKind, deprecated:6 bool, \
         deprecation_message:7 string, computed:8 bool",
    ),
    (
        "Schema.Attribute",
        "name:1 string, type:2 bytes, description:3 string, required:4 bool, optional:5 bool, \
         computed:6 bool, sensitive:7 bool, description_kind:8 StringKind, deprecated:9 bool, \
         nested_type:10 Object, write_only:11 bool, deprecation_message:12 string",
    ),
    (
        "Schema.NestedBlock",
        "type_name:1 string, block:2 Block, nesting:3 NestingMode, min_items:4 int64, \
         max_items:5 int64",
    ),
    (
        "Schema.Object",
        "attributes:1 []Attribute, nesting:3 NestingMode, min_items:4 int64, max_items:5 int64",
    ),
    (
        "ResourceIdentitySchema.IdentityAttribute",
        "name:1 string, type:2 bytes, required_for_import:3 bool, optional_for_import:4 bool, \
         description:5 string",
    ),
    (
        "Function",
        "parameters:1 []Parameter, variadic_parameter:2 Parameter, return:3 Return, \
         summary:4 string, description:5 string, description_kind:6 StringKind, \
         deprecation_message:7 string",
    ),
    (
        "GetMetadata.Response",
        "server_capabilities:1 ServerCapabilities, diagnostics:2 []Diagnostic, \
         data_sources:3 []DataSourceMetadata, resources:4 []ResourceMetadata, \
         functions:5 []FunctionMetadata, ephemeral_resources:6 []EphemeralResourceMetadata, \
         list_resources:7 []ListResourceMetadata, state_stores:8 []StateStoreMetadata, \
         actions:9 []ActionMetadata",
    ),
    (
        "GetProviderSchema.Response",
        "provider:1 Schema, resource_schemas:2 []ResourceSchemasEntry, \
         data_source_schemas:3 []DataSourceSchemasEntry, diagnostics:4 []Diagnostic, \
         provider_meta:5 Schema, server_capabilities:6 ServerCapabilities, \
         functions:7 []FunctionsEntry, \
         ephemeral_resource_schemas:8 []EphemeralResourceSchemasEntry, \
         list_resource_schemas:9 []ListResourceSchemasEntry, \
         state_store_schemas:10 []StateStoreSchemasEntry, action_schemas:11 []ActionSchemasEntry",
    ),
    (
        "ValidateProviderConfig.Response",
        "diagnostics:2 []Diagnostic",
    ),
    (
        "ValidateResourceConfig.Response",
        "diagnostics:1 []Diagnostic",
    ),
    (
        "ConfigureProvider.Request",
        "terraform_version:1 string, config:2 DynamicValue, \
         client_capabilities:3 ClientCapabilities",
    ),
    (
        "ReadResource.Request",
        "type_name:1 string, current_state:2 DynamicValue, private:3 bytes, \
         provider_meta:4 DynamicValue, client_capabilities:5 ClientCapabilities, \
         current_identity:6 ResourceIdentityData",
    ),
    (
        "ReadResource.Response",
        "new_state:1 DynamicValue, diagnostics:2 []Diagnostic, private:3 bytes, \
         deferred:4 Deferred, new_identity:5 ResourceIdentityData",
    ),
    (
        "PlanResourceChange.Request",
        "type_name:1 string, prior_state:2 DynamicValue, proposed_new_state:3 DynamicValue, \
         config:4 DynamicValue, prior_private:5 bytes, provider_meta:6 DynamicValue, \
         client_capabilities:7 ClientCapabilities, prior_identity:8 ResourceIdentityData, \
         planned_private:9 bytes",
    ),
    (
        "PlanResourceChange.Response",
        "planned_state:1 DynamicValue, requires_replace:2 []AttributePath, \
         planned_private:3 bytes, diagnostics:4 []Diagnostic, legacy_type_system:5 bool, \
         deferred:6 Deferred, planned_identity:7 ResourceIdentityData",
    ),
    (
        "ApplyResourceChange.Request",
        "type_name:1 string, prior_state:2 DynamicValue, planned_state:3 DynamicValue, \
         config:4 DynamicValue, planned_private:5 bytes, provider_meta:6 DynamicValue, \
         planned_identity:7 ResourceIdentityData",
    ),
    (
        "ApplyResourceChange.Response",
        "new_state:1 DynamicValue, private:2 bytes, diagnostics:3 []Diagnostic, \
         legacy_type_system:4 bool, new_identity:5 ResourceIdentityData",
    ),
    (
        "ImportResourceState.ImportedResource",
        "type_name:1 string, state:2 DynamicValue, private:3 bytes, \
         identity:4 ResourceIdentityData",
    ),
    (
        "MoveResourceState.Request",
        "source_provider_address:1 string, source_type_name:2 string, \
         source_schema_version:3 int64, source_state:4 RawState, target_type_name:5 string, \
         source_private:6 bytes, source_identity:7 RawState, \
         source_identity_schema_version:8 int64",
    ),
    (
        "OpenEphemeralResource.Response",
        "diagnostics:1 []Diagnostic, renew_at:2 ?Timestamp, result:3 DynamicValue, \
         private:4 ?bytes, deferred:5 Deferred",
    ),
    (
        "ListResource.Event",
        "identity:1 ResourceIdentityData, display_name:2 string, resource_object:3 ?DynamicValue, \
         diagnostic:4 []Diagnostic",
    ),
    (
        "InvokeAction.Event",
        "progress:1 Progress, completed:2 Completed",
    ),
    ("StopProvider.Response", "Error:1 string"),
    (
        "WriteStateBytes.RequestChunk",
        "meta:1 ?RequestChunkMeta, bytes:2 bytes, total_length:3 int64, range:4 StateRange",
    ),
    ("plugin.StdioData", "channel:1 Channel, data:2 bytes"),
    (
        "plugin.ConnInfo",
        "service_id:1 uint32, network:2 string, address:3 string, knock:4 Knock",
    ),
    (
        "plugin.ConnInfo.Knock",
        "knock:1 bool, ack:2 bool, error:3 string",
    ),
];

#[test]
fn every_method_of_the_provider_service_is_there() {
    let expected: Vec<&str> = METHODS.split_whitespace().collect();
    assert_eq!(methods()["tfplugin6.Provider"], expected);
}

#[test]
fn go_plugins_services_are_there() {
    let methods = methods();
    assert_eq!(methods["plugin.GRPCController"], ["Shutdown"]);
    assert_eq!(methods["plugin.GRPCStdio"], ["<-StreamStdio"]);
    assert_eq!(methods["plugin.GRPCBroker"], ["-><-StartStream"]);
}

#[test]
fn fields_have_the_numbers_and_types_of_the_protocol() {
    let messages = messages();
    for (message, expected) in FIELDS {
        assert_eq!(
            messages.get(*message).map(String::as_str),
            Some(*expected),
            "{message}"
        );
    }
}

#[test]
fn generated_names_are_the_ones_on_the_wire() {
    use crate::{plugin, tfplugin6};
    assert_eq!(
        tfplugin6::provider_server::SERVICE_NAME,
        "tfplugin6.Provider"
    );
    assert_eq!(
        plugin::grpc_controller_server::SERVICE_NAME,
        "plugin.GRPCController"
    );
    assert_eq!(plugin::grpc_stdio_server::SERVICE_NAME, "plugin.GRPCStdio");
    assert_eq!(
        plugin::grpc_broker_server::SERVICE_NAME,
        "plugin.GRPCBroker"
    );
}

fn descriptors() -> FileDescriptorSet {
    FileDescriptorSet::decode(FILE_DESCRIPTOR_SET).expect("the checked-in descriptors decode")
}

/// Whether the file is not one of Google's well-known types.
fn is_ours(file: &FileDescriptorProto) -> bool {
    matches!(file.package(), "tfplugin6" | "plugin")
}

fn methods() -> BTreeMap<String, Vec<String>> {
    let mut services = BTreeMap::new();
    for file in descriptors().file {
        for service in &file.service {
            let methods = service.method.iter().map(|method| {
                let request = if method.client_streaming() { "->" } else { "" };
                let response = if method.server_streaming() { "<-" } else { "" };
                format!("{request}{response}{}", method.name())
            });
            services.insert(
                format!("{}.{}", file.package(), service.name()),
                methods.collect(),
            );
        }
    }
    services
}

/// Message names without the package `tfplugin6.`, to their fields in the notation of [`FIELDS`].
fn messages() -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    for file in descriptors().file.iter().filter(|file| is_ours(file)) {
        for message in &file.message_type {
            collect(
                &format!("{}.{}", file.package(), message.name()),
                message,
                &mut messages,
            );
        }
    }
    messages
}

fn collect(name: &str, message: &DescriptorProto, messages: &mut BTreeMap<String, String>) {
    let fields: Vec<String> = message.field.iter().map(describe).collect();
    let short = name.strip_prefix("tfplugin6.").unwrap_or(name);
    messages.insert(short.to_owned(), fields.join(", "));
    for nested in &message.nested_type {
        collect(&format!("{name}.{}", nested.name()), nested, messages);
    }
}

fn describe(field: &FieldDescriptorProto) -> String {
    let kind = match field.r#type() {
        Type::Message | Type::Enum => field.type_name().rsplit('.').next().unwrap_or_default(),
        Type::String => "string",
        Type::Bytes => "bytes",
        Type::Bool => "bool",
        Type::Int64 => "int64",
        Type::Uint32 => "uint32",
        other => panic!("the protocol has no field of type {other:?}"),
    };
    let mark = match (field.label(), field.proto3_optional()) {
        (Label::Repeated, _) => "[]",
        (_, true) => "?",
        _ => "",
    };
    format!("{}:{} {mark}{kind}", field.name(), field.number())
}
