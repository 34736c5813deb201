//! Before a citizen who has signed in files another request: those of the own ones that are still being handled, so that the same is not sent twice.
//! Not here: the list of all (`pages::citizen::account`).
//! Of a discreet one no more than number and state, as in that list.

use leptos::prelude::*;
use shared::citizen::{OwnPage, OwnRow};
use shared::text::citizen::account as words;
use shared::text::together;
use shared::ticket::TicketState;

use crate::api::citizen::own_requests;
use crate::components::page::Loaded;
use crate::components::ticket::{StateBadge, When};
use crate::context::say;

/// So many are shown.
const MOST: usize = 5;

/// The newest of the own requests that are handled now; nothing where there are none.
#[component]
pub fn OwnOpen() -> impl IntoView {
    let resource = Resource::new_blocking(|| (), |()| own_requests(String::new()));
    let show = |page: OwnPage| {
        let open = page.items.into_iter().filter(|row| is_handled(row.state));
        let open: Vec<OwnRow> = open.take(MOST).collect();
        (!open.is_empty()).then(|| view! { <Known open/> })
    };
    view! { <Loaded resource show/> }
}

fn is_handled(state: TicketState) -> bool {
    state.is_open() || state == TicketState::Merged
}

#[component]
fn Known(open: Vec<OwnRow>) -> impl IntoView {
    let lines = open.into_iter().map(|row| {
        let (href, title) = match row.title {
            Some(title) => (format!("/me/requests/{}", row.ticket_no), title),
            None => (
                format!("/track?no={}", row.ticket_no),
                say(words::DISCREET).to_owned(),
            ),
        };
        view! {
            <li class="row between">
                <span><a href=href rel="external" lang="zh-CN">{title}</a> " · " <When at=row.accepted_at/></span>
                <StateBadge state=row.state/>
            </li>
        }
    });
    view! {
        <section class="note stack tight" aria-label=say(together::OWN_OPEN)>
            <b>{say(together::OWN_OPEN)}</b>
            <p>{say(together::OWN_OPEN_HELP)}</p>
            <ul class="plain stack tight">{lines.collect_view()}</ul>
        </section>
    }
}
