//! From the `provider` block and the environment to the publishers that resources work with.
//!
//! Everything that can be wrong is said here, at the attribute; nothing is contacted.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use imp_publisher::domain::NextHop;
use imp_publisher::{Address, Connection, Options, Profile, ProfileSource, Publisher};
use tfplugin_framework::timeouts::GoDuration;
use tfplugin_framework::{Diagnostic, Diagnostics, Field, Path};

use super::environment::{Environment, variable_of};
use super::model::{ConnectionFields, ProviderModel, PublisherModel};
use crate::fleet::{Cluster, DEFAULT_NAME, Fleet, Member};
use crate::rules::certificates_not_verified;

const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
const RETRY_TIMEOUT: Duration = Duration::from_secs(300);
const MAX_RETRIES: u32 = 10;
const MAX_CONCURRENT_READS: u32 = 4;
const MAX_CONCURRENT_WRITES: u32 = 1;

/// Reports names of publishers that are not well formed.
pub(super) fn validate_names(config: &ProviderModel, diagnostics: &mut Diagnostics) {
    for name in config
        .publishers
        .known()
        .into_iter()
        .flat_map(BTreeMap::keys)
    {
        if let Err(error) = check_name(name) {
            diagnostics.push(error.at(Path::from("publishers").key(name)));
        }
    }
}

fn check_name(name: &str) -> Result<(), Diagnostic> {
    let well_formed = !name.is_empty()
        && name.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte)
        });
    if well_formed {
        Ok(())
    } else {
        Err(Diagnostic::error("Invalid publisher name").detail(format!(
            "{name:?} is not a name for a publisher. Write lower-case letters, digits, \"_\" and \"-\", such \
             as \"emea\"."
        )))
    }
}

