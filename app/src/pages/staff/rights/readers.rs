//! Who can see a ticket, and why: found by its number, a page of people at a time.
//! Not here: what a person may do altogether (`person`), the ticket itself, of which only number and state are told.
//! The form is a plain GET to the page itself.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::access::PostState;
use shared::account::posts::RightWay;
use shared::account::readers::{ReaderPage, TicketReader};
use shared::text::account::posts::{NO, YES, post_named};
use shared::text::account::readers as words;

use crate::api::rights::read_readers;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/office/readers";

/// `/office/readers`
#[component]
pub fn ReadersPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/readers" title=fixed(words::TITLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_readers);
    let show = |page: Option<ReaderPage>| page.map(|page| view! { <List page/> });
    view! {
        <div class="stack">
            <p class="muted">{say(words::WHY)}</p>
            <Ask/>
            <Loaded resource show/>
        </div>
    }
}

/// The number that was asked for.
fn number() -> String {
    use_query_map().with_untracked(|query| query.get("no").unwrap_or_default())
}

#[component]
fn Ask() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <form method="get" action=PATH class="filters" role="search" aria-label=say(words::TITLE) on:submit=on_submit>
            <div class="field wide-field">
                <label for="no">{say(words::NUMBER)}</label>
                <input type="search" id="no" name="no" value=number() autocomplete="off" inputmode="numeric" maxlength="40"/>
            </div>
            <div class="field"><button class="button primary">{say(words::FIND)}</button></div>
        </form>
    }
}

#[component]
fn List(page: ReaderPage) -> impl IntoView {
    let locale = use_locale();
    let address = |cursor: Option<&str>| {
        let cursor = cursor.map(|cursor| ("cursor", cursor.to_owned()));
        let no = std::iter::once(("no", number()));
        let query: ParamsMap = no.chain(cursor).collect();
        format!("{PATH}{}", query.to_query_string())
    };
    let later = use_query_map().with_untracked(|query| query.get("cursor").is_some());
    let first = later.then(|| address(None));
    let next = page
        .next_cursor
        .as_deref()
        .map(|cursor| address(Some(cursor)));
    let discreet = page
        .discreet
        .then(|| view! { <p class="note">{say(words::DISCREET)}</p> });
    let people = if page.items.is_empty() {
        view! { <section class="card"><Empty title=words::NOBODY reason=words::NOBODY_WHY/></section> }
            .into_any()
    } else {
        let lines = page.items.into_iter();
        let lines = lines.map(|reader| view! { <Line reader/> }).collect_view();
        view! { <Table lines=lines.into_any()/> }.into_any()
    };
    view! {
        <h2 class="section-title"><span translate="no">{page.ticket_no.grouped()}</span> " " <span class="badge state">{page.state.label(locale)}</span></h2>
        {discreet}
        {people}
        <Pager first next/>
        <p class="muted">{say(words::BESIDE)}</p>
    }
}

#[component]
fn Table(lines: AnyView) -> impl IntoView {
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::TITLE)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::PERSON)}</th>
                        <th scope="col">{say(words::SEES)}</th>
                        <th scope="col">{say(words::THROUGH)}</th>
                        <th scope="col">{say(words::KEPT_OUT)}</th>
                        <th scope="col">{say(words::SHOWN)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(reader: TicketReader) -> impl IntoView {
    let locale = use_locale();
    let (sees, class) = if reader.sees {
        (YES, "badge state")
    } else {
        (NO, "badge muted")
    };
    let ways = reader.ways.into_iter();
    let ways = ways.map(|way| view! { <Way way/> }).collect_view();
    let kept_out = reader.kept_out.into_iter();
    let kept_out = kept_out.map(|rule| view! { <p>{rule.label(locale)}</p> });
    let reveal = reader
        .may_reveal
        .then(|| view! { <p>{say(words::MAY_REVEAL)}</p> });
    let fields = words::fields(&reader.fields, locale);
    view! {
        <tr>
            <td class="key"><b lang="zh-CN">{reader.name}</b> " " <span class="muted" translate="no">{reader.username}</span> " " <span class="muted" lang="zh-CN">{reader.unit_name}</span></td>
            <td data-label=say(words::SEES)><span class=class>{say(sees)}</span></td>
            <td data-label=say(words::THROUGH)>{ways}</td>
            <td data-label=say(words::KEPT_OUT)>{kept_out.collect_view()}</td>
            <td data-label=say(words::SHOWN)><p>{fields}</p>{reveal}</td>
        </tr>
    }
}

#[component]
fn Way(way: RightWay) -> impl IntoView {
    let locale = use_locale();
    let asleep = (way.state != PostState::Holds).then(|| {
        view! { " " <span class="badge muted">{way.state.label(locale)}</span> }
    });
    let named = post_named(way.no, &way.role_name, &way.unit_name);
    view! { <p>{named} " · " {way.scope.label(locale)} " · " {say(words::because(way.scope))} {asleep}</p> }
}
