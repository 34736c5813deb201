//! What the tables of this folder share: statements made of an entity's own names, and values back from what is stored.
//! A column is named in its entity and in the one place that fills it; a forgotten one does not compile.
//! Not here: any table.

use std::str::FromStr;

use futures::future::BoxFuture;
use sea_orm::{EntityTrait, IdenStatic as _, Iterable as _, Value};
use shared::fault::Fault;

use crate::bulk::rows::Insert;
use crate::{StoreError, Tx};

/// The insert of an entity's columns, all or some.
pub(super) fn insert<E: EntityTrait>(columns: impl Iterator<Item = E::Column>) -> Insert {
    let names: Vec<&str> = columns.map(|column| column.as_str()).collect();
    let head = format!(
        "insert into {} ({}) values ",
        E::default().table_name(),
        names.join(", ")
    );
    Insert::plain(head.leak(), names.len())
}

/// Inserts rows now. The rows are laid out before the first statement, so that nothing of theirs is held while it runs.
pub(super) fn put(
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

/// All columns of an entity for a text whose alias is `k`, under names that begin with `k_`.
pub(super) fn named<E: EntityTrait>() -> &'static str {
    let names: Vec<String> = E::Column::iter()
        .map(|column| format!("k.{0} as k_{0}", column.as_str()))
        .collect();
    names.join(", ").leak()
}

/// A code as stored.
pub(super) fn code<T: FromStr<Err = Fault>>(text: &str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|_| StoreError::broken(format!("unknown code {text}")))
}

/// A number that fits.
pub(super) fn small(number: i64) -> Result<i32, StoreError> {
    i32::try_from(number).map_err(|_| StoreError::broken(format!("{number} does not fit")))
}
