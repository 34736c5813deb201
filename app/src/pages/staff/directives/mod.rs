//! The list of directives: for supervisors those about their tickets, for a unit those that were issued to it.
//! Not here: one of them as it is printed (`one`), issuing and answering (`ticket::actions`).
//! The filter is links, so that it works without script.

mod one;

pub use one::DirectivePage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::application::DirectiveState;
use shared::text::directive as words;
use shared::ticket::view::{self, DirectiveRow};

use crate::api::directives::read_directives;
use crate::components::empty::Empty;
use crate::components::light::LightChip;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/directives";

/// `/directives`
#[component]
pub fn DirectivesPage() -> impl IntoView {
    view! {
        <StaffPage path="/directives" title=fixed(words::DIRECTIVES)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_directives);
    let show = |page: view::DirectivePage| view! { <List page/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::WHY)}</p>
            <States/>
            <Loaded resource show/>
        </div>
    }
}

/// The address of the list in a state, behind a cursor.
fn address(state: Option<String>, cursor: Option<String>) -> String {
    let pairs = [("state", state), ("cursor", cursor)];
    let query: ParamsMap = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    format!("{PATH}{}", query.to_query_string())
}

/// The filter.
#[component]
fn States() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(|query| query.get("state")));
    let link = move |state: Option<DirectiveState>| {
        let href = address(state.map(|it| it.as_str().to_owned()), None);
        let word = state.map_or_else(|| say(words::ALL), |it| it.label(locale));
        let here = move || {
            let same = chosen.get().as_deref() == state.map(DirectiveState::as_str);
            same.then_some("true")
        };
        view! { <a class="chip" href=href aria-current=here>{word}</a> }
    };
    let states = DirectiveState::ALL.iter().copied().map(Some);
    let links = std::iter::once(None).chain(states).map(link).collect_view();
    view! { <nav class="row" aria-label=say(words::FILTER)>{links}</nav> }
}

#[component]
fn List(page: view::DirectivePage) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
        }
        .into_any();
    }
    let query = use_query_map();
    let (state, later) =
        query.with_untracked(|query| (query.get("state"), query.get("cursor").is_some()));
    let first = later.then(|| address(state.clone(), None));
    let next = page.next_cursor.map(|cursor| address(state, Some(cursor)));
    let lines = page
        .items
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::DIRECTIVES)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::NUMBER)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::CAUSE)}</th>
                        <th scope="col">{say(words::LEVEL)}</th>
                        <th scope="col">{say(words::ISSUED)}</th>
                        <th scope="col">{say(words::DUE)}</th>
                        <th scope="col">{say(words::STATE)}</th>
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
fn Line(row: DirectiveRow) -> impl IntoView {
    let locale = use_locale();
    let href = format!("{PATH}/{}", row.id);
    let directive = row.directive;
    view! {
        <tr>
            <td data-label=say(words::NUMBER)><a href=href><CaseNumber number=row.application_no/></a></td>
            <td data-label=say(words::UNIT) lang="zh-CN">{row.unit.name}</td>
            <td data-label=say(words::CAUSE)>{directive.cause.label(locale)}</td>
            <td data-label=say(words::LEVEL)>{directive.level.label(locale)}</td>
            <td data-label=say(words::ISSUED)><When at=row.issued_at/></td>
            <td data-label=say(words::DUE)><LightChip deadline=directive.due/></td>
            <td data-label=say(words::STATE)><span class="badge">{directive.state.label(locale)}</span></td>
        </tr>
    }
}
