//! A replay of recent tickets: its card with the button that begins one, how the newest one stands, what it came to, and the tickets that differ.
//! Not here: what is counted and what is said of a ticket (`lists::replay`, `lists::resort`, `processes::retrace`).
//! Reads and begins without script; "refresh" is a link.

use leptos::prelude::*;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::job::JobPhase;
use shared::text::register::replay as words;
use shared::text::{Text, job, staff};

use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale};

/// Where a replay is begun.
pub struct Begin {
    /// The path of its handler.
    pub action: String,
    /// Version of what is replayed, where it can have changed.
    pub version: Option<String>,
}

/// The card.
#[component]
pub fn Card(
    /// Its id on the page.
    id: &'static str,
    title: Text,
    help: Text,
    /// Said before the first one.
    not_done: Text,
    /// What a form has done.
    note: Option<AnyView>,
    /// How the newest one stands (`Stand`).
    stand: Option<AnyView>,
    /// Whether it is under way.
    is_open: bool,
    /// The page with the card, to look again.
    refresh: String,
    /// Where another one is begun, by whoever may.
    begin: Option<Begin>,
) -> impl IntoView {
    let label = if stand.is_some() {
        words::AGAIN
    } else {
        words::RUN
    };
    let run = begin.filter(|_| !is_open).map(|begin| {
        let Begin { action, version } = begin;
        view! {
            <Form action=action prefix=format!("{id}-") class="verb-form" label=say(title)>
                {version.map(|version| view! { <Hidden name="version" value=Signal::stored(version)/> })}
                <p><SubmitButton label class=""/></p>
            </Form>
        }
    });
    let refresh =
        is_open.then(|| view! { <p><a class="button" href=refresh>{say(job::REFRESH)}</a></p> });
    let stand = stand.unwrap_or_else(|| view! { <p class="muted">{say(not_done)}</p> }.into_any());
    view! {
        <section class="card stack tight" aria-labelledby=id>
            <h2 class="section-title" id=id>{say(title)}</h2>
            <p class="help">{say(help)}</p>
            {note}
            {stand}
            {refresh}
            {run}
        </section>
    }
}

/// How it stands with a replay.
#[component]
pub fn Stand(
    phase: JobPhase,
    /// When it was asked for.
    at: Instant,
    /// What is to be known beside it.
    note: Option<AnyView>,
    /// What it came to (`CameTo`).
    came_to: Option<AnyView>,
    /// Said where it ended without.
    no_result: Text,
) -> impl IntoView {
    let locale = use_locale();
    let came_to = came_to.unwrap_or_else(|| {
        let why = if phase.is_open() {
            words::RUNS
        } else {
            no_result
        };
        view! { <p>{say(why)}</p> }.into_any()
    });
    view! {
        <p class="row">
            <span class="badge state" data-job=phase.as_str()>{phase.label(locale)}</span>
            <When at/>
        </p>
        {note}
        {came_to}
    }
}

/// What a replay came to: a sentence, counts, and the first tickets that differ.
#[component]
pub fn CameTo(
    /// The sentence.
    sum: String,
    /// What was counted.
    counts: Vec<(&'static str, i64)>,
    /// What the table is.
    caption: Text,
    /// Heads of its columns.
    heads: &'static [Text],
    /// Its lines.
    lines: Vec<AnyView>,
) -> impl IntoView {
    let count = |(label, count): (&'static str, i64)| {
        view! { <div><dt>{label}</dt><dd class="num">{staff::grouped(count)}</dd></div> }
    };
    let counts = counts.into_iter().map(count).collect_view();
    let head = |head: &Text| view! { <th scope="col">{say(*head)}</th> };
    let heads = heads.iter().map(head).collect_view();
    let table = (!lines.is_empty()).then(|| {
        view! {
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(caption)>
                <table class="table cards">
                    <caption>{say(caption)}</caption>
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <p>{sum}</p>
        <dl class="facts compact">{counts}</dl>
        {table}
    }
}

/// The first cell of a line: the ticket.
#[component]
pub fn TicketCell(ticket: TicketId, no: String) -> impl IntoView {
    let href = format!("/tickets/{ticket}");
    view! { <td class="key num-left"><a href=href><CaseNumber number=no/></a></td> }
}
