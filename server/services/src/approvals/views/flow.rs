//! An approval's process drawn: what waits now, and which steps were done.
//! Not here: the drawing itself (`bpmn::diagram`), its colours (`style/diagram.css`).
//! A called process is drawn where it is called.

use std::collections::BTreeMap;

use bpmn::diagram::{self, Mark};
use shared::access::needs;
use shared::approval::view::ApprovalFlow;
use shared::fault::Fault;
use shared::ids::ApprovalId;
use shared::text::ticket;

use crate::approvals::perform::found;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::Hosted as _;
use crate::host::denied::recorded;

/// The drawing of one case.
///
/// # Errors
/// `not_found` outside the reader's reach.
pub async fn flow(ctx: &Ctx, id: ApprovalId) -> Result<ApprovalFlow, Fault> {
    let done = async {
        ctx.ask(needs::APPROVALS)?;
        read(ctx, id).await.settle(&ctx.services)
    };
    let what = ("approval.view", format!("approval:{id}"));
    recorded(ctx, what, done).await
}

async fn read(ctx: &Ctx, id: ApprovalId) -> Result<ApprovalFlow, Failure> {
    let services = &ctx.services;
    let reader = services.store().reader();
    let case = found(ctx, &reader, id).await?;
    let history = store::approvals::history(&reader, id).await?;
    let reference = services.reference().await?;
    let library = case.library(services, &reader, &reference).await?;
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    for element in history.iter().filter_map(|event| event.element.as_ref()) {
        let mark = marks.entry(element.clone()).or_default();
        mark.classes = vec!["was-here"];
        mark.words = Some(ticket::FLOW_WAS.get(ctx.locale).to_owned());
    }
    for (element, tokens) in &case.hung.places {
        let mark = marks.entry(element.clone()).or_default();
        mark.classes = vec!["is-here"];
        mark.words = Some(ticket::FLOW_NOW.get(ctx.locale).to_owned());
        mark.count = u64::try_from(*tokens).ok().filter(|count| *count > 1);
    }
    let title = ticket::FLOW.get(ctx.locale);
    Ok(ApprovalFlow {
        id,
        version: case.approval.definition_version,
        stands: case
            .hung
            .places
            .keys()
            .map(|element| library.name_of(element, ctx.locale))
            .collect(),
        svg: diagram::draw(&library.main, ctx.locale, title, &marks),
        approval_no: case.approval.approval_no,
    })
}
