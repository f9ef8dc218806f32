//! What each start of the provider costs, beside a provider written in Go.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use go_plugin_host::Host;
use tfplugin_protocol::tfplugin6::get_provider_schema;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;

use crate::statistics::{median, minimum};
use crate::subject::{Binaries, Both, end, mebibytes, print};
use crate::table::{Demand, Table};
use crate::usage::{cpu_time, peak_memory};

/// Terraform takes no larger message.
const MAX_MESSAGE_SIZE: usize = 256 << 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How often each binary is started.
    #[arg(long, default_value_t = 60)]
    rounds: u32,
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
    let starts = runtime.block_on(in_turn(&binaries, arguments.rounds))?;
    let table = compare(&binaries, &starts, arguments.rounds)?;
    print(&table)?;
    Ok(arguments.binaries.exit_code(table.is_reached()))
}

/// What one start has cost.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// From exec until the handshake was read.
    handshake: Duration,
    /// From exec until the schema was there: the host's own TLS and decoding among it.
    schema: Duration,
    /// The plugin's CPU time until then.
    cpu: Duration,
    /// The most memory it has used until then, in bytes.
    peak: u64,
    /// From the request to shut down until the process had ended.
    ending: Duration,
}

/// One and the other, so that whatever else the machine does slows both down.
async fn in_turn(
    binaries: &Both<impl AsRef<Path>>,
    rounds: u32,
) -> anyhow::Result<Both<Vec<Start>>> {
    let (ours, theirs) = (binaries.ours.as_ref(), binaries.theirs.as_ref());
    // The first start reads the binary from disk.
    start(ours).await?;
    start(theirs).await?;
    let mut starts = Both {
        ours: Vec::new(),
        theirs: Vec::new(),
    };
    for _ in 0..rounds {
        starts.ours.push(start(ours).await?);
        starts.theirs.push(start(theirs).await?);
    }
    Ok(starts)
}

/// Starts a plugin as Terraform does, asks for its schema, and ends it.
async fn start(binary: &Path) -> anyhow::Result<Start> {
    let begin = Instant::now();
    let mut plugin = Host::new(binary).start().await?;
    let handshake = plugin.timings().handshake;
    let mut client =
        ProviderClient::new(plugin.connect().await?).max_decoding_message_size(MAX_MESSAGE_SIZE);
    let answer = client
        .get_provider_schema(get_provider_schema::Request {})
        .await?
        .into_inner();
    let schema = begin.elapsed();
    if answer.resource_schemas.is_empty() {
        bail!("{} has no resource", binary.display());
    }
    let cpu = cpu_time(plugin.process())?;
    let peak = peak_memory(plugin.process())?;
    drop(client);
    let asked = Instant::now();
    end(plugin).await?;
    Ok(Start {
        handshake,
        schema,
        cpu,
        peak,
        ending: asked.elapsed(),
    })
}

fn compare(
    binaries: &Both<impl AsRef<Path>>,
    starts: &Both<Vec<Start>>,
    rounds: u32,
) -> anyhow::Result<Table> {
    let sizes = Both {
        ours: size(binaries.ours.as_ref())?,
        theirs: size(binaries.theirs.as_ref())?,
    };
    let ratio = |at_most, stretch| Demand::Ratio { at_most, stretch };
    Ok(Table {
        caption: format!(
            "Start-up: medians of {rounds} starts each, in turn, with mutual TLS as Terraform does it"
        ),
        rival: "Go peer",
        lines: vec![
            starts.line("exec to handshake, ms", ratio(0.20, 0.10), |starts| {
                median(milliseconds(starts, |start| start.handshake))
            }),
            starts.line("  the least of all", Demand::Nothing, |starts| {
                minimum(milliseconds(starts, |start| start.handshake))
            }),
            starts.line("exec to schema, ms", Demand::Nothing, |starts| {
                median(milliseconds(starts, |start| start.schema))
            }),
            starts.line("CPU to schema, ms", ratio(0.25, 0.15), |starts| {
                median(milliseconds(starts, |start| start.cpu))
            }),
            starts.line("  the least of all", Demand::Nothing, |starts| {
                minimum(milliseconds(starts, |start| start.cpu))
            }),
            starts.line(
                "peak memory after schema, MiB",
                ratio(0.40, 0.25),
                |starts| median(starts.iter().map(|start| mebibytes(start.peak))),
            ),
            sizes.line("stripped binary, MiB", ratio(0.40, 0.20), |&size| {
                mebibytes(size)
            }),
            starts.line("Shutdown to exit, ms", Demand::AtMost(10.0), |starts| {
                median(milliseconds(starts, |start| start.ending))
            }),
        ],
    })
}

fn milliseconds(starts: &[Start], what: impl Fn(&Start) -> Duration) -> impl Iterator<Item = f64> {
    starts
        .iter()
        .map(move |start| what(start).as_secs_f64() * 1e3)
}

fn size(binary: &Path) -> anyhow::Result<u64> {
    let metadata =
        fs::metadata(binary).with_context(|| format!("cannot see {}", binary.display()))?;
    Ok(metadata.len())
}
