//! What the matrix expects of a fault.

use imp_publisher_simulator::FaultKind;

/// Whether a fault may hit every request of an operation. Those that cost much time or memory do so once.
pub(super) fn may_last(fault: &FaultKind) -> bool {
    !matches!(
        fault,
        FaultKind::Oversized { .. } | FaultKind::LateEffect { .. }
    )
}

/// Whether the answer still says what it said, so that the request is as good as untouched.
pub(super) fn is_harmless(fault: &FaultKind) -> bool {
    matches!(
        fault,
        FaultKind::DuplicateCookies
            | FaultKind::Latency { .. }
            | FaultKind::SlowClose { .. }
            | FaultKind::SlicedWrites { .. }
    )
}
