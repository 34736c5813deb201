//! Asks, beside a verb's own fields, when something was done that is entered later (补录).
//! Not here: when it may have been (services), which verbs ask it (`Verb::is_entered_later`), how it is told (`ticket::Done`).
//! Deadlines go by the time of entering; the words say so.

use leptos::prelude::*;
use shared::text::ticket;

use super::{Field, use_form};
use crate::context::say;

/// Asks, out of the way, when something was done that is entered later (`details.fold.later`); open when that came back.
#[component]
pub fn EnteredLater() -> impl IntoView {
    let form = use_form();
    let typed = !form.initial("done_at", None).is_empty();
    let open = move || typed || form.error("done_at").is_some();
    view! {
        <details class="fold later" open=open>
            <summary>{say(ticket::ENTERED_LATER)}</summary>
            <Field name="done_at" kind="datetime-local" optional=true help=ticket::DONE_AT_HELP/>
        </details>
    }
}
