//! The list of approvals by shelves: what waits for me, what I filed, did, read along, and all in my reach.
//! Not here: which approvals there are (services), one of them (`one`), the form of the filters (`filters`).
//! Shelf, filters, order and page stand in the address.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use shared::access::needs;
use shared::approval::ApprovalStatus;
use shared::approval::query::ApprovalFilter;
use shared::approval::view::ApprovalRow;
use shared::job::ExportFormat;
use shared::query::encoded;
use shared::text::approval::list;
use shared::text::{Text, approval, approval_forms as words};

use super::filters::ApprovalFilters;
use super::marks::{ApprovalBadge, DueChip};
use crate::api::approvals::{Choices, Shelved, read_approvals};
use crate::components::empty::Empty;
use crate::components::on_page::OnPage;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_actor, use_locale};

/// The shelves in their order.
const SHELVES: [(&str, Text); 5] = [
    ("todo", approval::TO_DO),
    ("started", approval::STARTED),
    ("done", approval::DONE),
    ("copied", approval::COPIED),
    ("all", approval::ALL),
];

/// `/approvals`
#[component]
pub fn ApprovalsPage() -> impl IntoView {
    view! {
        <StaffPage path="/approvals" title=fixed(approval::APPROVALS)>
            <Content/>
        </StaffPage>
    }
}

/// Shelf, filters, order and whether it is a later page, from the address.
#[derive(Debug, Clone)]
pub(super) struct Address {
    pub(super) shelf: String,
    /// Filters and order as they were said.
    pub(super) said: Vec<(&'static str, String)>,
    later: bool,
}

impl Address {
    fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let shelf = get("shelf").unwrap_or_default();
        let known = SHELVES.iter().any(|(name, _)| *name == shelf);
        let names = ApprovalFilter::NAMES.into_iter().chain(["sort"]);
        let said = names.filter_map(|name| {
            let value = get(name).filter(|value| !value.is_empty())?;
            Some((name, value))
        });
        Self {
            said: said.collect(),
            shelf: if known { shelf } else { "todo".to_owned() },
            later: get("cursor").is_some_and(|cursor| !cursor.is_empty()),
        }
    }

