//! The own second factor: an app that is set up and removed, recovery codes; passkeys stand below (`passkeys`).
//! Not here: asking for it at sign-in (`pages::citizen::sign_in`), what a code is (`services::sessions`).
//! The QR code is a drawing of the server; the secret stands beside it as text. Recovery codes come back in the form, once.

use leptos::prelude::*;
use shared::account::{FactorView, PendingFactor};
use shared::calendar::Instant;
use shared::text::account::factor as words;

use super::passkeys::Passkeys;
use crate::api::account::read_own_factor;
use crate::components::form::{Field, Form, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_actor, use_locale};

/// `/account/factor`
#[component]
pub fn FactorPage() -> impl IntoView {
    view! {
        <StaffPage path="/account/factor" title=fixed(words::FACTOR)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let must = use_actor().is_some_and(|actor| actor.held.is_some());
    let why = if must {
        view! { <p class="note warn">{say(words::REQUIRED)}</p> }.into_any()
    } else {
        view! { <p class="muted">{say(words::WHY)}</p> }.into_any()
    };
    let resource = of_address(String::new, |_| read_own_factor());
    let show = |mut factor: FactorView| {
        let (passkeys, work) = (std::mem::take(&mut factor.passkeys), factor.passkeys_work);
        let codes = (factor.since.is_some() || !passkeys.is_empty()).then_some(factor.codes_left);
        view! {
            <App factor/>
            <Passkeys passkeys work/>
            {codes.map(|left| view! { <Left left/> })}
        }
    };
    view! {
        <div class="stack account">
            {why}
            <Loaded resource show/>
        </div>
    }
}

/// The app: set, being set up, or not there.
#[component]
fn App(factor: FactorView) -> impl IntoView {
    let content = match (factor.since, factor.pending) {
        (Some(since), _) => view! { <Set since/> }.into_any(),
        (None, Some(pending)) => view! { <Pending pending/> }.into_any(),
        (None, None) => view! {
            <p>{say(words::OFF)}</p>
            <Form action="/account/factor" prefix="begin-" label=say(words::BEGIN)>
                <SubmitButton label=words::BEGIN/>
            </Form>
        }
        .into_any(),
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::APP)}</h2>
            {content}
        </section>
    }
}

/// How many recovery codes are left, whatever they stand in for, and new ones in their place.
#[component]
fn Left(left: i64) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::CODES)}</h2>
            <p>{words::left(left, locale)}</p>
            <p class="muted">{say(words::RENEW_WHY)}</p>
            <Form action="/account/factor/codes" prefix="codes-" class="stack" label=say(words::RENEW)>
                <Recovery/>
                <div><SubmitButton label=words::RENEW class=""/></div>
            </Form>
        </section>
    }
}

/// The first code; afterwards the recovery codes, in the same form.
#[component]
fn Pending(pending: PendingFactor) -> impl IntoView {
    view! {
        <Form action="/account/factor/confirm" prefix="confirm-" class="stack" label=say(words::CONFIRM)>
            <Recovery/>
            <First pending/>
        </Form>
    }
}

/// The drawing and the field of the first code, until the recovery codes are there.
#[component]
fn First(pending: PendingFactor) -> impl IntoView {
    let form = use_form();
    let is_set = Memo::new(move |_| {
        form.state
            .with(|state| !state.values("recovery").is_empty())
    });
    move || {
        if is_set.get() {
            return ().into_any();
        }
        let PendingFactor {
            size, path, secret, ..
        } = pending.clone();
        view! {
            <p>{say(words::SCAN)}</p>
            <svg class="qr" viewBox=format!("0 0 {size} {size}") width="240" height="240" role="img" aria-label=say(words::QR)>
                <rect width=size height=size fill="#fff"/>
                <path d=path fill="#000"/>
            </svg>
            <dl class="facts">
                <div><dt>{say(words::SECRET)}</dt><dd translate="no"><code>{secret}</code></dd></div>
            </dl>
            <Field name="factor_code" label=words::FIRST_CODE autocomplete="one-time-code" inputmode="numeric"/>
            <div><SubmitButton label=words::CONFIRM/></div>
        }
        .into_any()
    }
}

/// The recovery codes that a form brought back.
#[component]
pub(super) fn Recovery() -> impl IntoView {
    let form = use_form();
    let shown = move || {
        let codes = form.state.with(|state| {
            let codes = state.values("recovery");
            codes.into_iter().map(str::to_owned).collect::<Vec<_>>()
        });
        (!codes.is_empty()).then(|| {
            let lines = codes
                .into_iter()
                .map(|code| view! { <li><code>{code}</code></li> })
                .collect_view();
            view! {
                <div class="note ok stack tight">
                    <p><b>{say(words::CODES)}</b></p>
                    <p>{say(words::CODES_WHY)}</p>
                    <ul translate="no">{lines}</ul>
                    <p><a class="button primary" href="/account" rel="external">{say(words::GO_ON)}</a></p>
                </div>
            }
        })
    };
    view! { <div aria-live="polite">{shown}</div> }
}

#[component]
fn Set(since: Instant) -> impl IntoView {
    view! {
        <dl class="facts">
            <div><dt>{say(words::APP)}</dt><dd><span class="badge state">{say(words::ON)}</span> " " <When at=since/></dd></div>
        </dl>
        // After the first code the form comes back with the recovery codes.
        <Form action="/account/factor/confirm" prefix="confirm-" label=say(words::CODES)><Recovery/></Form>
        <p class="muted">{say(words::REMOVE_WHY)}</p>
        <Form action="/account/factor/remove" prefix="remove-" label=say(words::REMOVE)>
            <SubmitButton label=words::REMOVE class=""/>
        </Form>
    }
}
