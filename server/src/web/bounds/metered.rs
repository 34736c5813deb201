//! A request's body as handlers read it: counted against the route's length, the memory for bodies and the least pace.
//! Deliberately absent: which bounds a route has (`mod`).
//! What is left of a body that nobody wants is read and dropped for a moment, so that the answer is not lost in a reset connection.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::{
    budget::{Held, Trouble},
    pace::{Least, Pace},
};

/// How much of an unwanted body is read away.
const LINGER: usize = 1 << 20;
/// How long it is read away.
const LINGER_TIME: Duration = Duration::from_secs(2);

/// The body with its counters.
pub struct Metered {
    inner: Body,
    held: Arc<Held>,
    /// Bytes that may still come.
    left: u64,
    pace: Pace,
    /// Whether the rest is worth reading away.
    lingers: bool,
    /// Whether a frame has just been given: a reader that takes all there is (multipart does) looks at it before the next one.
    pauses: bool,
}

impl Metered {
    /// `most` bytes altogether; `lingers` unless the sender waits for our word before it sends.
    pub fn new(inner: Body, held: Arc<Held>, most: usize, least: Least, lingers: bool) -> Self {
        Self {
            inner,
            held,
            left: most as u64,
            pace: Pace::new(least),
            lingers,
            pauses: false,
        }
    }

    fn count(&mut self, bytes: usize) -> Result<(), Trouble> {
        let slow = self.pace.moves(bytes);
        match self.left.checked_sub(bytes as u64) {
            None => Err(self.held.note(Trouble::TooLarge)),
            Some(_) if slow => Err(self.held.note(Trouble::TooSlow)),
            Some(left) => {
                self.left = left;
                self.held.take(bytes)
            }
        }
    }
}

impl HttpBody for Metered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        if std::mem::take(&mut this.pauses) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match Pin::new(&mut this.inner).poll_frame(cx) {
            Poll::Pending => match this.pace.waits(cx) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(()) => {
                    this.lingers = false;
                    let trouble = this.held.note(Trouble::TooSlow);
                    Poll::Ready(Some(Err(axum::Error::new(trouble))))
                }
            },
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                this.pauses = true;
                match this.count(bytes) {
                    Ok(()) => Poll::Ready(Some(Ok(frame))),
                    Err(trouble) => Poll::Ready(Some(Err(axum::Error::new(trouble)))),
                }
            }
            Poll::Ready(other) => Poll::Ready(other),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Metered {
    fn drop(&mut self) {
        if !self.lingers || self.inner.is_end_stream() {
            return;
        }
        let rest = std::mem::take(&mut self.inner);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(LINGER_TIME, read_away(rest)));
        }
    }
}

async fn read_away(mut rest: Body) {
    let mut read = 0;
    while let Some(Ok(frame)) = rest.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > LINGER {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::bounds::budget::Budget;

    fn metered(body: Body, budget: &Budget, most: usize) -> (Body, Arc<Held>) {
        let least = Least {
            stretch: Duration::from_millis(30),
            bytes: 10,
        };
        let held = budget.part(most);
        (
            Body::new(Metered::new(body, Arc::clone(&held), most, least, true)),
            held,
        )
    }

    #[tokio::test]
    async fn a_body_holds_memory_until_its_request_is_answered() {
        let budget = Budget::new(1000);
        let (body, held) = metered(Body::from("a".repeat(400)), &budget, 500);
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("reads");
        assert_eq!((bytes.len(), budget.held()), (400, 400));
        drop(held);
        assert_eq!(budget.held(), 0);
    }

    #[tokio::test]
    async fn too_long_and_too_slow_bodies_end() {
        let budget = Budget::new(1000);
        let (body, held) = metered(Body::from("a".repeat(501)), &budget, 500);
        assert!(axum::body::to_bytes(body, usize::MAX).await.is_err());
        assert_eq!(held.trouble(), Some(Trouble::TooLarge));
        let never = futures::stream::pending::<Result<Bytes, std::io::Error>>();
        let (body, held) = metered(Body::from_stream(never), &budget, 500);
        assert!(axum::body::to_bytes(body, usize::MAX).await.is_err());
        assert_eq!(held.trouble(), Some(Trouble::TooSlow));
    }
}
