//! Statements made of an entity's own names: inserts of many rows, upserts, and lists of columns for texts.
//! A column is named in its entity and nowhere else; a forgotten one does not compile.
//! Not here: any table.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use futures::future::BoxFuture;
use sea_orm::{
    ColumnTrait as _, EntityTrait, IdenStatic as _, Iterable as _, ModelTrait,
    PrimaryKeyToColumn as _, PrimaryKeyTrait as _, Value,
};

use crate::bulk::rows::Insert;
use crate::{StoreError, Tx};

/// The columns that a row is written with: all but a number that the database gives.
pub(crate) fn written<E: EntityTrait>() -> impl Iterator<Item = E::Column> {
    let serial = E::PrimaryKey::auto_increment();
    E::Column::iter().filter(move |column| {
        let key = E::PrimaryKey::iter().any(|key| key.into_column().as_str() == column.as_str());
        !(serial && key)
    })
}

/// The insert of an entity's rows; its text is made once.
pub(crate) fn insert<E: EntityTrait>() -> Insert {
    static KNOWN: Mutex<BTreeMap<&str, Insert>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known
        .entry(E::default().table_name())
        .or_insert_with(|| with::<E>(&[]))
}

/// The insert of an entity's rows with columns of one database behind them, such as SQLite's row number. Col by its caller, as what follows.
pub(crate) fn with<E: EntityTrait>(more: &[&str]) -> Insert {
    let mut names: Vec<&str> = written::<E>().map(|column| column.as_str()).collect();
    names.extend(more);
    let head = format!(
        "insert into {} ({}) values ",
        E::default().table_name(),
        names.join(", ")
    );
    Insert::plain(head.leak(), names.len())
}

/// The insert of an entity's rows that changes these columns where the key is there already.
pub(crate) fn upsert<E: EntityTrait>(moves: Vec<E::Column>) -> Insert {
    let keys: Vec<&str> = E::PrimaryKey::iter()
        .map(|key| key.into_column().as_str())
        .collect();
    let sets: Vec<String> = moves
        .iter()
        .map(|column| format!("{0} = excluded.{0}", column.as_str()))
        .collect();
    let tail = format!(
        " on conflict ({}) do update set {}",
        keys.join(", "),
        sets.join(", ")
    );
    Insert {
        tail: tail.leak(),
        ..insert::<E>()
    }
}

/// Inserts rows now. The rows are laid out before the first statement, so that nothing of theirs is held while it runs.
pub(crate) fn put(
    tx: &Tx,
    insert: Insert,
    rows: impl Iterator<Item = Vec<Value>>,
) -> BoxFuture<'_, Result<(), StoreError>> {
    let h = tx.handle();
    let statements = insert.statements(h.backend(), rows);
    Box::pin(async move {
        for sql in statements {
            h.run(sql).await?;
        }
        Ok(())
    })
}

/// All columns of an entity for a text with this alias, under their own names.
pub(crate) fn columns<E: EntityTrait>(alias: &str) -> &'static str {
    let names: Vec<String> = E::Column::iter()
        .map(|column| format!("{alias}.{}", column.as_str()))
        .collect();
    names.join(", ").leak()
}

/// All columns of an entity for a text whose alias is `k`, under names that begin with `k_`.
pub(crate) fn named<E: EntityTrait>() -> &'static str {
    let names: Vec<String> = E::Column::iter()
        .map(|column| format!("k.{0} as k_{0}", column.as_str()))
        .collect();
    names.join(", ").leak()
}

/// A letter for the kind of each column: text, integer, truth, UUID, bytes, real.
pub(crate) fn shape<E: EntityTrait>() -> String {
    use sea_orm::sea_query::ColumnType;
    E::Column::iter()
        .map(|column| match column.def().get_column_type() {
            ColumnType::BigInteger => 'i',
            ColumnType::Boolean => 'b',
            ColumnType::Uuid => 'u',
            ColumnType::VarBinary(_) | ColumnType::Binary(_) | ColumnType::Blob => 'y',
            ColumnType::Double => 'r',
            _ => 't',
        })
        .collect()
}

/// All values of a row in the order of the columns.
pub(crate) fn values<M: ModelTrait>(row: &M) -> Vec<Value> {
    written::<M::Entity>()
        .map(|column| row.get(column))
        .collect()
}
