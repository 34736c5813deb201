//! One page of a look: every ticket behind one with what it breaks, and what follows for the findings that are kept.
//! Not here: the steps of the night (`job`).
//! Memory holds a page, however many tickets there are.

use std::collections::{BTreeMap, HashMap};

use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId};
use shared::process::CaseKind;
use shared::process::limit::Limit;
use shared::process::mismatch::{Derived, Inconsistent, Mismatch};
use shared::quality::{FindingState, Hit, Owner, QualityRule, Severity, judge, rule, similarity};
use shared::ticket::{LimitUnit, TicketState};
use store::consistency::Findings;
use store::quality::{Like, Standing};
use store::record::{QualityFinding, Ticket, TicketCase};
use uuid::Uuid;

use super::facts::Beside;
use crate::consistency;
use crate::context::Services;
use crate::fault::Failure;
use crate::reference::Reference;

/// Tickets of a page.
const PAGE: usize = 256;

/// What is written for a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// The last ticket; nothing at the end.
    pub(super) last: Option<TicketId>,
    /// Tickets looked at.
    pub(super) tickets: i64,
    /// Rules that were broken, by rule.
    pub(super) broken: BTreeMap<QualityRule, i64>,
    /// Found for the first time.
    pub(super) new: Vec<QualityFinding>,
    /// Found again, as before.
    pub(super) same: Vec<Uuid>,
    /// Found again, with something else about it.
    pub(super) moved: Vec<QualityFinding>,
    /// Found no more.
    pub(super) gone: Vec<Uuid>,
    /// Not looked for any more.
    pub(super) off: Vec<Uuid>,
}

/// Looks at the next tickets behind one; with an instant only at what may be otherwise than then.
pub(super) async fn page(
    services: &Services,
    (after, since): (Option<TicketId>, Option<Instant>),
) -> Result<Outcome, Failure> {
    let db = services.store().report_reader();
    let ids = store::quality::ids(&db, (after, since), PAGE).await?;
    let Some(last) = ids.last().copied() else {
        return Ok(Outcome::default());
    };
    let reference = services.reference().await?;
    let replies = store::quality::last_replies(&db, &ids).await?;
    let cases = store::quality::cases(&db, &ids).await?;
    let likest = likest(&cases, &replies);
    let beside = Beside {
        reference: &reference,
        now: services.now(),
        likest: &likest,
    };
    let mut hits: BTreeMap<TicketId, Vec<Hit>> = BTreeMap::new();
    for case in &cases {
        // What lies in the recycle bin is nobody's to mend.
        if case.ticket.state != TicketState::Recycled {
            hits.insert(case.ticket.id, judge(&beside.facts(case)));
        }
    }
    for twice in store::quality::duplicates(&db, &ids).await? {
        let hit = Hit::of(QualityRule::V11).fact("ticket_no", twice.earlier);
        add(&mut hits, twice.ticket, hit);
    }
    let mut found = Findings {
        all: true,
        ..Findings::default()
    };
    consistency::these(services, &ids, &mut found).await?;
    for inconsistent in found.first {
        mismatched(&mut hits, &inconsistent);
    }
    let standing = store::quality::standing(&db, &ids).await?;
    let mut outcome = Outcome {
        last: Some(last).filter(|_| ids.len() == PAGE),
        tickets: i64::try_from(cases.len()).unwrap_or(i64::MAX),
        ..Outcome::default()
    };
    for case in &cases {
        let found = hits.remove(&case.ticket.id).unwrap_or_default();
        settle(
            services,
            &reference,
            (&case.ticket, found),
            &standing,
            &mut outcome,
        );
    }
    Ok(outcome)
}

/// Adds what was found of a ticket that is looked at; of one rule once.
fn add(hits: &mut BTreeMap<TicketId, Vec<Hit>>, ticket: TicketId, hit: Hit) {
    if let Some(of) = hits.get_mut(&ticket)
        && of.iter().all(|known| known.rule != hit.rule)
    {
        of.push(hit);
    }
}

/// The consistency check's findings belong to the rules that say the same.
fn mismatched(hits: &mut BTreeMap<TicketId, Vec<Hit>>, found: &Inconsistent) {
    let rule = match &found.what {
        Mismatch::Deadline { .. } => QualityRule::V06,
        Mismatch::History { .. } | Mismatch::Seal { .. } => QualityRule::V23,
        Mismatch::Derived { what, .. } => match Derived::parse(what) {
            Some(Derived::FirstRating | Derived::LatestRating) => QualityRule::V24,
            Some(Derived::Ledger | Derived::Reckoned | Derived::Paused | Derived::Promised) => {
                QualityRule::V06
            }
            _ => QualityRule::V21,
        },
        Mismatch::LastState { .. }
        | Mismatch::MarkedOpen { .. }
        | Mismatch::MarkedEnded { .. }
        | Mismatch::State { .. } => QualityRule::V21,
        Mismatch::Waits { .. }
        | Mismatch::StillWaits { .. }
        | Mismatch::Timers { .. }
        | Mismatch::Timer { .. }
        | Mismatch::Listeners { .. }
        | Mismatch::Stray
        | Mismatch::Unreadable => QualityRule::V20,
    };
    if found.case == CaseKind::Ticket {
        let hit = Hit::of(rule).because(&found.what);
        add(hits, TicketId(found.id), hit);
    }
}

