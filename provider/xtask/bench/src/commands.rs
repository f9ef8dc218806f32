//! What whole commands cost: beside Terraform's own `terraform_data`, which needs no plugin, and beside a provider written
//! in Go.

mod configurations;
mod side;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use acceptance_tests::Terraform;
use anyhow::anyhow;
use serde_json::{Value, json};

use self::side::Side;
use crate::binaries;
use crate::statistics::median;
use crate::subject::{Binaries, Both, print};
use crate::table::{Demand, Line, Table};

const PLAN: [&str; 1] = ["plan"];
const PLAN_WITHOUT_REFRESH: [&str; 2] = ["plan", "-refresh=false"];
const APPLY: [&str; 2] = ["apply", "-auto-approve"];
const DESTROY: [&str; 2] = ["destroy", "-auto-approve"];

/// How often the CPU time of plugins is measured.
const TURNS: u32 = 5;

/// How much more CPU a route may cost among 5,000 than among 1,000, where growth is called linear. That the start of
/// the plugins is shared by more routes outweighs what grows by the logarithm.
const LINEAR: f64 = 1.1;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How often each of the two takes its turn; commands on many objects take fewer. With 0 only the CPU time of
    /// plugins is measured, which a busy machine allows.
    #[arg(long, default_value_t = 11)]
    rounds: u32,
    /// Also plan 5,000 routes, to see how the cost grows.
    #[arg(long)]
    large: bool,
    /// Measure this provider without input and output rather than a newly built one.
    #[arg(long, value_name = "BINARY")]
    plain: Option<PathBuf>,
    #[command(flatten)]
    binaries: Binaries,
}

/// Prints the tables. The exit status is 1 where something is not reached.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let binaries = arguments.binaries.find()?;
    let plain = arguments.plain.clone().map_or_else(binaries::plain, Ok)?;
    let terraform = Terraform::find().map_err(|error| anyhow!("{error}"))?;
    let rounds = arguments.rounds;

    let mut framework = Both {
        ours: Side::plain(terraform, &plain)?,
        theirs: Side::floor(terraform)?,
    };
    let mut reached = true;
    if rounds > 0 {
        let life = walls(&mut framework, rounds)?;
        let table = Table {
            caption: caption("The framework alone, without input and output", terraform),
            rival: "built in",
            lines: life.iter().map(|wall| wall.line(wall.demand)).collect(),
        };
        print(&table)?;
        reached &= table.is_reached();
    }

    let mut provider = Both {
        ours: Side::imp(terraform, &binaries.ours)?,
        theirs: framework.theirs,
    };
    if rounds > 0 {
        let life = walls(&mut provider, rounds)?;
        print(&Table {
            caption: caption("The provider and a practice cluster", terraform),
            rival: "built in",
            lines: life.iter().map(|wall| wall.line(Demand::Nothing)).collect(),
        })?;
    }

    let mut peer = Side::peer(terraform, &binaries.theirs)?;
    peer.pretend_from(&peer_state(), 1000)?;
    let mut lines = vec![plugins(&mut framework.ours, &mut peer)?];
    lines.extend(refreshes(&mut provider.ours, arguments.large)?);
    let plugin_table = Table {
        caption: caption("CPU time of all plugin processes of a command", terraform),
        rival: "Go peer",
        lines,
    };
    print(&plugin_table)?;
    reached &= plugin_table.is_reached();
    Ok(arguments.binaries.exit_code(reached))
}

fn caption(what: &str, terraform: &Terraform) -> String {
    format!(
        "{what}: whole commands of Terraform {}",
        terraform.release()
    )
}

/// How long a command took on either side.
struct Wall {
    what: &'static str,
    demand: Demand,
    times: Both<Vec<Duration>>,
}

impl Wall {
    fn new(what: &'static str, demand: Demand) -> Self {
        Self {
            what,
            demand,
            times: Both::default(),
        }
    }

    fn take_turns(&mut self, sides: &mut Both<Side>, arguments: &[&str]) -> anyhow::Result<()> {
        self.times.ours.push(sides.ours.time(arguments)?);
        self.times.theirs.push(sides.theirs.time(arguments)?);
        Ok(())
    }

    fn line(&self, demand: Demand) -> Line {
        self.times
            .line(self.what, demand, |times| median(milliseconds(times)))
    }
}

