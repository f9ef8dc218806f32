//! The environment variables, in one place: the schema and the documentation are made from this table.
//!
//! A variable fills what the configuration leaves out, and never overrides it. One that cannot be read is
//! an error that names it.

#[cfg(test)]
mod tests;

use std::env;
use std::str::FromStr;

use secrecy::SecretString;
use tfplugin_framework::timeouts::GoDuration;
use tfplugin_framework::{Diagnostic, Diagnostics, Field};

use super::model::ConnectionFields;

/// One environment variable and the attribute that it stands in for.
#[derive(Debug)]
pub struct Variable {
    /// The name of the variable.
    pub name: &'static str,
    /// The attribute of the `provider` block.
    pub attribute: &'static str,
    /// How its value is written.
    pub form: &'static str,
}

const TEXT: &str = "text";
const SWITCH: &str = "`true` or `false`";
const NUMBER: &str = "a whole number";
const DURATION: &str = "a duration such as `30s`";
const LIST: &str = "a list separated by commas";
const PAIRS: &str = "`name=address` pairs separated by commas";

macro_rules! variables {
    ($($constant:ident = $name:literal, $attribute:literal, $form:expr;)+) => {
        /// Every environment variable that the provider reads.
        pub const VARIABLES: &[Variable] = &[$($constant),+];
        $(const $constant: Variable = Variable { name: $name, attribute: $attribute, form: $form };)+
    };
}

variables! {
    ADDRESS = "IMP_ADDRESS", "address", TEXT;
    PUBLISHERS = "IMP_PUBLISHERS", "publishers", PAIRS;
    USERNAME = "IMP_USERNAME", "username", TEXT;
    PASSWORD = "IMP_PASSWORD", "password", TEXT;
    AXL_VERSION = "IMP_AXL_VERSION", "axl_version", TEXT;
    CA_CERTIFICATE = "IMP_CA_CERTIFICATE", "ca_certificate", "PEM text, or the path of a PEM file";
    TLS_SERVER_NAME = "IMP_TLS_SERVER_NAME", "tls_server_name", TEXT;
    INSECURE_SKIP_VERIFY = "IMP_INSECURE_SKIP_VERIFY", "insecure_skip_verify", SWITCH;
    PROXY_URL = "IMP_PROXY_URL", "proxy_url", TEXT;
    REQUEST_TIMEOUT = "IMP_REQUEST_TIMEOUT", "request_timeout", DURATION;
    RETRY_TIMEOUT = "IMP_RETRY_TIMEOUT", "retry_timeout", DURATION;
    MAX_RETRIES = "IMP_MAX_RETRIES", "max_retries", NUMBER;
    MAX_CONCURRENT_READS = "IMP_MAX_CONCURRENT_READS", "max_concurrent_reads", NUMBER;
    MAX_CONCURRENT_WRITES = "IMP_MAX_CONCURRENT_WRITES", "max_concurrent_writes", NUMBER;
    SCHEMA_PROFILE = "IMP_SCHEMA_PROFILE", "schema_profile", "the path of a file";
    ALLOW_UNVERIFIED_PROFILE = "IMP_ALLOW_UNVERIFIED_PROFILE", "allow_unverified_profile", SWITCH;
    READ_ONLY = "IMP_READ_ONLY", "read_only", SWITCH;
    CHANGE_LOG = "IMP_CHANGE_LOG", "change_log", "the path of a file";
    LOAD_BALANCERS = "IMP_LOAD_BALANCERS", "load_balancers", LIST;
    NODE_ADDRESSES = "IMP_NODE_ADDRESSES", "node_addresses", PAIRS;
}

/// The variable that stands in for an attribute.
pub(crate) fn variable_of(attribute: &str) -> Option<&'static Variable> {
    VARIABLES
        .iter()
        .find(|variable| variable.attribute == attribute)
}

