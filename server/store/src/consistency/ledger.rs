//! Deadlines of open tickets and of their parts, reckoned from the entries of the clock ledger alone, against the rows.
//! Not here: what the entries make of a clock (`shared::calendar::ledger`), hours of places and units (the services' rules), the newest entry (`derived`).
//! Text: one walk along the index of the ledger, a page of tickets. A ticket of which something does not fit already is left out.

use std::collections::{BTreeMap, HashSet};

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use shared::calendar::ledger::{Reckoned, Told, fold};
use shared::calendar::{ClockKind, Instant};
use shared::ids::TicketId;
use shared::process::limit::Limit;
use shared::process::mismatch::{Derived, Mismatch};
use shared::ticket::LimitUnit;

use super::derived::{Known, moment};
use super::{Clock, Rules};
use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

const ENTRIES: &str =
    "select c.case_id, c.assignment_id, c.kind, c.due_at as told, c.began_at, c.limit_value, c.limit_unit, c.added_days, c.added_minutes,
       c.promised_at, c.tied, t.region, t.due_at, a.due_at as part_due, coalesce(a.provisional, t.provisional) as provisional,
       a.unit, a.ended_at
     from clock_entries c join tickets t on t.id = c.case_id and t.is_open
       left join assignments a on a.id = c.assignment_id and a.ticket_id = c.case_id
     where c.case_id >= ? and c.case_id <= ? order by c.case_id, c.n";

/// What differs, of the tickets from one to another that are among those looked at.
pub(super) async fn compared(
    conn: &dyn Conn,
    (first, last): (TicketId, TicketId),
    (looked_at, known): (&HashSet<Uuid>, &Known),
    rules: &Rules<'_>,
    found: &mut Vec<(Uuid, Mismatch)>,
) -> Result<(), StoreError> {
    let sql = Sql::new(ENTRIES, vals![first, last]);
    let mut cases: BTreeMap<Uuid, BTreeMap<Option<Uuid>, Vec<Row>>> = BTreeMap::new();
    for row in conn.handle().rows::<Row>(sql).await? {
        if looked_at.contains(&row.case_id) && !known.contains(&row.case_id) {
            let clocks = cases.entry(row.case_id).or_default();
            clocks.entry(row.assignment_id).or_default().push(row);
        }
    }
    for (id, clocks) in &cases {
        for (kept, counted) in differing(clocks, rules) {
            let what = Mismatch::Derived {
                what: Derived::Reckoned.as_str().to_owned(),
                kept: moment(kept),
                counted: moment(Some(counted)),
            };
            found.push((*id, what));
        }
    }
    Ok(())
}

/// An entry, with what its clock shows now.
#[derive(FromQueryResult)]
struct Row {
    case_id: Uuid,
    assignment_id: Option<Uuid>,
    kind: Col<ClockKind>,
    told: Col<Option<Instant>>,
    began_at: Col<Option<Instant>>,
    limit_value: Col<Option<i32>>,
    limit_unit: Col<Option<LimitUnit>>,
    added_days: Col<i32>,
    added_minutes: Col<i32>,
    promised_at: Col<Option<Instant>>,
    tied: Option<bool>,
    region: String,
    due_at: Col<Option<Instant>>,
    part_due: Col<Option<Instant>>,
    provisional: bool,
    unit: Option<String>,
    ended_at: Col<Option<Instant>>,
}

impl Row {
    fn told(&self) -> Told {
        let limit = self.limit_value.0.zip(self.limit_unit.0);
        Told {
            kind: self.kind.0,
            began_at: self.began_at.0,
            limit: limit.map(|(value, unit)| Limit { value, unit }),
            days: self.added_days.0,
            minutes: self.added_minutes.0,
            promised: self.promised_at.0,
            tied: self.tied,
            due_at: self.told.0,
        }
    }

    /// What the row of the clock shows.
    fn shown(&self) -> Option<Instant> {
        match self.assignment_id {
            Some(_) => self.part_due.0,
            None => self.due_at.0,
        }
    }

    /// Where the clock ends by its entries, and whether a year's notice is missing for it.
    fn ends(&self, clock: &Reckoned, rules: &Rules<'_>) -> Option<(Instant, bool)> {
        if clock.has_stopped {
            return clock.told.map(|at| (at, false));
        }
        let clock = Clock {
            ticket: self.case_id,
            unit: self.unit.as_deref(),
            region: if self.unit.is_some() {
                ""
            } else {
                &self.region
            },
            from: clock.from,
            limit: clock.limit?,
            added: clock.added,
            due: clock.told?,
            provisional: self.provisional,
        };
        Some((rules.due)(&clock))
    }
}

/// The deadlines that are others than their entries make, with those.
fn differing(
    clocks: &BTreeMap<Option<Uuid>, Vec<Row>>,
    rules: &Rules<'_>,
) -> Vec<(Option<Instant>, Instant)> {
    let mut out = Vec::new();
    // Where the latest of the parts ends that the ticket's clock follows; nothing where one of them cannot be reckoned.
    let mut latest = Some(None);
    let mut own = None;
    for (id, rows) in clocks {
        let Some(row) = rows.first() else { continue };
        let clock = fold(rows.iter().map(Row::told));
        if id.is_none() {
            own = clock.map(|clock| (row, clock));
            continue;
        }
        let Some(clock) = clock else {
            latest = None;
            continue;
        };
        let ends = row.ends(&clock, rules);
        if clock.is_tied {
            latest = latest.map(|latest: Option<Instant>| latest.max(ends.map(|(at, _)| at)));
        }
        if row.ended_at.0.is_none() && !clock.has_stopped {
            out.extend(differs(row, ends));
        }
    }
    let (Some((row, clock)), Some(latest)) = (own, latest) else {
        return out;
    };
    let ends = row.ends(&clock, rules);
    let ends = match latest.filter(|_| clock.is_tied && !clock.has_stopped) {
        Some(latest) => {
            let (at, provisional) = ends.unwrap_or((latest, false));
            Some((at.max(latest), provisional))
        }
        None => ends,
    };
    out.extend(differs(row, ends));
    out
}

/// A provisional deadline is moved by a job; until then it may be another one than now.
fn differs(row: &Row, ends: Option<(Instant, bool)>) -> Option<(Option<Instant>, Instant)> {
    let (at, provisional) = ends?;
    let waits_for_job = row.provisional && !provisional;
    (row.shown() != Some(at) && !waits_for_job).then(|| (row.shown(), at))
}
