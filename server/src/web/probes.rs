//! What watches the server: is it alive, is it ready, its figures for Prometheus.
//! Deliberately absent: anything about people or tickets beyond counts.
//! `/metrics` and the parts of readiness are for this machine, configured networks and whoever has the token; see docs/running.md.

use std::{path::Path, sync::OnceLock};

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use serde::Serialize;
use shared::{fault::Code, text::edge};

use super::{
    Web,
    client::{self, Peer},
    locale,
};
use crate::doctor;

/// Seconds; from a cached answer to the time-out.
const BUCKETS: &[f64] = &[
    0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// The one recorder of the process.
pub fn recorder() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let name = Matcher::Full("minsheng_request_seconds".into());
        let builder = PrometheusBuilder::new();
        let builder = builder
            .set_buckets_for_metric(name, BUCKETS)
            .unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another recorder of figures is in place already");
        }
        metrics::describe_counter!(
            "minsheng_requests_total",
            "Requests by method, route and status"
        );
        metrics::describe_histogram!(
            "minsheng_request_seconds",
            "Seconds until an answer began, by route"
        );
        metrics::describe_counter!(
            "minsheng_ticket_verbs_total",
            "Verbs on tickets, by verb and outcome"
        );
        metrics::describe_counter!(
            "minsheng_alarms_total",
            "Things that happen more often than work explains, by name"
        );
        metrics::describe_counter!("minsheng_panics_total", "Requests that panicked");
        describe_refusals();
        describe_gauges();
        handle
    })
}

fn describe_refusals() {
    use metrics::describe_counter;
    describe_counter!(
        "minsheng_tries_refused_total",
        "Tries beyond the bound of an address or person, by what was tried"
    );
    describe_counter!(
        "minsheng_lookup_alarms_total",
        "Look-ups beyond the bound of everybody together"
    );
    describe_counter!(
        "minsheng_address_refused_total",
        "Connections and requests beyond the bound of an address"
    );
    describe_counter!(
        "minsheng_incoming_bad_total",
        "Files among the incoming mails that are none, or larger than is taken"
    );
    metrics::describe_gauge!(
        "minsheng_bodies_bytes",
        "Memory that the bodies of requests hold"
    );
}

fn describe_gauges() {
    use metrics::describe_gauge;
    describe_gauge!("minsheng_disk_free_bytes", "Free space in the data folder");
    describe_gauge!(
        "minsheng_messages_waiting",
        "Messages that wait for delivery"
    );
    describe_gauge!("minsheng_messages_failed", "Messages that were given up");
    describe_gauge!(
        "minsheng_oldest_message_seconds",
        "Age of the oldest waiting message"
    );
    describe_gauge!(
        "minsheng_audit_pending",
        "Audit rows that are not linked yet"
    );
    describe_gauge!(
        "minsheng_audit_unsigned_seconds",
        "Age of the newest checkpoint while newer rows are unsigned"
    );
    describe_gauge!(
        "minsheng_check_findings",
        "What the newest nightly check found that does not fit"
    );
    describe_gauge!(
        "minsheng_check_age_seconds",
        "Time since the newest nightly check ended"
    );
    describe_gauge!("minsheng_feed_waiting", "Changes that have no number yet");
    describe_gauge!(
        "minsheng_feed_unread",
        "Changes that the slowest consumer has not read"
    );
    describe_gauge!(
        "minsheng_feed_lag_seconds",
        "Age of the oldest change that some consumer has not read"
    );
    describe_gauge!(
        "minsheng_feed_lost",
        "Changes that were removed before they were read"
    );
    describe_gauge!(
        "minsheng_clock_jumps",
        "Jumps of the machine's clock that were noticed"
    );
    describe_gauge!(
        "minsheng_clock_last_jump_seconds",
        "By how much it jumped last"
    );
}

