//! One account, for who manages accounts: who it is, the link for a new password, the sessions and the ways to end them.
//! Not here: the list (`list`), posts and what they give (`rights`).
//! The link comes back inside the form that asked for it, so that it is shown once and stands in no address.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::account::AccountSheet;
use shared::calendar::Instant;
use shared::text::account::{audit, factor, life as life_words};
use shared::text::staff::grouped;
use shared::text::{account as words, clock, staff};

use super::life;
use super::list::{AccountState, roles};
use super::provider::Identities;
use super::sessions::{EndedNote, Sessions};
use crate::api::account::read_account;
use crate::components::form::{Form, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale, use_now};

/// `/staff/accounts/:name`
#[component]
pub fn OneAccountPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/accounts/:name" title=fixed(words::ACCOUNTS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let params = use_params_map();
    let name = move || params.with(|params| params.get("name").unwrap_or_default());
    let resource = of_address(name, read_account);
    let show = |sheet: AccountSheet| view! { <Sheet sheet/> };
    view! {
        <div class="stack">
            <EndedNote/>
            <p><a href="/staff/accounts">{say(words::BACK)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Sheet(sheet: AccountSheet) -> impl IntoView {
    let life = life::sections(&sheet);
    let seen = match sheet.seen_at {
        Some(at) => view! { <When at/> }.into_any(),
        None => say(life_words::SEEN_NEVER).into_any(),
    };
    let alarms = (sheet.alarms > 0).then(|| {
        view! {
            <div>
                <dt>{say(audit::OPEN_ALARMS)}</dt>
                <dd><b class="num">{grouped(sheet.alarms)}</b>" "<span class="muted small">{say(audit::OPEN_ALARMS_WAY)}</span></dd>
            </div>
        }
    });
    let row = sheet.row;
    let base = format!("/staff/accounts/{}", row.username);
    let reset = if sheet.may_reset {
        view! { <Reset action=format!("{base}/reset")/> }.into_any()
    } else {
        view! { <p class="muted">{say(words::RESET_OTHERS)}</p> }.into_any()
    };
    let factor = (sheet.has_factor && sheet.may_reset).then(|| {
        view! {
            <section class="card stack">
                <h2 class="section-title">{say(factor::FACTOR)}</h2>
                <Form action=format!("{base}/factor") prefix="factor-" class="stack" label=say(factor::RESET)>
                    <p class="muted">{say(factor::RESET_WHY)}</p>
                    <div><SubmitButton label=factor::RESET class=""/></div>
                </Form>
            </section>
        }
    });
    let may_link = sheet.may_reset && (sheet.has_provider || !sheet.identities.is_empty());
    let identities = may_link.then(|| {
        view! { <Identities base=base.clone() items=sheet.identities/> }
    });
    let sessions = if sheet.sessions.is_empty() {
        view! { <p class="muted">{say(words::NO_SESSIONS)}</p> }.into_any()
    } else {
        view! {
            <Sessions sessions=sheet.sessions base=format!("{base}/sessions")/>
            <Form action=format!("{base}/end") prefix="all-" label=say(words::END_ALL)>
                <SubmitButton label=words::END_ALL class=""/>
            </Form>
        }
        .into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title" lang="zh-CN">{row.name.clone()}</h2>
            <dl class="facts">
                <div><dt>{say(staff::USERNAME)}</dt><dd translate="no">{row.username.clone()}</dd></div>
                <div><dt>{say(staff::OWN_UNIT)}</dt><dd lang="zh-CN">{row.unit_name.clone()}</dd></div>
                <div><dt>{say(staff::ROLES)}</dt><dd>{roles(&row)}</dd></div>
                <div><dt>{say(words::STATE)}</dt><dd><AccountState row/></dd></div>
                <div><dt>{say(life_words::SEEN)}</dt><dd>{seen}</dd></div>
                {alarms}
            </dl>
        </section>
        <section class="card stack">
            <h2 class="section-title">{say(words::RESET)}</h2>
            {reset}
        </section>
        {factor}
        {identities}
        <section class="stack">
            <h2 class="section-title">{say(words::SESSIONS_OF)}</h2>
            {sessions}
        </section>
        {life}
    }
}

#[component]
fn Reset(action: String) -> impl IntoView {
    view! {
        <Form action prefix="reset-" class="stack" label=say(words::RESET_MAKE)>
            <p class="muted">{say(words::RESET_MAKE_WHY)}</p>
            <Made/>
            <div><SubmitButton label=words::RESET_MAKE/></div>
        </Form>
    }
}

/// The link that was just made; a page that is loaded anew has it no more.
#[component]
fn Made() -> impl IntoView {
    let (form, locale, now) = (use_form(), use_locale(), use_now());
    let made = move || {
        form.state.with(|state| {
            let link = state.value("link")?.to_owned();
            let until = state.value("until")?.parse().ok().map(Instant)?;
            Some((link, clock::date_time(until, now, locale)))
        })
    };
    let shown = move || {
        made().map(|(link, until)| {
            view! {
                <div class="note ok stack tight">
                    <p><b>{say(words::RESET_LINK)}</b></p>
                    <p class="prose" translate="no"><code>{link}</code></p>
                    <p>{words::reset_until(&until, locale)}</p>
                </div>
            }
        })
    };
    view! { <div aria-live="polite">{shown}</div> }
}
