//! The rules that look at one ticket. What only the store can tell (V06, V11, V20, V21, V23) comes to the hits from there.
//! Each function is one rule, and gives at most one hit.
//! Not here: what the rules mean to people (`rules`).

use super::{
    Facts, Hit, PartFacts, QualityRule as Q, Step, TOO_SIMILAR, has_personal_number, urgent_word,
};
use crate::calendar::Instant;
use crate::person::{credit_code, document, organisation_code, phone};
use crate::ticket::rules::length;
use crate::ticket::{SlotRole, TicketState, Urgency};

/// Natural days after which an open ticket that is overdue is somebody's to supervise (V30).
const LONG: i64 = 30;
/// In milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// Everything that a ticket breaks by its own facts, in the order of the rules.
pub fn judge(facts: &Facts) -> Vec<Hit> {
    [
        place, telephone, identity, code, order, deadline, extensions, lead, category, avoided,
        urgent, reply, alike, personal, closed, uncounted, unrated, overdue,
    ]
    .into_iter()
    .filter_map(|check: fn(&Facts) -> Option<Hit>| check(facts))
    .collect()
}

fn place(facts: &Facts) -> Option<Hit> {
    (!facts.known.place).then(|| Hit::of(Q::V01))
}

fn telephone(facts: &Facts) -> Option<Hit> {
    let kept = facts.phone.as_deref()?;
    phone::check(kept).is_err().then(|| Hit::of(Q::V02))
}

fn identity(facts: &Facts) -> Option<Hit> {
    let kept = facts.id_number.as_deref()?;
    document::check(kept).is_none().then(|| Hit::of(Q::V03))
}

fn code(facts: &Facts) -> Option<Hit> {
    let kept = facts.credit_code.as_deref()?;
    let valid = credit_code::check(kept).is_some() || organisation_code::check(kept).is_some();
    (!valid).then(|| Hit::of(Q::V04))
}

/// Of the times that are there, none lies before one that comes before it.
fn first_disorder(times: &[(Step, Option<Instant>)]) -> Option<(Step, Step)> {
    let mut before: Option<(Step, Instant)> = None;
    for &(step, at) in times {
        let Some(at) = at else { continue };
        if let Some((earlier, then)) = before
            && at < then
        {
            return Some((earlier, step));
        }
        before = Some((step, at));
    }
    None
}

fn order(facts: &Facts) -> Option<Hit> {
    let is_closed = matches!(facts.state, TicketState::Closed | TicketState::Archived);
    let closed = facts.closed_at.filter(|_| is_closed);
    let ticket = [
        (Step::Accepted, Some(facts.accepted_at)),
        (Step::Dispatched, facts.dispatched_at),
        (Step::Replied, facts.replied_at),
        (Step::Reviewed, facts.reviewed_at),
        (Step::Visited, facts.visits.iter().min().copied()),
        (Step::Closed, closed),
    ];
    let visited = [
        (Step::Visited, facts.visits.iter().max().copied()),
        (Step::Closed, closed),
    ];
    let of_part = |part: &PartFacts| {
        first_disorder(&[
            (Step::Accepted, Some(facts.accepted_at)),
            (Step::Dispatched, Some(part.dispatched_at)),
            (Step::Signed, part.signed_at),
            (Step::Replied, part.replied_at),
        ])
    };
    let found = first_disorder(&ticket)
        .or_else(|| first_disorder(&visited))
        .or_else(|| facts.parts.iter().find_map(of_part));
    let (earlier, later) = found?;
    Some(
        Hit::of(Q::V05)
            .fact("earlier", earlier)
            .fact("later", later),
    )
}

/// What the calendar says of the deadline, the store compares; here only what holds without one.
fn deadline(facts: &Facts) -> Option<Hit> {
    let due = facts.due_at?;
    (due < facts.accepted_at).then(|| Hit::of(Q::V06))
}

fn extensions(facts: &Facts) -> Option<Hit> {
    let over = facts
        .parts
        .iter()
        .find(|part| part.extended_days > facts.known.caps.sum);
    if let Some(part) = over {
        let hit = Hit::of(Q::V07).fact("unit", &part.unit);
        return Some(hit.fact("days", part.extended_days));
    }
    let late = |asked: &&super::AskedFacts| asked.due_at.is_some_and(|due| asked.asked_at > due);
    facts.asked.iter().find(late).map(|_| Hit::of(Q::V07))
}

