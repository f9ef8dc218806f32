//! Addresses of resources: `module.emea["x"].imp_static_route.primary["a.b"]`.

/// The names of the modules from the root to where a resource is, without keys of instances.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct ModulePath(pub(crate) Vec<String>);

impl ModulePath {
    /// From an address such as `module.a["x"].module.b`; anything behind it is left out.
    pub(crate) fn parse(address: &str) -> Self {
        let plain = without_keys(address);
        let mut names = Vec::new();
        let mut parts = plain.split('.');
        while parts.next() == Some("module") {
            names.extend(parts.next().map(str::to_owned));
        }
        Self(names)
    }

    /// The path of a module that is called here.
    pub(crate) fn child(&self, name: &str) -> Self {
        let mut names = self.0.clone();
        names.push(name.to_owned());
        Self(names)
    }

    /// The path of the calling module, and the name of the call; `None` for the root.
    pub(crate) fn parent(&self) -> Option<(Self, &str)> {
        let (last, names) = self.0.split_last()?;
        Some((Self(names.to_vec()), last))
    }
}

/// An address without keys of instances. Keys are texts in quotes, which may have brackets in them, or numbers.
pub(crate) fn without_keys(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    let mut characters = address.chars();
    while let Some(character) = characters.next() {
        if character == '[' {
            skip_key(&mut characters);
        } else {
            plain.push(character);
        }
    }
    plain
}

/// Goes on behind the closing bracket.
fn skip_key(characters: &mut std::str::Chars<'_>) {
    let mut is_quoted = false;
    while let Some(character) = characters.next() {
        match character {
            '"' => is_quoted = !is_quoted,
            '\\' if is_quoted => {
                characters.next();
            }
            ']' if !is_quoted => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_left_out_whatever_is_in_them() {
        for (address, plain) in [
            ("imp_static_route.primary", "imp_static_route.primary"),
            ("imp_static_route.primary[0]", "imp_static_route.primary"),
            (
                r#"module.a["x.y"].imp_static_route.r["]\"[\\"]"#,
                "module.a.imp_static_route.r",
            ),
            (r#"a.b["unfinished"#, "a.b"),
        ] {
            assert_eq!(without_keys(address), plain);
        }
    }

    #[test]
    fn the_path_is_that_of_the_modules() {
        let path = ModulePath::parse(r#"module.a["module.x"].module.b[1].imp_static_route.module"#);
        assert_eq!(path.0, ["a", "b"]);
        assert_eq!(path.parent(), Some((ModulePath(vec!["a".to_owned()]), "b")));
        assert_eq!(
            ModulePath::parse("imp_static_route.r"),
            ModulePath::default()
        );
    }
}
