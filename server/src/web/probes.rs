//! What watches the server: is it alive, is it ready, its figures for Prometheus.
//! Deliberately absent: anything about people or tickets beyond counts.
//! `/metrics` should not be reachable from outside; see docs/running.md.

use std::{path::Path, sync::OnceLock};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use serde::Serialize;

use super::Web;
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
        handle
    })
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
    disk: bool,
}

/// Database, schema and disk can serve.
pub async fn ready(State(web): State<Web>) -> Response {
    let (database, schema) = doctor::schema_is_current(&web.services).await;
    let disk = doctor::disk_has_room(Path::new(&web.settings.data_dir));
    let ready = database && schema && disk && !web.stopping.is_cancelled();
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        Json(Readiness {
            ready,
            database,
            schema,
            disk,
        }),
    )
        .into_response()
}

/// Figures in Prometheus's text form.
pub async fn figures() -> Response {
    let handle = recorder();
    handle.run_upkeep();
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], handle.render()).into_response()
}
