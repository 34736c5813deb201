//! The table of a page of figures: heads of the dimensions and of the measures, the rows, and the total beneath them.
//! Not here: what a number looks like (each page's own).

use leptos::prelude::*;
use shared::measure::{Axis, CubeKey, Measure};
use shared::text::{Locale, Text, report};

use crate::context::{say, use_locale};

/// The table (`.table-wrap`, `.report-table`).
#[component]
pub(super) fn Grid(
    /// What it is, for who hears it.
    label: Text,
    /// Its dimensions.
    axes: Vec<Axis>,
    /// Its measures.
    measures: Vec<Measure>,
    /// Its rows (`row`).
    lines: AnyView,
    /// Numbers of the total.
    sum: AnyView,
) -> impl IntoView {
    let locale = use_locale();
    let span = axes.len().max(1);
    // What is divided by nothing has a column all the same, where the total says what it is.
    let bare = axes.is_empty().then(|| view! { <td></td> });
    let axis = |it: Axis| view! { <th scope="col">{it.label(locale)}</th> };
    let axes = axes.into_iter().map(axis).collect_view();
    let measure = |it: Measure| view! { <th scope="col" class="num">{it.label(locale)}</th> };
    let measures = measures.into_iter().map(measure).collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(label)>
            <table class="table report-table">
                <thead><tr>{bare}{axes}{measures}</tr></thead>
                <tbody>
                    {lines}
                    <tr class="total"><th scope="row" colspan=span>{say(report::TOTAL)}</th>{sum}</tr>
                </tbody>
            </table>
        </div>
    }
}

/// A row: a head of each dimension, and its numbers.
pub(super) fn row(keys: &[CubeKey], cells: Vec<AnyView>, locale: Locale) -> AnyView {
    let head = |key: &CubeKey| view! { <th scope="row">{key.name.get(locale).to_owned()}</th> };
    let heads = keys.iter().map(head).collect_view();
    view! { <tr>{heads}{cells}</tr> }.into_any()
}
