//! Forms of the verbs on one unit's assignment: sign, send back, rule, reply, unit review.
//! The path names ticket and assignment; the service finds the assignment in the actor's scope, the ticket is only the way back.
//! Not here: verbs on the ticket (`ticket`).

use services::tickets;
use shared::fault::{Check, Fault};
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::command::{Reply, Rule, SendBack, Sign, UnitReview};
use shared::ticket::{HandleResult, ReturnReason, Solved, Verb, rules};

use super::done;
use crate::forms::{Call, Fields, Redirect, Refusal};

fn ids(call: &Call) -> Result<(TicketId, AssignmentId), Fault> {
    Ok((call.param(0)?, call.param(1)?))
}

/// Sign for (签收).
pub async fn sign(call: Call) -> Result<Redirect, Refusal> {
    let (ticket, id) = ids(&call)?;
    let command = Sign {
        version: call.fields.version(),
    };
    tickets::sign(&call.ctx, id, command).await?;
    done(ticket, Verb::Sign)
}

/// Ask to send back (退单).
pub async fn send_back(call: Call) -> Result<Redirect, Refusal> {
    let (ticket, id) = ids(&call)?;
    let mut check = Check::default();
    let reason = call.fields.required::<ReturnReason>("reason", &mut check);
    let command = SendBack {
        version: call.fields.version(),
        reason: reason.unwrap_or(ReturnReason::ALL[0]),
        explanation: call.fields.text("explanation"),
        suggested_unit: call.fields.optional("suggested_unit"),
    };
    check.finish_with(rules::send_back(&command))?;
    tickets::send_back(&call.ctx, id, command).await?;
    done(ticket, Verb::SendBack)
}

/// Rule on the return (裁定).
pub async fn rule(call: Call) -> Result<Redirect, Refusal> {
    let (ticket, id) = ids(&call)?;
    let mut check = Check::default();
    let uphold = call.fields.yes_no("uphold", &mut check);
    // Without a ruling nobody is asked for the unit that a ruling would need.
    let uphold = uphold.unwrap_or(true);
    let command = Rule {
        version: call.fields.version(),
        uphold,
        to: call.fields.optional("to").filter(|_| !uphold),
        opinion: call.fields.text("opinion"),
        final_ruling: call.fields.ticked("final_ruling"),
    };
    check.finish_with(rules::rule(&command))?;
    tickets::rule(&call.ctx, id, command).await?;
    done(ticket, Verb::Rule)
}

/// Reply (反馈).
pub async fn reply(call: Call) -> Result<Redirect, Refusal> {
    let (ticket, id) = ids(&call)?;
    let command = reply_command(&call.fields)?;
    tickets::reply(&call.ctx, id, command).await?;
    done(ticket, Verb::Reply)
}

fn reply_command(fields: &Fields) -> Result<Reply, Fault> {
    let mut check = Check::default();
    let fact_true = fields.required::<HandleResult>("fact_true", &mut check);
    let solved = fields.required::<Solved>("solved", &mut check);
    let contacted = fields.yes_no("contacted", &mut check);
    let contact_tries = fields.number::<u8>("contact_tries", &mut check);
    // What was not chosen asks for nothing more.
    let command = Reply {
        version: fields.version(),
        handling: fields.text("handling"),
        public_reply: fields.text("public_reply"),
        fact_true: fact_true.unwrap_or(HandleResult::ALL[0]),
        solved: solved.unwrap_or(Solved::Yes),
        contacted: contacted.unwrap_or(true),
        contact_tries: contact_tries.unwrap_or_default(),
        unsolved_reason: fields.optional("unsolved_reason"),
        basis: fields.optional("basis"),
    };
    check.finish_with(rules::reply(&command))?;
    Ok(command)
}

/// Unit review (单位审核).
pub async fn unit_review(call: Call) -> Result<Redirect, Refusal> {
    let (ticket, id) = ids(&call)?;
    let mut check = Check::default();
    let pass = call.fields.yes_no("pass", &mut check);
    let command = UnitReview {
        version: call.fields.version(),
        pass: pass.unwrap_or(true),
        opinion: call.fields.optional("opinion"),
    };
    check.finish_with(rules::unit_review(&command))?;
    tickets::unit_review(&call.ctx, id, command).await?;
    done(ticket, Verb::UnitReview)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_chosen_is_told_all_at_once() {
        let fault = reply_command(&Fields::new(vec![(
            "contact_tries".to_owned(),
            "many".to_owned(),
        )]))
        .expect_err("nothing was chosen");
        let names: Vec<_> = fault.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(
            names,
            [
                "fact_true",
                "solved",
                "contacted",
                "contact_tries",
                "handling",
                "public_reply"
            ]
        );
    }
}
