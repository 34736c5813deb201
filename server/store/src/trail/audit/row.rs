//! Audit rows and their digests. A digest covers everything but the erasable values, for which it covers salted hashes.
//! Not here: the chain over the digests (`chain`).
//! The digest's input is a fixed sequence of length-prefixed texts; a change of it would be a new version letter.

use std::collections::BTreeMap;

use crate::entity::table;
use crate::entity::trail::audit::pending as audit_pending;
use crate::entity::trail::audit::{Entity, Model};
use crate::record::AuditEntry;
use crate::seal::{salt, sha256, sha256_of};
use crate::sql::{Sql, vals};
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
pub(super) struct Digested(pub(super) Model);

impl Digested {
    /// The digest as it must be.
    pub(super) fn compute(&self) -> Vec<u8> {
        let mut input = Vec::with_capacity(512);
        self.written(&mut input);
        sha256(&input)
    }

    /// Whether the digest that is stored is the one that it must be; in a buffer that is used for row after row.
    pub(super) fn digest_fits(&self, input: &mut Vec<u8>) -> bool {
        self.written(input);
        sha256_of(input).as_ref() == self.0.digest
    }

    /// What is digested, in place of what stood in the buffer.
    fn written(&self, input: &mut Vec<u8>) {
        let row = &self.0;
        let mut id = [0; uuid::fmt::Hyphenated::LENGTH];
        let mut actor = [0; uuid::fmt::Hyphenated::LENGTH];
        let id: &str = row.id.hyphenated().encode_lower(&mut id);
        let actor: &str = match row.actor.0 {
            Some(user) => user.0.hyphenated().encode_lower(&mut actor),
            None => "",
        };
        let at = row.at.0.0.to_string();
        input.clear();
        input.extend(VERSION);
        for part in [
            id,
            &at,
            actor,
            &row.actor_name,
            &row.action,
            &row.object,
            &row.outcome,
            &row.facts,
            &row.hashes,
        ] {
            input.extend((part.len() as u64).to_be_bytes());
            input.extend(part.as_bytes());
        }
        input.extend(&row.salt);
    }

    /// Whether the erasable values that are still there fit their hashes.
    pub(super) fn values_fit(&self) -> bool {
        let Some(text) = &self.0.erasable else {
            return true;
        };
        let values: Option<BTreeMap<String, String>> = serde_json::from_str(text).ok();
        values.is_some_and(|values| hashes(&values, &self.0.salt) == self.0.hashes)
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

/// The row of an entry, before the database numbers it.
pub(crate) fn row_of(entry: &AuditEntry) -> Result<Model, StoreError> {
    let mut values = entry.erasable.clone();
    if let Some(ip) = &entry.ip {
        values.insert("ip".to_owned(), ip.clone());
    }
    let salt = salt()?;
    let row = Digested(Model {
        // The database numbers it.
        n: 0,
        id: entry.id,
        at: entry.at.into(),
        actor: entry.actor.into(),
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
    });
    let digest = row.compute();
    Ok(Model { digest, ..row.0 })
}

async fn append_one(tx: &Tx, entry: &AuditEntry) -> Result<(), StoreError> {
    let row = row_of(entry)?;
    let h = tx.handle();
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(table::values(&row)).text(" returning n");
    let n = h.number(sql).await?;
    h.add_row(audit_pending::Model { n }, "audit_pending")
        .await
        .map(drop)
}

/// The entry as it was given, with what has not been erased.
pub(super) fn entry(row: Model) -> Result<AuditEntry, StoreError> {
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
        at: row.at.0,
        actor: row.actor.0,
        actor_name: row.actor_name,
        action: row.action,
        object: row.object,
        outcome: row.outcome,
        ip: erasable.remove("ip"),
        facts: parse(&row.facts)?,
        erasable,
    })
}
