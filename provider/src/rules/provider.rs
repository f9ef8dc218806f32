//! Rules for the provider block.

use imp_federation_rules::CERTIFICATE_NOT_VERIFIED;
use tfplugin_framework::{Diagnostic, Path};

use super::warning;

/// IMP106: one warning for all publishers, at the first of them.
pub(crate) fn certificates_not_verified(publishers: &[(String, Path)]) -> Option<Diagnostic> {
    let (_, path) = publishers.first()?;
    let rule = CERTIFICATE_NOT_VERIFIED;
    let names: Vec<String> = publishers
        .iter()
        .map(|(name, _)| format!("{name:?}"))
        .collect();
    let (summary, which) = match names.as_slice() {
        [only] => (rule.title, format!("publisher {only}")),
        all => (
            "The publishers' certificates are not verified",
            format!("the publishers {}", all.join(", ")),
        ),
    };
    let detail = format!(
        "`insecure_skip_verify` is on for {which}: anybody in between can read the password and change what is \
         written. Set `ca_certificate` to the publisher's certificate instead."
    );
    Some(warning(&rule, summary, detail).at(path.clone().attribute("insecure_skip_verify")))
}
