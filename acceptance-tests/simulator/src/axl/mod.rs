//! The AXL service: SOAP 1.1 in, SOAP 1.1 or an HTTP refusal out.
//!
//! A request is first understood, which touches nothing, so that faults can be chosen by what it asks; then it is
//! answered.

mod operations;
mod soap;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::answer::{Answer, HTML};
use crate::authenticated::authenticated;
use crate::cluster::{ClusterState, NodeState};
use crate::journal::{AnswerClass, JournalEntry};
use crate::options::UserRole;
use crate::sql::{self, Statement};
use operations::OPERATIONS_THAT_WRITE;
pub(crate) use soap::{SoapRequest, escaped, fault, parse_leaves};

/// An HTTP request, read to its end.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A request as far as it could be understood.
#[derive(Debug)]
pub(crate) struct Understood {
    /// The SOAP request, or the fault that answers what is none.
    pub(crate) soap: Result<SoapRequest, Box<Answer>>,
    /// The version that the SOAPAction header names.
    pub(crate) version: Option<String>,
    /// The operation that the SOAPAction header names.
    pub(crate) announced_operation: Option<String>,
    /// The statement, where there is one that can be parsed.
    pub(crate) statement: Option<Statement>,
}

impl Understood {
    pub(crate) fn of(request: &Request) -> Self {
        let soap = soap::parse(&request.headers, &request.body);
        let (version, announced_operation) = soap_action(&request.headers);
        let statement = soap
            .as_ref()
            .ok()
            .and_then(|soap| soap.sql.as_deref())
            .and_then(|sql| sql::parse(sql).ok());
        Self {
            soap,
            version,
            announced_operation,
            statement,
        }
    }

    /// Enters into the journal what is known so far.
    pub(crate) fn describe(&self, entry: &mut JournalEntry) {
        entry.axl_version.clone_from(&self.version);
        if let Ok(soap) = &self.soap {
            entry.operation = Some(soap.operation.clone());
            entry.sql.clone_from(&soap.sql);
        }
        if let Some(statement) = &self.statement {
            entry.verb = Some(statement.verb());
            entry.tables = statement.tables().into_iter().map(str::to_owned).collect();
        }
    }
}

/// Answers a request. Without `commit` the answer is the same and nothing stays.
pub(crate) fn respond(
    cluster: &ClusterState,
    node: &NodeState,
    request: &Request,
    understood: &Understood,
    commit: bool,
    entry: &mut JournalEntry,
) -> Answer {
    authenticated(cluster, node, &request.headers, entry, |role, entry| {
        answer_for(cluster, node, request, understood, role, commit, entry)
    })
}

fn answer_for(
    cluster: &ClusterState,
    node: &NodeState,
    request: &Request,
    understood: &Understood,
    role: UserRole,
    commit: bool,
    entry: &mut JournalEntry,
) -> Answer {
    if request.method == Method::GET {
        let page = "<html><body><h1>Cisco CallManager: AXL Web Service</h1>The AXL Web Service is working and accepting \
                    requests.</body></html>";
        return Answer::new(200, HTML, page, AnswerClass::Answered);
    }
    if request.method != Method::POST {
        return Answer::page(405, "Method Not Allowed");
    }
    let supported = &cluster.axl_versions;
    let version = match &understood.version {
        Some(version) if !supported.contains(version) => return Answer::wrong_version(supported),
        Some(version) => version,
        // A request that names no version gets the oldest schema.
        None => &supported[0],
    };
    let soap = match &understood.soap {
        Ok(soap) => soap,
        Err(answer) => return Answer::clone(answer),
    };
    if soap.namespace != soap::axl_namespace(version) {
        return fault(
            -1,
            &format!(
                "The element {{{}}}{} belongs to no operation of AXL version {version}.",
                soap.namespace, soap.operation
            ),
            &soap.operation,
        );
    }
    if understood
        .announced_operation
        .as_ref()
        .is_some_and(|announced| *announced != soap.operation)
    {
        return fault(
            -1,
            "The SOAPAction header and the body name different operations.",
            &soap.operation,
        );
    }
    if role == UserRole::ReadOnly && OPERATIONS_THAT_WRITE.contains(&soap.operation.as_str()) {
        return Answer::forbidden();
    }
    operations::perform(cluster, node, soap, commit, entry)
}

/// The version and the operation of a header such as `"CUCM:DB ver=12.5 executeSQLQuery"`.
fn soap_action(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let value = headers
        .get("soapaction")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .trim()
        .trim_matches('"');
    let Some(rest) = value.strip_prefix("CUCM:DB ver=") else {
        return (None, None);
    };
    let mut words = rest.split_whitespace();
    (
        words.next().map(str::to_owned),
        words.next().map(str::to_owned),
    )
}
