//! The office's own fields in the ticket list: filters by their answers.
//! Not here: who may see or ask for which (services), which of them stand in columns (`shown`).
//! They are fields of the list's plain GET form.

use leptos::prelude::*;
use shared::query::TicketFilter;
use shared::register::OwnKind;
use shared::text::{Locale, staff};
use shared::ticket::view::OwnAskView;

use crate::api::staff::Listed;
use crate::context::{say, use_locale};

/// What stands before a field's code in the address.
pub(super) const OWN: &str = "own.";

pub(super) fn word(zh: &str, en: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => zh.to_owned(),
        Locale::En => en.to_owned(),
    }
}

/// The field that a filter asks for.
fn field_of<'l>(name: &str, listed: &'l Listed) -> Option<&'l OwnAskView> {
    let code = name.strip_prefix(OWN)?;
    listed.own.iter().find(|field| field.code == code)
}

/// What a filter by an own field is called; nothing for the others.
pub(super) fn name_of(name: &str, listed: &Listed, locale: Locale) -> Option<String> {
    let code = name.strip_prefix(OWN)?;
    let field = field_of(name, listed);
    Some(field.map_or_else(
        || code.to_owned(),
        |field| word(&field.zh, &field.en, locale),
    ))
}

/// The answer that a filter asks for, as people read it.
pub(super) fn answer_of(name: &str, value: &str, listed: &Listed, locale: Locale) -> String {
    let field = field_of(name, listed);
    let choice = field.and_then(|field| field.choices.iter().find(|it| it.code == value));
    choice.map_or_else(
        || value.to_owned(),
        |choice| word(&choice.zh, &choice.en, locale),
    )
}

/// A field each to filter by.
#[component]
pub(super) fn OwnFilters(listed: Listed, filter: TicketFilter) -> impl IntoView {
    let locale = use_locale();
    let asked = |field: &OwnAskView| listed.own_asked.contains(&field.code);
    listed
        .own
        .iter()
        .filter(|field| asked(field))
        .map(|field| {
            let value = filter.own.get(&field.code).cloned().unwrap_or_default();
            let name = format!("{OWN}{}", field.code);
            let id = format!("filter-{name}");
            let label = word(&field.zh, &field.en, locale);
            let input = if field.kind == OwnKind::Choice {
                let options = field
                    .choices
                    .iter()
                    .map(|choice| {
                        let selected = choice.code == value;
                        let words = word(&choice.zh, &choice.en, locale);
                        view! { <option value=choice.code.clone() selected=selected>{words}</option> }
                    })
                    .collect_view();
                view! {
                    <select id=id.clone() name=name autocomplete="off">
                        <option value="">{say(staff::ANY)}</option>
                        {options}
                    </select>
                }
                .into_any()
            } else {
                let kind = if field.kind == OwnKind::Day {
                    "date"
                } else {
                    "text"
                };
                view! { <input type=kind id=id.clone() name=name value=value autocomplete="off" maxlength="200"/> }
                    .into_any()
            };
            view! {
                <div class="field">
                    <label for=id>{label}</label>
                    {input}
                </div>
            }
        })
        .collect_view()
}
