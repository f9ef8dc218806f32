//! IMP312: what a plan changes in domains counts only after a restart.

use imp_federation_rules::RESTART_NEEDED;

use super::{Scene, listed};
use crate::finding::Finding;

/// How many domains are named; of more, only how many there are.
const NAMED: usize = 3;

pub(super) fn find(scene: &Scene<'_, '_>, findings: &mut Vec<Finding>) {
    for (cluster, estate) in &scene.estate.clusters {
        let changes = estate.domains.iter().map(|here| here.change);
        let written: Vec<_> = changes.filter(|change| change.writes()).collect();
        if written.is_empty() {
            continue;
        }
        let mut names: Vec<String> = written
            .iter()
            .filter_map(|change| change.after.as_ref().or(change.before.as_ref()))
            .map(|domain| domain.domain_name.to_string())
            .collect();
        names.dedup();
        let what = match names.len() {
            1 => format!("{} changes", names.concat()),
            count if count <= NAMED => format!("{} change", listed(names)),
            count => format!("{count} domains change"),
        };
        let mut restarts = scene.plan.restarts.iter();
        let planned = restarts.find(|restart| restart.publisher.value() == Some(cluster));
        let when = match planned.map(|restart| restart.nodes.as_slice()) {
            None => {
                "It counts once Cisco XCP Router has been restarted on all nodes of the cluster."
                    .to_owned()
            }
            Some([]) => format!(
                "The plan itself restarts Cisco XCP Router on all nodes of the cluster: applying it is an outage for \
                 everybody on {cluster}."
            ),
            Some(nodes) => format!(
                "The plan itself restarts Cisco XCP Router on {}: applying it is an outage for everybody there. On the \
                 other nodes the change counts once it has been restarted there too.",
                listed(nodes)
            ),
        };
        let message = format!("{what} on {cluster}. {when}");
        let finding = Finding::new(&RESTART_NEEDED, message).on(cluster);
        findings.push(
            written
                .iter()
                .fold(finding, |finding, change| finding.at(change)),
        );
    }
}
