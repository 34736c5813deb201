//! What services ask while a request runs: the trace lines of `Ctx::ask`, heard on this thread.
//! Deliberately absent: what ought to be asked (the access table).
//! The test's runtime has one thread, so that a page's own tasks are heard as well.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    Registry,
    layer::{Context, Layer, SubscriberExt},
};

/// The needs that were asked since `clear`.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    /// Listens on this thread as long as the guard lives.
    pub fn begin() -> (Self, DefaultGuard) {
        let heard = Self::default();
        let subscriber = Registry::default().with(heard.clone());
        (heard, tracing::subscriber::set_default(subscriber))
    }

    /// Forgets.
    pub fn clear(&self) {
        self.0.lock().expect("no panic held it").clear();
    }

    /// The needs, as they are printed.
    pub fn needs(&self) -> Vec<String> {
        self.0.lock().expect("no panic held it").clone()
    }
}

impl<S: Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == services::asked::TRACE {
            event.record(&mut Reader(self));
        }
    }
}

struct Reader<'a>(&'a Heard);

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "need" {
            let mut needs = self.0.0.lock().expect("no panic held it");
            needs.push(format!("{value:?}"));
        }
    }
}
