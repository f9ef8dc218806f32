//! The words behind `review`.

use std::ffi::OsString;
use std::path::PathBuf;

use imp_federation_rules::{Rule, Severity};

use crate::commands::arguments::text;
use crate::commands::failure::Failure;

/// The words behind `review`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arguments {
    /// The plan; standard input where there is none.
    pub(super) file: Option<PathBuf>,
    pub(super) format: Format,
    /// The least grave finding that fails; none does where there is none.
    pub(super) fail_on: Option<Severity>,
    /// Codes of rules.
    pub(super) ignored: Vec<String>,
    pub(super) sql: bool,
    /// The file that SARIF results point to.
    pub(super) source: String,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    Text,
    Markdown,
    Sarif,
    Json,
}

impl Arguments {
    pub(super) fn parse(words: &[OsString]) -> Result<Self, Failure> {
        let words: Vec<&str> = words.iter().map(text).collect::<Result<_, _>>()?;
        let mut words = words.into_iter();
        let mut files = Vec::new();
        let mut arguments = Self {
            file: None,
            format: Format::Text,
            fail_on: Some(Severity::Error),
            ignored: Vec::new(),
            sql: false,
            source: "main.tf".to_owned(),
        };
        while let Some(word) = words.next() {
            if word == "-" || !word.starts_with('-') {
                files.push(word);
                continue;
            }
            let (option, attached) = match word.split_once('=') {
                Some((option, value)) => (option, Some(value)),
                None => (word, None),
            };
            let mut value = || {
                let value = attached.or_else(|| words.next());
                value.ok_or_else(|| Failure::Usage(format!("{option} needs a value behind it.")))
            };
            match option {
                "--format" => arguments.format = format(value()?)?,
                "--fail-on" => arguments.fail_on = level(value()?)?,
                "--ignore" => arguments.ignored.extend(codes(value()?)?),
                "--source" => value()?.clone_into(&mut arguments.source),
                "--sql" if attached.is_none() => arguments.sql = true,
                _ => {
                    return Err(Failure::Usage(format!(
                        "{word:?} is not understood. --help lists what is."
                    )));
                }
            }
        }
        match files.as_slice() {
            ["-"] => {}
            [file] => arguments.file = Some(file.into()),
            [] => {
                return Err(Failure::Usage(
                    "Write the file to review, or - for standard input. --help says how to make one."
                        .to_owned(),
                ));
            }
            [_, second, ..] => {
                return Err(Failure::Usage(format!(
                    "One plan is reviewed at a time: {second:?} is one too many."
                )));
            }
        }
        if arguments.sql && arguments.format == Format::Sarif {
            return Err(Failure::Usage(
                "SARIF has no place for statements: leave out --sql, or write another --format."
                    .to_owned(),
            ));
        }
        Ok(arguments)
    }

    /// What the plan is called, for messages.
    pub(super) fn file_name(&self) -> String {
        match &self.file {
            Some(path) => path.display().to_string(),
            None => "Standard input".to_owned(),
        }
    }
}

fn format(word: &str) -> Result<Format, Failure> {
    Ok(match word {
        "text" => Format::Text,
        "markdown" => Format::Markdown,
        "sarif" => Format::Sarif,
        "json" => Format::Json,
        _ => {
            return Err(Failure::Usage(format!(
                "--format is one of text, markdown, sarif and json, and not {word:?}."
            )));
        }
    })
}

fn level(word: &str) -> Result<Option<Severity>, Failure> {
    Ok(match word {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "never" => None,
        _ => {
            return Err(Failure::Usage(format!(
                "--fail-on is one of error, warning and never, and not {word:?}."
            )));
        }
    })
}

fn codes(list: &str) -> Result<Vec<String>, Failure> {
    let code = |word: &str| match Rule::by_code(word.trim()) {
        Some(rule) => Ok(rule.code.to_owned()),
        None => Err(Failure::Usage(format!(
            "--ignore takes codes such as IMP310, and {word:?} is the code of no rule."
        ))),
    };
    list.split(',').map(code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, Failure> {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        Arguments::parse(&words)
    }

    #[test]
    fn options_stand_before_or_behind_the_file() {
        let expected = Arguments {
            file: Some("plan.json".into()),
            format: Format::Sarif,
            fail_on: Some(Severity::Warning),
            ignored: vec!["IMP310".to_owned(), "IMP302".to_owned()],
            sql: false,
            source: "network/main.tf".to_owned(),
        };
        for words in [
            &[
                "plan.json",
                "--format",
                "sarif",
                "--fail-on",
                "warning",
                "--ignore",
                "IMP310",
                "--ignore",
                "imp302",
                "--source",
                "network/main.tf",
            ][..],
            &[
                "--format=sarif",
                "--fail-on=warning",
                "--ignore=IMP310,IMP302",
                "--source=network/main.tf",
                "plan.json",
            ],
        ] {
            assert_eq!(parse(words).unwrap(), expected);
        }
        let standard_input = parse(&["-", "--fail-on=never"]).unwrap();
        assert_eq!((standard_input.file, standard_input.fail_on), (None, None));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (words, named) in [
            (&[][..], "standard input"),
            (&["a", "b"], "\"b\""),
            (&["a", "--formal=text"], "--formal"),
            (&["a", "--format=xml"], "xml"),
            (&["a", "--fail-on=note"], "note"),
            (&["a", "--ignore=IMP999"], "IMP999"),
            (&["a", "--ignore"], "--ignore"),
            (&["a", "--sql=yes"], "--sql=yes"),
            (&["a", "--sql", "--format=sarif"], "--sql"),
        ] {
            let error = parse(words).unwrap_err();
            assert!(
                matches!(&error, Failure::Usage(text) if text.contains(named)),
                "{words:?}: {error}"
            );
        }
    }
}
