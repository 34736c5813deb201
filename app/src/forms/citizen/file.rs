//! The citizen's complaint form: `/file`. Buttons named `step` or `remove_photo` prepare the form, the last one sends it.
//! Places are chosen by city, district and street; the street's code contains the district's.
//! Not here: photo files of plain forms (`registry::take_photo`, before this runs).

use shared::calendar::Instant;
use shared::fault::{Check, Code, Fault};
use shared::ids::DraftId;
use shared::ticket::command::Register;
use shared::ticket::{Channel, RequestKind, SubjectType, Urgency, rules};

use super::PHOTO_FAULT;
use crate::context::Filed;
use crate::forms::{Call, Fields, Keep, Redirect, Refusal, STEP, place, request};

/// Name of the buttons that take a photo out.
const REMOVE: &str = "remove_photo";

/// Runs the form.
pub async fn file(call: Call) -> Result<Redirect, Refusal> {
    let Call {
        ctx, mut fields, ..
    } = call;
    place::settle(&mut fields);
    if let Some(photo) = fields.optional(REMOVE) {
        if let (Some(draft), Ok(photo)) = (draft(&fields), photo.parse()) {
            services::photos::remove(&ctx, draft, photo).await?;
        }
        return Err(again(fields));
    }
    if let Some(code) = fields.get(PHOTO_FAULT).and_then(Code::parse) {
        fields.remove(PHOTO_FAULT);
        return Err(Refusal::FaultWith(
            Fault::field("photos", code),
            fields.into_pairs(),
        ));
    }
    if fields.optional(STEP).is_some() {
        return Err(again(fields));
    }
    let result = match command(&fields, ctx.now()) {
        Ok(register) => services::tickets::register(&ctx, register).await,
        Err(fault) => Err(fault),
    };
    match result {
        Ok(done) => {
            let lookup = shared::ticket::command::Lookup {
                ticket_no: done.ticket_no.to_string(),
                code: done.query_code.clone(),
            };
            let filed = Filed {
                ticket_no: done.ticket_no.to_string(),
                code: done.query_code,
                due_at: done.due_at,
                provisional: done.provisional,
            };
            Ok(Redirect::to("/filed")
                .keep(Keep::Track(Some(lookup)))
                .keep(Keep::Filed(filed)))
        }
        Err(fault) => {
            let gone = |at: &shared::fault::FieldFault| at.code == Code::PhotoDraftGone;
            if fault.fields.iter().any(gone) {
                // The next try goes without the photos, or with new ones.
                fields.remove("draft");
            }
            Err(Refusal::FaultWith(
                place::at_the_forms_fields(fault, &fields),
                fields.into_pairs(),
            ))
        }
    }
}

fn again(mut fields: Fields) -> Refusal {
    fields.remove(STEP);
    fields.remove(REMOVE);
    Refusal::Again(fields.into_pairs())
}

fn draft(fields: &Fields) -> Option<DraftId> {
    fields.get("draft").and_then(|text| text.parse().ok())
}

/// The command of the form; what cannot be read at all and what the rules refuse is told together.
fn command(fields: &Fields, now: Instant) -> Result<Register, Fault> {
    let mut check = Check::default();
    let request = request::read(fields, &mut check);
    let (lon, lat) = (
        fields.number::<f64>("lon", &mut check),
        fields.number::<f64>("lat", &mut check),
    );
    let command = Register {
        kind: request.kind.unwrap_or(RequestKind::Complaint),
        channel: Channel::Web,
        title: None,
        content: request.content,
        region: request.region,
        address: fields.optional("address"),
        lon,
        lat,
        occurred_at: None,
        category: None,
        urgency: Urgency::Normal,
        subject_type: SubjectType::Person,
        citizen: request.citizen,
        anonymous: request.anonymous,
        confidential: request.confidential,
        reply_required: request.reply_required,
        draft: draft(fields),
        repeat_of: None,
    };
    check.finish_with(rules::register(&command, now))?;
    Ok(command)
}

#[cfg(test)]
mod tests {
    use shared::ticket::command::Citizen;

    use super::*;

    const NOW: Instant = Instant(1_790_000_000_000);

    const WHOLE: &[(&str, &str)] = &[
        ("kind", "complaint"),
        ("content", "小区路灯三天不亮，晚上看不清路，希望尽快修好。"),
        ("city", "320100"),
        ("county", "320106"),
        ("street", "320106001"),
        ("citizen.phone", "13800138000"),
        ("citizen.name", "李明"),
    ];

    #[test]
    fn a_whole_form_becomes_a_command() {
        let command = command(&Fields::of(WHOLE), NOW).expect("everything needed is there");
        assert_eq!(command.region, "320106001");
        assert_eq!(command.channel, Channel::Web);
        assert_eq!(command.citizen.name.as_deref(), Some("李明"));
        assert!(command.reply_required && !command.anonymous && !command.confidential);
    }

    #[test]
    fn an_anonymous_form_keeps_nothing_of_the_person() {
        let mut posted = Fields::of(WHOLE);
        posted.set("identity", "anonymous");
        let command = command(&posted, NOW).expect("nothing is missing");
        assert!(command.anonymous);
        assert_eq!(command.citizen, Citizen::default());
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        let fault = command(&Fields::of(&[]), NOW).expect_err("nothing was typed");
        let names: Vec<_> = fault
            .fields
            .iter()
            .map(|field| field.field.as_str())
            .collect();
        assert_eq!(names, ["kind", "city", "content", "citizen.phone"]);
    }

    #[test]
    fn a_short_text_is_told_with_what_is_missing() {
        let fault = command(&Fields::of(&[("content", "太吵")]), NOW).expect_err("much is missing");
        let of_content = fault.fields.iter().find(|it| it.field == "content");
        assert_eq!(of_content.map(|it| it.code), Some(Code::InputTooShort));
        assert!(fault.fields.iter().any(|it| it.field == "kind"));
        assert!(
            !fault.fields.iter().any(|it| it.field == "region"),
            "the lists say it"
        );
    }
}
