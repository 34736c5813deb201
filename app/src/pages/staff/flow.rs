//! How one ticket moves: its process as a drawing, and the same in words for whoever cannot see it.
//! Not here: the drawing (`bpmn::diagram`), colours (`style/diagram.css`).
//! It is an image of the server's; nothing in it runs in the browser.

use leptos::prelude::*;
use shared::access::Permission;
use shared::text::{staff, ticket};
use shared::ticket::view::FlowView;

use crate::api::staff::read_flow;
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::TicketNumber;
use crate::context::{say, use_locale};
use crate::routes::Audience;

/// `/tickets/:id/flow`
#[component]
pub fn FlowPage() -> impl IntoView {
    view! {
        <StaffPage audience=Audience::Permission(Permission::TicketView) title=fixed(ticket::FLOW)>
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
    let stands = if flow.stands.is_empty() {
        view! { <span>{say(ticket::FLOW_OVER)}</span> }.into_any()
    } else {
        view! { <b lang="zh-CN">{flow.stands.join("、")}</b> }.into_any()
    };
    let drawing = match flow.svg {
        Some(svg) => view! {
            <div class="diagram" role="region" tabindex="0" aria-label=say(ticket::FLOW) inner_html=svg></div>
            <div class="row diagram-keys">
                <span class="diagram-key is-here">{say(ticket::FLOW_NOW)}</span>
                <span class="diagram-key was-here">{say(ticket::FLOW_WAS)}</span>
                <span class="muted small">{say(ticket::FLOW_SCROLL)}</span>
            </div>
        }
        .into_any(),
        None => view! { <p class="note">{say(ticket::FLOW_NONE)}</p> }.into_any(),
    };
    view! {
        <section class="card stack">
            <dl class="facts">
                <div><dt>{say(staff::NUMBER)}</dt><dd><TicketNumber ticket_no=flow.ticket_no/></dd></div>
                <div><dt>{say(ticket::FLOW_NOW)}</dt><dd>{stands}</dd></div>
            </dl>
            {drawing}
            <p class="row between">
                <a href=format!("/tickets/{}", flow.id)>{say(ticket::FLOW_BACK)}</a>
                <span class="muted small">{ticket::flow_version(flow.version, locale)}</span>
            </p>
        </section>
    }
}
