//! Single tickets, and those that belong beside a form: a caller's earlier ones and likely duplicates.
//! Not here: lists (`list`), whole cases (`tickets::case`).
//! Texts: everything is inside a scope, which is one; what lies outside is not there.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::place;
use shared::ticket::{TicketNo, caller};

use super::filter::NOT_RECYCLED;
use super::{person, row};
use crate::entity::Col;
use crate::migration::floor;
use crate::record::Ticket;
use crate::scope::{not_discreet, reaches, region};
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError};

/// The id for a number, when the ticket lies inside the scope.
pub async fn find_by_no(
    conn: &dyn Conn,
    scope: &Scope,
    no: &TicketNo,
) -> Result<Option<TicketId>, StoreError> {
    let mut sql = Sql::new(
        "select t.id from ticket_keys k join tickets t on t.id = k.ticket_id where k.ticket_no = ?",
        vals![no.as_str()],
    );
    sql.append(reaches(scope));
    let row = conn.handle().row::<Found>(sql).await?;
    Ok(row.map(|row| row.id.0))
}

#[derive(FromQueryResult)]
struct Found {
    id: Col<TicketId>,
}

/// One ticket inside the scope.
pub async fn get(
    conn: &dyn Conn,
    scope: &Scope,
    id: TicketId,
) -> Result<Option<Ticket>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS)
        .push(" from tickets t where t.id = ?", vals![id])
        .append(reaches(scope));
    h.one(sql)
        .await?
        .map(|r| row::read(&r, h.seal()))
        .transpose()
}

/// When the oldest ticket was accepted, which its id says (I8).
pub async fn oldest(conn: &dyn Conn) -> Result<Option<Instant>, StoreError> {
    // Text: one row along the primary key.
    let sql = Sql::new("select t.id from tickets t order by t.id limit 1", vals![]);
    let row = conn.handle().row::<Found>(sql).await?;
    let at = row.and_then(|row| i64::try_from(row.id.0.0.as_u128() >> 80).ok());
    Ok(at.map(Instant))
}

/// Whether any ticket was ever taken.
pub async fn is_any(conn: &dyn Conn) -> Result<bool, StoreError> {
    // Text: one row is enough.
    let sql = Sql::new(
        "select count(*) from (select 1 from ticket_keys limit 1) x",
        vals![],
    );
    Ok(conn.handle().number(sql).await? > 0)
}

/// Whether a ticket lies inside the scope.
pub async fn is_in_scope(conn: &dyn Conn, scope: &Scope, id: TicketId) -> Result<bool, StoreError> {
    let mut sql = Sql::new("select count(*) from tickets t where t.id = ?", vals![id]);
    sql.append(reaches(scope));
    Ok(conn.handle().number(sql).await? == 1)
}

/// Those of some tickets that lie inside the scope, each with its number.
pub async fn inside(
    conn: &dyn Conn,
    scope: &Scope,
    ids: &[TicketId],
) -> Result<BTreeMap<TicketId, TicketNo>, StoreError> {
    #[derive(FromQueryResult)]
    struct Inside {
        id: Col<TicketId>,
        ticket_no: Col<TicketNo>,
    }
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::new(
        "select t.id, t.ticket_no from tickets t where t.id in ",
        vals![],
    );
    sql.list(ids.iter().map(|id| id.bind()).collect());
    sql.append(reaches(scope));
    let rows = conn.handle().rows::<Inside>(sql).await?;
    let pair = |row: Inside| (row.id.0, row.ticket_no.0);
    Ok(rows.into_iter().map(pair).collect())
}

/// Whether a number belongs to a ticket that one may name beside a form: inside the scope, and neither confidential nor a tip-off.
pub async fn is_nameable(
    conn: &dyn Conn,
    scope: &Scope,
    no: &TicketNo,
) -> Result<bool, StoreError> {
    let mut sql = Sql::new(
        "select count(*) from ticket_keys k join tickets t on t.id = k.ticket_id where k.ticket_no = ?",
        vals![no.as_str()],
    );
    sql.append(reaches(scope)).append(not_discreet());
    Ok(conn.handle().number(sql).await? == 1)
}

/// Earlier tickets of a phone number, newest first; without confidential ones and tip-offs.
pub async fn of_phone(
    conn: &dyn Conn,
    scope: &Scope,
    phone: &str,
    since: Instant,
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let mut condition = person::has_phone(&person::phone_hashes(conn.handle().seal(), phone));
    condition.push(" and t.id >= ?", vals![floor(since)]);
    newest(conn, scope, (condition, Sql::default()), limit).await
}

