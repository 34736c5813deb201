//! Many tickets at once, by id: alone, or as cases with their assignments; for whoever looks at everything.
//! Not here: one whole case inside a scope (`load`), what else hangs on them (each reader adds it).

use std::collections::BTreeMap;

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::ids::TicketId;

use crate::StoreError;
use crate::database::Handle;
use crate::entity::Col;
use crate::entity::ticket::assignment;
use crate::record::{Assignment, Ticket, TicketCase};
use crate::sql::{Bind as _, Sql, vals};
use crate::tickets::row;

/// These tickets, nothing that hangs on them.
pub(crate) async fn heads(h: Handle<'_>, ids: &[TicketId]) -> Result<Vec<Ticket>, StoreError> {
    // Text: the row is read by its own names.
    let mut tickets = Sql::new("select ", vals![]);
    tickets
        .text(*row::COLUMNS)
        .text(" from tickets t where t.id in ")
        .list(ids.iter().map(|id| id.bind()).collect());
    let rows = h.all(tickets).await?;
    rows.iter().map(|row| row::read(row, h.seal())).collect()
}

/// These tickets with their assignments, in the order of dispatching; nothing else of them.
pub(crate) async fn with_assignments(
    h: Handle<'_>,
    ids: &[TicketId],
) -> Result<BTreeMap<TicketId, TicketCase>, StoreError> {
    let mut cases = BTreeMap::new();
    for ticket in heads(h, ids).await? {
        cases.insert(ticket.id, TicketCase::of(ticket));
    }
    let units = assignment::Entity::find()
        .filter(assignment::Column::TicketId.is_in(ids.iter().map(|id| Col(*id))))
        .order_by_asc(assignment::Column::DispatchedAt)
        .order_by_asc(assignment::Column::Id);
    for assignment in h.records::<_, Assignment>(units).await? {
        if let Some(case) = cases.get_mut(&assignment.ticket_id) {
            case.assignments.push(assignment);
        }
    }
    Ok(cases)
}
