//! Reads and writes SOAP 1.1 envelopes.

use std::fmt::Write as _;

use http::HeaderMap;
use roxmltree::{Document, Node, ParsingOptions};

use crate::answer::{Answer, XML};
use crate::journal::AnswerClass;

const SOAP_NAMESPACE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// A request's operation and what it carries.
#[derive(Debug)]
pub(crate) struct SoapRequest {
    pub(crate) operation: String,
    pub(crate) namespace: String,
    pub(crate) sequence: Option<String>,
    pub(crate) sql: Option<String>,
    /// Other parameters by name.
    pub(crate) parameters: Vec<(String, String)>,
}

/// The namespace of AXL's operations in a version.
pub(super) fn axl_namespace(version: &str) -> String {
    format!("http://www.cisco.com/AXL/API/{version}")
}

/// Reads an envelope, or answers with the fault that it deserves.
pub(super) fn parse(headers: &HeaderMap, body: &[u8]) -> Result<SoapRequest, Box<Answer>> {
    with_operation(headers, body, request_of)
}

/// Reads an envelope whose parameters are nested and in whatever namespace: every element without children is one.
pub(crate) fn parse_leaves(headers: &HeaderMap, body: &[u8]) -> Result<SoapRequest, Box<Answer>> {
    with_operation(headers, body, |element| {
        let is_leaf = |node: &Node<'_, '_>| {
            node.is_element() && !node.children().any(|child| child.is_element())
        };
        let parameters = element
            .descendants()
            .filter(is_leaf)
            .map(|leaf| {
                (
                    leaf.tag_name().name().to_owned(),
                    leaf.text().unwrap_or_default().to_owned(),
                )
            })
            .collect();
        Ok(SoapRequest {
            operation: element.tag_name().name().to_owned(),
            namespace: element
                .tag_name()
                .namespace()
                .unwrap_or_default()
                .to_owned(),
            sequence: None,
            sql: None,
            parameters,
        })
    })
}

/// Hands the operation's element to `read`.
fn with_operation(
    headers: &HeaderMap,
    body: &[u8],
    read: impl FnOnce(Node<'_, '_>) -> Result<SoapRequest, Box<Answer>>,
) -> Result<SoapRequest, Box<Answer>> {
    let content_type = headers
        .get(http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !content_type
        .trim_start()
        .to_ascii_lowercase()
        .starts_with("text/xml")
    {
        let page = Answer::page(415, "The request's content type is not text/xml");
        return Err(Box::new(page));
    }
    let refused = |reason: &str| Box::new(fault(-1, reason, ""));
    let text = std::str::from_utf8(body).map_err(|_| refused("The request is not UTF-8."))?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: 10_000,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| refused(&format!("The request is not well-formed XML: {error}")))?;
    let envelope = document.root_element();
    if !envelope.has_tag_name((SOAP_NAMESPACE, "Envelope")) {
        return Err(refused("The request is no SOAP 1.1 envelope."));
    }
    let element = envelope
        .children()
        .find(|child| child.has_tag_name((SOAP_NAMESPACE, "Body")))
        .and_then(|body| body.children().find(Node::is_element))
        .ok_or_else(|| refused("The envelope's body is empty."))?;
    read(element)
}

fn request_of(element: Node<'_, '_>) -> Result<SoapRequest, Box<Answer>> {
    let operation = element.tag_name().name().to_owned();
    let mut request = SoapRequest {
        namespace: element
            .tag_name()
            .namespace()
            .unwrap_or_default()
            .to_owned(),
        sequence: element.attribute("sequence").map(str::to_owned),
        sql: None,
        parameters: Vec::new(),
        operation,
    };
    for child in element.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        if child.tag_name().namespace().is_some() {
            let reason = format!("Parameters belong to no namespace, but <{name}> does.");
            return Err(Box::new(fault(-1, &reason, &request.operation)));
        }
        let text: String = child
            .descendants()
            .filter(Node::is_text)
            .filter_map(|node| node.text())
            .collect();
        if name == "sql" {
            request.sql = Some(text);
        } else {
            request.parameters.push((name.to_owned(), text));
        }
    }
    Ok(request)
}

/// A successful answer: `content` is what stands inside `<return>`.
pub(super) fn success(request: &SoapRequest, content: &str) -> Answer {
    let mut body = String::with_capacity(content.len() + 512);
    open_answer(&mut body, request);
    if content.is_empty() {
        body.push_str("<return/>");
    } else {
        body.push_str("<return>");
        body.push_str(content);
        body.push_str("</return>");
    }
    close_answer(&mut body, request);
    Answer::new(200, XML, body, AnswerClass::Answered)
}

