//! A line of its own from a test to the fixture's running request, past the host and its signals.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Where a request will call.
pub(crate) struct ControlListener(TcpListener);

impl ControlListener {
    /// Waits for calls.
    pub(crate) async fn open() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// The command that makes the fixture call here.
    pub(crate) fn command(&self) -> String {
        format!("work {}", self.0.local_addr().unwrap())
    }

    /// The request's call, once the request has begun.
    pub(crate) async fn request(&self) -> Control {
        let mut control = Control(BufReader::new(self.0.accept().await.unwrap().0));
        assert_eq!(control.hear().await.as_deref(), Some("started"));
        control
    }
}

/// One end of the line.
pub(crate) struct Control(BufReader<TcpStream>);

impl Control {
    /// Calls a test.
    pub(crate) async fn call(address: &str) -> Self {
        Self(BufReader::new(TcpStream::connect(address).await.unwrap()))
    }

    /// Says a word.
    pub(crate) async fn say(&mut self, word: &str) {
        self.0
            .get_mut()
            .write_all(format!("{word}\n").as_bytes())
            .await
            .unwrap();
    }

    /// The next word; `None` once the other process has ended.
    pub(crate) async fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line).await {
            Ok(read) if read > 0 => Some(line.trim_end().to_owned()),
            _ => None,
        }
    }
}
