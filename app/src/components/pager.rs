//! Keyset paging: the first page, the one before where the list knows it, and the next one (`nav.pager`). Keyset cursors have no page numbers and no totals.
//! Not here: the cursor (opaque, from the service).
//! Links keep the filter, so that a page can be sent to a colleague.

use leptos::prelude::*;
use shared::text::common;

use crate::context::say;

/// Links to the first page, the one before and the next one.
#[component]
pub fn Pager(
    /// Address of the first page; absent on the first page.
    #[prop(into)]
    first: Option<String>,
    /// Address of the next page; absent on the last one.
    #[prop(into)]
    next: Option<String>,
    /// Address of the page before; absent on the first page, and where the list is read forwards alone.
    #[prop(optional_no_strip, into)]
    before: Option<String>,
) -> impl IntoView {
    if first.is_none() && next.is_none() && before.is_none() {
        return ().into_any();
    }
    view! {
        <nav class="pager" aria-label=say(common::PAGES)>
            {match first {
                Some(href) => view! { <a class="button" href=href>{say(common::FIRST_PAGE)}</a> }.into_any(),
                None => view! { <span></span> }.into_any(),
            }}
            {before.map(|href| view! { <a class="button" href=href rel="prev">{say(common::PREV_PAGE)}</a> })}
            {next.map(|href| view! { <a class="button" href=href rel="next">{say(common::NEXT_PAGE)}</a> })}
        </nav>
    }
    .into_any()
}
