//! Paper forms for the time in which the system is away: drawing numbers, the list of those that wait to be entered, voiding.
//! Not here: the form as it is printed (`print`), entering one, which is the desk's form (`desk`).
//! Reads and sends without script.

mod print;

pub use print::PaperBlockPage;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::text::{Text, paper as words};
use shared::ticket::paper::{PaperPage as Listed, PaperRow, PaperState};

use crate::api::staff::paper::read_papers;
use crate::components::form::{Field, FieldNames, Form, SubmitButton, use_form};
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::components::work_list::{TableWords, WorkList, WorkRows, address, chosen};
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
    let told = |_: &str| -> Option<Text> { Some(words::VOIDED) };
    let resource = by_query(async |query| read_papers(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! {
        <WorkList told help=words::HELP resource show>
            <Reserve/>
        </WorkList>
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

/// The page's address for a state, behind a cursor.
fn in_state(state: Option<String>, cursor: Option<String>) -> String {
    address(PATH, [("state", state), ("cursor", cursor)])
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let first = chosen("cursor").map(|_| in_state(chosen("state"), None));
    let next = shown.next;
    let next = next.map(|cursor| in_state(chosen("state"), Some(cursor)));
    let line = |row: PaperRow| view! { <Line row/> };
    view! {
        <States open=shown.open/>
        <WorkRows is_empty=shown.is_empty table={&TABLE} rows=shown.rows line/>
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
        let href = in_state(Some(word.to_owned()), None);
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

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::LIST,
    heads: &[
        words::NUMBER,
        words::FOR_DAY,
        words::RESERVED,
        words::STATE,
        words::BECAME,
        words::WHAT_TO_DO,
    ],
    none: words::NONE,
    none_why: words::NONE_WHY,
};

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
