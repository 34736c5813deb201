//! Whether the other end is fast enough: in each stretch of waiting for it, some bytes must come.
//! Deliberately absent: what is measured, a body that is read (`metered`) or an answer that is written (`steady`).
//! Only waiting counts: a disk of ours that is slow is nobody's fault but ours.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Instant, Sleep};

/// A stretch of waiting and the least that must come in it.
#[derive(Debug, Clone, Copy)]
pub struct Least {
    /// How long a stretch is; nothing is judged before its end.
    pub stretch: Duration,
    /// Bytes in a stretch.
    pub bytes: u64,
}

/// The measure of one direction of one connection.
#[derive(Debug)]
pub struct Pace {
    least: Least,
    waited: Duration,
    moved: u64,
    since: Option<Instant>,
    end: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    /// Nothing has moved yet.
    pub fn new(least: Least) -> Self {
        Self {
            least,
            waited: Duration::ZERO,
            moved: 0,
            since: None,
            end: None,
        }
    }

    /// The other end lets us wait. Ready when it has been too slow; else wakes at the stretch's end.
    pub fn waits(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let now = Instant::now();
            let since = *self.since.get_or_insert(now);
            let left = self.least.stretch.saturating_sub(self.waited);
            let end = self
                .end
                .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(since + left)));
            ready!(end.as_mut().poll(cx));
            self.pause(Instant::now());
            if self.is_too_slow() {
                return Poll::Ready(());
            }
        }
    }

    /// Bytes have moved. Whether they were too few for the time.
    pub fn moves(&mut self, bytes: usize) -> bool {
        self.pause(Instant::now());
        self.moved = self.moved.saturating_add(bytes as u64);
        self.is_too_slow()
    }

    fn pause(&mut self, now: Instant) {
        if let Some(since) = self.since.take() {
            self.waited += now.saturating_duration_since(since);
        }
        self.end = None;
    }

    /// Judges a stretch that is over, and begins the next.
    fn is_too_slow(&mut self) -> bool {
        if self.waited < self.least.stretch {
            return false;
        }
        let slow = self.moved < self.least.bytes;
        self.waited = Duration::ZERO;
        self.moved = 0;
        slow
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    const LEAST: Least = Least {
        stretch: Duration::from_millis(40),
        bytes: 100,
    };

    #[tokio::test]
    async fn too_few_bytes_in_a_stretch_are_too_slow() {
        let mut pace = Pace::new(LEAST);
        assert!(!pace.moves(99), "no stretch is over");
        let begun = Instant::now();
        poll_fn(|cx| pace.waits(cx)).await;
        assert!(begun.elapsed() >= LEAST.stretch);
    }

    #[tokio::test]
    async fn enough_bytes_give_another_stretch() {
        let mut pace = Pace::new(LEAST);
        assert!(!pace.moves(100));
        let begun = Instant::now();
        poll_fn(|cx| pace.waits(cx)).await;
        assert!(
            begun.elapsed() >= LEAST.stretch * 2,
            "the second one was empty"
        );
    }

    #[tokio::test]
    async fn time_in_which_nobody_waits_does_not_count() {
        let mut pace = Pace::new(LEAST);
        tokio::time::sleep(LEAST.stretch * 2).await;
        assert!(!pace.moves(1), "we were slow, not the other end");
    }
}
