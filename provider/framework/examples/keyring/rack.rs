//! Blocks that the provider fills in where the user writes none.

use tfplugin_framework::{
    Attribute, Block, Create, Delete, Diagnostics, Field, Read, Resource, Schema, Update, model,
};

use crate::Folder;

model! {
    pub(crate) struct RackModel { name: String, wood: String, hooks: Vec<Hook> }
    pub(crate) struct Hook { label: String, number: u32 }
}

/// The resource `keyring_rack`: a rack has two hooks, unless the user writes which.
pub(crate) struct Rack(pub(crate) Folder);

fn put_up(rack: &RackModel) -> RackModel {
    let mut rack = rack.clone();
    let hooks = match &rack.hooks {
        Field::Known(hooks) if !hooks.is_empty() => hooks.clone(),
        _ => vec![Hook::default(), Hook::default()],
    };
    let numbered = hooks.into_iter().zip(1..).map(|(hook, number)| Hook {
        label: match hook.label {
            Field::Known(label) => label.into(),
            _ => format!("hook {number}").into(),
        },
        number: number.into(),
    });
    rack.hooks.set(numbered.collect::<Vec<_>>());
    rack
}

impl Resource for Rack {
    type Model = RackModel;

    fn type_name(&self) -> &'static str {
        "keyring_rack"
    }

    fn schema(&self) -> Schema {
        let hooks = Block::list()
            .computed()
            .attribute("label", Attribute::string().optional().computed())
            .attribute("number", Attribute::number().computed());
        Schema::new(0)
            .attribute("name", Attribute::string().required().requires_replace())
            .attribute("wood", Attribute::string().optional())
            .block("hooks", hooks)
    }

    async fn create(&self, create: &mut Create<RackModel>) -> Result<(), Diagnostics> {
        Folder::write(&self.0.file(&create.plan.name, "rack")?, "")?;
        create.state = Some(put_up(&create.plan));
        Ok(())
    }

    async fn read(&self, read: &mut Read<RackModel>) -> Result<(), Diagnostics> {
        let there = self.0.file(&read.current.name, "rack")?.exists();
        read.state = there.then(|| put_up(&read.current));
        Ok(())
    }

    async fn update(&self, update: &mut Update<RackModel>) -> Result<(), Diagnostics> {
        update.state = put_up(&update.plan);
        Ok(())
    }

    async fn delete(&self, delete: &mut Delete<RackModel>) -> Result<(), Diagnostics> {
        Folder::remove(&self.0.file(&delete.prior.name, "rack")?)
    }
}
