//! IMP311: routes of which Terraform does not know that they belong to a domain.

use std::collections::BTreeMap;

use imp_federation_rules::LITERAL_DOMAIN;

use super::Scene;
use crate::configuration::DomainNaming;
use crate::finding::Finding;

pub(super) fn find(scene: &Scene<'_, '_>, findings: &mut Vec<Finding>) {
    // One for each block, however many instances it has.
    let mut blocks: BTreeMap<String, Finding> = BTreeMap::new();
    for (cluster, estate) in &scene.estate.clusters {
        for (pattern, routes) in estate.after.patterns() {
            // Only where the same plan manages the domain is there anything to refer to.
            let Some(owner) = estate.after.owner(pattern) else {
                continue;
            };
            for route in routes {
                let address = route.change.configuration_address();
                if scene.blocks.domain_naming(&address) != DomainNaming::Literal {
                    continue;
                }
                let finding = blocks.remove(&address).unwrap_or_else(|| {
                    let message = format!(
                        "{address} names its domain by a literal, though {} is in the same configuration. Terraform \
                         does not know that the route comes after it and goes before it.",
                        owner.change.configuration_address()
                    );
                    Finding::new(&LITERAL_DOMAIN, message).about(&owner.object.domain_name)
                });
                let is_named = finding.publishers.contains(cluster);
                let finding = if is_named {
                    finding
                } else {
                    finding.on(cluster)
                };
                blocks.insert(address, finding.at(route.change));
            }
        }
    }
    findings.extend(blocks.into_values());
}
