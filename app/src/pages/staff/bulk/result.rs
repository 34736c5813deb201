//! What became of an act on many tickets: one line each. Loading it again repeats nothing.
//! Not here: the look before (the module above).
//! What was not done leads back to a new look, with the versions of now.

use leptos::prelude::*;
use shared::text::bulk as words;
use shared::ticket::bulk::{BulkDone, BulkOutcome, BulkResult};

use crate::api::staff::todo::read_bulk_result;
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::context::{say, use_locale};

/// `/bulk/:id`
#[component]
pub fn BulkResultPage() -> impl IntoView {
    view! {
        <StaffPage path="/bulk/:id" title=fixed(words::RESULTS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_id(read_bulk_result);
    let show = |found: BulkResult| view! { <Results found/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Results(found: BulkResult) -> impl IntoView {
    let locale = use_locale();
    let is_done =
        |row: &&BulkDone| matches!(row.outcome, BulkOutcome::Done | BulkOutcome::Proposed);
    let done = found.rows.iter().filter(is_done).count();
    let all = found.rows.len();
    let rest = found.rows.iter().filter(|row| !is_done(row));
    let rest: Vec<String> = rest.map(|row| format!("&ticket={}", row.ticket)).collect();
    let again = (!rest.is_empty()).then(|| {
        let href = format!("/bulk?act={}{}", found.act, rest.concat());
        view! { <a class="button" href=href>{say(words::AGAIN)}</a> }
    });
    let class = if done == all { "note ok" } else { "note warn" };
    let lines = found
        .rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="stack">
            <p class=class role="status"><b>{found.act.label(locale)}</b> " · " {words::done(done, all, locale)}</p>
            <p class="muted small">{say(words::AT)} " " <When at=found.at/> " · " {say(words::SAFE)}</p>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::RESULTS)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::TICKET)}</th>
                            <th scope="col">{say(words::OUTCOME)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p class="row">{again} <a class="button" href="/tasks">{say(words::TO_TASKS)}</a></p>
        </div>
    }
}

#[component]
fn Line(row: BulkDone) -> impl IntoView {
    let locale = use_locale();
    let number = match row.ticket_no {
        Some(number) => {
            let href = format!("/tickets/{}", row.ticket);
            view! { <a href=href><TicketNumber ticket_no=number/></a> }.into_any()
        }
        None => view! { <span class="muted">{say(words::OUT_OF_REACH)}</span> }.into_any(),
    };
    let why = row.words.map(|why| view! { " " <span>{why}</span> });
    view! {
        <tr data-outcome=row.outcome.as_str()>
            <td class="num-left">{number}</td>
            <td data-label=say(words::OUTCOME)><span class="badge">{row.outcome.label(locale)}</span> {why}</td>
        </tr>
    }
}
