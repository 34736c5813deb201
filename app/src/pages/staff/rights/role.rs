//! One role: what it gives, and the ways to copy, change and stop it.
//! Not here: the list (`roles`), the fields of what it gives (`grants`).
//! A shipped role is only looked at and copied.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::access::{RoleOrigin, RoleSpec};
use shared::account::posts::RoleRow;
use shared::text::account::posts as words;

use super::DoneNote;
use super::grants::{GrantFields, GrantTable};
use super::sight::SightTable;
use crate::api::rights::read_role;
use crate::components::form::{Field, Form, Hidden, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// `/office/roles/:code`
#[component]
pub fn RolePage() -> impl IntoView {
    view! {
        <StaffPage path="/office/roles/:code" title=fixed(words::ROLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let params = use_params_map();
    let code = move || params.with(|params| params.get("code").unwrap_or_default());
    let resource = of_address(code, read_role);
    let show = |row: RoleRow| view! { <Sheet row/> };
    view! {
        <div class="stack account">
            <DoneNote/>
            <p><a href="/office/roles">{say(words::BACK_TO_ROLES)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Sheet(row: RoleRow) -> impl IntoView {
    let locale = use_locale();
    let spec = row.spec.clone();
    let base = format!("/office/roles/{}", spec.code);
    let tasks: Vec<&str> = spec.tasks.iter().map(|role| role.label(locale)).collect();
    let tasks = if tasks.is_empty() {
        say(words::NO_TASKS).to_owned()
    } else {
        tasks.join(" · ")
    };
    let by = row.changed_by.clone();
    let by = by.unwrap_or_else(|| say(words::WITH_PROGRAM).to_owned());
    let own = spec.origin != RoleOrigin::Shipped;
    let change = if own {
        view! { <Change spec=spec.clone() base=base.clone()/> }.into_any()
    } else {
        view! {
            <p class="note">{say(words::SHIPPED_NOTE)}</p>
            <GrantTable grants=spec.grants.clone()/>
            <SightTable sight=spec.sight.clone()/>
        }
        .into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{spec.label(locale).to_owned()}</h2>
            <dl class="facts">
                <div><dt>{say(words::CODE)}</dt><dd translate="no"><code>{spec.code.to_string()}</code></dd></div>
                <div><dt>{say(words::ORIGIN)}</dt><dd>{spec.origin.label(locale)} {spec.copied_from.as_ref().map(|from| format!(" ({from})"))}</dd></div>
                <div><dt>{say(words::HELD)}</dt><dd>{row.posts}</dd></div>
                <div><dt>{say(words::TASKS)}</dt><dd>{tasks}</dd></div>
                <div><dt>{say(words::CHANGED)}</dt><dd><When at=row.changed_at/> " " {by}</dd></div>
            </dl>
        </section>
        {change}
        <section class="card stack">
            <h2 class="section-title">{say(words::COPY)}</h2>
            <Form action=format!("{base}/copy") prefix="copy-" class="stack" label=say(words::COPY)>
                <Field name="code" label=words::CODE help=words::CODE_HELP/>
                <Field name="name" label=words::NAME/>
                <div><SubmitButton label=words::COPY class=""/></div>
            </Form>
        </section>
        {own.then(|| view! { <Stop spec base/> })}
    }
}

#[component]
fn Change(spec: RoleSpec, base: String) -> impl IntoView {
    let version = Signal::stored(spec.version.to_string());
    let grants = spec.grants.clone();
    let sight = spec.sight.clone();
    view! {
        <GrantTable grants/>
        <SightTable sight/>
        <section class="card stack">
            <Form action=format!("{base}/change") prefix="change-" class="stack" label=say(words::CHANGE_HEAD)>
                <Hidden name="version" value=version/>
                <ChangeFields spec/>
            </Form>
        </section>
    }
}

#[component]
fn ChangeFields(spec: RoleSpec) -> impl IntoView {
    let form = use_form();
    let came_back = form
        .state
        .with_untracked(crate::forms::FormState::is_posted);
    view! {
        <details class="fold" open=came_back>
            <summary>{say(words::CHANGE_HEAD)}</summary>
            <div class="stack after">
                <Field name="name" label=words::NAME value=spec.name.clone()/>
                <Field name="name_en" label=words::NAME_EN value=spec.name_en.clone() optional=true/>
                <GrantFields spec=Some(spec)/>
                <div><SubmitButton label=words::CHANGE/></div>
            </div>
        </details>
    }
}

#[component]
fn Stop(spec: RoleSpec, base: String) -> impl IntoView {
    let version = Signal::stored(spec.version.to_string());
    let next = Signal::stored((!spec.stopped).to_string());
    let label = if spec.stopped {
        words::RESUME
    } else {
        words::STOP
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(label)}</h2>
            <p class="muted">{say(words::STOP_WHY)}</p>
            <Form action=format!("{base}/stop") prefix="stop-" class="stack" label=say(label)>
                <Hidden name="version" value=version/>
                <Hidden name="stopped" value=next/>
                <div><SubmitButton label class=""/></div>
            </Form>
        </section>
    }
}
