//! The follow-up pool: the next ticket to call, shelves with counts, the list of those that are due first.
//! Not here: the form of the call (`ticket::actions::closing`), the rules (services). Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use shared::text::{clock, pool as words};
use shared::ticket::RequestKind;
use shared::ticket::pool::{PoolCount, PoolPage, PoolRow, PoolShelf};

use crate::api::staff::follow_ups::read_pool;
use crate::components::empty::Empty;
use crate::components::form::{Form, SubmitButton};
use crate::components::light::LightChip;
use crate::components::on_page::OnPage;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/follow-ups";

/// `/follow-ups`
#[component]
pub fn FollowUpsPage() -> impl IntoView {
    view! {
        <StaffPage path="/follow-ups" title=fixed(words::POOL)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    counts: Vec<PoolCount>,
    rows: OnPage<Vec<PoolRow>>,
}

impl From<PoolPage> for Shown {
    fn from(page: PoolPage) -> Self {
        Self {
            next: page.next_cursor,
            is_empty: page.items.is_empty(),
            counts: page.counts,
            rows: OnPage::new(page.items),
        }
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let words = match done.as_deref() {
            Some("none") => Some(words::NOTHING_NEXT),
            Some("return") => Some(words::GIVEN_BACK),
            _ => None,
        };
        words.map(|words| view! { <p class="note ok">{say(words)}</p> })
    };
    let resource = by_query(async |query| read_pool(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::HELP)}</p>
            <Form action=format!("{PATH}/next") prefix="next-" label=say(words::NEXT).to_owned()>
                <SubmitButton label=words::NEXT/>
            </Form>
            <Loaded resource show/>
        </div>
    }
}

/// What is chosen of one filter.
fn chosen(name: &str) -> Option<String> {
    let value = use_query_map().with_untracked(|query| query.get(name));
    value.filter(|value| !value.is_empty())
}

/// The page's address for a shelf, behind a cursor; the kind stays as it is chosen.
fn address(shelf: Option<String>, cursor: Option<String>) -> String {
    let pairs = [
        ("shelf", shelf),
        ("kind", chosen("kind")),
        ("cursor", cursor),
    ];
    let query: ParamsMap = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    format!("{PATH}{}", query.to_query_string())
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let first = chosen("cursor").map(|_| address(chosen("shelf"), None));
    let next = shown.next;
    let next = next.map(|cursor| address(chosen("shelf"), Some(cursor)));
    let list = if shown.is_empty {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any()
    } else {
        view! { <List rows=shown.rows/> }.into_any()
    };
    view! {
        <Shelves counts=shown.counts/>
        <Filters/>
        {list}
        <Pager first next/>
    }
}

/// The shelves with how many stand on each, as links.
#[component]
fn Shelves(counts: Vec<PoolCount>) -> impl IntoView {
    let locale = use_locale();
    let here = chosen("shelf").and_then(|word| PoolShelf::parse(&word));
    let here = here.unwrap_or(PoolShelf::Ready);
    let link = move |it: PoolCount| {
        let href = address(Some(it.shelf.as_str().to_owned()), None);
        let current = (it.shelf == here).then_some("true");
        let count = shared::text::staff::grouped(it.count);
        view! {
            <a class="chip" href=href aria-current=current>
                {it.shelf.label(locale)} " " <span class="num">{count}</span>
            </a>
        }
    };
    let links = counts.into_iter().map(link).collect_view();
    view! { <nav class="row" aria-label=say(words::SHELVES)>{links}</nav> }
}

#[component]
fn Filters() -> impl IntoView {
    let locale = use_locale();
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let value = chosen("kind").unwrap_or_default();
    let option = move |kind: &RequestKind| {
        let selected = kind.as_str() == value;
        view! { <option value=kind.as_str() selected=selected>{kind.label(locale)}</option> }
    };
    let options = RequestKind::ALL.iter().map(option).collect_view();
    view! {
        <form method="get" action=PATH class="filters" role="search" aria-label=say(words::FILTER) on:submit=on_submit>
            <input type="hidden" name="shelf" value=chosen("shelf")/>
            <div class="field">
                <label for="kind">{say(words::KIND)}</label>
                <select id="kind" name="kind">
                    <option value="">{say(words::ANY_KIND)}</option>
                    {options}
                </select>
            </div>
            <div class="field"><button class="button">{say(words::FILTER)}</button></div>
        </form>
    }
}

#[component]
fn List(rows: OnPage<Vec<PoolRow>>) -> impl IntoView {
    let lines = |rows: Vec<PoolRow>| {
        let lines = rows.into_iter();
        lines.map(|row| view! { <Line row/> }).collect_view()
    };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::POOL)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::TICKET)}</th>
                        <th scope="col">{say(words::KIND)}</th>
                        <th scope="col">{say(words::PLACE)}</th>
                        <th scope="col">{say(words::DUE)}</th>
                        <th scope="col">{say(words::TRIES)}</th>
                        <th scope="col">{say(words::AGAIN)}</th>
                        <th scope="col">{say(words::WHAT_TO_DO)}</th>
                    </tr>
                </thead>
                {rows.tbody(lines)}
            </table>
        </div>
    }
}

#[component]
fn Line(row: PoolRow) -> impl IntoView {
    let locale = use_locale();
    let again = row.next_at.map(|at| {
        let agreed = row.is_appointed.then(|| say(words::APPOINTED));
        view! { <When at/> " " {agreed} }
    });
    let said = row.satisfaction.map(|said| {
        let class = if said.is_satisfied() {
            "badge"
        } else {
            "badge warn"
        };
        view! { <br/><span class=class>{said.label(locale)}</span> }
    });
    let last = row.last_try_at.map(|at| view! { <br/><When at/> });
    view! {
        <tr>
            <td class="key"><a href=format!("/tickets/{}", row.ticket)><TicketNumber ticket_no=row.ticket_no.clone()/></a> {said}</td>
            <td data-label=say(words::KIND)>{row.kind.label(locale)}</td>
            <td data-label=say(words::PLACE) lang="zh-CN">{row.region.name.clone()}</td>
            <td data-label=say(words::DUE)><LightChip deadline=row.due.clone()/></td>
            <td data-label=say(words::TRIES)>{words::tries(row.tries, locale)} {last}</td>
            <td data-label=say(words::AGAIN)>{again}</td>
            <td data-label=say(words::WHAT_TO_DO)><Ways row/></td>
        </tr>
    }
}

/// Take it, or give it back; who has it, where that is somebody else.
#[component]
fn Ways(row: PoolRow) -> impl IntoView {
    let locale = use_locale();
    let id = row.ticket;
    let labelled = |word| format!("{} {}", say(word), row.ticket_no);
    let (action, word) = if row.is_mine {
        ("return", words::GIVE_BACK)
    } else {
        ("take", words::TAKE)
    };
    if let Some(until) = row.held_until.filter(|_| !row.is_mine) {
        let until = clock::date_time(until, use_now(), locale);
        let by = row.held_by.as_deref().unwrap_or_default();
        return view! { <span class="muted small">{words::held(by, &until, locale)}</span> }
            .into_any();
    }
    view! {
        <Form action=format!("{PATH}/{id}/{action}") prefix=format!("{action}-{id}-") label=labelled(word)>
            <SubmitButton label=word class=""/>
        </Form>
    }
    .into_any()
}
