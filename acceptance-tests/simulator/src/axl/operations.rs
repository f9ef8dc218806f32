//! The AXL operations of the simulated nodes.

use std::fmt::Write as _;

use rusqlite::types::ValueRef;

use super::soap::{SoapRequest, close_answer, escaped, fault, open_answer, push_escaped, success};
use crate::answer::{Answer, XML};
use crate::cluster::{ClusterState, NodeState};
use crate::journal::{AnswerClass, JournalEntry};
use crate::options::NodeRole;
use crate::sql::{self, Select, SqlError, Statement};

/// The operations that *Standard AXL Read Only API Access* does not cover.
pub(crate) const OPERATIONS_THAT_WRITE: [&str; 1] = ["executeSQLUpdate"];

pub(super) fn perform(
    cluster: &ClusterState,
    node: &NodeState,
    request: &SoapRequest,
    commit: bool,
    entry: &mut JournalEntry,
) -> Answer {
    let im_and_presence = node.role != NodeRole::CallManager;
    match request.operation.as_str() {
        "executeSQLQuery" => query(cluster, node, request),
        "executeSQLUpdate" => update(cluster, node, request, commit, entry),
        "getCUPVersion" if im_and_presence => {
            let release = cluster.database().definition.release.clone();
            success(
                request,
                &format!("<version>{}</version>", escaped(&release)),
            )
        }
        "getCCMVersion" if !im_and_presence => success(
            request,
            "<componentVersion><version>12.5.1.17900-64</version></componentVersion>",
        ),
        "getClusterInfo" if im_and_presence => success(request, &cluster_info(cluster)),
        "getClusterNodesAndCriticalServices" if im_and_presence => {
            success(request, &cluster_nodes(cluster, request))
        }
        operation => fault(
            -1,
            &format!("The operation {operation} is not known to this node."),
            operation,
        ),
    }
}

fn query(cluster: &ClusterState, node: &NodeState, request: &SoapRequest) -> Answer {
    let statement = match parsed(request) {
        Ok(statement) => statement,
        Err(answer) => return *answer,
    };
    let Statement::Select(select) = statement else {
        return fault(
            -1,
            "executeSQLQuery takes a SELECT statement only.",
            &request.operation,
        );
    };
    match rows(cluster, node, request, &select) {
        Ok(answer) => answer,
        Err(error) => sql_fault(&error, request),
    }
}

/// Writes the rows straight into the answer; above the limit they are counted only.
fn rows(
    cluster: &ClusterState,
    node: &NodeState,
    request: &SoapRequest,
    select: &Select,
) -> Result<Answer, SqlError> {
    let limit = cluster.answer_limit();
    let mut body = String::new();
    open_answer(&mut body, request);
    let start = body.len();
    body.push_str("<return>");
    let mut written: u64 = 0;
    let mut too_large = false;
    let count = cluster.query_at(node, select, |labels, row| {
        if too_large {
            return;
        }
        body.push_str("<row>");
        for (index, label) in labels.iter().enumerate() {
            push_cell(
                &mut body,
                label,
                row.get_ref(index).unwrap_or(ValueRef::Null),
            );
        }
        body.push_str("</row>");
        written += 1;
        too_large = body.len() > limit;
    })?;
    if too_large {
        let suggested = (written - 1).max(1);
        let message = format!(
            "Query request too large. Total rows matched: {count} rows. Suggestive Row Fetch: less than {suggested} rows"
        );
        return Ok(fault(-1, &message, &request.operation));
    }
    if count == 0 {
        body.truncate(start);
        body.push_str("<return/>");
    } else {
        body.push_str("</return>");
    }
    close_answer(&mut body, request);
    Ok(Answer::new(200, XML, body, AnswerClass::Answered).with_rows(count))
}

