//! Two times for one connection: how long the head of a request may take, and how long a connection may be quiet between two requests.
//! Deliberately absent: the time of a body and of an answer (`bounds`), the drain (`listen`).
//! hyper has one timeout for both, so both run here; hyper's own only stands behind them.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Body;
use http_body_util::BodyExt;
use hyper::Response;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::Sleep,
};

/// Whether a request of the connection is in work: its head has come, its answer has not left yet. Counts begins and ends, so that a request
/// that came and went between two reads is noticed: odd while one is in work.
#[derive(Debug, Clone, Default)]
pub(super) struct Busy(Arc<AtomicU64>);

impl Busy {
    /// A head is complete.
    pub(super) fn begin(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }

    /// The answer, which ends the work when its body has been sent or given up.
    pub(super) fn until_sent(&self, answer: Response<Body>) -> Response<Body> {
        let guard = Guard(self.clone());
        answer.map(|body| {
            // The closure lives and dies with the body, and with it the guard.
            Body::new(body.map_err(move |error| {
                let _kept = &guard;
                error
            }))
        })
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}

struct Guard(Busy);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::AcqRel);
    }
}

/// A connection whose heads must be complete in time, and that may be quiet between requests for another time.
pub(super) struct Timed<S> {
    stream: S,
    busy: Busy,
    times: Times,
    /// Runs while something is awaited: a head that has begun, or the next one.
    late: Option<Pin<Box<Sleep>>>,
    /// Whether the next head has not begun yet.
    is_quiet: bool,
    /// The count of `busy` that `late` belongs to.
    seen: u64,
}

/// The two times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// For a head, from its first byte; for the first one from the connection's begin.
    pub(super) head: Duration,
    /// Between two requests.
    pub(super) idle: Duration,
}

impl<S> Timed<S> {
    /// A new connection: its first head is awaited already.
    pub(super) fn new(stream: S, times: Times, busy: Busy) -> Self {
        Self {
            stream,
            busy,
            times,
            late: Some(Box::pin(tokio::time::sleep(times.head))),
            is_quiet: false,
            seen: 0,
        }
    }

    fn wait(&mut self, time: Duration, is_quiet: bool) {
        self.late = Some(Box::pin(tokio::time::sleep(time)));
        self.is_quiet = is_quiet;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let count = this.busy.count();
        let busy = count % 2 == 1;
        if busy {
            this.late = None;
        } else if this.late.is_none() || this.seen != count {
            this.wait(this.times.idle, true);
        }
        this.seen = count;
        let before = buffer.filled().len();
        if let Poll::Ready(done) = Pin::new(&mut this.stream).poll_read(cx, buffer) {
            if this.is_quiet && !busy && buffer.filled().len() > before {
                this.wait(this.times.head, false);
            }
            return Poll::Ready(done);
        }
        let Some(late) = &mut this.late else {
            return Poll::Pending;
        };
        ready!(late.as_mut().poll(cx));
        if this.is_quiet {
            // Nothing was asked: the connection ends as if the client had closed it.
            return Poll::Ready(Ok(()));
        }
        let words = "the head of a request took too long";
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, words)))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const HEAD: Duration = Duration::from_millis(60);
    const IDLE: Duration = Duration::from_millis(400);
    const TIMES: Times = Times {
        head: HEAD,
        idle: IDLE,
    };

    async fn read(timed: &mut Timed<tokio::io::DuplexStream>) -> io::Result<usize> {
        timed.read(&mut [0; 64]).await
    }

    #[tokio::test]
    async fn a_head_has_its_time_from_its_first_byte_on() {
        let (mut client, server) = tokio::io::duplex(1024);
        let busy = Busy::default();
        let mut timed = Timed::new(server, TIMES, busy.clone());
        client
            .write_all(b"GET / HTTP/1.1\r\n\r\n")
            .await
            .expect("writes");
        assert!(read(&mut timed).await.expect("in time") > 0);
        busy.begin();
        drop(busy.until_sent(Response::new(Body::empty())));
        // Longer than a head may take, shorter than the connection may be quiet.
        let quiet = tokio::time::timeout(HEAD * 2, read(&mut timed)).await;
        assert!(quiet.is_err(), "{quiet:?}");
        client.write_all(b"GET").await.expect("writes");
        assert!(read(&mut timed).await.expect("a head begins") > 0);
        let begun = Instant::now();
        let error = read(&mut timed).await.expect_err("it never ends");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() >= HEAD);
    }

    #[tokio::test]
    async fn a_quiet_connection_ends_as_if_it_were_closed() {
        let (_client, server) = tokio::io::duplex(1024);
        let busy = Busy::default();
        let mut timed = Timed::new(server, TIMES, busy.clone());
        busy.begin();
        drop(busy.until_sent(Response::new(Body::empty())));
        timed.late = None;
        let begun = Instant::now();
        assert_eq!(read(&mut timed).await.expect("no error"), 0);
        assert!(begun.elapsed() >= IDLE);
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_gets_the_time_of_a_head() {
        let (_client, server) = tokio::io::duplex(1024);
        let begun = Instant::now();
        let mut timed = Timed::new(server, TIMES, Busy::default());
        assert!(read(&mut timed).await.is_err());
        assert!(begun.elapsed() >= HEAD && begun.elapsed() < IDLE);
    }

    #[tokio::test]
    async fn an_answer_under_way_keeps_the_clock_still() {
        let (mut client, server) = tokio::io::duplex(1024);
        let busy = Busy::default();
        let mut timed = Timed::new(server, TIMES, busy.clone());
        busy.begin();
        let answer = busy.until_sent(Response::new(Body::empty()));
        client.write_all(b"a slow body").await.expect("writes");
        assert!(read(&mut timed).await.expect("reads") > 0);
        let waiting = tokio::time::timeout(IDLE * 2, read(&mut timed)).await;
        assert!(waiting.is_err(), "{waiting:?}");
        drop(answer);
    }
}
