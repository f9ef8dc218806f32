//! Which schemas there are: attributes `a` to `d` of every kind, blocks `m` and `n` with blocks of their own.

use proptest::prelude::*;
use tfplugin_framework::Nesting;

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text,
    Number,
    Bool,
    Texts,
    TextSet,
    Numbers,
    /// A value of any type.
    Dynamic,
    Nested(Nesting, Vec<Part>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Presence {
    Required,
    Optional,
    Computed,
    Either,
    Default,
}

impl Presence {
    pub(super) fn is_computed(self) -> bool {
        matches!(self, Self::Computed | Self::Either | Self::Default)
    }
}

/// One attribute.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) presence: Presence,
    pub(super) modifier: u8,
    pub(super) write_only: bool,
}

/// One block, with the attributes `x` and `y` and at the root a block `z`.
#[derive(Clone, Debug)]
pub(super) struct BlockShape {
    pub(super) name: &'static str,
    pub(super) nesting: Nesting,
    pub(super) computed: bool,
    pub(super) parts: Vec<Part>,
    pub(super) blocks: Vec<BlockShape>,
}

impl BlockShape {
    /// The block as one that the provider fills in.
    fn all_computed(mut self, in_set: bool) -> Self {
        let in_set = in_set || self.nesting == Nesting::Set;
        self.computed = true;
        for part in &mut self.parts {
            part.write_only = false;
            part.presence = match part.presence {
                presence if presence.is_computed() => presence,
                _ if in_set => Presence::Computed,
                _ => Presence::Either,
            };
        }
        self.blocks.retain(|inner| inner.nesting != Nesting::Group);
        let inner = self.blocks.into_iter();
        self.blocks = inner.map(|inner| inner.all_computed(in_set)).collect();
        self
    }

    /// Whether a user cannot write it.
    pub(super) fn is_read_only(&self) -> bool {
        self.computed
            && self
                .parts
                .iter()
                .all(|part| part.presence == Presence::Computed)
            && self.blocks.iter().all(Self::is_read_only)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) attributes: Vec<Part>,
    pub(super) blocks: Vec<BlockShape>,
}

/// Where a part stands; not everything is allowed everywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// At the root, or in single objects below it.
    Root,
    Collection,
    Set,
}

impl Place {
    fn inside(self, nesting: Nesting) -> Self {
        match nesting {
            _ if self == Self::Set => Self::Set,
            Nesting::Set => Self::Set,
            Nesting::Single | Nesting::Group => self,
            Nesting::List | Nesting::Map => Self::Collection,
        }
    }
}

pub(super) fn shape() -> impl Strategy<Value = Shape> {
    let attributes = ["a", "b", "c", "d"].map(|name| part(name, 2, Place::Root));
    let blocks = ["m", "n"].map(|name| block(name, 1, Place::Root));
    (attributes, blocks).prop_map(|(attributes, blocks)| Shape {
        attributes: attributes.into(),
        blocks: blocks.into(),
    })
}

fn block(name: &'static str, depth: u32, place: Place) -> BoxedStrategy<BlockShape> {
    prop_oneof![2 => nesting(place), 1 => Just(Nesting::Group)]
        .prop_flat_map(move |nesting| {
            let place = place.inside(nesting);
            let inner = match depth {
                0 => Just(Vec::new()).boxed(),
                depth => proptest::option::of(block("z", depth - 1, place))
                    .prop_map(|inner| inner.into_iter().collect())
                    .boxed(),
            };
            (parts(1, place), inner, any::<bool>()).prop_map(move |(parts, blocks, computed)| {
                let block = BlockShape {
                    name,
                    nesting,
                    computed: false,
                    parts,
                    blocks,
                };
                if computed && nesting != Nesting::Group {
                    block.all_computed(place == Place::Set)
                } else {
                    block
                }
            })
        })
        .boxed()
}

fn part(name: &'static str, depth: u32, place: Place) -> BoxedStrategy<Part> {
    let in_set = place == Place::Set;
    let plain = prop_oneof![
        3 => Just(Kind::Text),
        2 => Just(Kind::Number),
        1 => Just(Kind::Bool),
        1 => Just(Kind::Texts),
        1 => Just(Kind::TextSet),
        1 => Just(Kind::Numbers),
        1 => Just(if place == Place::Root { Kind::Dynamic } else { Kind::Bool }),
    ];
    let kind = if depth == 0 {
        plain.boxed()
    } else {
        let nested = nesting(place).prop_flat_map(move |nesting| {
            parts(depth - 1, place.inside(nesting))
                .prop_map(move |parts| Kind::Nested(nesting, parts))
        });
        prop_oneof![3 => plain, 2 => nested].boxed()
    };
    let presence = prop_oneof![
        Just(Presence::Required),
        Just(Presence::Optional),
        Just(Presence::Computed),
        Just(Presence::Either),
        Just(Presence::Default),
    ];
    (kind, presence, 0..4_u8, 0..8_u8)
        .prop_map(move |(kind, presence, modifier, write_only)| {
            // A core recognises the elements of a set by what is configured.
            let presence = match (presence, &kind) {
                (Presence::Either | Presence::Default, _) if in_set => Presence::Optional,
                (Presence::Default, kind) if !matches!(kind, Kind::Text) => Presence::Either,
                (presence, _) => presence,
            };
            let plain = !matches!(kind, Kind::Nested(..));
            Part {
                name,
                kind,
                presence,
                modifier,
                write_only: write_only == 0 && plain && !in_set && !presence.is_computed(),
            }
        })
        .boxed()
}

/// A core compares a set inside a set as a whole.
fn nesting(place: Place) -> impl Strategy<Value = Nesting> {
    prop_oneof![
        Just(Nesting::Single),
        Just(Nesting::List),
        Just(Nesting::Map),
        Just(match place {
            Place::Set => Nesting::List,
            Place::Root | Place::Collection => Nesting::Set,
        }),
    ]
}

fn parts(depth: u32, place: Place) -> impl Strategy<Value = Vec<Part>> {
    (part("x", depth, place), part("y", depth, place)).prop_map(|(x, y)| vec![x, y])
}
