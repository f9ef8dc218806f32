//! Many requests of one kind, some of them in flight together.

use std::time::{Duration, Instant};

use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tokio::task::JoinSet;
use tonic::transport::Channel;

use crate::requests::Request;
use crate::statistics::{median, percentile};
use crate::usage::cpu_time;

/// What the requests have cost.
#[derive(Debug)]
pub(crate) struct Load {
    /// Of each request, from sending it to its answer, in microseconds.
    latencies: Vec<f64>,
    /// From the first request to the last answer.
    elapsed: Duration,
    /// The provider's CPU time for all of them.
    cpu: Duration,
}

impl Load {
    /// The provider's CPU time for one request, in microseconds.
    pub(crate) fn cpu(&self) -> f64 {
        microseconds(self.cpu) / self.count()
    }

    /// The median of how long a request takes, in microseconds.
    pub(crate) fn p50(&self) -> f64 {
        median(self.latencies.iter().copied())
    }

    /// How long 99 of 100 requests take at most, in microseconds.
    pub(crate) fn p99(&self) -> f64 {
        percentile(99, self.latencies.iter().copied())
    }

    /// How many requests are answered in a second.
    pub(crate) fn a_second(&self) -> f64 {
        self.count() / self.elapsed.as_secs_f64()
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 requests")]
    fn count(&self) -> f64 {
        self.latencies.len() as f64
    }
}

/// Sends a request `count` times, rounded down to as many as can be shared out among those in flight.
pub(crate) async fn run(
    client: ProviderClient<Channel>,
    process: u32,
    request: Request,
    in_flight: usize,
    count: u32,
) -> anyhow::Result<Load> {
    let each = usize::try_from(count)? / in_flight;
    let cpu = cpu_time(process)?;
    let begin = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..in_flight {
        tasks.spawn(one_after_another(client.clone(), request.clone(), each));
    }
    let mut latencies = Vec::with_capacity(each * in_flight);
    while let Some(done) = tasks.join_next().await {
        latencies.extend(done??);
    }
    Ok(Load {
        latencies,
        elapsed: begin.elapsed(),
        cpu: cpu_time(process)?.saturating_sub(cpu),
    })
}

async fn one_after_another(
    mut client: ProviderClient<Channel>,
    request: Request,
    count: usize,
) -> anyhow::Result<Vec<f64>> {
    let mut latencies = Vec::with_capacity(count);
    for _ in 0..count {
        let begin = Instant::now();
        request.clone().send(&mut client).await?;
        latencies.push(microseconds(begin.elapsed()));
    }
    Ok(latencies)
}

fn microseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
