//! Measures the built provider beside one written in Go. Started by `cargo xtask bench`.
//!
//! A crate of its own, so that the other tasks build without a gRPC client. Linux only: it reads `/proc`.

mod awake;
mod binaries;
mod commands;
mod creates;
mod instructions;
mod meter;
mod requests;
mod rpc;
mod startup;
mod statistics;
mod subject;
mod table;
mod usage;
mod work;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask bench", about = "Measure the provider.")]
struct Arguments {
    #[command(subcommand)]
    benchmark: Benchmark,
}

#[derive(Subcommand)]
enum Benchmark {
    /// What whole commands cost, from 10 to 1,000 objects.
    Commands(commands::Arguments),
    /// How many of the writes that a publisher allows at once are used.
    Creates(creates::Arguments),
    /// How many instructions a request takes: the same count on a machine that does other work.
    Instructions(instructions::Arguments),
    /// From exec to the handshake, to the schema and to the end: time, CPU, memory, and the binary's size.
    Startup(startup::Arguments),
    /// What a request costs once the provider runs: CPU, time, and requests a second.
    Rpc(rpc::Arguments),
}

fn main() -> anyhow::Result<ExitCode> {
    if meter::is_asked() {
        return meter::stand_in();
    }
    match Arguments::parse().benchmark {
        Benchmark::Commands(arguments) => commands::run(&arguments),
        Benchmark::Creates(arguments) => creates::run(&arguments),
        Benchmark::Instructions(arguments) => instructions::run(&arguments),
        Benchmark::Startup(arguments) => startup::run(&arguments),
        Benchmark::Rpc(arguments) => rpc::run(&arguments),
    }
}
