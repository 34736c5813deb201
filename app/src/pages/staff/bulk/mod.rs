//! An act on many tickets: for each what will be done or why it cannot be, the fields that all share, and one button.
//! Not here: choosing (`components::row`), the results (`result`), the fields (`fields`).
//! The chosen tickets stand in the address; a form that came back says them itself.

mod fields;
mod result;

pub use result::BulkResultPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::text::bulk as words;
use shared::ticket::bulk::{BulkAct, BulkRow};

use self::fields::Shared;
use crate::api::staff::todo::{Bulk, read_bulk};
use crate::components::empty::Empty;
use crate::components::form::{Form, Hidden};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::TicketNumber;
use crate::context::{say, use_locale, use_seed};

/// The page's own address, to which its form is posted as well.
const PATH: &str = "/bulk";

/// `/bulk`
#[component]
pub fn BulkPage() -> impl IntoView {
    view! {
        <StaffPage path="/bulk" title=fixed(words::BULK)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let came_back = came_back();
    let chosen = move || {
        let asked = query.with(ParamsMap::to_query_string);
        if asked.is_empty() {
            came_back.clone()
        } else {
            asked
        }
    };
    let resource = of_address(chosen, read_bulk);
    let show = |found: Bulk| view! { <Whole found/> };
    view! { <Loaded resource show/> }
}

/// The act and the tickets of a form that the server sent back to this page, as an address has them.
fn came_back() -> String {
    let form = use_seed().with(|seed| seed.form.clone());
    let Some(form) = form.filter(|form| form.path == PATH) else {
        return String::new();
    };
    let named = |(name, _): &(String, String)| name == "act" || name == "item";
    let pairs: ParamsMap = form.fields.into_iter().filter(named).collect();
    pairs.to_query_string()
}

#[component]
fn Whole(found: Bulk) -> impl IntoView {
    let locale = use_locale();
    let (act, rows) = (found.preview.act, found.preview.rows);
    if rows.is_empty() {
        return view! {
            <section class="card">
                <Empty title=words::NONE reason=words::NONE_WHY>
                    <p><a class="button" href="/tasks">{say(words::TO_TASKS)}</a></p>
                </Empty>
            </section>
        }
        .into_any();
    }
    let items: Vec<String> = rows
        .iter()
        .filter_map(|row| row.item.map(|item| item.to_string()))
        .collect();
    let (fit, rest) = (items.len(), rows.len() - items.len());
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row act/> })
        .collect_view();
    let form = if items.is_empty() {
        view! { <p class="note warn">{say(words::NOTHING_FITS)}</p> }.into_any()
    } else {
        let hidden = items
            .into_iter()
            .map(|item| view! { <Hidden name="item" value=Signal::stored(item)/> })
            .collect_view();
        view! {
            <section class="card">
                <Form action=PATH class="stack bulk" label=act.label(locale)>
                    <Hidden name="act" value=Signal::stored(act.to_string())/>
                    {hidden}
                    <Shared act units=found.units/>
                </Form>
            </section>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <p><b>{act.label(locale)}</b> " · " <span class="count" role="status">{words::counted(fit, rest, locale)}</span></p>
            <p class="muted">{say(words::WHY)}</p>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::BULK)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::TICKET)}</th>
                            <th scope="col">{say(shared::text::staff::TITLE)}</th>
                            <th scope="col">{say(words::WILL)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            {form}
            <p><a href="/tasks">{say(words::TO_TASKS)}</a></p>
        </div>
    }
    .into_any()
}

#[component]
fn Line(row: BulkRow, act: BulkAct) -> impl IntoView {
    let locale = use_locale();
    let (number, title) = match row.row {
        Some(ticket) => {
            let href = format!("/tickets/{}", ticket.id);
            (
                view! { <a href=href><TicketNumber ticket_no=ticket.ticket_no/></a> }.into_any(),
                ticket.title,
            )
        }
        None => (
            view! { <span class="muted">{say(words::OUT_OF_REACH)}</span> }.into_any(),
            String::new(),
        ),
    };
    let will = match (row.item, row.words) {
        (Some(_), _) => {
            let unit = row.unit.map(|unit| {
                view! { " · " <span lang="zh-CN">{unit.name}</span> }
            });
            view! { <span><span class="badge">{act.verb().label(locale)}</span> {unit}</span> }
                .into_any()
        }
        (None, why) => {
            view! { <span class="field-error">{why.unwrap_or_default()}</span> }.into_any()
        }
    };
    view! {
        <tr data-fits=row.item.is_some().then_some("")>
            <td class="num-left">{number}</td>
            <td class="title" data-label=say(shared::text::staff::TITLE)><span lang="zh-CN">{title}</span></td>
            <td data-label=say(words::WILL)>{will}</td>
        </tr>
    }
}
