//! The roles of the installation, and the form that composes another.
//! Not here: one role (`role`).
//! The shipped ones stand first.

use leptos::prelude::*;
use shared::account::posts::RoleRow;
use shared::text::account::posts as words;

use super::DoneNote;
use super::grants::GrantFields;
use crate::api::rights::read_roles;
use crate::components::form::{Field, Form, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/office/roles";

/// `/office/roles`
#[component]
pub fn RolesPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/roles" title=fixed(words::ROLES)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(String::new, |_| read_roles());
    let show = |rows: Vec<RoleRow>| view! { <List rows/> };
    view! {
        <div class="stack">
            <DoneNote/>
            <p class="muted">{say(words::ROLES_WHY)}</p>
            <Loaded resource show/>
            <section class="card stack">
                <Form action=PATH prefix="compose-" class="stack" label=say(words::COMPOSE)>
                    <Compose/>
                </Form>
            </section>
        </div>
    }
}

/// Folded away until it is asked for, or comes back.
#[component]
fn Compose() -> impl IntoView {
    let form = use_form();
    let came_back = form
        .state
        .with_untracked(crate::forms::FormState::is_posted);
    view! {
        <details class="fold" open=came_back>
            <summary>{say(words::COMPOSE)}</summary>
            <div class="stack after">
                <Field name="code" label=words::CODE help=words::CODE_HELP/>
                <Field name="name" label=words::NAME/>
                <Field name="name_en" label=words::NAME_EN optional=true/>
                <GrantFields spec=None/>
                <div><SubmitButton label=words::COMPOSE/></div>
            </div>
        </details>
    }
}

#[component]
fn List(rows: Vec<RoleRow>) -> impl IntoView {
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::ROLES)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::ROLE)}</th>
                        <th scope="col">{say(words::CODE)}</th>
                        <th scope="col">{say(words::ORIGIN)}</th>
                        <th scope="col" class="num">{say(words::HELD)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: RoleRow) -> impl IntoView {
    let locale = use_locale();
    let spec = row.spec;
    let state = if spec.stopped {
        words::STOPPED
    } else {
        words::IN_USE
    };
    let href = format!("{PATH}/{}", spec.code);
    view! {
        <tr>
            <td class="key"><a href=href><b>{spec.label(locale).to_owned()}</b></a></td>
            <td data-label=say(words::CODE) translate="no"><code>{spec.code.to_string()}</code></td>
            <td data-label=say(words::ORIGIN)>{spec.origin.label(locale)}</td>
            <td class="num" data-label=say(words::HELD)>{row.posts}</td>
            <td data-label=say(words::STATE)><span class="badge state">{say(state)}</span></td>
        </tr>
    }
}
