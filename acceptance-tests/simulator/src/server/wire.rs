//! A TCP stream that can be told to misbehave.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// What a connection has been told. Orders hold from the next read or write on.
#[derive(Debug, Default, Clone)]
pub(crate) struct Orders {
    /// End with a reset rather than with an orderly close.
    pub(crate) reset: bool,
    /// Write at most so many bytes at once, with a pause after each.
    pub(crate) slices: Option<(usize, Duration)>,
    /// Wait so long before closing.
    pub(crate) slow_close: Option<Duration>,
}

/// Orders that the connection's stream and its requests share.
#[derive(Debug, Default, Clone)]
pub(crate) struct SharedOrders(Arc<Mutex<Orders>>);

impl SharedOrders {
    pub(crate) fn change(&self, change: impl FnOnce(&mut Orders)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn now(&self) -> Orders {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    orders: SharedOrders,
    pause: Option<Pin<Box<Sleep>>>,
    closing: bool,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream, orders: SharedOrders) -> Self {
        Self {
            stream,
            orders,
            pause: None,
            closing: false,
        }
    }

    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        Poll::Ready(())
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_pause(context));
        let Some((size, pause)) = self.orders.now().slices else {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        };
        let slice = &bytes[..bytes.len().min(size.max(1))];
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, slice))?;
        self.pause = Some(Box::pin(sleep(pause)));
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.closing {
            self.closing = true;
            self.pause = self
                .orders
                .now()
                .slow_close
                .map(|wait| Box::pin(sleep(wait)));
        }
        ready!(self.poll_pause(context));
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.orders.now().reset {
            // Without lingering, closing sends a reset. Where the system refuses, an orderly close has to do.
            let _ = self.stream.set_zero_linger();
        }
    }
}
