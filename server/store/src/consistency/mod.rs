//! The check that ends every bulk run and that a job does each night: what is stored must equal what follows from the rest.
//! Not here: deriving a state and counting working time; the services pass both in.
//! Next: `derived` compares counters and what is kept for lists, `ledger` deadlines with what the clock ledger makes of them. History and processes are compared in the database, deadlines page by page; states, timers and listeners case by case for running processes.

mod applications;
mod approvals;
mod derived;
mod ledger;

use std::collections::HashSet;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QuerySelect as _, QueryTrait as _};
use shared::calendar::{Added, Instant};
use shared::ids::{BatchId, TicketId};
use shared::process::CaseKind;
use shared::process::limit::Limit;
use shared::process::mismatch::{self, ByKind, Inconsistent, Mismatch};
use shared::ticket::{LimitUnit, TicketState};

use crate::entity::Col;
use crate::entity::ticket::assignment;
use crate::record::TicketCase;
use crate::sql::{Bind as _, Sql, vals};
use crate::tickets::case::{load_for_check, load_running_for_check};
use crate::{Conn, StoreError};

pub use applications::{applications, page as applications_page};
pub use approvals::{approvals, page as approvals_page};

/// Rows of a page.
const PAGE: usize = 5_000;
/// Running cases that are loaded together.
const TOGETHER: usize = 256;
/// Findings listed at most.
const MOST: usize = 50;

/// What the services know.
pub struct Rules<'a> {
    /// The state that follows from tasks and assignments of a running case; `None` when it cannot be told.
    pub state: &'a (dyn Fn(&TicketCase) -> Option<TicketState> + Send + Sync),
    /// What of a running case's timers and listeners does not follow from its process.
    pub hung: &'a (dyn Fn(&TicketCase) -> Option<Mismatch> + Send + Sync),
    /// The deadline of a clock, and whether it is provisional.
    pub due: &'a (dyn Fn(&Clock<'_>) -> (Instant, bool) + Send + Sync),
}

/// The result, for cases of any kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Cases looked at.
    pub cases: i64,
    /// How many things do not fit.
    pub count: i64,
    /// The first of them.
    pub first: Vec<Inconsistent>,
    /// The same by kind, with the first cases of each.
    pub kinds: ByKind,
    /// All of them are listed, not only the first.
    pub all: bool,
}

impl Findings {
    /// Something of a ticket that the services compared.
    pub fn of_ticket(&mut self, id: TicketId, what: Mismatch) {
        self.add(CaseKind::Ticket, id.0, what);
    }

    fn add(&mut self, case: CaseKind, id: Uuid, what: Mismatch) {
        self.count += 1;
        let one = Inconsistent { case, id, what };
        mismatch::note(&mut self.kinds, &one);
        if self.all || self.first.len() < MOST {
            self.first.push(one);
        }
    }
}

