//! HTTPS to one publisher: one request, one answer, and what a failure says about its effect.

mod retry_after;
mod tls;

#[cfg(test)]
mod tests;

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use reqwest::header::{
    AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::{Client, Proxy, redirect};
use secrecy::ExposeSecret;
use tokio::sync::OnceCell;

use crate::{Connection, Error};

/// The greatest answer that is read. AXL itself stops at 8 MB of data (*AXL developer guide*, "Throttling and
/// memory resources"); what is above that is for the elements around short values.
pub(crate) const LONGEST_ANSWER: usize = 24 * 1024 * 1024;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// HTTPS to one publisher. The client below, with its certificate store, is made for the first request.
pub(crate) struct Http {
    client: OnceCell<Client>,
}

impl fmt::Debug for Http {
    /// The client would show its proxy, whose URL may hold a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Http")
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    /// How long the publisher wants to be left alone.
    pub(crate) retry_after: Option<Duration>,
    /// Where a redirection leads; empty in other answers.
    pub(crate) location: String,
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing was sent.
    NotSent(Error),
    /// It may have been carried out: the request was sent, and no whole answer came.
    NoAnswer(Error),
    /// It may have been carried out: the answer is too long to be read. This is how it begins.
    TooLong(Answer),
}

impl Http {
    pub(crate) fn new() -> Self {
        Self {
            client: OnceCell::new(),
        }
    }

    /// Sends a SOAP request and reads the answer.
    pub(crate) async fn post(
        &self,
        connection: &Connection,
        path: &str,
        soap_action: &str,
        body: String,
        timeout: Duration,
    ) -> Result<Answer, Failure> {
        let client = self
            .client
            .get_or_try_init(|| async { client(connection) })
            .await
            .map_err(Failure::NotSent)?;
        let url = format!("https://{}{path}", connection.address);
        let request = client
            .post(url)
            .header(CONTENT_TYPE, "text/xml; charset=utf-8")
            .header("SOAPAction", format!("\"{soap_action}\""))
            .timeout(timeout)
            .body(body);
        let response = request
            .send()
            .await
            .map_err(|error| failure(connection, &error))?;
        read(connection, response).await
    }
}

async fn read(connection: &Connection, mut response: reqwest::Response) -> Result<Answer, Failure> {
    let headers = response.headers();
    let mut answer = Answer {
        status: response.status().as_u16(),
        content_type: text_of(headers, &CONTENT_TYPE).to_owned(),
        retry_after: retry_after::parse(text_of(headers, &RETRY_AFTER)),
        location: text_of(headers, &LOCATION).to_owned(),
        body: Vec::new(),
    };
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(answer),
            Ok(Some(chunk)) if answer.body.len() + chunk.len() <= LONGEST_ANSWER => {
                answer.body.extend_from_slice(&chunk);
            }
            Ok(Some(_)) => return Err(Failure::TooLong(answer)),
            Err(error) => return Err(Failure::NoAnswer(no_answer(connection, &error))),
        }
    }
}

fn text_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn client(connection: &Connection) -> Result<Client, Error> {
    let settings = |problem: String| Error::Settings { problem };
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, credentials(connection)?);
    let mut builder = Client::builder()
        .tls_backend_preconfigured(tls::config(connection)?)
        .default_headers(headers)
        // The session cookies: without them a session of 30 minutes is left behind by each request.
        .cookie_store(true)
        // A redirect could carry the password elsewhere.
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT.min(connection.request_timeout))
        .https_only(true);
    if let Some(url) = &connection.proxy_url {
        // The error repeats the URL, which may hold a password.
        let proxy =
            Proxy::all(url).map_err(|_| settings("the proxy URL is not well formed".to_owned()))?;
        builder = builder.proxy(proxy);
    }
    builder.build().map_err(|error| settings(cause(&error)))
}

fn credentials(connection: &Connection) -> Result<HeaderValue, Error> {
    use base64::Engine as _;
    let pair = format!(
        "{}:{}",
        connection.username,
        connection.password.expose_secret()
    );
    let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
    let mut value =
        HeaderValue::from_str(&format!("Basic {encoded}")).map_err(|_| Error::Settings {
            problem: "the user name and password do not fit into a header".to_owned(),
        })?;
    value.set_sensitive(true);
    Ok(value)
}

fn failure(connection: &Connection, error: &reqwest::Error) -> Failure {
    let host = connection.host();
    if let Some(problem) = certificate_problem(error) {
        return Failure::NotSent(Error::Certificate {
            host,
            cause: problem,
        });
    }
    if error.is_connect() || error.is_builder() {
        return Failure::NotSent(Error::Unreachable {
            host,
            cause: cause(error),
        });
    }
    Failure::NoAnswer(no_answer(connection, error))
}

fn no_answer(connection: &Connection, error: &reqwest::Error) -> Error {
    let host = connection.host();
    if error.is_timeout() {
        return Error::TimedOut {
            host,
            waited: connection.request_timeout,
        };
    }
    Error::Unreachable {
        host,
        cause: cause(error),
    }
}

fn certificate_problem(error: &reqwest::Error) -> Option<String> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(rustls::Error::InvalidCertificate(problem)) = tls_error(error) {
            return Some(tls::in_words(problem));
        }
        source = error.source();
    }
    None
}

/// The TLS error in an error. It is wrapped into I/O errors, whose `source` passes over what they wrap.
fn tls_error<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a rustls::Error> {
    let mut error = error;
    while let Some(wrapped) = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
    {
        error = wrapped;
    }
    error.downcast_ref()
}

/// The innermost reason. The outer ones repeat the URL.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer came in time".to_owned();
    }
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    if innermost.is::<reqwest::Error>() {
        return "the request failed".to_owned();
    }
    innermost.to_string()
}
