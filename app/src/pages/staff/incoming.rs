//! Messages that came in and found no ticket by themselves: what each says, and the three ways to see to one.
//! Not here: registering one, which is the desk's form (`desk`), what happens by itself (services).
//! Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use shared::incoming::{DismissReason, IncomingPage as Listed, IncomingRow, IncomingState};
use shared::text::incoming as words;

use crate::api::staff::incoming::read_incoming;
use crate::components::empty::Empty;
use crate::components::files::MessageFiles;
use crate::components::form::{
    Field, FieldNames, Form, Select, SelectItem, SubmitButton, use_form,
};
use crate::components::on_page::OnPage;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
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
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let words = match done.as_deref() {
            Some("link") => Some(words::LINKED),
            Some("dismiss") => Some(words::DISMISSED),
            _ => None,
        };
        words.map(|words| view! { <p class="note ok">{say(words)}</p> })
    };
    let resource = by_query(async |query| read_incoming(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::HELP)}</p>
            <Loaded resource show/>
        </div>
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
        <States new=shown.new quarantined=shown.quarantined/>
        {list}
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
            let href = address(Some(state.as_str().to_owned()), None);
            view! { <a class="chip" href=href aria-current=current>{label}</a> }
        })
        .collect();
    view! { <nav class="row" aria-label=say(words::SHELVES)>{links}</nav> }
}

#[component]
fn List(rows: OnPage<Vec<IncomingRow>>) -> impl IntoView {
    let lines = |rows: Vec<IncomingRow>| {
        let lines = rows.into_iter();
        lines.map(|row| view! { <Line row/> }).collect_view()
    };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::LIST)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::FROM)}</th>
                        <th scope="col">{say(words::SAYS)}</th>
                        <th scope="col">{say(words::CAME)}</th>
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