fn lead(facts: &Facts) -> Option<Hit> {
    let cycle = facts.cycle;
    let here = || {
        let parts = facts.parts.iter();
        parts.filter(move |part| part.cycle == cycle && part.is_in_force())
    };
    let leads: Vec<&PartFacts> = here().filter(|part| part.role == SlotRole::Lead).collect();
    let needs_one = matches!(
        facts.state,
        TicketState::Dispatched | TicketState::Handling | TicketState::ToReview
    );
    if leads.len() > 1 || needs_one && leads.is_empty() {
        return Some(Hit::of(Q::V08).fact("count", leads.len()));
    }
    let assists =
        |unit: &str| here().any(|part| part.role == SlotRole::Assist && part.unit == unit);
    if let Some(both) = leads.iter().find(|part| assists(&part.unit)) {
        return Some(Hit::of(Q::V08).fact("unit", &both.unit));
    }
    let gone = here().find(|part| part.status.is_open() && !part.active)?;
    Some(Hit::of(Q::V08).fact("unit", &gone.unit))
}

fn category(facts: &Facts) -> Option<Hit> {
    (!facts.known.category).then(|| Hit::of(Q::V09))
}

fn avoided(facts: &Facts) -> Option<Hit> {
    let mut parts = facts.parts.iter();
    let about = parts.find(|part| part.accused && part.is_in_force())?;
    Some(Hit::of(Q::V13).fact("unit", &about.unit))
}

fn urgent(facts: &Facts) -> Option<Hit> {
    if facts.urgency != Urgency::Normal || !facts.state.is_open() {
        return None;
    }
    let word = urgent_word(&facts.title).or_else(|| urgent_word(&facts.content))?;
    Some(Hit::of(Q::V14).fact("word", word))
}

fn reply(facts: &Facts) -> Option<Hit> {
    let incomplete = |part: &&PartFacts| {
        part.reply.as_ref().is_some_and(|reply| {
            reply.handling.trim().chars().count() < length::HANDLING_MIN
                || !reply.contacted && reply.tries < length::CONTACT_TRIES
        })
    };
    let part = facts.parts.iter().find(incomplete)?;
    Some(Hit::of(Q::V16).fact("unit", &part.unit))
}

fn alike(facts: &Facts) -> Option<Hit> {
    let likest = |part: &PartFacts| part.reply.as_ref().map_or(0, |reply| reply.likest);
    let part = facts.parts.iter().max_by_key(|part| likest(part))?;
    let percent = likest(part);
    let hit = || Hit::of(Q::V17).fact("unit", &part.unit);
    (percent > TOO_SIMILAR).then(|| hit().fact("percent", percent))
}

fn personal(facts: &Facts) -> Option<Hit> {
    let tells = |part: &&PartFacts| {
        part.reply
            .as_ref()
            .is_some_and(|reply| has_personal_number(&reply.public_reply))
    };
    let part = facts.parts.iter().find(tells)?;
    Some(Hit::of(Q::V18).fact("unit", &part.unit))
}

fn uncounted(facts: &Facts) -> Option<Hit> {
    (facts.not_counted != facts.ruled).then(|| Hit::of(Q::V22))
}

fn closed(facts: &Facts) -> Option<Hit> {
    if facts.state != TicketState::Closed {
        return None;
    }
    let handled = facts
        .parts
        .iter()
        .any(|part| part.cycle == facts.cycle && part.is_in_force());
    let lacks = if facts.closed_at.is_none() {
        "closed"
    } else if !facts.answered {
        "answer"
    } else if handled && facts.reviewed_at.is_none() {
        "reviewed"
    } else if facts.visits.is_empty() && !facts.exempt {
        "visited"
    } else {
        return None;
    };
    Some(Hit::of(Q::V19).fact("lacks", lacks))
}

fn unrated(facts: &Facts) -> Option<Hit> {
    (facts.rated && facts.voices == 0).then(|| Hit::of(Q::V24))
}

fn overdue(facts: &Facts) -> Option<Hit> {
    let due = facts
        .due_at
        .filter(|_| facts.state.is_open() && !facts.supervised)?;
    let days = (facts.now.0 - due.0) / DAY;
    (days > LONG).then(|| Hit::of(Q::V30).fact("days", days))
}
