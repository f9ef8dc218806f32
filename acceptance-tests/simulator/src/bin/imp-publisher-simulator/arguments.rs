//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};
use imp_publisher_simulator::{
    CertificateKind, CompanionsMadeBy, DEFAULT_PASSWORD, DEFAULT_USER, DuplicateAnswer,
};

/// A practice Cisco IM and Presence publisher: whole clusters on this machine, to try terraform-provider-imp on.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start clusters, print how to reach them, and serve until interrupted.
    Serve(Serve),
    /// Print a schema profile file that is verified for a cluster of this simulator, for the provider's
    /// `schema_profile`.
    Profile {
        /// `a`, `b`, or a JSON file made from the output of `schema`.
        #[arg(long, default_value = "a")]
        profile: ProfileChoice,
    },
    /// Print a whole schema (tables, columns, enumerations) as JSON, to be changed and given back as `profile=FILE`.
    Schema {
        /// `a`, `b`, or a JSON file made from the output of `schema`.
        #[arg(long, default_value = "a")]
        profile: ProfileChoice,
    },
}

#[derive(Debug, Args)]
#[command(after_long_help = IN_YOUR_OWN_CI)]
pub(crate) struct Serve {
    /// A cluster: its name, then options behind commas, as in `emea,port=8443,subscribers=2`. May be given several
    /// times; without it there is one cluster, `practice`. The options:
    ///
    ///   profile=a|b|FILE     its schema: one of two made-up ones, or what `schema` printed, changed
    ///   port=N               the publisher's port; a free one where it is left out
    ///   host=NAME            the name under which clients reach the nodes; their certificates have it
    ///   subscribers=N        so many subscribers
    ///   call-manager         a node that is no IM and Presence node
    ///   learned=DOMAIN       a domain that open federation has learned; may be repeated
    ///   xmpp=DOMAIN          a domain that is federated over XMPP; may be repeated
    ///   proxy-domain=DOMAIN  the cluster's own SIP proxy domain, corp.example by default
    ///   companions=database|admin-page
    ///                        who makes the rows that come with a domain; the database by default
    ///   duplicates=index|text
    ///                        what refuses a row with the key of another; the unique index by default
    ///   certificate=good|wrong-name|expired|foreign|self-signed
    ///                        the publisher's certificate
    #[arg(
        long = "cluster",
        value_name = "NAME[,OPTION...]",
        verbatim_doc_comment
    )]
    clusters: Vec<ClusterArgument>,
    /// Keep rows, certificate authority (ca.pem) and profiles (NAME-profile.json) here, so that they survive a restart.
    /// Without it all of them go with the process.
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) data: Option<PathBuf>,
    /// Once every port answers, write the variables that lead the provider here to this file, NAME=value a line. It is
    /// removed at the start, so that one can wait for it.
    #[arg(long, value_name = "FILE")]
    pub(crate) environment: Option<PathBuf>,
    /// The address that the nodes listen on; 0.0.0.0 for a container.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) listen: IpAddr,
    /// The control port, JSON over HTTP: what the publishers hold, the journal of every request, and faults on request.
    /// 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(crate) control_port: u16,
    /// The address that the control port listens on. It asks for no password.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) control_listen: IpAddr,
    /// The user that may write. `axl-reader` may read, and `no-axl` nothing, with the same password.
    #[arg(long, default_value = DEFAULT_USER)]
    pub(crate) user: String,
    /// The password of all users. It protects nothing but practice rows.
    #[arg(long, default_value = DEFAULT_PASSWORD)]
    pub(crate) password: String,
    /// How long each request takes besides its work, in milliseconds.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    pub(crate) latency_ms: u64,
    /// Print one line of JSON in place of the text.
    #[arg(long)]
    pub(crate) json: bool,
}

const IN_YOUR_OWN_CI: &str = "\
In your own CI, with `provider \"imp\" {}` and nothing in it:

  imp-publisher-simulator serve --cluster emea --environment practice.env &
  until [ -e practice.env ]; do sleep 0.2; done
  set -a; . ./practice.env; set +a     (GitHub Actions: cat practice.env >> \"$GITHUB_ENV\")
  terraform apply -auto-approve

What the publisher holds, by its own account; every request so far; and what else there is:

  curl -s \"$IMP_SIMULATOR_CONTROL/clusters/emea/domains\" \"$IMP_SIMULATOR_CONTROL/clusters/emea/routes\"
  curl -s \"$IMP_SIMULATOR_CONTROL/journal\"
  curl -s \"$IMP_SIMULATOR_CONTROL/\"

A fault, which hits the next two requests that write; /faults/samples has one of each kind:

  curl -s \"$IMP_SIMULATOR_CONTROL/faults\" --data \\
    '{\"kind\": {\"service_unavailable\": {}}, \"phase\": \"before_effect\", \"times\": 2, \"operation\": \"executeSQLUpdate\"}'

SIGTERM or Ctrl-C ends it.";

impl Serve {
    pub(crate) fn clusters(&self) -> Vec<ClusterArgument> {
        if self.clusters.is_empty() {
            return vec![ClusterArgument::named("practice")];
        }
        self.clusters.clone()
    }
}

/// Which schema is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProfileChoice {
    A,
    B,
    File(PathBuf),
}

