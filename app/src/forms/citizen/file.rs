//! The citizen's complaint form: `/file`. Buttons named `step` or `remove_photo` prepare the form, the last one sends it.
//! Places are chosen by city, district and street; the street's code contains the district's.
//! Not here: photo files of plain forms (`registry::take_photo`, before this runs).

use shared::fault::{Check, Code, Fault};
use shared::ids::DraftId;
use shared::ticket::command::{Citizen, Register};
use shared::ticket::{Channel, RequestKind, SubjectType, Urgency};

use super::PHOTO_FAULT;
use crate::context::Filed;
use crate::forms::{Call, Fields, Keep, Redirect, Refusal, STEP, place};

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
    let result = match command(&fields) {
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
        Err(fault) => Err(Refusal::FaultWith(
            place::at_the_forms_fields(fault, &fields),
            fields.into_pairs(),
        )),
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

/// The command of the form; what cannot be read at all is a fault here, everything else is for the rules.
fn command(fields: &Fields) -> Result<Register, Fault> {
    let mut check = Check::default();
    let kind = fields.required::<RequestKind>("kind", &mut check);
    let region = place::region(fields, &mut check);
    let (lon, lat) = (
        fields.parsed::<f64>("lon", &mut check),
        fields.parsed::<f64>("lat", &mut check),
    );
    let identity = fields.get("identity").unwrap_or("open");
    if !matches!(identity, "open" | "confidential" | "anonymous") {
        check.add("identity", Code::InputCode);
    }
    let content = fields.text("content");
    if content.is_empty() {
        check.add("content", Code::InputRequired);
    }
    let anonymous = identity == "anonymous";
    let phone = fields.optional("citizen.phone");
    if phone.is_none() && !anonymous {
        check.add("citizen.phone", Code::InputRequired);
    }
    check.finish()?;
    // An anonymous form keeps nothing that was typed about the person.
    let citizen = if anonymous {
        Citizen::default()
    } else {
        Citizen {
            name: fields.optional("citizen.name"),
            phone,
            ..Citizen::default()
        }
    };
    Ok(Register {
        kind: kind.ok_or_else(|| Fault::field("kind", Code::InputRequired))?,
        channel: Channel::Web,
        title: None,
        content,
        region,
        address: fields.optional("address"),
        lon,
        lat,
        occurred_at: None,
        category: None,
        urgency: Urgency::Normal,
        subject_type: SubjectType::Person,
        citizen,
        anonymous,
        confidential: identity == "confidential",
        reply_required: !fields.ticked("no_reply"),
        draft: draft(fields),
        repeat_of: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

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
        let command = command(&fields(WHOLE)).expect("everything needed is there");
        assert_eq!(command.region, "320106001");
        assert_eq!(command.channel, Channel::Web);
        assert_eq!(command.citizen.name.as_deref(), Some("李明"));
        assert!(command.reply_required && !command.anonymous && !command.confidential);
    }

    #[test]
    fn an_anonymous_form_keeps_nothing_of_the_person() {
        let mut posted = fields(WHOLE);
        posted.set("identity", "anonymous");
        let command = command(&posted).expect("nothing is missing");
        assert!(command.anonymous);
        assert_eq!(command.citizen, Citizen::default());
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        let fault = command(&fields(&[])).expect_err("nothing was typed");
        let names: Vec<_> = fault
            .fields
            .iter()
            .map(|field| field.field.as_str())
            .collect();
        assert_eq!(names, ["kind", "city", "content", "citizen.phone"]);
    }
}
