//! The report for a terminal.

use std::fmt::Write as _;

use imp_federation_rules::{Rule, Severity};

use super::words::{by_rule, harmless, kind, restart, sign, summary, tally};
use crate::finding::{Finding, Silenced};
use crate::review::{Line, Review, Sign};

/// How wide sentences run.
const WIDTH: usize = 100;

/// How many resources are named under one finding.
const NAMED: usize = 6;

/// Whether to paint, and how.
#[derive(Clone, Copy)]
struct Paint(bool);

#[derive(Clone, Copy)]
enum Colour {
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Blue,
    Alarm,
}

/// The report for a terminal, with colours where it has them.
pub fn text(review: &Review, in_colour: bool) -> String {
    let paint = Paint(in_colour);
    let mut text = String::new();
    heading(review, paint, &mut text);
    overview(review, paint, &mut text);
    for cluster in &review.clusters {
        changes(&cluster.name, &cluster.lines, paint, &mut text);
    }
    changes(
        "publisher known after apply",
        &review.unplaced,
        paint,
        &mut text,
    );
    findings(review, paint, &mut text);
    for remark in &review.remarks {
        paragraph("", &harmless(remark), &mut text);
    }
    text
}

fn heading(review: &Review, paint: Paint, text: &mut String) {
    let changed = review
        .clusters
        .iter()
        .filter(|cluster| cluster.is_changed)
        .count();
    let _ = writeln!(
        text,
        "{}  {}\n",
        paint.with(Colour::Bold, "Federation review"),
        paint.with(
            Colour::Dim,
            &format!(
                "{changed} of {} changed · {} found",
                super::words::counted(review.clusters.len(), "cluster"),
                tally(review)
            )
        )
    );
}

/// Outages, restarts, and the clusters touched: a label, the cluster, and what there is to say.
fn overview(review: &Review, paint: Paint, text: &mut String) {
    let clusters = review.clusters.iter();
    let width = clusters
        .clone()
        .map(|cluster| harmless(&cluster.name).chars().count())
        .max();
    let mut rows = Vec::new();
    for cluster in clusters.clone() {
        for outage in &cluster.outages {
            let what = if outage.lasts {
                "no route after this plan"
            } else {
                "unreachable while the plan is applied"
            };
            let what = format!("{}: {what} [{}]", outage.domain, outage.code);
            rows.push((Colour::Alarm, " OUTAGE  ", cluster.name.clone(), what));
        }
    }
    for cluster in clusters.clone() {
        if let Some(what) = restart(&cluster.restart) {
            let what = format!("{what} [IMP312]");
            rows.push((Colour::Yellow, " RESTART ", cluster.name.clone(), what));
        }
    }
    for cluster in clusters.clone().filter(|cluster| !cluster.lines.is_empty()) {
        rows.push((
            Colour::Blue,
            " CHANGE  ",
            cluster.name.clone(),
            summary(cluster),
        ));
    }
    for cluster in clusters.filter(|cluster| cluster.lines.is_empty()) {
        rows.push((
            Colour::Dim,
            "         ",
            cluster.name.clone(),
            summary(cluster),
        ));
    }
    for (colour, label, cluster, what) in rows {
        let _ = writeln!(
            text,
            "{}  {:width$}  {}",
            paint.with(colour, label),
            harmless(&cluster),
            harmless(&what),
            width = width.unwrap_or_default()
        );
    }
}

/// What is done on one cluster.
fn changes(name: &str, lines: &[Line], paint: Paint, text: &mut String) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint.with(Colour::Bold, &harmless(name)));
    for line in lines {
        let colour = match line.sign {
            Sign::Added => Colour::Green,
            Sign::Removed => Colour::Red,
            Sign::Changed | Sign::Replaced => Colour::Yellow,
            Sign::Imported | Sign::Forgotten | Sign::Renamed => Colour::Blue,
        };
        let remark = line
            .remark
            .as_ref()
            .map(|remark| format!("  ({})", harmless(remark)));
        let _ = writeln!(
            text,
            "  {} {:<6}  {}{}",
            paint.with(colour, &sign(line.sign).to_string()),
            kind(line.kind),
            harmless(&line.what),
            paint.with(colour, remark.as_deref().unwrap_or_default())
        );
        let _ = writeln!(
            text,
            "            {}",
            paint.with(Colour::Dim, &harmless(&line.address))
        );
        for (attribute, before, after) in &line.attributes {
            let _ = writeln!(
                text,
                "            {attribute}: {} → {}",
                paint.with(Colour::Red, &harmless(before)),
                paint.with(Colour::Green, &harmless(after))
            );
        }
    }
}

