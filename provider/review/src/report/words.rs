//! What several reports say in the same words.

use imp_federation_rules::{Rule, Severity};

use crate::finding::Finding;
use crate::review::{ClusterReview, Kind, Restart, Review, Sign};

/// `1 route`, `2 routes`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// What a review found, as numbers: `1 error, 2 warnings and 1 note`.
pub(super) fn tally(review: &Review) -> String {
    let count = |severity| {
        let found = review.findings.iter();
        found.filter(|finding| finding.severity == severity).count()
    };
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (count(severity), severity.as_str()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    match parts.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// What is done to a cluster, as numbers: `1 domain and 2 routes added, 1 route removed`.
pub(super) fn summary(cluster: &ClusterReview) -> String {
    let signs = [
        (Sign::Added, "added"),
        (Sign::Changed, "changed"),
        (Sign::Replaced, "replaced"),
        (Sign::Removed, "removed"),
        (Sign::Imported, "imported"),
        (Sign::Forgotten, "forgotten"),
        (Sign::Renamed, "under a new name"),
    ];
    let parts: Vec<String> = signs
        .into_iter()
        .filter_map(|(sign, word)| {
            let count = |kind| {
                let lines = cluster.lines.iter();
                lines
                    .filter(|line| line.sign == sign && line.kind == kind)
                    .count()
            };
            let objects: Vec<String> = [(Kind::Domain, "domain"), (Kind::Route, "route")]
                .into_iter()
                .map(|(kind, noun)| (count(kind), noun))
                .filter(|(count, _)| *count > 0)
                .map(|(count, noun)| counted(count, noun))
                .collect();
            (!objects.is_empty()).then(|| format!("{} {word}", objects.join(" and ")))
        })
        .collect();
    if parts.is_empty() {
        format!(
            "unchanged: {} and {}",
            counted(cluster.domains, "domain"),
            counted(cluster.routes, "route")
        )
    } else {
        parts.join(", ")
    }
}

/// What becomes of Cisco XCP Router, where anything does.
pub(super) fn restart(restart: &Restart) -> Option<String> {
    match restart {
        Restart::None => None,
        Restart::Needed => Some("Cisco XCP Router on all nodes, after the apply".to_owned()),
        Restart::Planned(nodes) if nodes.is_empty() => {
            Some("Cisco XCP Router on all nodes, by this plan itself".to_owned())
        }
        Restart::Planned(nodes) => Some(format!(
            "Cisco XCP Router on {}, by this plan itself",
            nodes.join(", ")
        )),
    }
}

/// What is done, as one character.
pub(super) fn sign(sign: Sign) -> char {
    match sign {
        Sign::Added => '+',
        Sign::Changed => '~',
        Sign::Replaced => '±',
        Sign::Removed => '-',
        Sign::Imported => '«',
        Sign::Forgotten => '»',
        Sign::Renamed => '=',
    }
}

/// `domain` or `route`.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Domain => "domain",
        Kind::Route => "route",
    }
}

/// Findings of one rule and of the same severity beside each other, in their order.
pub(super) fn by_rule<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
) -> Vec<(&'static Rule, Severity, Vec<&'a Finding>)> {
    let mut groups: Vec<(&'static Rule, Severity, Vec<&'a Finding>)> = Vec::new();
    for finding in findings {
        let same = groups.iter_mut().find(|(rule, severity, _)| {
            rule.code == finding.rule.code && *severity == finding.severity
        });
        match same {
            Some((_, _, group)) => group.push(finding),
            None => groups.push((finding.rule, finding.severity, vec![finding])),
        }
    }
    groups
}

/// Text from a plan, with characters that control a terminal, or the direction of text, made visible.
pub(super) fn harmless(text: &str) -> String {
    let is_harmful = |character: char| {
        character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars()
        .flat_map(|character| {
            let escaped = is_harmful(character).then(|| character.escape_unicode());
            let plain = if escaped.is_none() {
                Some(character)
            } else {
                None
            };
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}
