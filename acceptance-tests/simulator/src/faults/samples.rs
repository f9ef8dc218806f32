//! One fault of each kind, for whoever wants to try them all.

use super::FaultKind;

impl FaultKind {
    /// Every kind of fault, under the name that a table gives it; the same kind more than once where its values matter.
    pub fn samples() -> Vec<(&'static str, Self)> {
        let busy = |retry_after: Option<&str>| Self::ServiceUnavailable {
            retry_after: retry_after.map(str::to_owned),
        };
        let rejected = |code, message: &str| Self::SoapFault {
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
            ("401", Self::Unauthorized),
            ("403", Self::Forbidden),
            ("599", Self::WrongVersion),
            ("HTML 200", Self::Html { status: 200 }),
            ("HTML 404", Self::Html { status: 404 }),
            ("HTML 502", Self::Html { status: 502 }),
            (
                "redirect",
                Self::Redirect {
                    location: "https://elsewhere.example.com/".to_owned(),
                },
            ),
            ("truncated XML", Self::TruncatedXml),
            ("malformed XML", Self::MalformedXml),
            ("garbage", Self::Garbage),
            ("empty body", Self::EmptyBody),
            ("cut body", Self::CutBody),
            ("reset", Self::Reset),
            ("close", Self::Close),
            ("hang", Self::Hang),
            (
                "slow drip",
                Self::SlowDrip {
                    bytes: 64,
                    pause_ms: 2,
                },
            ),
            ("oversized", Self::Oversized { bytes: 26_000_000 }),
            ("0 rows updated", Self::WrongRowsUpdated { rows: 0 }),
            ("1 row updated", Self::WrongRowsUpdated { rows: 1 }),
            ("7 rows updated", Self::WrongRowsUpdated { rows: 7 }),
            ("duplicate cookies", Self::DuplicateCookies),
            ("latency", Self::Latency { millis: 50 }),
            ("late effect", Self::LateEffect { millis: 5500 }),
            ("slow close", Self::SlowClose { millis: 50 }),
            (
                "sliced writes",
                Self::SlicedWrites {
                    bytes: 16,
                    pause_us: 200,
                },
            ),
        ]
    }
}
