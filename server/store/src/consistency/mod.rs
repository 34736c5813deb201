//! The check that ends every bulk run and that a job does each night: what is stored must equal what follows from the rest.
//! Not here: deriving a state and counting working time; the services pass both in.
//! History and processes are compared in the database, deadlines page by page, derived states case by case for running processes.

mod approvals;

use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId};
use shared::process::limit::Limit;
use shared::ticket::TicketState;
use uuid::Uuid;

use crate::cases::{load_running_for_check, load_unscoped_for_check};
use crate::record::Case;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError};

pub use approvals::{ApprovalFindings, approvals, page as approvals_page};

/// Rows of a page.
const PAGE: usize = 5_000;
/// Running cases that are loaded together.
const TOGETHER: usize = 256;
/// Findings listed at most.
const MOST: usize = 50;

/// What the services know.
pub struct Rules<'a> {
    /// The state that follows from tasks and assignments of a running case; `None` when it cannot be told.
    pub state: &'a (dyn Fn(&Case) -> Option<TicketState> + Send + Sync),
    /// The deadline of a limit that began at an instant, and whether it is provisional.
    pub due: &'a (dyn Fn(Instant, Limit) -> (Instant, bool) + Send + Sync),
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `history`, `process`, `state`, `deadline`.
    pub rule: &'static str,
    /// The ticket.
    pub ticket: TicketId,
    /// In words, for administrators.
    pub words: String,
}

/// The result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Tickets looked at.
    pub tickets: i64,
    /// How many things do not fit.
    pub count: i64,
    /// The first of them.
    pub first: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, rule: &'static str, ticket: Uuid, words: String) {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push(Finding {
                rule,
                ticket: TicketId(ticket),
                words,
            });
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
    let mut sql = Sql::new(
            "select t.id, t.state, t.is_open, t.accepted_at, t.due_at, t.limit_value, t.limit_unit, t.provisional,
             (select count(*) from events e where e.case_id = t.id), (select max(e.seq) from events e where e.case_id = t.id),
             (select e.to_state from events e where e.case_id = t.id order by e.seq desc limit 1),
             (select count(*) from tasks k where k.case_id = t.id), (select count(*) from instances i where i.ticket_id = t.id),
             (select c.at from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind = 'start' order by c.n desc limit 1),
             (select max(a.due_at) from assignments a where a.ticket_id = t.id and a.cycle_no > 0)
             from tickets t where t.id > ?",
            vals![after.map_or(Uuid::nil(), |id| id.0)],
    );
    if let Some(batch) = batch {
        sql.push(" and t.batch_id = ?", vals![batch]);
    }
    sql.push(" order by t.id limit ?", vals![PAGE]);
    let rows = conn.handle().all(sql).await?;
    let mut running = Vec::new();
    let mut last = None;
    for row in &rows {
        let seen = Seen::read(row)?;
        last = Some(TicketId(seen.id));
        found.tickets += 1;
        seen.judge(rules, found);
        if seen.instances == 1 {
            running.push(TicketId(seen.id));
        }
    }
    for some in running.chunks(TOGETHER) {
        derived(conn, some, rules, found).await?;
    }
    assignments(conn, &rows, rules, found).await?;
    Ok(last.filter(|_| rows.len() == PAGE))
}

/// What is looked at of a ticket.
struct Seen {
    id: Uuid,
    state: TicketState,
    is_open: bool,
    due_at: Option<Instant>,
    limit: Option<Limit>,
    provisional: bool,
    events: i64,
    last_seq: i64,
    last_state: Option<TicketState>,
    tasks: i64,
    instances: i64,
    from: Instant,
    /// Deadline of a redo, which the ticket's follows when it is later.
    redone: Option<Instant>,
}

impl Seen {
    fn read(row: &sea_orm::QueryResult) -> Result<Self, StoreError> {
        let mut r = Reader::new(row);
        let (id, state, is_open, accepted_at, due_at) =
            (r.get()?, r.code()?, r.get()?, r.at()?, r.opt_at()?);
        let (value, unit) = (r.opt_int()?, r.opt_code()?);
        Ok(Self {
            id,
            state,
            is_open,
            due_at,
            limit: value.zip(unit).map(|(value, unit)| Limit { value, unit }),
            provisional: r.get()?,
            events: r.get()?,
            last_seq: r.get::<Option<i64>>()?.unwrap_or(0),
            last_state: r.opt_code()?,
            tasks: r.get()?,
            instances: r.get()?,
            from: r.opt_at()?.unwrap_or(accepted_at),
            redone: r.opt_at()?,
        })
    }

