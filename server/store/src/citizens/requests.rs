//! The requests of a citizen who has signed in, the newest first: by the verified number, and by the mandates under which they were filed.
//! Not here: one of them in full (`tickets::case::load_own`), what of a discreet one is told (services).
//! Text: along the index of numbers, behind the last id of the page before.

use shared::ids::TicketId;

use crate::record::Ticket;
use crate::scope::not_discreet;
use crate::sql::{Sql, vals};
use crate::tickets::case::Mine;
use crate::tickets::filter::NOT_RECYCLED;
use crate::tickets::person::has_phone;
use crate::tickets::row;
use crate::{Conn, StoreError};

/// Requests of a citizen.
pub async fn of_citizen(
    conn: &dyn Conn,
    mine: &Mine,
    before: Option<TicketId>,
    limit: u32,
) -> Result<Vec<Ticket>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS).text(" from tickets t where ");
    if mine.acts {
        sql.append(by_id(mine));
    } else {
        sql.text("1 = 1")
            .append(has_phone(&mine.phone))
            .text(" and t.mandate_id is null");
    }
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

/// The own ones by number and by mandate, and those that others filed for an organisation that the citizen represents: of these none that is
/// discreet.
fn by_id(mine: &Mine) -> Sql {
    let mut sql = Sql::new("t.id in (select t.id from tickets t where 1 = 1", vals![]);
    sql.append(has_phone(&mine.phone))
        .text(" and t.mandate_id is null")
        .text(" union all select p.id from tickets p where p.mandate_id in (")
        .append(mine.of_mine())
        .text(") union all select t.id from tickets t where t.mandate_id in (")
        .append(mine.of_others())
        .text(")")
        .append(not_discreet())
        .text(")");
    sql
}
