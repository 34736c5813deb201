//! The page for addresses that do not exist (404).
//! A refused request of an existing page shows its own fault (`components::page`).
//! Not here: failures outside the router; the server answers those in plain HTML.

use leptos::prelude::*;
use shared::text::common;

use crate::components::page::{Page, fixed};
use crate::context::say;

/// Says that nothing is here, and where to go.
#[component]
pub fn MissingPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::error::set_status(404);
    view! {
        <Page title=fixed(common::MISSING_TITLE) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(common::MISSING_TITLE)}</h1>
                <p>{say(common::MISSING_PAGE)}</p>
                <p class="row">
                    <a class="button primary" href="/" rel="external">{say(common::TO_HOME)}</a>
                    <a class="button" href="/track">{say(common::TO_TRACK)}</a>
                </p>
            </section>
        </Page>
    }
}
