//! Values that are kept beside what they follow from, so that lists and reports need not count: counters, first and latest rating, lead unit, what the
//! clock ledger, the ladder and the pool say of a deadline. Each is counted again from history, ledger and the rows below the ticket.
//! Not here: states and deadlines from their limits (`mod`), which the services reckon.
//! Text: what is counted beside each ticket, in one statement a page, so that a row is of one moment.

use std::collections::{BTreeMap, HashSet};

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::place;
use shared::process::CaseKind;
use shared::process::mismatch::{Derived, Mismatch};
use shared::ticket::{AssignmentStatus, Satisfaction, TicketState};

use super::Findings;
use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Tickets of which something does not fit already: what follows from the same cause is not told twice.
pub(super) type Known = HashSet<Uuid>;

const TICKETS: &str =
    "select t.id, t.region, t.city, t.state, t.is_open, t.cycle_no, t.urge_count, t.first_satisfaction, t.latest_satisfaction, t.lead_unit,
       t.due_at, t.lead_due_at, t.lead_replied_at, t.paused_minutes,
       (select coalesce(max(a.cycle_no), 0) from assignments a where a.ticket_id = t.id) as cycles,
       (select count(*) from events e where e.case_id = t.id and e.verb = 'urge') as urges,
       (select count(*) from ratings r where r.ticket_id = t.id) as ratings,
       (select count(*) from ratings r where r.ticket_id = t.id and r.satisfaction = t.first_satisfaction
          and r.at = (select min(f.at) from ratings f where f.ticket_id = t.id)) as firsts,
       (select count(*) from ratings r where r.ticket_id = t.id and r.satisfaction = t.latest_satisfaction
          and r.at = (select max(f.at) from ratings f where f.ticket_id = t.id)) as latests,
       (select min(r.satisfaction) from ratings r where r.ticket_id = t.id
          and r.at = (select min(f.at) from ratings f where f.ticket_id = t.id)) as first_rating,
       (select min(r.satisfaction) from ratings r where r.ticket_id = t.id
          and r.at = (select max(f.at) from ratings f where f.ticket_id = t.id)) as latest_rating,
       (select count(*) from assignments a where a.ticket_id = t.id and a.role = 'L' and a.cycle_no = t.cycle_no and a.status not in ('RT', 'RC')) as leads,
       (select count(*) from assignments a where a.ticket_id = t.id and a.role = 'L' and a.cycle_no = t.cycle_no and a.status not in ('RT', 'RC')
          and a.unit = t.lead_unit) as named,
       (select count(*) from assignments a where a.ticket_id = t.id and a.role = 'L' and a.cycle_no = t.cycle_no and a.status not in ('RT', 'RC')
          and a.ended_at is null) as working,
       (select a.unit from assignments a where a.ticket_id = t.id and a.role = 'L' and a.status not in ('RT', 'RC')
          order by a.cycle_no desc, a.dispatched_at desc, a.id desc limit 1) as lead,
       (select a.due_at from assignments a where a.ticket_id = t.id and a.role = 'L' and a.status not in ('RT', 'RC')
          order by a.cycle_no desc, a.dispatched_at desc, a.id desc limit 1) as due_of_lead,
       (select a.replied_at from assignments a where a.ticket_id = t.id and a.role = 'L' and a.status not in ('RT', 'RC')
          order by a.cycle_no desc, a.dispatched_at desc, a.id desc limit 1) as reply_of_lead,
       (select count(*) from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind not in ('contact', 'overdue')) as entries,
       (select c.due_at from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind not in ('contact', 'overdue')
          order by c.n desc limit 1) as told,
       (select count(*) from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind in ('pause', 'resume')) as pauses,
       (select l.due_at from ladder_clocks l where l.ticket_id = t.id and l.clock_id = t.id) as rung_due,
       (select p.tries from follow_up_pool p where p.ticket_id = t.id) as tries,
       (select count(*) from follow_ups f where f.ticket_id = t.id and f.cycle_no = t.cycle_no and f.channel <> '3') as calls,
       (select count(*) from merged_tickets m where m.ticket_id = t.id) as joined
     from tickets t";

const PARTS: &str =
    "select a.id, a.ticket_id, a.status, a.due_at, a.extended_days, a.paused_minutes, a.promised_at, a.return_count, a.ended_at,
       (select cast(coalesce(sum(p.granted_days), 0) as bigint) from applications p
          where p.ticket_id = a.ticket_id and p.assignment_id = a.id and p.sort = 'E') as granted,
       (select count(*) from applications p join assignments b on b.id = p.assignment_id
          where p.ticket_id = a.ticket_id and p.sort = 'B' and b.slot = a.slot and b.cycle_no = a.cycle_no
          and p.asked_at >= coalesce((select max(e.at) from events e where e.case_id = a.ticket_id and e.verb = 'dispatch'), 0)) as sent_back,
       (select count(*) from clock_entries c where c.case_id = a.ticket_id and c.assignment_id = a.id and c.kind not in ('contact', 'overdue')) as entries,
       (select c.due_at from clock_entries c where c.case_id = a.ticket_id and c.assignment_id = a.id and c.kind not in ('contact', 'overdue')
          order by c.n desc limit 1) as told,
       (select count(*) from clock_entries c where c.case_id = a.ticket_id and c.assignment_id = a.id and c.kind in ('pause', 'resume')) as pauses,
       (select count(*) from clock_entries c where c.case_id = a.ticket_id and c.assignment_id = a.id and c.kind = 'promise') as promises,
       (select l.due_at from ladder_clocks l where l.ticket_id = a.ticket_id and l.clock_id = a.id) as rung_due
     from assignments a";

