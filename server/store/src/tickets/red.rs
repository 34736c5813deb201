//! Clocks past their deadline, the oldest first, for the leaders' daily list; and who has got that list.
//! Not here: who is told, the list's words (services).
//! A person gets one list a day, whichever server was first.

use sea_orm::{EntityTrait as _, FromQueryResult};
use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::ticket::TicketNo;
use uuid::Uuid;

use crate::entity::Col;
use crate::entity::trail::red_list::Entity;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A clock past its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedClock {
    /// Its ticket.
    pub ticket: TicketId,
    /// The ticket's number.
    pub no: TicketNo,
    /// Where it lies.
    pub region: String,
    /// The unit whose part it is; nothing for the ticket's own.
    pub unit: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    ticket_id: Col<TicketId>,
    ticket_no: Col<TicketNo>,
    region: String,
    unit: Option<String>,
}

/// Running clocks past their deadline, the oldest first.
pub async fn overdue(
    conn: &dyn Conn,
    now: Instant,
    limit: u32,
) -> Result<Vec<RedClock>, StoreError> {
    // Text: along the index of deadlines, each row with its ticket and part.
    let sql = Sql::new(
        "select c.ticket_id, t.ticket_no, t.region, a.unit from (select ticket_id, clock_id, due_at from ladder_clocks where due_at < ? order by due_at limit ?) c
         join tickets t on t.id = c.ticket_id left join assignments a on a.id = c.clock_id and a.ticket_id = c.ticket_id where t.is_open order by c.due_at, c.ticket_id, c.clock_id",
        vals![now, limit],
    );
    let rows = conn.handle().rows::<Row>(sql).await?;
    let clock = |row: Row| RedClock {
        ticket: row.ticket_id.0,
        no: row.ticket_no.0,
        region: row.region,
        unit: row.unit,
    };
    Ok(rows.into_iter().map(clock).collect())
}

/// Whether everybody has the list of a day.
pub async fn is_told(conn: &dyn Conn, day: &str) -> Result<bool, StoreError> {
    let all = (Col(UserId(Uuid::nil())), day.to_owned());
    let row = conn.handle().find_one(Entity::find_by_id(all)).await?;
    Ok(row.is_some())
}

/// Notes that everybody has it.
pub async fn all_told(tx: &Tx, day: &str, at: Instant) -> Result<(), StoreError> {
    told(tx, (UserId(Uuid::nil()), day), at, 0).await.map(drop)
}

/// Notes that somebody gets the list of a day; `false` where he has got it.
pub async fn told(
    tx: &Tx,
    (person, day): (UserId, &str),
    at: Instant,
    tickets: usize,
) -> Result<bool, StoreError> {
    // Text: one statement decides who was first.
    let sql = Sql::new(
        "insert into red_lists (person, day, at, tickets) values (?, ?, ?, ?) on conflict (person, day) do nothing",
        vals![person, day, at, tickets],
    );
    Ok(tx.handle().run(sql).await? == 1)
}
