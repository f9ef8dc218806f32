//! A provider of which one thing is broken.

use tfplugin_framework::action::{ActionPlan, Invoke};
use tfplugin_framework::ephemeral::Open;
use tfplugin_framework::list::List;
use tfplugin_framework::state_store::{
    ConfigureStore, DeleteState, ListStates, ReadState, StateId, WriteState,
};
use tfplugin_framework::{
    Action, Arguments, Bytes, Configure, Create, DataSource, Delete, Diagnostics,
    EphemeralResource, Function, FunctionError, IdentitySchema, ListResource, Provider, Read,
    ReadData, Registry, Resource, Schema, Signature, StateStore, Type, Update, Value,
};

use crate::provider::Config;

/// What a broken provider registers.
#[derive(Clone)]
pub(super) enum Broken {
    Provider(Schema),
    Resource(Schema),
    Identity(IdentitySchema),
    DataSource(Schema),
    Ephemeral(Schema),
    /// Of a resource without identity.
    List,
    Action(Schema),
    StateStore(&'static str, Schema),
    Function(&'static str, Signature),
    Twice,
}

impl Provider for Broken {
    type Config = Config;

    fn name(&self) -> &'static str {
        "broken"
    }

    fn version(&self) -> &'static str {
        "0.0.0"
    }

    fn schema(&self) -> Schema {
        match self {
            Self::Provider(schema) => schema.clone(),
            _ => Schema::new(0),
        }
    }

    async fn configure(&self, _: &mut Configure<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.function(Named("well", Signature::new(Type::String)));
        match self {
            Self::Provider(_) => {}
            Self::Resource(schema) => registry.resource(Thing(schema.clone(), None)),
            Self::Identity(identity) => {
                registry.resource(Thing(Schema::new(0), Some(identity.clone())));
            }
            Self::DataSource(schema) => registry.data_source(Thing(schema.clone(), None)),
            Self::Ephemeral(schema) => registry.ephemeral_resource(Thing(schema.clone(), None)),
            Self::List => {
                registry.resource(Thing(Schema::new(0), None));
                registry.list_resource(Thing(Schema::new(0), None));
            }
            Self::Action(schema) => registry.action(Thing(schema.clone(), None)),
            Self::StateStore(name, schema) => registry.state_store(Store(name, schema.clone())),
            Self::Function(name, signature) => registry.function(Named(name, signature.clone())),
            Self::Twice => {
                registry.resource(Thing(Schema::new(0), None));
                registry.resource(Thing(Schema::new(0), None));
            }
        }
    }
}

/// A thing of any kind, without attributes of its own.
struct Thing(Schema, Option<IdentitySchema>);

impl Resource for Thing {
    type Model = Config;

    fn type_name(&self) -> &'static str {
        "broken_thing"
    }

    fn schema(&self) -> Schema {
        self.0.clone()
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        self.1.clone()
    }

    async fn create(&self, _: &mut Create<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn read(&self, _: &mut Read<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn update(&self, _: &mut Update<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl DataSource for Thing {
    type Model = Config;

    fn type_name(&self) -> &'static str {
        "broken_thing"
    }

    fn schema(&self) -> Schema {
        self.0.clone()
    }

    async fn read(&self, _: &mut ReadData<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl EphemeralResource for Thing {
    type Model = Config;

    fn type_name(&self) -> &'static str {
        "broken_thing"
    }

    fn schema(&self) -> Schema {
        self.0.clone()
    }

    async fn open(&self, _: &mut Open<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl ListResource for Thing {
    type Config = Config;
    type Model = Config;

    fn type_name(&self) -> &'static str {
        "broken_thing"
    }

    fn schema(&self) -> Schema {
        self.0.clone()
    }

    async fn list(&self, _: &mut List<Config, Config>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl Action for Thing {
    type Config = Config;

    fn type_name(&self) -> &'static str {
        "broken_thing"
    }

    fn schema(&self) -> Schema {
        self.0.clone()
    }

    async fn plan(&self, _: &mut ActionPlan<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn invoke(&self, _: &mut Invoke<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

struct Store(&'static str, Schema);

impl StateStore for Store {
    type Config = Config;
    type Store = ();

    fn type_name(&self) -> &'static str {
        self.0
    }

    fn schema(&self) -> Schema {
        assert_ne!(self.0, "broken_mute", "there is no schema");
        self.1.clone()
    }

    async fn configure(&self, _: &mut ConfigureStore<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn read(&self, (): &(), _: &mut ReadState) -> Result<Option<Bytes>, Diagnostics> {
        Ok(None)
    }

    async fn write(&self, (): &(), _: &mut WriteState) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn states(&self, (): &(), _: &mut ListStates) -> Result<Vec<StateId>, Diagnostics> {
        Ok(Vec::new())
    }

    async fn delete(&self, (): &(), _: &mut DeleteState) -> Result<(), Diagnostics> {
        Ok(())
    }
}

struct Named(&'static str, Signature);

impl Function for Named {
    fn name(&self) -> &'static str {
        self.0
    }

    fn signature(&self) -> Signature {
        self.1.clone()
    }

    fn call(&self, _: &Arguments) -> Result<Value, FunctionError> {
        Ok("well".into())
    }
}