/// Compares the derived values of some tickets and of their assignments.
pub(super) async fn look(
    conn: &dyn Conn,
    which: Sql,
    known: &Known,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let mut sql = Sql::new(TICKETS, vals![]);
    sql.append(which);
    let rows = conn.handle().rows::<Row>(sql).await?;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(());
    };
    let mut sql = Sql::new(PARTS, vals![]);
    sql.push(
        " where a.ticket_id >= ? and a.ticket_id <= ? order by a.ticket_id, a.id",
        vals![TicketId(first.id), TicketId(last.id)],
    );
    let parts = conn.handle().rows::<Part>(sql).await?;
    let tickets: BTreeMap<Uuid, &Row> = rows.iter().map(|row| (row.id, row)).collect();
    for row in &rows {
        let mut told = Told {
            ticket: row.id,
            found: &mut *found,
        };
        row.judge(known.contains(&row.id), &mut told);
    }
    for part in &parts {
        let Some(row) = tickets.get(&part.ticket_id) else {
            continue;
        };
        let mut told = Told {
            ticket: row.id,
            found: &mut *found,
        };
        part.judge(row, known.contains(&row.id), &mut told);
    }
    Ok(())
}

/// Where differences of a ticket go.
struct Told<'f> {
    ticket: Uuid,
    found: &'f mut Findings,
}

impl Told<'_> {
    fn add(&mut self, what: Derived, kept: String, counted: String) {
        let what = Mismatch::Derived {
            what: what.as_str().to_owned(),
            kept,
            counted,
        };
        self.found.add(CaseKind::Ticket, self.ticket, what);
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

fn moment(at: Option<Instant>) -> String {
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
    cycles: i64,
    urges: i64,
    ratings: i64,
    firsts: i64,
    latests: i64,
    first_rating: Col<Option<Satisfaction>>,
    latest_rating: Col<Option<Satisfaction>>,
    leads: i64,
    named: i64,
    working: i64,
    lead: Option<String>,
    due_of_lead: Col<Option<Instant>>,
    reply_of_lead: Col<Option<Instant>>,
    entries: i64,
    told: Col<Option<Instant>>,
    pauses: i64,
    rung_due: Col<Option<Instant>>,
    tries: Option<i64>,
    calls: i64,
    joined: i64,
}

impl Row {
    fn judge(&self, is_known: bool, told: &mut Told<'_>) {
        let city = place::city(&self.region).unwrap_or(&self.region);
        if self.city != city {
            told.add(Derived::City, self.city.clone(), city.to_owned());
        }
        told.number(Derived::Cycle, self.cycle_no, self.cycles);
        told.number(Derived::Urges, self.urge_count, self.urges);
        self.ratings(told);
        // The unit that leads now; a ticket that was split off names none until it is dispatched again.
        let leads = if self.lead_unit.is_some() {
            self.leads
        } else {
            self.working
        };
        if leads > 0 && self.named == 0 {
            let none = || "—".to_owned();
            told.add(
                Derived::LeadUnit,
                self.lead_unit.clone().unwrap_or_else(none),
                self.lead.clone().unwrap_or_else(none),
            );
        }
        self.clocks(is_known, told);
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

    /// A ticket shows the first and the latest rating; without one, that nobody was asked or reached.
    fn ratings(&self, told: &mut Told<'_>) {
        let both = [
            (
                Derived::FirstRating,
                self.first_satisfaction.0,
                self.firsts,
                self.first_rating.0,
            ),
            (
                Derived::LatestRating,
                self.latest_satisfaction.0,
                self.latests,
                self.latest_rating.0,
            ),
        ];
        for (what, kept, same, should) in both {
            let fits = if self.ratings == 0 {
                !kept.is_rated()
            } else {
                same > 0
            };
            if !fits {
                let should = should.unwrap_or(Satisfaction::Unrated);
                told.add(what, kept.as_str().to_owned(), should.as_str().to_owned());
            }
        }
    }

    fn clocks(&self, is_known: bool, told: &mut Told<'_>) {
        if is_known {
            return;
        }
        if self.entries > 0 {
            told.moment(Derived::Ledger, self.due_at.0, self.told.0);
        }
        told.moment(Derived::LeadDue, self.lead_due_at.0, self.due_of_lead.0);
        told.moment(
            Derived::LeadReplied,
            self.lead_replied_at.0,
            self.reply_of_lead.0,
        );
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
    status: Col<AssignmentStatus>,
    due_at: Col<Option<Instant>>,
    extended_days: i64,
    paused_minutes: i64,
    promised_at: Col<Option<Instant>>,
    return_count: i64,
    ended_at: Col<Option<Instant>>,
    granted: i64,
    sent_back: i64,
    entries: i64,
    told: Col<Option<Instant>>,
    pauses: i64,
    promises: i64,
    rung_due: Col<Option<Instant>>,
}

impl Part {
    fn judge(&self, row: &Row, is_known: bool, told: &mut Told<'_>) {
        told.number(Derived::ExtendedDays, self.extended_days, self.granted);
        // What was sent back and went elsewhere counted until then.
        let ended = [AssignmentStatus::Returned, AssignmentStatus::Recalled];
        if !ended.contains(&self.status.0) {
            told.number(Derived::Returns, self.return_count, self.sent_back);
        }
        if is_known {
            return;
        }
        if self.entries > 0 {
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
