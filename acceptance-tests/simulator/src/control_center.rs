//! The Control Center Services API.
use crate::answer::Answer;
use crate::axl::{Request, Understood};
use crate::cluster::{ClusterState, NodeState};
use crate::journal::JournalEntry;

pub(crate) const PATH: &str = "/controlcenterservice2/services/ControlCenterServices";

pub(crate) fn understand(request: &Request) -> Understood {
    Understood::of(request)
}

pub(crate) fn respond(
    _: &ClusterState,
    _: &NodeState,
    _: &Request,
    _: bool,
    _: &mut JournalEntry,
) -> Answer {
    Answer::page(404, "The requested resource is not available.")
}
