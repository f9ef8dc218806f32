//! Whether routes went before their domain, judged from the publishers' journal alone.

use std::fmt;

use anyhow::bail;

use super::control::{JournalEntry, Rows};

/// A domain or a route that a publisher has removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Removal {
    number: u64,
    cluster: String,
    object: Object,
    key: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Object {
    Domain,
    Route,
}

impl fmt::Display for Removal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let object = match self.object {
            Object::Domain => "domain",
            Object::Route => "route",
        };
        write!(
            formatter,
            "request {:>3}  {:<5} removed {object:<7} {}",
            self.number, self.cluster, self.key
        )
    }
}

/// The removals of domains and routes, in the order in which they happened.
pub(super) fn removals(journal: &[JournalEntry]) -> Vec<Removal> {
    let mut removals: Vec<Removal> = journal
        .iter()
        .flat_map(|entry| {
            entry
                .changes
                .iter()
                .filter(|change| change.kind == "removed")
                .filter_map(|change| {
                    Some(Removal {
                        number: entry.number,
                        cluster: entry.cluster.clone(),
                        object: match change.object.as_str()? {
                            "domain" => Object::Domain,
                            "route" => Object::Route,
                            _ => return None,
                        },
                        key: change.key.clone(),
                    })
                })
        })
        .collect();
    removals.sort_by_key(|removal| removal.number);
    removals
}

/// Fails unless each cluster has lost all that it held, and every route before any domain.
pub(super) fn check(removals: &[Removal], held: &[(String, Rows)]) -> anyhow::Result<()> {
    for (cluster, rows) in held {
        let position = |object: Object, key: &String| {
            removals.iter().position(|removal| {
                &removal.cluster == cluster && removal.object == object && &removal.key == key
            })
        };
        let mut last_route = 0;
        for key in rows.route_keys() {
            match position(Object::Route, &key) {
                Some(at) => last_route = last_route.max(at),
                None => {
                    bail!("the journal of {cluster} does not show that the route {key} was removed")
                }
            }
        }
        for key in rows.domain_keys() {
            match position(Object::Domain, &key) {
                None => bail!(
                    "the journal of {cluster} does not show that the domain {key} was removed"
                ),
                Some(at) if at < last_route => {
                    bail!("{cluster} lost the domain {key} before all of its routes")
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(number: u64, object: &str, key: &str) -> JournalEntry {
        serde_json::from_value(json!({
            "number": number,
            "cluster": "emea",
            "changes": [{ "object": object, "kind": "removed", "key": key, "pkid": "p" }],
        }))
        .unwrap()
    }

    fn held() -> [(String, Rows); 1] {
        [(
            "emea".to_owned(),
            Rows::one("remote.com", ".com.remote", "10.0.0.1"),
        )]
    }

    const ROUTE: &str = ".com.remote/10.0.0.1:5061/TLS";

    #[test]
    fn routes_before_the_domain_are_right() {
        let journal = [
            entry(4, "domain", "remote.com"),
            entry(3, "route", ROUTE),
            entry(4, "incoming_acl", "x"),
        ];
        let removals = removals(&journal);
        assert_eq!(removals.len(), 2);
        check(&removals, &held()).unwrap();
    }

    #[test]
    fn a_domain_before_its_route_fails() {
        let removals = removals(&[entry(1, "domain", "remote.com"), entry(2, "route", ROUTE)]);
        let failure = check(&removals, &held()).unwrap_err().to_string();
        assert!(failure.contains("before all of its routes"), "{failure}");
    }

    #[test]
    fn what_was_never_removed_fails() {
        let failure = check(&removals(&[entry(1, "domain", "remote.com")]), &held()).unwrap_err();
        assert!(failure.to_string().contains(ROUTE), "{failure}");
        let failure = check(&removals(&[entry(1, "route", ROUTE)]), &held()).unwrap_err();
        assert!(
            failure.to_string().contains("domain remote.com"),
            "{failure}"
        );
    }
}