    /// What is said of a filter or the order; empty when nothing is.
    pub(super) fn value(&self, name: &str) -> String {
        let found = self.said.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The same with another status, from the first page on.
    fn of_status(&self, status: &str) -> Self {
        let mut other = self.clone();
        other.said.retain(|(name, _)| *name != "status");
        if !status.is_empty() {
            other.said.push(("status", status.to_owned()));
        }
        other
    }

    /// The same list as a file.
    fn file(&self, format: ExportFormat) -> String {
        let list = self.href(None);
        let file = list.replacen("/approvals?", "/approvals/export.csv?", 1);
        format!("{file}&format={format}")
    }

    fn href(&self, cursor: Option<&str>) -> String {
        let mut href = format!("/approvals?shelf={}", self.shelf);
        let said = self
            .said
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        for (name, value) in said.chain(cursor.map(|cursor| ("cursor", cursor))) {
            href += &format!("&{name}={}", encoded(value));
        }
        href
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let resource = by_query(async |query| read_approvals(query).await.map(Shown::from));
    let show = move |found: Shown| {
        let address = query.with_untracked(|query| Address::of(|name| query.get(name)));
        view! { <List found address/> }
    };
    let may_file = use_actor().is_some_and(|actor| needs::FILING.is_met_by(&actor));
    let file = may_file.then(|| {
        view! { <a class="button primary" href="/approvals/new">{say(approval::NEW)}</a> }
    });
    view! {
        <div class="row between shelf-line"><Tabs/>{file}</div>
        <Loaded resource show/>
    }
}

/// The shelf as the page keeps it: the rows stand in the page, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    waiting: i64,
    next: Option<String>,
    prev: Option<String>,
    total: Option<i64>,
    about: bool,
    choices: Option<Choices>,
    is_empty: bool,
    rows: OnPage<Vec<ApprovalRow>>,
}

impl From<Shelved> for Shown {
    fn from(found: Shelved) -> Self {
        Self {
            waiting: found.waiting,
            next: found.page.next_cursor,
            prev: found.page.prev_cursor,
            total: found.page.total,
            about: found.page.about,
            choices: found.choices,
            is_empty: found.page.items.is_empty(),
            rows: OnPage::new(found.page.items),
        }
    }
}

#[component]
fn Tabs() -> impl IntoView {
    let query = use_query_map();
    let tab = move |(name, word): (&'static str, Text)| {
        let current = move || {
            let shelf = query.with(|query| Address::of(|name| query.get(name)).shelf);
            (shelf == name).then_some("page")
        };
        view! { <a href=format!("/approvals?shelf={name}") aria-current=current>{say(word)}</a> }
    };
    let tabs = SHELVES.map(tab).collect_view();
    view! { <nav class="tabs" aria-label=say(words::SHELVES)>{tabs}</nav> }
}

#[component]
fn List(found: Shown, address: Address) -> impl IntoView {
    let locale = use_locale();
    let to_do = address.shelf == "todo";
    let is_asked = !address.said.is_empty();
    let filters = found.choices.map(|choices| {
        view! {
            <ApprovalFilters choices address=address.clone()/>
            <Statuses address=address.clone()/>
        }
    });
    let count = if to_do {
        Some(words::waiting(found.waiting, locale))
    } else {
        let about = found.about;
        found.total.map(|total| list::total(total, about, locale))
    };
    let count = count.map(|count| {
        view! { <p class="shelf-count"><span class="count" role="status">{count}</span></p> }
    });
    if found.is_empty {
        let (title, reason) = if to_do {
            (approval::NONE_TO_DO, words::NONE_WHY)
        } else if is_asked {
            (list::NONE_SO, list::NONE_SO_WHY)
        } else {
            (approval::NONE, words::NONE_WHY)
        };
        return view! {
            {filters}
            <section class="card"><Empty title reason/></section>
        }
        .into_any();
    }
    let first = address.later.then(|| address.href(None));
    let prev = found.prev.map(|cursor| address.href(Some(&cursor)));
    let next = found.next.map(|cursor| address.href(Some(&cursor)));
    let files = (!to_do).then(|| view! { <Files address=address.clone()/> });
    let lines = move |rows: Vec<ApprovalRow>| {
        rows.into_iter()
            .map(|row| view! { <Line row to_do/> })
            .collect_view()
    };
    view! {
        {filters}
        {count}
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(approval::APPROVALS)>
            <table class="table cards approvals">
                <Head to_do/>
                {found.rows.tbody(lines)}
            </table>
        </div>
        <Pager first next before=prev/>
        {files}
    }
    .into_any()
}

/// The list as a file, in each format, for whoever may export.
#[component]
fn Files(address: Address) -> impl IntoView {
    let locale = use_locale();
    let may = use_actor().is_some_and(|actor| needs::EXPORT.is_met_by(&actor));
    may.then(|| {
        let link = |format: &ExportFormat| {
            let href = address.file(*format);
            let word = format.label(locale);
            view! { <a class="button" href=href rel="external" download="">{word}</a> }
        };
        let links = ExportFormat::ALL.iter().map(link).collect_view();
        view! {
            <nav class="row no-print" aria-label=say(list::EXPORT)>
                <span>{say(list::EXPORT)}</span>
                {links}
                <span class="muted small">{say(list::EXPORT_HELP)}</span>
            </nav>
        }
    })
}

/// Links that narrow the list to one status, with everything else that is asked.
#[component]
fn Statuses(address: Address) -> impl IntoView {
    let locale = use_locale();
    let chosen = address.value("status");
    let link = |status: &str, word: &'static str| {
        let current = (chosen == status).then_some("true");
        let href = address.of_status(status).href(None);
        view! { <a class="chip" href=href aria-current=current>{word}</a> }
    };
    let every = link("", say(words::ANY_STATUS));
    let links = ApprovalStatus::ALL
        .iter()
        .map(|status| link(status.as_str(), status.label(locale)))
        .collect_view();
    view! { <nav class="chips statuses" aria-label=say(words::STATUS_FILTER)>{every}{links}</nav> }
}

/// Only what waits for the reader has a deadline of the reader's own.
#[component]
fn Head(to_do: bool) -> impl IntoView {
    let due = to_do.then(|| view! { <th scope="col" class="w-due">{say(approval::DUE)}</th> });
    view! {
        <thead>
            <tr>
                {due}
                <th scope="col" class="w-no">{say(approval::NO)}</th>
                <th scope="col">{say(approval::TITLE)}</th>
                <th scope="col" class="w-process minor">{say(approval::PROCESS)}</th>
                <th scope="col" class="w-status">{say(approval::STATUS)}</th>
                <th scope="col" class="w-step">{say(approval::STEP)}</th>
                <th scope="col" class="w-by minor">{say(approval::FILED_BY)}</th>
                <th scope="col" class="w-at minor">{say(approval::FILED_AT)}</th>
            </tr>
        </thead>
    }
}

#[component]
fn Line(row: ApprovalRow, to_do: bool) -> impl IntoView {
    let href = format!("/approvals/{}", row.id);
    let steps = if row.steps.is_empty() {
        "—".to_owned()
    } else {
        row.steps.join("、")
    };
    let due = to_do.then(|| {
        view! { <td class="key"><DueChip due_at=row.due_at light=row.light/></td> }
    });
    let title = row.title.clone();
    let process = row.definition.name.clone();
    view! {
        <tr>
            {due}
            <td class="num-left"><a class="row-link ticket-no" href=href translate="no">{row.approval_no}</a></td>
            <td class="title" title=title lang="zh-CN">{row.title}</td>
            <td class="minor clip" title=process>{row.definition.name}</td>
            <td><ApprovalBadge status=row.status/></td>
            <td class="clip" title=steps.clone() data-label=say(approval::STEP)>{steps.clone()}</td>
            <td class="minor clip" data-label=say(approval::FILED_BY) lang="zh-CN">{row.started_by}</td>
            <td class="minor" data-label=say(approval::FILED_AT)><When at=row.started_at/></td>
        </tr>
    }
}
