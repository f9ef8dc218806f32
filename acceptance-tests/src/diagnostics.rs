//! The warnings and errors that a core reports.

use std::fmt;

use serde_json::Value;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Severity {
    /// The command failed.
    Error,
    /// The command went on.
    Warning,
}

/// A warning or error, as in a core's `-json` output.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// The one-line summary.
    pub summary: String,
    /// The explanation; empty if there is none.
    pub detail: String,
    /// The resource concerned, by its address or, where the core names only the place in the
    /// configuration, by the block: `imp_static_route.primary`.
    pub address: Option<String>,
    /// The attribute whose line in the configuration is marked. A core names no attribute otherwise.
    pub attribute: Option<String>,
}

impl Diagnostic {
    /// Reads the diagnostics among a command's `-json` output, one JSON object a line; `validate` and
    /// `show` write one object for all. What every command says about a locally built provider is left out.
    pub(crate) fn read_all(output: &str) -> Vec<Self> {
        let whole = serde_json::from_str::<Value>(output)
            .ok()
            .and_then(|json| json.get("diagnostics")?.as_array().cloned());
        let diagnostics = whole.unwrap_or_else(|| {
            output
                .lines()
                .filter_map(|line| serde_json::from_str::<Value>(line).ok())
                .filter_map(|line| line.get("diagnostic").cloned())
                .collect()
        });
        diagnostics
            .iter()
            .filter_map(Self::read)
            .filter(|diagnostic| !diagnostic.is_about_the_harness())
            .collect()
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    fn read(json: &Value) -> Option<Self> {
        let text = |name: &str| json.get(name).and_then(Value::as_str);
        Some(Self {
            severity: match text("severity")? {
                "error" => Severity::Error,
                _ => Severity::Warning,
            },
            summary: text("summary")?.to_owned(),
            detail: text("detail").unwrap_or_default().to_owned(),
            address: text("address")
                .map_or_else(|| block_address(json), |address| Some(address.to_owned())),
            attribute: marked_attribute(json),
        })
    }

    fn is_about_the_harness(&self) -> bool {
        self.severity == Severity::Warning
            && self.summary == "Provider development overrides are in effect"
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
        };
        write!(formatter, "{severity}: {}", self.summary)?;
        if let Some(address) = &self.address {
            write!(formatter, "\n  with {address}")?;
        }
        if let Some(attribute) = &self.attribute {
            write!(formatter, "\n  at {attribute}")?;
        }
        if !self.detail.is_empty() {
            write!(formatter, "\n  {}", self.detail.replace('\n', "\n  "))?;
        }
        Ok(())
    }
}

/// Several diagnostics as a text.
pub(crate) fn listed(diagnostics: &[Diagnostic]) -> String {
    if diagnostics.is_empty() {
        return "  (no diagnostics)".to_owned();
    }
    let texts: Vec<String> = diagnostics.iter().map(Diagnostic::to_string).collect();
    texts.join("\n")
}

/// `resource "type" "name"` as `type.name`.
fn block_address(json: &Value) -> Option<String> {
    let context = json.pointer("/snippet/context")?.as_str()?;
    let mut words = context.split(' ').map(|word| word.trim_matches('"'));
    let block = words.next()?;
    let labels: Vec<&str> = words.collect();
    match block {
        "resource" => Some(labels.join(".")),
        _ => Some([&[block], &labels[..]].concat().join(".")),
    }
}

/// The name on the line that is marked: `  domain_name = "…"`.
fn marked_attribute(json: &Value) -> Option<String> {
    let code = json.pointer("/snippet/code")?.as_str()?;
    let offset = json.pointer("/snippet/highlight_start_offset")?.as_u64()?;
    let before = code.get(..usize::try_from(offset).ok()?)?;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let (name, _value) = code.get(line_start..)?.lines().next()?.split_once('=')?;
    let name = name.trim();
    let identifier =
        |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
    (!name.is_empty() && name.chars().all(identifier)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"type":"diagnostic","diagnostic":{"severity":"error","summary":"Invalid value","detail":"No.","snippet":{"context":"resource \"imp_static_route\" \"a\"","code":"  port = 0","highlight_start_offset":9}}}"#;

    #[test]
    fn reads_lines_and_tells_block_and_attribute() {
        let output = format!("{{\"type\":\"version\"}}\nnot JSON\n{LINE}\n");
        let diagnostics = Diagnostic::read_all(&output);
        let [diagnostic] = &diagnostics[..] else {
            panic!("{diagnostics:?}");
        };
        assert!(diagnostic.is_error());
        assert_eq!(diagnostic.summary, "Invalid value");
        assert_eq!(diagnostic.address.as_deref(), Some("imp_static_route.a"));
        assert_eq!(diagnostic.attribute.as_deref(), Some("port"));
    }

    #[test]
    fn leaves_out_what_the_harness_itself_causes_and_nothing_else() {
        let warning = |summary: &str| {
            format!(r#"{{"diagnostics":[{{"severity":"warning","summary":"{summary}"}}]}}"#)
        };
        let own = warning("Provider development overrides are in effect");
        assert_eq!(Diagnostic::read_all(&own), []);
        assert_eq!(
            Diagnostic::read_all(&warning("Unverified schema profile")).len(),
            1
        );
    }

    #[test]
    fn a_mark_on_a_block_header_is_no_attribute() {
        let json: Value = serde_json::from_str(
            r#"{"severity":"error","summary":"s","snippet":{"code":"resource \"a\" \"b\" {","highlight_start_offset":0}}"#,
        )
        .unwrap();
        assert_eq!(Diagnostic::read(&json).unwrap().attribute, None);
    }
}
