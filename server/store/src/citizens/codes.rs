//! Codes that are open, one a number; of the code only an HMAC is kept.
//! Not here: what a code is and how it is compared (services).
//! A try is counted by the statement that gives the hash out, so that tries at once cannot pass each other.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use shared::calendar::Instant;

use crate::entity::Col;
use crate::entity::citizen::citizen_code::{ActiveModel, Column, Entity, Model};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A code on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The number's hash.
    pub phone_hash: Vec<u8>,
    /// The code's hash.
    pub code_hash: Vec<u8>,
    /// Now.
    pub made_at: Instant,
    /// Good until then.
    pub ends_at: Instant,
}

/// When a code was sent to a number last.
pub async fn made_at(conn: &dyn Conn, phone_hash: &[u8]) -> Result<Option<Instant>, StoreError> {
    let select = Entity::find_by_id(Col(phone_hash.to_vec()));
    let row = conn.handle().find_one(select).await?;
    Ok(row.map(|row| row.made_at.0))
}

/// Puts a code on offer in the place of the one before, unless that was sent less than `pause` ago: then how many milliseconds are left.
pub async fn offer(tx: &Tx, open: &Open, pause: i64) -> Result<Option<i64>, StoreError> {
    if let Some(before) = made_at(tx, &open.phone_hash).await? {
        let left = before.0 + pause - open.made_at.0;
        // One from a time to come was written while the clock was ahead.
        if (1..=pause).contains(&left) {
            return Ok(Some(left));
        }
    }
    let row = Model {
        phone_hmac: open.phone_hash.clone().into(),
        code_hmac: open.code_hash.clone(),
        made_at: open.made_at.into(),
        ends_at: open.ends_at.into(),
        tries: Col(0),
        used_at: Col(None),
    };
    let newer = OnConflict::column(Column::PhoneHmac)
        .update_columns([
            Column::CodeHmac,
            Column::MadeAt,
            Column::EndsAt,
            Column::Tries,
            Column::UsedAt,
        ])
        .to_owned();
    let put = Entity::insert(row.into_active_model().reset_all()).on_conflict(newer);
    tx.handle().change(&put).await?;
    Ok(None)
}

/// Counts a try and gives the hash of the code that is open; `None` when none is, or it was tried too often.
pub async fn try_once(
    tx: &Tx,
    phone_hash: &[u8],
    most: i32,
    now: Instant,
) -> Result<Option<Vec<u8>>, StoreError> {
    // Text: one statement counts and reads.
    let sql = Sql::new(
        "update citizen_codes set tries = tries + 1 where phone_hmac = ? and used_at is null and ends_at > ? and tries < ? returning code_hmac",
        vals![phone_hash, now, most],
    );
    let found = tx.handle().row::<Kept>(sql).await?;
    Ok(found.map(|found| found.code_hmac))
}

#[derive(sea_orm::FromQueryResult)]
struct Kept {
    code_hmac: Vec<u8>,
}

/// Uses the code; false when somebody was quicker.
pub async fn take(tx: &Tx, phone_hash: &[u8], now: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            used_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::PhoneHmac.eq(phone_hash))
        .filter(Column::UsedAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// Forgets codes that ended before an instant.
pub(super) async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::EndsAt.lt(Col(before)));
    tx.handle().change(&gone).await
}
