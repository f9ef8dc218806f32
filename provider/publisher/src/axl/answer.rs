//! Answers, decoded. Tolerant of what is missing from faults, strict about everything else.

use super::xml::{Name, Problem, Steps};
use crate::{AxlVersion, Fault};

/// One row of a SELECT: its columns in lower case. A NULL is an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row(Vec<(String, String)>);

impl Row {
    #[cfg(test)]
    pub(crate) fn of(columns: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self(columns.iter().map(owned).collect())
    }

    /// The value of a column; `None` where the answer does not have it.
    pub(crate) fn get(&self, column: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == column)
            .map(|(_, value)| value.as_str())
    }

    /// The value of the only column.
    pub(crate) fn single(&self) -> Option<&str> {
        match self.0.as_slice() {
            [(_, value)] => Some(value),
            _ => None,
        }
    }
}

/// One node of a cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClusterNode {
    pub(crate) name: String,
    pub(crate) is_publisher: bool,
    pub(crate) version: String,
    pub(crate) is_reachable: bool,
    pub(crate) state: String,
}

pub(super) fn rows(body: &[u8]) -> Result<Vec<Row>, Problem> {
    let mut steps = enter_return(body)?;
    let mut rows = Vec::new();
    while let Some(element) = steps.child()? {
        if element.local != "row" {
            steps.skip()?;
            continue;
        }
        let columns = rows.last().map_or(0, |row: &Row| row.0.len());
        let mut row = Row(Vec::with_capacity(columns));
        while let Some(column) = steps.child()? {
            let mut name = column.local;
            name.make_ascii_lowercase();
            row.0.push((name, steps.text()?));
        }
        rows.push(row);
    }
    finish(&mut steps)?;
    Ok(rows)
}

pub(super) fn rows_updated(body: &[u8]) -> Result<u64, Problem> {
    let mut steps = enter_return(body)?;
    while let Some(element) = steps.child()? {
        if element.local == "rowsUpdated" {
            let text = steps.text()?;
            let count = text.trim().parse().map_err(|_| Problem::Unreadable {
                what: "rowsUpdated",
                text: text.chars().take(40).collect(),
            })?;
            return Ok(count);
        }
        steps.skip()?;
    }
    Err(Problem::Missing("rowsUpdated"))
}

pub(super) fn version(body: &[u8]) -> Result<String, Problem> {
    let mut steps = enter_return(body)?;
    while let Some(element) = steps.child()? {
        if element.local == "version" {
            return Ok(steps.text()?.trim().to_owned());
        }
        steps.skip()?;
    }
    Err(Problem::Missing("version"))
}

pub(super) fn cluster_nodes(body: &[u8]) -> Result<Vec<ClusterNode>, Problem> {
    let mut steps = enter_return(body)?;
    let mut nodes = Vec::new();
    while let Some(element) = steps.child()? {
        if element.local != "clusterNodesInfo" {
            steps.skip()?;
            continue;
        }
        while let Some(element) = steps.child()? {
            if element.local == "return" {
                nodes.push(cluster_node(&mut steps)?);
            } else {
                steps.skip()?;
            }
        }
    }
    finish(&mut steps)?;
    Ok(nodes)
}

fn cluster_node(steps: &mut Steps<'_>) -> Result<ClusterNode, Problem> {
    let mut node = ClusterNode::default();
    while let Some(element) = steps.child()? {
        let text = steps.text()?;
        let text = text.trim();
        match element.local.as_str() {
            "name" => text.clone_into(&mut node.name),
            "isPublisher" => node.is_publisher = boolean(text),
            "isReachable" => node.is_reachable = boolean(text),
            "version" => text.clone_into(&mut node.version),
            "nodeStateString" => text.clone_into(&mut node.state),
            _ => {}
        }
    }
    Ok(node)
}

fn boolean(text: &str) -> bool {
    matches!(text, "true" | "1" | "t")
}

/// The fault in an answer; `None` where there is none.
pub(super) fn fault(body: &[u8]) -> Option<Fault> {
    let mut steps = Steps::new(body);
    let entered = steps.enter_body().ok()?;
    if !(entered.soap && entered.local == "Fault") {
        return None;
    }
    let mut words = Words::default();
    // A fault that breaks off is still a fault, with what was read of it.
    let _ = words.gather(&mut steps, 0);
    Some(Fault {
        code: words.code,
        message: words
            .message
            .or(words.string)
            .unwrap_or_else(|| "a fault without words".to_owned()),
    })
}

/// What a fault says, wherever in it that stands.
#[derive(Default)]
struct Words {
    string: Option<String>,
    code: Option<i64>,
    message: Option<String>,
}

impl Words {
    fn gather(&mut self, steps: &mut Steps<'_>, level: usize) -> Result<(), Problem> {
        while let Some(Name { local, .. }) = steps.child()? {
            match local.as_str() {
                "faultstring" => self.string = non_empty(&steps.text()?),
                "axlcode" => self.code = steps.text()?.trim().parse().ok(),
                "axlmessage" => self.message = non_empty(&steps.text()?),
                "detail" | "axlError" if level < 4 => self.gather(steps, level + 1)?,
                _ => steps.skip()?,
            }
        }
        Ok(())
    }
}

fn non_empty(text: &str) -> Option<String> {
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// The versions that the page of a 599 names, from old to new.
pub(super) fn offered_versions(page: &str) -> Vec<AxlVersion> {
    let listed = page
        .to_ascii_lowercase()
        .find("supported axl versions are")
        .and_then(|at| page.get(at..))
        .unwrap_or_default();
    let mut versions: Vec<AxlVersion> = listed
        .split(|character: char| !(character.is_ascii_digit() || character == '.'))
        .filter_map(|word| word.trim_matches('.').parse().ok())
        .collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}

/// Enters the element `return` of an answer.
fn enter_return(body: &[u8]) -> Result<Steps<'_>, Problem> {
    let mut steps = Steps::new(body);
    let response = steps.enter_body()?;
    if response.soap || !response.local.ends_with("Response") {
        return Err(Problem::Missing("the response"));
    }
    while let Some(element) = steps.child()? {
        if element.local == "return" {
            return Ok(steps);
        }
        steps.skip()?;
    }
    Err(Problem::Missing("return"))
}

/// Reads to the end, so that an answer that was cut short is not taken for a whole one.
fn finish(steps: &mut Steps<'_>) -> Result<(), Problem> {
    while steps.next()?.is_some() {}
    Ok(())
}
