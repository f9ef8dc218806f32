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

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_task_is_in_the_guide_for_contributors() {
        let guide = fs::read_to_string(workspace::root().unwrap().join("CONTRIBUTING.md")).unwrap();
        for task in Arguments::command().get_subcommands() {
            let name = task.get_name();
            let is_named = guide.contains(&format!("`cargo xtask {name}"))
                || guide.contains(&format!("`cargo {name}"));
            assert!(is_named, "CONTRIBUTING.md does not say what {name} is for");
        }
    }

    #[test]
    fn every_crate_is_on_the_map() {
        let root = workspace::root().unwrap();
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let members = manifest.split_once("members = [").unwrap().1;
        let members = members.split_once(']').unwrap().0.lines();
        let members: Vec<&str> = members
            .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
            .collect();
        assert!(members.len() > 10, "{members:?}");
        let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
        for folder in members {
            assert!(map.contains(&format!("| `{folder}/` |")), "{folder}");
        }
    }
}
