//! What a role gives: as a table to read, and as the fields to compose it.
//! Not here: which of it goes together (`shared::access::Power`).
//! Without script the fields are plain lists, one for each permission.

use leptos::prelude::*;
use shared::access::{Grants, Permission, Role, RoleSpec, ScopeKind};
use shared::text::account::posts as words;

use super::sight::SightFields;
use crate::components::form::{FieldNotes, use_form};
use crate::context::{say, use_locale};
use crate::forms::rights::{MAY, TASKS};

/// Permissions with their scopes.
#[component]
pub(super) fn GrantTable(
    /// What is given.
    grants: Grants,
) -> impl IntoView {
    let locale = use_locale();
    let rows: Vec<_> = grants.iter().collect();
    let lines = rows.into_iter().map(|(permission, scope)| {
        view! {
            <tr>
                <th scope="row">{permission.label(locale)}</th>
                <td data-label=say(words::POWER)>{permission.power().label(locale)}</td>
                <td data-label=say(words::SCOPE)>{scope.label(locale)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::GIVES)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::PERMISSION)}</th>
                        <th scope="col">{say(words::POWER)}</th>
                        <th scope="col">{say(words::SCOPE)}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// The fields of what a role gives, beginning with a role where there is one.
#[component]
pub(super) fn GrantFields(
    /// The role as it is.
    spec: Option<RoleSpec>,
) -> impl IntoView {
    let form = use_form();
    let grants = spec.as_ref().map(|spec| spec.grants.clone());
    let grants = grants.unwrap_or_default();
    let sight = spec.as_ref().map(|spec| spec.sight.clone());
    let sight = sight.unwrap_or_default();
    let tasks = spec.map(|spec| spec.tasks).unwrap_or_default();
    let boxes = Role::ALL
        .iter()
        .map(|role| view! { <TaskBox role=*role given=tasks.contains(role)/> })
        .collect_view();
    let lines = Permission::ALL
        .iter()
        .map(|permission| view! { <GrantField permission=*permission given=grants.of(*permission)/> })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{say(words::TASKS)}</legend>
            <p class="help">{say(words::TASKS_HELP)}</p>
            <div class="choices inline">{boxes}</div>
        </fieldset>
        <p class="muted">{say(words::APART)}</p>
        <div class="field" class:has-error=move || form.error("grants").is_some()>
            <FieldNotes name="grants"/>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::GIVES)>
                <table class="table cards">
                    <thead><tr><th scope="col">{say(words::PERMISSION)}</th><th scope="col">{say(words::SCOPE)}</th></tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </div>
        <SightFields sight/>
    }
}

#[component]
fn TaskBox(role: Role, given: bool) -> impl IntoView {
    let form = use_form();
    let checked = form.state.with_untracked(|state| {
        if state.is_posted() {
            state.values(TASKS).contains(&role.as_str())
        } else {
            given
        }
    });
    let id = form.id(&format!("{TASKS}-{role}"));
    view! {
        <label class="choice" for=id.clone()>
            <input type="checkbox" id=id.clone() name=TASKS value=role.as_str() checked=checked/>
            <span>{role.label(use_locale())}</span>
        </label>
    }
}

#[component]
fn GrantField(permission: Permission, given: Option<ScopeKind>) -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let name = format!("{MAY}{permission}");
    let chosen = form.initial(&name, given.map(|scope| scope.as_str().to_owned()));
    let id = form.id(&name.replace('.', "-"));
    let options = ScopeKind::ALL.iter().map(|scope| {
        let selected = chosen == scope.as_str();
        view! { <option value=scope.as_str() selected=selected>{scope.label(locale)}</option> }
    });
    view! {
        <tr>
            <th scope="row"><label for=id.clone()>{permission.label(locale)}</label> " " <span class="muted">{permission.power().label(locale)}</span></th>
            <td>
                <select id=id.clone() name=name>
                    <option value="">{say(words::NOT_GIVEN)}</option>
                    {options.collect_view()}
                </select>
            </td>
        </tr>
    }
}
