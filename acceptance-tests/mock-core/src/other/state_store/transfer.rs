//! States on their way, chunk by chunk.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use tfplugin_protocol::tfplugin6::{StateRange, read_state_bytes, write_state_bytes};
use tokio_stream::StreamExt as _;

use super::StateStore;
use crate::problem::Rule;
use crate::report::{Failure, Report};

/// What core has read so far.
#[derive(Default)]
struct Received {
    bytes: Vec<u8>,
    total: i64,
}

impl StateStore {
    /// Reads a state; none where there is none, or where nothing is in it.
    pub async fn read(&self, workspace: &str) -> Result<Option<Vec<u8>>, Failure> {
        let mut report = self.report();
        let mut received = Received::default();
        self.receive(workspace, &mut received, &mut report).await;
        if !report.has_problems() && position(received.bytes.len()) != received.total {
            let detail = format!(
                "expected state file of total {} bytes, received {} bytes",
                received.total,
                received.bytes.len()
            );
            report.violation(Rule::InvalidStateBytes, detail);
        }
        let state = Some(received.bytes).filter(|bytes| !bytes.is_empty());
        Ok(report.finish(state)?.0)
    }

    async fn receive(
        &self,
        workspace: &str,
        received: &mut Received,
        report: &mut Report,
    ) -> Option<()> {
        let request = read_state_bytes::Request {
            type_name: self.type_name.clone(),
            state_id: workspace.to_owned(),
        };
        let answer = self.core.client().read_state_bytes(request).await;
        let mut chunks = report.answer("ReadStateBytes", answer)?;
        loop {
            match chunks.message().await {
                Ok(Some(chunk)) => {
                    report.absorb(&chunk.diagnostics);
                    if report.has_problems() {
                        return None;
                    }
                    self.take(&chunk, received, report)?;
                }
                Ok(None) => return Some(()),
                Err(status) => return report.answer("ReadStateBytes", Err(status)),
            }
        }
    }

    fn take(
        &self,
        chunk: &read_state_bytes::Response,
        received: &mut Received,
        report: &mut Report,
    ) -> Option<()> {
        let mut complain = |problem: String| report.violation(Rule::InvalidStateBytes, problem);
        let Some(range) = chunk.range else {
            complain("a chunk has no range, on which Terraform crashes".to_owned());
            return None;
        };
        if received.total == 0 {
            received.total = chunk.total_length;
        }
        let (size, agreed) = (chunk.bytes.len(), self.chunk_size);
        if range.end < chunk.total_length.saturating_sub(1) {
            if size != agreed {
                complain(format!(
                    "Unexpected chunk of size {size} was received, expected {agreed}"
                ));
            }
        } else if size > agreed {
            complain(format!(
                "Last chunk exceeded agreed size, expected {agreed}, given {size}"
            ));
        }
        // Core itself looks no closer, and would take the bytes in whatever order they come.
        let start = position(received.bytes.len());
        if size > 0 && (range.start, range.end) != (start, start + position(size) - 1) {
            complain(format!(
                "a chunk of size {size} at byte {start} says that it goes from {} to {}",
                range.start, range.end
            ));
        }
        if chunk.total_length != received.total {
            complain(format!(
                "a total length of {} and then of {}",
                received.total, chunk.total_length
            ));
        }
        received.bytes.extend_from_slice(&chunk.bytes);
        Some(())
    }

    /// Writes a state.
    pub async fn write(&self, workspace: &str, state: &[u8]) -> Result<(), Failure> {
        let mut report = self.report();
        if state.is_empty() {
            report.refuse("Refusing to write empty remote state snapshot");
            return report.finish(()).map(|_| ());
        }
        let chunks = self.chunks(workspace, state);
        let count = chunks.len();
        let sent = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&sent);
        let stream = tokio_stream::iter(chunks).map(move |chunk| {
            counter.fetch_add(1, Ordering::SeqCst);
            chunk
        });
        let answer = self.core.client().write_state_bytes(stream).await;
        if let Some(answer) = report.answer("WriteStateBytes", answer) {
            let sent = sent.load(Ordering::SeqCst);
            if sent < count {
                let detail = format!(
                    "after {sent} of {count} chunks: Terraform says \"EOF\" and shows nothing of the answer"
                );
                report.violation(Rule::EarlyAnswer, detail);
            }
            report.absorb(&answer.diagnostics);
        }
        report.finish(()).map(|_| ())
    }

    fn chunks(&self, workspace: &str, state: &[u8]) -> Vec<write_state_bytes::RequestChunk> {
        let total_length = position(state.len());
        let mut start = 0;
        let chunk = |bytes: &[u8]| {
            let end = start + position(bytes.len()) - 1;
            let chunk = write_state_bytes::RequestChunk {
                meta: (start == 0).then(|| write_state_bytes::RequestChunkMeta {
                    type_name: self.type_name.clone(),
                    state_id: workspace.to_owned(),
                }),
                bytes: Bytes::copy_from_slice(bytes),
                total_length,
                range: Some(StateRange { start, end }),
            };
            start = end + 1;
            chunk
        };
        state.chunks(self.chunk_size).map(chunk).collect()
    }
}

fn position(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
