//! The report for a comment on a pull request or a merge request.

use std::fmt::Write as _;

use imp_federation_rules::Severity;

use super::words::{by_rule, harmless, kind, restart, sign, summary, tally};
use crate::finding::{Finding, Silenced};
use crate::review::{Line, Review};

/// How many characters the changes and findings may take: GitHub refuses comments of more than 65,536 in all.
const LONGEST: usize = 50_000;

/// How many resources are named under one finding.
const NAMED: usize = 6;

/// The report for a comment on a pull request.
pub fn markdown(review: &Review) -> String {
    let mut text = String::from("## Federation review\n\n");
    overview(review, &mut text);
    findings(review, &mut text);
    for cluster in &review.clusters {
        changes(&cluster.name, &cluster.lines, &mut text);
    }
    changes("publisher known after apply", &review.unplaced, &mut text);
    for remark in &review.remarks {
        let _ = writeln!(text, "{}\n", escaped(remark));
    }
    text
}

fn overview(review: &Review, text: &mut String) {
    text.push_str("| | Cluster | |\n|---|---|---|\n");
    let mut row = |label: &str, cluster: &str, what: &str| {
        let _ = writeln!(
            text,
            "| {label} | {} | {} |",
            escaped(cluster),
            escaped(what)
        );
    };
    for cluster in &review.clusters {
        for outage in &cluster.outages {
            let what = if outage.lasts {
                "no route after this plan"
            } else {
                "unreachable while the plan is applied"
            };
            let what = format!("{}: {what} [{}]", outage.domain, outage.code);
            row("🔴 **Outage**", &cluster.name, &what);
        }
    }
    for cluster in &review.clusters {
        if let Some(what) = restart(&cluster.restart) {
            row("🟠 **Restart**", &cluster.name, &format!("{what} [IMP312]"));
        }
    }
    for cluster in &review.clusters {
        let label = if cluster.lines.is_empty() {
            ""
        } else {
            "**Change**"
        };
        row(label, &cluster.name, &summary(cluster));
    }
    let _ = writeln!(text, "\nFound: {}.\n", tally(review));
}

fn findings(review: &Review, text: &mut String) {
    let (new, old): (Vec<&Finding>, Vec<&Finding>) =
        review.findings.iter().partition(|finding| finding.is_new);
    for (rule, severity, findings) in by_rule(new) {
        let mark = match severity {
            Severity::Error => "❌ Error",
            Severity::Warning => "⚠️ Warning",
            Severity::Note => "ℹ️ Note",
        };
        let _ = writeln!(
            text,
            "### {mark}: {} [{}]({})\n",
            rule.title,
            rule.code,
            rule.url()
        );
        let items = findings
            .into_iter()
            .map(|finding| format!("- {}{}\n", escaped(&finding.message), addresses(finding)));
        add(items, "such finding", text);
        let _ = writeln!(text, "\n{}\n", rule.remedy);
    }
    folded(
        "Already so before this plan",
        old.iter().map(|finding| {
            format!(
                "- {} [{}]({})\n",
                escaped(&finding.message),
                finding.rule.code,
                finding.rule.url()
            )
        }),
        text,
    );
    folded(
        "Accepted",
        review.silenced.iter().map(|finding| {
            let why = match &finding.silenced {
                Some(Silenced::ByConfiguration(reason)) if !reason.is_empty() => escaped(reason),
                Some(Silenced::ByConfiguration(_)) => "by the configuration".to_owned(),
                _ => "by `--ignore`".to_owned(),
            };
            format!(
                "- {} [{}]({}): {why}\n",
                escaped(&finding.message),
                finding.rule.code,
                finding.rule.url()
            )
        }),
        text,
    );
}

fn addresses(finding: &Finding) -> String {
    let mut text = String::new();
    for address in finding.addresses.iter().take(NAMED) {
        let _ = write!(text, "<br>{}", code(address));
    }
    let left_out = finding.addresses.len().saturating_sub(NAMED);
    if left_out > 0 {
        let _ = write!(text, "<br>and {left_out} more");
    }
    text
}

fn changes(name: &str, lines: &[Line], text: &mut String) {
    let rows = lines.iter().map(|line| {
        let mut what = code(&line.what);
        for (attribute, before, after) in &line.attributes {
            let _ = write!(what, "<br>{attribute}: {} → {}", code(before), code(after));
        }
        if let Some(remark) = &line.remark {
            let _ = write!(what, "<br>{}", escaped(remark));
        }
        format!(
            "| {} | {} | {what} | {} |\n",
            code(&sign(line.sign).to_string()),
            kind(line.kind),
            code(&line.address)
        )
    });
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "<details><summary>Changes on {}</summary>\n\n| | | | Resource |\n|---|---|---|---|",
        escaped(name)
    );
    add(rows, "change", text);
    text.push_str("\n</details>\n\n");
}

fn folded(summary: &str, items: impl Iterator<Item = String>, text: &mut String) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    let _ = writeln!(text, "<details><summary>{summary}</summary>\n");
    add(items, "such finding", text);
    text.push_str("\n</details>\n\n");
}

/// As many as fit into a comment, and how many do not.
fn add(items: impl Iterator<Item = String>, noun: &str, text: &mut String) {
    let mut left_out = 0;
    for item in items {
        if text.len() > LONGEST {
            left_out += 1;
        } else {
            text.push_str(&item);
        }
    }
    if left_out > 0 {
        let left_out = super::words::counted(left_out, noun);
        let _ = writeln!(
            text,
            "\n{left_out} more did not fit; the text report has all of them."
        );
    }
}

/// Text that Markdown and HTML take as it is, and that mentions nobody.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in harmless(text).chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            // A link is made of a bare address.
            ':' => escaped.push_str("&#58;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Text as code, which may stand in a table.
fn code(text: &str) -> String {
    let text = harmless(text);
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{}{space}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_code_whatever_is_in_it() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b\nc"), "`a\\|b\\u{a}c`");
    }

    #[test]
    fn text_mentions_nobody_and_opens_no_tag() {
        assert_eq!(
            escaped("@all <b> #1 a_b"),
            "&#64;all &lt;b&gt; &#35;1 a\\_b"
        );
    }
}
