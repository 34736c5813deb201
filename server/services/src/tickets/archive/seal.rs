//! What of an archived ticket is digested, and how it is written down: form 2. `docs/archiving.md` says the same in words.
//! Each part is JSON in UTF-8 without blanks, lists in a fixed order, instants as milliseconds since 1970 in UTC, codes as their words. The seal is
//! SHA-256 over form and digests. Not here: the citizen's own data, which the law may have erased later without touching what was done.
//! The place (address and position) stands in the head as a digest with a salt: it may be erased as well, with the salt, and the head is what it was.
//! In form 1 the place itself stood there; such a seal is written down in form 2 when its place is erased. A column that comes later is no part of
//! either; who wants it sealed makes form 3 and leaves these as they are.
//! Lines behind the one of the archiving tell of links, notes and that the citizen was erased, and are no part of it; any other is a difference.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use shared::calendar::Instant;
use shared::ticket::{SealPart, TicketState};
use store::record::{Archive, Event, Ticket};
use store::tickets::archives::{Matter, SealedFile};

use crate::fault::Failure;

/// How the parts are written down.
const FORM: i32 = 2;
/// How they were: with the place as it is.
const FIRST: i32 = 1;

/// The seal of a ticket as it is now, with a salt that was drawn for it alone.
pub(super) fn of(matter: &Matter, now: Instant, salt: Vec<u8>) -> Result<Archive, Failure> {
    let place = hidden(&matter.ticket, &salt)?;
    let head = head(&matter.ticket, vec![json!(place)])?;
    let history = history(&matter.events)?;
    let files = files(&matter.files)?;
    Ok(Archive {
        ticket_id: matter.ticket.id,
        sealed_at: now,
        form: FORM,
        events: count(matter.events.len()),
        files: count(matter.files.len()),
        seal: over(FORM, [&head, &history, &files]),
        head_digest: head,
        history_digest: history,
        files_digest: files,
        place_digest: Some(place),
        salt: Some(salt),
        erased_at: None,
        erased_key: None,
        erased_signature: None,
    })
}

fn count(many: usize) -> i32 {
    i32::try_from(many).unwrap_or(i32::MAX)
}

/// The first part that is not what was sealed; `is_signed` says whether it is signed that the place was erased.
pub(super) fn broken(
    matter: &Matter,
    sealed: &Archive,
    is_signed: bool,
) -> Result<Option<SealPart>, Failure> {
    let lines = usize::try_from(sealed.events).unwrap_or(usize::MAX);
    let (then, behind) = matter.events.split_at(lines.min(matter.events.len()));
    let is_added = behind.iter().any(|line| !line.verb.is_behind_seal());
    let kept = [
        &sealed.head_digest,
        &sealed.history_digest,
        &sealed.files_digest,
    ];
    let is_known = [FIRST, FORM].contains(&sealed.form);
    if !is_known || sealed.seal != over(sealed.form, kept) {
        return Ok(Some(SealPart::Seal));
    }
    let is_whole = match place_of(&matter.ticket, sealed, is_signed)? {
        Some(place) => head(&matter.ticket, place)? == sealed.head_digest,
        None => false,
    };
    Ok(if !is_whole {
        Some(SealPart::Head)
    } else if is_added
        || history(then)? != sealed.history_digest
        || count(then.len()) != sealed.events
    {
        Some(SealPart::History)
    } else if files(&matter.files)? != sealed.files_digest
        || count(matter.files.len()) != sealed.files
    {
        Some(SealPart::Files)
    } else {
        None
    })
}

/// What stands for the place in the head; nothing where the place is not what was sealed.
fn place_of(
    ticket: &Ticket,
    sealed: &Archive,
    is_signed: bool,
) -> Result<Option<Vec<Value>>, Failure> {
    if sealed.form == FIRST {
        return Ok(Some(place(ticket)));
    }
    let Some(said) = &sealed.place_digest else {
        return Ok(None);
    };
    let fits = match &sealed.salt {
        Some(salt) => hidden(ticket, salt)? == *said,
        None => is_signed && !has_place(ticket),
    };
    Ok(fits.then(|| vec![json!(said)]))
}

