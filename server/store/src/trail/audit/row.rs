//! Audit rows and their digests. A digest covers everything but the erasable values, for which it covers salted hashes.
//! Not here: the chain over the digests (`chain`).
//! The digest's input is a fixed sequence of length-prefixed texts; a change of it would be a new version letter.

use std::collections::BTreeMap;

use sea_orm::QueryResult;
use shared::calendar::Instant;
use shared::ids::UserId;
use uuid::Uuid;

use crate::record::AuditEntry;
use crate::seal::{salt, sha256};
use crate::sql::{Reader, Sql, vals};
use crate::{StoreError, Tx};

const VERSION: &[u8] = b"A1";

/// One entry or several.
pub trait Entries {
    /// The entries in order.
    fn entries(&self) -> &[AuditEntry];
}
impl Entries for AuditEntry {
    fn entries(&self) -> &[AuditEntry] {
        std::slice::from_ref(self)
    }
}
impl Entries for [AuditEntry] {
    fn entries(&self) -> &[AuditEntry] {
        self
    }
}
impl<const N: usize> Entries for [AuditEntry; N] {
    fn entries(&self) -> &[AuditEntry] {
        self
    }
}
impl Entries for Vec<AuditEntry> {
    fn entries(&self) -> &[AuditEntry] {
        self
    }
}

/// A row as it is digested.
pub(super) struct Digested {
    pub(super) n: i64,
    pub(super) id: Uuid,
    pub(super) at: i64,
    pub(super) actor: Option<Uuid>,
    pub(super) actor_name: String,
    pub(super) action: String,
    pub(super) object: String,
    pub(super) outcome: String,
    pub(super) facts: String,
    pub(super) salt: Vec<u8>,
    pub(super) hashes: String,
    pub(super) erasable: Option<String>,
    pub(super) digest: Vec<u8>,
}

pub(super) const COLUMNS: &str = "a.n, a.id, a.at, a.actor, a.actor_name, a.action, a.object, a.outcome, a.facts, a.salt, a.hashes, a.erasable, a.digest";

impl Digested {
    pub(super) fn read(row: &QueryResult) -> Result<Self, StoreError> {
        Self::from(&mut Reader::new(row))
    }

    pub(super) fn from(r: &mut Reader<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            n: r.get()?,
            id: r.get()?,
            at: r.get()?,
            actor: r.get()?,
            actor_name: r.get()?,
            action: r.get()?,
            object: r.get()?,
            outcome: r.get()?,
            facts: r.get()?,
            salt: r.get()?,
            hashes: r.get()?,
            erasable: r.get()?,
            digest: r.get()?,
        })
    }

    /// The digest as it must be.
    pub(super) fn compute(&self) -> Vec<u8> {
        let mut input = VERSION.to_vec();
        let actor = self.actor.map_or_else(String::new, |a| a.to_string());
        let id = self.id.to_string();
        let at = self.at.to_string();
        for part in [
            &id,
            &at,
            &actor,
            &self.actor_name,
            &self.action,
            &self.object,
            &self.outcome,
            &self.facts,
            &self.hashes,
        ] {
            input.extend((part.len() as u64).to_be_bytes());
            input.extend(part.as_bytes());
        }
        input.extend(&self.salt);
        sha256(&input)
    }

    /// Whether the erasable values that are still there fit their hashes.
    pub(super) fn values_fit(&self) -> bool {
        let Some(text) = &self.erasable else {
            return true;
        };
        let values: Option<BTreeMap<String, String>> = serde_json::from_str(text).ok();
        values.is_some_and(|values| hashes(&values, &self.salt) == self.hashes)
    }
}

/// Salted hashes of erasable values as JSON.
fn hashes(values: &BTreeMap<String, String>, salt: &[u8]) -> String {
    let hashed: BTreeMap<&String, String> = values
        .iter()
        .map(|(name, value)| {
            let input = [
                salt,
                &(name.len() as u64).to_be_bytes(),
                name.as_bytes(),
                value.as_bytes(),
            ]
            .concat();
            (name, hex::encode(sha256(&input)))
        })
        .collect();
    serde_json::to_string(&hashed).unwrap_or_default()
}

/// Writes entries in the caller's transaction. The caller's address counts as erasable.
pub async fn append<E: Entries + ?Sized>(tx: &Tx, entries: &E) -> Result<(), StoreError> {
    for entry in entries.entries() {
        append_one(tx, entry).await?;
    }
    Ok(())
}

async fn append_one(tx: &Tx, entry: &AuditEntry) -> Result<(), StoreError> {
    let mut values = entry.erasable.clone();
    if let Some(ip) = &entry.ip {
        values.insert("ip".to_owned(), ip.clone());
    }
    let salt = salt()?;
    let mut row = Digested {
        n: 0,
        id: entry.id,
        at: entry.at.0,
        actor: entry.actor.map(|a| a.0),
        actor_name: entry.actor_name.clone(),
        action: entry.action.clone(),
        object: entry.object.clone(),
        outcome: entry.outcome.clone(),
        facts: serde_json::to_string(&entry.facts).map_err(|e| StoreError::Broken(e.into()))?,
        hashes: hashes(&values, &salt),
        salt,
        erasable: if values.is_empty() {
            None
        } else {
            serde_json::to_string(&values).ok()
        },
        digest: Vec::new(),
    };
    row.digest = row.compute();
    let h = tx.handle();
    let sql = Sql::new(
        "insert into audit (id, at, actor, actor_name, action, object, outcome, facts, salt, hashes, erasable, digest)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning n",
        vals![
            row.id, row.at, row.actor, row.actor_name, row.action, row.object, row.outcome, row.facts, row.salt, row.hashes, row.erasable, row.digest
        ],
    );
    let n = h.number(sql).await?;
    h.run(Sql::new(
        "insert into audit_pending (n) values (?)",
        vals![n],
    ))
    .await
    .map(drop)
}

/// The entry as it was given, with what has not been erased.
pub(super) fn entry(row: Digested) -> Result<AuditEntry, StoreError> {
    let parse = |text: &str| {
        serde_json::from_str::<BTreeMap<String, String>>(text)
            .map_err(|e| StoreError::Broken(e.into()))
    };
    let mut erasable = row
        .erasable
        .as_deref()
        .map(parse)
        .transpose()?
        .unwrap_or_default();
    Ok(AuditEntry {
        id: row.id,
        at: Instant(row.at),
        actor: row.actor.map(UserId),
        actor_name: row.actor_name,
        action: row.action,
        object: row.object,
        outcome: row.outcome,
        ip: erasable.remove("ip"),
        facts: parse(&row.facts)?,
        erasable,
    })
}
