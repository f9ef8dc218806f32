use tfplugin_protocol::tfplugin6::{ResourceIdentitySchema, get_provider_schema, schema};

use super::CoreVersion;
use crate::fake::Fake;
use crate::problem::Rule;
use crate::report::Failure;

async fn refused(
    spoil: impl FnMut(&mut get_provider_schema::Response) + Send + 'static,
) -> Failure {
    let fake = Fake::default();
    fake.lock().spoil.schema = Some(Box::new(spoil));
    fake.core(CoreVersion::CURRENT).await.unwrap_err()
}

#[tokio::test]
async fn schemas_core_cannot_load_are_refused() {
    let missing = refused(|answer| answer.provider = None).await;
    assert!(
        missing.to_string().contains("missing provider schema"),
        "{missing}"
    );
    let broken = refused(|answer| {
        let thing = answer.resource_schemas.get_mut("test_thing").unwrap();
        thing.block.as_mut().unwrap().attributes[0].optional = true;
        thing.block.as_mut().unwrap().attributes[0].required = true;
    })
    .await;
    assert!(broken.violates(Rule::InvalidSchema));
    assert!(
        broken
            .to_string()
            .contains("resource test_thing: .id: cannot set both"),
        "{broken}"
    );
    let function = refused(|answer| {
        let upper = answer.functions.get_mut("upper").unwrap();
        upper.variadic_parameter = upper.parameters.first().cloned();
    })
    .await;
    assert!(
        function.to_string().contains("two parameters are named"),
        "{function}"
    );
}

#[tokio::test]
async fn list_resources_need_an_identity() {
    let fake = Fake::default();
    fake.lock().spoil.identities = Some(Box::new(std::collections::BTreeMap::clear));
    let failure = fake.core(CoreVersion::CURRENT).await.unwrap_err();
    assert!(
        failure.to_string().contains("Identity schema not found"),
        "{failure}"
    );
}

#[tokio::test]
async fn identities_belong_to_resources() {
    let fake = Fake::default();
    fake.lock().spoil.identities = Some(Box::new(|identities| {
        identities.insert("stranger".into(), ResourceIdentitySchema::default());
    }));
    let failure = fake.core(CoreVersion::CURRENT).await.unwrap_err();
    assert!(failure.to_string().contains("stranger"), "{failure}");
}

#[tokio::test]
async fn older_cores_see_neither_lists_nor_actions() {
    let fake = Fake::default();
    let core = fake.core(CoreVersion::Terraform(11)).await.unwrap();
    assert!(core.schemas().list_resources.is_empty());
    assert!(core.schemas().actions.is_empty());
    assert_eq!(core.schemas().resources.len(), 1);
}

#[tokio::test]
async fn a_computed_block_is_one_since_terraform_1_16() {
    let computed_as = async |version| {
        let fake = Fake::default();
        fake.lock().spoil.schema = Some(Box::new(|answer| {
            let thing = answer.resource_schemas.get_mut("test_thing").unwrap();
            let block = schema::Block {
                computed: true,
                ..schema::Block::default()
            };
            let nested = schema::NestedBlock {
                type_name: "ports".into(),
                block: Some(block),
                nesting: schema::nested_block::NestingMode::List.into(),
                ..schema::NestedBlock::default()
            };
            thing.block.as_mut().unwrap().block_types.push(nested);
        }));
        let core = fake.core(version).await.unwrap();
        let thing = &core.schemas().resources["test_thing"].schema;
        thing.block.blocks["ports"].block.computed
    };
    assert!(computed_as(CoreVersion::Terraform(16)).await);
    assert!(!computed_as(CoreVersion::Terraform(15)).await);
    assert!(!computed_as(CoreVersion::OpenTofu(12)).await);
}

#[tokio::test]
async fn an_unanswered_call_is_reported_in_terraforms_words() {
    use crate::problem::CallError;
    use tonic::Status;
    let text = |status| CallError::new("ReadResource", &status).to_string();
    assert_eq!(
        text(Status::unimplemented("")),
        "Unsupported plugin method: The plugin6.(*GRPCProvider).ReadResource method is not \
         supported by this plugin."
    );
    assert!(text(Status::unavailable("")).starts_with("Plugin did not respond: "));
    assert!(text(Status::cancelled("")).starts_with("Request cancelled: "));
    assert!(text(Status::internal("boom")).ends_with("code = Internal desc = boom"));
}
