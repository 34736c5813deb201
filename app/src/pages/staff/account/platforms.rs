//! Linked platforms, for the system administrator: what each was told of accounts, with its receipt, where each differs, and telling one again.
//! Not here: what is told (`services::scim::out`), which platforms there are (the configuration).
//! Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::platform::{DriftView, PlatformPage, PlatformView, PushState, PushView};
use shared::text::Text;
use shared::text::account::platform as words;

use crate::api::staff::platforms::read_platforms;
use crate::components::empty::Empty;
use crate::components::form::{Form, SubmitButton};
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::{LiveRows, LiveTable, TableWords, WorkList};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/staff/platforms";

/// `/staff/platforms`
#[component]
pub fn PlatformsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/platforms" title=fixed(words::TITLE)>
            <Content/>
        </StaffPage>
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "push").then_some(words::WILL_GO)
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_platforms);
    let show = |page: PlatformPage| view! { <Whole page/> };
    view! { <WorkList told help=words::WHY resource show/> }
}

/// The words of the platforms.
static PLATFORMS: TableWords = TableWords {
    label: words::TITLE,
    heads: &[words::PLATFORM, words::OWNER, words::LOOKED, words::USERS],
    none: words::NONE,
    none_why: words::NONE_WHY,
};

/// The words of what was told.
static PUSHES: TableWords = TableWords {
    label: words::PUSHES,
    heads: &[
        words::ACCOUNT,
        words::PLATFORM,
        words::MADE,
        words::STATE,
        words::DONE,
        words::AGAIN,
    ],
    none: words::NO_PUSHES,
    none_why: words::NO_PUSHES_WHY,
};

/// The words of what differs.
static DRIFTS: TableWords = TableWords {
    label: words::DRIFTS,
    heads: &[words::ACCOUNT, words::PLATFORM, words::KIND, words::FOUND],
    none: words::NO_DRIFTS,
    none_why: words::NO_DRIFTS_WHY,
};

#[component]
fn Whole(page: PlatformPage) -> impl IntoView {
    let query = use_query_map();
    let is_later = query.with_untracked(|query| query.get("cursor")).is_some();
    let first = is_later.then(|| PATH.to_owned());
    let next = page
        .next_cursor
        .map(|cursor| format!("{PATH}?cursor={cursor}"));
    let platform = |platform: PlatformView| view! { <Platform platform/> };
    let push = |push: PushView| view! { <Push push/> };
    let drift = |drift: DriftView| view! { <Drift drift/> };
    // Without a platform there is nobody to tell, and nothing to compare with; what an earlier one was told stays.
    let is_linked = !page.platforms.is_empty();
    let pushes = (is_linked || !page.pushes.is_empty())
        .then(|| view! { <Part table={&PUSHES} rows=page.pushes line=push/> });
    let drifts = (is_linked || !page.drifts.is_empty())
        .then(|| view! { <Part table={&DRIFTS} rows=page.drifts line=drift/> });
    view! {
        <LiveRows table={&PLATFORMS} rows=page.platforms line=platform/>
        {pushes}
        <Pager first next/>
        {drifts}
    }
}

/// A table under its head, or why it has no rows.
#[component]
fn Part<T, V, L>(table: &'static TableWords, rows: Vec<T>, line: L) -> impl IntoView
where
    T: 'static,
    V: IntoView + 'static,
    L: Fn(T) -> V + 'static,
{
    let body = if rows.is_empty() {
        view! { <Empty title=table.none reason=table.none_why/> }.into_any()
    } else {
        view! { <LiveTable table rows line/> }.into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(table.label)}</h2>
            {body}
        </section>
    }
}

#[component]
fn Platform(platform: PlatformView) -> impl IntoView {
    let trouble = words::receipt(&platform.trouble, use_locale());
    let looked = match platform.looked_at {
        Some(at) => view! { <When at/> " " <span class="muted small">{trouble}</span> }.into_any(),
        None => view! { <span class="muted">{say(words::NEVER)}</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="key"><b lang="zh-CN">{platform.name}</b></td>
            <td data-label=say(words::OWNER) translate="no">{platform.owner}</td>
            <td data-label=say(words::LOOKED)>{looked}</td>
            <td data-label=say(words::USERS) class="num">{platform.users}</td>
        </tr>
    }
}

#[component]
fn Push(push: PushView) -> impl IntoView {
    let locale = use_locale();
    let class = match push.state {
        PushState::Sent => "badge state",
        PushState::Waiting => "badge",
        PushState::GivenUp => "badge warn",
    };
    let done = push.done_at.map(|at| view! { <When at/> });
    let next = push.next_at.map(|at| {
        view! { <span class="muted small">{say(words::WAITS_UNTIL)} " " <When at/></span> }
    });
    let action = format!("{PATH}/{}/push", push.id);
    let prefix = format!("push-{}-", push.id);
    let label = format!("{} {}", say(words::AGAIN), push.username);
    view! {
        <tr>
            <td class="key" translate="no">{push.username}</td>
            <td data-label=say(words::PLATFORM)><span lang="zh-CN">{push.platform_name}</span></td>
            <td data-label=say(words::MADE)><When at=push.made_at/></td>
            <td data-label=say(words::STATE)>
                <span class=class>{push.state.label(locale)}</span>
                " " <span class="muted small">{words::tries(push.tries, locale)}</span>
            </td>
            <td data-label=say(words::DONE)>{words::receipt(&push.receipt, locale)} " " {done} {next}</td>
            <td data-label=say(words::AGAIN)>
                <Form action=action prefix=prefix label=label>
                    <SubmitButton label=words::AGAIN class=""/>
                </Form>
            </td>
        </tr>
    }
}

#[component]
fn Drift(drift: DriftView) -> impl IntoView {
    view! {
        <tr>
            <td class="key" translate="no">{drift.username}</td>
            <td data-label=say(words::PLATFORM)><span lang="zh-CN">{drift.platform_name}</span></td>
            <td data-label=say(words::KIND)><span class="badge warn">{drift.kind.label(use_locale())}</span></td>
            <td data-label=say(words::FOUND)><When at=drift.found_at/></td>
        </tr>
    }
}
