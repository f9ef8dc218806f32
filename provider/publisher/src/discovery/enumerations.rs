//! Type tables, told by what is in them: Cisco's names for the values are known, the numbers and tables are not.

use super::meaning::Meaning;

/// A type table: its rows, as numbers and names.
#[derive(Clone, Debug, Default)]
pub(super) struct TypeTable(pub(super) Vec<(i64, String)>);

impl TypeTable {
    /// What a column that points here means, if these are the values of one of the three enumerations.
    pub(super) fn meaning(&self) -> Option<Meaning> {
        [
            Meaning::IntegrationType,
            Meaning::RouteType,
            Meaning::Protocol,
        ]
        .into_iter()
        .find(|meaning| {
            let needed = match meaning {
                Meaning::IntegrationType => &["ocs_lync", "aol"][..],
                Meaning::RouteType => &["user", "domain"],
                _ => &["TCP", "UDP", "TLS"],
            };
            let words = self.words(*meaning);
            needed
                .iter()
                .all(|word| words.iter().any(|(known, _)| known == word))
        })
    }

    /// The names in it for the words of a profile.
    pub(super) fn words(&self, meaning: Meaning) -> Vec<(&'static str, &str)> {
        let by_name = |wanted: &dyn Fn(&str) -> bool| {
            self.0
                .iter()
                .map(|(_, name)| name.as_str())
                .find(|name| wanted(&name.to_ascii_lowercase()))
        };
        let whole = |word: &'static str| (word, by_name(&|name| name == word.to_ascii_lowercase()));
        let found = match meaning {
            Meaning::IntegrationType => vec![
                (
                    "ocs_lync",
                    by_name(&|name| {
                        ["ocs", "lync", "s4b", "skype"]
                            .iter()
                            .any(|word| name.contains(word))
                    }),
                ),
                ("aol", by_name(&|name| name.contains("aol"))),
                ("xmpp", by_name(&|name| name.contains("xmpp"))),
            ],
            Meaning::RouteType => vec![whole("user"), whole("domain")],
            Meaning::Protocol => vec![whole("TCP"), whole("UDP"), whole("TLS")],
            _ => Vec::new(),
        };
        found
            .into_iter()
            .filter_map(|(word, name)| Some((word, name?)))
            .collect()
    }

    /// The number of one of a profile's words.
    pub(super) fn number(&self, meaning: Meaning, word: &str) -> Option<i64> {
        let words = self.words(meaning);
        let (_, name) = words.iter().find(|(known, _)| *known == word)?;
        let (number, _) = self.0.iter().find(|(_, found)| found == name)?;
        Some(*number)
    }
}
