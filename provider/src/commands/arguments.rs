//! The words behind a command. There are few enough to read them by hand.

use std::ffi::OsString;
use std::path::PathBuf;

use super::failure::Failure;

/// The words behind a command.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Arguments {
    /// `--record`
    pub(super) record: bool,
    /// `--json`
    pub(super) json: bool,
    /// `--publisher NAME`
    pub(super) publisher: Option<String>,
    /// `--out PATH`
    pub(super) out: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn parse(words: &[OsString]) -> Result<Self, Failure> {
        let mut arguments = Self::default();
        let words: Vec<&str> = words.iter().map(text).collect::<Result<_, _>>()?;
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let (option, attached) = match word.split_once('=') {
                Some((option, value)) => (option, Some(value)),
                None => (word, None),
            };
            let mut value = || {
                let value = attached.or_else(|| words.next());
                value.ok_or_else(|| Failure::Usage(format!("{option} needs a value behind it.")))
            };
            match option {
                "--record" if attached.is_none() => arguments.record = true,
                "--json" if attached.is_none() => arguments.json = true,
                "--publisher" => arguments.publisher = Some(value()?.to_owned()),
                "--out" => arguments.out = Some(value()?.into()),
                _ => {
                    return Err(Failure::Usage(format!(
                        "{word:?} is not understood. --help lists what is."
                    )));
                }
            }
        }
        Ok(arguments)
    }

    /// Refuses what the other command takes.
    pub(super) fn refuse(is_given: bool, option: &str) -> Result<(), Failure> {
        if is_given {
            return Err(Failure::Usage(format!(
                "{option} means nothing here. --help lists what does."
            )));
        }
        Ok(())
    }
}

pub(super) fn text(word: &OsString) -> Result<&str, Failure> {
    word.to_str().ok_or_else(|| {
        Failure::Usage(format!(
            "{} is not Unicode, and cannot be read.",
            word.display()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, Failure> {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        Arguments::parse(&words)
    }

    #[test]
    fn options_are_read_with_their_values_behind_them_or_attached() {
        let expected = Arguments {
            record: true,
            publisher: Some("emea".to_owned()),
            out: Some("profile.json".into()),
            ..Arguments::default()
        };
        for words in [
            &["--record", "--publisher", "emea", "--out", "profile.json"][..],
            &["--out=profile.json", "--publisher=emea", "--record"],
        ] {
            assert_eq!(parse(words).unwrap(), expected);
        }
        assert_eq!(parse(&[]).unwrap(), Arguments::default());
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (words, named) in [
            (&["--recrod"][..], "--recrod"),
            (&["emea"], "emea"),
            (&["--out"], "--out"),
            (&["--json=yes"], "--json=yes"),
        ] {
            let error = parse(words).unwrap_err();
            assert!(matches!(&error, Failure::Usage(text) if text.contains(named)));
        }
    }

    #[test]
    #[cfg(unix)]
    fn what_is_not_unicode_is_refused() {
        let word = std::os::unix::ffi::OsStringExt::from_vec(b"--out=\xff".to_vec());
        let error = Arguments::parse(&[word]).unwrap_err();
        assert!(matches!(&error, Failure::Usage(text) if text.contains("is not Unicode")));
    }
}
