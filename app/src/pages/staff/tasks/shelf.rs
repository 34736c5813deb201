//! The lists of the to-do centre beside the to-dos: done, under way, followed, copied. Tickets and approvals in one list, the latest first.
//! Not here: which cases are in them (services), the star (`components::star`).
//! The tabs are links, so that they work without script.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::text::{staff, todo as words};
use shared::todo::{Shelf, ShelfPage as Page, ShelfRow};

use crate::api::staff::todo::read_shelf;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{StateBadge, When};
use crate::context::{say, use_locale};
use crate::pages::staff::approvals::ApprovalBadge;

/// `/tasks/:shelf`
#[component]
pub fn ShelfPage() -> impl IntoView {
    view! {
        <StaffPage path="/tasks/:shelf" title=fixed(words::CENTRE)>
            <Content/>
        </StaffPage>
    }
}

/// The lists of the centre.
#[component]
pub(super) fn CentreTabs() -> impl IntoView {
    let locale = use_locale();
    let params = use_params_map();
    let here = Memo::new(move |_| params.with(|params| params.get("shelf")));
    let tab = move |shelf: Option<Shelf>| {
        let (href, word) = match shelf {
            None => ("/tasks".to_owned(), say(staff::TASKS)),
            Some(shelf) => (format!("/tasks/{shelf}"), shelf.label(locale)),
        };
        let current = move || {
            let same = here.get().as_deref() == shelf.map(Shelf::as_str);
            same.then_some("page")
        };
        view! { <a href=href aria-current=current>{word}</a> }
    };
    let shelves = [
        Shelf::Mine,
        Shelf::Running,
        Shelf::Done,
        Shelf::Followed,
        Shelf::Copied,
    ];
    let tabs = std::iter::once(None)
        .chain(shelves.into_iter().map(Some))
        .map(tab)
        .collect_view();
    view! { <nav class="tabs" aria-label=say(words::CENTRE)>{tabs}</nav> }
}

#[component]
fn Content() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let shelf = params.with(|params| params.get("shelf"));
        let cursor = query.with(|query| query.get("cursor"));
        format!(
            "shelf={}&cursor={}",
            shelf.unwrap_or_default(),
            cursor.unwrap_or_default()
        )
    };
    let resource = of_address(asked, read_shelf);
    let show = move |page: Page| {
        let shelf = params.with_untracked(|params| params.get("shelf"));
        let shelf = shelf.and_then(|it| Shelf::parse(&it));
        let later = query.with_untracked(|query| query.get("cursor")).is_some();
        view! { <List page shelf=shelf.unwrap_or(Shelf::Done) later/> }
    };
    view! {
        <CentreTabs/>
        <Loaded resource show/>
    }
}

#[component]
fn List(page: Page, shelf: Shelf, later: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <section class="card"><Empty title=words::NONE reason=words::why(shelf)/></section> }
            .into_any();
    }
    let first = later.then(|| format!("/tasks/{shelf}"));
    let next = page
        .next_cursor
        .map(|cursor| format!("/tasks/{shelf}?cursor={cursor}"));
    let lines = page
        .items
        .into_iter()
        .map(|row| view! { <Line row shelf/> })
        .collect_view();
    view! {
        <p class="muted">{say(words::why(shelf))}</p>
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(shelf.text())>
            <table class="table cards shelf">
                <thead>
                    <tr>
                        <th scope="col">{say(words::NUMBER)}</th>
                        <th scope="col">{say(words::TITLE)}</th>
                        <th scope="col">{say(words::KIND)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::when(shelf))}</th>
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
fn Line(row: ShelfRow, shelf: Shelf) -> impl IntoView {
    let locale = use_locale();
    let (href, number, title, kind, unit, state) = match (row.ticket, row.approval) {
        (Some(ticket), _) => (
            format!("/tickets/{}", ticket.id),
            ticket.ticket_no.to_string(),
            ticket.title,
            ticket.kind.label(locale).to_owned(),
            ticket.lead_unit.map(|unit| unit.name),
            view! { <StateBadge state=ticket.state/> }.into_any(),
        ),
        (None, Some(approval)) => (
            format!("/approvals/{}", approval.id),
            approval.approval_no,
            approval.title,
            approval.definition.name,
            None,
            view! { <ApprovalBadge status=approval.status/> }.into_any(),
        ),
        (None, None) => return ().into_any(),
    };
    view! {
        <tr>
            <td class="num-left"><a class="row-link num" href=href translate="no">{number}</a></td>
            <td class="title" title=title.clone()><span lang="zh-CN">{title.clone()}</span></td>
            <td data-label=say(words::KIND)>{kind}</td>
            <td data-label=say(words::UNIT)><span lang="zh-CN">{unit.unwrap_or_else(|| "—".to_owned())}</span></td>
            <td>{state}</td>
            <td class="nowrap" data-label=say(words::when(shelf)) lang=locale.tag()><When at=row.at/></td>
        </tr>
    }
    .into_any()
}
