//! That the pages of the modules say what the modules have.

use std::collections::BTreeSet;
use std::fs;

use crate::examples;

/// The names behind a word at the beginning of a line, as in `variable "clusters"`.
fn declared(text: &str, word: &str) -> BTreeSet<String> {
    let lines = text.lines();
    let names = lines.filter_map(|line| line.strip_prefix(word)?.split('"').nth(1));
    names.map(str::to_owned).collect()
}

/// The attributes of the objects in variables, which are indented.
fn attributes(text: &str) -> BTreeSet<String> {
    let lines = text.lines();
    let typed = lines.filter_map(|line| {
        let (name, value) = line.strip_prefix("    ")?.split_once('=')?;
        let value = value.trim();
        let is_type = ["string", "number", "bool", "list(", "set(", "optional("]
            .iter()
            .any(|beginning| value.starts_with(beginning));
        is_type.then(|| name.trim().to_owned())
    });
    typed.collect()
}

/// The names at the beginning of the rows of tables.
fn rows(page: &str) -> BTreeSet<String> {
    let lines = page.lines();
    let names = lines.filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    names.map(str::to_owned).collect()
}

#[test]
fn each_page_lists_the_inputs_and_outputs_and_nothing_else() {
    for module in [
        "federated-domain",
        "interdomain-federation",
        "direct-federation",
    ] {
        let read = |file: &str| {
            fs::read_to_string(examples().join("modules").join(module).join(file)).unwrap()
        };
        let (variables, outputs) = (read("variables.tf"), read("outputs.tf"));
        let mut expected = declared(&variables, "variable ");
        expected.extend(declared(&outputs, "output "));
        // Its objects are described where the resource is.
        if module != "federated-domain" {
            expected.extend(attributes(&variables));
        }
        assert!(expected.len() >= 4);
        assert_eq!(rows(&read("README.md")), expected, "{module}");
        for text in [&variables, &outputs] {
            let described = text.matches("\n  description").count();
            let declared = text.matches("\nvariable ").count() + text.matches("\noutput ").count();
            assert_eq!(described, declared + 1, "{module}");
        }
    }
}
