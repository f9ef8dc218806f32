//! The pages of the rules: a table of all, and a page for each.

use std::fmt::Write as _;

use imp_federation_rules::{Rule, Severity, Told};

use super::Pages;
use super::front_matter::in_category;

/// The heading under which the Registry lists these pages.
const CATEGORY: &str = "Rules";

/// What is said before the table.
const INTRODUCTION: &str = include_str!("rules.md");

/// Every page of the rules.
pub(super) fn pages() -> Pages {
    let mut pages: Pages = Rule::all()
        .map(|rule| (format!("guides/{}.md", rule.page()), page(rule)))
        .collect();
    pages.insert("guides/rules.md".to_owned(), table());
    pages
}

fn page(rule: &Rule) -> String {
    let Rule {
        code,
        name,
        title,
        severity,
        told,
        explanation,
        remedy,
        example,
    } = rule;
    let head = in_category(&format!("{code}: {title}"), CATEGORY, title);
    let severity = word(*severity);
    let told = teller(*told);
    let mut text = format!(
        "{head}# {code}: {title}\n\n{severity}, told by {told}. In reports it is called `{name}`.\n\n\
         {explanation}\n\n## What to do\n\n{remedy}\n"
    );
    if let Some(example) = example {
        let _ = write!(text, "\n```terraform\n{example}\n```\n");
    }
    if rule.told != Told::Provider {
        let _ = write!(
            text,
            "\n## Accepting it\n\nWrite the reason into the configuration, and `review` no longer counts the finding; \
             for one run, `--ignore {code}` does the same. [Reviewing plans](reviewing-plans.md#accepting-findings) \
             says how to accept it for one domain, publisher or resource alone.\n\n```terraform\n\
             variable \"imp_review_ignore\" {{\n  type    = \
             map(string)\n  default = {{ \"{code}\" = \"Why it is right here.\" }}\n}}\n```\n"
        );
    }
    text.push_str("\n[All rules](rules.md)\n");
    text
}

fn table() -> String {
    let head = in_category("Rules", CATEGORY, "Every rule, by its code.");
    let mut text = format!(
        "{head}# Rules\n\n{}\n\n| Code | Rule | Severity | Told by |\n|---|---|---|---|\n",
        INTRODUCTION.trim()
    );
    for rule in Rule::all() {
        let _ = writeln!(
            text,
            "| [{}]({}.md) | {} | {} | {} |",
            rule.code,
            rule.page(),
            rule.title,
            word(rule.severity),
            teller(rule.told)
        );
    }
    text
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "Note",
        Severity::Warning => "Warning",
        Severity::Error => "Error",
    }
}

fn teller(told: Told) -> &'static str {
    match told {
        Told::Provider => "the provider",
        Told::Review => "`review`",
        Told::Both => "the provider and `review`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page_that_the_table_leads_to() {
        let pages = pages();
        let table = &pages["guides/rules.md"];
        for rule in Rule::all() {
            let name = format!("{}.md", rule.page());
            let page = &pages[&format!("guides/{name}")];
            assert!(page.contains(rule.remedy), "{page}");
            assert!(page.contains("subcategory: \"Rules\""), "{page}");
            assert!(
                table.contains(&format!("[{}]({name})", rule.code)),
                "{table}"
            );
        }
        assert_eq!(pages.len(), Rule::all().count() + 1);
    }
}
