//! Answers, decoded. Tolerant of what is missing from faults, strict about everything else.

use std::sync::Arc;

use super::xml::{MOST_COLUMNS, Problem, Steps};
use crate::{AxlVersion, Fault};

/// One row of a SELECT: its columns in lower case. A NULL is an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Shared by all rows that have the same columns.
    names: Arc<Vec<String>>,
    values: Vec<String>,
}

impl Row {
    #[cfg(test)]
    pub(crate) fn of(columns: &[(&str, &str)]) -> Self {
        let (names, values) = columns
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .unzip();
        Self {
            names: Arc::new(names),
            values,
        }
    }

    /// The value of a column; `None` where the answer does not have it.
    pub(crate) fn get(&self, column: &str) -> Option<&str> {
        let at = self.names.iter().position(|name| name == column)?;
        self.values.get(at).map(String::as_str)
    }

    /// Every column with its value.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.names.iter().map(String::as_str);
        names.zip(self.values.iter().map(String::as_str))
    }

    /// The value of the only column.
    pub(crate) fn single(&self) -> Option<&str> {
        match self.values.as_slice() {
            [value] => Some(value),
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
    pub(crate) is_installed: bool,
    pub(crate) state: String,
}

/// Hands out each row that a SELECT found as soon as it is read. What was handed out counts only where there is no
/// error.
pub(super) fn rows(body: &[u8], mut take: impl FnMut(Row)) -> Result<(), Problem> {
    let mut steps = enter_return(body)?;
    let mut names = Arc::default();
    while let Some(element) = steps.child()? {
        if element.name() == "row" {
            take(row(&mut steps, &mut names)?);
        } else {
            steps.skip()?;
        }
    }
    finish(&mut steps)
}

/// Reads a row; `names` are those of the row before, and then those of this one.
fn row(steps: &mut Steps<'_>, names: &mut Arc<Vec<String>>) -> Result<Row, Problem> {
    let mut values = Vec::with_capacity(names.len());
    while let Some(column) = steps.child()? {
        let at = values.len();
        if at == MOST_COLUMNS {
            return Err(Problem::TooWide);
        }
        let is_known = |known: &String| known.eq_ignore_ascii_case(column.name());
        if !names.get(at).is_some_and(is_known) {
            let names = Arc::make_mut(names);
            names.truncate(at);
            names.push(column.name().to_ascii_lowercase());
        }
        values.push(steps.text()?);
    }
    if values.len() < names.len() {
        Arc::make_mut(names).truncate(values.len());
    }
    Ok(Row {
        names: Arc::clone(names),
        values,
    })
}

pub(super) fn rows_updated(body: &[u8]) -> Result<u64, Problem> {
    let mut steps = enter_return(body)?;
    while let Some(element) = steps.child()? {
        if element.name() == "rowsUpdated" {
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
        if element.name() == "version" {
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
        if element.name() != "clusterNodesInfo" {
            steps.skip()?;
            continue;
        }
        while let Some(element) = steps.child()? {
            if element.name() == "return" {
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
    let mut node = ClusterNode {
        is_installed: true,
        ..ClusterNode::default()
    };
    while let Some(element) = steps.child()? {
        let text = steps.text()?;
        let text = text.trim();
        match element.name() {
            "name" => text.clone_into(&mut node.name),
            "isPublisher" => node.is_publisher = boolean(text),
            "isReachable" => node.is_reachable = boolean(text),
            "isInstalled" => node.is_installed = boolean(text),
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
    if !steps.enter_body().ok()?.is_soap("Fault") {
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
        while let Some(element) = steps.child()? {
            match element.name() {
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
    enter(body, |name| name == "return")
}

/// Enters the element of the response that has the wanted name.
pub(super) fn enter(body: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Steps<'_>, Problem> {
    let mut steps = Steps::new(body);
    let response = steps.enter_body()?;
    if response.is_soap("Fault") || !response.name().ends_with("Response") {
        return Err(Problem::Missing("the response"));
    }
    while let Some(element) = steps.child()? {
        if wanted(element.name()) {
            return Ok(steps);
        }
        steps.skip()?;
    }
    Err(Problem::Missing("return"))
}

/// Reads to the end, so that an answer that was cut short is not taken for a whole one.
pub(super) fn finish(steps: &mut Steps<'_>) -> Result<(), Problem> {
    while steps.next()?.is_some() {}
    Ok(())
}
