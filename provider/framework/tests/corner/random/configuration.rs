//! What a user may write for a shape.

use mock_core::config::{Input, null, number, unknown};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tfplugin_framework::Nesting;

use super::shape::{BlockShape, Kind, Part, Presence, Shape};

/// `open`: whether values may be unknown.
pub(super) fn configuration(shape: &Shape, open: bool) -> BoxedStrategy<Input> {
    body(&shape.attributes, &shape.blocks, open)
}

fn body(parts: &[Part], blocks: &[BlockShape], open: bool) -> BoxedStrategy<Input> {
    let blocks: Vec<_> = blocks
        .iter()
        .filter(|block| !block.is_read_only())
        .map(|block| {
            let one = body(&block.parts, &block.blocks, open);
            let written = match block.nesting {
                Nesting::Single => prop_oneof![Just(null()), one].boxed(),
                Nesting::Group => one,
                nesting => collection(nesting, one),
            };
            (Just(block.name), written)
        })
        .collect();
    (object(parts, open), blocks)
        .prop_map(|(input, blocks)| {
            blocks
                .into_iter()
                .fold(input, |input, (name, block)| match block {
                    Input::Null => input,
                    block => input.with(name, block),
                })
        })
        .boxed()
}

fn object(parts: &[Part], open: bool) -> BoxedStrategy<Input> {
    let attributes: Vec<_> = parts
        .iter()
        .filter(|part| part.presence != Presence::Computed)
        .map(|part| (Just(part.name), configured(part, open)))
        .collect();
    attributes.prop_map(Input::object).boxed()
}

fn configured(part: &Part, open: bool) -> BoxedStrategy<Input> {
    let text = || prop_oneof![Just("A"), Just("a"), Just("b"), Just("")].prop_map(Input::from);
    let digits =
        || prop_oneof!["-?[1-9][0-9]{0,25}", "0\\.[0-9]{0,20}[1-9]"].prop_map(|text| number(&text));
    let texts = move || vec(text(), 0..3).prop_map(Input::List);
    let known = match &part.kind {
        Kind::Text => text().boxed(),
        Kind::Number => digits().boxed(),
        Kind::Bool => any::<bool>().prop_map(Input::from).boxed(),
        Kind::Texts | Kind::TextSet => texts().boxed(),
        Kind::Numbers => btree_map("[k-m]", digits(), 0..3)
            .prop_map(Input::Object)
            .boxed(),
        Kind::Dynamic => prop_oneof![
            text(),
            digits(),
            texts(),
            btree_map("[k-m]", text(), 0..3).prop_map(Input::Object),
        ]
        .boxed(),
        Kind::Nested(nesting, parts) => match nesting {
            Nesting::Single | Nesting::Group => object(parts, open),
            nesting => collection(*nesting, object(parts, open)),
        },
    };
    let known = if open {
        prop_oneof![5 => known, 1 => Just(unknown())].boxed()
    } else {
        known
    };
    if part.presence == Presence::Required {
        known
    } else {
        prop_oneof![3 => known, 1 => Just(null())].boxed()
    }
}

fn collection(nesting: Nesting, one: BoxedStrategy<Input>) -> BoxedStrategy<Input> {
    match nesting {
        Nesting::Map => btree_map("[k-m]", one, 0..3)
            .prop_map(Input::Object)
            .boxed(),
        _ => vec(one, 0..3).prop_map(Input::List).boxed(),
    }
}
