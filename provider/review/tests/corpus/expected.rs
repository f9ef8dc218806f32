//! A review in the short form in which a person writes down what is expected.

use imp_review::{ClusterReview, Finding, Kind, Line, Restart, Review, Sign};
use serde_json::{Map, Value, json};

/// What a review has found.
pub(crate) fn of(review: &Review) -> Value {
    let mut found = Map::new();
    found.insert("findings".to_owned(), findings(&review.findings));
    if !review.silenced.is_empty() {
        found.insert("silenced".to_owned(), findings(&review.silenced));
    }
    let clusters = review.clusters.iter();
    let clusters = clusters.map(|cluster| (cluster.name.clone(), of_cluster(cluster)));
    found.insert("clusters".to_owned(), Value::Object(clusters.collect()));
    if !review.unplaced.is_empty() {
        let addresses: Vec<&str> = review
            .unplaced
            .iter()
            .map(|line| line.address.as_str())
            .collect();
        found.insert("unplaced".to_owned(), json!(addresses));
    }
    if !review.remarks.is_empty() {
        found.insert("remarks".to_owned(), json!(review.remarks));
    }
    Value::Object(found)
}

fn findings(findings: &[Finding]) -> Value {
    findings.iter().map(of_finding).collect()
}

/// `warning IMP302 (old) on emea for remote.com at imp_static_route.primary`
fn of_finding(finding: &Finding) -> String {
    let mut text = format!("{} {}", finding.severity, finding.rule.code);
    if !finding.is_new {
        text += " (old)";
    }
    if !finding.publishers.is_empty() {
        text += &format!(" on {}", finding.publishers.join(", "));
    }
    if let Some(domain) = &finding.domain {
        text += &format!(" for {domain}");
    }
    if !finding.addresses.is_empty() {
        text += &format!(" at {}", finding.addresses.join(", "));
    }
    text
}

fn of_cluster(cluster: &ClusterReview) -> Value {
    let outages = cluster.outages.iter().map(|outage| {
        let end = if outage.lasts { " that lasts" } else { "" };
        format!("outage of {}{end}", outage.domain)
    });
    let restart = match cluster.restart {
        Restart::None => None,
        Restart::Needed => Some("restart needed".to_owned()),
        Restart::Planned(_) => Some("restart planned".to_owned()),
    };
    let lines = cluster.lines.iter().map(of_line);
    outages
        .chain(restart)
        .chain(lines)
        .map(Value::from)
        .collect()
}

/// `~ route imp_static_route.primary: .com.remote → 10.20.0.15:5061 TLS, priority 1 [priority 2 → 1]`
fn of_line(line: &Line) -> String {
    let sign = match line.sign {
        Sign::Added => '+',
        Sign::Changed => '~',
        Sign::Replaced => '±',
        Sign::Removed => '-',
        Sign::Imported => '«',
        Sign::Forgotten => '»',
        Sign::Renamed => '=',
    };
    let kind = match line.kind {
        Kind::Domain => "domain",
        Kind::Route => "route",
    };
    let mut text = format!("{sign} {kind} {}: {}", line.address, line.what);
    if !line.attributes.is_empty() {
        let attributes = line.attributes.iter();
        let attributes =
            attributes.map(|(name, before, after)| format!("{name} {before} → {after}"));
        text += &format!(" [{}]", attributes.collect::<Vec<_>>().join(", "));
    }
    if let Some(remark) = &line.remark {
        text += &format!(" ({remark})");
    }
    text
}
