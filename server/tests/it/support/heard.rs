//! What services ask while a request runs, and what is written into the log: the trace lines of `Ctx::ask` and all others, heard on this thread.
//! Deliberately absent: what ought to be asked (the access table).
//! The test's runtime has one thread, so that a page's own tasks are heard as well. The layer belongs to the process's one subscriber
//! (`listen` beside this): beside a subscriber of a single thread, the database's threads would close spans of the one in the other and end.

use std::{cell::RefCell, fmt::Debug};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id},
};
use tracing_subscriber::layer::{Context, Layer};

thread_local! {
    /// The needs that were asked on this thread, while somebody listens.
    static NEEDS: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
    /// What was written into the log on this thread, word by word, while somebody reads along.
    static WRITTEN: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// The needs that were asked since `clear`, until this is dropped.
pub struct Heard(());

impl Heard {
    /// Listens on this thread.
    pub fn begin() -> Self {
        NEEDS.set(Some(Vec::new()));
        Self(())
    }

    /// Forgets.
    pub fn clear(&self) {
        NEEDS.set(Some(Vec::new()));
    }

    /// The needs, as they are printed.
    pub fn needs(&self) -> Vec<String> {
        NEEDS.with_borrow(|needs| needs.clone().unwrap_or_default())
    }
}

impl Drop for Heard {
    fn drop(&mut self) {
        NEEDS.set(None);
    }
}

/// Hears for every thread that listens.
pub struct Ear;

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == services::asked::TRACE {
            event.record(&mut Reader);
        }
    }
}

struct Reader;

impl Visit for Reader {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "need" {
            NEEDS.with_borrow_mut(|needs| {
                if let Some(needs) = needs {
                    needs.push(format!("{value:?}"));
                }
            });
        }
    }
}

/// The words of the log on this thread, until this is dropped.
pub struct Written(());

impl Written {
    /// Reads along on this thread.
    pub fn begin() -> Self {
        WRITTEN.set(Some(Vec::new()));
        Self(())
    }

    /// The value of each field of each line and span since the beginning, as it was given.
    pub fn words(&self) -> Vec<String> {
        WRITTEN.with_borrow(|words| words.clone().unwrap_or_default())
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        WRITTEN.set(None);
    }
}

/// Writes down for every thread that reads along.
pub struct Scribe;

impl<S: Subscriber> Layer<S> for Scribe {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        attributes.record(&mut Writer);
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // A slow statement is written by the driver in several lines, without its values.
        if !event.metadata().target().starts_with("sqlx") {
            event.record(&mut Writer);
        }
    }
}

struct Writer;

impl Visit for Writer {
    fn record_str(&mut self, _: &Field, value: &str) {
        keep(value.to_owned());
    }

    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        keep(format!("{value:?}"));
    }
}

fn keep(word: String) {
    WRITTEN.with_borrow_mut(|words| {
        if let Some(words) = words {
            words.push(word);
        }
    });
}
