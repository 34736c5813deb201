//! Who asks to act for an organisation, who does, and who did: the answer, and ending what holds.
//! Not here: the citizen's side (`pages::citizen::account`), what the forms do (`forms::staff::mandates`).
//! Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::citizen::mandate::{MandatePage, MandateShelf, MandateState, MandateView};
use shared::text::citizen::mandate as words;
use shared::text::clock;
use shared::ticket::rules::length;

use crate::api::mandates::read_mandates;
use crate::components::empty::Empty;
use crate::components::form::{Form, Hidden, SubmitButton, TextArea};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale, use_now, use_seed};

/// The page's own address.
const PATH: &str = "/staff/mandates";

/// `/staff/mandates`
#[component]
pub fn WhoActsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/mandates" title=fixed(words::TITLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let locale = use_locale();
    // A form that comes back stands among those of its kind.
    let ends = use_params_map()
        .with_untracked(|params| params.get("verb").is_some_and(|verb| verb == "end"));
    let usual = if ends {
        MandateShelf::Holding
    } else {
        MandateShelf::Waiting
    };
    let shelf = move || {
        let said = query.with(|query| query.get("shelf"));
        said.as_deref()
            .and_then(MandateShelf::parse)
            .unwrap_or(usual)
    };
    let done = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::DECIDED_DONE)}</p> })
    };
    let doors = MandateShelf::ALL
        .iter()
        .copied()
        .map(|door| {
            let current = move || (shelf() == door).then_some("page");
            let href = format!("{PATH}?shelf={door}");
            view! { <a class="button" href=href aria-current=current>{door.label(locale)}</a> }
        })
        .collect_view();
    let address = move || {
        let cursor = query.with(|query| query.get("cursor"));
        format!("shelf={}&cursor={}", shelf(), cursor.unwrap_or_default())
    };
    let resource = of_address(address, read_mandates);
    let show = move |page: MandatePage| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List page shelf=shelf() later/> }
    };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{done}</div>
            <p class="muted">{say(words::HELP)}</p>
            <nav class="row" aria-label=say(words::TITLE)>{doors}</nav>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(page: MandatePage, shelf: MandateShelf, later: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=words::STAFF_NONE reason=words::STAFF_NONE_WHY/></section>
        }
        .into_any();
    }
    let first = format!("{PATH}?shelf={shelf}");
    let next = page
        .next_cursor
        .map(|cursor| format!("{first}&cursor={cursor}"));
    let first = later.then_some(first);
    let lines = page
        .items
        .into_iter()
        .map(|it| view! { <Line it/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::TITLE)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::ORGANISATION)}</th>
                        <th scope="col">{say(words::WHO)}</th>
                        <th scope="col">{say(words::LETTER)}</th>
                        <th scope="col">{say(words::UNTIL)}</th>
                        <th scope="col">{say(words::ASKED)}</th>
                        <th scope="col">{say(words::STANDS)}</th>
                        <th scope="col">{say(words::WHAT_TO_DO)}</th>
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
fn Line(it: MandateView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let class = if it.state == MandateState::Asked {
        "badge warn"
    } else {
        "badge"
    };
    let by = [it.decided_by.clone(), it.ended_by.clone()];
    let by: Vec<String> = by.into_iter().flatten().collect();
    let by = (!by.is_empty()).then(|| {
        view! { <br/><span class="muted small">{say(words::BY)} " " <span lang="zh-CN">{by.join(" · ")}</span></span> }
    });
    let reason = it
        .reason
        .clone()
        .map(|reason| view! { <br/><span class="small" lang="zh-CN">{reason}</span> });
    let phone = it
        .phone
        .clone()
        .map(|phone| view! { <br/><span class="num" translate="no">{phone}</span> });
    let letter = it.evidence.clone().unwrap_or_default();
    view! {
        <tr>
            <td class="key">
                <b lang="zh-CN">{it.organisation.clone()}</b>
                <br/><span class="num" translate="no">{it.credit_code.clone()}</span>
                <br/><span class="muted small" lang="zh-CN">{it.city.name.clone()}</span>
            </td>
            <td data-label=say(words::WHO)>
                <span lang="zh-CN">{it.name.clone()}</span> " · " {it.acts_as.label(locale)} {phone}
            </td>
            <td data-label=say(words::LETTER) lang="zh-CN">{letter}</td>
            <td data-label=say(words::UNTIL)>{clock::date(it.valid_until, now, locale)}</td>
            <td data-label=say(words::ASKED)><When at=it.asked_at/></td>
            <td data-label=say(words::STANDS)>
                <span class=class>{it.state.label(locale)}</span> {by} {reason}
            </td>
            <td data-label=say(words::WHAT_TO_DO)><Ways it/></td>
        </tr>
    }
}

/// The answer to what waits, the end of what holds, nothing for what is over.
#[component]
fn Ways(it: MandateView) -> impl IntoView {
    let (id, version) = (it.id, it.version.to_string());
    let max = length::REASON as u32;
    match it.state {
        MandateState::Asked => {
            let label = format!("{} {}", say(words::WHAT_TO_DO), it.organisation);
            view! {
                <Form action=format!("{PATH}/{id}/decide") prefix=format!("decide-{id}-") class="stack tight" label=label>
                    <Hidden name="version" value=Signal::stored(version)/>
                    <TextArea name="reason" label=words::REASON help=words::REASON_HELP optional=true max rows=2/>
                    <p class="row">
                        <SubmitButton label=words::APPROVE/>
                        <SubmitButton label=words::REFUSE class="" name="refuse" value="1".to_owned()/>
                    </p>
                </Form>
            }
            .into_any()
        }
        MandateState::Holds => {
            let label = format!("{} {}", say(words::END_STAFF), it.organisation);
            let action = format!("{PATH}/{id}/end");
            let came_back = use_seed().with(|seed| {
                let form = seed.form.as_ref();
                form.is_some_and(|form| form.path == action)
            });
            view! {
                <details class="fold" open=came_back>
                    <summary>{say(words::END_STAFF)}</summary>
                    <Form action=action prefix=format!("end-{id}-") class="stack tight" label=label>
                        <Hidden name="version" value=Signal::stored(version)/>
                        <TextArea name="reason" label=words::REASON help=words::END_REASON_HELP max rows=2/>
                        <p><SubmitButton label=words::END_STAFF class="danger"/></p>
                    </Form>
                </details>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}