/// Whether address or position stand in a ticket.
pub(super) const fn has_place(ticket: &Ticket) -> bool {
    ticket.address.is_some() || ticket.lon.is_some() || ticket.lat.is_some()
}

/// What a seal becomes when the place is erased, which still stands in `matter`: without its salt, and in form 2. It is signed by whoever keeps it.
/// One that did not fit before is not made to.
pub(super) fn without_place(
    matter: &Matter,
    sealed: &Archive,
    salt: &[u8],
) -> Result<Option<Archive>, Failure> {
    if broken(matter, sealed, false)?.is_some() {
        return Ok(None);
    }
    let mut kept = Archive {
        salt: None,
        ..sealed.clone()
    };
    if sealed.form == FIRST {
        let place = hidden(&matter.ticket, salt)?;
        let head = head(&matter.ticket, vec![json!(place)])?;
        kept.form = FORM;
        kept.seal = over(FORM, [&head, &sealed.history_digest, &sealed.files_digest]);
        kept.head_digest = head;
        kept.place_digest = Some(place);
    }
    Ok(Some(kept))
}

fn over(form: i32, digests: [&String; 3]) -> String {
    let [head, history, files] = digests;
    digest(format!("{form}\n{head}\n{history}\n{files}").as_bytes())
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn written(value: &Value) -> Result<String, Failure> {
    let bytes = serde_json::to_vec(value).map_err(anyhow::Error::new)?;
    Ok(digest(&bytes))
}

fn at(instant: Option<Instant>) -> Option<i64> {
    instant.map(|it| it.0)
}

/// State `ARCHIVED` stands for itself: what is compared later is in it.
fn head(ticket: &Ticket, place: Vec<Value>) -> Result<String, Failure> {
    let is_archived = ticket.state == TicketState::Archived;
    written(&json!([is_archived, asked(ticket, place), done(ticket)]))
}

/// The place as it is.
fn place(ticket: &Ticket) -> Vec<Value> {
    vec![json!(ticket.address), json!(ticket.lon), json!(ticket.lat)]
}

/// The place as a digest with a salt.
fn hidden(ticket: &Ticket, salt: &[u8]) -> Result<String, Failure> {
    written(&json!([hex::encode(salt), place(ticket)]))
}

/// What was asked, and where.
fn asked(ticket: &Ticket, place: Vec<Value>) -> Value {
    let before = json!([
        ticket.id,
        ticket.ticket_no,
        ticket.channel,
        ticket.subject_type,
        ticket.anonymous,
        ticket.confidential,
        ticket.reply_required,
        ticket.source_system,
        ticket.external_no,
        at(ticket.occurred_at),
        ticket.accepted_at.0,
        ticket.accepted_by,
        ticket.repeat_of,
        ticket.kind,
        ticket.category,
        ticket.region,
        ticket.street,
    ]);
    let behind = json!([
        ticket.urgency,
        ticket.title,
        ticket.content,
        pairs(&ticket.source_words),
        ticket.tags,
        pairs(&ticket.own),
    ]);
    let parts = [before, Value::Array(place), behind].into_iter();
    let flat = parts.flat_map(|part| match part {
        Value::Array(items) => items,
        other => vec![other],
    });
    Value::Array(flat.collect())
}

/// What came of it.
fn done(ticket: &Ticket) -> Value {
    json!([
        ticket.cycle_no,
        at(ticket.first_dispatched_at),
        at(ticket.replied_at),
        at(ticket.reviewed_at),
        at(ticket.closed_at),
        at(ticket.due_at),
        ticket.limit_rule,
        ticket.limit_value,
        ticket.limit_unit,
        ticket.paused_minutes,
        ticket.lead_unit,
        ticket.urge_count,
        ticket.first_satisfaction,
        ticket.latest_satisfaction,
        ticket.solved,
        ticket.answer,
        ticket.decline_reason,
        ticket.decline_explanation,
        ticket.exempt_reason,
        ticket.not_counted,
        ticket.unreasonable,
        at(ticket.difficult_at),
    ])
}

/// In the order of the names.
fn pairs(map: &std::collections::BTreeMap<String, String>) -> Vec<(&String, &String)> {
    map.iter().collect()
}

fn history(events: &[Event]) -> Result<String, Failure> {
    let line = |event: &Event| {
        json!([
            event.seq,
            event.verb,
            event.at.0,
            event.by,
            event.by_name,
            event.unit,
            event.assignment_id,
            event.element,
            event.task_no,
            event.from_state,
            event.to_state,
            event.note,
            pairs(&event.facts),
            event.actor,
            event.actor_code,
            at(event.done_at),
        ])
    };
    written(&events.iter().map(line).collect())
}

fn files(files: &[SealedFile]) -> Result<String, Failure> {
    let line = |file: &SealedFile| {
        json!([
            file.id,
            file.place,
            file.assignment,
            file.version,
            file.at.0,
            file.size,
            file.sha256.as_deref().map(hex::encode),
        ])
    };
    written(&files.iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use shared::ids::TicketId;
    use shared::ticket::TicketNo;
    use uuid::Uuid;

    use super::*;

    fn matter() -> Matter {
        let no = TicketNo::parse("3201002026030201000001").expect("a number");
        let mut ticket = Ticket::blank(TicketId(Uuid::nil()), no, Instant(0));
        ticket.state = TicketState::Archived;
        ticket.address = Some("中山路一号".to_owned());
        ticket.lon = Some(118.78);
        Matter {
            ticket,
            events: Vec::new(),
            files: Vec::new(),
        }
    }

    fn erased(mut matter: Matter) -> Matter {
        matter.ticket.address = None;
        matter.ticket.lon = None;
        matter
    }

    /// As an earlier release sealed it.
    fn first(matter: &Matter) -> Archive {
        let mut sealed = of(matter, Instant(0), vec![1; 16]).expect("seals");
        sealed.head_digest = head(&matter.ticket, place(&matter.ticket)).expect("digests");
        sealed.form = FIRST;
        let kept = [
            &sealed.head_digest,
            &sealed.history_digest,
            &sealed.files_digest,
        ];
        sealed.seal = over(FIRST, kept);
        (sealed.salt, sealed.place_digest) = (None, None);
        sealed
    }

    fn part(matter: &Matter, sealed: &Archive, is_signed: bool) -> Option<SealPart> {
        broken(matter, sealed, is_signed).expect("compares")
    }

    #[test]
    fn a_place_is_erased_and_the_seal_stays() {
        let before = matter();
        let sealed = of(&before, Instant(0), vec![1; 16]).expect("seals");
        assert_eq!(part(&before, &sealed, false), None);
        let after = erased(before.clone());
        assert_eq!(part(&after, &sealed, true), Some(SealPart::Head));
        let kept = without_place(&before, &sealed, &[2; 16]).expect("digests");
        let kept = kept.expect("it fitted");
        assert_eq!((&kept.seal, &kept.salt), (&sealed.seal, &None));
        assert_eq!(part(&after, &kept, true), None);
        assert_eq!(part(&after, &kept, false), Some(SealPart::Head), "unsigned");
        assert_eq!(part(&before, &kept, true), Some(SealPart::Head), "put back");
    }

    #[test]
    fn a_seal_of_before_is_written_down_anew_unless_it_was_broken() {
        let before = matter();
        let sealed = first(&before);
        assert_eq!(part(&before, &sealed, false), None);
        let kept = without_place(&before, &sealed, &[2; 16]).expect("digests");
        let kept = kept.expect("it fitted");
        assert_eq!(kept.form, FORM);
        assert_eq!(part(&erased(before.clone()), &kept, true), None);
        let mut changed = before;
        changed.ticket.content = "别的".to_owned();
        let kept = without_place(&changed, &sealed, &[2; 16]);
        assert_eq!(kept.expect("digests"), None);
    }
}
