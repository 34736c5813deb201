//! Says that words without an index were looked for in the newest tickets alone, and how many these were.
//! Not here: looking through them (services), the way to the next ones (`Pager`).

use leptos::prelude::*;
use shared::text::views;

use crate::context::use_locale;

/// The line; nothing for words that the index knows.
#[component]
pub fn Looked(looked: Option<u32>, goes_on: bool) -> impl IntoView {
    let locale = use_locale();
    looked.map(|n| view! { <p class="small" role="status">{views::looked(n, goes_on, locale)}</p> })
}