/// Where variables are looked up: the process's own environment, or one that a test made.
pub(crate) struct Environment<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Environment<'a> {
    /// The environment of this process.
    pub(super) fn process() -> Self {
        Self::of(&|name| env::var(name).ok())
    }

    /// An environment that is looked up in this way.
    pub(super) fn of(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup }
    }
}

impl Environment<'_> {
    pub(crate) fn address(&self) -> Field<String> {
        self.text(&ADDRESS).into()
    }

    /// The publishers of `IMP_PUBLISHERS`, as names and addresses.
    pub(crate) fn publishers(&self) -> Result<Vec<(String, String)>, Diagnostics> {
        Ok(self.pairs(&PUBLISHERS)?.unwrap_or_default())
    }

    /// Everything about connections that the environment says.
    pub(crate) fn connection(&self) -> Result<ConnectionFields, Diagnostics> {
        Ok(ConnectionFields {
            username: self.text(&USERNAME).into(),
            password: self.text(&PASSWORD).map(SecretString::from).into(),
            axl_version: self.text(&AXL_VERSION).into(),
            ca_certificate: self.text(&CA_CERTIFICATE).into(),
            tls_server_name: self.text(&TLS_SERVER_NAME).into(),
            insecure_skip_verify: self.parsed(&INSECURE_SKIP_VERIFY)?,
            proxy_url: self.text(&PROXY_URL).into(),
            request_timeout: self.duration(&REQUEST_TIMEOUT)?,
            retry_timeout: self.duration(&RETRY_TIMEOUT)?,
            max_retries: self.parsed(&MAX_RETRIES)?,
            max_concurrent_reads: self.parsed(&MAX_CONCURRENT_READS)?,
            max_concurrent_writes: self.parsed(&MAX_CONCURRENT_WRITES)?,
            schema_profile: self.text(&SCHEMA_PROFILE).into(),
            allow_unverified_profile: self.parsed(&ALLOW_UNVERIFIED_PROFILE)?,
            read_only: self.parsed(&READ_ONLY)?,
            change_log: self.text(&CHANGE_LOG).into(),
            load_balancers: self
                .text(&LOAD_BALANCERS)
                .map(|text| entries(&text).map(ToOwned::to_owned).collect())
                .into(),
            node_addresses: self
                .pairs(&NODE_ADDRESSES)?
                .map(|pairs| pairs.into_iter().collect())
                .into(),
        })
    }

    /// An empty variable is one that is not set.
    fn text(&self, variable: &Variable) -> Option<String> {
        (self.lookup)(variable.name).filter(|text| !text.is_empty())
    }

    fn pairs(&self, variable: &Variable) -> Result<Option<Vec<(String, String)>>, Diagnostics> {
        let Some(text) = self.text(variable) else {
            return Ok(None);
        };
        let pair = |entry: &str| match entry.split_once('=') {
            Some((name, address)) => Ok((name.trim().to_owned(), address.trim().to_owned())),
            None => Err(malformed(variable, entry)),
        };
        entries(&text).map(pair).collect::<Result<_, _>>().map(Some)
    }

    fn parsed<T: FromStr>(&self, variable: &Variable) -> Result<Field<T>, Diagnostics> {
        match self.text(variable) {
            None => Ok(Field::Null),
            Some(text) => match text.trim().parse() {
                Ok(value) => Ok(Field::Known(value)),
                Err(_) => Err(malformed(variable, &text)),
            },
        }
    }

    fn duration(&self, variable: &Variable) -> Result<Field<String>, Diagnostics> {
        match self.text(variable) {
            Some(text) if text.parse::<GoDuration>().is_err() => Err(malformed(variable, &text)),
            text => Ok(text.into()),
        }
    }
}

fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

fn malformed(variable: &Variable, text: &str) -> Diagnostics {
    Diagnostic::error("Malformed environment variable")
        .detail(format!(
            "{} is {text:?}, which is not {}. Correct the variable, or unset it and write `{}` in the \
             provider block.",
            variable.name,
            variable.form.replace('`', "\""),
            variable.attribute
        ))
        .at(variable.attribute)
        .into()
}
