//! What was done before it was entered (补录): asked beside a verb's own fields, and told in a history.
//! Not here: when it may have been (services), which verbs ask it (`Verb::is_entered_later`).
//! Deadlines go by the time of entering; the words say so.

use leptos::prelude::*;
use shared::calendar::Instant;
use shared::text::ticket;

use super::form::{Field, use_form};
use super::ticket::When;
use crate::context::say;

/// In milliseconds.
const MINUTE: i64 = 60_000;

/// When something was done; where it was entered later than that, both.
#[component]
pub fn Done(
    /// When it was entered.
    at: Instant,
    /// When it was done, where that was said.
    done_at: Option<Instant>,
) -> impl IntoView {
    // What was entered at once needs no second time.
    match done_at.filter(|done| done.0 + MINUTE <= at.0) {
        Some(done) => view! {
            <span>{say(ticket::DONE)} <When at=done/> {say(ticket::ENTERED)} <When at/></span>
        }
        .into_any(),
        None => view! { <When at/> }.into_any(),
    }
}

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
