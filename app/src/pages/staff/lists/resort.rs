//! What the replay of a draft of categories came to: counts by kind, and the tickets that differ.
//! Not here: beginning one, its state and its file (`replay`).

use leptos::prelude::*;
use shared::register::{CategoryReplay, Resort, Resorted, Sorted};
use shared::text::register::{replay, resort as words};
use shared::text::{Text, time};

use crate::context::{say, use_locale};
use crate::pages::staff::replays::{CameTo, TicketCell};

/// Heads of the table.
static HEADS: [Text; 5] = [
    replay::TICKET,
    words::KINDS,
    words::WAS,
    words::WOULD_BE,
    words::QUESTIONS,
];

/// Counts, and the first tickets that differ.
#[component]
pub fn CategoryReport(report: CategoryReplay) -> impl IntoView {
    let locale = use_locale();
    let sum = words::sum(&report, locale);
    let mut counts = vec![
        (say(words::TICKETS), report.tickets),
        (say(words::CHANGED), report.changed),
    ];
    let kinds = Resort::ALL.iter();
    let kinds = kinds.map(|kind| (kind.label(locale), report.of(*kind)));
    counts.extend(kinds.filter(|(_, count)| *count > 0));
    let line = |row: Resorted| view! { <Line row/> }.into_any();
    let lines: Vec<AnyView> = report.first.into_iter().map(line).collect();
    view! { <CameTo sum counts caption=words::DIFFERENCES heads={&HEADS} lines/> }
}

#[component]
fn Line(row: Resorted) -> impl IntoView {
    let locale = use_locale();
    let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind.label(locale)).collect();
    let kinds = kinds.join(" · ");
    let questions = row.questions.join(" ");
    view! {
        <tr>
            <TicketCell ticket=row.ticket no=row.no/>
            <td data-label=say(words::KINDS)>{kinds}</td>
            <td data-label=say(words::WAS)><Side side=row.was/></td>
            <td data-label=say(words::WOULD_BE)><Side side=row.would_be/></td>
            <td data-label=say(words::QUESTIONS)><code translate="no">{questions}</code></td>
        </tr>
    }
}

/// A category with its limit and unit.
#[component]
fn Side(side: Sorted) -> impl IntoView {
    let locale = use_locale();
    let category = match side.category {
        None => view! { {say(words::NO_CATEGORY)} }.into_any(),
        Some(code) => {
            let name = side.name.unwrap_or_default();
            view! { <code translate="no">{code}</code> " " <span lang="zh-CN">{name}</span> }
                .into_any()
        }
    };
    let limit = side
        .limit
        .map(|said| view! { <br/> {time::limit(said.into(), locale)} });
    let unit = side
        .unit
        .map(|unit| view! { <br/> <code translate="no">{unit}</code> });
    view! { {category} {limit} {unit} }
}
