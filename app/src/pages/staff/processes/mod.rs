//! The process owner's pages: all definitions, and one of them with its versions, cases, incidents and migrations.
//! Not here: what the forms do (`forms::staff::process`), single cases (`approvals`).
//! Counts are of the whole installation.

mod beside;
mod deploy;
mod findings;
mod list;
mod migration;
mod moved;
mod one;
mod parts;
mod retrace;
mod versions;

use leptos::prelude::*;
use shared::text::process_owner as words;

use crate::components::form::FieldNames;
use crate::context::use_locale;

pub use list::ProcessesPage;
pub use one::ProcessPage;

/// Names of the owner's fields for the lists of errors below.
fn provide_names() {
    let locale = use_locale();
    let names = words::FIELDS.iter().filter_map(|name| {
        let label = words::field(name)?.get(locale);
        Some(((*name).to_owned(), label.to_owned()))
    });
    provide_context(FieldNames(names.collect()));
}
