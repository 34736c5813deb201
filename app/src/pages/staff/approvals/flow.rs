//! How one approval moves: its process as a drawing, and the same in words.
//! Not here: the drawing (`drawing`), a ticket's (`super::super::flow`).
//! Steps that were done and steps that wait are told apart by words as well.

use leptos::prelude::*;
use shared::approval::view::ApprovalFlow;
use shared::text::approval;

use super::super::drawing::{Drawing, Stands};
use crate::api::approvals::read_approval_flow;
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/approvals/:id/flow`
#[component]
pub fn ApprovalFlowPage() -> impl IntoView {
    view! {
        <StaffPage path="/approvals/:id/flow" title=fixed(approval::FLOW)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_id(read_approval_flow);
    let show = |flow: ApprovalFlow| view! { <Flow flow/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Flow(flow: ApprovalFlow) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card stack">
            <dl class="facts">
                <div><dt>{say(approval::NO)}</dt><dd class="ticket-no" translate="no">{flow.approval_no}</dd></div>
                <Stands stands=flow.stands/>
            </dl>
            <Drawing svg=flow.svg label=approval::FLOW none=approval::NO_DRAWING past=true/>
            <p class="row between">
                <a href=format!("/approvals/{}", flow.id)>{say(approval::BACK)}</a>
                <span class="muted small">{approval::version(flow.version, locale)}</span>
            </p>
        </section>
    }
}
