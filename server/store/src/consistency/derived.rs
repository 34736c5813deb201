//! Values that are kept beside what they follow from, so that lists and reports need not count: counters, first and latest rating, lead unit, what the
//! clock ledger, the ladder and the pool say of a deadline. Each is counted again from history, ledger and the rows below the ticket.
//! Not here: states and deadlines from their limits (`mod`), which the services reckon.
//! Text: what is counted beside each row, a few statements a page. A case may move on between them: what differs is read once more alone.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::place;
use shared::process::CaseKind;
use shared::process::mismatch::{Derived, Mismatch};
use shared::ticket::{AssignmentStatus, Satisfaction, SlotRole, TicketState};

use super::{Findings, Rules, ledger};
use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Tickets of which something does not fit already: what follows from the same cause is not told twice.
pub(super) type Known = HashSet<Uuid>;

// Most tickets cost three searches, most assignments four: what is rare is looked for only where it can be.
const TICKETS: &str =
    "select t.id, t.region, t.city, t.state, t.is_open, t.cycle_no, t.urge_count, t.first_satisfaction, t.latest_satisfaction, t.lead_unit,
       t.due_at, t.lead_due_at, t.lead_replied_at, t.paused_minutes,
       (select count(*) from events e where e.case_id = t.id and e.verb = 'urge') as urges,
       (select c.due_at from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind not in ('contact', 'overdue')
          order by c.n desc limit 1) as told,
       case when t.paused_minutes > 0 then (select count(*) from clock_entries c where c.case_id = t.id and c.assignment_id is null
          and c.kind in ('pause', 'resume')) else 0 end as pauses,
       case when t.is_open then (select l.due_at from ladder_clocks l where l.ticket_id = t.id and l.clock_id = t.id) end as rung_due,
       case when t.state = 'TV' then (select p.tries from follow_up_pool p where p.ticket_id = t.id) end as tries,
       case when t.state = 'TV' then (select count(*) from follow_ups f where f.ticket_id = t.id and f.cycle_no = t.cycle_no and f.channel <> '3')
          else 0 end as calls,
       case when t.state = 'ME' then (select count(*) from merged_tickets m where m.ticket_id = t.id) else 0 end as joined
     from tickets t";

const PARTS: &str =
    "select a.ticket_id, a.role, a.status, a.cycle_no, a.unit, a.due_at, a.replied_at, a.extended_days, a.paused_minutes, a.promised_at, a.return_count,
       a.ended_at,
       (select cast(coalesce(sum(p.granted_days), 0) as bigint) from applications p
          where p.ticket_id = a.ticket_id and p.assignment_id = a.id and p.sort = 'E') as granted,
       (select count(*) from applications p join assignments b on b.id = p.assignment_id
          where p.ticket_id = a.ticket_id and p.sort = 'B' and b.slot = a.slot and b.cycle_no = a.cycle_no
          and p.asked_at >= coalesce((select max(e.at) from events e where e.case_id = a.ticket_id and e.verb = 'dispatch'), 0)) as sent_back,
       (select c.due_at from clock_entries c where c.case_id = a.ticket_id and c.assignment_id = a.id and c.kind not in ('contact', 'overdue')
          order by c.n desc limit 1) as told,
       case when a.paused_minutes > 0 then (select count(*) from clock_entries c where c.case_id = a.ticket_id and c.assignment_id = a.id
          and c.kind in ('pause', 'resume')) else 0 end as pauses,
       case when a.promised_at is not null then (select count(*) from clock_entries c where c.case_id = a.ticket_id and c.assignment_id = a.id
          and c.kind = 'promise') else 0 end as promises,
       case when a.ended_at is null then (select l.due_at from ladder_clocks l where l.ticket_id = a.ticket_id and l.clock_id = a.id) end as rung_due
     from assignments a where a.ticket_id >= ? and a.ticket_id <= ? order by a.ticket_id, a.cycle_no, a.dispatched_at, a.id";

const RATINGS: &str = "select r.ticket_id, r.at, r.satisfaction from ratings r where r.ticket_id >= ? and r.ticket_id <= ? order by r.ticket_id, r.at, r.id";

/// Compares the derived values of some tickets and of their assignments.
pub(super) async fn look(
    conn: &dyn Conn,
    which: Sql,
    rules: &Rules<'_>,
    known: &Known,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let differs = compared(conn, which, rules, known).await?;
    let ids: BTreeSet<Uuid> = differs.iter().map(|(id, _)| *id).collect();
    for id in ids {
        let alone = Sql::new(" where t.id = ? order by t.id", vals![TicketId(id)]);
        for (id, what) in compared(conn, alone, rules, known).await? {
            found.add(CaseKind::Ticket, id, what);
        }
    }
    Ok(())
}

