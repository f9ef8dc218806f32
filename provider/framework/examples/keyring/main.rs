//! What is not stored: an ephemeral resource, the write-only attribute that takes its value, what a module says about
//! itself, and a move from another type. And what few Terraforms know: a state store, and blocks that the provider fills
//! in.
//!
//! `ephemeral "keyring_pass" "guest" { holder = "guest" }` is a pass that is valid until it is closed;
//! `resource "keyring_door" "front" { name = "front", pass = ephemeral.keyring_pass.guest.code }` opens with it. Both are
//! files in a folder. `terraform { provider_meta "keyring" { owner = "house" } }` writes the owner on each door. A door that was written down as `terraform_data` becomes a `keyring_door` by a `moved` block.

mod archive;
mod rack;

use std::io::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tfplugin_framework::ephemeral::{Close, Open};
use tfplugin_framework::{
    Attribute, Configure, Create, Delete, Diagnostic, Diagnostics, EphemeralResource, Field,
    Provider, Read, Registry, RequestContext, Resource, Schema, StateMove, Update, Value, model,
    run,
};

fn main() -> std::process::ExitCode {
    run("example/keyring", Keyring::default)
}

model! {
    pub(crate) struct Config { folder: String }
    pub(crate) struct Meta { owner: String }
    pub(crate) struct DoorModel { name: String, pass: String }
    pub(crate) struct PassModel { holder: String, code: String }
    /// What is of use in a `terraform_data`.
    pub(crate) struct WrittenDown { input: Value }
}

/// A folder, known once the provider is configured.
#[derive(Clone, Default)]
pub(crate) struct Folder(Arc<OnceLock<PathBuf>>);

impl Folder {
    fn file(&self, name: &Field<String>, ending: &str) -> Result<PathBuf, Diagnostics> {
        let file = self.0.get().zip(name.as_str());
        let file = file.map(|(folder, name)| folder.join(name).with_extension(ending));
        Ok(file.ok_or_else(|| Diagnostic::error("The folder is not known yet"))?)
    }

    fn write(file: &Path, text: &str) -> Result<(), Diagnostics> {
        Ok(std::fs::write(file, text).map_err(|error| failed(&error))?)
    }

    fn remove(file: &Path) -> Result<(), Diagnostics> {
        Ok(std::fs::remove_file(file).map_err(|error| failed(&error))?)
    }
}

fn failed(error: &Error) -> Diagnostic {
    Diagnostic::error("The folder cannot be used").detail(error.to_string())
}

#[derive(Default)]
pub(crate) struct Keyring(Folder);

impl Provider for Keyring {
    type Config = Config;

    fn name(&self) -> &'static str {
        "keyring"
    }

    fn version(&self) -> &'static str {
        "0.1.0"
    }

    fn schema(&self) -> Schema {
        Schema::new(0).attribute("folder", Attribute::string().required())
    }

    fn meta_schema(&self) -> Option<Schema> {
        Some(Schema::new(0).attribute("owner", Attribute::string().required()))
    }

    async fn configure(&self, configure: &mut Configure<Config>) -> Result<(), Diagnostics> {
        if let Field::Known(folder) = &configure.config.folder {
            self.0.0.get_or_init(|| PathBuf::from(folder));
        }
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(Door(self.0.clone()));
        registry.resource(rack::Rack(self.0.clone()));
        registry.ephemeral_resource(Pass(self.0.clone()));
        registry.state_store(archive::Archive);
    }
}

/// The ephemeral resource `keyring_pass`.
struct Pass(Folder);

impl EphemeralResource for Pass {
    type Model = PassModel;

    fn type_name(&self) -> &'static str {
        "keyring_pass"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("holder", Attribute::string().required())
            .attribute("code", Attribute::string().computed().sensitive())
    }

    async fn open(&self, open: &mut Open<PassModel>) -> Result<(), Diagnostics> {
        let code = open
            .config
            .holder
            .clone()
            .map(|holder| format!("pass-of-{holder}"));
        Folder::write(&self.0.file(&code, "pass")?, "")?;
        open.private.set("code", &code.as_str())?;
        open.result.code = code;
        Ok(())
    }

    async fn close(&self, close: &mut Close) -> Result<(), Diagnostics> {
        let code: Option<String> = close.private.get("code")?;
        Folder::remove(&self.0.file(&code.into(), "pass")?)
    }
}

/// The resource `keyring_door`.
struct Door(Folder);

impl Door {
    /// A door is opened with a pass that is valid at that moment.
    fn open(&self, door: &DoorModel, context: &RequestContext) -> Result<(), Diagnostics> {
        if !self.0.file(&door.pass, "pass")?.exists() {
            Err(Diagnostic::error("The pass is not valid").at("pass"))?;
        }
        let owner = context.provider_meta::<Meta>()?.map(|meta| meta.owner);
        let owner = owner.as_ref().and_then(Field::as_str).unwrap_or_default();
        Folder::write(&self.0.file(&door.name, "door")?, owner)
    }
}

impl Resource for Door {
    type Model = DoorModel;

    fn type_name(&self) -> &'static str {
        "keyring_door"
    }

    fn schema(&self) -> Schema {
        let pass = Attribute::string().required().write_only();
        Schema::new(0)
            .attribute("name", Attribute::string().required().requires_replace())
            .attribute("pass", pass)
    }

    fn moves(&self) -> Vec<StateMove> {
        let former = Schema::new(0).attribute("input", Attribute::dynamic().optional());
        let written_down = |old: WrittenDown| {
            Ok(DoorModel {
                name: match old.input {
                    Field::Known(Value::Dynamic(input)) => {
                        input.value.as_str().map(str::to_owned).into()
                    }
                    _ => Err(Diagnostic::error("No door was written down"))?,
                },
                ..DoorModel::default()
            })
        };
        vec![
            StateMove::new("terraform_data", &former, written_down)
                .of_provider("builtin/terraform"),
        ]
    }

    async fn create(&self, create: &mut Create<DoorModel>) -> Result<(), Diagnostics> {
        self.open(&create.config, &create.context)?;
        create.state = Some(create.plan.clone());
        Ok(())
    }

    async fn read(&self, read: &mut Read<DoorModel>) -> Result<(), Diagnostics> {
        if !self.0.file(&read.current.name, "door")?.exists() {
            read.state = None;
        }
        Ok(())
    }

    async fn update(&self, update: &mut Update<DoorModel>) -> Result<(), Diagnostics> {
        self.open(&update.config, &update.context)?;
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, delete: &mut Delete<DoorModel>) -> Result<(), Diagnostics> {
        Folder::remove(&self.0.file(&delete.prior.name, "door")?)
    }
}
