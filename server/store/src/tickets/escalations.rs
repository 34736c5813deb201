//! What rungs of the ladder give the centre to do (`ladder_duties`): kept when a rung is reached, gone when it was done or the part's clock runs no more.
//! Not here: rungs and clocks (`ladder`), the list (`alarms`), which rung does what (the register).

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use shared::ids::{AssignmentId, TicketId};
use shared::ladder::Alarm;
use shared::ticket::{TicketState, Verb};

use crate::bulk::rows::Insert;
use crate::entity::todo::ladder_duty::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::record::{Event, LadderDuty, TicketCase};
use crate::{StoreError, Tx};

/// A rung that was reached later takes the place of the one before.
static KEEP: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<Entity>(vec![Column::Rung, Column::DueKey, Column::OpenedAt]));

/// Keeps what is to be done.
pub async fn add(tx: &Tx, duties: &[LadderDuty]) -> Result<(), StoreError> {
    let rows = duties.iter().map(|it| it.values(Beside {}));
    table::put(tx, *KEEP, rows).await
}

/// Follows what a verb did: what was to be done is done, or nothing is any more.
pub(crate) async fn follow(
    tx: &Tx,
    before: Option<&TicketCase>,
    after: &TicketCase,
    events: &[Event],
) -> Result<(), StoreError> {
    let Some(before) = before else {
        return Ok(());
    };
    let runs = |case: &TicketCase| {
        case.ticket.state.is_open() && case.ticket.state != TicketState::Suspended
    };
    if runs(before) && !runs(after) {
        return of_case(tx, after.ticket.id).await;
    }
    for event in events {
        let done = match event.verb {
            Verb::PhoneUrge => Alarm::Phone,
            Verb::Supervise => Alarm::Order,
            _ => continue,
        };
        if let Some(part) = event.assignment_id {
            let key = (Col(part), Col(done.as_str().to_owned()));
            tx.handle().change(&Entity::delete_by_id(key)).await?;
        }
    }
    for part in &after.assignments {
        let was = before.assignments.iter().find(|it| it.id == part.id);
        let moved = was.is_some_and(|was| was.due_at != part.due_at);
        let ended = part.ended_at.is_some() && was.is_some_and(|was| was.ended_at.is_none());
        if moved || ended {
            of_part(tx, part.id).await?;
        }
    }
    Ok(())
}

async fn of_case(tx: &Tx, id: TicketId) -> Result<(), StoreError> {
    let gone = Entity::delete_many().filter(Column::CaseId.eq(Col(id)));
    tx.handle().change(&gone).await.map(drop)
}

/// Nothing is to be done about a part any more.
pub(crate) async fn of_part(tx: &Tx, id: AssignmentId) -> Result<(), StoreError> {
    let gone = Entity::delete_many().filter(Column::AssignmentId.eq(Col(id)));
    tx.handle().change(&gone).await.map(drop)
}
