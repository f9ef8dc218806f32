//! Child processes: in a group of their own, heard to the end, and never waited for without a limit.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Failure;

/// How long output may still be read after a process has ended: what it started may hold the pipes.
const DRAIN: Duration = Duration::from_secs(5);

/// A process that has ended, and what it wrote.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub status: ExitStatus,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Outcome {
    /// Whether it ended with status 0.
    pub fn success(&self) -> bool {
        self.status.success()
    }

    /// Both outputs without frames and line breaks, so that a sentence can be searched for however the
    /// core has wrapped it.
    pub fn text(&self) -> String {
        format!("{}\n{}", self.stdout, self.stderr)
            .split(|character: char| character.is_whitespace() || "│╷╵".contains(character))
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Both outputs as they are, for a failure's text.
    pub fn transcript(&self) -> String {
        format!("{}\n{}{}", self.status, self.stdout, self.stderr)
    }
}

/// What to tell a process.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// The polite end, as service managers and CI systems send it.
    Terminate,
    /// The end that cannot be refused.
    Kill,
}

/// A process in the background. Dropped while it runs, it is killed with everything it has started.
#[derive(Debug)]
pub struct Running {
    process_id: u32,
    stdout: Arc<Output>,
    stderr: Arc<Output>,
    exit: Receiver<io::Result<ExitStatus>>,
    ended: Option<ExitStatus>,
}

impl Running {
    /// Starts a command, in a process group of its own as a shell would, without standard input.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.spawn()?;
        let stdout = Output::collect(child.stdout.take());
        let stderr = Output::collect(child.stderr.take());
        Ok(Self {
            process_id: child.id(),
            stdout,
            stderr,
            exit: watch(child),
            ended: None,
        })
    }

    /// The process id, which is also that of the group.
    pub fn process_id(&self) -> u32 {
        self.process_id
    }

    /// Sends a signal to the process and everything it has started, as a terminal does.
    pub fn signal_group(&self, signal: Signal) -> io::Result<()> {
        send(self.process_id, signal, Recipient::Group)
    }

    /// Sends a signal to the process alone, as `kill` does.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        send(self.process_id, signal, Recipient::Process)
    }

    /// Waits until standard output contains a text, and fails when the process ends or the time is over
    /// without it.
    pub fn wait_for_output(&self, text: &str, limit: Duration) -> Result<(), Failure> {
        self.stdout.wait_for(text, limit).map_err(|seen| {
            let complaints = self.stderr.text();
            Failure::new(format!(
                "{text:?} was not written within {limit:?}; seen:\n{seen}{complaints}"
            ))
        })
    }

    /// What it has written to standard output so far.
    pub fn output(&self) -> String {
        self.stdout.text()
    }

    /// Waits for the end. When the time is over the whole group is killed, which is a failure.
    pub fn wait(mut self, limit: Duration) -> Result<Outcome, Failure> {
        match self.exit.recv_timeout(limit) {
            Ok(Ok(status)) => {
                self.ended = Some(status);
                self.stdout.wait_for_end(DRAIN);
                self.stderr.wait_for_end(DRAIN);
                Ok(Outcome {
                    status,
                    stdout: self.stdout.text(),
                    stderr: self.stderr.text(),
                })
            }
            Ok(Err(error)) => Err(Failure::new(format!(
                "the process cannot be waited for: {error}"
            ))),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                Err(Failure::new(format!(
                    "still running after {limit:?}, so it was killed; until then it wrote:\n{}{}",
                    self.stdout.text(),
                    self.stderr.text()
                )))
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.ended.is_none() && self.exit.try_recv().is_err() {
            let _ = self.signal_group(Signal::Kill);
            let _ = self.exit.recv_timeout(DRAIN);
        }
    }
}

/// Runs a command to its end within a limit.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<Outcome, Failure> {
    let program = command.get_program().to_owned();
    Running::start(command)
        .map_err(|error| Failure::new(format!("{} cannot be started: {error}", program.display())))?
        .wait(limit)
}

#[derive(Clone, Copy)]
enum Recipient {
    Process,
    Group,
}

#[cfg(unix)]
fn send(process_id: u32, signal: Signal, recipient: Recipient) -> io::Result<()> {
    use rustix::process::{Pid, Signal as System, kill_process, kill_process_group};

    let process = i32::try_from(process_id)
        .ok()
        .and_then(Pid::from_raw)
        .ok_or(io::ErrorKind::NotFound)?;
    let signal = match signal {
        Signal::Interrupt => System::INT,
        Signal::Terminate => System::TERM,
        Signal::Kill => System::KILL,
    };
    match recipient {
        Recipient::Process => kill_process(process, signal)?,
        Recipient::Group => kill_process_group(process, signal)?,
    }
    Ok(())
}

