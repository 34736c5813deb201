//! What the replay of a draft of categories came to: counts by kind, and the tickets that differ.
//! Not here: beginning one, its state and its file (`replay`).

use leptos::prelude::*;
use shared::register::{CategoryReplay, Resort, Resorted, Sorted};
use shared::text::register::resort as words;
use shared::text::{staff, time};

use crate::components::ticket::CaseNumber;
use crate::context::{say, use_locale};

/// Counts, and the first tickets that differ.
#[component]
pub fn CategoryReport(report: CategoryReplay) -> impl IntoView {
    let locale = use_locale();
    let sum = words::sum(&report, locale);
    let fact = |label: &'static str, count: i64| {
        view! { <div><dt>{label}</dt><dd class="num">{staff::grouped(count)}</dd></div> }
    };
    let kinds = Resort::ALL
        .iter()
        .filter(|kind| report.of(**kind) > 0)
        .map(|kind| fact(kind.label(locale), report.of(*kind)))
        .collect_view();
    let sums = [
        fact(words::TICKETS.get(locale), report.tickets),
        fact(words::CHANGED.get(locale), report.changed),
    ];
    let table = (!report.first.is_empty()).then(|| view! { <Differences rows=report.first/> });
    view! {
        <p>{sum}</p>
        <dl class="facts compact">{sums.into_iter().collect_view()} {kinds}</dl>
        {table}
    }
}

#[component]
fn Differences(rows: Vec<Resorted>) -> impl IntoView {
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::DIFFERENCES)>
            <table class="table cards">
                <caption>{say(words::DIFFERENCES)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(shared::text::register::replay::TICKET)}</th>
                        <th scope="col">{say(words::KINDS)}</th>
                        <th scope="col">{say(words::WAS)}</th>
                        <th scope="col">{say(words::WOULD_BE)}</th>
                        <th scope="col">{say(words::QUESTIONS)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: Resorted) -> impl IntoView {
    let locale = use_locale();
    let href = format!("/tickets/{}", row.ticket);
    let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind.label(locale)).collect();
    let kinds = kinds.join(" · ");
    let questions = row.questions.join(" ");
    view! {
        <tr>
            <td class="key"><a href=href><CaseNumber number=row.no/></a></td>
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
