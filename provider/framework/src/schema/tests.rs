use tfplugin_values::{Type, Value};

use super::{Attribute, Block, CheckedSchema, Purpose, Schema};

fn problems_of(schema: Schema, purpose: Purpose) -> Vec<String> {
    match CheckedSchema::new(schema, purpose) {
        Ok(_) => Vec::new(),
        Err(error) => error
            .problems
            .into_iter()
            .map(|problem| format!("{}: {}", problem.at, problem.problem))
            .collect(),
    }
}

fn problem(attribute: Attribute) -> String {
    problems_of(Schema::new(0).attribute("a", attribute), Purpose::Resource).join("; ")
}

fn string() -> Attribute {
    Attribute::string()
}

#[test]
fn each_rule_of_an_attribute_is_kept() {
    for (attribute, expected) in [
        (string(), "say who sets it"),
        (string().required().optional(), "both required and optional"),
        (string().required().computed(), "both required and computed"),
        (string().computed().write_only(), "cannot be computed"),
        (
            string().optional().default_value("x"),
            "must be optional and computed",
        ),
        (
            string().optional().computed().default_value(1),
            "not of the attribute's type",
        ),
        (
            string().optional().computed().default_value(Value::Null),
            "a known value",
        ),
        (string().optional().deprecated(""), "needs a message"),
        (Attribute::list(Type::Dynamic).optional(), "dynamic"),
        (Attribute::set(Type::Dynamic).optional(), "dynamic"),
        (
            Attribute::nested_set([("b", string().optional().write_only())]).optional(),
            "inside a set",
        ),
        (
            Attribute::nested_list([("b", Attribute::dynamic().optional())]).optional(),
            "dynamic",
        ),
        (
            Attribute::nested_single([("b", string().optional())])
                .optional()
                .write_only(),
            "must be write-only",
        ),
    ] {
        let problem = problem(attribute);
        assert!(problem.contains(expected), "{expected:?}: {problem:?}");
    }
}

#[test]
fn names_are_those_a_configuration_can_write() {
    for name in ["Name", "1st", "", "a-b", "name\u{e9}", "count", "lifecycle"] {
        let schema = Schema::new(0).attribute(name, string().optional());
        assert_eq!(problems_of(schema, Purpose::Resource).len(), 1, "{name:?}");
    }
    let alias = || Schema::new(0).attribute("alias", string().optional());
    assert_eq!(problems_of(alias(), Purpose::Provider).len(), 1);
    assert_eq!(
        problems_of(alias(), Purpose::Resource),
        Vec::<String>::new()
    );
    let provider = || Schema::new(0).attribute("provider", string().optional());
    assert_eq!(problems_of(provider(), Purpose::StateStore).len(), 1);
    let block = Schema::new(0).block("provider", Block::single());
    assert_eq!(problems_of(block, Purpose::StateStore).len(), 1);
    assert_eq!(
        problems_of(alias(), Purpose::StateStore),
        Vec::<String>::new()
    );
    let nested = Attribute::nested_single([("count", string().optional())]).optional();
    let schema = Schema::new(0).attribute("a", nested);
    assert_eq!(problems_of(schema, Purpose::Resource), Vec::<String>::new());
}

#[test]
fn a_name_is_used_once() {
    let schema = Schema::new(0)
        .attribute("a", string().optional())
        .block("a", Block::list());
    assert!(problems_of(schema, Purpose::Resource)[0].contains("used twice"));
}

#[test]
fn blocks_count_as_a_core_counts() {
    for (block, problems) in [
        (Block::single(), 0),
        (Block::single().required(), 0),
        (Block::single().min_items(1), 1),
        (Block::list().min_items(2).max_items(1), 1),
        (Block::list().min_items(2), 0),
        (Block::map().min_items(1), 1),
        (Block::group().max_items(1), 1),
        (Block::set().min_items(-1), 1),
    ] {
        let schema = Schema::new(0).block("b", block);
        assert_eq!(problems_of(schema, Purpose::Resource).len(), problems);
    }
}

#[test]
fn a_computed_block_is_all_the_providers() {
    let list = || Block::list().computed();
    let read_only = || string().computed();
    for (block, expected) in [
        (list().attribute("a", read_only()), ""),
        (list().attribute("a", string().optional().computed()), ""),
        (
            list().attribute("a", string().optional()),
            "b.a: an attribute of a computed block must be computed too",
        ),
        (list().block("a", list()), ""),
        (
            list().block("a", Block::list()),
            "b.a: a block inside a computed block must be computed too",
        ),
        (Block::list().block("a", list()), ""),
        (
            list().min_items(1),
            "b: a computed block cannot be required",
        ),
        (list().max_items(1), ""),
        (
            Block::single().computed().required(),
            "b: a computed block cannot be required",
        ),
        (
            Block::group().computed(),
            "b: a group always exists, so that it cannot be computed",
        ),
    ] {
        let schema = Schema::new(0).block("b", block);
        let problems = problems_of(schema, Purpose::Resource).join("; ");
        assert_eq!(problems, expected);
    }
    let computed = || Schema::new(0).block("b", list());
    assert_eq!(
        problems_of(computed(), Purpose::DataSource),
        Vec::<String>::new()
    );
    for purpose in [
        Purpose::Provider,
        Purpose::ProviderMeta,
        Purpose::EphemeralResource,
        Purpose::ListResource,
        Purpose::Action,
    ] {
        let problems = problems_of(computed(), purpose).join("; ");
        assert!(
            problems.contains("managed resources and data sources alone"),
            "{purpose:?}: {problems:?}"
        );
    }
}

#[test]
fn only_what_has_a_state_computes() {
    let computed = || Schema::new(0).attribute("a", string().computed());
    for purpose in [
        Purpose::Provider,
        Purpose::ProviderMeta,
        Purpose::Action,
        Purpose::ListResource,
        Purpose::StateStore,
    ] {
        assert!(problems_of(computed(), purpose)[0].contains("no state"));
    }
    assert_eq!(
        problems_of(computed(), Purpose::DataSource),
        Vec::<String>::new()
    );
}

#[test]
fn only_managed_resources_are_planned() {
    let defaulted = || string().optional().computed().default_value("x");
    let modified = || string().optional().requires_replace();
    for purpose in [
        Purpose::Provider,
        Purpose::ProviderMeta,
        Purpose::DataSource,
        Purpose::EphemeralResource,
        Purpose::ListResource,
        Purpose::Action,
        Purpose::StateStore,
    ] {
        for (attribute, expected) in [
            (defaulted(), "defaults work in managed resources alone"),
            (modified(), "plan modifiers work in managed resources alone"),
        ] {
            let schema = Schema::new(0).attribute("a", attribute);
            let problems = problems_of(schema, purpose).join("; ");
            assert!(problems.contains(expected), "{purpose:?}: {problems:?}");
        }
    }
}

#[test]
fn all_problems_are_told_with_their_places() {
    let nested = Attribute::nested_list([("Bad", string())]).optional();
    let schema = Schema::new(-1).attribute("a", nested);
    let problems = problems_of(schema, Purpose::Resource);
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[1].starts_with("a.Bad: "));
}
