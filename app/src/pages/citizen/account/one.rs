//! One of the own requests: as it is followed by number and query code, with the same forms.
//! Not here: the timeline and its forms (`pages::citizen::progress`).
//! A form that comes back comes back here (`/me/requests/:no/:verb`).

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::text::citizen;
use shared::text::citizen::account as words;

use super::super::progress::Progress;
use crate::api::citizen::own_request;
use crate::api::public::OwnTicket;
use crate::components::access::Guarded;
use crate::components::page::{Loaded, Page, fixed, of_address};
use crate::context::say;
use crate::routes::need_of;

/// `/me/requests/:no`
#[component]
pub fn OwnRequestPage() -> impl IntoView {
    view! {
        <Guarded need=need_of("/me/requests/:no")>
            <Page title=fixed(citizen::PROGRESS_TITLE) heading=false>
                <Content/>
            </Page>
        </Guarded>
    }
}

#[component]
fn Content() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.with(|params| params.get("no").unwrap_or_default());
    let resource = of_address(number, own_request);
    let show = |OwnTicket { ticket, own }: OwnTicket| {
        let base = format!("/me/requests/{}", ticket.ticket_no);
        view! { <Progress ticket own base/> }
    };
    view! {
        <div class="stack">
            <Loaded resource show/>
            <p><a href="/me">{say(words::TO_MINE)}</a></p>
        </div>
    }
}
