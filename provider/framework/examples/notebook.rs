//! A complete provider: notes, kept as files in a folder.
//!
//! `provider "notebook" { folder = "/tmp/notes" }`, and then
//! `resource "notebook_note" "shopping" { title = "shopping" }`.

use std::io::{Error, ErrorKind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tfplugin_framework::{
    Attribute, Configure, Create, Delete, Diagnostic, Diagnostics, IdentityAttribute,
    IdentitySchema, Import, ImportTarget, Provider, Read, Registry, Resource, Schema, Update,
    Value, model, run,
    validators::{check, not_empty},
};

fn main() -> std::process::ExitCode {
    run("example/notebook", Notebook::default)
}

model! {
    /// The `provider` block.
    pub(crate) struct Config { folder: String }

    /// A note, as Terraform sees it.
    pub(crate) struct NoteModel { title: String, text: String }
}

/// The provider: a folder, known once it is configured, and shared with the resource.
#[derive(Default)]
pub(crate) struct Notebook(Arc<Mutex<Option<PathBuf>>>);

impl Provider for Notebook {
    type Config = Config;

    fn name(&self) -> &'static str {
        "notebook"
    }

    fn version(&self) -> &'static str {
        "0.1.0"
    }

    fn schema(&self) -> Schema {
        let folder = Attribute::string().required();
        Schema::new(0).attribute("folder", folder.validate(not_empty()))
    }

    async fn configure(&self, configure: &mut Configure<Config>) -> Result<(), Diagnostics> {
        // During a plan the folder may be unknown; nothing needs it until a note is read or written.
        if let Some(folder) = configure.config.folder.known() {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder.into());
        }
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(Note(Arc::clone(&self.0)));
    }
}

/// The resource `notebook_note`.
struct Note(Arc<Mutex<Option<PathBuf>>>);

impl Note {
    fn file(&self, note: &NoteModel) -> Result<PathBuf, Diagnostics> {
        let folder = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = folder.as_ref().zip(note.title.as_str());
        let file = known.map(|(folder, title)| folder.join(title));
        Ok(file.ok_or_else(|| Diagnostic::error("The folder is not known yet"))?)
    }

    fn write(&self, note: &NoteModel) -> Result<(), Diagnostics> {
        let text = note.text.as_str().unwrap_or_default();
        Ok(std::fs::write(self.file(note)?, text).map_err(|error| failed("write", &error))?)
    }
}

/// A title becomes the name of a file: no other folder, no hidden file.
fn file_name(title: &Value) -> Result<(), &'static str> {
    let fits = |text: &str| !text.contains(['/', '\\']) && !text.starts_with('.');
    let advice = "Write a title without slashes that does not begin with a dot.";
    title.as_str().is_none_or(fits).then_some(()).ok_or(advice)
}

fn failed(doing: &str, error: &Error) -> Diagnostic {
    Diagnostic::error(format!("Cannot {doing} the note")).detail(error.to_string())
}

impl Resource for Note {
    type Model = NoteModel;

    fn type_name(&self) -> &'static str {
        "notebook_note"
    }

    fn schema(&self) -> Schema {
        let title = Attribute::string().required().requires_replace();
        let text = Attribute::string().optional().computed().default_value("");
        Schema::new(0)
            .attribute("title", title.validate(check(file_name)))
            .attribute("text", text.describe("What the note says."))
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        let title = IdentityAttribute::string().required_for_import();
        Some(IdentitySchema::new(0).attribute("title", title))
    }

    async fn create(&self, create: &mut Create<NoteModel>) -> Result<(), Diagnostics> {
        self.write(&create.plan)?;
        create.state = Some(create.plan.clone());
        Ok(())
    }

    async fn read(&self, read: &mut Read<NoteModel>) -> Result<(), Diagnostics> {
        read.state = match std::fs::read_to_string(self.file(&read.current)?) {
            Ok(text) => Some(NoteModel {
                text: text.into(),
                ..read.current.clone()
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => Err(failed("read", &error))?,
        };
        Ok(())
    }

    async fn update(&self, update: &mut Update<NoteModel>) -> Result<(), Diagnostics> {
        self.write(&update.plan)?;
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, delete: &mut Delete<NoteModel>) -> Result<(), Diagnostics> {
        match std::fs::remove_file(self.file(&delete.prior)?) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("delete", &error))?,
            _ => Ok(()),
        }
    }

    async fn import(&self, import: &mut Import<NoteModel>) -> Result<(), Diagnostics> {
        let title = match &import.target {
            ImportTarget::Id(id) => id.clone(),
            ImportTarget::Identity(identity) => identity.require("title")?,
        };
        import.state.get_or_insert_default().title.set(title);
        Ok(())
    }
}
