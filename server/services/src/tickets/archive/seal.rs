//! What of an archived ticket is digested, and how it is written down: form 1. `docs/archiving.md` says the same in words.
//! Each part is JSON in UTF-8 without blanks, lists in a fixed order, instants as milliseconds since 1970 in UTC, codes as their words. The seal is
//! SHA-256 over form and digests. Not here: the citizen's own data, which the law may have erased later without touching what was done.
//! A column that comes later is no part of form 1; who wants it sealed makes form 2 and leaves this one as it is.
//! Lines behind the one of the archiving tell of links, notes and that the citizen was erased by the clock, and are no part of it; any other is a difference.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use shared::calendar::Instant;
use shared::ticket::{SealPart, TicketState};
use store::record::{Archive, Event, Ticket};
use store::tickets::archives::{Matter, SealedFile};

use crate::fault::Failure;

/// How the parts are written down.
const FORM: i32 = 1;

/// The seal of a ticket as it is now.
pub(super) fn of(matter: &Matter, now: Instant) -> Result<Archive, Failure> {
    let count = |many: usize| i32::try_from(many).unwrap_or(i32::MAX);
    let head = head(&matter.ticket)?;
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
    })
}

/// The first part that is not what was sealed.
pub(super) fn broken(matter: &Matter, sealed: &Archive) -> Result<Option<SealPart>, Failure> {
    let lines = usize::try_from(sealed.events).unwrap_or(usize::MAX);
    let (then, behind) = matter.events.split_at(lines.min(matter.events.len()));
    let is_added = behind.iter().any(|line| !line.verb.is_behind_seal());
    let now = of(&matter_of(matter, then), sealed.sealed_at)?;
    let kept = [
        &sealed.head_digest,
        &sealed.history_digest,
        &sealed.files_digest,
    ];
    Ok(
        if sealed.form != FORM || sealed.seal != over(sealed.form, kept) {
            Some(SealPart::Seal)
        } else if now.head_digest != sealed.head_digest {
            Some(SealPart::Head)
        } else if is_added
            || now.history_digest != sealed.history_digest
            || now.events != sealed.events
        {
            Some(SealPart::History)
        } else if now.files_digest != sealed.files_digest || now.files != sealed.files {
            Some(SealPart::Files)
        } else {
            None
        },
    )
}

/// The same with these lines alone.
fn matter_of(matter: &Matter, events: &[Event]) -> Matter {
    Matter {
        ticket: matter.ticket.clone(),
        events: events.to_vec(),
        files: matter.files.clone(),
    }
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
fn head(ticket: &Ticket) -> Result<String, Failure> {
    let is_archived = ticket.state == TicketState::Archived;
    written(&json!([is_archived, asked(ticket), done(ticket)]))
}

/// What was asked.
fn asked(ticket: &Ticket) -> Value {
    json!([
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
        ticket.address,
        ticket.lon,
        ticket.lat,
        ticket.urgency,
        ticket.title,
        ticket.content,
        pairs(&ticket.source_words),
        ticket.tags,
        pairs(&ticket.own),
    ])
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
