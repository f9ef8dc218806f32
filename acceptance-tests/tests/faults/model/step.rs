//! What may happen, and random sequences of it.

use std::fmt;

use imp_publisher_simulator::{Fault, FaultKind, Phase, Verb};
use proptest::prelude::*;

use super::wanted::Edit;
use crate::rows::Kind;

/// A sequence.
#[derive(Clone)]
pub(super) struct Steps(pub(super) Vec<Step>);

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// The user changes what is written.
    Edit(Edit),
    /// The user plans and applies what is written.
    Apply(Mishap),
    /// The user destroys everything.
    Destroy(Mishap),
    /// Another administrator does something.
    Meanwhile(Deed),
}

/// What goes wrong in a command.
#[derive(Clone, Debug)]
pub(super) enum Mishap {
    Nothing,
    /// Requests of this kind meet a fault.
    Fault {
        sample: usize,
        phase: Phase,
        moment: Moment,
        times: u32,
    },
    /// The provider is killed while the publisher has a write.
    ProviderKilled(Phase, Moment),
    /// Terraform is killed while the publisher has a write.
    TerraformKilled(Phase, Moment),
    /// The user presses Ctrl-C while the publisher has a write.
    Interrupted(Phase, Moment),
    /// The publisher goes down between the plan and the apply.
    PublisherDown,
    /// Another administrator does something between the plan and the apply.
    Deed(Deed),
}

/// Which request it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    is_write: bool,
    /// Only such statements, and only about such rows.
    only: Option<(Verb, Kind)>,
    /// How many pass before.
    skip: u32,
}

/// What another administrator does. Numbers choose a row, or an object of the user's.
#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    /// Changes the description of a row.
    Describe(usize, usize),
    /// Changes the priority of a route.
    Prioritise(usize, i64),
    /// Changes the next hop of a route.
    MoveHop(usize),
    /// Deletes a row.
    Delete(usize),
    /// Deletes a row and makes it again, under another primary key.
    Recreate(usize),
    /// Makes a row with the natural key of an object.
    Anticipate(usize),
    /// Makes a route of a domain.
    AddRoute(usize),
    /// Open federation learns a domain under the name of an object.
    Learn(usize),
}

/// One step a line, also where a pretty form is asked for.
impl fmt::Debug for Steps {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, step) in (1..).zip(&self.0) {
            let step = format!("{step:?}");
            write!(formatter, "\n{number:>4}. {step}")?;
        }
        Ok(())
    }
}

/// What it is called when the publisher goes down.
pub(super) const PUBLISHER_DOWN: &str = "publisher down";

const PROVIDER_KILLED: &str = "provider killed";
const TERRAFORM_KILLED: &str = "Terraform killed";
const INTERRUPTED: &str = "interrupted";

/// Everything that a long run has to meet, as it is called.
pub(super) fn everything() -> Vec<&'static str> {
    let faults = FaultKind::samples().into_iter().map(|(name, _)| name);
    let rest = [
        PROVIDER_KILLED,
        TERRAFORM_KILLED,
        INTERRUPTED,
        PUBLISHER_DOWN,
        "destroyed",
        "imported",
        "rows without state",
    ];
    let deeds = [
        Deed::Describe(0, 0),
        Deed::Prioritise(0, 1),
        Deed::MoveHop(0),
        Deed::Delete(0),
        Deed::Recreate(0),
        Deed::Anticipate(0),
        Deed::AddRoute(0),
        Deed::Learn(0),
    ];
    let deeds = deeds.map(Deed::name);
    faults.chain(rest).chain(deeds).collect()
}

impl Deed {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Describe(..) => "row described otherwise",
            Self::Prioritise(..) => "route given another priority",
            Self::MoveHop(_) => "route led elsewhere",
            Self::Delete(_) => "row deleted",
            Self::Recreate(_) => "row made again",
            Self::Anticipate(_) => "row made before its time",
            Self::AddRoute(_) => "route added",
            Self::Learn(_) => "domain learned",
        }
    }
}

impl Mishap {
    /// The fault that is injected, and what it is called.
    pub(super) fn fault(&self) -> Option<(&'static str, Fault)> {
        match self {
            Self::Fault {
                sample,
                phase,
                moment,
                times,
            } => {
                let mut samples = FaultKind::samples();
                let (name, kind) = samples.swap_remove(sample % samples.len());
                // What takes seconds happens once.
                let is_slow = matches!(
                    kind,
                    FaultKind::Hang | FaultKind::LateEffect { .. } | FaultKind::Oversized { .. }
                ) || name == "503 Retry-After: 1";
                let times = if is_slow { 1 } else { *times };
                Some((name, moment.fault(kind, *phase).times(times)))
            }
            Self::ProviderKilled(phase, moment) => Some((PROVIDER_KILLED, moment.pause(*phase))),
            Self::TerraformKilled(phase, moment) => Some((TERRAFORM_KILLED, moment.pause(*phase))),
            Self::Interrupted(phase, moment) => Some((INTERRUPTED, moment.pause(*phase))),
            Self::Nothing | Self::PublisherDown | Self::Deed(_) => None,
        }
    }
}

