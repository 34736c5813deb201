//! Taking connections: as many as allowed, each with a limit on how long its head may take (trap P-15) and how long it may be quiet, until told to stop.
//! Deliberately absent: TLS and HTTP/2, which the proxy in front speaks.
//! After the signal no connection is taken, running requests are finished within the drain time.

mod idle;

use std::{sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use self::idle::{Busy, Timed, Times};
use super::{
    bounds::{addresses::Addresses, steady::Steady},
    client::Peer,
};
use crate::config;

/// Serves until `stop`, then drains.
///
/// # Errors
/// When the listening socket itself fails for good.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: &config::Web,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let slots = Arc::new(Semaphore::new(settings.max_connections));
    let addresses = Addresses::new(settings);
    let graceful = GracefulShutdown::new();
    let times = Times {
        head: settings.header_timeout,
        idle: settings.idle_timeout,
    };
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(times.idle + times.head)
        .max_buf_size(64 << 10)
        .max_headers(100)
        .half_close(false);
    loop {
        let slot = tokio::select! {
            slot = Arc::clone(&slots).acquire_owned() => slot,
            () = stop.cancelled() => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(both) => both,
            Err(error) => {
                // Out of file handles and the like: pass with time, never with a busy loop.
                tracing::warn!(cause = %error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Some(place) = addresses.enter(peer.ip()) else {
            metrics::counter!("minsheng_address_refused_total", "at" => "connection").increment(1);
            continue;
        };
        stream.set_nodelay(true).ok();
        let stream = Steady::new(stream, settings.least());
        let router = router.clone();
        let busy = Busy::default();
        let stream = Timed::new(stream, times, busy.clone());
        let service = hyper::service::service_fn(move |request: hyper::Request<_>| {
            busy.begin();
            let busy = busy.clone();
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            let answer = router.clone().oneshot(request);
            async move { answer.await.map(|answer| busy.until_sent(answer)) }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(cause = %error, "a connection ended early");
            }
            drop((slot, place));
        });
    }
    drop(listener);
    let running = graceful.count();
    if tokio::time::timeout(settings.drain, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(running, "some requests were not finished in the drain time");
    }
    Ok(())
}