/// Checks all tickets, or those of one batch.
pub async fn check(
    conn: &dyn Conn,
    batch: Option<BatchId>,
    rules: &Rules<'_>,
) -> Result<Findings, StoreError> {
    let mut found = Findings::default();
    let mut after = None;
    loop {
        after = page(conn, (batch, after), rules, &mut found).await?;
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// Checks the tickets of a batch or of all behind one, a page of them; the last of them, or nothing at the end.
pub async fn page(
    conn: &dyn Conn,
    (batch, after): (Option<BatchId>, Option<TicketId>),
    rules: &Rules<'_>,
    found: &mut Findings,
) -> Result<Option<TicketId>, StoreError> {
    let mut which = Sql::new(
        " where t.id > ?",
        vals![after.map_or(Uuid::nil(), |id| id.0)],
    );
    if let Some(batch) = batch {
        which.push(" and t.batch_id = ?", vals![batch]);
    }
    which.push(" order by t.id limit ?", vals![PAGE]);
    let (last, rows) = look(conn, (which, batch.is_some()), rules, found).await?;
    Ok(last.filter(|_| rows == PAGE))
}

/// Checks these tickets.
pub async fn these(
    conn: &dyn Conn,
    ids: &[TicketId],
    rules: &Rules<'_>,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let mut which = Sql::new(" where t.id in ", vals![]);
    which.list(ids.iter().map(|id| id.bind()).collect());
    which.text(" order by t.id");
    look(conn, (which, false), rules, found).await.map(drop)
}

/// Checks some tickets; the last of them, and how many they were.
async fn look(
    conn: &dyn Conn,
    (which, is_of_batch): (Sql, bool),
    rules: &Rules<'_>,
    found: &mut Findings,
) -> Result<(Option<TicketId>, usize), StoreError> {
    // Text: what is counted beside each ticket.
    let mut sql = Sql::new(
            "select t.id, t.state, t.is_open, t.region, t.accepted_at, t.due_at, t.limit_value, t.limit_unit, t.provisional, t.paused_minutes,
             (select count(*) from events e where e.case_id = t.id) as events, (select max(e.seq) from events e where e.case_id = t.id) as last_seq,
             (select e.to_state from events e where e.case_id = t.id order by e.seq desc limit 1) as last_state,
             (select count(*) from tasks k where k.case_id = t.id) as tasks, (select count(*) from instances i where i.ticket_id = t.id) as instances,
             (select count(*) from timers m where m.case_id = t.id) + (select count(*) from calls c where c.case_id = t.id)
               + (select count(*) from listeners l where l.case_id = t.id) as waits,
             (select c.at from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind = 'start' order by c.n desc limit 1) as started_at,
             (select max(a.due_at) from assignments a where a.ticket_id = t.id and (a.cycle_no > 0 or a.extended_days > 0 or a.paused_minutes > 0 or a.promised_at is not null)) as redone
             from tickets t",
            vals![],
    );
    sql.append(which.clone());
    let rows = conn.handle().rows::<Row>(sql).await?;
    let mut running = Vec::new();
    let mut last = None;
    let mut late = HashSet::new();
    for row in &rows {
        let seen = Seen::of(row, is_of_batch);
        last = Some(TicketId(seen.id));
        found.cases += 1;
        if seen.judge(rules, found) {
            late.insert(seen.id);
        }
        if seen.instances == 1 {
            running.push(TicketId(seen.id));
        }
    }
    for some in running.chunks(TOGETHER) {
        derived(conn, some, rules, found).await?;
    }
    let parts = assignments(conn, (&rows, is_of_batch), rules, found).await?;
    late.extend(parts);
    derived::look(conn, which, rules, &late, found).await?;
    Ok((last, rows.len()))
}

/// What is read of a ticket.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    state: Col<TicketState>,
    is_open: bool,
    region: String,
    accepted_at: Col<Instant>,
    due_at: Col<Option<Instant>>,
    limit_value: Col<Option<i32>>,
    limit_unit: Col<Option<LimitUnit>>,
    provisional: bool,
    paused_minutes: Col<i32>,
    events: i64,
    last_seq: Option<i64>,
    last_state: Col<Option<TicketState>>,
    tasks: i64,
    instances: i64,
    waits: i64,
    started_at: Col<Option<Instant>>,
    redone: Col<Option<Instant>>,
}

/// What is looked at of a ticket.
struct Seen {
    id: Uuid,
    state: TicketState,
    is_open: bool,
    region: String,
    /// Its deadline is to be what the calendar of today says: a closed one was counted by that of its time.
    is_counted: bool,
    due_at: Option<Instant>,
    limit: Option<Limit>,
    provisional: bool,
    paused: i32,
    events: i64,
    last_seq: i64,
    last_state: Option<TicketState>,
    tasks: i64,
    instances: i64,
    /// Timers, calls and listeners.
    waits: i64,
    from: Instant,
    /// Deadline of a redo or of an assignment to which something was added, which the ticket's follows when it is later.
    redone: Option<Instant>,
}

impl Seen {
    fn of(row: &Row, is_of_batch: bool) -> Self {
        let limit = row.limit_value.0.zip(row.limit_unit.0);
        Self {
            id: row.id,
            state: row.state.0,
            is_open: row.is_open,
            region: row.region.clone(),
            is_counted: row.is_open || is_of_batch,
            due_at: row.due_at.0,
            limit: limit.map(|(value, unit)| Limit { value, unit }),
            provisional: row.provisional,
            paused: row.paused_minutes.0,
            events: row.events,
            last_seq: row.last_seq.unwrap_or(0),
            last_state: row.last_state.0,
            tasks: row.tasks,
            instances: row.instances,
            waits: row.waits,
            from: row.started_at.0.unwrap_or(row.accepted_at.0),
            redone: row.redone.0,
        }
    }

    /// Compares; whether its deadline is another one than its limit makes.
    fn judge(&self, rules: &Rules<'_>, found: &mut Findings) -> bool {
        let mut add = |what| found.add(CaseKind::Ticket, self.id, what);
        let state = || self.state.to_string();
        if self.events == 0 || self.events != self.last_seq {
            add(Mismatch::History {
                events: self.events,
                newest: self.last_seq,
                counted: self.last_seq,
            });
        }
        if let Some(last) = self.last_state.filter(|last| *last != self.state) {
            let told = last.to_string();
            add(Mismatch::LastState {
                state: state(),
                told,
            });
        }
        match (self.is_open, self.state.is_open()) {
            (true, false) => add(Mismatch::MarkedOpen { state: state() }),
            (false, true) => add(Mismatch::MarkedEnded { state: state() }),
            _ => {}
        }
        let running = self.instances == 1;
        // A running one waits for somebody or something; nothing of an ended one does.
        let waits = self.tasks + self.waits > 0;
        if self.state.is_open() != running || waits != running {
            add(Mismatch::Waits {
                state: state(),
                processes: self.instances,
                tasks: self.tasks,
                waits: self.waits,
            });
        }
        if let (Some(limit), Some(due)) = (self.limit, self.due_at)
            && self.redone != Some(due)
            && self.is_counted
        {
            return deadline(
                rules,
                found,
                &Clock {
                    ticket: self.id,
                    unit: None,
                    region: &self.region,
                    from: self.from,
                    limit,
                    added: Added {
                        paused: self.paused,
                        ..Added::default()
                    },
                    due,
                    provisional: self.provisional,
                },
            );
        }
        false
    }
}

/// A clock whose deadline is counted again.
#[derive(Debug)]
pub struct Clock<'a> {
    ticket: Uuid,
    /// The unit of an assignment.
    pub unit: Option<&'a str>,
    /// Division of the ticket; of an assignment, whose unit says more, nothing.
    pub region: &'a str,
    /// When it began.
    pub from: Instant,
    /// Its limit.
    pub limit: Limit,
    /// What was added to it.
    pub added: Added,
    due: Instant,
    provisional: bool,
}