fn findings(review: &Review, paint: Paint, text: &mut String) {
    let (new, old): (Vec<&Finding>, Vec<&Finding>) =
        review.findings.iter().partition(|finding| finding.is_new);
    if !new.is_empty() {
        let _ = writeln!(text, "\n{}", paint.with(Colour::Bold, "Findings"));
    }
    for (rule, severity, findings) in by_rule(new) {
        let colour = match severity {
            Severity::Error => Colour::Red,
            Severity::Warning => Colour::Yellow,
            Severity::Note => Colour::Blue,
        };
        let _ = writeln!(
            text,
            "\n  {}  {}",
            paint.with(colour, &format!("{:<7}", severity.as_str())),
            paint.with(Colour::Bold, &rule.heading(rule.title))
        );
        for finding in findings {
            paragraph("           ", &harmless(&finding.message), text);
            addresses(finding, paint, text);
        }
        let remedy = rule.remedy.replace("\n\n", " ").replace('*', "");
        paragraph("           → ", &remedy, text);
    }
    if !old.is_empty() {
        let heading = "Already so before this plan";
        let _ = writeln!(text, "\n{}", paint.with(Colour::Bold, heading));
        for finding in old {
            let message = finding.rule.heading(harmless(&finding.message));
            paragraph("  ", &message, text);
        }
    }
    if !review.findings.is_empty() {
        let pages = format!(
            "What each code means, and how to accept a finding: {}",
            Rule::list_url()
        );
        let _ = writeln!(text, "\n  {}", paint.with(Colour::Dim, &pages));
    }
    if !review.silenced.is_empty() {
        let _ = writeln!(text, "\n{}", paint.with(Colour::Bold, "Accepted"));
        for finding in &review.silenced {
            let why = match &finding.silenced {
                Some(Silenced::ByConfiguration(reason)) if !reason.is_empty() => reason.as_str(),
                Some(Silenced::ByConfiguration(_)) => "by the configuration",
                _ => "by --ignore",
            };
            let message = finding.rule.heading(harmless(&finding.message));
            paragraph("  ", &format!("{message}: {}", harmless(why)), text);
        }
    }
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
}

fn addresses(finding: &Finding, paint: Paint, text: &mut String) {
    for address in finding.addresses.iter().take(NAMED) {
        let _ = writeln!(
            text,
            "             {}",
            paint.with(Colour::Dim, &harmless(address))
        );
    }
    let left_out = finding.addresses.len().saturating_sub(NAMED);
    if left_out > 0 {
        let more = format!("and {left_out} more");
        let _ = writeln!(text, "             {}", paint.with(Colour::Dim, &more));
    }
}

/// A sentence or more, broken between words. What follows the first line stands below its beginning.
fn paragraph(indent: &str, sentences: &str, text: &mut String) {
    let hanging = " ".repeat(indent.chars().count());
    let mut line = indent.to_owned();
    let mut is_empty = true;
    for word in sentences.split_whitespace() {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{line}");
            line.clone_from(&hanging);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    let _ = writeln!(text, "{line}");
}

impl Paint {
    fn with(self, colour: Colour, text: &str) -> String {
        if !self.0 || text.is_empty() {
            return text.to_owned();
        }
        let code = match colour {
            Colour::Bold => "1",
            Colour::Dim => "2",
            Colour::Red => "31",
            Colour::Green => "32",
            Colour::Yellow => "33",
            Colour::Blue => "36",
            Colour::Alarm => "1;41;97",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}