/// The beginning of an answer up to and without `<return>`.
pub(super) fn open_answer(body: &mut String, request: &SoapRequest) {
    let _ = write!(
        body,
        "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv=\"{SOAP_NAMESPACE}\"><soapenv:Body>\
         <ns:{}Response xmlns:ns=\"{}\"",
        request.operation,
        escaped(&request.namespace)
    );
    if let Some(sequence) = &request.sequence {
        let _ = write!(body, " sequence=\"{}\"", escaped(sequence));
    }
    body.push('>');
}

/// The end of an answer after `</return>`.
pub(super) fn close_answer(body: &mut String, request: &SoapRequest) {
    let _ = write!(
        body,
        "</ns:{}Response></soapenv:Body></soapenv:Envelope>",
        request.operation
    );
}

/// HTTP 500 with a fault in the shape that AXL gives it.
pub(crate) fn fault(code: i32, message: &str, operation: &str) -> Answer {
    let text = escaped(message);
    let body = format!(
        "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv=\"{SOAP_NAMESPACE}\"><soapenv:Body>\
         <soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>{text}</faultstring><detail><axlError>\
         <axlcode>{code}</axlcode><axlmessage>{text}</axlmessage><request>{}</request></axlError></detail>\
         </soapenv:Fault></soapenv:Body></soapenv:Envelope>",
        escaped(operation)
    );
    Answer::new(500, XML, body, AnswerClass::Fault(code))
}

pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}

/// Appends `text` as XML content. A character that XML cannot hold becomes a question mark.
pub(crate) fn push_escaped(target: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => target.push_str("&amp;"),
            '<' => target.push_str("&lt;"),
            '>' => target.push_str("&gt;"),
            '"' => target.push_str("&quot;"),
            '\r' => target.push_str("&#13;"),
            '\t' | '\n' => target.push(character),
            character if character < ' ' || matches!(character, '\u{fffe}' | '\u{ffff}') => {
                target.push('?');
            }
            character => target.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn envelope(body: &str) -> Vec<u8> {
        format!("<e:Envelope xmlns:e=\"{SOAP_NAMESPACE}\"><e:Body>{body}</e:Body></e:Envelope>")
            .into_bytes()
    }

    fn xml() -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(
            http::header::CONTENT_TYPE,
            "text/xml; charset=utf-8".parse().unwrap(),
        );
        headers
    }

    #[test]
    fn the_operation_has_a_namespace_and_its_parameters_have_none() {
        let body = envelope(
            "<a:x xmlns:a=\"n\" sequence=\"7\"><sql>SELECT &lt;</sql><other>1</other></a:x>",
        );
        let request = parse(&xml(), &body).unwrap();
        assert_eq!(
            (request.operation.as_str(), request.namespace.as_str()),
            ("x", "n")
        );
        assert_eq!(request.sql.as_deref(), Some("SELECT <"));
        assert_eq!(request.sequence.as_deref(), Some("7"));
        assert_eq!(request.parameters, [("other".to_owned(), "1".to_owned())]);

        assert_eq!(
            parse(&xml(), &envelope("<x xmlns=\"n\"><sql>1</sql></x>"))
                .unwrap_err()
                .status,
            500
        );
    }

    #[test]
    fn what_is_no_envelope_is_refused() {
        for body in [
            "",
            "<x/>",
            "<!DOCTYPE x []><x/>",
            "<e:Envelope xmlns:e='other'><e:Body/></e:Envelope>",
        ] {
            assert_eq!(
                parse(&xml(), body.as_bytes()).unwrap_err().status,
                500,
                "{body}"
            );
        }
        assert_eq!(
            parse(&HeaderMap::new(), &envelope("<x/>"))
                .unwrap_err()
                .status,
            415
        );
    }

    proptest! {
        #[test]
        fn escaped_text_reads_back(text in "[ -~\\t\\nä\u{1F600}]{0,40}") {
            let xml = format!("<x>{}</x>", escaped(&text));
            let document = Document::parse(&xml).unwrap();
            prop_assert_eq!(document.root_element().text().unwrap_or_default(), text);
        }

        #[test]
        fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&xml(), &body);
        }
    }
}
