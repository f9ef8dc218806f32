//! How many instructions a request takes, by valgrind: the same count each time, whatever else the machine does.
//!
//! What a change to the provider is worth shows here first. The kernel's instructions are not among them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use acceptance_tests::Practice;
use anyhow::Context as _;
use go_plugin_host::Host;
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER, RouteRow};
use mock_core::{Core, config};
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;

use crate::binaries;
use crate::requests::{Request, Requests};
use crate::rpc::IN_FLIGHT;
use crate::rpc::load;
use crate::subject::{end, print};
use crate::table::{Demand, Line, Table};
use crate::work;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many requests of each kind are counted.
    #[arg(long, default_value_t = 500)]
    requests: u32,
    /// Measure this provider rather than a newly built one.
    #[arg(long, value_name = "BINARY")]
    provider: Option<PathBuf>,
    /// Only the kinds of requests whose name begins so.
    #[arg(long, value_name = "NAME", default_value = "")]
    only: String,
    /// Keep the profiles in this directory, for `callgrind_annotate`.
    #[arg(long, value_name = "DIRECTORY")]
    profiles: Option<PathBuf>,
}

/// A row of the table: what is sent, and how much of it at once.
struct Kind {
    what: &'static str,
    request: fn(&Requests) -> &Request,
    in_flight: usize,
}

const KINDS: [Kind; 7] = [
    Kind {
        what: "Validate",
        request: |requests| &requests.validate,
        in_flight: 1,
    },
    Kind {
        what: "Upgrade",
        request: |requests| &requests.upgrade,
        in_flight: 1,
    },
    Kind {
        what: "Read",
        request: |requests| &requests.read,
        in_flight: 1,
    },
    Kind {
        what: "Plan without change",
        request: |requests| &requests.plan_unchanged,
        in_flight: 1,
    },
    Kind {
        what: "Plan of a creation",
        request: |requests| &requests.plan_creation,
        in_flight: 1,
    },
    Kind {
        what: "Validate, 10 in flight",
        request: |requests| &requests.validate,
        in_flight: IN_FLIGHT,
    },
    Kind {
        what: "Plan without change, 10 in flight",
        request: |requests| &requests.plan_unchanged,
        in_flight: IN_FLIGHT,
    },
];

/// Some requests before those that are counted: everything that is built once is built then.
const WARM: u32 = 100;

/// Prints the table.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let provider = arguments
        .provider
        .clone()
        .map_or_else(binaries::provider, Ok)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")?;
    let kept = tempfile::tempdir()?;
    let folder = arguments.profiles.as_deref().unwrap_or(kept.path());
    fs::create_dir_all(folder)?;
    let count = |kind: &Kind, requests, profile: &str| {
        runtime.block_on(instructions(
            &provider,
            kind,
            requests,
            &folder.join(profile),
        ))
    };
    let [first, ..] = &KINDS;
    let start = count(first, 0, "start")?;
    let mut lines = vec![Line::ours(
        "Start, schema and end",
        thousands(start, 1),
        Demand::Nothing,
    )];
    for kind in KINDS
        .iter()
        .filter(|kind| kind.what.starts_with(&arguments.only))
    {
        let name = kind.what.replace([' ', ','], "-");
        let few = count(kind, WARM, &format!("{name}-few"))?;
        let many = count(kind, WARM + arguments.requests, &name)?;
        lines.push(Line::ours(
            kind.what,
            thousands(many.saturating_sub(few), arguments.requests),
            Demand::Nothing,
        ));
    }
    print(&Table {
        caption: format!(
            "Instructions of the provider, in thousands, each the mean of {} requests, counted by valgrind",
            arguments.requests
        ),
        rival: "",
        lines,
    })?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52 instructions")]
fn thousands(instructions: u64, requests: u32) -> f64 {
    instructions as f64 / 1e3 / f64::from(requests)
}

/// The instructions of a whole life of the provider, with so many requests in it.
async fn instructions(
    provider: &Path,
    kind: &Kind,
    requests: u32,
    profile: &Path,
) -> anyhow::Result<u64> {
    let work = work::ours();
    let practice = Practice::with([Practice::emea_options()]);
    let cluster = practice.emea();
    cluster
        .load(&[], &[row()])
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut output = std::ffi::OsString::from("--callgrind-out-file=");
    output.push(profile);
    let mut plugin = Host::new("valgrind")
        .arg("--tool=callgrind")
        .arg(output)
        .arg(provider)
        .env("IMP_ADDRESS", cluster.address())
        .env("IMP_USERNAME", DEFAULT_USER)
        .env("IMP_PASSWORD", DEFAULT_PASSWORD)
        .env("IMP_CA_CERTIFICATE", practice.simulator().ca_path())
        .env("IMP_SCHEMA_PROFILE", cluster.profile_path())
        .start()
        .await
        .context("valgrind is needed (Debian: apt-get install valgrind)")?;
    let channel = plugin.connect().await?;
    let core = Core::connect(channel.clone()).await?;
    core.configure(&config! {}).await?;
    let mut client = ProviderClient::new(channel);
    let known = Requests::new(&core, &work)?;
    known.check(&mut client).await?;
    let request = (kind.request)(&known).clone();
    load::run(client, plugin.process(), request, kind.in_flight, requests).await?;
    drop(core);
    end(plugin).await?;
    let text = fs::read_to_string(profile)
        .with_context(|| format!("valgrind wrote no profile: {}", profile.display()))?;
    text.lines()
        .find_map(|line| line.strip_prefix("totals: "))
        .with_context(|| format!("{} has no sum", profile.display()))?
        .trim()
        .parse()
        .context("an unreadable sum")
}

/// The route of [`work::ours`], as the publisher has it.
fn row() -> RouteRow {
    RouteRow {
        pkid: work::PKID.to_owned(),
        destination_pattern: ".com.example.remote".to_owned(),
        description: Some("to the remote domain".to_owned()),
        next_hop: "edge.example.com".to_owned(),
        next_hop_port: 5061,
        route_type: "domain".to_owned(),
        protocol: "TLS".to_owned(),
        priority: 2,
        weight: 1,
        allow_less_specific_route: true,
        in_service: true,
        block_route: false,
    }
}
