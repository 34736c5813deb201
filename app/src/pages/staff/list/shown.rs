//! Which columns the list shows and in which order: boxes of the list's plain GET form, those that are chosen first; a link moves one forward.
//! A form beside it keeps them for the reader.
//! Not here: what stands in a column (`components::row`), filters by own fields (`own`).
//! The address says what is shown, so that a saved view keeps it.

use leptos::prelude::*;
use shared::query::TicketQuery;
use shared::query::shown::{ListColumn, moved_up};
use shared::text::{Locale, query as words};

use super::own::word;
use super::{PATH, to};
use crate::api::staff::Listed;
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::context::{say, use_locale};

/// Where the form of the reader's own columns is sent.
const KEEP: &str = "/views/mine/columns";

/// What a column is called: a standard one, or an own field; nothing for what is neither any more.
pub(super) fn name_of(code: &str, listed: &Listed, locale: Locale) -> Option<String> {
    if let Some(column) = ListColumn::parse(code) {
        return Some(column.label(locale).to_owned());
    }
    let field = listed.own.iter().find(|field| field.code == code)?;
    Some(word(&field.zh, &field.en, locale))
}

/// The columns that are chosen, each by its code and its name.
pub(super) fn columns(
    listed: &Listed,
    query: &TicketQuery,
    locale: Locale,
) -> Vec<(String, String)> {
    let named = |code: &String| Some((code.clone(), name_of(code, listed, locale)?));
    query.columns.iter().filter_map(named).collect()
}

/// All of them, the chosen ones first and in their order.
fn offered(listed: &Listed, query: &TicketQuery, locale: Locale) -> Vec<(String, String)> {
    let mut all = columns(listed, query, locale);
    let standard = ListColumn::ALL.iter().map(|it| it.as_str().to_owned());
    let own = listed.own.iter().map(|field| field.code.clone());
    for code in standard.chain(own) {
        if !query.columns.contains(&code)
            && let Some(name) = name_of(&code, listed, locale)
        {
            all.push((code, name));
        }
    }
    all
}

/// Keeps the columns as the reader's own, or gives the usual ones back; nothing where neither would change anything.
#[component]
pub(super) fn KeepColumns(mine: Vec<String>, query: TicketQuery) -> impl IntoView {
    let present = TicketQuery {
        cursor: None,
        ..query
    };
    let keep = (!present.columns.is_empty() && present.columns != mine).then(|| {
        let address = Signal::stored(present.to_query());
        view! {
            <Form action=KEEP prefix="columns-" mark="keep" class="row" label=say(words::KEEP_COLUMNS)>
                <Hidden name="query" value=address/>
                <SubmitButton label=words::KEEP_COLUMNS class=""/>
            </Form>
        }
    });
    let usual = (!mine.is_empty()).then(|| {
        view! {
            <Form action=KEEP prefix="usual-" mark="usual" class="row" label=say(words::USUAL_COLUMNS)>
                <Hidden name="query" value=Signal::stored(String::new())/>
                <SubmitButton label=words::USUAL_COLUMNS class=""/>
            </Form>
        }
    });
    view! { {keep} {usual} }
}

/// The boxes.
#[component]
pub(super) fn Columns(listed: Listed, query: TicketQuery) -> impl IntoView {
    let locale = use_locale();
    let boxes = offered(&listed, &query, locale)
        .into_iter()
        .map(|(code, name)| {
            let place = query.columns.iter().position(|known| *known == code);
            let forward = place.filter(|place| *place > 0).map(|_| {
                let moved = TicketQuery {
                    columns: moved_up(&query.columns, &code),
                    ..query.clone()
                };
                let label = words::earlier(&name, locale);
                view! { <a href=to(PATH, &moved) rel="nofollow" aria-label=label>"←"</a> }
            });
            let id = format!("column-{code}");
            view! {
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="columns" value=code checked=place.is_some()/>
                    <span class="choice-text"><b>{name}</b></span>
                </label>
                {forward}
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices inline">
            <legend>{say(words::COLUMNS)}</legend>
            {boxes}
        </fieldset>
    }
}
