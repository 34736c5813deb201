//! One search over tickets, approvals and people: a field, and a few rows of each kind with the way to them.
//! Not here: searching (services), the ticket list with its filters (`list`).
//! A plain form, so that it works without script; `/` puts the cursor into the field, arrows go through the rows.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::needs;
use shared::approval::view::ApprovalRow;
use shared::query::encoded;
use shared::query::search::{FoundApprovals, FoundPeople, FoundPerson, FoundTickets, SearchPage};
use shared::text::{Text, views as words};
use shared::ticket::view::TicketRow;

use crate::api::staff::search::read_search;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::CaseNumber;
use crate::context::{say, use_actor, use_locale};

/// The page's own address.
const PATH: &str = "/search";

/// `/search`
#[component]
pub fn SearchResultsPage() -> impl IntoView {
    view! {
        <StaffPage path="/search" title=fixed(words::SEARCH)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_search);
    let show = |page: SearchPage| view! { <Found page/> };
    let typed = use_query_map().with_untracked(|query| query.get("q").unwrap_or_default());
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <div class="stack">
            <form method="get" action=PATH class="filters" role="search" aria-label=say(words::SEARCH) on:submit=on_submit>
                <div class="field wide-field">
                    <label for="q">{say(words::SEARCH_WHAT)}</label>
                    <input type="search" id="q" name="q" value=typed autocomplete="off" maxlength="100"/>
                </div>
                <div class="field"><button class="button primary">{say(words::SEARCH)}</button></div>
            </form>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Found(page: SearchPage) -> impl IntoView {
    let SearchPage {
        q,
        also,
        tickets,
        approvals,
        people,
    } = page;
    if q.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let exact = format!("{PATH}?q={}&exact=true", encoded(&q));
    let also = (!also.is_empty()).then(|| {
        view! { <p>{words::also(&also, locale)} " " <a href=exact rel="nofollow">{say(words::SEARCH_EXACT)}</a></p> }
    });
    let tickets = tickets.filter(|found| !found.items.is_empty() || found.more);
    let approvals = approvals.filter(|found| !found.items.is_empty());
    let people = people.filter(|found| !found.items.is_empty());
    let none = tickets.is_none() && approvals.is_none() && people.is_none();
    let none = none.then(|| {
        view! { <section class="card"><Empty title=words::SEARCH_NONE reason=words::SEARCH_NONE_WHY/></section> }
    });
    view! {
        <div class="stack" aria-live="polite">
            {also}
            {none}
            {tickets.map(|found| view! { <Tickets found q/> })}
            {approvals.map(|found| view! { <Approvals found/> })}
            {people.map(|found| view! { <People found/> })}
        </div>
    }
    .into_any()
}

/// Heads of the columns of cases.
const OF_CASES: [Text; 3] = [words::SEARCH_NO, words::SEARCH_TITLE, words::SEARCH_STATE];
/// Heads of the columns of people.
const OF_PEOPLE: [Text; 3] = [
    words::SEARCH_NAME,
    words::SEARCH_USERNAME,
    words::SEARCH_UNIT,
];

/// What was found of one kind.
#[component]
fn Group(
    /// Which kind.
    kind: Text,
    /// Heads of its columns.
    heads: [Text; 3],
    /// Its rows.
    rows: AnyView,
    /// What is said where there are more.
    more: Option<AnyView>,
) -> impl IntoView {
    let heads = heads.map(|word| view! { <th scope="col">{say(word)}</th> });
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(kind)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(kind)>
                <table class="table cards">
                    <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {more}
        </section>
    }
}

/// A row of a case.
#[component]
fn CaseRow(number: AnyView, title: String, state: &'static str) -> impl IntoView {
    let full = title.clone();
    view! {
        <tr>
            <td class="num-left key">{number}</td>
            <td class="title" lang="zh-CN" title=full>{title}</td>
            <td data-label=say(words::SEARCH_STATE)>{state}</td>
        </tr>
    }
}

#[component]
fn Tickets(found: FoundTickets, q: String) -> impl IntoView {
    let locale = use_locale();
    let row = |ticket: TicketRow| {
        let href = format!("/tickets/{}", ticket.id);
        let number = view! { <a class="row-link ticket-no" href=href><CaseNumber number=ticket.ticket_no.to_string()/></a> };
        view! { <CaseRow number=number.into_any() title=ticket.title state=ticket.state.label(locale)/> }
    };
    let rows = found.items.into_iter().map(row).collect_view().into_any();
    let alone = use_query_map().with_untracked(|query| query.get("exact").is_some());
    let exact = if alone { "&exact=true" } else { "" };
    let all = format!("/tickets?q={}{exact}", encoded(&q));
    let link = || view! { <p><a href=all>{say(words::SEARCH_MORE)}</a></p> }.into_any();
    let more = found.more.then(link);
    view! { <Group kind=words::SEARCH_TICKETS heads=OF_CASES rows more/> }
}

#[component]
fn Approvals(found: FoundApprovals) -> impl IntoView {
    let locale = use_locale();
    let row = |approval: ApprovalRow| {
        let href = format!("/approvals/{}", approval.id);
        let number = view! { <a class="row-link ticket-no" href=href translate="no">{approval.approval_no}</a> };
        view! { <CaseRow number=number.into_any() title=approval.title state=approval.status.label(locale)/> }
    };
    let rows = found.items.into_iter().map(row).collect_view().into_any();
    let more = found.more.then(narrower);
    view! { <Group kind=words::SEARCH_APPROVALS heads=OF_CASES rows more/> }
}

#[component]
fn People(found: FoundPeople) -> impl IntoView {
    // Whoever gives rights goes on to the person's posts.
    let leads = use_actor().is_some_and(|actor| needs::ROLE_LIST.is_met_by(&actor));
    let row = |person: FoundPerson| {
        let name = if leads {
            let href = format!("/office/people/{}", encoded(&person.username));
            view! { <a class="row-link" href=href>{person.name}</a> }.into_any()
        } else {
            person.name.into_any()
        };
        view! {
            <tr>
                <td class="key" lang="zh-CN">{name}</td>
                <td data-label=say(words::SEARCH_USERNAME) translate="no">{person.username}</td>
                <td data-label=say(words::SEARCH_UNIT) lang="zh-CN">{person.unit}</td>
            </tr>
        }
    };
    let rows = found.items.into_iter().map(row).collect_view().into_any();
    let more = found.more.then(narrower);
    view! { <Group kind=words::SEARCH_PEOPLE heads=OF_PEOPLE rows more/> }
}

/// There are more, and a longer word finds fewer.
fn narrower() -> AnyView {
    view! { <p class="muted small">{say(words::SEARCH_MORE_ROWS)}</p> }.into_any()
}
