//! The tasks of this repository, run as `cargo xtask <task>`: each task is a module of its own.

mod proto;
mod workspace;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The tasks of this repository.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generate the protocol's Rust code from the .proto files.
    Proto(proto::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Proto(arguments) => proto::run(&arguments),
    }
}
