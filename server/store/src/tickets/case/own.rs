//! The citizen's own case, by what proves that it is theirs.
//! Not here: inside a scope (`load`), the list of the own ones (`citizens`).
//! A proof is a hash, never a scope: nothing but the one ticket is reached by it.

use shared::ids::TicketId;
use shared::ticket::TicketNo;

use super::load::{find, load_public};
use crate::record::TicketCase;
use crate::scope::not_discreet;
use crate::sql::{Sql, vals};
use crate::tickets::filter::NOT_RECYCLED;
use crate::{Conn, StoreError};

/// By what a ticket is known to be somebody's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The hash of number and query code.
    Code(Vec<u8>),
    /// The hash of a number that was verified: that of the ticket's contact. A discreet ticket is not reached so.
    Phone(Vec<u8>),
}

impl Claim {
    /// The condition that a ticket is reached by it; none for a code, which is compared in constant time.
    fn condition(&self) -> Option<Sql> {
        match self {
            Self::Code(_) => None,
            Self::Phone(hash) => {
                let mut sql = Sql::new(" and t.phone_hmac = ?", vals![hash.clone()]);
                sql.text(NOT_RECYCLED).append(not_discreet());
                Some(sql)
            }
        }
    }
}

/// The case of a number; `None` where the proof is none of it.
pub async fn load_own(
    conn: &dyn Conn,
    no: &TicketNo,
    claim: &Claim,
) -> Result<Option<TicketCase>, StoreError> {
    let reached = match (claim, claim.condition()) {
        (Claim::Code(hash), _) => return load_public(conn, no, hash).await,
        (_, Some(reached)) => reached,
        (_, None) => return Ok(None),
    };
    let mut condition = Sql::new(
        " where t.id = (select k.ticket_id from ticket_keys k where k.ticket_no = ?)",
        vals![no.as_str()],
    );
    condition.append(reached);
    Box::pin(find(conn.handle(), " from tickets t", condition)).await
}

/// Whether a ticket is reached by the proof; never by a code, which is of a number.
pub async fn is_own(conn: &dyn Conn, id: TicketId, claim: &Claim) -> Result<bool, StoreError> {
    let Some(reached) = claim.condition() else {
        return Ok(false);
    };
    let mut sql = Sql::new("select count(*) from tickets t where t.id = ?", vals![id]);
    sql.append(reached);
    Ok(conn.handle().number(sql).await? == 1)
}
