//! Paper forms for the time in which the system is away: drawing numbers, the list of those that wait to be entered, voiding.
//! Not here: the form as it is printed (`print`), entering one, which is the desk's form (`desk`).
//! Reads and sends without script.

mod print;

pub use print::PaperBlockPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use shared::text::paper as words;
use shared::ticket::paper::{PaperPage as Listed, PaperRow, PaperState};

use crate::api::staff::paper::read_papers;
use crate::components::empty::Empty;
use crate::components::form::{Field, FieldNames, Form, SubmitButton, use_form};
use crate::components::on_page::OnPage;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/paper";

/// `/paper`
#[component]
pub fn PaperPage() -> impl IntoView {
    view! {
        <StaffPage path="/paper" title=fixed(words::PAPER)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    open: i64,
    rows: OnPage<Vec<PaperRow>>,
}

impl From<Listed> for Shown {
    fn from(page: Listed) -> Self {
        Self {
            next: page.next_cursor,
            is_empty: page.items.is_empty(),
            open: page.open,
            rows: OnPage::new(page.items),
        }
    }
}

#[component]
fn Content() -> impl IntoView {
    let names = [
        ("count", words::COUNT),
        ("day", words::DAY),
        ("reason", words::REASON),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::VOIDED)}</p> })
    };
    let resource = by_query(async |query| read_papers(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::HELP)}</p>
            <Reserve/>
            <Loaded resource show/>
        </div>
    }
}

/// Draws numbers.
#[component]
fn Reserve() -> impl IntoView {
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::RESERVE)}</h2>
            <p class="muted small">{say(words::RESERVE_HELP)}</p>
            <Form action=PATH prefix="reserve-" class="stack" label=say(words::RESERVE)>
                <div class="grid-2">
                    <Field name="count" label=words::COUNT value="10" inputmode="numeric"/>
                    <Field name="day" label=words::DAY kind="date" optional=true help=words::DAY_HELP/>
                </div>
                <div><SubmitButton label=words::RESERVE/></div>
            </Form>
        </section>
    }
}

/// What is chosen of one filter.
fn chosen(name: &str) -> Option<String> {
    let value = use_query_map().with_untracked(|query| query.get(name));
    value.filter(|value| !value.is_empty())
}

/// The page's address for a state, behind a cursor.
fn address(state: Option<String>, cursor: Option<String>) -> String {
    let query: ParamsMap = [("state", state), ("cursor", cursor)]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    format!("{PATH}{}", query.to_query_string())
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let first = chosen("cursor").map(|_| address(chosen("state"), None));
    let next = shown.next;
    let next = next.map(|cursor| address(chosen("state"), Some(cursor)));
    let list = if shown.is_empty {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any()
    } else {
        view! { <List rows=shown.rows/> }.into_any()
    };
    view! {
        <States open=shown.open/>
        {list}
        <Pager first next/>
    }
}

/// The states as links; how many wait.
#[component]
fn States(open: i64) -> impl IntoView {
    let locale = use_locale();
    let here = chosen("state").unwrap_or_else(|| PaperState::Open.as_str().to_owned());
    let link = move |word: &'static str, label: String| {
        let current = (word == here).then_some("true");
        let href = address(Some(word.to_owned()), None);
        view! { <a class="chip" href=href aria-current=current>{label}</a> }
    };
    let mut links = Vec::new();
    for state in PaperState::ALL {
        let label = match state {
            PaperState::Open => words::open(open, locale),
            _ => state.label(locale).to_owned(),
        };
        links.push(link(state.as_str(), label));
    }
    links.push(link("all", say(words::ALL).to_owned()));
    view! { <nav class="row" aria-label=say(words::SHELVES)>{links}</nav> }
}

#[component]
fn List(rows: OnPage<Vec<PaperRow>>) -> impl IntoView {
    let lines = |rows: Vec<PaperRow>| {
        let lines = rows.into_iter();
        lines.map(|row| view! { <Line row/> }).collect_view()
    };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::LIST)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::NUMBER)}</th>
                        <th scope="col">{say(words::FOR_DAY)}</th>
                        <th scope="col">{say(words::RESERVED)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::BECAME)}</th>
                        <th scope="col">{say(words::WHAT_TO_DO)}</th>
                    </tr>
                </thead>
                {rows.tbody(lines)}
            </table>
        </div>
    }
}

#[component]
fn Line(row: PaperRow) -> impl IntoView {
    let locale = use_locale();
    let print = format!("/paper-blocks/{}", row.block);
    let class = if row.state == PaperState::Open {
        "badge warn"
    } else {
        "badge"
    };
    let settled = row.settled_at.map(|at| {
        let by = row.settled_by.clone();
        view! { <br/><span class="muted small"><When at/> " " <span lang="zh-CN">{by}</span></span> }
    });
    let ticket = row.ticket_no.clone().zip(row.ticket);
    let ticket = ticket.map(|(ticket_no, id)| {
        view! { <a href=format!("/tickets/{id}")><TicketNumber ticket_no/></a> }
    });
    let ways = (row.state == PaperState::Open).then(|| view! { <Ways no=row.paper_no.clone()/> });
    view! {
        <tr>
            <td class="key"><span class="num" translate="no">{row.paper_no}</span></td>
            <td data-label=say(words::FOR_DAY)>{row.day} " " <span lang="zh-CN">{row.region.name}</span></td>
            <td data-label=say(words::RESERVED)><When at=row.reserved_at/> " " <span lang="zh-CN">{row.reserved_by}</span> " " <a href=print>{say(words::PRINT)}</a></td>
            <td data-label=say(words::STATE)><span class=class>{row.state.label(locale)}</span></td>
            <td data-label=say(words::BECAME)>{ticket} <span lang="zh-CN">{row.reason}</span> {settled}</td>
            <td data-label=say(words::WHAT_TO_DO)>{ways}</td>
        </tr>
    }
}

/// Enter it, or void it.
#[component]
fn Ways(no: String) -> impl IntoView {
    let enter = format!("/desk?paper_no={no}");
    let label = format!("{} {no}", say(words::VOID));
    view! {
        <div class="stack tight">
            <a href=enter>{say(words::ENTER)}</a>
            <Form action=format!("{PATH}/{no}/void") prefix=format!("void-{no}-") label=label>
                <Why/>
            </Form>
        </div>
    }
}

/// Why it is void, out of the way; open when that came back.
#[component]
fn Why() -> impl IntoView {
    let form = use_form();
    let open = move || form.error("reason").is_some();
    view! {
        <details class="fold" open=open>
            <summary>{say(words::VOID)}</summary>
            <Field name="reason" label=words::REASON/>
            <SubmitButton label=words::VOID class=""/>
        </details>
    }
}
