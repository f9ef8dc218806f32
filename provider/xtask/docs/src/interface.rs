//! What configurations rely on: the names, types and modes of everything that the provider offers. It is compared with
//! that of the last release, which `provider/interface.txt` keeps, so that nobody breaks users unawares.

mod difference;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use tfplugin_protocol::tfplugin6::schema::{Attribute, Block};

use crate::schemas::Schemas;
use crate::types;

const FILE: &str = "provider/interface.txt";

/// What each path is: `resource.imp_static_route.priority` is `number, optional, computed`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Interface(BTreeMap<String, String>);

impl Interface {
    /// That of the schemas.
    pub(super) fn of(schemas: &Schemas) -> anyhow::Result<Self> {
        let mut interface = Self::default();
        interface.block("provider", &schemas.provider)?;
        for (kind, blocks) in [
            ("resource", &schemas.resources),
            ("data", &schemas.data_sources),
            ("list", &schemas.list_resources),
            ("action", &schemas.actions),
        ] {
            for (name, block) in blocks {
                interface.block(&format!("{kind}.{name}"), block)?;
            }
        }
        for (name, version) in &schemas.versions {
            interface.note(format!("resource.{name}"), format!("version {version}"));
        }
        for (name, function) in &schemas.functions {
            let mut signature = Vec::new();
            for parameter in function
                .parameters
                .iter()
                .chain(&function.variadic_parameter)
            {
                signature.push(types::in_a_signature(&parameter.r#type)?);
            }
            let result = function
                .r#return
                .as_ref()
                .context("a function without result")?;
            let result = types::in_a_signature(&result.r#type)?;
            let text = format!("({}) {result}", signature.join(", "));
            interface.note(format!("function.{name}"), text);
        }
        for (name, identity) in &schemas.identities {
            for attribute in &identity.identity_attributes {
                let mode = if attribute.required_for_import {
                    "required"
                } else {
                    "optional"
                };
                let text = format!("{}, {mode}", types::in_a_signature(&attribute.r#type)?);
                interface.note(format!("identity.{name}.{}", attribute.name), text);
            }
        }
        Ok(interface)
    }

    /// Fails on each change that breaks a configuration and is not announced in the newest part of the changelog.
    pub(super) fn check(&self, root: &Path) -> anyhow::Result<()> {
        let path = root.join(FILE);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let changelog = fs::read_to_string(root.join("CHANGELOG.md"))?;
        let unannounced = difference::unannounced(&Self::parse(&text), self, &changelog);
        if unannounced.is_empty() {
            return Ok(());
        }
        bail!(
            "These changes break configurations written for the last release:\n  {}\nTake them back; or write each \
             path, in backticks, under BREAKING CHANGES at the top of CHANGELOG.md, and say what to write instead.",
            unannounced.join("\n  ")
        );
    }

    /// Keeps it as that of a release.
    pub(super) fn keep(&self, root: &Path) -> anyhow::Result<()> {
        whole_file::write(&root.join(FILE), self.to_text())
    }

    fn note(&mut self, path: String, text: String) {
        self.0.insert(path, text);
    }

    fn block(&mut self, path: &str, block: &Block) -> anyhow::Result<()> {
        self.note(path.to_owned(), "block".to_owned());
        self.attributes(path, &block.attributes)?;
        for nested in &block.block_types {
            let path = format!("{path}.{}", nested.type_name);
            if let Some(block) = &nested.block {
                self.block(&path, block)?;
            }
            let mode = if nested.min_items > 0 {
                "required"
            } else {
                "optional"
            };
            self.note(path, format!("block {:?}, {mode}", nested.nesting()));
        }
        Ok(())
    }

    fn attributes(&mut self, path: &str, attributes: &[Attribute]) -> anyhow::Result<()> {
        for attribute in attributes {
            let path = format!("{path}.{}", attribute.name);
            let mut words = Vec::new();
            if let Some(nested) = &attribute.nested_type {
                words.push(format!("nested {:?}", nested.nesting()));
                self.attributes(&path, &nested.attributes)?;
            } else {
                words.push(types::in_a_signature(&attribute.r#type)?);
            }
            for (holds, word) in [
                (attribute.required, "required"),
                (attribute.optional, "optional"),
                (attribute.computed, "computed"),
                (attribute.sensitive, "sensitive"),
                (attribute.write_only, "write-only"),
            ] {
                if holds {
                    words.push(word.to_owned());
                }
            }
            self.note(path, words.join(", "));
        }
        Ok(())
    }

    fn to_text(&self) -> String {
        let lines = self.0.iter();
        lines.fold(String::new(), |text, (path, words)| {
            text + &format!("{path}: {words}\n")
        })
    }

    fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        Self(
            lines
                .map(|(path, words)| (path.to_owned(), words.to_owned()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_is_read() {
        let schemas = Schemas::of_the_provider().unwrap();
        let interface = Interface::of(&schemas).unwrap();
        assert_eq!(Interface::parse(&interface.to_text()), interface);
        let text = interface.to_text();
        for line in [
            "resource.imp_static_route.next_hop: string, required\n",
            "resource.imp_static_route.priority: number, optional, computed\n",
            "identity.imp_sip_federation_domain.domain_name: string, required\n",
            "function.domain_name: (string) string\n",
        ] {
            assert!(text.contains(line), "{line} is not in:\n{text}");
        }
    }
}
