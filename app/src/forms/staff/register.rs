//! The agent's desk: registering for a caller (登记). Buttons named `step` bring the next list, or related tickets, without sending.
//! After registering the agent is on the ticket, with number and code to tell the caller.
//! Not here: the citizen's own form (`citizen::file`).

use shared::calendar::Instant;
use shared::fault::{Check, Fault};
use shared::ticket::command::Register;
use shared::ticket::{Channel, RequestKind, SubjectType, Urgency, rules};

use crate::context::Filed;
use crate::forms::{Call, Fields, Keep, Redirect, Refusal, STEP, place, request};

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
    let result = match command(&fields, ctx.now()) {
        Ok(register) => services::tickets::register(&ctx, register).await,
        Err(fault) => Err(fault),
    };
    match result {
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
        Err(fault) => Err(Refusal::FaultWith(
            place::at_the_forms_fields(fault, &fields),
            fields.into_pairs(),
        )),
    }
}

fn command(fields: &Fields, now: Instant) -> Result<Register, Fault> {
    let mut check = Check::default();
    let request = request::read(fields, &mut check);
    let channel = fields.parsed::<Channel>("channel", &mut check);
    let urgency = fields.parsed::<Urgency>("urgency", &mut check);
    let subject_type = fields.parsed::<SubjectType>("subject_type", &mut check);
    let command = Register {
        kind: request.kind.unwrap_or(RequestKind::Complaint),
        channel: channel.unwrap_or(Channel::Phone),
        title: fields.optional("title"),
        content: request.content,
        region: request.region,
        address: fields.optional("address"),
        lon: None,
        lat: None,
        occurred_at: occurred(fields),
        category: fields.optional("category"),
        urgency: urgency.unwrap_or(Urgency::Normal),
        subject_type: subject_type.unwrap_or(SubjectType::Person),
        citizen: request.citizen,
        anonymous: request.anonymous,
        confidential: request.confidential,
        reply_required: request.reply_required,
        draft: None,
        repeat_of: fields.optional("repeat_of"),
    };
    check.finish_with(rules::register(&command, now))?;
    Ok(command)
}

/// Browsers send `2026-11-25T14:05` without a zone: it is the time in China.
fn occurred(fields: &Fields) -> Option<String> {
    let text = fields.optional("occurred_at")?;
    let local = text.len() == 16 && text.as_bytes().get(10) == Some(&b'T');
    Some(if local {
        format!("{text}:00+08:00")
    } else {
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Instant {
        Instant::parse("2026-11-26T09:00:00+08:00").expect("a time")
    }

    #[test]
    fn a_call_becomes_a_command() {
        let command = command(
            &Fields::of(&[
                ("kind", "complaint"),
                ("content", "小区路灯三天不亮，晚上看不清路，希望尽快修好。"),
                ("city", "320100"),
                ("county", "320106"),
                ("citizen.phone", "13800138000"),
                ("identity", "confidential"),
                ("occurred_at", "2026-11-25T14:05"),
            ]),
            now(),
        )
        .expect("everything needed is there");
        assert_eq!(command.channel, Channel::Phone);
        assert!(command.confidential && command.reply_required);
        assert_eq!(
            command.occurred_at.as_deref(),
            Some("2026-11-25T14:05:00+08:00")
        );
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        let fault =
            command(&Fields::of(&[("urgency", "very")]), now()).expect_err("nothing was typed");
        let names: Vec<_> = fault.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(
            names,
            ["kind", "city", "content", "citizen.phone", "urgency"]
        );
    }
}
