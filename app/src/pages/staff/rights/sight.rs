//! Field rights: as a table to read, as the fields of a role's form, and what somebody's posts make of them.
//! Not here: what a role gives (`grants`), the masks (services).
//! Without script each class has a list for open and one for closed tickets.

use leptos::prelude::*;
use shared::access::{PersonalField, Phase, PostState, Shown, Sight};
use shared::account::posts::FieldView;
use shared::text::account::sight as words;

use crate::components::form::use_form;
use crate::context::{say, use_locale};
use crate::forms::rights::shows;

/// How a role shows each class.
#[component]
pub(super) fn SightTable(
    /// What the role says.
    sight: Sight,
) -> impl IntoView {
    let locale = use_locale();
    let line = |field: &PersonalField| {
        let cell = |phase: Phase| {
            view! { <td data-label=phase.label(locale)>{sight.of(*field, phase).label(locale)}</td> }
        };
        view! {
            <tr>
                <th scope="row">{field.label(locale)}</th>
                {Phase::ALL.iter().map(|phase| cell(*phase)).collect_view()}
            </tr>
        }
    };
    let lines = PersonalField::ALL.iter().map(line).collect_view();
    view! { <Table lines=lines.into_any()/> }
}

#[component]
fn Table(lines: AnyView) -> impl IntoView {
    let locale = use_locale();
    let heads = Phase::ALL.iter();
    let heads = heads.map(|phase| view! { <th scope="col">{phase.label(locale)}</th> });
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::FIELDS)>
            <table class="table cards">
                <thead><tr><th scope="col">{say(words::FIELD)}</th>{heads.collect_view()}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

/// The fields of a role's form that say it.
#[component]
pub(super) fn SightFields(
    /// What the role says now.
    sight: Sight,
) -> impl IntoView {
    let locale = use_locale();
    let line = |field: &PersonalField| {
        let cell = |phase: Phase| {
            let now = sight.of(*field, phase);
            view! { <td data-label=phase.label(locale)><Choice field=*field phase now/></td> }
        };
        view! {
            <tr>
                <th scope="row">{field.label(locale)}</th>
                {Phase::ALL.iter().map(|phase| cell(*phase)).collect_view()}
            </tr>
        }
    };
    let lines = PersonalField::ALL.iter().map(line).collect_view();
    view! {
        <fieldset class="field">
            <legend>{say(words::FIELDS)}</legend>
            <p class="help">{say(words::FIELDS_HELP)}</p>
            <Table lines=lines.into_any()/>
        </fieldset>
    }
}

#[component]
fn Choice(field: PersonalField, phase: Phase, now: Shown) -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let name = shows(field, phase);
    let chosen = form.initial(&name, Some(now.as_str().to_owned()));
    let id = form.id(&name.replace('.', "-"));
    let label = format!("{} · {}", field.label(locale), phase.label(locale));
    let offered = Shown::ALL.iter().filter(|shown| **shown >= field.least());
    let options = offered.map(|shown| {
        let selected = chosen == shown.as_str();
        view! { <option value=shown.as_str() selected=selected>{shown.label(locale)}</option> }
    });
    view! { <select id=id name=name aria-label=label>{options.collect_view()}</select> }
}

/// How somebody really sees each class, and through which post.
#[component]
pub(super) fn PersonFields(
    /// Each class with its posts.
    fields: Vec<FieldView>,
) -> impl IntoView {
    let locale = use_locale();
    let line = |view: FieldView| {
        let holds = view.ways.iter().filter(|way| way.state == PostState::Holds);
        let (mut open, mut closed) = (Shown::Hidden, Shown::Hidden);
        for way in holds {
            open = open.max(way.open);
            closed = closed.max(way.closed);
        }
        let ways = view.ways.iter().map(|way| {
            let said = words::way(way, locale);
            view! { <p>{said}</p> }
        });
        view! {
            <tr>
                <th scope="row">{view.field.label(locale)}</th>
                <td data-label=Phase::Open.label(locale)>{open.label(locale)}</td>
                <td data-label=Phase::Closed.label(locale)>{closed.label(locale)}</td>
                <td data-label=say(words::THROUGH)>{ways.collect_view()}</td>
            </tr>
        }
    };
    let lines = fields.into_iter().map(line).collect_view();
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::PERSON_FIELDS)}</h2>
            <p class="muted">{say(words::PERSON_FIELDS_WHY)}</p>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::PERSON_FIELDS)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::FIELD)}</th>
                            <th scope="col">{Phase::Open.label(locale)}</th>
                            <th scope="col">{Phase::Closed.label(locale)}</th>
                            <th scope="col">{say(words::THROUGH)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}
