//! How one ticket moves: its process as a drawing, and the same in words for whoever cannot see it.
//! Not here: the drawing (`drawing`), an approval's (`approvals::flow`).
//! The page can be printed.

use leptos::prelude::*;
use shared::text::{staff, ticket};
use shared::ticket::view::FlowView;

use super::drawing::{Drawing, Stands};
use crate::api::staff::read_flow;
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::TicketNumber;
use crate::context::{say, use_locale};

/// `/tickets/:id/flow`
#[component]
pub fn FlowPage() -> impl IntoView {
    view! {
        <StaffPage path="/tickets/:id/flow" title=fixed(ticket::FLOW)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_id(read_flow);
    let show = |flow: FlowView| view! { <Flow flow/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Flow(flow: FlowView) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card stack">
            <dl class="facts">
                <div><dt>{say(staff::NUMBER)}</dt><dd><TicketNumber ticket_no=flow.ticket_no/></dd></div>
                <Stands stands=flow.stands/>
            </dl>
            <Drawing svg=flow.svg label=ticket::FLOW none=ticket::FLOW_NONE past=true/>
            <p class="row between">
                <a href=format!("/tickets/{}", flow.id)>{say(ticket::FLOW_BACK)}</a>
                <span class="muted small">{ticket::flow_version(flow.version, locale)}</span>
            </p>
        </section>
    }
}
