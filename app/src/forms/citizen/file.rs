//! The citizen's complaint form: `/file`. Buttons named `step` or `remove_photo` prepare the form, the last one sends it.
//! Places are chosen by city, district and street; the street's code contains the district's.
//! Not here: photo files of plain forms (`registry::take_photo`, before this runs).

use services::Ctx;
use shared::fault::{Code, Fault};
use shared::ids::DraftId;
use shared::ticket::command::Lookup;
use shared::ticket::together::AlikeQuery;

use super::PHOTO_FAULT;
use crate::context::Filed;
use crate::forms::{Call, Fields, Keep, Redirect, Refusal, STEP, place, request};

/// Name of the buttons that take a photo out.
const REMOVE: &str = "remove_photo";

/// The request of somebody else that is joined.
const JOINS: &str = "joins";

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
    let sent = match joining(&ctx, &fields).await {
        Ok(sent) => sent,
        Err(fault) => return Err(Refusal::FaultWith(fault, fields.into_pairs())),
    };
    match request::register(&ctx, &sent, has).await {
        Ok(done) => {
            let lookup = done.query_code.parse().ok().map(|code| Lookup {
                ticket_no: done.ticket_no.clone(),
                code,
            });
            let filed = Filed {
                ticket_no: done.ticket_no.to_string(),
                code: done.query_code,
                due_at: done.due_at,
                provisional: done.provisional,
            };
            Ok(Redirect::to("/filed")
                .keep(Keep::Track(lookup))
                .keep(Keep::Filed(filed)))
        }
        Err(fault) => {
            let gone = |at: &shared::fault::FieldFault| at.code == Code::PhotoDraftGone;
            if fault.fields.iter().any(gone) {
                // The next try goes without the photos, or with new ones.
                fields.remove("draft");
            }
            Err(Refusal::FaultWith(fault, fields.into_pairs()))
        }
    }
}

/// The fields with the number of the request that is joined, which the form knows by a token alone.
async fn joining(ctx: &Ctx, fields: &Fields) -> Result<Fields, Fault> {
    let mut sent = fields.clone();
    let Some(token) = fields.optional(JOINS) else {
        return Ok(sent);
    };
    let asked = AlikeQuery {
        county: fields.text("county"),
        street: fields.text("street"),
        category: fields.text("category"),
        content: fields.text("content"),
        kind: fields.text("kind"),
        identity: fields.text("identity"),
    };
    let no = services::tickets::me_too::named(ctx, &asked, &token).await?;
    let no = no.ok_or_else(|| Fault::field(JOINS, Code::NotFound))?;
    sent.set(JOINS, no.as_str());
    Ok(sent)
}

fn again(mut fields: Fields) -> Refusal {
    fields.remove(STEP);
    fields.remove(REMOVE);
    Refusal::Again(fields.into_pairs())
}

fn draft(fields: &Fields) -> Option<DraftId> {
    fields.get("draft").and_then(|text| text.parse().ok())
}

/// What the form has. Nobody speaks for another channel, or sets what only the centre does.
fn has(name: &str) -> bool {
    let own = [
        "kind",
        "content",
        "category",
        "accused",
        "address",
        "lon",
        "lat",
        "mandate",
        "identity",
        "no_reply",
        "draft",
        "subject_type",
        JOINS,
    ];
    own.contains(&name) || name.starts_with("citizen.") || name.starts_with("own.")
}

#[cfg(test)]
mod tests {
    use shared::ticket::command::CitizenBlock;

    use super::*;
    use crate::forms::request::read;
    use crate::forms::request::tests::refused;

    const WHOLE: &[(&str, &str)] = &[
        ("kind", "complaint"),
        ("content", "小区路灯三天不亮，晚上看不清路，希望尽快修好。"),
        ("city", "320100"),
        ("county", "320106"),
        ("street", "320106001"),
        ("citizen.phone", "13800138000"),
        ("citizen.name", "李明"),
        ("urgency", "critical"),
    ];

    #[test]
    fn a_whole_form_becomes_a_command() {
        let command = read(&Fields::of(WHOLE), has).expect("everything needed is there");
        assert_eq!(command.region.as_str(), "320106001");
        assert_eq!(command.citizen.name.as_deref(), Some("李明"));
        assert!(!command.anonymous.0 && !command.confidential.0);
        assert_eq!(command.urgency, None, "the centre says how urgent it is");
    }

    #[test]
    fn an_anonymous_form_keeps_nothing_of_the_person() {
        let mut posted = Fields::of(WHOLE);
        posted.set("identity", "anonymous");
        let command = read(&posted, has).expect("nothing is missing");
        assert!(command.anonymous.0);
        assert_eq!(command.citizen.0, CitizenBlock::default());
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        let names = refused(&Fields::of(&[("content", "太吵")]), has);
        assert_eq!(names, ["kind", "content", "city", "citizen.phone"]);
        let names = refused(&Fields::of(&[("city", "320100"), ("lon", "x")]), has);
        assert_eq!(
            names,
            ["kind", "content", "county", "lon", "citizen.phone", "lat"]
        );
    }
}
