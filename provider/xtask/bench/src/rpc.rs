//! What a request costs a provider that runs, beside a provider written in Go.

pub(crate) mod load;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use go_plugin_host::{Host, Plugin};
use mock_core::Core;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tonic::transport::Channel;

use self::load::Load;
use crate::awake::Awake;
use crate::requests::{Request, Requests};
use crate::statistics::{median, minimum};
use crate::subject::{Binaries, Both, end, mebibytes, print};
use crate::table::{Demand, Line, Table};
use crate::usage::peak_memory;
use crate::work::{self, Work};

/// Terraform walks ten resources at a time.
pub(crate) const IN_FLIGHT: usize = 10;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How often each of the two takes its turn.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// How many requests of each kind make a turn.
    #[arg(long, default_value_t = 500)]
    requests: u32,
    #[command(flatten)]
    binaries: Binaries,
}

/// Prints the table. Its exit status is 1 where something is not reached.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let binaries = arguments.binaries.find()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")?;
    let _awake = Awake::keep()?;
    let table = runtime.block_on(measure(&binaries, arguments))?;
    print(&table)?;
    Ok(arguments.binaries.exit_code(table.is_reached()))
}

async fn measure(
    binaries: &Both<impl AsRef<Path>>,
    arguments: &Arguments,
) -> anyhow::Result<Table> {
    let ours = Running::start(binaries.ours.as_ref(), &work::ours()).await?;
    let theirs = Running::start(binaries.theirs.as_ref(), &work::theirs()).await?;
    // A first turn to get warm.
    ours.turn(arguments.requests).await?;
    theirs.turn(arguments.requests).await?;
    let mut turns = Both {
        ours: Vec::new(),
        theirs: Vec::new(),
    };
    for _ in 0..arguments.rounds {
        turns.ours.push(ours.turn(arguments.requests).await?);
        turns.theirs.push(theirs.turn(arguments.requests).await?);
    }
    let peaks = Both {
        ours: ours.finish().await?,
        theirs: theirs.finish().await?,
    };
    let mut lines = compare(&turns);
    lines.push(
        peaks.line("peak memory at the end, MiB", Demand::Nothing, |&peak| {
            mebibytes(peak)
        }),
    );
    Ok(Table {
        caption: format!(
            "Requests: medians of {} turns of {} requests each, in turn, over mutual TLS",
            arguments.rounds, arguments.requests
        ),
        rival: "Go peer",
        lines,
    })
}

/// A provider that is configured and waits for requests.
struct Running {
    plugin: Plugin,
    client: ProviderClient<Channel>,
    requests: Requests,
}

impl Running {
    async fn start(binary: &Path, work: &Work) -> anyhow::Result<Self> {
        let mut plugin = Host::new(binary).start().await?;
        let channel = plugin.connect().await?;
        let core = Core::connect(channel.clone())
            .await
            .with_context(|| format!("{} does not load", binary.display()))?;
        core.configure(&work.provider)
            .await
            .with_context(|| format!("{} cannot be configured", binary.display()))?;
        let mut client = ProviderClient::new(channel);
        let requests = Requests::new(&core, work)?;
        requests.check(&mut client).await?;
        Ok(Self {
            plugin,
            client,
            requests,
        })
    }

    async fn turn(&self, count: u32) -> anyhow::Result<Turn> {
        let of = |request: &Request, in_flight| {
            load::run(
                self.client.clone(),
                self.plugin.process(),
                request.clone(),
                in_flight,
                count,
            )
        };
        Ok(Turn {
            validate: of(&self.requests.validate, 1).await?,
            unchanged: of(&self.requests.plan_unchanged, 1).await?,
            creation: of(&self.requests.plan_creation, 1).await?,
            upgrade: of(&self.requests.upgrade, 1).await?,
            validate_together: of(&self.requests.validate, IN_FLIGHT).await?,
            unchanged_together: of(&self.requests.plan_unchanged, IN_FLIGHT).await?,
        })
    }

    /// Ends it, and says how much memory it has used at most.
    async fn finish(self) -> anyhow::Result<u64> {
        let peak = peak_memory(self.plugin.process())?;
        drop(self.client);
        end(self.plugin).await?;
        Ok(peak)
    }
}

/// One turn of one provider.
struct Turn {
    validate: Load,
    unchanged: Load,
    creation: Load,
    upgrade: Load,
    validate_together: Load,
    unchanged_together: Load,
}

fn compare(turns: &Both<Vec<Turn>>) -> Vec<Line> {
    type Part = fn(&Turn) -> &Load;
    let line = |what, demand, part: Part, figure: fn(&Load) -> f64| {
        turns.line(what, demand, |turns| {
            median(turns.iter().map(|turn| figure(part(turn))))
        })
    };
    // Whatever else the machine does stops a process for milliseconds, and one such stop holds up all requests in
    // flight. The quietest turn of each is shown beside the median, to tell how much of it the neighbours are.
    let quietest = |what, demand, part: Part| {
        turns.line(what, demand, |turns| {
            minimum(turns.iter().map(|turn| part(turn).p99()))
        })
    };
    let validate: Part = |turn| &turn.validate;
    let unchanged: Part = |turn| &turn.unchanged;
    let validate_together: Part = |turn| &turn.validate_together;
    let unchanged_together: Part = |turn| &turn.unchanged_together;
    let fifth = Demand::Ratio {
        at_most: 0.20,
        stretch: 0.10,
    };
    let four_times = Demand::RatioAtLeast(4.0);
    let nothing = Demand::Nothing;
    vec![
        line("Validate, CPU us", fifth, validate, Load::cpu),
        line("Validate, p50 us", nothing, validate, Load::p50),
        line("Validate, p99 us", nothing, validate, Load::p99),
        line("Plan without change, CPU us", fifth, unchanged, Load::cpu),
        line("Plan without change, p50 us", nothing, unchanged, Load::p50),
        line(
            "Plan of a creation, CPU us",
            fifth,
            |turn| &turn.creation,
            Load::cpu,
        ),
        line("Upgrade, CPU us", nothing, |turn| &turn.upgrade, Load::cpu),
        quietest(
            "Validate, 10 in flight, p99 us, quietest",
            nothing,
            validate_together,
        ),
        line(
            "Validate, 10 in flight, p99 us, median",
            fifth,
            validate_together,
            Load::p99,
        ),
        line(
            "Validate, 10 in flight, CPU us",
            nothing,
            validate_together,
            Load::cpu,
        ),
        line(
            "Validate, 10 in flight, a second",
            four_times,
            validate_together,
            Load::a_second,
        ),
        quietest(
            "Plan, 10 in flight, p99 us, quietest",
            nothing,
            unchanged_together,
        ),
        line(
            "Plan, 10 in flight, CPU us",
            nothing,
            unchanged_together,
            Load::cpu,
        ),
        line(
            "Plan, 10 in flight, a second",
            four_times,
            unchanged_together,
            Load::a_second,
        ),
    ]
}
