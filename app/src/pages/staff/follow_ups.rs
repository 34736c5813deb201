//! The follow-up pool: the next ticket to call, shelves with counts, the list of those that are due first.
//! Not here: the form of the call (`ticket::actions::closing`), the rules (services). Reads and sends without script.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::text::{Text, clock, pool as words};
use shared::ticket::RequestKind;
use shared::ticket::pool::{PoolCount, PoolPage, PoolRow, PoolShelf};

use crate::api::staff::follow_ups::read_pool;
use crate::components::form::{Form, SubmitButton};
use crate::components::light::LightChip;
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::components::work_list::{TableWords, WorkList, WorkRows, address, chosen};
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

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    match done {
        "none" => Some(words::NOTHING_NEXT),
        "return" => Some(words::GIVEN_BACK),
        _ => None,
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |query| read_pool(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! {
        <WorkList told help=words::HELP resource show>
            <Form action=format!("{PATH}/next") prefix="next-" label=say(words::NEXT).to_owned()>
                <SubmitButton label=words::NEXT/>
            </Form>
        </WorkList>
    }
}

/// The page's address for a shelf, behind a cursor; the kind stays as it is chosen.
fn on_shelf(shelf: Option<String>, cursor: Option<String>) -> String {
    let pairs = [
        ("shelf", shelf),
        ("kind", chosen("kind")),
        ("cursor", cursor),
    ];
    address(PATH, pairs)
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let first = chosen("cursor").map(|_| on_shelf(chosen("shelf"), None));
    let next = shown.next;
    let next = next.map(|cursor| on_shelf(chosen("shelf"), Some(cursor)));
    let line = |row: PoolRow| view! { <Line row/> };
    view! {
        <Shelves counts=shown.counts/>
        <Filters/>
        <WorkRows is_empty=shown.is_empty table={&TABLE} rows=shown.rows line/>
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
        let href = on_shelf(Some(it.shelf.as_str().to_owned()), None);
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

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::POOL,
    heads: &[
        words::TICKET,
        words::KIND,
        words::PLACE,
        words::DUE,
        words::TRIES,
        words::AGAIN,
        words::WHAT_TO_DO,
    ],
    none: words::NONE,
    none_why: words::NONE_WHY,
};

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
