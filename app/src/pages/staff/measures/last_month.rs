//! The way from a period without numbers to the whole month before today.
//! Not here: which period a standard report begins with (`shared::report::Period`).
//! Pages of figures begin with this month so far, of which there is next to nothing in its first days.

use leptos::prelude::*;
use shared::measure::CubeQuery;
use shared::report::{Period, Span};
use shared::text::report;

use crate::context::{say, use_now};

/// The same question about the month before; nothing where that was asked.
#[component]
pub fn LastMonth(
    /// The page's own address.
    path: &'static str,
    /// What was asked.
    query: CubeQuery,
) -> impl IntoView {
    let month = Period::usual(Span::Month, use_now().date());
    let is_other = month.from != query.from || month.to != query.to;
    is_other.then(|| {
        let asked = CubeQuery {
            from: month.from,
            to: month.to,
            ..query
        };
        let href = format!("{path}?{}", asked.to_query());
        view! { <a class="button" href=href>{say(report::LAST_MONTH)}</a> }
    })
}
