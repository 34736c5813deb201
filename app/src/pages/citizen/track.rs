//! Look up a ticket by number and code.
//! Not here: the timeline (`progress`).
//! Wrong tries are counted by the services; the page only shows what they say.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::text::{citizen, common};

use crate::components::form::{Field, Form, SubmitButton};
use crate::components::page::{Page, fixed};
use crate::context::say;

/// `/track`; the address may carry the ticket's number (`no`), as in text messages, never the code.
#[component]
pub fn TrackPage() -> impl IntoView {
    let number = use_query_map().with_untracked(|query| query.get("no").unwrap_or_default());
    view! {
        <Page title=fixed(citizen::TRACK_TITLE) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(citizen::TRACK_TITLE)}</h1>
                <p>{say(citizen::TRACK_INTRO)}</p>
                <Form action="/track" class="stack" failed=common::NOT_FOUND_BY_CODE>
                    <Field name="ticket_no" help=citizen::TICKET_NO_HELP inputmode="numeric" value=number/>
                    <Field name="code" help=citizen::CODE_HELP inputmode="text" autocomplete="one-time-code"/>
                    <SubmitButton label=citizen::LOOK_UP class="primary wide"/>
                </Form>
                <p class="muted">{say(citizen::CODE_LOST)}</p>
                <p><a href="/me" rel="external">{say(citizen::account::ALL_OF_NUMBER)}</a></p>
            </section>
        </Page>
    }
}
