//! Messages that came in and found no ticket by themselves: what each says, and the three ways to see to one.
//! Not here: registering one, which is the desk's form (`desk`), what happens by itself (services).
//! Reads and sends without script.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::incoming::{DismissReason, IncomingPage as Listed, IncomingRow, IncomingState};
use shared::text::incoming as words;

use crate::api::staff::incoming::read_incoming;
use crate::components::files::MessageFiles;
use crate::components::form::{
    Field, FieldNames, Form, Select, SelectItem, SubmitButton, use_form,
};
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::components::work_list::{TableWords, WorkList, WorkRows, address, chosen};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/incoming";

/// `/incoming`
#[component]
pub fn IncomingPage() -> impl IntoView {
    view! {
        <StaffPage path="/incoming" title=fixed(words::INCOMING)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    new: i64,
    quarantined: i64,
    rows: OnPage<Vec<IncomingRow>>,
}

impl From<Listed> for Shown {
    fn from(page: Listed) -> Self {
        Self {
            next: page.next_cursor,
            is_empty: page.items.is_empty(),
            new: page.new,
            quarantined: page.quarantined,
            rows: OnPage::new(page.items),
        }
    }
}

#[component]
fn Content() -> impl IntoView {
    let names = [
        ("ticket_no", words::NUMBER),
        ("reason", words::REASON),
        ("words", words::WORDS),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let told = |done: &str| match done {
        "link" => Some(words::LINKED),
        "dismiss" => Some(words::DISMISSED),
        _ => None,
    };
    let resource = by_query(async |query| read_incoming(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! { <WorkList told help=words::HELP resource show/> }
}

/// The page's address for a state, behind a cursor.
fn in_state(state: Option<String>, cursor: Option<String>) -> String {
    address(PATH, [("state", state), ("cursor", cursor)])
}

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::LIST,
    heads: &[
        words::FROM,
        words::SAYS,
        words::CAME,
        words::BECAME,
        words::WHAT_TO_DO,
    ],
    none: words::NONE,
    none_why: words::NONE_WHY,
};

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let first = chosen("cursor").map(|_| in_state(chosen("state"), None));
    let next = shown.next;
    let next = next.map(|cursor| in_state(chosen("state"), Some(cursor)));
    let line = |row: IncomingRow| view! { <Line row/> };
    view! {
        <States new=shown.new quarantined=shown.quarantined/>
        <WorkRows is_empty=shown.is_empty table={&TABLE} rows=shown.rows line/>
        <Pager first next/>
    }
}

/// The states as links; how many wait.
#[component]
fn States(new: i64, quarantined: i64) -> impl IntoView {
    let locale = use_locale();
    let here = chosen("state").unwrap_or_else(|| IncomingState::New.as_str().to_owned());
    let links: Vec<_> = IncomingState::ALL
        .iter()
        .map(|state| {
            let name = state.label(locale);
            let label = match state {
                IncomingState::New => words::shelf(name, new, locale),
                IncomingState::Quarantined => words::shelf(name, quarantined, locale),
                _ => name.to_owned(),
            };
            let current = (state.as_str() == here).then_some("true");
            let href = in_state(Some(state.as_str().to_owned()), None);
            view! { <a class="chip" href=href aria-current=current>{label}</a> }
        })
        .collect();
    view! { <nav class="row" aria-label=say(words::SHELVES)>{links}</nav> }
}

#[component]
fn Line(row: IncomingRow) -> impl IntoView {
    let locale = use_locale();
    let waits = row.state.waits();
    let way = row.way.label(locale);
    let ways = waits.then(|| view! { <Ways row=row.clone()/> });
    let subject =
        (!row.subject.is_empty()).then(|| view! { <b lang="zh-CN">{row.subject.clone()}</b><br/> });
    let cut = row
        .is_cut
        .then(|| view! { <br/><span class="muted small">{say(words::CUT)}</span> });
    let files = (row.files > 0).then(|| {
        let told = words::files(row.files, locale);
        view! { <br/><span class="muted small">{told}</span> }
    });
    view! {
        <tr>
            <td class="key">
                <b>{way}</b> " " <span class="num" translate="no">{row.from.clone()}</span>
                <br/><span class="muted small num" translate="no">{row.receipt_no.clone()}</span>
            </td>
            <td data-label=say(words::SAYS)>{subject}<span class="prose" lang="zh-CN">{row.text.clone()}</span>{cut}<MessageFiles files=row.attached.clone() refused=row.refused.clone()/>{files}</td>
            <td data-label=say(words::CAME)><When at=row.received_at/></td>
            <td data-label=say(words::BECAME)><Became row/></td>
            <td data-label=say(words::WHAT_TO_DO)>{ways}</td>
        </tr>
    }
}

/// How it stands, why, and the ticket.
#[component]
fn Became(row: IncomingRow) -> impl IntoView {
    let locale = use_locale();
    let class = if row.state == IncomingState::New {
        "badge warn"
    } else {
        "badge"
    };
    let why = row.why.map(|why| why.label(locale));
    let why = why.or(row.reason.map(|reason| reason.label(locale)));
    let ticket = row.ticket.zip(row.ticket_no);
    let ticket = ticket.map(|(id, ticket_no)| {
        view! { <br/><a href=format!("/tickets/{id}")><TicketNumber ticket_no/></a> }
    });
    let by = row
        .settled_by
        .unwrap_or_else(|| say(words::BY_ITSELF).to_owned());
    let settled = row.settled_at.map(|at| {
        view! { <br/><span class="muted small"><When at/> " " <span lang="zh-CN">{by}</span></span> }
    });
    view! {
        <span class=class>{row.state.label(locale)}</span>
        " " {why} " " <span lang="zh-CN">{row.words}</span>
        {ticket}
        {settled}
    }
}

/// Register it, link it to a ticket, or dismiss it.
#[component]
fn Ways(row: IncomingRow) -> impl IntoView {
    let id = row.id;
    let register = format!("/desk?incoming={id}");
    let no = row.ticket_no.map(|no| no.to_string()).unwrap_or_default();
    let of = |word: &str| format!("{word} {}", row.from);
    view! {
        <div class="stack tight">
            <a href=register>{say(words::REGISTER)}</a>
            <Form
                action=format!("{PATH}/{id}/link")
                prefix=format!("link-{id}-")
                label=of(say(words::LINK))
            >
                <Link no/>
            </Form>
            <Form
                action=format!("{PATH}/{id}/dismiss")
                prefix=format!("dismiss-{id}-")
                label=of(say(words::DISMISS))
            >
                <Dismiss/>
            </Form>
        </div>
    }
}

/// To which ticket, out of the way; open when that came back.
#[component]
fn Link(no: String) -> impl IntoView {
    let form = use_form();
    let open = move || form.error("ticket_no").is_some();
    view! {
        <details class="fold" open=open>
            <summary>{say(words::LINK)}</summary>
            <Field name="ticket_no" label=words::NUMBER help=words::LINK_HELP value=no inputmode="numeric"/>
            <SubmitButton label=words::LINK class=""/>
        </details>
    }
}

/// Why nothing comes of it, out of the way; open when that came back.
#[component]
fn Dismiss() -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let open = move || form.error("reason").is_some() || form.error("words").is_some();
    let items: Vec<_> = DismissReason::ALL
        .iter()
        .map(|reason| SelectItem::new(reason.as_str(), reason.label(locale)))
        .collect();
    view! {
        <details class="fold" open=open>
            <summary>{say(words::DISMISS)}</summary>
            <Select name="reason" label=words::REASON items=Signal::stored(items)/>
            <Field name="words" label=words::WORDS optional=true/>
            <SubmitButton label=words::DISMISS class=""/>
        </details>
    }
}