/// The publishers that the configuration and the environment name.
pub(super) fn resolve(
    config: &ProviderModel,
    environment: &Environment<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Fleet, Diagnostics> {
    let shared = config.connection().or(environment.connection()?);
    if config.publishers.is_unknown() {
        return Ok(Fleet::not_yet_known());
    }
    let mut members = BTreeMap::new();
    let mut unverified = Vec::new();
    for (name, entry, path) in entries(config, environment)? {
        check_name(&name).map_err(|error| error.at(path.clone()))?;
        let member = member(&name, &entry, &shared, &path, diagnostics)?;
        if let Member::Managed(cluster) = &member
            && cluster.publisher.accepts_any_certificate()
        {
            unverified.push((name.clone(), path));
        }
        members.insert(name, member);
    }
    diagnostics.extend(certificates_not_verified(&unverified));
    if members.is_empty() {
        return Err(Diagnostic::error("No publisher")
            .detail(
                "No publisher is named. Write `address` in the provider block, or `publishers` with one entry \
                 for each cluster; or set IMP_ADDRESS or IMP_PUBLISHERS.",
            )
            .at("address")
            .into());
    }
    Ok(Fleet::new(members))
}

type Entry = (String, PublisherModel, Path);

/// Every publisher with its own attributes and the path of its entry.
fn entries(
    config: &ProviderModel,
    environment: &Environment<'_>,
) -> Result<Vec<Entry>, Diagnostics> {
    let single = |address| {
        let entry = PublisherModel {
            address,
            ..PublisherModel::default()
        };
        vec![(DEFAULT_NAME.to_owned(), entry, Path::root())]
    };
    if let Some(publishers) = config.publishers.known() {
        let entry = |(name, entry): (&String, &PublisherModel)| {
            (
                name.clone(),
                entry.clone(),
                Path::from("publishers").key(name),
            )
        };
        return Ok(publishers.iter().map(entry).collect());
    }
    if !config.address.is_null() {
        return Ok(single(config.address.clone()));
    }
    let named = environment.publishers()?;
    if !named.is_empty() {
        let entry = |(name, address): (String, String)| {
            let entry = PublisherModel {
                address: address.into(),
                ..PublisherModel::default()
            };
            (name, entry, Path::from("publishers"))
        };
        return Ok(named.into_iter().map(entry).collect());
    }
    match environment.address() {
        Field::Null => Ok(Vec::new()),
        address => Ok(single(address)),
    }
}

fn member(
    name: &str,
    entry: &PublisherModel,
    shared: &ConnectionFields,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Member, Diagnostics> {
    if entry.managed.is_unknown() {
        return Ok(Member::NotYetKnown);
    }
    if entry.managed.is(&false) {
        return Ok(Member::Unmanaged);
    }
    let fields = entry.connection().or(shared.clone());
    if entry.address.is_unknown() || fields.unknown().is_some() {
        return Ok(Member::NotYetKnown);
    }
    let read = Reader { path };
    if fields.insecure_skip_verify.is(&true) && fields.ca_certificate.is_known() {
        return Err(read.error(
            "insecure_skip_verify",
            "Contradicting TLS settings",
            "`insecure_skip_verify` accepts any certificate, so that `ca_certificate` would mean nothing. \
             Leave one of them out.",
        ));
    }
    let connection = connection(&entry.address, &fields, &read)?;
    let load_balancers = load_balancers(&fields, &read)?;
    let node_addresses = node_addresses(&fields, &read)?;
    let options = options(&fields, &read)?;
    if options.allow_unverified_profile && !is_verified(&options.profile) {
        diagnostics.push(
            Diagnostic::warning("The schema profile is not verified")
                .detail(format!(
                    "`allow_unverified_profile` is on for publisher {name:?}: the names of its tables are a \
                     guess, and what is written by them may be lost or do harm. Verify a profile on a lab \
                     publisher of the same release, and set `schema_profile` to it instead."
                ))
                .at(path.clone().attribute("allow_unverified_profile")),
        );
    }
    let publisher = Publisher::new(name, connection, options);
    Ok(Member::Managed(Cluster::new(
        publisher,
        load_balancers,
        node_addresses,
    )))
}

fn connection(
    address: &Field<String>,
    fields: &ConnectionFields,
    read: &Reader<'_>,
) -> Result<Connection, Diagnostics> {
    Ok(Connection {
        address: read.parsed("address", read.required("address", address)?)?,
        node: None,
        username: read.required("username", &fields.username)?.clone(),
        password: read.required("password", &fields.password)?.clone(),
        axl_version: fields
            .axl_version
            .as_str()
            .map(|text| read.parsed("axl_version", text))
            .transpose()?,
        ca_certificates: fields
            .ca_certificate
            .as_str()
            .map(|text| read.pem("ca_certificate", text))
            .transpose()?,
        tls_server_name: fields.tls_server_name.known().cloned(),
        insecure_skip_verify: fields.insecure_skip_verify.known_or(false),
        proxy_url: fields.proxy_url.known().cloned(),
        request_timeout: read.duration(
            "request_timeout",
            &fields.request_timeout,
            REQUEST_TIMEOUT,
        )?,
        retry_timeout: read.duration("retry_timeout", &fields.retry_timeout, RETRY_TIMEOUT)?,
        max_retries: fields.max_retries.known_or(MAX_RETRIES),
        max_concurrent_reads: concurrency(fields.max_concurrent_reads, MAX_CONCURRENT_READS),
        max_concurrent_writes: concurrency(fields.max_concurrent_writes, MAX_CONCURRENT_WRITES),
    })
}

fn options(fields: &ConnectionFields, read: &Reader<'_>) -> Result<Options, Diagnostics> {
    let profile = match fields.schema_profile.as_str() {
        None => ProfileSource::BuiltIn,
        Some(path) => {
            let text = read.file("schema_profile", path)?;
            let profile = Profile::from_json(&text).map_err(|error| {
                read.error(
                    "schema_profile",
                    "Invalid schema profile",
                    &format!("{path}: {error}"),
                )
            })?;
            ProfileSource::File(Box::new(profile))
        }
    };
    Ok(Options {
        profile,
        allow_unverified_profile: fields.allow_unverified_profile.known_or(false),
        read_only: fields.read_only.known_or(false),
        change_log: fields.change_log.known().map(PathBuf::from),
    })
}

fn is_verified(source: &ProfileSource) -> bool {
    match source {
        ProfileSource::BuiltIn => false,
        ProfileSource::File(profile) => profile.is_verified(),
    }
}

fn load_balancers(
    fields: &ConnectionFields,
    read: &Reader<'_>,
) -> Result<Vec<NextHop>, Diagnostics> {
    fields
        .load_balancers
        .known()
        .into_iter()
        .flatten()
        .map(|text| read.parsed("load_balancers", text))
        .collect()
}

fn node_addresses(
    fields: &ConnectionFields,
    read: &Reader<'_>,
) -> Result<BTreeMap<String, Address>, Diagnostics> {
    let addresses = fields.node_addresses.known().into_iter().flatten();
    addresses
        .map(|(node, text)| Ok((node.clone(), read.parsed("node_addresses", text)?)))
        .collect()
}

fn concurrency(field: Field<u32>, default: u32) -> usize {
    usize::try_from(field.known_or(default)).unwrap_or(usize::MAX)
}

/// Reads attributes of one entry, and says at which of them something is wrong.
struct Reader<'a> {
    path: &'a Path,
}

impl Reader<'_> {
    fn error(&self, attribute: &str, summary: &str, detail: &str) -> Diagnostics {
        Diagnostic::error(summary)
            .detail(detail)
            .at(self.path.clone().attribute(attribute))
            .into()
    }

    fn required<'f, T>(&self, attribute: &str, field: &'f Field<T>) -> Result<&'f T, Diagnostics> {
        field.known().ok_or_else(|| {
            let variable = variable_of(attribute)
                .map(|variable| format!(", or set {}", variable.name))
                .unwrap_or_default();
            self.error(
                attribute,
                &format!("Missing {attribute}"),
                &format!(
                    "The provider needs `{attribute}`. Write it in the provider block{variable}."
                ),
            )
        })
    }

    fn parsed<T>(&self, attribute: &str, text: &str) -> Result<T, Diagnostics>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        text.parse().map_err(|error: T::Err| {
            self.error(
                attribute,
                &format!("Invalid {attribute}"),
                &error.to_string(),
            )
        })
    }

    fn duration(
        &self,
        attribute: &str,
        field: &Field<String>,
        default: Duration,
    ) -> Result<Duration, Diagnostics> {
        match field.as_str() {
            None => Ok(default),
            Some(text) => Ok(self.parsed::<GoDuration>(attribute, text)?.duration()),
        }
    }

    fn pem(&self, attribute: &str, text: &str) -> Result<String, Diagnostics> {
        if text.contains("-----BEGIN") {
            Ok(text.to_owned())
        } else {
            self.file(attribute, text)
        }
    }

    fn file(&self, attribute: &str, path: &str) -> Result<String, Diagnostics> {
        fs::read_to_string(path).map_err(|error| {
            self.error(
                attribute,
                &format!("Unreadable {attribute}"),
                &format!("{path:?} cannot be read: {error}. Write the path of a file that exists."),
            )
        })
    }
}
