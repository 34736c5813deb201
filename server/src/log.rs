//! The log: to standard error, as text for people or one JSON object a line. Standard output belongs to the commands.
//! Deliberately absent: personal data; services log ids and codes only.
//! Read next: `web::edge`, which opens a span for each request.

use std::io::IsTerminal;

use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::Log;

/// Starts the log; a second start in one process is ignored.
pub fn start(settings: &Log) {
    let level = settings.level.parse::<Targets>().unwrap_or_default();
    let filter = if settings.level.contains('=') {
        level
    } else {
        quiet_libraries(level)
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let layer = if settings.json {
        lines
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .boxed()
    } else {
        lines.with_ansi(std::io::stderr().is_terminal()).boxed()
    };
    tracing_subscriber::registry()
        .with(layer.with_filter(filter))
        .try_init()
        .ok();
}

/// Without directives of their own, libraries speak only of what went wrong.
fn quiet_libraries(targets: Targets) -> Targets {
    use tracing::level_filters::LevelFilter;
    let quiet = [
        "sqlx",
        "sea_orm",
        "sea_orm_migration",
        "hyper",
        "hyper_util",
        "tower_http",
        "h2",
        "leptos",
        "server_fn",
    ];
    targets.with_targets(quiet.map(|name| (name, LevelFilter::WARN)))
}