impl Moment {
    fn fault(self, kind: FaultKind, phase: Phase) -> Fault {
        let operation = if self.is_write {
            "executeSQLUpdate"
        } else {
            "executeSQLQuery"
        };
        let fault = Fault::new(kind, phase)
            .on_operation(operation)
            .skipping(self.skip);
        match self.only {
            Some((verb, kind)) => fault.on_statement(verb, kind.subject()),
            None => fault,
        }
    }

    /// Long enough for whoever waits for it to strike.
    fn pause(self, phase: Phase) -> Fault {
        self.fault(FaultKind::Latency { millis: 60 }, phase)
    }
}

/// Random sequences.
pub(super) fn sequences() -> impl Strategy<Value = Steps> {
    // First something to manage; then whatever comes.
    let begun = prop::collection::vec(edit().prop_map(Step::Edit), 3..7);
    let rest = prop::collection::vec(episode(), 2..7);
    (begun, rest).prop_map(|(mut steps, rest)| {
        steps.extend(rest.into_iter().flatten());
        Steps(steps)
    })
}

/// Steps that belong together: an apply without a change shows little.
fn episode() -> impl Strategy<Value = Vec<Step>> {
    let edits = prop::collection::vec(edit().prop_map(Step::Edit), 0..4);
    prop_oneof![
        8 => (edits, mishap()).prop_map(|(mut steps, mishap)| {
            steps.push(Step::Apply(mishap));
            steps
        }),
        1 => mishap().prop_map(|mishap| vec![Step::Destroy(mishap)]),
        3 => deed().prop_map(|deed| vec![Step::Meanwhile(deed)]),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let number = 0..12_usize;
    prop_oneof![
        4 => number.clone().prop_map(Edit::ToggleDomain),
        1 => number.clone().prop_map(Edit::RenameDomain),
        1 => (number.clone(), number.clone()).prop_map(|(slot, value)| Edit::DescribeDomain(slot, value)),
        5 => number.clone().prop_map(Edit::ToggleRoute),
        2 => (number.clone(), number.clone()).prop_map(|(slot, domain)| Edit::Retarget(slot, domain)),
        2 => (number.clone(), number.clone()).prop_map(|(slot, how)| Edit::Connect(slot, how)),
        1 => number.clone().prop_map(Edit::MoveHop),
        1 => (number.clone(), 1..4_i64).prop_map(|(slot, value)| Edit::Prioritise(slot, value)),
        1 => (number.clone(), number).prop_map(|(slot, value)| Edit::DescribeRoute(slot, value)),
    ]
}

fn mishap() -> impl Strategy<Value = Mishap> {
    prop_oneof![
        2 => Just(Mishap::Nothing),
        6 => (0..1000_usize, phase(), any_request(), times()).prop_map(|(sample, phase, moment, times)| {
            Mishap::Fault { sample, phase, moment, times }
        }),
        3 => (phase(), write()).prop_map(|(phase, moment)| Mishap::ProviderKilled(phase, moment)),
        2 => (phase(), write()).prop_map(|(phase, moment)| Mishap::TerraformKilled(phase, moment)),
        2 => (phase(), write()).prop_map(|(phase, moment)| Mishap::Interrupted(phase, moment)),
        1 => Just(Mishap::PublisherDown),
        2 => deed().prop_map(Mishap::Deed),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let number = 0..24_usize;
    prop_oneof![
        2 => (number.clone(), number.clone()).prop_map(|(row, value)| Deed::Describe(row, value)),
        1 => (number.clone(), 1..4_i64).prop_map(|(row, value)| Deed::Prioritise(row, value)),
        1 => number.clone().prop_map(Deed::MoveHop),
        2 => number.clone().prop_map(Deed::Delete),
        2 => number.clone().prop_map(Deed::Recreate),
        2 => number.clone().prop_map(Deed::Anticipate),
        1 => number.clone().prop_map(Deed::AddRoute),
        1 => number.prop_map(Deed::Learn),
    ]
}

fn phase() -> impl Strategy<Value = Phase> {
    prop_oneof![Just(Phase::BeforeEffect), Just(Phase::AfterEffect)]
}

/// Once, or until the provider gives up.
fn times() -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(1_u32), 1 => Just(2), 1 => Just(30)]
}

fn any_request() -> impl Strategy<Value = Moment> {
    let read = (0..12_u32).prop_map(|skip| Moment {
        is_write: false,
        only: None,
        skip,
    });
    prop_oneof![2 => write(), 1 => read]
}

fn write() -> impl Strategy<Value = Moment> {
    let verb = prop_oneof![
        3 => Just(Verb::Insert),
        1 => Just(Verb::Update),
        2 => Just(Verb::Delete),
    ];
    let kind = prop_oneof![Just(Kind::Domain), Just(Kind::Route)];
    let only = prop_oneof![2 => Just(None), 1 => (verb, kind).prop_map(Some)];
    (only, 0..4_u32).prop_map(|(only, skip)| Moment {
        is_write: true,
        only,
        skip,
    })
}
