//! What must come of a cell, beside that nothing is reported wrongly.

use imp_publisher_simulator::{FaultKind, Phase};

use super::cell::{Cell, Operation, Outcome};
use super::faults::is_harmless;

/// The outcome that a cell must have.
pub(super) fn outcome(cell: &Cell) -> Outcome {
    if is_harmless(&cell.fault) {
        return Outcome::Done;
    }
    if cell.operation == Operation::Read {
        return reading(cell);
    }
    // A refused logon is never repeated, not even to read.
    if cell.fault == FaultKind::Unauthorized {
        return Outcome::Unknown;
    }
    if cell.phase == Phase::AfterEffect {
        return Outcome::Done;
    }
    if cell.again_and_again && is_silence(&cell.fault) {
        return Outcome::Unknown;
    }
    if cell.again_and_again || is_refusal(&cell.fault) {
        return Outcome::NoEffect;
    }
    Outcome::Done
}

fn reading(cell: &Cell) -> Outcome {
    // These are said of writes only, and a dripping answer comes whole unless it is cut.
    if matches!(cell.fault, FaultKind::WrongRowsUpdated { .. }) {
        return Outcome::Done;
    }
    if matches!(cell.fault, FaultKind::SlowDrip { .. }) && cell.phase == Phase::AfterEffect {
        return Outcome::Done;
    }
    let is_wrong_place = matches!(
        cell.fault,
        FaultKind::Html { status: 404 } | FaultKind::Oversized { .. } | FaultKind::Unauthorized
    );
    if cell.again_and_again || is_wrong_place || is_refusal(&cell.fault) {
        return Outcome::NoEffect;
    }
    Outcome::Done
}

/// Whether the publisher answers nothing, so that it may still be at it.
fn is_silence(fault: &FaultKind) -> bool {
    matches!(
        fault,
        FaultKind::CutBody
            | FaultKind::Reset
            | FaultKind::Close
            | FaultKind::Hang
            | FaultKind::SlowDrip { .. }
            | FaultKind::Html { status: 502 }
    )
}

/// Whether the publisher says that it does not want the request, and asking again is no use.
fn is_refusal(fault: &FaultKind) -> bool {
    matches!(
        fault,
        FaultKind::SoapFault { .. }
            | FaultKind::Forbidden
            | FaultKind::WrongVersion
            | FaultKind::Redirect { .. }
    )
}
