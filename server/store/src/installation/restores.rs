//! Restores from backups, kept with the data: they explain why checkpoints elsewhere may be newer than the chain.
//! Not here: restoring (services).
//! A row is signed with the audit's key, so that nobody explains away what they took out.

use shared::calendar::Instant;
use uuid::Uuid;

use super::has_table;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// One restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restore {
    /// Id.
    pub id: Uuid,
    /// When the backup was put back.
    pub at: Instant,
    /// When the backup was made.
    pub made_at: Instant,
    /// Last position of the audit's chain in the backup; 0 before the first.
    pub seq: i64,
    /// The chain's hash there.
    pub link: Vec<u8>,
}

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
    let sql = "insert into restores (id, at, made_at, seq, link, key_id, signature) values (?, ?, ?, ?, ?, ?, ?)";
    h.run(Sql::new(
        sql,
        vals![
            restore.id,
            restore.at,
            restore.made_at,
            restore.seq,
            &restore.link,
            &key_id,
            &signature
        ],
    ))
    .await
    .map(drop)
}

/// All restores, oldest first, each with whether its signature holds.
pub async fn list(conn: &dyn Conn) -> Result<Vec<(Restore, bool)>, StoreError> {
    let h = conn.handle();
    if !has_table(h, "restores").await? {
        return Ok(Vec::new());
    }
    let sql = "select id, at, made_at, seq, link, key_id, signature from restores order by at, id";
    let rows = h.all(Sql::new(sql, vals![])).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            let restore = Restore {
                id: r.get()?,
                at: r.at()?,
                made_at: r.at()?,
                seq: r.get()?,
                link: r.get()?,
            };
            let (key, signature): (String, Vec<u8>) = (r.get()?, r.get()?);
            let holds = h
                .seal()
                .audit_signature_holds(&key, &restore.message(), &signature);
            Ok((restore, holds))
        })
        .collect()
}