/// The commands on 10, 100 and 1,000 objects.
fn walls(sides: &mut Both<Side>, rounds: u32) -> anyhow::Result<Vec<Wall>> {
    let ratio = |at_most, stretch| Demand::Ratio { at_most, stretch };
    let few = ratio(2.5, 2.1);
    let mut ten = [
        Wall::new("10 plan, ms", few),
        Wall::new("10 apply, ms", few),
        Wall::new("10 destroy, ms", few),
    ];
    whole_life(sides, 10, rounds, &mut ten)?;
    let mut hundred = [
        Wall::new("100 plan, ms", ratio(1.6, 1.4)),
        Wall::new("100 apply, ms", ratio(1.3, 1.0)),
        Wall::new("100 destroy, ms", Demand::Nothing),
    ];
    whole_life(sides, 100, rounds.div_ceil(2), &mut hundred)?;
    let mut thousand = [
        Wall::new("1000 plan without refresh, ms", ratio(1.25, 1.05)),
        Wall::new("1000 plan, ms", Demand::Nothing),
    ];
    sides.ours.pretend(1000)?;
    sides.theirs.pretend(1000)?;
    for _ in 0..rounds.div_ceil(4) {
        for (wall, arguments) in thousand.iter_mut().zip([&PLAN_WITHOUT_REFRESH[..], &PLAN]) {
            wall.take_turns(sides, arguments)?;
        }
    }
    sides.ours.forget()?;
    sides.theirs.forget()?;
    Ok(ten.into_iter().chain(hundred).chain(thousand).collect())
}

/// Planned to be created, created, and destroyed.
fn whole_life(
    sides: &mut Both<Side>,
    count: usize,
    rounds: u32,
    walls: &mut [Wall; 3],
) -> anyhow::Result<()> {
    sides.ours.configure(count)?;
    sides.theirs.configure(count)?;
    for _ in 0..rounds {
        for (wall, arguments) in walls.iter_mut().zip([&PLAN[..], &APPLY, &DESTROY]) {
            wall.take_turns(sides, arguments)?;
        }
    }
    Ok(())
}

/// Plans of objects that have not changed, of the framework and of the peer.
fn plugins(ours: &mut Side, peer: &mut Side) -> anyhow::Result<Line> {
    ours.pretend(1000)?;
    let mut times = Both::<Vec<Duration>>::default();
    for _ in 0..TURNS {
        times.ours.push(ours.provider_time(&PLAN_WITHOUT_REFRESH)?);
        times
            .theirs
            .push(peer.provider_time(&PLAN_WITHOUT_REFRESH)?);
    }
    let demand = Demand::Ratio {
        at_most: 0.15,
        stretch: 0.08,
    };
    let what = "1000 plan without refresh, the framework, ms";
    Ok(times.line(what, demand, |times| median(milliseconds(times))))
}

/// Plans of routes that have not changed, refreshed from a practice cluster.
fn refreshes(provider: &mut Side, large: bool) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    let mut line = |what, times: &[Duration], demand| {
        lines.push(Line::ours(what, median(milliseconds(times)), demand));
    };
    provider.pretend(1000)?;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    let before = provider.requests();
    for _ in 0..TURNS {
        without.push(provider.provider_time(&PLAN_WITHOUT_REFRESH)?);
        with.push(provider.provider_time(&PLAN)?);
    }
    let requests = u32::try_from(provider.requests() - before)?;
    let what = "1000 plan without refresh, the provider, ms";
    line(what, &without, Demand::Nothing);
    let what = "1000 plan, the provider, ms";
    line(what, &with, Demand::AtMost(300.0));
    provider.forget()?;
    if large {
        provider.pretend(5000)?;
        let mut larger = Vec::new();
        for _ in 0..TURNS.div_ceil(2) {
            larger.push(provider.provider_time(&PLAN)?);
        }
        provider.forget()?;
        line("5000 plan, the provider, ms", &larger, Demand::Nothing);
        let growth = median(milliseconds(&larger)) / (5.0 * median(milliseconds(&with)));
        lines.push(Line::ours(
            "5000 plan, CPU of a route as a multiple of that in 1000 plan",
            growth,
            Demand::AtMost(LINEAR),
        ));
    }
    lines.push(Line::ours(
        "1000 plan, requests to the publisher",
        f64::from(requests) / f64::from(TURNS),
        Demand::AtMost(8.0),
    ));
    Ok(lines)
}

fn milliseconds(times: &[Duration]) -> impl Iterator<Item = f64> {
    times.iter().map(|time| time.as_secs_f64() * 1e3)
}

/// One object of the peer, as its state has it.
fn peer_state() -> Value {
    json!({
        "version": 4,
        "terraform_version": "1.0.0",
        "serial": 1,
        "lineage": "9d5a3b0e-7a53-4ad3-9d3e-0f1a2b3c4d5e",
        "outputs": {},
        "resources": [{
            "mode": "managed",
            "type": "workato_proxied_mcp_server",
            "name": "route",
            "provider": "provider[\"registry.terraform.io/bench/workato\"]",
            "instances": [{
                "index_key": 0,
                "schema_version": 0,
                "sensitive_attributes": [],
                "attributes": {
                    "name": "to route-0",
                    "connection_id": 42,
                    "folder_id": 7,
                    "description": "to the remote domain",
                    "allow_same_user_token_inheritance": false,
                    "id": "42",
                    "applied_name": "to route-0",
                    "asset_type": "proxied",
                    "auth_type": "token",
                    "created_at": "2026-01-01T00:00:00Z",
                    "mcp_url": "https://mcp.invalid/42",
                    "server_url": "https://mcp.invalid/42",
                    "tool_details": [],
                    "tools_count": 0,
                    "updated_at": "2026-01-01T00:00:00Z"
                }
            }]
        }]
    })
}
