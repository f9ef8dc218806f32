//! The rules of federation with Cisco IM and Presence: what each is called, why it holds, and what to do.
//!
//! One source for the provider's diagnostics, the findings of a review, and the pages of the documentation. It has
//! texts only: it knows neither how a rule is decided nor who asks.

mod from_publisher;
mod from_values;
mod from_whole_plan;
#[cfg(test)]
mod tests;

use std::fmt;

pub use from_publisher::*;
pub use from_values::*;
pub use from_whole_plan::*;

/// Where the pages of the rules are read.
const PAGES: &str =
    "https://registry.terraform.io/providers/imp-federation/imp/latest/docs/guides/";

/// A rule. Its code is never changed, and never given to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Such as `IMP101`.
    pub code: &'static str,
    /// A short name in lower case with dashes, for reports that machines read.
    pub name: &'static str,
    /// One line, without a full stop.
    pub title: &'static str,
    /// How grave it is where it is told first, which is mostly the plan.
    pub severity: Severity,
    /// Who tells it.
    pub told: Told,
    /// What it means and why it holds, as Markdown in paragraphs.
    pub explanation: &'static str,
    /// What to do, as Markdown in paragraphs.
    pub remedy: &'static str,
    /// What to write, in Terraform's language, where a piece of configuration says it best.
    pub example: Option<&'static str>,
}

/// How grave a breach is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not what is wanted.
    Warning,
    /// It cannot work, or Cisco does not support it.
    Error,
}

/// Who tells a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The provider, while Terraform validates, plans or applies.
    Provider,
    /// `terraform-provider-imp review`, which sees a whole plan.
    Review,
    /// Both.
    Both,
}

impl Rule {
    /// Every rule, sorted by code.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [
            from_values::RULES,
            from_publisher::RULES,
            from_whole_plan::RULES,
        ]
        .into_iter()
        .flatten()
    }

    /// The rule with a code, in whatever case it is written.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        Self::all().find(|rule| rule.code.eq_ignore_ascii_case(code))
    }

    /// The name of its page under `docs/guides/`, without an ending, such as `rule-imp101`.
    pub fn page(&self) -> String {
        format!("rule-{}", self.code.to_ascii_lowercase())
    }

    /// Where its page is read.
    pub fn url(&self) -> String {
        format!("{PAGES}{}", self.page())
    }

    /// Where the list of all rules is read.
    pub fn list_url() -> String {
        format!("{PAGES}rules")
    }

    /// A heading with the code at its end: `The next hop is a load balancer [IMP103]`.
    pub fn heading(&self, text: impl fmt::Display) -> String {
        format!("{text} [{}]", self.code)
    }
}

impl Severity {
    /// The word for it, as SARIF has it too.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
