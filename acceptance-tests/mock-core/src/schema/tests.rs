use tfplugin_protocol::tfplugin6::{self as wire, schema};

use super::*;
use crate::value::{Path, Value};

fn plain(ty: Type) -> Attribute {
    Attribute {
        kind: AttributeKind::Plain(ty),
        required: false,
        optional: true,
        computed: false,
        sensitive: false,
        write_only: false,
        deprecated: false,
        deprecation_message: String::new(),
    }
}

fn with_attribute(attribute: Attribute) -> Schema {
    let attributes = BTreeMap::from([("a".to_owned(), attribute)]);
    Schema {
        version: 0,
        block: Block {
            attributes,
            ..Block::default()
        },
    }
}

fn with_block(nesting: BlockNesting, min_items: i64, max_items: i64, inner: Attribute) -> Schema {
    let block = Block {
        attributes: [("x".to_owned(), inner)].into(),
        ..Block::default()
    };
    let nested = NestedBlock {
        block,
        nesting,
        min_items,
        max_items,
    };
    Schema {
        version: 0,
        block: Block {
            blocks: [("b".to_owned(), nested)].into(),
            ..Block::default()
        },
    }
}

fn first_problem(schema: &Schema) -> String {
    check(schema)
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
}

#[test]
fn a_sound_schema_passes() {
    assert_eq!(first_problem(&with_attribute(plain(Type::String))), "");
    assert_eq!(
        first_problem(&with_block(BlockNesting::List, 1, 0, plain(Type::String))),
        ""
    );
    assert_eq!(
        first_problem(&with_block(
            BlockNesting::Single,
            1,
            1,
            plain(Type::Dynamic)
        )),
        ""
    );
}

#[test]
fn attribute_flags_must_agree() {
    let flags = |required, optional, computed| {
        let attribute = Attribute {
            required,
            optional,
            computed,
            ..plain(Type::String)
        };
        first_problem(&with_attribute(attribute))
    };
    assert_eq!(
        flags(false, false, false),
        ".a: must set Optional, Required or Computed"
    );
    assert_eq!(
        flags(true, true, false),
        ".a: cannot set both Optional and Required"
    );
    assert_eq!(
        flags(true, false, true),
        ".a: cannot set both Computed and Required"
    );
    assert_eq!(flags(false, true, true), "");
}

#[test]
fn an_attribute_has_one_kind_of_type() {
    let attribute = Attribute {
        kind: AttributeKind::Ambiguous,
        ..plain(Type::String)
    };
    assert!(first_problem(&with_attribute(attribute)).contains("either Type or NestedType"));
}

#[test]
fn deprecation_messages_need_deprecation() {
    let attribute = Attribute {
        deprecation_message: "use b".into(),
        ..plain(Type::String)
    };
    assert!(first_problem(&with_attribute(attribute)).contains("DeprecationMessage"));
}

#[test]
fn block_counts_fit_their_nesting() {
    let count =
        |nesting, min, max| first_problem(&with_block(nesting, min, max, plain(Type::String)));
    assert!(count(BlockNesting::Single, 0, 1).contains("must match"));
    assert!(count(BlockNesting::Single, 2, 2).contains("either 0 or 1"));
    assert!(count(BlockNesting::Group, 0, 1).contains("cannot be used"));
    assert!(count(BlockNesting::Map, 1, 0).contains("cannot be used"));
    assert!(count(BlockNesting::Set, 3, 2).contains("less than or equal"));
    assert!(count(BlockNesting::List, -1, 0).contains("greater than zero"));
    assert!(count(BlockNesting::Invalid, 0, 0).contains("invalid nesting mode"));
}

#[test]
fn sets_hold_neither_dynamic_nor_write_only() {
    let set = |inner| first_problem(&with_block(BlockNesting::Set, 0, 0, inner));
    assert!(set(plain(Type::Dynamic)).contains("DynamicPseudoType"));
    assert!(
        set(Attribute {
            write_only: true,
            ..plain(Type::String)
        })
        .contains("WriteOnly")
    );
    let attributes = BTreeMap::from([("x".to_owned(), plain(Type::Dynamic))]);
    let nested = NestedObject {
        nesting: ObjectNesting::Set,
        attributes,
    };
    let attribute = Attribute {
        kind: AttributeKind::Nested(nested),
        ..plain(Type::String)
    };
    assert!(first_problem(&with_attribute(attribute)).contains("DynamicPseudoType"));
}

