//! Forms of the verbs on a ticket: one function per verb, from fields to command to service.
//! Unreadable codes are noted at their field; whether a text is long enough is for the rules.
//! Not here: verbs on one assignment (`assignment`).

use services::tickets;
use shared::fault::{Check, Fault};
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::command::{
    Answer, Close, ConfirmDecline, Decline, Dispatch, FollowUp, Recall, Redo, Review, Urge,
    Withdraw,
};
use shared::ticket::{
    DeclineReason, ExemptReason, Satisfaction, Solved, Urgency, Verb, VisitChannel, rules,
};

use super::done;
use crate::forms::{Call, Fields, Redirect, Refusal};

/// Answer directly (直接答复).
pub async fn answer(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let command = Answer {
        version: call.fields.version(),
        answer: call.fields.text("answer"),
    };
    tickets::answer(&call.ctx, id, command).await?;
    done(id, Verb::Answer)
}

/// Propose declining (不予受理).
pub async fn decline(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let mut check = Check::default();
    let reason = call.fields.required::<DeclineReason>("reason", &mut check);
    let command = Decline {
        version: call.fields.version(),
        reason: reason.unwrap_or(DeclineReason::ALL[0]),
        explanation: call.fields.text("explanation"),
    };
    check.finish_with(rules::decline(&command))?;
    tickets::decline(&call.ctx, id, command).await?;
    done(id, Verb::Decline)
}

/// Rule on a proposed declining.
pub async fn confirm_decline(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let mut check = Check::default();
    let confirm = call.fields.yes_no("confirm", &mut check);
    let command = ConfirmDecline {
        version: call.fields.version(),
        confirm: confirm.unwrap_or(true),
        opinion: call.fields.optional("opinion"),
    };
    check.finish_with(rules::confirm_decline(&command))?;
    tickets::confirm_decline(&call.ctx, id, command).await?;
    done(id, Verb::ConfirmDecline)
}

/// Dispatch (派单) to one lead unit and assisting ones.
pub async fn dispatch(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let command = dispatch_command(&call.fields)?;
    tickets::dispatch(&call.ctx, id, command).await?;
    done(id, Verb::Dispatch)
}

fn dispatch_command(fields: &Fields) -> Result<Dispatch, Fault> {
    let mut check = Check::default();
    let urgency = fields.parsed::<Urgency>("urgency", &mut check);
    let lead = fields
        .required::<String>("lead", &mut check)
        .unwrap_or_default();
    let mut assisting = fields.all("assisting");
    // A unit ticked in both columns leads.
    assisting.retain(|unit| *unit != lead);
    let command = Dispatch {
        version: fields.version(),
        lead,
        assisting,
        category: fields.optional("category"),
        advice: fields.optional("advice"),
        urgency,
    };
    check.finish_with(rules::dispatch(&command))?;
    Ok(command)
}

/// Recall and redispatch (撤派改派).
pub async fn recall(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let mut check = Check::default();
    let assignment = call.fields.parsed::<AssignmentId>("assignment", &mut check);
    let command = Recall {
        version: call.fields.version(),
        assignment,
        to: call.fields.optional("to"),
        reason: call.fields.text("reason"),
    };
    check.finish_with(rules::recall(&command))?;
    tickets::recall(&call.ctx, id, command).await?;
    done(id, Verb::Recall)
}

/// Closing review (办结审核).
pub async fn review(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let mut check = Check::default();
    let pass = call.fields.yes_no("pass", &mut check);
    let command = Review {
        version: call.fields.version(),
        pass: pass.unwrap_or(true),
        opinion: call.fields.optional("opinion"),
    };
    check.finish_with(rules::review(&command))?;
    tickets::review(&call.ctx, id, command).await?;
    done(id, Verb::Review)
}

/// Follow-up call (回访) with its four questions.
pub async fn follow_up(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let command = follow_up_command(&call.fields)?;
    tickets::follow_up(&call.ctx, id, command).await?;
    done(id, Verb::FollowUp)
}

fn follow_up_command(fields: &Fields) -> Result<FollowUp, Fault> {
    let mut check = Check::default();
    let channel = fields.parsed::<VisitChannel>("channel", &mut check);
    let connected = fields.yes_no("connected", &mut check);
    // Radio buttons that were left alone are no answer, and for the rules to judge.
    let answer = |name: &str| match fields.get(name) {
        Some("yes") => Some(true),
        Some("no") => Some(false),
        _ => None,
    };
    let solved = fields.parsed::<Solved>("solved", &mut check);
    let satisfaction = fields.parsed::<Satisfaction>("satisfaction", &mut check);
    // A call that is not said to have been answered has no answers to ask for.
    let connected = connected.unwrap_or(false);
    let command = FollowUp {
        version: fields.version(),
        channel: channel.unwrap_or(VisitChannel::Call),
        connected,
        staff_contacted: answer("staff_contacted").filter(|_| connected),
        report_true: answer("report_true").filter(|_| connected),
        solved: solved.filter(|_| connected),
        satisfaction: satisfaction.filter(|_| connected),
        opinion: fields.optional("opinion"),
    };
    check.finish_with(rules::follow_up(&command))?;
    Ok(command)
}

/// Redo (重办).
pub async fn redo(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let command = Redo {
        version: call.fields.version(),
        reason: call.fields.text("reason"),
    };
    tickets::redo(&call.ctx, id, command).await?;
    done(id, Verb::Redo)
}

/// Close (办结).
pub async fn close(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let mut check = Check::default();
    let exempt = call.fields.parsed::<ExemptReason>("exempt", &mut check);
    check.finish()?;
    let command = Close {
        version: call.fields.version(),
        exempt,
    };
    tickets::close(&call.ctx, id, command).await?;
    done(id, Verb::Close)
}

/// Withdraw (撤回) for the citizen.
pub async fn withdraw(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let command = Withdraw {
        version: call.fields.version(),
        reason: call.fields.optional("reason"),
    };
    tickets::withdraw(&call.ctx, id, command).await?;
    done(id, Verb::Withdraw)
}

/// Urge (催办): the citizen called again.
pub async fn urge(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    let command = Urge {
        message: call.fields.optional("message"),
    };
    tickets::urge(&call.ctx, id, command).await?;
    done(id, Verb::Urge)
}

/// The value, once the check has found nothing; a value that is missing was noted there.
pub(super) fn settled<T>(value: Option<T>, check: Check) -> Result<T, Fault> {
    check.finish()?;
    value.ok_or_else(|| Fault::new(shared::fault::Code::InputInvalid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_ticked_twice_leads() {
        let command = dispatch_command(&Fields::of(&[
            ("version", "3"),
            ("lead", "A"),
            ("assisting", "A"),
            ("assisting", "B"),
        ]))
        .expect("a lead is chosen");
        assert_eq!((command.lead.as_str(), command.version), ("A", 3));
        assert_eq!(command.assisting, ["B"]);
    }

    #[test]
    fn a_call_that_was_not_answered_has_no_answers() {
        let command = follow_up_command(&Fields::of(&[
            ("connected", "no"),
            ("solved", "yes"),
            ("staff_contacted", "yes"),
        ]))
        .expect("readable");
        assert_eq!((command.solved, command.staff_contacted), (None, None));
        let refused =
            follow_up_command(&Fields::of(&[("solved", "nonsense")])).expect_err("two faults");
        let names: Vec<_> = refused.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(names, ["connected", "solved"]);
    }
}
