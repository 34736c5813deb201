//! Urge, rate and withdraw by the citizen: the same verbs and the same runner as the staff's, reached by number and code.
//! Not here: what the verbs do (`tickets`).
//! Each gives the ticket as the citizen sees it afterwards.

use serde::Serialize;
use shared::command::Words;
use shared::fault::Fault;
use shared::ticket::Verb;
use shared::ticket::command::Lookup;
use shared::ticket::rules::length;
use shared::ticket::verbs::{Rate, Reopen, Urge};
use shared::ticket::view::PublicTicket;

use super::lookup::{lookup, own_case};
use store::record::TicketCase;
use store::tickets::case::Claim;

use crate::context::Ctx;
use crate::tickets::perform::{Order, Target, perform};
use crate::tickets::withdraw::take_back;
use crate::tickets::working_copy::{Halt, WorkingCopy};

/// Urges the ticket, once per working day.
///
/// # Errors
/// The faults of [`lookup`]; `ticket.urge.once_per_day`; `ticket.flow.not_allowed` when it is over.
pub async fn urge(ctx: &Ctx, claim: Lookup, command: Urge) -> Result<PublicTicket, Fault> {
    act(ctx, claim, command).await
}

/// Asks for a closed ticket to be opened again, with a new fact.
///
/// # Errors
/// The faults of [`lookup`]; `ticket.reopen.late`; `assignment.ask.pending` when it was asked for already.
pub async fn reopen(ctx: &Ctx, claim: Lookup, command: Reopen) -> Result<PublicTicket, Fault> {
    act(ctx, claim, command).await
}

/// Rates the handling; the first and the latest answer are kept.
///
/// # Errors
/// The faults of [`lookup`]; `ticket.flow.not_allowed` before there is an answer.
pub async fn rate(ctx: &Ctx, claim: Lookup, command: Rate) -> Result<PublicTicket, Fault> {
    act(ctx, claim, command).await
}

/// Takes the request back before a unit has answered.
///
/// # Errors
/// The faults of [`lookup`]; `ticket.flow.not_allowed` once a unit has answered.
pub async fn withdraw(
    ctx: &Ctx,
    claim: Lookup,
    reason: Option<Reason>,
) -> Result<PublicTicket, Fault> {
    act(ctx, claim, OwnWithdraw { reason }).await
}

/// Why, in the citizen's words.
pub type Reason = Words<1, { length::REASON }>;

/// The citizen does not know versions; whoever holds number and code may take it back whatever happened meanwhile.
#[derive(Clone, Serialize)]
pub(crate) struct OwnWithdraw {
    /// Why, where it is said.
    pub(crate) reason: Option<Reason>,
}

impl Order for OwnWithdraw {
    type On = TicketCase;

    fn verb(&self) -> Verb {
        Verb::Withdraw
    }

    fn version(&self) -> Option<i32> {
        None
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        take_back(copy, self.reason.as_deref())
    }
}

async fn act<O: Order<On = TicketCase>>(
    ctx: &Ctx,
    claim: Lookup,
    order: O,
) -> Result<PublicTicket, Fault> {
    let (proven, _) = own_case(ctx, &claim).await?;
    perform(
        ctx,
        Target::Own(proven.no, Claim::Code(proven.code_hash)),
        order,
    )
    .await?;
    lookup(ctx, claim).await
}
