//! A page that is a list to work on: what was done, what it is for, doors, and rows in a table, or why there are none.
//! Needs `.stack`, `.done-note`, `.table-wrap`, `.table.cards`. Not here: one row, filters, paging (each page's own).

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::text::Text;

use super::empty::Empty;
use super::on_page::OnPage;
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

/// The words of a table.
#[derive(Debug, Clone, Copy)]
pub struct TableWords {
    /// What it is, for who hears it.
    pub label: Text,
    /// Heads of the columns.
    pub heads: &'static [Text],
    /// What is said where it has no rows.
    pub none: Text,
    /// Why there are none.
    pub none_why: Text,
}

/// The rows of such a page, or why there are none.
#[component]
pub fn WorkRows<T, V, L>(
    /// Whether there are none: rows that stand on the page are not counted again.
    is_empty: bool,
    /// Its words.
    table: &'static TableWords,
    /// The rows.
    rows: OnPage<Vec<T>>,
    /// One row.
    line: L,
) -> impl IntoView
where
    T: 'static,
    V: IntoView + 'static,
    L: Fn(T) -> V + 'static,
{
    if is_empty {
        return view! {
            <section class="card"><Empty title=table.none reason=table.none_why/></section>
        }
        .into_any();
    }
    let head = |head: &Text| view! { <th scope="col">{say(*head)}</th> };
    let heads = table.heads.iter().map(head).collect_view();
    let lines = move |rows: Vec<T>| rows.into_iter().map(line).collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(table.label)>
            <table class="table cards">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                {rows.tbody(lines)}
            </table>
        </div>
    }
    .into_any()
}
