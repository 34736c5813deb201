//! Closing review (办结审核): the centre passes the reply, or gives it back to the unit in the same cycle (`domain.md` 3.2, row 17).
//! Anonymous and no-reply tickets and inquiries outside the sample close here, with the reason why nobody is called.
//! Not here: the unit's own review (`reply`), the call (`follow_up`).

use shared::access::Role;
use shared::command::RowCode;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::notice::NoticeKind;
use shared::register::NamedRow;
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
        let told = checked(copy, told, &self.checked)?;
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

/// What the reviewer ticked of the office's checklist and what not, in its words of now. Who ticks nothing has not looked at it so.
fn checked(copy: &WorkingCopy<'_>, told: Told, ticked: &[RowCode]) -> Result<Told, Halt> {
    if ticked.is_empty() {
        return Ok(told);
    }
    let region = &copy.case.ticket.region;
    let rows = copy.scene.reference.lists.checklist(region);
    let is_ticked = |row: &NamedRow| ticked.iter().any(|code| code.as_str() == row.code);
    let is_known = |code: &RowCode| rows.iter().any(|row| row.code == code.as_str());
    if !ticked.iter().all(is_known) {
        return Err(Fault::field("checked", Code::InputCode).into());
    }
    let (yes, no): (Vec<&NamedRow>, Vec<&NamedRow>) = rows.iter().partition(|row| is_ticked(row));
    let joined = |rows: &[&NamedRow], word: fn(&NamedRow) -> &str, sign: &str| {
        let words: Vec<&str> = rows.iter().map(|row| word(row)).collect();
        words.join(sign)
    };
    let told = told
        .fact("checked", joined(&yes, |row| &row.code, ","))
        .fact("checked_zh", joined(&yes, |row| &row.zh, "、"))
        .fact("checked_en", joined(&yes, |row| &row.en, "; "));
    if no.is_empty() {
        return Ok(told);
    }
    Ok(told
        .fact("missed_zh", joined(&no, |row| &row.zh, "、"))
        .fact("missed_en", joined(&no, |row| &row.en, "; ")))
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
