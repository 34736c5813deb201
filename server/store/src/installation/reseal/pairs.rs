//! Sealed rows with two keys: typed forms, and cases as they stood before they were moved. There are few, so that they are looked for by their key.
//! Not here: rows with an id (`parts`).
//! Texts: one statement reads, and an update holds only while the row is as it was read.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::approvals::SEALED;
use crate::database::Handle;
use crate::sql::{Sql, vals};
use crate::todo::typed;
use crate::{Seal, StoreError};

#[derive(FromQueryResult)]
struct Form {
    user_id: Uuid,
    address: String,
    key_id: String,
    sealed: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Moved {
    migration_id: Uuid,
    case_id: Uuid,
    key_id: String,
    sealed: Vec<u8>,
}

/// How many there are.
pub(super) async fn count(h: Handle<'_>) -> Result<i64, StoreError> {
    let forms = h
        .number(Sql::new("select count(*) from typed_forms", vals![]))
        .await?;
    let moved = h
        .number(Sql::new("select count(*) from migrated_cases", vals![]))
        .await?;
    Ok(forms + moved)
}

/// Seals some of each anew; how many. Those that do not open stay as they are, and once nothing else is left it is over.
pub(super) async fn step(h: Handle<'_>, limit: u32) -> Result<u64, StoreError> {
    Ok(forms(h, limit).await? + moved(h, limit).await?)
}

async fn forms(h: Handle<'_>, limit: u32) -> Result<u64, StoreError> {
    let seal = h.seal();
    let rows = h
        .rows::<Form>(Sql::new(
            "select user_id, address, key_id, sealed from typed_forms where key_id <> ? order by user_id, address limit ?",
            vals![seal.key_id(), limit],
        ))
        .await?;
    let mut count = 0;
    for row in rows {
        let bound = [row.user_id.as_bytes(), row.address.as_bytes()].concat();
        let Some(anew) = anew(seal, (typed::PLACE, &bound), &row.key_id, &row.sealed)? else {
            continue;
        };
        count += h
            .run(Sql::new(
                "update typed_forms set key_id = ?, sealed = ? where user_id = ? and address = ? and sealed = ?",
                vals![seal.key_id(), anew, row.user_id, row.address, row.sealed],
            ))
            .await?;
    }
    Ok(count)
}

async fn moved(h: Handle<'_>, limit: u32) -> Result<u64, StoreError> {
    let seal = h.seal();
    let rows = h
        .rows::<Moved>(Sql::new(
            "select migration_id, case_id, key_id, sealed from migrated_cases where key_id <> ? order by migration_id, case_id limit ?",
            vals![seal.key_id(), limit],
        ))
        .await?;
    let mut count = 0;
    for row in rows {
        let bound = row.case_id.as_bytes();
        let Some(anew) = anew(seal, (SEALED, bound), &row.key_id, &row.sealed)? else {
            continue;
        };
        count += h
            .run(Sql::new(
                "update migrated_cases set key_id = ?, sealed = ? where migration_id = ? and case_id = ? and sealed = ?",
                vals![seal.key_id(), anew, row.migration_id, row.case_id, row.sealed],
            ))
            .await?;
    }
    Ok(count)
}

fn anew(
    seal: &Seal,
    (place, bound): (&str, &[u8]),
    key: &str,
    sealed: &[u8],
) -> Result<Option<Vec<u8>>, StoreError> {
    match seal.open(key, place, bound, sealed) {
        Ok(plain) => seal.seal(place, bound, &plain).map(Some),
        Err(_) => Ok(None),
    }
}
