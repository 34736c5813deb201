//! Small facts of a ticket: its number, its state, an instant in words.
//! Not here: the light (`light`), the timeline (`timeline`).
//! Numbers and times have digits of one width (`.num`, `time`).

use leptos::prelude::*;
use shared::calendar::Instant;
use shared::text::{Locale, clock, ticket};
use shared::ticket::view::OwnView;
use shared::ticket::{AssignmentStatus, TicketNo, TicketState};

use crate::context::{say, use_locale, use_now};

/// In milliseconds.
const MINUTE: i64 = 60_000;

/// A ticket number in groups, copyable as 22 digits (`.ticket-no`).
#[component]
pub fn TicketNumber(
    /// The number.
    ticket_no: TicketNo,
    /// In large type, for pages about this one ticket.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let class = if large {
        "ticket-no large"
    } else {
        "ticket-no"
    };
    // Groups are drawn apart by spans, so that what is selected and copied has no spaces.
    let digits = ticket_no.as_str().to_owned();
    let group =
        |from: usize, to: usize| view! { <span class="group">{digits[from..to].to_owned()}</span> };
    view! { <span class=class translate="no">{group(0, 6)}{group(6, 14)}{group(14, 16)}{group(16, 22)}</span> }
}

/// A number that is a ticket's, or begins with one as a directive's does: the ticket's digits in groups, the rest as it stands.
#[component]
pub fn CaseNumber(
    /// The number.
    number: String,
) -> impl IntoView {
    let (head, rest) = match number.split_once('-') {
        Some((head, rest)) => (head, format!("-{rest}")),
        None => (number.as_str(), String::new()),
    };
    match TicketNo::parse(head) {
        Some(ticket_no) => {
            view! { <span translate="no"><TicketNumber ticket_no/>{rest}</span> }.into_any()
        }
        None => view! { <span class="num" translate="no">{number}</span> }.into_any(),
    }
}

/// The state of a ticket (`.badge.state`).
#[component]
pub fn StateBadge(
    /// The state.
    state: TicketState,
) -> impl IntoView {
    view! { <span class="badge state" data-state=state.as_str()>{state.label(use_locale())}</span> }
}

/// The status of an assignment (`.badge.state`).
#[component]
pub fn StatusBadge(
    /// The status.
    status: AssignmentStatus,
) -> impl IntoView {
    view! { <span class="badge state" data-status=status.as_str()>{status.label(use_locale())}</span> }
}

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

/// An instant in words with its exact value for machines.
#[component]
pub fn When(
    /// The instant.
    at: Instant,
) -> impl IntoView {
    view! { <time datetime=at.rfc3339()>{clock::date_time(at, use_now(), use_locale())}</time> }
}

/// Answers to the office's own fields, whose names are data.
pub fn own_facts(answers: &[OwnView], locale: Locale) -> impl IntoView + use<> {
    let line = |answer: &OwnView| {
        let (name, shown) = match locale {
            Locale::Zh => (answer.zh.clone(), answer.shown_zh.clone()),
            Locale::En => (answer.en.clone(), answer.shown_en.clone()),
        };
        view! { <div><dt>{name}</dt><dd>{shown}</dd></div> }
    };
    answers.iter().map(line).collect_view()
}
