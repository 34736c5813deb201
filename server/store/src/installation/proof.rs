//! Opening one row of each sealed kind, the newest and the oldest, and checking the newest signature and the newest hash.
//! Not here: which keys a database says it needs (`mod`).
//! Texts: each looks at a bounded number of rows at either end, so that it costs the same on any database.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::has_table;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// What trying to open rows of one kind came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Table and column.
    pub kind: &'static str,
    /// Rows that were opened; 0 when there is none.
    pub opened: u32,
    /// Why one of them did not open, in words for the administrator; never what is in it.
    pub trouble: Option<String>,
}

macro_rules! ends {
    ($from:literal by $first:literal or $last:literal) => {
        [
            concat!(
                "select id, key_id, sealed from (",
                $from,
                " order by ",
                $first,
                " limit 1000) x where sealed is not null order by id limit 1"
            ),
            concat!(
                "select id, key_id, sealed from (",
                $from,
                " order by ",
                $last,
                " limit 1000) x where sealed is not null order by id desc limit 1"
            ),
        ]
    };
}

/// Name, place, table, and the statements for either end.
const KINDS: &[(&str, &str, &str, [&str; 2])] = &[
    (
        "tickets.citizen",
        crate::tickets::row::PLACE,
        "tickets",
        ends!("select id, citizen_key as key_id, citizen as sealed from tickets" by "id" or "id desc"),
    ),
    (
        "approvals",
        crate::approvals::SEALED,
        "approvals",
        ends!("select id, key_id, sealed from approvals" by "id" or "id desc"),
    ),
    (
        "migrated cases",
        crate::approvals::SEALED,
        "migrated_cases",
        ends!("select case_id as id, key_id, sealed from migrated_cases" by "migration_id, case_id" or "migration_id desc, case_id desc"),
    ),
    (
        "events under way",
        crate::host::deliveries::PLACE,
        "deliveries",
        ends!("select id, key_id, sealed from deliveries" by "id" or "id desc"),
    ),
    (
        "session keys",
        crate::session_keys::PLACE,
        "session_keys",
        ends!("select id, key_id, sealed from session_keys" by "id" or "id desc"),
    ),
    (
        "messages",
        crate::outbox::PLACE,
        "outbox",
        ends!("select id, key_id, sealed from outbox where length(sealed) > 0" by "id" or "id desc"),
    ),
    (
        "messages that came in",
        crate::incoming::PLACE,
        "incoming_messages",
        ends!("select id, key_id, sealed from incoming_messages where length(sealed) > 0" by "id" or "id desc"),
    ),
];

/// Tries the keys at hand on every sealed kind, on the audit's newest signature and on a phone number's hash.
pub async fn prove(conn: &dyn Conn) -> Result<Vec<Proof>, StoreError> {
    let h = conn.handle();
    let mut proofs = Vec::new();
    for (kind, place, table, ends) in KINDS {
        if !has_table(h, table).await? {
            continue;
        }
        let mut proof = Proof {
            kind,
            opened: 0,
            trouble: None,
        };
        for sql in ends {
            if let Some(row) = h.row::<SealedRow>(Sql::new(sql, vals![])).await? {
                match h
                    .seal()
                    .open(&row.key_id, place, row.id.as_bytes(), &row.sealed)
                    .map(drop)
                {
                    Ok(()) => proof.opened += 1,
                    Err(error) => proof.trouble = Some(error.to_string()),
                }
            }
        }
        proofs.push(proof);
    }
    proofs.push(signature(conn).await?);
    proofs.push(hash(conn).await?);
    Ok(proofs)
}

/// A sealed value and what it is bound to.
#[derive(FromQueryResult)]
struct SealedRow {
    id: Uuid,
    key_id: String,
    sealed: Vec<u8>,
}

async fn signature(conn: &dyn Conn) -> Result<Proof, StoreError> {
    let mut proof = Proof {
        kind: "audit checkpoints",
        opened: 0,
        trouble: None,
    };
    if !has_table(conn.handle(), "audit_checkpoints").await? {
        return Ok(proof);
    }
    match crate::audit::newest_signature_holds(conn).await? {
        None => {}
        Some(true) => proof.opened = 1,
        Some(false) => {
            proof.trouble = Some("the newest checkpoint was signed with another key".to_owned());
        }
    }
    Ok(proof)
}

#[derive(FromQueryResult)]
struct Hashed {
    id: Uuid,
    key_id: String,
    sealed: Vec<u8>,
    hash: Vec<u8>,
}

/// The hash by which a ticket is found belongs to the number that is sealed in it.
async fn hash(conn: &dyn Conn) -> Result<Proof, StoreError> {
    let h = conn.handle();
    let mut proof = Proof {
        kind: "look-up by phone",
        opened: 0,
        trouble: None,
    };
    if !has_table(h, "tickets").await? {
        return Ok(proof);
    }
    let sql = "select id, key_id, sealed, hash from (select id, citizen_key as key_id, citizen as sealed, phone_hmac as hash from tickets order by id desc limit 1000) x
         where hash is not null and sealed is not null order by id desc limit 1";
    let Some(row) = h.row::<Hashed>(Sql::new(sql, vals![])).await? else {
        return Ok(proof);
    };
    let (key, sealed, hash) = (row.key_id, row.sealed, row.hash);
    let phone = crate::tickets::row::open_citizen(h.seal(), row.id, Some(key), Some(sealed))
        .ok()
        .flatten()
        .and_then(|citizen| citizen.phone);
    match phone.map(|phone| crate::tickets::person::phone_hashes(h.seal(), &phone).contains(&hash))
    {
        Some(true) => proof.opened = 1,
        Some(false) => {
            proof.trouble = Some("the hash was made with another lookup key".to_owned());
        }
        // That it does not open is said already.
        None => {}
    }
    Ok(proof)
}
