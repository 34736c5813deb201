//! For which organisations the citizen acts or asks to act: how each stands, stopping it, and the form that asks.
//! Not here: the answer (`pages::staff::mandates`), filing for one (`pages::citizen::file::contact`).
//! Reads and sends without script, as all of the account does.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::citizen::mandate::{MandateRole, MandateState, MandateView, OwnMandates};
use shared::text::citizen::account;
use shared::text::citizen::mandate as words;
use shared::text::clock;
use shared::ticket::view::Named;

use crate::api::citizen::organisations_acted_for;
use crate::components::access::Guarded;
use crate::components::empty::Empty;
use crate::components::form::{Field, Form, Select, SelectItem, SubmitButton, came_back};
use crate::components::page::{Loaded, Page, fixed};
use crate::components::ticket::When;
use crate::context::{say, use_locale, use_now, use_revision};
use crate::routes::need_of;

/// The page's own address.
const PATH: &str = "/me/mandates";

/// `/me/mandates`
#[component]
pub fn MandatesPage() -> impl IntoView {
    view! {
        <Guarded need=need_of("/me/mandates")>
            <Page title=fixed(words::MANDATES)>
                <Content/>
            </Page>
        </Guarded>
    }
}

#[component]
fn Content() -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let note = match done.as_deref() {
        Some("ask") => Some(words::ASK_DONE),
        Some("end") => Some(words::END_DONE),
        _ => None,
    };
    let revision = use_revision();
    let resource = Resource::new_blocking(move || revision.get(), |_| organisations_acted_for());
    let show = |mine: OwnMandates| view! { <Whole mine/> };
    view! {
        <div class="stack">
            {note.map(|note| view! { <p class="note ok">{say(note)}</p> })}
            <p class="muted">{say(words::INTRO)}</p>
            <Loaded resource show/>
            <p><a href="/me">{say(account::TO_MINE)}</a></p>
        </div>
    }
}

#[component]
fn Whole(mine: OwnMandates) -> impl IntoView {
    let OwnMandates {
        items,
        cities,
        name,
    } = mine;
    let list = if items.is_empty() {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any()
    } else {
        let rows = items.into_iter().map(|it| view! { <One it/> });
        view! { <ul class="stack plain">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        {list}
        <Ask cities name/>
    }
}

#[component]
fn One(it: MandateView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let class = if it.state == MandateState::Asked {
        "badge warn"
    } else {
        "badge"
    };
    let reason = it.reason.clone().map(
        |reason| view! { <div><dt>{say(words::REASON)}</dt><dd lang="zh-CN">{reason}</dd></div> },
    );
    let letter = it.evidence.clone().map(
        |letter| view! { <div><dt>{say(words::LETTER)}</dt><dd lang="zh-CN">{letter}</dd></div> },
    );
    let at = |label: shared::text::Text, at: Option<shared::calendar::Instant>| {
        at.map(|at| view! { <div><dt>{say(label)}</dt><dd><When at/></dd></div> })
    };
    let end = it.state.is_open().then(|| {
        let label = format!("{} {}", say(words::END), it.organisation);
        let path = format!("{PATH}/{}/end", it.id);
        let open = came_back(&path);
        view! {
            <details class="fold" open=open>
                <summary>{say(words::END)}</summary>
                <Form action=path prefix=format!("end-{}-", it.id) label=label>
                    <SubmitButton label=words::END class="danger"/>
                </Form>
            </details>
        }
    });
    view! {
        <li class="card stack tight">
            <div class="row between">
                <b lang="zh-CN">{it.organisation.clone()}</b>
                <span class=class>{it.state.label(locale)}</span>
            </div>
            <dl class="facts">
                <div><dt>{say(words::CODE)}</dt><dd class="num" translate="no">{it.credit_code.clone()}</dd></div>
                <div><dt>{say(words::AS)}</dt><dd>{it.acts_as.label(locale)} " · " <span lang="zh-CN">{it.name.clone()}</span></dd></div>
                <div><dt>{say(words::UNTIL)}</dt><dd>{clock::date(it.valid_until, now, locale)}</dd></div>
                {letter}
                {at(words::ASKED, Some(it.asked_at))}
                {at(words::DECIDED, it.decided_at)}
                {at(words::ENDED, it.ended_at)}
                {reason}
            </dl>
            {end}
        </li>
    }
}

/// The form that asks; open when it came back.
#[component]
fn Ask(cities: Vec<Named>, name: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let action = format!("{PATH}/ask");
    let open = came_back(&action);
    let roles: Vec<_> = MandateRole::ALL
        .iter()
        .map(|role| SelectItem::new(role.as_str(), role.label(locale)))
        .collect();
    let only = match cities.as_slice() {
        [one] => one.code.clone(),
        _ => String::new(),
    };
    let cities: Vec<_> = cities
        .into_iter()
        .map(|city| SelectItem::chinese(city.code, city.name))
        .collect();
    view! {
        <details class="fold card" open=open>
            <summary><b>{say(words::ASK)}</b></summary>
            <Form action=action prefix="ask-" class="stack">
                <Field name="credit_code" help=words::CODE_HELP/>
                <Field name="organisation" autocomplete="organization"/>
                <Select name="acts_as" items=Signal::stored(roles)/>
                <Field name="name" help=words::NAME_HELP autocomplete="name" value=name.unwrap_or_default()/>
                <Select name="city" help=words::CITY_HELP items=Signal::stored(cities) value=only/>
                <Field name="valid_until" help=words::UNTIL_HELP kind="date"/>
                <Field name="evidence" help=words::EVIDENCE_HELP optional=true/>
                <p><SubmitButton label=words::ASK_SEND/></p>
            </Form>
        </details>
    }
}
