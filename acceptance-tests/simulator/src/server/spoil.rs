//! Turns a good answer into what an injected fault makes of it.

use std::time::Duration;

use super::wire::SharedOrders;
use crate::answer::{Answer, Delivery, HTML};
use crate::axl;
use crate::faults::{FaultKind, Phase};
use crate::journal::AnswerClass;

/// Whether the fault makes something of the answer that would have been given, so that there must be one.
pub(super) fn needs_an_answer(kind: &FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::TruncatedXml
            | FaultKind::MalformedXml
            | FaultKind::CutBody
            | FaultKind::SlowDrip { .. }
            | FaultKind::Oversized { .. }
            | FaultKind::WrongRowsUpdated { .. }
            | FaultKind::DuplicateCookies
            | FaultKind::Latency { .. }
            | FaultKind::LateEffect { .. }
            | FaultKind::SlowClose { .. }
            | FaultKind::SlicedWrites { .. }
    )
}

/// The spoilt answer. `operation` is what was asked, `supported` the AXL versions.
pub(super) fn spoil(
    kind: &FaultKind,
    phase: Phase,
    answer: Answer,
    operation: &str,
    supported: &[String],
    orders: &SharedOrders,
) -> Answer {
    let cookies: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name == "set-cookie")
        .cloned()
        .collect();
    let mut spoilt = match kind {
        FaultKind::ServiceUnavailable { retry_after } => {
            Answer::service_unavailable(retry_after.as_deref())
        }
        FaultKind::SoapFault { code, message } => axl::fault(*code, message, operation),
        FaultKind::Unauthorized => Answer::unauthorized(),
        FaultKind::Forbidden => Answer::forbidden(),
        FaultKind::WrongVersion => Answer::wrong_version(supported),
        FaultKind::Html { status } => Answer::page(*status, "The Cisco Tomcat service is starting"),
        FaultKind::Redirect { location } => {
            Answer::new(302, HTML, "", AnswerClass::Injected).with_header("location", location)
        }
        FaultKind::EmptyBody => replaced(answer, Vec::new()),
        FaultKind::Garbage => {
            replaced(answer, vec![0xff, 0xfe, 0x00, 0x3c, 0xd8, 0x00, 0x80, 0x0a])
        }
        FaultKind::TruncatedXml => {
            let half = answer.body[..answer.body.len() / 2].to_vec();
            replaced(answer, half)
        }
        FaultKind::MalformedXml => {
            let text = String::from_utf8_lossy(&answer.body)
                .replace("</soapenv:Body>", "</soapenv:Boby>&nbsp;<");
            replaced(answer, text.into_bytes())
        }
        FaultKind::CutBody => delivered(answer, Delivery::Cut),
        FaultKind::Reset => {
            orders.change(|orders| orders.reset = true);
            delivered(answer, Delivery::Reset)
        }
        FaultKind::Close => delivered(answer, Delivery::Close),
        FaultKind::Hang => delivered(answer, Delivery::Never),
        FaultKind::SlowDrip { bytes, pause_ms } => delivered(
            answer,
            Delivery::Drip {
                bytes: *bytes,
                pause: Duration::from_millis(*pause_ms),
                cut: phase == Phase::BeforeEffect,
            },
        ),
        FaultKind::Oversized { bytes } => {
            let at = position_of(&answer.body, b"</soapenv:Body>");
            delivered(answer, Delivery::Padded { at, bytes: *bytes })
        }
        FaultKind::WrongRowsUpdated { rows } => wrong_rows(answer, *rows),
        FaultKind::DuplicateCookies => doubled_cookies(answer),
        FaultKind::SlowClose { millis } => {
            let wait = Duration::from_millis(*millis);
            orders.change(|orders| orders.slow_close = Some(wait));
            answer.with_header("connection", "close")
        }
        FaultKind::SlicedWrites { bytes, pause_us } => {
            let slices = (*bytes, Duration::from_micros(*pause_us));
            orders.change(|orders| orders.slices = Some(slices));
            answer
        }
        FaultKind::Latency { .. } | FaultKind::LateEffect { .. } => answer,
    };
    if phase == Phase::AfterEffect && spoilt.headers.iter().all(|(name, _)| *name != "set-cookie") {
        spoilt.headers.extend(cookies);
    }
    spoilt.class = AnswerClass::Injected;
    spoilt
}

fn replaced(mut answer: Answer, body: Vec<u8>) -> Answer {
    answer.body = body;
    answer
}

fn delivered(mut answer: Answer, delivery: Delivery) -> Answer {
    answer.delivery = delivery;
    answer
}

fn wrong_rows(answer: Answer, rows: u64) -> Answer {
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let (open, close) = ("<rowsUpdated>", "</rowsUpdated>");
    let Some((start, end)) = text.find(open).zip(text.find(close)) else {
        return answer;
    };
    let text = format!("{}{rows}{}", &text[..start + open.len()], &text[end..]);
    replaced(answer, text.into_bytes()).with_rows(rows)
}

/// Every session cookie a second time with a value that no session has, and both at least once.
fn doubled_cookies(answer: Answer) -> Answer {
    answer
        .with_header(
            "set-cookie",
            "JSESSIONIDSSO=0123456789ABCDEF; Path=/; Secure; HttpOnly",
        )
        .with_header(
            "set-cookie",
            "JSESSIONID=0123456789ABCDEF; Path=/axl; Secure; HttpOnly",
        )
        .with_header(
            "set-cookie",
            "JSESSIONID=FEDCBA9876543210; Path=/axl; Secure; HttpOnly",
        )
}

fn position_of(body: &[u8], text: &[u8]) -> usize {
    body.windows(text.len())
        .position(|window| window == text)
        .unwrap_or(0)
}
