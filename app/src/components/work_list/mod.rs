//! A page that is a list to work on: what was done, what it is for, doors, and rows in a table, or why there are none.
//! Needs `.stack` and `.done-note`. Not here: one row, filters, paging (each page's own).

mod answer;
mod rows;
mod shelves;

pub use answer::{Said, SaidOnce};
pub use rows::{LiveRows, LiveTable, TableWords, WorkCards, WorkRows};
pub use shelves::{Doors, Shelves};

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::text::Text;

use super::page::Loaded;
use crate::context::say;
use crate::error::AppError;

/// What the address chooses of one filter; nothing where it is left empty.
pub fn chosen(name: &str) -> Option<String> {
    let value = use_query_map().with_untracked(|query| query.get(name));
    value.filter(|value| !value.is_empty())
}

/// A page's address with what is chosen.
pub fn address<const N: usize>(path: &str, pairs: [(&'static str, Option<String>); N]) -> String {
    let query: ParamsMap = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    format!("{path}{}", query.to_query_string())
}

/// The page: what a form has done (`?done=`), what it is for, its doors, and what was read.
#[component]
pub fn WorkList<T, V, F>(
    /// What is said of what was done, by its word.
    told: fn(&str) -> Option<Text>,
    /// What the page is for.
    help: Text,
    /// What is read.
    resource: Resource<Result<T, AppError>>,
    /// Shows it.
    show: F,
    /// Forms and links before the rows.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
{
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let words = done.as_deref().and_then(told);
        words.map(|words| view! { <p class="note ok">{say(words)}</p> })
    };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(help)}</p>
            {children.map(|children| children())}
            <Loaded resource show/>
        </div>
    }
}