/// Counts a deadline again; whether it is another one.
fn deadline(rules: &Rules<'_>, found: &mut Findings, clock: &Clock<'_>) -> bool {
    let (due, provisional) = (rules.due)(clock);
    // A provisional deadline is moved by a job; until then it may be another one than now.
    let waits_for_job = clock.provisional && !provisional;
    let is_other = due != clock.due && !waits_for_job;
    if is_other {
        let what = Mismatch::Deadline {
            at: clock.due,
            due,
            from: clock.from,
        };
        found.add(CaseKind::Ticket, clock.ticket, what);
    }
    is_other
}

async fn derived(
    conn: &dyn Conn,
    ids: &[TicketId],
    rules: &Rules<'_>,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let fits = |case: &TicketCase| {
        (rules.state)(case).is_none_or(|state| state == case.ticket.state)
            && (rules.hung)(case).is_none()
    };
    for case in load_running_for_check(conn, ids).await? {
        if fits(&case) {
            continue;
        }
        // The case may have moved on between the queries: it counts only when it still does not fit.
        let again = load_for_check(conn, case.ticket.id).await?;
        if let Some(case) = again.filter(|case| !fits(case)) {
            let id = case.ticket.id.0;
            if let Some(what) = (rules.hung)(&case) {
                found.add(CaseKind::Ticket, id, what);
            }
            let should = (rules.state)(&case).filter(|should| *should != case.ticket.state);
            if let Some(should) = should {
                let what = Mismatch::State {
                    state: case.ticket.state.to_string(),
                    should: should.to_string(),
                };
                found.add(CaseKind::Ticket, id, what);
            }
        }
    }
    Ok(())
}

/// Counts the deadlines of assignments again; the tickets of which one is another one.
async fn assignments(
    conn: &dyn Conn,
    (rows, is_of_batch): (&[Row], bool),
    rules: &Rules<'_>,
    found: &mut Findings,
) -> Result<Vec<Uuid>, StoreError> {
    let mut late = Vec::new();
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(late);
    };
    let (first, last) = (TicketId(first.id), TicketId(last.id));
    let known: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut clocks = assignment::Entity::find()
        .select_only()
        .columns([
            assignment::Column::TicketId,
            assignment::Column::Unit,
            assignment::Column::DispatchedAt,
            assignment::Column::DueAt,
            assignment::Column::LimitValue,
            assignment::Column::LimitUnit,
            assignment::Column::ExtendedDays,
            assignment::Column::PausedMinutes,
            assignment::Column::PromisedAt,
            assignment::Column::Provisional,
        ])
        .filter(assignment::Column::TicketId.between(Col(first), Col(last)))
        .filter(assignment::Column::DueAt.is_not_null());
    if !is_of_batch {
        // What has ended was counted by the calendar of its time.
        clocks = clocks.filter(assignment::Column::EndedAt.is_null());
    }
    let h = conn.handle();
    let clocks = h
        .rows::<Counted>(Sql::built(clocks.build(h.backend())))
        .await?;
    for clock in clocks.iter().filter(|a| known.contains(&a.ticket_id)) {
        let limit = clock.limit_value.0.zip(clock.limit_unit.0);
        if let Some((value, unit)) = limit {
            let clock = Clock {
                ticket: clock.ticket_id,
                unit: Some(&clock.unit),
                region: "",
                from: clock.dispatched_at.0,
                limit: Limit { value, unit },
                added: Added {
                    days: clock.extended_days.0,
                    paused: clock.paused_minutes.0,
                    promised: clock.promised_at.0,
                },
                due: clock.due_at.0,
                provisional: clock.provisional,
            };
            if deadline(rules, found, &clock) {
                late.push(clock.ticket);
            }
        }
    }
    Ok(late)
}

/// What is read of an assignment.
#[derive(FromQueryResult)]
struct Counted {
    ticket_id: Uuid,
    unit: String,
    dispatched_at: Col<Instant>,
    due_at: Col<Instant>,
    limit_value: Col<Option<i32>>,
    limit_unit: Col<Option<LimitUnit>>,
    extended_days: Col<i32>,
    paused_minutes: Col<i32>,
    promised_at: Col<Option<Instant>>,
    provisional: bool,
}
