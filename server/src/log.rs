//! The log: to standard error, as text for people or one JSON object a line. Standard output belongs to the commands.
//! Deliberately absent: personal data; services log ids and codes only.
//! Verbs on tickets are counted here as well: the services say each once, and know nothing of figures.

use std::{fmt, io::IsTerminal};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer, filter::Targets, layer::Context, layer::SubscriberExt, util::SubscriberInitExt,
};

use crate::config::Log;

/// The target under which services say that a verb was done or refused.
pub const VERB: &str = "minsheng::verb";

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
            .with_span_list(true)
            .boxed()
    } else {
        lines.with_ansi(std::io::stderr().is_terminal()).boxed()
    };
    let lines = layer.with_filter(filter);
    let verbs = Verbs.with_filter(Targets::new().with_target(VERB, tracing::Level::INFO));
    tracing_subscriber::registry()
        .with(lines)
        .with(verbs)
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
    targets
        .with_targets(quiet.map(|name| (name, LevelFilter::WARN)))
        // A database that goes away breaks every connection of a pool; the services say so once.
        .with_target("sqlx_core::pool", LevelFilter::ERROR)
}

/// Counts verbs by outcome: `ok` or the fault's code.
struct Verbs;

impl<S: Subscriber> Layer<S> for Verbs {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut words = Words::default();
        event.record(&mut words);
        let labels = [("verb", words.verb), ("outcome", words.outcome)];
        metrics::counter!("minsheng_ticket_verbs_total", &labels).increment(1);
    }
}

#[derive(Default)]
struct Words {
    verb: String,
    outcome: String,
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "verb" => value.clone_into(&mut self.verb),
            "outcome" => value.clone_into(&mut self.outcome),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}
