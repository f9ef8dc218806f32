//! The report for other programs.

use serde_json::{Value, json};

use super::words;
use crate::finding::{Finding, Silenced};
use crate::review::{ClusterReview, Line, Restart, Review, Sign};

/// The version of the form of this report. Minor versions add members.
const FORMAT_VERSION: &str = "1.0";

/// The report for other programs.
pub fn json(review: &Review) -> Value {
    json!({
        "format_version": FORMAT_VERSION,
        "terraform_version": review.terraform_version,
        "clusters": review.clusters.iter().map(cluster).collect::<Vec<_>>(),
        "unplaced": review.unplaced.iter().map(line).collect::<Vec<_>>(),
        "findings": review.findings.iter().map(finding).collect::<Vec<_>>(),
        "silenced": review.silenced.iter().map(finding).collect::<Vec<_>>(),
        "remarks": review.remarks,
    })
}

fn cluster(cluster: &ClusterReview) -> Value {
    let outages = cluster.outages.iter().map(
        |outage| json!({ "domain": outage.domain, "lasts": outage.lasts, "code": outage.code }),
    );
    let restart = match &cluster.restart {
        Restart::None => json!("none"),
        Restart::Needed => json!("needed"),
        Restart::Planned(nodes) => json!({ "planned": nodes }),
    };
    json!({
        "publisher": cluster.name,
        "changed": cluster.is_changed,
        "outages": outages.collect::<Vec<_>>(),
        "restart": restart,
        "domains": cluster.domains,
        "routes": cluster.routes,
        "changes": cluster.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn line(line: &Line) -> Value {
    let action = match line.sign {
        Sign::Added => "add",
        Sign::Changed => "change",
        Sign::Replaced => "replace",
        Sign::Removed => "remove",
        Sign::Imported => "import",
        Sign::Forgotten => "forget",
        Sign::Renamed => "rename",
    };
    let attributes = line
        .attributes
        .iter()
        .map(|(name, before, after)| json!({ "name": name, "before": before, "after": after }));
    json!({
        "action": action,
        "kind": words::kind(line.kind),
        "what": line.what,
        "address": line.address,
        "attributes": attributes.collect::<Vec<_>>(),
        "remark": line.remark,
    })
}

fn finding(finding: &Finding) -> Value {
    let silenced = finding.silenced.as_ref().map(|silenced| match silenced {
        Silenced::ByOption => json!({ "by": "option" }),
        Silenced::ByConfiguration(reason) => json!({ "by": "configuration", "reason": reason }),
    });
    json!({
        "code": finding.rule.code,
        "name": finding.rule.name,
        "title": finding.rule.title,
        "severity": finding.severity.as_str(),
        "message": finding.message,
        "remedy": finding.rule.remedy,
        "page": finding.rule.url(),
        "publishers": finding.publishers,
        "domain": finding.domain,
        "addresses": finding.addresses,
        "new": finding.is_new,
        "silenced": silenced,
    })
}
