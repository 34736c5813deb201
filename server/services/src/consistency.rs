//! The check that ends every bulk run: state = derived from process and assignments, deadlines = counted again, history gapless.
//! Not here: reading and comparing (`store::consistency`); this file lends it the rules.
//! What it finds must be nothing, since both doors write what the rules made (I3).

use shared::fault::Fault;
use shared::ids::{BatchId, TicketId};
use shared::process::mismatch::{self, ByKind, Inconsistent, Mismatch};
pub use store::consistency::Findings;
use store::consistency::{Clock, Rules};
use store::record::TicketCase;

use crate::context::Services;
use crate::fault::{Failure, Settle};
use crate::tickets::archive;

/// Checks every ticket of a batch, or all without one.
///
/// # Errors
/// Only failures of the store; findings are the answer.
pub async fn check(services: &Services, batch: Option<BatchId>) -> Result<Findings, Fault> {
    let mut found = Findings::default();
    let mut after = None;
    loop {
        after = some(services, (batch, after), &mut found)
            .await
            .settle(services)?;
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// Checks a page of all tickets, behind one; the last of them, or nothing at the end.
pub(crate) async fn page(
    services: &Services,
    after: Option<TicketId>,
    found: &mut Findings,
) -> Result<Option<TicketId>, Failure> {
    some(services, (None, after), found).await
}

/// The same of one batch, or of all without one.
pub(crate) async fn some(
    services: &Services,
    which: (Option<BatchId>, Option<TicketId>),
    found: &mut Findings,
) -> Result<Option<TicketId>, Failure> {
    look(services, Part::Page(which), found).await
}

/// The same of these tickets.
pub(crate) async fn these(
    services: &Services,
    ids: &[TicketId],
    found: &mut Findings,
) -> Result<(), Failure> {
    look(services, Part::These(ids), found).await.map(drop)
}

/// Which tickets are looked at together.
enum Part<'p> {
    /// The next of a batch, or of all, behind one.
    Page((Option<BatchId>, Option<TicketId>)),
    /// These.
    These(&'p [TicketId]),
}

async fn look(
    services: &Services,
    part: Part<'_>,
    found: &mut Findings,
) -> Result<Option<TicketId>, Failure> {
    let reference = services.reference().await?;
    let state = |case: &TicketCase| reference.process.derived_state(case).ok().flatten();
    let hung = |case: &TicketCase| {
        let found = reference.process.mismatch(case);
        found.unwrap_or_else(|error| {
            tracing::warn!(ticket = %case.ticket.id, ?error, "a running process cannot be read");
            Some(Mismatch::Unreadable)
        })
    };
    let due = |clock: &Clock<'_>| {
        let calendar = reference.hours.of_clock(clock.unit, clock.region);
        let due = calendar.due_with(clock.from, clock.limit, clock.added);
        (due.at, due.provisional)
    };
    let rules = Rules {
        state: &state,
        hung: &hung,
        due: &due,
    };
    let db = services.store().report_reader();
    Ok(match part {
        Part::Page(which) => {
            let last = store::consistency::page(&db, which, &rules, found).await?;
            // What an import has just brought is not archived yet.
            if let (None, after) = which {
                archive::check_page(&db, (after, last), found).await?;
            }
            last
        }
        Part::These(ids) => {
            store::consistency::these(&db, ids, &rules, found).await?;
            archive::check_these(&db, ids, found).await?;
            None
        }
    })
}

/// What checking everything came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Everything {
    /// Tickets looked at.
    pub tickets: i64,
    /// Approvals looked at.
    pub approvals: i64,
    /// Applications looked at.
    pub applications: i64,
    /// How many things do not fit.
    pub count: i64,
    /// The first of them.
    pub first: Vec<Inconsistent>,
    /// The same by kind, with the first cases of each.
    pub kinds: ByKind,
}

/// Checks every ticket, every approval and every application.
///
/// # Errors
/// Only failures of the store; findings are the answer.
pub async fn check_all(services: &Services) -> Result<Everything, Fault> {
    let tickets = check(services, None).await?;
    let approvals = store::consistency::approvals(&services.store().report_reader())
        .await
        .settle(services)?;
    let applications = store::consistency::applications(&services.store().report_reader())
        .await
        .settle(services)?;
    let mut kinds = tickets.kinds;
    mismatch::join(&mut kinds, approvals.kinds);
    mismatch::join(&mut kinds, applications.kinds);
    Ok(Everything {
        tickets: tickets.cases,
        approvals: approvals.cases,
        applications: applications.cases,
        count: tickets.count + approvals.count + applications.count,
        first: [tickets.first, approvals.first, applications.first].concat(),
        kinds,
    })
}