#[test]
fn block_names_are_narrow_and_unique() {
    let mut schema = with_block(BlockNesting::List, 0, 0, plain(Type::String));
    schema
        .block
        .attributes
        .insert("b".into(), plain(Type::String));
    assert!(first_problem(&schema).contains("both attribute and child block"));
    let nested = schema.block.blocks.remove("b").unwrap();
    schema.block.blocks.insert("B-1".into(), nested);
    assert!(first_problem(&schema).contains("only lowercase letters"));
}

#[test]
fn computed_blocks_hold_what_is_computed_and_none_is_required() {
    let first_problem = |nesting, min, attribute, inner: Option<Block>| {
        let mut schema = with_block(nesting, min, 0, attribute);
        let block = &mut schema.block.blocks.get_mut("b").unwrap().block;
        block.computed = true;
        if let Some(inner) = inner {
            *block = block.clone().with("in", BlockNesting::List, inner);
        }
        first_problem(&schema)
    };
    let computed = || Attribute {
        computed: true,
        ..plain(Type::String)
    };
    let inner = |computed| {
        Some(Block {
            computed,
            ..Block::default()
        })
    };
    let list = BlockNesting::List;
    assert_eq!(first_problem(list, 0, computed(), inner(true)), "");
    assert!(
        first_problem(list, 0, plain(Type::String), None)
            .contains("all attributes within computed blocks must also be computed")
    );
    assert!(
        first_problem(list, 0, computed(), inner(false))
            .contains("all nested blocks within computed blocks must also be computed")
    );
    assert!(first_problem(list, 1, computed(), None).contains("MinItems > 0"));
    assert!(
        first_problem(BlockNesting::Group, 0, computed(), None)
            .contains("NestingGroup blocks cannot be computed")
    );
}

#[test]
fn identities_are_simple() {
    let identity = |ty, required_for_import| IdentitySchema {
        version: 0,
        attributes: [(
            "id".to_owned(),
            IdentityAttribute {
                ty,
                required_for_import,
                optional_for_import: false,
            },
        )]
        .into(),
    };
    assert!(check_identity(&identity(Type::list(Type::String), true)).is_empty());
    assert!(!check_identity(&identity(Type::map(Type::String), true)).is_empty());
    assert!(!check_identity(&identity(Type::String, false)).is_empty());
}

#[test]
fn rules_beyond_core_are_told_apart() {
    let mut schema = with_attribute(plain(Type::String));
    assert!(beyond_core(&schema).is_empty());
    schema
        .block
        .attributes
        .insert("count".into(), plain(Type::Number));
    schema
        .block
        .attributes
        .insert("9lives".into(), plain(Type::Number));
    schema.block.attributes.insert(
        "secret".into(),
        Attribute {
            write_only: true,
            computed: true,
            ..plain(Type::String)
        },
    );
    assert_eq!(check(&schema), []);
    assert_eq!(beyond_core(&schema).len(), 3);
}

#[test]
fn an_invalid_type_is_named_because_terraform_would_panic() {
    let attribute = schema::Attribute {
        name: "a".into(),
        r#type: "\"int\"".into(),
        optional: true,
        ..Default::default()
    };
    let block = schema::Block {
        attributes: vec![attribute],
        ..Default::default()
    };
    let error = parse(&wire::Schema {
        version: 0,
        block: Some(block),
    })
    .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the type of .a would make Terraform panic"),
        "{error}"
    );
}

#[test]
fn absent_blocks_have_the_values_core_sends() {
    let list = with_block(BlockNesting::List, 0, 0, plain(Type::String));
    assert_eq!(
        list.block.empty_value(),
        Value::object([("b", Value::List(vec![]))])
    );
    let group = with_block(BlockNesting::Group, 0, 0, plain(Type::String));
    let expected = Value::object([("b", Value::object([("x", Value::Null)]))]);
    assert_eq!(group.block.empty_value(), expected);
    let single = with_block(BlockNesting::Single, 0, 0, plain(Type::String));
    assert_eq!(
        single.block.empty_value(),
        Value::object([("b", Value::Null)])
    );
}

#[test]
fn attributes_are_found_by_path() {
    let schema = with_block(BlockNesting::List, 0, 0, plain(Type::Number));
    let path = Path::attributes("b").index(3).attribute("x");
    assert_eq!(schema.block.attribute_at(&path), Some(&plain(Type::Number)));
    assert_eq!(schema.block.attribute_at(&Path::attributes("b.y")), None);
}
