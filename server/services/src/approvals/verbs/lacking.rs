//! Accept with papers missing (容缺受理) and hand them in later (补齐材料).
//! The papers are listed once, with a day by which they come; a step may refuse to approve before they are all there.
//! Not here: asking for a correction, which stops the clocks (`correction`).

use shared::approval::command::{AcceptLacking, Supply};
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalVerb, rules};
use shared::fault::{Code, Fault, both};
use shared::ids::ApprovalId;
use shared::process::limit::Limit;
use shared::ticket::LimitUnit;
use store::record::{ApprovalCase, ApprovalPaper};

use super::decide::{Given, fields, main};
use super::{held_main, under_way};
use crate::approvals::draft::{Draft, Halt, Told, is_open};
use crate::approvals::forms;
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;

/// Longest time for missing papers, in working days.
const LONGEST: i32 = 60;

impl Order for AcceptLacking {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::AcceptLacking
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn names(&self) -> Vec<String> {
        forms::names(&self.fields)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = held_main(draft, self.verb(), self.task)?;
        let days = (1..=LONGEST).contains(&self.working_days);
        let days = days
            .then_some(self.working_days)
            .ok_or_else(|| Fault::field("working_days", Code::InputNumber));
        let present = draft.visible(task.task_no);
        let ((papers, days), (opinion, fields)) = both(
            both(rules::several("papers", &self.papers, rules::PAPER), days),
            both(
                rules::optional("opinion", self.opinion.as_deref(), rules::WORDS),
                fields(draft, (&task.element, &present), &self.fields),
            ),
        )?;
        let now = draft.now();
        let limit = Limit {
            value: days,
            unit: LimitUnit::WorkingDays,
        };
        let due = draft.scene.reference.calendar.due(now, limit);
        let first = draft.case.papers.iter().map(|p| p.n).max().unwrap_or(0) + 1;
        for (name, n) in papers.into_iter().zip(first..) {
            draft.case.papers.push(ApprovalPaper {
                n,
                name,
                asked_at: now,
                due_at: Some(due.at),
                supplied_at: None,
                note: None,
            });
        }
        let given = Given {
            approved: true,
            opinion,
            fields,
        };
        main(draft, self.verb(), &task, given)
    }
}

impl Order for Supply {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Supply
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if !rights::is_initiator(draft.scene.actor, &draft.case) {
            return Err(Fault::denied().into());
        }
        if !is_open(draft.case.approval.status) {
            return Err(draft.not_now(self.verb()));
        }
        let note = rules::optional("note", self.note.as_deref(), rules::WORDS)?;
        let now = draft.now();
        let paper = draft
            .case
            .papers
            .iter_mut()
            .find(|paper| paper.n == self.paper)
            .ok_or_else(Fault::missing)?;
        if paper.supplied_at.is_some() {
            return Err(draft.not_now(self.verb()));
        }
        paper.supplied_at = Some(now);
        paper.note.clone_from(&note);
        let name = paper.name.clone();
        draft.event(self.verb(), Told::default().note(note).fact("paper", name));
        Ok(())
    }
}

/// Approves with papers missing.
pub async fn accept_lacking(
    ctx: &Ctx,
    id: ApprovalId,
    command: AcceptLacking,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Hands a missing paper in.
pub async fn supply(ctx: &Ctx, id: ApprovalId, command: Supply) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}
