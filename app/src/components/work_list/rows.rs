//! Rows to work on in a table or as cards, or why there are none (`.table-wrap`, `.table.cards`, `.card`, `.empty`).
//! Not here: one row (each page's own).

use leptos::prelude::*;
use shared::text::Text;

use crate::components::empty::Empty;
use crate::components::on_page::OnPage;
use crate::context::say;

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

fn no_rows(table: &TableWords) -> impl IntoView + use<> {
    view! { <section class="card"><Empty title=table.none reason=table.none_why/></section> }
}

fn heads(table: &TableWords) -> impl IntoView + use<> {
    let head = |head: &Text| view! { <th scope="col">{say(*head)}</th> };
    table.heads.iter().map(head).collect_view()
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
        return no_rows(table).into_any();
    }
    let heads = heads(table);
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

/// Rows of a table that are sent as data, or why there are none.
#[component]
pub fn LiveRows<T, V, L>(
    /// Its words.
    table: &'static TableWords,
    /// The rows.
    rows: Vec<T>,
    /// One row.
    line: L,
) -> impl IntoView
where
    T: 'static,
    V: IntoView + 'static,
    L: Fn(T) -> V + 'static,
{
    if rows.is_empty() {
        return no_rows(table).into_any();
    }
    view! { <LiveTable table rows line/> }.into_any()
}

/// The table itself.
#[component]
pub fn LiveTable<T, V, L>(
    /// Its words.
    table: &'static TableWords,
    /// The rows.
    rows: Vec<T>,
    /// One row.
    line: L,
) -> impl IntoView
where
    T: 'static,
    V: IntoView + 'static,
    L: Fn(T) -> V + 'static,
{
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(table.label)>
            <table class="table cards">
                <thead>
                    <tr>{heads(table)}</tr>
                </thead>
                <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Rows that have more to show than a line of a table: a card each, or why there are none.
#[component]
pub fn WorkCards<T, V, C>(
    /// The rows.
    rows: Vec<T>,
    /// What is said where there are none.
    none: Text,
    /// Why there are none.
    none_why: Text,
    /// One row.
    card: C,
    /// The way on from there where there are none.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView
where
    T: 'static,
    V: IntoView + 'static,
    C: Fn(T) -> V + 'static,
{
    if rows.is_empty() {
        return view! {
            <section class="card">
                <Empty title=none reason=none_why>{children.map(|children| children())}</Empty>
            </section>
        }
        .into_any();
    }
    rows.into_iter().map(card).collect_view().into_any()
}
