//! Closing review (办结审核): the centre passes the reply, or gives it back to the unit in the same cycle (`domain.md` 3.2, row 17).
//! Anonymous and no-reply tickets and inquiries outside the sample close here, with the reason why nobody is called.
//! Not here: the unit's own review (`reply`), the call (`follow_up`).

use shared::access::Role;
use shared::ids::AssignmentId;
use shared::notice::NoticeKind;
use shared::text::sms::Notice;
use shared::ticket::rules::follow_up;
use shared::ticket::verbs::Review;
use shared::ticket::{AssignmentStatus, ExemptReason, RequestKind, Verb};
use store::record::Ticket;

use crate::host::Decide;
use crate::process;
use crate::process::said::Saying;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{opening, questionnaire};

impl Decide for Review {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let lead = process::lead(&copy.case)
            .cloned()
            .ok_or_else(|| copy.not_allowed(Verb::Review))?;
        let told = Told::default()
            .of(lead.id)
            .note(self.opinion.as_deref())
            .fact("pass", self.pass);
        if !self.pass {
            copy.resume_assignment(lead.id, |assignment| {
                assignment.status = AssignmentStatus::Handling;
                assignment.reply_passed = false;
                assignment.replied_at = None;
            })?;
            copy.ticket().replied_at = None;
            let slots = opening::slots([lead.slot.as_str()], opening::From::Handle);
            copy.complete(Saying::Back(slots), None)?;
            let told = copy.because(told, Verb::Review, self.cause.as_ref())?;
            copy.tell_unit(
                NoticeKind::Returned,
                &lead.unit,
                &[Role::UnitLiaison, Role::Handler],
            );
            copy.event(Verb::Review, told);
            return Ok(());
        }
        let replied: Vec<AssignmentId> = copy
            .case
            .assignments
            .iter()
            .filter(|a| a.status == AssignmentStatus::Replied)
            .map(|a| a.id)
            .collect();
        for id in replied {
            copy.change_assignment(id, |assignment| assignment.status = AssignmentStatus::Done)?;
        }
        let share = copy.scene.reference.follow_up.inquiry_share;
        let exempt = exemption(&copy.case.ticket, share);
        let answer = lead.reply.map(|reply| reply.public_reply);
        let now = copy.now();
        let ticket = copy.ticket();
        ticket.reviewed_at = Some(now);
        ticket.answer.clone_from(&answer);
        ticket.exempt_reason = exempt;
        let said = Saying::Pass {
            exempt: exempt.is_some(),
        };
        copy.complete(said, None)?;
        copy.event(
            Verb::Review,
            exempt.map_or(told.clone(), |reason| told.fact("exempt", reason)),
        );
        if copy.case.ticket.reply_required {
            copy.notify(&Notice::Replied {
                reply: answer.as_deref().unwrap_or_default(),
            });
        }
        if copy.scene.reference.follow_up.ask_after_answer {
            questionnaire::ask(copy);
        }
        Ok(())
    }
}

/// Why nobody is called: there is nobody to call, no answer is wanted, or the sample leaves the inquiry out. The citizen rates it all the same.
fn exemption(ticket: &Ticket, share: i32) -> Option<ExemptReason> {
    if ticket.anonymous {
        Some(ExemptReason::Anonymous)
    } else if !ticket.reply_required {
        Some(ExemptReason::NoReply)
    } else if ticket.kind == RequestKind::Inquiry && !follow_up::is_drawn(ticket.id.0, share) {
        Some(ExemptReason::SampledOut)
    } else {
        None
    }
}
