//! Rules about rows that are there already: a natural key that is taken, a destination pattern that is full.

use imp_federation_rules::{
    DOMAIN_EXISTS, LEARNED_DOMAIN, OWN_PROXY_DOMAIN, PATTERN_LIMIT, Rule, XMPP_DOMAIN,
};
use imp_publisher::domain::{DestinationPattern, Pkid, StaticRoute};
use imp_publisher::{Error, Stored};
use tfplugin_framework::Diagnostic;

use super::{error, warning};
use crate::fleet::Cluster;
use crate::rows::Row;

/// A row that has the natural key of another object.
#[derive(Clone, Debug)]
pub(crate) struct Existing {
    rule: &'static Rule,
    /// What a person calls such a row.
    name: &'static str,
    /// The resource type that manages such rows.
    type_name: &'static str,
    publisher: String,
    key: String,
    /// The primary key of the row.
    pub(crate) pkid: Pkid,
    /// The id of the object in the state that holds it, where this process has seen one.
    pub(crate) holder: Option<String>,
}

/// What to do where a row is in its own way.
const OWN_ROW: &str = "If it is the row of this very resource, it cannot be created anew before it is \
                       destroyed: remove `create_before_destroy` from the resource, and from what depends on \
                       it.";

impl Existing {
    /// A row of a cluster.
    pub(crate) fn new<R: Row>(cluster: &Cluster, row: &Stored<R>) -> Self {
        Self {
            rule: R::in_the_way(row),
            name: R::NAME,
            type_name: R::TYPE_NAME,
            publisher: cluster.name().to_owned(),
            key: row.value.key().to_string(),
            pkid: row.pkid.clone(),
            holder: R::seen(cluster).holder(row.pkid.as_str()),
        }
    }

    /// What a plan says of it, where it says anything: it may be that the same plan takes a row away that an object in
    /// the state holds.
    pub(crate) fn at_plan(&self) -> Option<Diagnostic> {
        if self.holder.is_some() {
            return None;
        }
        if let Some(refusal) = self.refusal() {
            return Some(error(self.rule, self.summary(), refusal));
        }
        let detail = format!(
            "Publisher {:?} already has that {}, with the pkid {}. Where a resource has it that this plan \
             removes, changes or renames, it gives way first, and all is well. Otherwise the apply will \
             fail; to manage the existing one, import it:\n\n{}",
            self.publisher,
            self.name,
            self.pkid,
            self.import_block()
        );
        Some(warning(self.rule, self.summary(), detail))
    }

    /// What an apply says of it, which waited for the row to go in vain.
    pub(crate) fn at_apply(&self, why: &str) -> Diagnostic {
        let Self {
            name,
            publisher,
            pkid,
            ..
        } = self;
        let detail = match (&self.holder, self.refusal()) {
            (Some(holder), _) => format!(
                "On publisher {publisher:?} that {name} (pkid {pkid}) belongs to the object {holder} of this \
                 configuration, and nothing under way in this run was giving it up; nothing was changed. \
                 Where objects swap their values, go through a free value first, in two applies. {OWN_ROW} \
                 If this run gave it up meanwhile, simply run it again."
            ),
            (None, Some(refusal)) => format!("{refusal} Nothing was changed."),
            (None, None) => format!(
                "Publisher {publisher:?} already has that {name}, with the pkid {pkid}; nothing was changed. \
                 If no resource manages it yet, import it:\n\n{}\n\n{OWN_ROW} If this run took it away from \
                 another resource meanwhile, as after a renaming, simply run it again.",
                self.import_block()
            ),
        };
        error(self.rule, self.summary(), format!("{detail}{why}"))
    }

    fn summary(&self) -> String {
        let Self { name, key, .. } = self;
        match self.rule {
            rule if *rule == LEARNED_DOMAIN => {
                format!("The {name} {key} was learned by SIP Open Federation")
            }
            rule if *rule == XMPP_DOMAIN => format!("The domain {key} is federated over XMPP"),
            _ => format!("A {name} {key} already exists"),
        }
    }

    /// Why no object can have the key while the row is there, where that is so.
    fn refusal(&self) -> Option<String> {
        let Self {
            publisher,
            key,
            pkid,
            ..
        } = self;
        if *self.rule == LEARNED_DOMAIN {
            return Some(format!(
                "Publisher {publisher:?} has learned {key} from traffic (pkid {pkid}), and may change or remove it at \
                 any time, so that it cannot be managed here. Delete it under Presence > Inter-Domain Federation > SIP \
                 Federation, and apply before it is learned again; or remove this resource, where the domain will do \
                 as it was learned."
            ));
        }
        (*self.rule == XMPP_DOMAIN).then(|| {
            format!(
                "Publisher {publisher:?} has {key} as a domain of XMPP federation (pkid {pkid}). A domain is federated \
                 over SIP or over XMPP, not over both. Remove it under Presence > Inter-Domain Federation > XMPP \
                 Federation first, or remove this resource."
            )
        })
    }

    fn import_block(&self) -> String {
        format!(
            "  import {{\n    to = {}.NAME\n    id = \"{}/{}\"\n  }}",
            self.type_name, self.publisher, self.key
        )
    }
}

/// IMP207 at plan: some of the routes may be removed by the same plan.
pub(crate) fn full_pattern_at_plan(publisher: &str, pattern: &DestinationPattern) -> Diagnostic {
    let detail = format!(
        "{} Where this plan removes some of them, they go first, and all is well. Otherwise the apply will fail.",
        full_pattern(publisher, pattern)
    );
    warning(&PATTERN_LIMIT, full_pattern_summary(pattern), detail)
}

/// IMP207 at apply, which waited for one of the routes to go in vain.
pub(crate) fn full_pattern_at_apply(
    publisher: &str,
    pattern: &DestinationPattern,
    why: &str,
) -> Diagnostic {
    let detail = format!(
        "{} Nothing was changed. Remove routes that are not needed any more. If this run removed some meanwhile, \
         simply run it again.{why}",
        full_pattern(publisher, pattern)
    );
    error(&PATTERN_LIMIT, full_pattern_summary(pattern), detail)
}

fn full_pattern_summary(pattern: &DestinationPattern) -> String {
    format!("The destination pattern {pattern} has no place for another static route")
}

fn full_pattern(publisher: &str, pattern: &DestinationPattern) -> String {
    format!(
        "Publisher {publisher:?} has {} static routes with the destination pattern {pattern} already, and takes no more.",
        StaticRoute::MAX_PER_PATTERN
    )
}

/// The rule behind a refusal of the publisher itself, by the words that it uses (*XDbErrors*).
pub(crate) fn refusal(refused: &Error) -> Option<&'static Rule> {
    let Error::Rejected { fault } = refused else {
        return None;
    };
    [
        (
            "static routes with the same destination pattern may be assigned",
            &PATTERN_LIMIT,
        ),
        ("must be different than the proxy domain", &OWN_PROXY_DOMAIN),
        ("A federated domain with the name", &DOMAIN_EXISTS),
    ]
    .into_iter()
    .find_map(|(words, rule)| fault.message.contains(words).then_some(rule))
}