    fn judge(&self, rules: &Rules<'_>, found: &mut Findings) {
        if self.events == 0 || self.events != self.last_seq {
            found.add(
                "history",
                self.id,
                format!("{} events, the last is {}", self.events, self.last_seq),
            );
        }
        if self.last_state.is_some_and(|last| last != self.state) {
            found.add(
                "history",
                self.id,
                format!(
                    "state {} but the last event says {}",
                    self.state,
                    self.last_state.map_or("", TicketState::as_str)
                ),
            );
        }
        if self.is_open != self.state.is_open() {
            found.add(
                "state",
                self.id,
                format!(
                    "state {} is marked {}",
                    self.state,
                    if self.is_open { "open" } else { "ended" }
                ),
            );
        }
        let running = self.instances == 1;
        if self.state.is_open() != running || (self.tasks > 0) != running {
            found.add(
                "process",
                self.id,
                format!(
                    "state {} with {} processes and {} tasks",
                    self.state, self.instances, self.tasks
                ),
            );
        }
        if let (Some(limit), Some(due)) = (self.limit, self.due_at)
            && self.redone != Some(due)
        {
            deadline(
                rules,
                found,
                Clock {
                    ticket: self.id,
                    from: self.from,
                    limit,
                    due,
                    provisional: self.provisional,
                },
            );
        }
    }
}

struct Clock {
    ticket: Uuid,
    from: Instant,
    limit: Limit,
    due: Instant,
    provisional: bool,
}

fn deadline(rules: &Rules<'_>, found: &mut Findings, clock: Clock) {
    let (due, provisional) = (rules.due)(clock.from, clock.limit);
    // A provisional deadline is moved by a job; until then it may be another one than now.
    let waits_for_job = clock.provisional && !provisional;
    if due != clock.due && !waits_for_job {
        let words = format!(
            "deadline {} instead of {} from {}",
            clock.due.rfc3339(),
            due.rfc3339(),
            clock.from.rfc3339()
        );
        found.add("deadline", clock.ticket, words);
    }
}

async fn derived(
    conn: &dyn Conn,
    ids: &[TicketId],
    rules: &Rules<'_>,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let fits = |case: &Case| (rules.state)(case).is_none_or(|state| state == case.ticket.state);
    for case in load_running_for_check(conn, ids).await? {
        if fits(&case) {
            continue;
        }
        // The case may have moved on between the queries: it counts only when it still does not fit.
        let again = load_unscoped_for_check(conn, case.ticket.id).await?;
        if let Some(case) = again.filter(|case| !fits(case)) {
            let should = (rules.state)(&case).map_or("", TicketState::as_str);
            let words = format!("state {} instead of {should}", case.ticket.state);
            found.add("state", case.ticket.id.0, words);
        }
    }
    Ok(())
}

async fn assignments(
    conn: &dyn Conn,
    rows: &[sea_orm::QueryResult],
    rules: &Rules<'_>,
    found: &mut Findings,
) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(());
    };
    let (first, last): (Uuid, Uuid) = (
        first.try_get_by_index(0).map_err(StoreError::from)?,
        last.try_get_by_index(0).map_err(StoreError::from)?,
    );
    let sql = "select ticket_id, dispatched_at, due_at, limit_value, limit_unit, provisional from assignments where ticket_id >= ? and ticket_id <= ? and due_at is not null";
    let wanted: std::collections::HashSet<Uuid> = rows
        .iter()
        .filter_map(|row| row.try_get_by_index(0).ok())
        .collect();
    for row in conn.handle().all(Sql::new(sql, vals![first, last])).await? {
        let mut r = Reader::new(&row);
        let (ticket, from, due): (Uuid, Instant, Instant) = (r.get()?, r.at()?, r.at()?);
        let (value, unit) = (r.opt_int()?, r.opt_code()?);
        if let (Some(value), Some(unit), true) = (value, unit, wanted.contains(&ticket)) {
            deadline(
                rules,
                found,
                Clock {
                    ticket,
                    from,
                    limit: Limit { value, unit },
                    due,
                    provisional: r.get()?,
                },
            );
        }
    }
    Ok(())
}
