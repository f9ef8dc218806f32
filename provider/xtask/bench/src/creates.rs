//! How many of the writes that a slow publisher allows at once are used, while Terraform has many creations in flight.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use acceptance_tests::Practice;
use anyhow::Context as _;
use go_plugin_host::Host;
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER};
use mock_core::{Configuration, Core, Workspace, config};

use crate::binaries;
use crate::statistics::median;
use crate::subject::{end, print};
use crate::table::{Demand, Line, Table};

const ROUTES: u32 = 500;
const WRITES_AT_ONCE: u32 = 8;
const IN_FLIGHT: usize = 50;

/// From a request to the publisher's answer.
const LATENCY: Duration = Duration::from_millis(50);

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How often the routes are created.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Measure this provider rather than a newly built one.
    #[arg(long, value_name = "BINARY")]
    provider: Option<PathBuf>,
}

/// Prints the table. Its exit status is 1 where something is not reached.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let provider = arguments
        .provider
        .clone()
        .map_or_else(binaries::provider, Ok)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")?;
    let mut shares = Vec::new();
    for _ in 0..arguments.rounds {
        let took = runtime.block_on(create(&provider))?;
        let least = LATENCY * ROUTES / WRITES_AT_ONCE;
        shares.push(100.0 * least.as_secs_f64() / took.as_secs_f64());
    }
    let table = Table {
        caption: format!(
            "{ROUTES} routes created by a mock core with {IN_FLIGHT} in flight, {WRITES_AT_ONCE} writes at once, \
             {LATENCY:?} for each request"
        ),
        rival: "",
        lines: vec![Line::ours(
            "share of what that concurrency allows, %",
            median(shares),
            Demand::AtLeast(80.0),
        )],
    };
    print(&table)?;
    Ok(if table.is_reached() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// How long it takes, from the first request of the apply to its last answer.
async fn create(provider: &Path) -> anyhow::Result<Duration> {
    let practice = Practice::with([Practice::emea_options()]);
    let cluster = practice.emea();
    let authority = practice.simulator().ca_path();
    let mut plugin = Host::new(provider)
        .env("IMP_ADDRESS", cluster.address())
        .env("IMP_USERNAME", DEFAULT_USER)
        .env("IMP_PASSWORD", DEFAULT_PASSWORD)
        .env("IMP_CA_CERTIFICATE", authority)
        .env("IMP_SCHEMA_PROFILE", cluster.profile_path())
        .env("IMP_MAX_CONCURRENT_WRITES", WRITES_AT_ONCE.to_string())
        .start()
        .await?;
    let core = Core::connect(plugin.connect().await?).await?;
    core.configure(&config! {}).await?;
    let mut workspace = Workspace::new(core);
    workspace.parallelism = IN_FLIGHT;
    let routes = (0..ROUTES).fold(Configuration::new(), |configuration, route| {
        let config = config! {
            destination_pattern = format!(".com.remote{}", route / 50),
            next_hop = format!("10.20.{}.{}", route / 250, route % 250 + 1),
        };
        configuration.resource(&format!("imp_static_route.r{route}"), config)
    });
    let plan = workspace.plan(&routes).await?;
    cluster.set_latency(LATENCY);
    let began = Instant::now();
    workspace.apply(&plan).await?;
    let took = began.elapsed();
    drop(workspace);
    end(plugin).await?;
    Ok(took)
}