/// How much each reply is like the likest of the last ones of whoever wrote it.
fn likest(cases: &[TicketCase], replies: &[Like]) -> HashMap<AssignmentId, u32> {
    let mut likest = HashMap::new();
    let mut before: HashMap<AssignmentId, Vec<&str>> = HashMap::new();
    for like in replies {
        let of = before.entry(like.assignment).or_default();
        of.push(&like.reply.handling);
    }
    for part in cases.iter().flat_map(|case| &case.assignments) {
        let Some(reply) = &part.reply else { continue };
        let most = before.get(&part.id).into_iter().flatten();
        let most = most.map(|other| similarity(&reply.handling, other)).max();
        likest.insert(part.id, most.unwrap_or(0));
    }
    likest
}

/// Compares what was found of a ticket with what is kept of it.
fn settle(
    services: &Services,
    reference: &Reference,
    (ticket, found): (&Ticket, Vec<Hit>),
    standing: &Standing,
    outcome: &mut Outcome,
) {
    let case = ticket.id.0;
    let mut seen = Vec::new();
    for hit in found {
        let key = (case, hit.rule);
        let Some(severity) = reference.lists.quality(&ticket.region, hit.rule) else {
            continue;
        };
        let version = rule(hit.rule).version;
        let dismissed = standing.dismissed.get(&key);
        if dismissed.is_some_and(|of| *of >= version) {
            continue;
        }
        *outcome.broken.entry(hit.rule).or_insert(0) += 1;
        seen.push(hit.rule);
        let fresh = finding(services, reference, (ticket, hit), severity);
        let Some(known) = standing.open.get(&key) else {
            outcome.new.push(fresh);
            continue;
        };
        let again = QualityFinding {
            rule_version: fresh.rule_version,
            region: fresh.region,
            unit: fresh.unit,
            unit_path: fresh.unit_path,
            severity: fresh.severity,
            facts: fresh.facts,
            ..known.clone()
        };
        if again == *known {
            outcome.same.push(again.id);
        } else {
            let last_seen = fresh.last_seen;
            outcome.moved.push(QualityFinding { last_seen, ..again });
        }
    }
    let kept = (case, QualityRule::V01)..=(case, QualityRule::V30);
    for ((_, code), finding) in standing.open.range(kept) {
        if seen.contains(code) {
            continue;
        }
        match reference.lists.quality(&ticket.region, *code) {
            Some(_) => outcome.gone.push(finding.id),
            None => outcome.off.push(finding.id),
        }
    }
}

/// What is kept of a hit that nobody knows of yet.
fn finding(
    services: &Services,
    reference: &Reference,
    (ticket, hit): (&Ticket, Hit),
    severity: Severity,
) -> QualityFinding {
    let now = services.now();
    let (unit, unit_path) = owner(reference, ticket, hit.rule);
    QualityFinding {
        id: services.new_id(),
        rule: hit.rule,
        case_kind: CaseKind::Ticket,
        case_id: ticket.id.0,
        first_seen: now,
        rule_version: rule(hit.rule).version,
        region: ticket.region.clone(),
        severity,
        state: FindingState::Open,
        facts: hit.facts,
        last_seen: now,
        due_at: due(reference, (unit.as_deref(), &ticket.region), severity, now),
        unit,
        unit_path,
        asked_by: None,
        asked_by_name: None,
        reason: None,
        closed_at: None,
        closed_by: None,
        closed_by_name: None,
        note: None,
    }
}

/// The unit that sees to it; nothing for the centre of the place.
fn owner(
    reference: &Reference,
    ticket: &Ticket,
    code: QualityRule,
) -> (Option<String>, Option<String>) {
    let unit = ticket.lead_unit.as_deref();
    let unit = unit.filter(|_| rule(code).owner == Owner::Unit);
    let unit = unit.and_then(|code| reference.units.get(code));
    unit.map_or((None, None), |unit| {
        (Some(unit.code.clone()), Some(unit.path.clone()))
    })
}

/// Until when it should be seen to, in the hours of whoever does.
fn due(
    reference: &Reference,
    (unit, region): (Option<&str>, &str),
    severity: Severity,
    now: Instant,
) -> Instant {
    let limit = Limit {
        value: severity.days(),
        unit: LimitUnit::WorkingDays,
    };
    reference.hours.of_clock(unit, region).due(now, limit).at
}
