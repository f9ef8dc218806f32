//! The rules that a whole plan decides, one group a file. Each group adds what it finds.
//!
//! What a rule means, and what to do, stands in `imp-federation-rules`. No rule asks anybody, and none guesses: where
//! something is only known after the apply, or cannot be followed, nothing is found.

mod clusters;
mod redundancy;
mod references;
mod restart;
mod transport;
mod windows;

use crate::configuration::Blocks;
use crate::estate::{Estate, Placed};
use crate::finding::Finding;
use crate::plan::{Plan, Route};

/// What the rules look at.
pub(crate) struct Scene<'a, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) blocks: &'a Blocks<'p>,
    pub(crate) estate: &'a Estate<'p>,
}

/// Everything that is found.
pub(crate) fn findings(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    windows::find(scene, &mut findings);
    transport::find(scene, &mut findings);
    redundancy::find(scene, &mut findings);
    clusters::find(scene, &mut findings);
    references::find(scene, &mut findings);
    restart::find(scene, &mut findings);
    findings
}

/// The routes that carry messages.
fn usable<'p>(routes: &[Placed<'p, Route>]) -> Vec<Placed<'p, Route>> {
    let usable = routes.iter().filter(|route| route.object.is_usable());
    usable.copied().collect()
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: impl IntoIterator<Item = impl ToString>) -> String {
    let mut words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    match words.pop() {
        None => String::new(),
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
    }
}
