//! The register's pages: all lists, one with its rows and versions, one row, the look before publishing.
//! Not here: what the forms do (`forms::staff::lists`).
//! A list of an area stands under `/office/lists/{list}/{area}`; the base's area is called `base`.

mod all;
mod climbs;
mod history;
mod one;
mod preview;
mod reorganise;
mod replay;
mod resort;
mod row;
mod rows;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use shared::register::{
    AreaView, Column, Kind, ListCode, RevisionState, RevisionView, list, setting_words,
};
use shared::text::Locale;
use shared::text::register as words;

use crate::components::form::FieldNames;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

pub use all::ListsPage;
pub use one::OfficeListPage;
pub use preview::ListPreviewPage;
pub use reorganise::ReorganisePage;
pub use row::ListRowPage;

/// Where a list of an area stands.
fn path_of(code: ListCode, area: &AreaView) -> String {
    let area = if area.code.is_empty() {
        "base"
    } else {
        &area.code
    };
    format!("/office/lists/{code}/{area}")
}

/// The address of a page of the register: the parts of its path and its query.
fn address() -> impl Fn() -> String + Send + Sync + Clone + 'static {
    let (params, query) = (use_params_map(), use_query_map());
    move || {
        let params = params.with(ParamsMap::to_query_string);
        let query = query.with(ParamsMap::to_query_string);
        let (params, query) = (
            params.trim_start_matches('?'),
            query.trim_start_matches('?'),
        );
        format!("{params}&{query}")
    }
}

/// Names of a list's columns and of the forms' fields, for the lists of errors on top of forms.
fn provide_names(code: ListCode) {
    let locale = use_locale();
    let columns = list(code).columns.iter();
    let mut names: Vec<(String, String)> = columns
        .map(|column| (column.name.to_owned(), column.label.get(locale).to_owned()))
        .collect();
    for (name, text) in [
        ("from", words::FROM),
        ("note", words::NOTE),
        ("text", words::FILE),
        ("replaces", words::REPLACES),
    ] {
        if !names.iter().any(|(known, _)| known == name) {
            names.push((name.to_owned(), text.get(locale).to_owned()));
        }
    }
    provide_context(FieldNames(names));
}

/// A cell as it is read.
fn cell_of(column: &Column, value: &str, locale: Locale) -> String {
    if column.name == "value" && matches!(column.kind, Kind::Line(_)) {
        return setting_words(value, locale);
    }
    let shown = column.kind.choice(value);
    shown.map_or_else(
        || value.to_owned(),
        |choice| choice.text.get(locale).to_owned(),
    )
}

/// How it stands with a revision, as a badge.
#[component]
fn StateOf(revision: RevisionView) -> impl IntoView {
    let locale = use_locale();
    let (state, word) = match revision.state {
        RevisionState::Published if revision.is_applied => ("active", words::HOLDS.get(locale)),
        RevisionState::Published => ("idle", words::COMING.get(locale)),
        RevisionState::Discarded => ("withdrawn", revision.state.label(locale)),
        RevisionState::Draft | RevisionState::Submitted => ("draft", revision.state.label(locale)),
    };
    view! { <span class="badge state" data-version=state>{word}</span> }
}

/// A revision in one line: its number, from when it holds, how much it changes.
#[component]
fn InShort(revision: RevisionView) -> impl IntoView {
    let locale = use_locale();
    let from = revision
        .valid_from
        .filter(|from| from.0 > 0)
        .map(|at| view! { " · " {say(words::FROM)} " " <When at/> });
    let changes =
        (revision.changes > 0).then(|| view! { " · " {words::changes(revision.changes, locale)} });
    view! { <span>{words::revision(revision.number, locale)}{from}{changes}</span> }
}

/// Links to the other areas that have a part of it.
#[component]
fn Areas(
    /// The areas.
    areas: Vec<AreaView>,
    /// The one that is shown.
    current: String,
    /// Where each stands.
    #[prop(into)]
    href: Callback<(AreaView,), String>,
) -> impl IntoView {
    if areas.len() < 2 {
        return ().into_any();
    }
    let links = areas
        .into_iter()
        .map(|area| {
            let kind = if area.code.is_empty() {
                words::BASE
            } else {
                words::SUPPLEMENT
            };
            let text = view! { <span lang="zh-CN">{area.name.clone()}</span> " (" {say(kind)} ")" };
            if area.code == current {
                view! { <b aria-current="page">{text}</b> }.into_any()
            } else {
                view! { <a href=href.run((area,))>{text}</a> }.into_any()
            }
        })
        .collect_view();
    view! { <nav class="row" aria-label=say(words::AREA)>{links}</nav> }.into_any()
}
