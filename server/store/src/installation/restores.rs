//! Restores from backups, kept with the data: they explain why checkpoints elsewhere may be newer than the chain.
//! Not here: restoring (services).
//! A row is signed with the audit's key, so that nobody explains away what they took out.

use sea_orm::EntityTrait as _;
use sea_orm::QueryOrder as _;

use super::has_table;
use crate::entity::installation::restore::{Beside, Column, Entity, Model};
use crate::entity::table;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::installation::restore::Restore;

impl Restore {
    fn message(&self) -> Vec<u8> {
        [
            b"minsheng-restore-1".as_slice(),
            self.id.as_bytes(),
            &self.at.0.to_be_bytes(),
            &self.made_at.0.to_be_bytes(),
            &self.seq.to_be_bytes(),
            &self.link,
        ]
        .concat()
    }
}

/// Writes down a restore.
pub async fn add(tx: &Tx, restore: &Restore) -> Result<(), StoreError> {
    let h = tx.handle();
    let (key_id, signature) = h.seal().sign_audit(&restore.message());
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(restore.values(Beside { key_id, signature }));
    h.run(sql).await.map(drop)
}

/// All restores, oldest first, each with whether its signature holds.
pub async fn list(conn: &dyn Conn) -> Result<Vec<(Restore, bool)>, StoreError> {
    let h = conn.handle();
    if !has_table(h, "restores").await? {
        return Ok(Vec::new());
    }
    let all = Entity::find()
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id);
    let judged = |row: Model| {
        let (restore, signed) = row.split();
        let said = restore.message();
        let holds = h
            .seal()
            .audit_signature_holds(&signed.key_id, &said, &signed.signature);
        (restore, holds)
    };
    Ok(h.find(all).await?.into_iter().map(judged).collect())
}
