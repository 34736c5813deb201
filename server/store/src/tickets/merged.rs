//! Tickets that were merged into a leading one (并案): the rows that verbs write, those whose leading ticket is over, and who speaks in them.
//! Not here: when a ticket may be merged and what its citizen is told (services).
//! A verb on one ticket changes that ticket's own row, or what the leading one says to a citizen; both in its transaction.

use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _};
use shared::ids::TicketId;

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::ticket::merged_ticket::{ActiveModel, Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::record::{Merged, Ticket, TicketCase};
use crate::sql::{Bind as _, Sql, vals};
use crate::tickets::row;
use crate::{Conn, StoreError, Tx};

/// The insert of merged tickets.
static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// The tickets that were merged into this one, in this order, and whether it was merged itself.
pub(crate) async fn of_case(
    h: Handle<'_>,
    id: TicketId,
) -> Result<(Vec<Merged>, Option<Merged>), StoreError> {
    let led = Entity::find()
        .filter(Column::LeadId.eq(Col(id)))
        .order_by_asc(Column::MergedAt)
        .order_by_asc(Column::TicketId);
    let own = h.find_one(Entity::find_by_id(Col(id))).await?;
    Ok((h.records(led).await?, own.map(Into::into)))
}

/// Follows what a verb did: a ticket that was merged, split off or answered, words for one citizen, and a leading ticket that is over or goes on.
pub(crate) async fn follow(
    tx: &Tx,
    before: &TicketCase,
    after: &TicketCase,
) -> Result<(), StoreError> {
    match (&before.joined, &after.joined) {
        (None, Some(new)) => {
            let row = new.values(Beside {});
            table::put(tx, *INSERT, std::iter::once(row)).await?;
        }
        (Some(old), None) => {
            let gone = Entity::delete_by_id(Col(old.ticket_id));
            tx.handle().change(&gone).await?;
        }
        (Some(old), Some(new)) if old != new => change(tx, new, new.moved()).await?,
        _ => {}
    }
    let worded = after.merged.iter().filter(|it| !before.merged.contains(it));
    for merged in worded {
        let words = ActiveModel {
            private_words: Set(Col(merged.private_words.clone())),
            ..Default::default()
        };
        change(tx, merged, words).await?;
    }
    let (was, is) = (before.ticket.state.is_open(), after.ticket.state.is_open());
    if was == is || after.merged.is_empty() {
        return Ok(());
    }
    let over = (!is).then_some(after.ticket.updated_at);
    let due = Entity::update_many()
        .set(ActiveModel {
            due_at: Set(Col(over)),
            ..Default::default()
        })
        .filter(Column::LeadId.eq(Col(after.ticket.id)))
        .filter(Column::AnsweredAt.is_null());
    tx.handle().change(&due).await.map(drop)
}

/// Changes a row that nobody has answered or taken away meanwhile.
async fn change(tx: &Tx, merged: &Merged, set: ActiveModel) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(set)
        .filter(Column::TicketId.eq(Col(merged.ticket_id)))
        .filter(Column::LeadId.eq(Col(merged.lead_id)))
        .filter(Column::AnsweredAt.is_null());
    if tx.handle().change(&update).await? == 1 {
        return Ok(());
    }
    Err(StoreError::Conflict {
        object: "merged_ticket".to_owned(),
        expected: 1,
        current: 0,
    })
}

/// A merged ticket whose leading ticket is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueMerged {
    /// The merged ticket.
    pub ticket: TicketId,
    /// The leading one.
    pub lead: TicketId,
}

#[derive(FromQueryResult)]
struct DueRow {
    ticket_id: Col<TicketId>,
    lead_id: Col<TicketId>,
}

/// Merged tickets that wait for their answer since their leading ticket is over, the longest waiting first.
pub async fn due(conn: &dyn Conn, limit: u32) -> Result<Vec<DueMerged>, StoreError> {
    // Text: along the index of those alone.
    let mut sql = Sql::new(
        "select ticket_id, lead_id from merged_tickets where due_at is not null and answered_at is null order by due_at, ticket_id",
        vals![],
    );
    sql.limit(limit as usize);
    let rows = conn.handle().rows::<DueRow>(sql).await?;
    let due = rows.into_iter().map(|row| DueMerged {
        ticket: row.ticket_id.0,
        lead: row.lead_id.0,
    });
    Ok(due.collect())
}

/// The first tickets that were merged into one; the caller has loaded that one inside a scope before.
pub async fn of_lead(
    conn: &dyn Conn,
    lead: TicketId,
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let h = conn.handle();
    // Text: few rows of a list, each found by its key.
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS).push(
        " from merged_tickets m join tickets t on t.id = m.ticket_id where m.lead_id = ? order by m.merged_at, m.ticket_id",
        vals![lead],
    );
    sql.limit(limit as usize);
    let rows = h.all(sql).await?;
    rows.iter()
        .map(|found| row::read(found, h.seal()))
        .collect()
}

/// How many people speak in these tickets: who left a number counts once, everybody else once a ticket.
pub async fn people(conn: &dyn Conn, tickets: &[TicketId]) -> Result<i64, StoreError> {
    // Text: one number of both sorts.
    let mut sql = Sql::new(
        "select count(distinct t.phone_hmac) + count(case when t.phone_hmac is null then 1 end) from tickets t where t.id in ",
        vals![],
    );
    sql.list(tickets.iter().map(|id| id.bind()).collect());
    conn.handle().number(sql).await
}