/// What differs, by ticket.
async fn compared(
    conn: &dyn Conn,
    which: Sql,
    rules: &Rules<'_>,
    known: &Known,
) -> Result<Vec<(Uuid, Mismatch)>, StoreError> {
    let mut found = Vec::new();
    let mut sql = Sql::new(TICKETS, vals![]);
    sql.append(which);
    let rows = conn.handle().rows::<Row>(sql).await?;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(found);
    };
    let (first, last) = (TicketId(first.id), TicketId(last.id));
    let parts = Sql::new(PARTS, vals![first, last]);
    let mut below: BTreeMap<Uuid, Below> = BTreeMap::new();
    for part in conn.handle().rows::<Part>(parts).await? {
        below.entry(part.ticket_id).or_default().parts.push(part);
    }
    let ratings = Sql::new(RATINGS, vals![first, last]);
    for rated in conn.handle().rows::<Rated>(ratings).await? {
        below.entry(rated.ticket_id).or_default().rated.push(rated);
    }
    let ids: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
    let span = (first, last);
    ledger::compared(conn, span, (&ids, known), rules, &mut found).await?;
    let nothing = Below::default();
    for row in &rows {
        let mut told = Told {
            ticket: row.id,
            found: &mut found,
        };
        let below = below.get(&row.id).unwrap_or(&nothing);
        let is_known = known.contains(&row.id);
        row.judge(below, is_known, &mut told);
        for part in &below.parts {
            part.judge(row, is_known, &mut told);
        }
    }
    Ok(found)
}

/// What lies below a ticket, each in its order.
#[derive(Default)]
struct Below {
    parts: Vec<Part>,
    rated: Vec<Rated>,
}

impl Below {
    /// The lead assignment in force, as it is copied to the ticket for reports.
    fn lead(&self) -> Option<&Part> {
        self.parts.iter().rev().find(|part| part.leads())
    }
}

/// Where differences of a ticket go.
struct Told<'f> {
    ticket: Uuid,
    found: &'f mut Vec<(Uuid, Mismatch)>,
}

impl Told<'_> {
    fn add(&mut self, what: Derived, kept: String, counted: String) {
        let what = Mismatch::Derived {
            what: what.as_str().to_owned(),
            kept,
            counted,
        };
        self.found.push((self.ticket, what));
    }

    fn number(&mut self, what: Derived, kept: i64, counted: i64) {
        if kept != counted {
            self.add(what, kept.to_string(), counted.to_string());
        }
    }

    fn moment(&mut self, what: Derived, kept: Option<Instant>, counted: Option<Instant>) {
        if kept != counted {
            self.add(what, moment(kept), moment(counted));
        }
    }
}

pub(super) fn moment(at: Option<Instant>) -> String {
    at.map_or_else(|| "—".to_owned(), Instant::rfc3339)
}

/// What is read of a ticket.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    region: String,
    city: String,
    state: Col<TicketState>,
    is_open: bool,
    cycle_no: i64,
    urge_count: i64,
    first_satisfaction: Col<Satisfaction>,
    latest_satisfaction: Col<Satisfaction>,
    lead_unit: Option<String>,
    due_at: Col<Option<Instant>>,
    lead_due_at: Col<Option<Instant>>,
    lead_replied_at: Col<Option<Instant>>,
    paused_minutes: i64,
    urges: i64,
    told: Col<Option<Instant>>,
    pauses: i64,
    rung_due: Col<Option<Instant>>,
    tries: Option<i64>,
    calls: i64,
    joined: i64,
}

/// What is read of a rating.
#[derive(FromQueryResult)]
struct Rated {
    ticket_id: Uuid,
    at: Col<Instant>,
    satisfaction: Col<Satisfaction>,
}

impl Row {
    fn judge(&self, below: &Below, is_known: bool, told: &mut Told<'_>) {
        let city = place::city(&self.region).unwrap_or(&self.region);
        if self.city != city {
            told.add(Derived::City, self.city.clone(), city.to_owned());
        }
        let cycles = below.parts.iter().map(|part| part.cycle_no).max();
        told.number(Derived::Cycle, self.cycle_no, cycles.unwrap_or(0));
        told.number(Derived::Urges, self.urge_count, self.urges);
        self.ratings(&below.rated, told);
        self.lead(below, told);
        self.clocks(below, is_known, told);
        if self.state.0 == TicketState::ToVisit {
            match self.tries {
                Some(tries) => told.number(Derived::Calls, tries, self.calls),
                None => told.number(Derived::Pool, 0, 1),
            }
        }
        if self.state.0 == TicketState::Merged {
            told.number(Derived::Merged, self.joined, 1);
        }
    }

