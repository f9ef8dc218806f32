//! `cargo xtask model`: plays random sequences against the reference model, on the mock core and on a real Terraform.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::faults;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many sequences on the mock core.
    #[arg(long, default_value_t = 1950)]
    sequences: u32,
    /// How many on a real Terraform.
    #[arg(long, default_value_t = 50)]
    real: u32,
    /// Where to begin; a failure prints it. Another one each time where it is left out.
    #[arg(long)]
    seed: Option<u32>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let seed = arguments.seed.unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        now.map_or(0, |now| now.subsec_nanos())
    });
    faults::run_tests(
        &["model::"],
        &[
            ("IMP_MODEL_SEQUENCES", arguments.sequences),
            ("IMP_MODEL_REAL", arguments.real),
            ("IMP_MODEL_SEED", seed),
        ],
        "a sequence did not end as the model says",
    )
}
