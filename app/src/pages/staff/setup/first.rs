//! The first visit: area, centre, the system administrator's own account, and links for the other administrators.
//! Not here: the steps behind it (`steps`), which stand at the same address without the link's secret.
//! Links come back inside the form, so that they are shown once and stand in no address.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::text::{citizen, common, setup as words};

use super::steps::Steps;
use crate::components::form::{Field, Form, Hidden, SubmitButton, use_form};
use crate::components::page::{Page, fixed};
use crate::context::{say, use_actor, use_seed};

/// `/set-up`
#[component]
pub fn SetUpPage() -> impl IntoView {
    let query = use_query_map();
    let token = query.with_untracked(|query| query.get("token").unwrap_or_default());
    let seed = use_seed();
    let came_back = seed.with(|seed| seed.form.clone());
    let came_back = came_back.is_some_and(|form| form.path == "/set-up" && form.is_posted());
    if token.is_empty() && !came_back {
        return match use_actor() {
            Some(_) => view! { <Steps/> }.into_any(),
            None => view! { <NoLink/> }.into_any(),
        };
    }
    view! {
        <Page title=fixed(common::SET_UP) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(common::SET_UP)}</h1>
                <FirstForm token/>
            </section>
        </Page>
    }
    .into_any()
}

/// Neither a link nor somebody who is signed in.
#[component]
fn NoLink() -> impl IntoView {
    view! {
        <Page title=fixed(common::SET_UP) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(common::SET_UP)}</h1>
                <p class="note warn">{say(citizen::SET_UP_NO_TOKEN)}</p>
                <p><a class="button primary wide" href="/sign-in?next=/set-up" rel="external">{say(common::SIGN_IN)}</a></p>
            </section>
        </Page>
    }
}

#[component]
fn FirstForm(token: String) -> impl IntoView {
    view! {
        <Form action="/set-up" class="stack">
            <Inside token/>
        </Form>
    }
}

/// The fields; the links once the office is begun.
#[component]
fn Inside(token: String) -> impl IntoView {
    let form = use_form();
    let begun = move || form.state.with(|state| state.value("begun").is_some());
    let token = StoredValue::new(token);
    move || {
        if begun() {
            view! { <Links/> }.into_any()
        } else {
            view! { <Fields token=token.get_value()/> }.into_any()
        }
    }
}

#[component]
fn Fields(token: String) -> impl IntoView {
    let posted = use_form().initial("token", None);
    let token = if posted.is_empty() { token } else { posted };
    view! {
        <Hidden name="token" value=Signal::stored(token)/>
        <p>{say(citizen::SET_UP_INTRO)}</p>
        <h2 class="section-title">{say(words::PLACE)}</h2>
        <Field name="area" label=words::AREA help=words::AREA_HELP/>
        <Field name="centre" label=words::CENTRE help=words::CENTRE_HELP optional=true/>
        <h2 class="section-title">{say(words::SYSTEM)}</h2>
        <Field name="username" autocomplete="username"/>
        <Field name="name" label=words::DISPLAY_NAME optional=true/>
        <Field name="password" kind="password" autocomplete="new-password" help=citizen::SET_UP_PASSWORD_HELP/>
        <Field name="password_again" kind="password" autocomplete="new-password"/>
        <h2 class="section-title">{say(words::OTHERS)}</h2>
        <p class="muted">{say(words::OTHERS_WHY)}</p>
        <Field name="security" label=words::SECURITY_USERNAME optional=true/>
        <Field name="security_name" label=words::SECURITY_NAME optional=true/>
        <Field name="audit" label=words::AUDIT_USERNAME optional=true/>
        <Field name="audit_name" label=words::AUDIT_NAME optional=true/>
        <Field name="business" label=words::BUSINESS_USERNAME optional=true/>
        <Field name="business_name" label=words::BUSINESS_NAME optional=true/>
        <SubmitButton label=words::BEGIN_SEND class="primary wide"/>
    }
}

/// The links of the other administrators.
#[component]
fn Links() -> impl IntoView {
    let form = use_form();
    let made = form.state.with_untracked(|state| {
        let all = state.values("made");
        all.into_iter().map(str::to_owned).collect::<Vec<_>>()
    });
    let line = |one: String| {
        let (who, link) = one.split_once('\t').unwrap_or((&one, ""));
        view! { <li><b translate="no">{who.to_owned()}</b><p class="prose" translate="no"><code>{link.to_owned()}</code></p></li> }
    };
    let lines = made.into_iter().map(line).collect_view();
    view! {
        <div class="note ok stack tight" aria-live="polite">
            <p><b>{say(words::LINKS)}</b></p>
            <p>{say(words::LINKS_WHY)}</p>
            <ul class="stack">{lines}</ul>
        </div>
        <p><a class="button primary wide" href="/sign-in?next=/set-up" rel="external">{say(words::GO_SIGN_IN)}</a></p>
    }
}
