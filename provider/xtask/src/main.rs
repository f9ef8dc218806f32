//! The tasks of this repository, run as `cargo xtask <task>`: each task is a module of its own.

mod corpus;
mod demo;
mod faults;
mod hand_over;
mod matrix;
mod model;
mod output;
mod proto;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The tasks of this repository.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measure the provider beside one written in Go.
    Bench(hand_over::Arguments),
    /// Make the plans that tests of the review read, each by a real Terraform.
    Corpus(corpus::Arguments),
    /// Apply the quickstart to two practice clusters with a real Terraform, and undo it.
    Demo(demo::Arguments),
    /// Write the reference pages in docs/ from the schemas and the examples.
    Docs(hand_over::Arguments),
    /// Try every fault on the built provider, and print the table.
    Faults,
    /// Run the acceptance tests with every Terraform that can be had.
    Matrix(matrix::Arguments),
    /// Play random sequences of applies, faults and crashes against a reference model.
    Model(model::Arguments),
    /// Make the artifacts of a release.
    Package(hand_over::Arguments),
    /// Generate the protocol's Rust code from the .proto files.
    Proto(proto::Arguments),
}

fn main() -> anyhow::Result<ExitCode> {
    // `cargo demo -- --keep` arrives here with the dashes of the alias and with the user's own.
    let words = std::env::args().filter(|word| word != "--");
    match Arguments::parse_from(words).task {
        Task::Bench(arguments) => return hand_over::run("bench", "measure", &arguments),
        Task::Corpus(arguments) => corpus::run(&arguments)?,
        Task::Demo(arguments) => demo::run(&arguments)?,
        Task::Docs(arguments) => return hand_over::run("docs", "dev", &arguments),
        Task::Faults => faults::run()?,
        Task::Matrix(arguments) => matrix::run(&arguments)?,
        Task::Model(arguments) => model::run(&arguments)?,
        Task::Package(arguments) => return hand_over::run("package", "dev", &arguments),
        Task::Proto(arguments) => proto::run(&arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}