/// The process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// One line of the readiness answer.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    database: bool,
    schema: bool,
    /// A write is committed and found again through another connection; asked at most every few seconds.
    writer: bool,
    disk: bool,
}

/// Database, schema, writer and disk can serve.
pub async fn ready(
    State(web): State<Web>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Response {
    let (database, schema) = doctor::schema_is_current(&web.services).await;
    let writer = schema && web.services.store().writer_is_sound().await.is_ok();
    let disk = doctor::disk_has_room(Path::new(&web.settings.data_dir));
    let ready = database && schema && writer && disk && !web.stopping.is_cancelled();
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    if !may_look(&web, peer.map(|Extension(peer)| peer), &headers) {
        return (status, Json(serde_json::json!({ "ready": ready }))).into_response();
    }
    (
        status,
        Json(Readiness {
            ready,
            database,
            schema,
            writer,
            disk,
        }),
    )
        .into_response()
}

/// Whether the caller may see more than that the server answers: this machine, a configured network, or whoever has the token.
fn may_look(web: &Web, peer: Option<Peer>, headers: &HeaderMap) -> bool {
    let settings = &web.settings.web;
    let ip = client::of(peer, headers, &settings.trusted_proxies).ip;
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let has_token = settings
        .metrics_token
        .as_deref()
        .zip(shown)
        .is_some_and(|(token, shown)| {
            aws_lc_rs::constant_time::verify_slices_are_equal(token.as_bytes(), shown.as_bytes())
                .is_ok()
        });
    ip.is_loopback()
        || settings
            .metrics_networks
            .iter()
            .any(|net| net.contains(&ip.to_canonical()))
        || has_token
}

/// What a job has looked up a minute ago, and the free space, which costs nothing to ask.
fn set_gauges(web: &Web) {
    use metrics::gauge;
    if let Some(free) = doctor::room(&web.settings.data_dir) {
        gauge!("minsheng_disk_free_bytes").set(free as f64);
    }
    gauge!("minsheng_bodies_bytes").set(web.bodies.held() as f64);
    let Some(figures) = web.services.figures() else {
        return;
    };
    let vitals = figures.vitals;
    gauge!("minsheng_messages_waiting").set(vitals.messages_waiting as f64);
    gauge!("minsheng_messages_failed").set(vitals.messages_failed as f64);
    gauge!("minsheng_oldest_message_seconds").set(figures.message_seconds() as f64);
    gauge!("minsheng_audit_pending").set(vitals.audit_pending as f64);
    gauge!("minsheng_audit_unsigned_seconds").set(figures.checkpoint_seconds() as f64);
    if let Some((at, findings)) = figures.checked {
        gauge!("minsheng_check_findings").set(findings as f64);
        gauge!("minsheng_check_age_seconds").set((figures.at.0 - at.0) as f64 / 1000.0);
    }
    gauge!("minsheng_feed_waiting").set(vitals.feed_waiting as f64);
    gauge!("minsheng_feed_unread").set(vitals.feed_unread as f64);
    gauge!("minsheng_feed_lag_seconds").set(figures.feed_seconds() as f64);
    gauge!("minsheng_feed_lost").set(vitals.feed_lost as f64);
    gauge!("minsheng_clock_jumps").set(figures.clock_jumps as f64);
    gauge!("minsheng_clock_last_jump_seconds").set(figures.last_jump as f64 / 1000.0);
}

/// Figures in Prometheus's text form, for those who may look.
pub async fn figures(
    State(web): State<Web>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Response {
    if !may_look(&web, peer.map(|Extension(peer)| peer), &headers) {
        let words = edge::FIGURES_CLOSED.get(locale::wished(&headers));
        let told = serde_json::json!({ "code": Code::AccessDenied, "message": words });
        return (StatusCode::FORBIDDEN, Json(told)).into_response();
    }
    let handle = recorder();
    set_gauges(&web);
    handle.run_upkeep();
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], handle.render()).into_response()
}
