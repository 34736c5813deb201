//! The agent's desk: registering for a caller (登记). Buttons named `step` bring the next list, or related tickets, without sending.
//! After registering the agent is on the ticket, with number and code to tell the caller.
//! Not here: the citizen's own form (`citizen::file`).

use shared::ticket::Channel;

use crate::context::Filed;
use crate::forms::{Call, Keep, Redirect, Refusal, STEP, place, request};

/// Runs the form.
pub async fn register(call: Call) -> Result<Redirect, Refusal> {
    let Call {
        ctx, mut fields, ..
    } = call;
    place::settle(&mut fields);
    if fields.optional(STEP).is_some() {
        fields.remove(STEP);
        return Err(Refusal::Again(fields.into_pairs()));
    }
    if fields.optional("channel").is_none() {
        fields.set("channel", Channel::Phone.as_str());
    }
    match request::register(&ctx, &fields, has).await {
        Ok(done) => {
            let filed = Filed {
                ticket_no: done.ticket_no.to_string(),
                code: done.query_code,
                due_at: done.due_at,
                provisional: done.provisional,
            };
            let to = format!("/tickets/{}?done=register", done.id);
            Ok(Redirect::to(to).keep(Keep::Filed(filed)))
        }
        Err(fault) => Err(Refusal::FaultWith(fault, fields.into_pairs())),
    }
}

/// Staff may say everything that the command has.
fn has(_name: &str) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use shared::calendar::Instant;

    use super::*;
    use crate::forms::Fields;
    use crate::forms::request::read;
    use crate::forms::request::tests::refused;

    #[test]
    fn a_call_becomes_a_command() {
        let posted = Fields::of(&[
            ("kind", "complaint"),
            ("content", "小区路灯三天不亮，晚上看不清路，希望尽快修好。"),
            ("city", "320100"),
            ("county", "320106"),
            ("citizen.phone", "13800138000"),
            ("identity", "confidential"),
            ("occurred_at", "2026-11-25T14:05"),
            ("channel", "phone"),
            ("title", ""),
        ]);
        let command = read(&posted, has).expect("everything needed is there");
        assert_eq!(command.channel, Some(Channel::Phone));
        assert!(command.confidential.0 && command.reply_required == Some(true));
        // A browser sends the time in China without a zone.
        let at = Instant::parse("2026-11-25T14:05:00+08:00");
        assert!(at.is_some() && command.occurred_at == at);
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        assert_eq!(
            refused(&Fields::of(&[("urgency", "very")]), has),
            ["kind", "content", "city", "urgency", "citizen.phone"]
        );
    }
}
