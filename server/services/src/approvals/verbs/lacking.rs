//! Accept with papers missing (容缺受理) and hand them in later (补齐材料).
//! The papers are listed once, with a day by which they come; a step may refuse to approve before they are all there.
//! Not here: asking for a correction, which stops the clocks (`correction`).

use shared::approval::ApprovalVerb;
use shared::approval::verbs::{AcceptLacking, CaseVerb as _, Supply};
use shared::fault::Fault;
use shared::process::limit::Limit;
use shared::ticket::LimitUnit;
use shared::verb::Piece;
use store::record::ApprovalPaper;

use super::decide::{Given, fields, main};
use super::task_of;
use crate::approvals::forms;
use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;

impl Decide for AcceptLacking {
    fn names(&self) -> Vec<String> {
        forms::names(self.fields.all())
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        let present = copy.visible(task.task_no);
        let fields = fields(copy, (&task.element, &present), self.fields.all())?;
        let now = copy.now();
        let limit = Limit {
            value: self.working_days.get(),
            unit: LimitUnit::WorkingDays,
        };
        let hours = copy.scene.reference.hours.of_unit(&copy.case.approval.unit);
        let due = hours.due(now, limit);
        let first = copy.case.papers.iter().map(|p| p.n).max().unwrap_or(0) + 1;
        for (name, n) in self.papers.iter().zip(first..) {
            copy.case.papers.push(ApprovalPaper {
                n,
                name: name.to_string(),
                asked_at: now,
                due_at: Some(due.at),
                supplied_at: None,
                note: None,
            });
        }
        let given = Given {
            approved: true,
            opinion: self.opinion.clone().map(String::from),
            fields,
        };
        main(copy, ApprovalVerb::AcceptLacking, &task, given)
    }
}

impl Decide for Supply {
    fn fits(copy: &WorkingCopy<'_>, _piece: Option<Piece>) -> Result<(), Halt> {
        let mut papers = copy.case.papers.iter();
        if papers.any(|paper| paper.supplied_at.is_none()) {
            Ok(())
        } else {
            Err(copy.not_now(ApprovalVerb::Supply))
        }
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let now = copy.now();
        let mut papers = copy.case.papers.iter_mut();
        let paper = papers
            .find(|paper| paper.n == self.paper)
            .ok_or_else(Fault::missing)?;
        if paper.supplied_at.is_some() {
            return Err(copy.not_now(ApprovalVerb::Supply));
        }
        paper.supplied_at = Some(now);
        paper.note = self.note.clone().map(String::from);
        let told = Told::default().note(self.note.as_deref());
        let told = told.fact("paper", &paper.name);
        copy.event(ApprovalVerb::Supply, told);
        Ok(())
    }
}
