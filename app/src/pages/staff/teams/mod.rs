//! Teams of units, for the security administrator: the list with the form that makes one, and a team with its people.
//! Not here: what a team's scope reaches (`shared::access`), the rules (`services::users::teams`).
//! Read next: `one`.

mod one;

pub use one::TeamPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::account::teams::{self, TeamRow};
use shared::text::account::teams as words;

use crate::api::teams::read_teams;
use crate::components::empty::Empty;
use crate::components::form::{Field, FieldNames, Form, Select, SelectItem, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::context::say;

/// The page's own address.
const PATH: &str = "/office/teams";

/// `/office/teams`
#[component]
pub fn TeamsPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/teams" title=fixed(words::TEAMS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let names = [("unit", words::UNIT), ("name", words::NAME)];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let resource = by_query(read_teams);
    let show = |page: teams::TeamPage| view! { <Whole page/> };
    view! {
        <div class="stack">
            <DoneNote/>
            <p class="muted">{say(words::WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

/// That something was done, after a form.
#[component]
fn DoneNote() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::DONE)}</p> })
    };
    view! { <div aria-live="polite" class="done-note">{note}</div> }
}

#[component]
fn Whole(page: teams::TeamPage) -> impl IntoView {
    let units = page.units.into_iter();
    let units: Vec<SelectItem> = units
        .map(|unit| SelectItem::chinese(unit.code, unit.name))
        .collect();
    view! {
        <List rows=page.items next_cursor=page.next_cursor/>
        <section class="card stack">
            <h2 class="section-title">{say(words::MAKE)}</h2>
            <Form action=PATH prefix="make-" class="stack" label=say(words::MAKE)>
                <Select name="unit" label=words::UNIT items=Signal::stored(units)/>
                <Field name="name" label=words::NAME/>
                <div><SubmitButton label=words::MAKE/></div>
            </Form>
        </section>
    }
}

#[component]
fn List(rows: Vec<TeamRow>, next_cursor: Option<String>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
        }
        .into_any();
    }
    let later = use_query_map().with_untracked(|query| query.get("cursor").is_some());
    let first = later.then(|| PATH.to_owned());
    let next = next_cursor.map(|cursor| {
        let query: ParamsMap = std::iter::once(("cursor", cursor)).collect();
        format!("{PATH}{}", query.to_query_string())
    });
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::TEAMS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::NAME)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::LEADS)}</th>
                        <th scope="col" class="num">{say(words::MEMBERS)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Pager first next/>
    }
    .into_any()
}

#[component]
fn Line(row: TeamRow) -> impl IntoView {
    let href = format!("{PATH}/{}", row.id);
    view! {
        <tr>
            <td class="key"><a href=href lang="zh-CN"><b>{row.name}</b></a></td>
            <td data-label=say(words::UNIT) lang="zh-CN">{row.unit_name}</td>
            <td data-label=say(words::LEADS) lang="zh-CN">{row.leads.join("、")}</td>
            <td class="num" data-label=say(words::MEMBERS)>{row.members}</td>
        </tr>
    }
}
