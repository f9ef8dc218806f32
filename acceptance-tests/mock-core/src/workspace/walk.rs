//! Walking a dependency graph with a bounded number of operations in flight.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::panic::resume_unwind;
use std::pin::Pin;

use tokio::task::JoinSet;

/// A running operation.
pub(super) type Operation<O> = Pin<Box<dyn Future<Output = O> + Send>>;

/// What is done at each node.
pub(super) trait Walker {
    /// Names a node.
    type Node: Ord + Clone + Send + 'static;
    /// What an operation ends with.
    type Output: Send + 'static;

    /// Begins the operation; none ends the walk without beginning anything more.
    fn start(&mut self, node: &Self::Node) -> Option<Operation<Self::Output>>;

    /// Takes in the result; `false` keeps everything that depends on the node from beginning.
    fn finish(&mut self, node: Self::Node, output: Self::Output) -> bool;
}

/// How a walk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End<N> {
    /// Every node was visited or stood behind one that failed.
    Done,
    /// These nodes depend on one another.
    Cycle(Vec<N>),
    /// The walker ended it.
    Stopped,
}

/// Visits every node after all nodes it depends on.
pub(super) async fn walk<W: Walker>(
    mut graph: BTreeMap<W::Node, BTreeSet<W::Node>>,
    parallelism: usize,
    walker: &mut W,
) -> End<W::Node> {
    let nodes: BTreeSet<W::Node> = graph.keys().cloned().collect();
    for dependencies in graph.values_mut() {
        dependencies.retain(|dependency| nodes.contains(dependency));
    }
    let mut running = JoinSet::new();
    let mut stopped = false;
    loop {
        while !stopped && running.len() < parallelism.max(1) {
            let Some(node) = next_ready(&graph) else {
                break;
            };
            graph.remove(&node);
            match walker.start(&node) {
                Some(operation) => {
                    running.spawn(async move { (node, operation.await) });
                }
                None => stopped = true,
            }
        }
        let Some(joined) = running.join_next().await else {
            break;
        };
        let (node, output) = match joined {
            Ok(finished) => finished,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(error) => unreachable!("nothing cancels an operation: {error}"),
            },
        };
        if walker.finish(node.clone(), output) {
            for dependencies in graph.values_mut() {
                dependencies.remove(&node);
            }
        } else {
            remove_dependents(&mut graph, node);
        }
    }
    match (stopped, graph.is_empty()) {
        (true, _) => End::Stopped,
        (false, true) => End::Done,
        (false, false) => End::Cycle(graph.into_keys().collect()),
    }
}

fn next_ready<N: Ord + Clone>(graph: &BTreeMap<N, BTreeSet<N>>) -> Option<N> {
    graph
        .iter()
        .find(|(_, dependencies)| dependencies.is_empty())
        .map(|(node, _)| node.clone())
}

fn remove_dependents<N: Ord + Clone>(graph: &mut BTreeMap<N, BTreeSet<N>>, node: N) {
    let mut failed = vec![node];
    while let Some(node) = failed.pop() {
        let dependents: Vec<N> = graph
            .iter()
            .filter(|(_, dependencies)| dependencies.contains(&node))
            .map(|(dependent, _)| dependent.clone())
            .collect();
        for dependent in dependents {
            graph.remove(&dependent);
            failed.push(dependent);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Default)]
    struct Recorder {
        finished: Vec<&'static str>,
        failing: Option<&'static str>,
        running: Arc<AtomicUsize>,
        most: Arc<AtomicUsize>,
        stop_at: Option<&'static str>,
    }

    impl Walker for Recorder {
        type Node = &'static str;
        type Output = ();

        fn start(&mut self, node: &&'static str) -> Option<Operation<()>> {
            if self.stop_at == Some(node) {
                return None;
            }
            let (running, most) = (Arc::clone(&self.running), Arc::clone(&self.most));
            Some(Box::pin(async move {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                running.fetch_sub(1, Ordering::SeqCst);
            }))
        }

        fn finish(&mut self, node: &'static str, (): ()) -> bool {
            self.finished.push(node);
            self.failing != Some(node)
        }
    }

    fn graph<const N: usize>(
        edges: [(&'static str, &[&'static str]); N],
    ) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
        edges
            .into_iter()
            .map(|(node, after)| (node, after.iter().copied().collect()))
            .collect()
    }

    #[tokio::test]
    async fn dependencies_come_first() {
        let mut recorder = Recorder::default();
        let graph = graph([("a", &["b", "elsewhere"]), ("b", &["c"]), ("c", &[])]);
        assert_eq!(walk(graph, 10, &mut recorder).await, End::Done);
        assert_eq!(recorder.finished, ["c", "b", "a"]);
    }

    #[tokio::test]
    async fn what_depends_on_a_failure_is_left_out() {
        let mut recorder = Recorder {
            failing: Some("c"),
            ..Recorder::default()
        };
        let graph = graph([("a", &["b"]), ("b", &["c"]), ("c", &[]), ("d", &[])]);
        assert_eq!(walk(graph, 10, &mut recorder).await, End::Done);
        recorder.finished.sort_unstable();
        assert_eq!(recorder.finished, ["c", "d"]);
    }

    #[tokio::test]
    async fn no_more_run_at_once_than_allowed() {
        for (parallelism, most) in [(1, 1), (2, 2), (10, 3)] {
            let mut recorder = Recorder::default();
            let graph = graph([("a", &[]), ("b", &[]), ("c", &[])]);
            walk(graph, parallelism, &mut recorder).await;
            assert_eq!(recorder.most.load(Ordering::SeqCst), most);
        }
    }

    #[tokio::test]
    async fn cycles_are_noticed_and_interrupts_obeyed() {
        let mut recorder = Recorder::default();
        let cycle = graph([("a", &["b"]), ("b", &["a"]), ("c", &[])]);
        assert_eq!(
            walk(cycle, 2, &mut recorder).await,
            End::Cycle(vec!["a", "b"])
        );

        let mut recorder = Recorder {
            stop_at: Some("b"),
            ..Recorder::default()
        };
        let graph = graph([("a", &[]), ("b", &["a"]), ("c", &["b"])]);
        assert_eq!(walk(graph, 2, &mut recorder).await, End::Stopped);
        assert_eq!(recorder.finished, ["a"]);
    }
}
