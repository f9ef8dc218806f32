//! The body of an answer, delivered whole, in drops, padded or cut.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::answer::{Answer, Delivery};

/// How much padding is sent at once.
const PADDING: &[u8] = &[b' '; 64 * 1024];

/// What is still to be sent.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    data: Bytes,
    /// The size of the pieces and the pause after each.
    drops: Option<(usize, Duration)>,
    /// The connection ends when so many bytes are left.
    cut_at: usize,
    /// Spaces to be sent once so many bytes are left.
    padding: Option<(usize, u64)>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl AnswerBody {
    pub(crate) fn of(answer: &mut Answer) -> Self {
        let data = Bytes::from(std::mem::take(&mut answer.body));
        let length = data.len();
        let mut body = Self {
            data,
            drops: None,
            cut_at: 0,
            padding: None,
            pause: None,
        };
        match answer.delivery {
            Delivery::Drip { bytes, pause, cut } => {
                let bytes = bytes.max(1);
                body.drops = Some((bytes, pause));
                body.cut_at = if cut { bytes.min(length) } else { 0 };
            }
            Delivery::Padded { at, bytes } => {
                body.padding = Some((length.saturating_sub(at), bytes));
            }
            Delivery::Cut => {
                body.drops = Some(((length / 2).max(1), Duration::from_millis(1)));
                body.cut_at = length.div_ceil(2);
            }
            Delivery::Whole | Delivery::Reset | Delivery::Close | Delivery::Never => {}
        }
        body
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        if self.cut_at > 0 && self.data.len() <= self.cut_at {
            return Poll::Ready(Some(Err(io::Error::other(
                "the connection is cut on purpose",
            ))));
        }
        let mut size = self.data.len();
        if let Some((left, spaces)) = self.padding {
            if self.data.len() > left {
                size = self.data.len() - left;
            } else if spaces > 0 {
                let now = spaces.min(PADDING.len() as u64);
                self.padding = Some((left, spaces - now));
                let now = usize::try_from(now).unwrap_or(PADDING.len());
                return Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&PADDING[..now])))));
            }
        }
        if self.data.is_empty() {
            return Poll::Ready(None);
        }
        if let Some((bytes, pause)) = self.drops {
            size = size.min(bytes);
            self.pause = Some(Box::pin(sleep(pause)));
        }
        let piece = self.data.split_to(size);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_empty() && self.padding.is_none_or(|(_, spaces)| spaces == 0)
    }

    fn size_hint(&self) -> SizeHint {
        if self.padding.is_some() {
            return SizeHint::default();
        }
        SizeHint::with_exact(self.data.len() as u64)
    }
}
