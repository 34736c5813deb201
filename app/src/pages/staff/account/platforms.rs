//! Linked platforms, for the system administrator: what each was told of accounts, with its receipt, where each differs, and telling one again.
//! Not here: what is told (`services::scim::out`), which platforms there are (the configuration).
//! Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::platform::{DriftView, PlatformPage, PlatformView, PushState, PushView};
use shared::text::account::platform as words;

use crate::api::staff::platforms::read_platforms;
use crate::components::empty::Empty;
use crate::components::form::{Form, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
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

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("push"))
            .then(|| view! { <p class="note ok">{say(words::WILL_GO)}</p> })
    };
    let resource = by_query(read_platforms);
    let show = |page: PlatformPage| view! { <Whole page/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: PlatformPage) -> impl IntoView {
    let query = use_query_map();
    let is_later = query.with_untracked(|query| query.get("cursor")).is_some();
    let first = is_later.then(|| PATH.to_owned());
    let next = page
        .next_cursor
        .map(|cursor| format!("{PATH}?cursor={cursor}"));
    // Without a platform there is nobody to tell, and nothing to compare with; what an earlier one was told stays.
    let is_linked = !page.platforms.is_empty();
    let pushes =
        (is_linked || !page.pushes.is_empty()).then(|| view! { <Pushes pushes=page.pushes/> });
    let drifts =
        (is_linked || !page.drifts.is_empty()).then(|| view! { <Drifts drifts=page.drifts/> });
    view! {
        <Platforms platforms=page.platforms/>
        {pushes}
        <Pager first next/>
        {drifts}
    }
}

#[component]
fn Platforms(platforms: Vec<PlatformView>) -> impl IntoView {
    if platforms.is_empty() {
        return view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any();
    }
    let lines = platforms
        .into_iter()
        .map(|platform| view! { <Platform platform/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::TITLE)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::PLATFORM)}</th>
                        <th scope="col">{say(words::OWNER)}</th>
                        <th scope="col">{say(words::LOOKED)}</th>
                        <th scope="col" class="num">{say(words::USERS)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
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
fn Pushes(pushes: Vec<PushView>) -> impl IntoView {
    let body = if pushes.is_empty() {
        view! { <Empty title=words::NO_PUSHES reason=words::NO_PUSHES_WHY/> }.into_any()
    } else {
        let lines = pushes
            .into_iter()
            .map(|push| view! { <Push push/> })
            .collect_view();
        view! {
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::PUSHES)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::ACCOUNT)}</th>
                            <th scope="col">{say(words::PLATFORM)}</th>
                            <th scope="col">{say(words::MADE)}</th>
                            <th scope="col">{say(words::STATE)}</th>
                            <th scope="col">{say(words::DONE)}</th>
                            <th scope="col">{say(words::AGAIN)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::PUSHES)}</h2>
            {body}
        </section>
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
fn Drifts(drifts: Vec<DriftView>) -> impl IntoView {
    let body = if drifts.is_empty() {
        view! { <Empty title=words::NO_DRIFTS reason=words::NO_DRIFTS_WHY/> }.into_any()
    } else {
        let lines = drifts
            .into_iter()
            .map(|drift| view! { <Drift drift/> })
            .collect_view();
        view! {
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::DRIFTS)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::ACCOUNT)}</th>
                            <th scope="col">{say(words::PLATFORM)}</th>
                            <th scope="col">{say(words::KIND)}</th>
                            <th scope="col">{say(words::FOUND)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::DRIFTS)}</h2>
            {body}
        </section>
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