impl FromStr for ProfileChoice {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "a" | "A" => Self::A,
            "b" | "B" => Self::B,
            path => Self::File(PathBuf::from(path)),
        })
    }
}

/// One `--cluster`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClusterArgument {
    pub(crate) name: String,
    pub(crate) profile: ProfileChoice,
    pub(crate) port: u16,
    pub(crate) host: Option<String>,
    pub(crate) subscribers: u16,
    pub(crate) call_manager: bool,
    pub(crate) learned_domains: Vec<String>,
    pub(crate) xmpp_domains: Vec<String>,
    pub(crate) proxy_domain: Option<String>,
    pub(crate) companions: CompanionsMadeBy,
    pub(crate) duplicates: DuplicateAnswer,
    pub(crate) certificate: CertificateKind,
}

impl ClusterArgument {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            profile: ProfileChoice::A,
            port: 0,
            host: None,
            subscribers: 0,
            call_manager: false,
            learned_domains: Vec::new(),
            xmpp_domains: Vec::new(),
            proxy_domain: None,
            companions: CompanionsMadeBy::Database,
            duplicates: DuplicateAnswer::UniqueIndex,
            certificate: CertificateKind::Good,
        }
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), String> {
        let unknown = || format!("{option} cannot be {value:?}");
        match option {
            "profile" => self.profile = value.parse().map_err(|_| unknown())?,
            "port" => self.port = value.parse().map_err(|_| unknown())?,
            "host" if !value.is_empty() => self.host = Some(value.to_owned()),
            "subscribers" => self.subscribers = value.parse().map_err(|_| unknown())?,
            "call-manager" if value.is_empty() => self.call_manager = true,
            "learned" => self.learned_domains.push(value.to_owned()),
            "xmpp" => self.xmpp_domains.push(value.to_owned()),
            "proxy-domain" => self.proxy_domain = Some(value.to_owned()),
            "companions" => {
                self.companions = match value {
                    "database" => CompanionsMadeBy::Database,
                    "admin-page" => CompanionsMadeBy::AdminPageOnly,
                    _ => return Err(unknown()),
                }
            }
            "duplicates" => {
                self.duplicates = match value {
                    "index" => DuplicateAnswer::UniqueIndex,
                    "text" => DuplicateAnswer::RuleText,
                    _ => return Err(unknown()),
                }
            }
            "certificate" => {
                self.certificate = match value {
                    "good" => CertificateKind::Good,
                    "wrong-name" => CertificateKind::WrongName,
                    "expired" => CertificateKind::Expired,
                    "foreign" => CertificateKind::ForeignAuthority,
                    "self-signed" => CertificateKind::SelfSigned,
                    _ => return Err(unknown()),
                }
            }
            _ => return Err(format!("a cluster has no option {option:?}; see --help")),
        }
        Ok(())
    }
}

impl FromStr for ClusterArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(',');
        let mut cluster = Self::named(parts.next().unwrap_or_default());
        for part in parts {
            let (option, value) = part.split_once('=').unwrap_or((part, ""));
            cluster.set(option, value)?;
        }
        Ok(cluster)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_told_in_one_argument() {
        let cluster: ClusterArgument =
            "apac,profile=b,port=8443,host=apac,subscribers=2,call-manager,learned=a.com,learned=b.com"
                .parse()
                .unwrap();
        assert_eq!(
            (cluster.name.as_str(), &cluster.profile, cluster.port),
            ("apac", &ProfileChoice::B, 8443)
        );
        assert_eq!((cluster.subscribers, cluster.call_manager), (2, true));
        assert_eq!(cluster.host.as_deref(), Some("apac"));
        assert_eq!(cluster.learned_domains, ["a.com", "b.com"]);
        for wrong in [
            "x,port=many",
            "x,colour=red",
            "x,call-manager=2",
            "x,companions=none",
            "x,host=",
        ] {
            assert!(wrong.parse::<ClusterArgument>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
