//! Every fault that the simulator has.

use imp_publisher_simulator::FaultKind;

/// Every fault of the simulator, and its name in the table.
pub(crate) fn all() -> Vec<(&'static str, FaultKind)> {
    let busy = |retry_after: Option<&str>| FaultKind::ServiceUnavailable {
        retry_after: retry_after.map(str::to_owned),
    };
    let rejected = |code, message: &str| FaultKind::SoapFault {
        code,
        message: message.to_owned(),
    };
    vec![
        ("503", busy(None)),
        ("503 Retry-After: 1", busy(Some("1"))),
        (
            "503 Retry-After: date",
            busy(Some("Fri, 31 Dec 1999 23:59:59 GMT")),
        ),
        (
            "fault -243",
            rejected(-243, "Could not position within a table."),
        ),
        (
            "fault -239",
            rejected(
                -239,
                "Could not insert new row - duplicate value in a UNIQUE INDEX column.",
            ),
        ),
        ("401", FaultKind::Unauthorized),
        ("403", FaultKind::Forbidden),
        ("599", FaultKind::WrongVersion),
        ("HTML 200", FaultKind::Html { status: 200 }),
        ("HTML 404", FaultKind::Html { status: 404 }),
        ("HTML 502", FaultKind::Html { status: 502 }),
        (
            "redirect",
            FaultKind::Redirect {
                location: "https://elsewhere.example.com/".to_owned(),
            },
        ),
        ("truncated XML", FaultKind::TruncatedXml),
        ("malformed XML", FaultKind::MalformedXml),
        ("garbage", FaultKind::Garbage),
        ("empty body", FaultKind::EmptyBody),
        ("cut body", FaultKind::CutBody),
        ("reset", FaultKind::Reset),
        ("close", FaultKind::Close),
        ("hang", FaultKind::Hang),
        (
            "slow drip",
            FaultKind::SlowDrip {
                bytes: 64,
                pause_ms: 2,
            },
        ),
        ("oversized", FaultKind::Oversized { bytes: 26_000_000 }),
        ("0 rows updated", FaultKind::WrongRowsUpdated { rows: 0 }),
        ("1 row updated", FaultKind::WrongRowsUpdated { rows: 1 }),
        ("7 rows updated", FaultKind::WrongRowsUpdated { rows: 7 }),
        ("duplicate cookies", FaultKind::DuplicateCookies),
        ("latency", FaultKind::Latency { millis: 50 }),
        ("slow close", FaultKind::SlowClose { millis: 50 }),
        (
            "sliced writes",
            FaultKind::SlicedWrites {
                bytes: 16,
                pause_us: 200,
            },
        ),
    ]
}
