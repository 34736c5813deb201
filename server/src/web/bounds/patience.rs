//! A page whose rendering does not come to an end, though nothing of it runs any more, is rendered once more: the rendering library has open
//! faults where a wake-up is missed (leptos issues 4578, 4673). The one that was met here is mended at its cause (`pages::listing`).
//! A page whose data is still being read is only slow: repeating it would double the load. Nothing here changes anything.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};

/// How long the first rendering may take before it is looked at; ordinary ones need some milliseconds.
const PATIENCE: Duration = Duration::from_secs(3);
/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);

/// Upgraded by every call of the page while it runs.
#[derive(Debug, Clone)]
pub struct Running(pub Weak<()>);

/// Renders a page, and once more when the first rendering is stuck.
pub async fn patience(request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let (running, again) = (Arc::new(()), Arc::new(()));
    let with = |running: &Arc<()>, body: Body| {
        let mut parts = parts.clone();
        parts.extensions.insert(Running(Arc::downgrade(running)));
        Request::from_parts(parts, body)
    };
    let first = next.clone().run(with(&running, body));
    let is_busy = || Arc::strong_count(&running) > 1;
    once_more(PATIENCE, LOOK, first, is_busy, || {
        let route = parts.extensions.get::<MatchedPath>();
        let route = route.map_or("other", MatchedPath::as_str);
        tracing::warn!(route, "a page is rendered again");
        next.run(with(&again, Body::empty()))
    })
    .await
}

/// The first, or another one when the first neither ends nor has been busy at two looks after one another.
async fn once_more<T, F: Future<Output = T>>(
    patience: Duration,
    look: Duration,
    first: impl Future<Output = T>,
    is_busy: impl Fn() -> bool,
    again: impl FnOnce() -> F,
) -> T {
    let mut first = std::pin::pin!(first);
    let mut wait = patience;
    let mut was_busy = true;
    loop {
        if let Ok(done) = tokio::time::timeout(wait, &mut first).await {
            return done;
        }
        let busy = is_busy();
        if !busy && !was_busy {
            break;
        }
        (was_busy, wait) = (busy, look);
    }
    again().await
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(1);

    #[tokio::test]
    async fn what_is_stuck_is_done_again() {
        let stuck = std::future::pending();
        let done = once_more(SOON, SOON, stuck, || false, || async { "again" }).await;
        assert_eq!(done, "again");
    }

    #[tokio::test]
    async fn what_ends_is_done_once() {
        let first = std::future::ready("first");
        let done = once_more(
            PATIENCE,
            LOOK,
            first,
            || false,
            || async { panic!("done already") },
        );
        assert_eq!(done.await, "first");
    }

    #[tokio::test]
    async fn what_is_slow_is_done_once() {
        let running = Arc::new(());
        let held = Arc::clone(&running);
        let first = async move {
            tokio::time::sleep(SOON * 40).await;
            drop(held);
            "first"
        };
        let is_busy = || Arc::strong_count(&running) > 1;
        let done = once_more(SOON, SOON, first, is_busy, || async {
            panic!("it still runs")
        });
        assert_eq!(done.await, "first");
    }
}