#[cfg(not(unix))]
fn send(_: u32, _: Signal, _: Recipient) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits for a child in a thread of its own, so that others can wait with a limit.
fn watch(mut child: Child) -> Receiver<io::Result<ExitStatus>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait()));
    receiver
}

/// What a process writes to one of its outputs, while it does.
#[derive(Debug, Default)]
struct Output {
    written: Mutex<Written>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Written {
    bytes: Vec<u8>,
    ended: bool,
}

impl Output {
    fn collect(pipe: Option<impl Read + Send + 'static>) -> Arc<Self> {
        let output = Arc::new(Self::default());
        let collected = Arc::clone(&output);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            let mut pipe = pipe;
            while let Some(Ok(read @ 1..)) = pipe.as_mut().map(|pipe| pipe.read(&mut buffer)) {
                collected.lock().bytes.extend_from_slice(&buffer[..read]);
                collected.changed.notify_all();
            }
            collected.lock().ended = true;
            collected.changed.notify_all();
        });
        output
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.lock().bytes).into_owned()
    }

    fn wait_for(&self, text: &str, limit: Duration) -> Result<(), String> {
        let deadline = Instant::now() + limit;
        let mut written = self.lock();
        loop {
            let seen = String::from_utf8_lossy(&written.bytes);
            if seen.contains(text) {
                return Ok(());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if written.ended || left.is_zero() {
                return Err(seen.into_owned());
            }
            written = self
                .changed
                .wait_timeout(written, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn wait_for_end(&self, limit: Duration) {
        let _ = self
            .changed
            .wait_timeout_while(self.lock(), limit, |written| !written.ended);
    }

    fn lock(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(30);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn hears_both_outputs_and_the_status() {
        let outcome = run(&mut shell("echo out; echo err >&2; exit 3"), LIMIT).unwrap();
        assert_eq!(
            (outcome.stdout.as_str(), outcome.stderr.as_str()),
            ("out\n", "err\n")
        );
        assert_eq!(outcome.status.code(), Some(3));
    }

    #[test]
    fn what_outlasts_its_time_is_killed_with_its_children() {
        let failure = run(
            &mut shell("sleep 600 & echo $!; wait"),
            Duration::from_millis(300),
        )
        .unwrap_err();
        let text = failure.to_string();
        assert!(text.contains("still running after 300ms"), "{text}");
        let child: i32 = text.lines().last().unwrap().trim().parse().unwrap();
        let child = rustix::process::Pid::from_raw(child).unwrap();
        let stat = format!("/proc/{}/stat", child.as_raw_nonzero());
        // The killed child is gone, or waits for whoever inherited it to notice; dying takes it a moment.
        let deadline = Instant::now() + LIMIT;
        while std::fs::read_to_string(&stat).is_ok_and(|state| !state.contains(") Z ")) {
            assert!(
                Instant::now() < deadline,
                "process {child:?} outlives its parent"
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_signal_reaches_the_group_when_its_moment_has_come() {
        // A shell cannot trap what was ignored when it began, as Ctrl-C is in a job that runs in the background.
        let running = Running::start(&mut shell(
            "trap 'echo stopped; exit 7' TERM; echo ready; while :; do sleep 0.05; done",
        ))
        .unwrap();
        running.wait_for_output("ready", LIMIT).unwrap();
        running.signal_group(Signal::Terminate).unwrap();
        let outcome = running.wait(LIMIT).unwrap();
        assert_eq!(outcome.status.code(), Some(7));
        assert!(outcome.stdout.ends_with("stopped\n"));
    }

    #[test]
    fn waiting_for_output_that_never_comes_fails_when_the_process_ends() {
        let running = Running::start(&mut shell("echo something else")).unwrap();
        let failure = running.wait_for_output("ready", LIMIT).unwrap_err();
        assert!(failure.to_string().contains("something else"));
    }

    #[test]
    fn a_wrapped_sentence_can_be_found() {
        let outcome = run(
            &mut shell(
                "printf '╷\\n│ Error: Cannot import\\n│ \\n│ The object\\n│ is gone.\\n╵\\n' >&2",
            ),
            LIMIT,
        )
        .unwrap();
        assert!(
            outcome
                .text()
                .contains("Error: Cannot import The object is gone.")
        );
    }
}
