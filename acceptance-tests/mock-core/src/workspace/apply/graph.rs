//! In which order the halves of all changes are applied.

use std::collections::{BTreeMap, BTreeSet};

use crate::instance::Action;
use crate::workspace::Plan;

/// One half of a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// Create or update.
    Make(String),
    /// Destroy the old object.
    Destroy(String),
    /// Destroy an object left over by an earlier replacement.
    DestroyDeposed(usize),
}

/// Every half with the halves it comes after.
pub(super) fn apply_graph(plan: &Plan) -> BTreeMap<Node, BTreeSet<Node>> {
    let mut graph = BTreeMap::new();
    for (address, change) in &plan.changes {
        let action = change.plan.action;
        if matches!(action, Action::Create | Action::Update) || action.is_replace() {
            graph.insert(Node::Make(address.clone()), before_make(plan, address));
        }
        if action == Action::Delete || action.is_replace() {
            graph.insert(
                Node::Destroy(address.clone()),
                before_destroy(plan, address),
            );
        }
    }
    for index in 0..plan.refreshed.deposed.len() {
        graph.insert(Node::DestroyDeposed(index), BTreeSet::new());
    }
    graph
}

fn before_make(plan: &Plan, address: &str) -> BTreeSet<Node> {
    let change = &plan.changes[address];
    let mut before: BTreeSet<Node> = change
        .dependencies
        .iter()
        .map(|dependency| Node::Make(dependency.clone()))
        .collect();
    if change.plan.action == Action::DeleteThenCreate {
        before.insert(Node::Destroy(address.to_owned()));
    }
    before
}

fn before_destroy(plan: &Plan, address: &str) -> BTreeSet<Node> {
    let mut before = BTreeSet::new();
    // The old object must outlive everything that was created after it.
    for (other, stored) in &plan.refreshed.resources {
        if stored
            .dependencies
            .iter()
            .any(|dependency| dependency == address)
        {
            before.insert(Node::Destroy(other.clone()));
        }
    }
    if plan.changes[address].plan.action == Action::CreateThenDelete {
        before.insert(Node::Make(address.to_owned()));
        // What refers to it moves to the new object first.
        for (other, change) in &plan.changes {
            if change
                .dependencies
                .iter()
                .any(|dependency| dependency == address)
            {
                before.insert(Node::Make(other.clone()));
            }
        }
    }
    before
}