fn push_cell(body: &mut String, label: &str, cell: ValueRef<'_>) {
    let text = match cell {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
        ValueRef::Integer(number) => {
            let _ = write!(body, "<{label}>{number}</{label}>");
            return;
        }
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => "",
    };
    if text.is_empty() {
        let _ = write!(body, "<{label}/>");
        return;
    }
    let _ = write!(body, "<{label}>");
    push_escaped(body, text);
    let _ = write!(body, "</{label}>");
}

fn update(
    cluster: &ClusterState,
    node: &NodeState,
    request: &SoapRequest,
    commit: bool,
    entry: &mut JournalEntry,
) -> Answer {
    let statement = match parsed(request) {
        Ok(statement) => statement,
        Err(answer) => return *answer,
    };
    if matches!(statement, Statement::Select(_)) {
        return fault(
            -1,
            "executeSQLUpdate takes no SELECT statement.",
            &request.operation,
        );
    }
    if node.role == NodeRole::Subscriber {
        let message =
            "The database of this node can only be read. Updates are accepted by the publisher.";
        return fault(-1, message, &request.operation);
    }
    match cluster.database_of(node).execute(&statement, commit) {
        Ok(written) => {
            if commit {
                entry.changes = written.changes;
            }
            let content = format!("<rowsUpdated>{}</rowsUpdated>", written.rows);
            success(request, &content).with_rows(written.rows)
        }
        Err(error) => sql_fault(&error, request),
    }
}

fn parsed(request: &SoapRequest) -> Result<Statement, Box<Answer>> {
    let Some(sql) = &request.sql else {
        let missing = fault(-1, "The element <sql> is missing.", &request.operation);
        return Err(Box::new(missing));
    };
    sql::parse(sql).map_err(|error| Box::new(sql_fault(&error, request)))
}

fn sql_fault(error: &SqlError, request: &SoapRequest) -> Answer {
    fault(error.code, &error.message, &request.operation)
}

fn cluster_info(cluster: &ClusterState) -> String {
    let names = |im_and_presence: bool| -> String {
        let mut names = String::new();
        for node in cluster.nodes() {
            if (node.role != NodeRole::CallManager) == im_and_presence {
                let _ = write!(names, "<servername>{}</servername>", escaped(&node.name));
            }
        }
        names
    };
    format!(
        "<ServerInformation><cupservernames>{}</cupservernames><cucmservernames>{}</cucmservernames></ServerInformation>",
        names(true),
        names(false)
    )
}

/// The IM and Presence nodes, or the one that `nodeName` asks for.
fn cluster_nodes(cluster: &ClusterState, request: &SoapRequest) -> String {
    let wanted = request
        .parameters
        .iter()
        .find(|(name, value)| name == "nodeName" && !value.trim().is_empty())
        .map(|(_, value)| value.trim());
    let release = cluster.database().definition.release.clone();
    let mut content = String::new();
    for node in cluster.nodes() {
        let asked_for = wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(&node.name));
        if node.role == NodeRole::CallManager || !asked_for {
            continue;
        }
        let reachable = node.is_up();
        let words = if reachable {
            node.state_words()
        } else {
            "Failed".to_owned()
        };
        let state = match words.as_str() {
            "Normal" => 1,
            "Failed" => 3,
            _ => 2,
        };
        let _ = write!(
            content,
            "<clusterNodesInfo><return><name>{}</name><description/><locale>en_US</locale>\
             <assignedSubcluster>DefaultCUPSubcluster</assignedSubcluster><isPublisher>{}</isPublisher>\
             <isInstalled>true</isInstalled><isReachable>{reachable}</isReachable><version>{}</version>\
             <assignedUserCount>0</assignedUserCount><nodeState>{state}</nodeState><nodeReason>0</nodeReason>\
             <nodeStateString>{words}</nodeStateString><nodeReasonString/></return></clusterNodesInfo>",
            escaped(&node.name),
            node.role == NodeRole::Publisher,
            escaped(&release),
            words = escaped(&words),
        );
    }
    content
}
