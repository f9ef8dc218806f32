//! An answer before it is sent: what it says, and how it is to be delivered.

use std::time::Duration;

use crate::journal::AnswerClass;

/// An HTTP answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) class: AnswerClass,
    pub(crate) rows: Option<u64>,
    pub(crate) delivery: Delivery,
}

/// How an answer reaches the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Delivery {
    Whole,
    /// In pieces with pauses; with `cut`, the connection ends before the last piece.
    Drip {
        bytes: usize,
        pause: Duration,
        cut: bool,
    },
    /// With that many spaces at that place, and no announced length.
    Padded {
        at: usize,
        bytes: u64,
    },
    /// The connection ends after half of the body.
    Cut,
    /// The connection is reset instead.
    Reset,
    /// The connection is closed instead.
    Close,
    /// Nothing comes, ever.
    Never,
}

pub(crate) const XML: &str = "text/xml;charset=UTF-8";
pub(crate) const HTML: &str = "text/html;charset=utf-8";

impl Answer {
    pub(crate) fn new(
        status: u16,
        content_type: &'static str,
        body: impl Into<Vec<u8>>,
        class: AnswerClass,
    ) -> Self {
        Self {
            status,
            content_type,
            headers: Vec::new(),
            body: body.into(),
            class,
            rows: None,
            delivery: Delivery::Whole,
        }
    }

    /// An HTML page such as the publisher's web server makes.
    pub(crate) fn page(status: u16, text: &str) -> Self {
        let body = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>Cisco System - Error report</title></head><body><h1>HTTP \
             Status {status} - {text}</h1></body></html>"
        );
        Self::new(status, HTML, body, AnswerClass::Refused)
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn with_rows(mut self, rows: u64) -> Self {
        self.rows = Some(rows);
        self
    }

    pub(crate) fn unauthorized() -> Self {
        Self::page(401, "This request requires HTTP authentication.")
            .with_header("www-authenticate", "Basic realm=\"Cisco AXL Web Service\"")
    }

    pub(crate) fn forbidden() -> Self {
        Self::page(403, "Access to the requested resource has been denied")
    }

    pub(crate) fn service_unavailable(retry_after: Option<&str>) -> Self {
        let answer = Self::page(
            503,
            "Service Unavailable. The maximum number of outstanding change notifications has been reached.",
        );
        match retry_after {
            Some(value) => answer.with_header("retry-after", value),
            None => answer,
        }
    }

    pub(crate) fn wrong_version(supported: &[String]) -> Self {
        Self::new(
            599,
            HTML,
            format!(
                "<html><head><title>AXL</title></head><body><p>Incorrect axl version. Supported axl versions are \
                 {}</p></body></html>",
                supported.join(", ")
            ),
            AnswerClass::Refused,
        )
    }
}
