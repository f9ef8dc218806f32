//! The Control Center Services API: the state of a node's services, and their restart.

mod services;

use std::fmt::Write as _;

use crate::answer::{Answer, XML};
use crate::authenticated::authenticated;
use crate::axl::{Request, SoapRequest, Understood, escaped, fault, parse_leaves};
use crate::cluster::{ClusterState, NodeState};
use crate::database::{Change, ChangeKind, ChangedObject};
use crate::journal::{AnswerClass, JournalEntry};
use crate::options::UserRole;

pub(crate) use services::{ROUTER, Services};
pub use services::{RestartOutcome, ServiceRow};

/// Where the service is.
pub(crate) const PATH: &str = "/controlcenterservice2/services/ControlCenterServices";

const NAMESPACE: &str = "http://schemas.cisco.com/ast/soap";

/// Understands a request, which touches nothing.
pub(crate) fn understand(request: &Request) -> Understood {
    Understood {
        soap: parse_leaves(&request.headers, &request.body),
        version: None,
        announced_operation: None,
        statement: None,
    }
}

/// Answers a request. Without `commit` nothing is restarted.
pub(crate) fn respond(
    cluster: &ClusterState,
    node: &NodeState,
    request: &Request,
    understood: &Understood,
    commit: bool,
    entry: &mut JournalEntry,
) -> Answer {
    authenticated(cluster, node, &request.headers, entry, |role, entry| {
        let soap = match &understood.soap {
            Ok(soap) => soap,
            Err(answer) => return Answer::clone(answer),
        };
        if soap.namespace != NAMESPACE {
            return fault(
                -1,
                "The operation is not in the namespace of the Control Center.",
                &soap.operation,
            );
        }
        match soap.operation.as_str() {
            "soapGetServiceStatus" => {
                let wanted = values(soap, "ServiceStatus");
                listing(soap, Done::Yes, &node.services().list(&wanted))
            }
            "soapDoControlServices" if role == UserRole::ReadOnly => Answer::forbidden(),
            "soapDoControlServices" => control(cluster, node, soap, commit, entry),
            operation => fault(
                -1,
                &format!("There is no operation {operation}."),
                operation,
            ),
        }
    })
}

fn control(
    cluster: &ClusterState,
    node: &NodeState,
    soap: &SoapRequest,
    commit: bool,
    entry: &mut JournalEntry,
) -> Answer {
    let names = values(soap, "item");
    if values(soap, "ControlType") != ["Restart"] {
        return fault(
            -1,
            "The simulator knows the control type Restart only.",
            &soap.operation,
        );
    }
    let nodes = values(soap, "NodeName");
    if let Some(other) = nodes
        .iter()
        .find(|name| !name.is_empty() && **name != node.name)
    {
        return fault(-1, &format!("{other} is not this node."), &soap.operation);
    }
    if node.services().outcome == RestartOutcome::Refused {
        return listing(soap, Done::No, &node.services().list(&names));
    }
    if commit {
        for service in node.services().restart(&names, cluster.restart_time()) {
            entry.changes.push(Change {
                object: ChangedObject::Service,
                kind: ChangeKind::Changed,
                key: service,
                pkid: node.name.clone(),
                routes_left: Vec::new(),
            });
        }
    }
    listing(soap, Done::Yes, &node.services().list(&names))
}

/// The texts of every element of that name.
fn values<'a>(soap: &'a SoapRequest, name: &str) -> Vec<&'a str> {
    let named = soap.parameters.iter().filter(|(known, _)| known == name);
    named.map(|(_, value)| value.trim()).collect()
}

/// Whether what was asked was done.
#[derive(Clone, Copy)]
enum Done {
    Yes,
    No,
}

fn listing(soap: &SoapRequest, done: Done, rows: &[ServiceRow]) -> Answer {
    let operation = &soap.operation;
    let (code, reason) = match done {
        Done::Yes => (0, ""),
        Done::No => (1, "The service control request failed."),
    };
    let mut body = format!(
        "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><ns1:{operation}Response \
         xmlns:ns1=\"{NAMESPACE}\"><ns1:{operation}Return><ns1:ReturnCode>{code}</ns1:ReturnCode>\
         <ns1:ReasonCode>-1</ns1:ReasonCode><ns1:ReasonString>{reason}</ns1:ReasonString><ns1:ServiceInfoList>"
    );
    for row in rows {
        let _ = write!(
            body,
            "<ns1:item><ns1:ServiceName>{}</ns1:ServiceName><ns1:ServiceStatus>{}</ns1:ServiceStatus>\
             <ns1:ReasonCode>{}</ns1:ReasonCode><ns1:ReasonCodeString>{}</ns1:ReasonCodeString>\
             <ns1:StartTime>{}</ns1:StartTime><ns1:UpTime>{}</ns1:UpTime></ns1:item>",
            escaped(&row.name),
            escaped(&row.status),
            row.reason_code,
            escaped(&row.reason),
            escaped(&row.start_time),
            row.up_time,
        );
    }
    let _ = write!(
        body,
        "</ns1:ServiceInfoList></ns1:{operation}Return></ns1:{operation}Response></soapenv:Body></soapenv:Envelope>"
    );
    Answer::new(200, XML, body, AnswerClass::Answered).with_rows(rows.len() as u64)
}