/// What there is of a phone number, each up to 1,000.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// How many tickets.
    pub total: i64,
    /// Those that are being worked on.
    pub open: i64,
    /// Those with which the citizen was not satisfied.
    pub dissatisfied: i64,
}

/// Counts the tickets of a phone number; without confidential ones and tip-offs.
pub async fn past_of_phone(
    conn: &dyn Conn,
    scope: &Scope,
    phone: &str,
) -> Result<Past, StoreError> {
    let rated = " and t.latest_satisfaction in ('1', '2')";
    Ok(Past {
        total: count_of_phone(conn, scope, (phone, "")).await?,
        open: count_of_phone(conn, scope, (phone, " and t.is_open")).await?,
        dissatisfied: count_of_phone(conn, scope, (phone, rated)).await?,
    })
}

async fn count_of_phone(
    conn: &dyn Conn,
    scope: &Scope,
    (phone, also): (&str, &'static str),
) -> Result<i64, StoreError> {
    let h = conn.handle();
    // Text: no more rows are looked at than are told.
    let mut sql = Sql::new(
        "select count(*) from (select 1 as n from tickets t where 1 = 1",
        vals![],
    );
    sql.append(person::has_phone(&person::phone_hashes(h.seal(), phone)))
        .text(NOT_RECYCLED)
        .append(not_discreet())
        .text(also)
        .append(reaches(scope).aside(h.is_sqlite()));
    sql.push(" limit ?) x", vals![caller::MOST]);
    h.number(sql).await
}

/// Tickets of the same place (a division and everything below it) and category, newest first: likely duplicates; without
/// confidential ones and tip-offs.
pub async fn of_matter(
    conn: &dyn Conn,
    scope: &Scope,
    (place_code, category): (&str, &str),
    since: Instant,
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let condition = Sql::new(
        " and t.category = ? and t.id >= ?",
        vals![category, floor(since)],
    );
    newest(
        conn,
        scope,
        (condition, region(place::prefix(place_code))),
        limit,
    )
    .await
}

/// Open tickets of the same county or city and category, newest first; without confidential ones and tip-offs. They stand together in an index
/// of their own, so that looking for likely duplicates costs so many rows and no more.
pub async fn open_of_matter(
    conn: &dyn Conn,
    scope: &Scope,
    matter: (&str, &str),
    since: Instant,
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let h = conn.handle();
    let sql = open_statement((scope, h.is_sqlite()), matter, since, limit);
    let rows = h.all(sql).await?;
    rows.iter().map(|r| row::read(r, h.seal())).collect()
}

/// The newest open tickets of a place, whatever they are about, that are neither confidential nor tip-offs.
pub async fn open_of_place(
    conn: &dyn Conn,
    scope: &Scope,
    area: &str,
    since: Instant,
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let lead = Sql::new(
        " and t.region = ? and t.is_open and t.id >= ?",
        vals![area, floor(since)],
    );
    newest(conn, scope, (lead, Sql::default()), limit).await
}

/// The statement of `open_of_matter`.
pub(crate) fn open_statement(
    (scope, sqlite): (&Scope, bool),
    (area, category): (&str, &str),
    since: Instant,
    limit: u32,
) -> Sql {
    let lead = Sql::new(
        " and t.region = ? and t.category = ? and t.is_open and t.id >= ?",
        vals![area, category, floor(since)],
    );
    statement((scope, sqlite), (lead, Sql::default()), limit)
}

async fn newest(
    conn: &dyn Conn,
    scope: &Scope,
    conditions: (Sql, Sql),
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let h = conn.handle();
    let sql = statement((scope, h.is_sqlite()), conditions, limit);
    h.all(sql)
        .await?
        .iter()
        .map(|r| row::read(r, h.seal()))
        .collect()
}

/// The newest under the first condition, which an index has; the second and the scope stand aside.
fn statement((scope, sqlite): (&Scope, bool), (lead, mut rest): (Sql, Sql), limit: u32) -> Sql {
    rest.append(reaches(scope));
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS)
        .text(" from tickets t where 1 = 1")
        .text(NOT_RECYCLED)
        .append(not_discreet())
        .append(lead)
        .append(rest.aside(sqlite));
    sql.push(" order by t.id desc limit ?", vals![limit]);
    sql
}
