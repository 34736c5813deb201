//! The requests whose contact has a verified number, the newest first.
//! Not here: one of them in full (`tickets::case::load_own`), what of a discreet one is told (services).
//! Text: along the index of numbers, behind the last id of the page before.

use shared::ids::TicketId;

use crate::record::Ticket;
use crate::sql::{Sql, vals};
use crate::tickets::filter::NOT_RECYCLED;
use crate::tickets::row;
use crate::{Conn, StoreError};

/// Requests of a number.
pub async fn of_phone(
    conn: &dyn Conn,
    phone_hash: &[u8],
    before: Option<TicketId>,
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS)
        .push(" from tickets t where t.phone_hmac = ?", vals![phone_hash]);
    if let Some(before) = before {
        sql.push(" and t.id < ?", vals![before]);
    }
    let mut rest = Sql::default();
    rest.text(NOT_RECYCLED);
    sql.append(rest.aside(h.is_sqlite()));
    sql.push(" order by t.id desc limit ?", vals![limit]);
    h.all(sql)
        .await?
        .iter()
        .map(|found| row::read(found, h.seal()))
        .collect()
}