    /// The unit that leads now; a ticket that was split off names none until it is dispatched again.
    fn lead(&self, below: &Below, told: &mut Told<'_>) {
        let of_cycle = |part: &&Part| part.leads() && part.cycle_no == self.cycle_no;
        let mut leads = below.parts.iter().filter(of_cycle);
        let named = self.lead_unit.as_deref();
        let fits = match named {
            Some(unit) => {
                let mut any = false;
                let is_named = leads.any(|part| {
                    any = true;
                    part.unit == unit
                });
                is_named || !any
            }
            None => leads.all(|part| part.ended_at.0.is_some()),
        };
        if !fits {
            let should = below.lead().map_or("—", |part| part.unit.as_str());
            let kept = named.unwrap_or("—").to_owned();
            told.add(Derived::LeadUnit, kept, should.to_owned());
        }
    }

    /// A ticket shows the first and the latest rating; without one, that nobody was asked or reached. Of several at one moment any will do.
    fn ratings(&self, rated: &[Rated], told: &mut Told<'_>) {
        let both = [
            (
                Derived::FirstRating,
                self.first_satisfaction.0,
                rated.first(),
            ),
            (
                Derived::LatestRating,
                self.latest_satisfaction.0,
                rated.last(),
            ),
        ];
        for (what, kept, should) in both {
            let fits = match should {
                None => !kept.is_rated(),
                Some(should) => rated
                    .iter()
                    .any(|it| it.at == should.at && it.satisfaction.0 == kept),
            };
            if !fits {
                let should = should.map_or(Satisfaction::Unrated, |it| it.satisfaction.0);
                told.add(what, kept.as_str().to_owned(), should.as_str().to_owned());
            }
        }
    }

    fn clocks(&self, below: &Below, is_known: bool, told: &mut Told<'_>) {
        if is_known {
            return;
        }
        if self.told.0.is_some() {
            told.moment(Derived::Ledger, self.due_at.0, self.told.0);
        }
        let lead = below.lead();
        let (due, replied) = (
            lead.and_then(|part| part.due_at.0),
            lead.and_then(|part| part.replied_at.0),
        );
        told.moment(Derived::LeadDue, self.lead_due_at.0, due);
        told.moment(Derived::LeadReplied, self.lead_replied_at.0, replied);
        if self.paused_minutes > 0 && self.pauses == 0 {
            told.number(Derived::Paused, self.paused_minutes, 0);
        }
        if let Some(due) = self.rung_due.0.filter(|_| self.runs()) {
            told.moment(Derived::Ladder, Some(due), self.due_at.0);
        }
    }

    /// Whether its clocks run.
    fn runs(&self) -> bool {
        self.is_open && self.state.0 != TicketState::Suspended
    }
}

/// What is read of an assignment.
#[derive(FromQueryResult)]
struct Part {
    ticket_id: Uuid,
    role: Col<SlotRole>,
    status: Col<AssignmentStatus>,
    cycle_no: i64,
    unit: String,
    due_at: Col<Option<Instant>>,
    replied_at: Col<Option<Instant>>,
    extended_days: i64,
    paused_minutes: i64,
    promised_at: Col<Option<Instant>>,
    return_count: i64,
    ended_at: Col<Option<Instant>>,
    granted: i64,
    sent_back: i64,
    told: Col<Option<Instant>>,
    pauses: i64,
    promises: i64,
    rung_due: Col<Option<Instant>>,
}

impl Part {
    /// Whether it was sent back or recalled: it went elsewhere.
    const fn went(&self) -> bool {
        matches!(
            self.status.0,
            AssignmentStatus::Returned | AssignmentStatus::Recalled
        )
    }

    /// Whether it leads its cycle.
    fn leads(&self) -> bool {
        self.role.0 == SlotRole::Lead && !self.went()
    }

    fn judge(&self, row: &Row, is_known: bool, told: &mut Told<'_>) {
        told.number(Derived::ExtendedDays, self.extended_days, self.granted);
        // What was sent back and went elsewhere counted until then.
        if !self.went() {
            told.number(Derived::Returns, self.return_count, self.sent_back);
        }
        if is_known {
            return;
        }
        if self.told.0.is_some() {
            told.moment(Derived::Ledger, self.due_at.0, self.told.0);
        }
        if self.paused_minutes > 0 && self.pauses == 0 {
            told.number(Derived::Paused, self.paused_minutes, 0);
        }
        if self.promised_at.0.is_some() && self.promises == 0 {
            told.moment(Derived::Promised, self.promised_at.0, None);
        }
        if self.ended_at.0.is_none()
            && let Some(due) = self.rung_due.0.filter(|_| row.runs())
        {
            told.moment(Derived::Ladder, Some(due), self.due_at.0);
        }
    }
}
