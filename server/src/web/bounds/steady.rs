//! A connection whose other end must take the answer: whoever reads too slowly loses the connection.
//! Deliberately absent: the pace of a request's body (`metered`), the time of heads and quiet connections.
//! What the operating system buffers is out of our sight and costs us nothing.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::pace::{Least, Pace};

/// The connection with the pace of its writes.
pub struct Steady<S> {
    stream: S,
    pace: Pace,
}

impl<S> Steady<S> {
    /// A new connection.
    pub fn new(stream: S, least: Least) -> Self {
        Self {
            stream,
            pace: Pace::new(least),
        }
    }

    fn judge(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let slow = match &written {
            Poll::Pending => self.pace.waits(cx).is_ready(),
            Poll::Ready(Ok(bytes)) => self.pace.moves(*bytes),
            Poll::Ready(Err(_)) => false,
        };
        if slow {
            let words = "the answer is taken too slowly";
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, words)));
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Steady<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Steady<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.judge(cx, written)
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
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, parts);
        this.judge(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::AsyncWriteExt;

    use super::*;

    #[tokio::test]
    async fn an_answer_that_nobody_takes_ends() {
        let (_client, server) = tokio::io::duplex(64);
        let least = Least {
            stretch: Duration::from_millis(30),
            bytes: 1000,
        };
        let mut steady = Steady::new(server, least);
        let error = steady
            .write_all(&[0; 4096])
            .await
            .expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
