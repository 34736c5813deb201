//! A runner that is killed: its work is taken up to a point and dropped there, as a process that dies leaves it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Work that ends after so many wake-ups, whatever it was about to do.
pub struct Killed<F> {
    work: Pin<Box<F>>,
    left: u32,
}

/// How many wake-ups each of many lives has: every number at first, then ever more, so that the last ones come to an end on a busy machine too.
pub fn lives() -> impl Iterator<Item = u32> {
    (0..150).scan(0, |wakes: &mut u32, _| {
        *wakes = wakes.saturating_add(1 + *wakes / 10);
        Some(*wakes)
    })
}

/// Lets work run for so many wake-ups; nothing when it was killed before its end.
pub async fn killed_after<F: Future>(wakes: u32, work: F) -> Option<F::Output> {
    Killed {
        work: Box::pin(work),
        left: wakes,
    }
    .await
}

impl<F: Future> Future for Killed<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.work.as_mut().poll(cx).map(Some)
    }
}
