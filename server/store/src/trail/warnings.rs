//! What rules about figures found: kept once, read by whose reports reach the place, answered once.
//! Not here: the rules (services).
//! Texts: lists are walked along the ids, which are drawn when a warning is found; the scope is a condition on the place.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use shared::access::Scope;

use crate::entity::report::warning::{Beside, Column, Entity, Model};
use crate::entity::table;
use crate::record::FigureWarning;
use crate::scope::above;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("w"));

/// Keeps a warning; false where one of its rule, place and day is there.
pub async fn raise(tx: &Tx, warning: &FigureWarning) -> Result<bool, StoreError> {
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(warning.values(Beside {}))
        .text(" on conflict (rule, place, to_day) do nothing");
    Ok(tx.handle().run(sql).await? == 1)
}

/// Warnings that wait, or those that were answered, the newest first, behind one of them.
pub async fn page(
    conn: &dyn Conn,
    scope: &Scope,
    (answered, before): (bool, Option<Uuid>),
    most: usize,
) -> Result<Vec<FigureWarning>, StoreError> {
    let mut sql = select();
    sql.text(if answered {
        " where w.answered_at is not null"
    } else {
        " where w.answered_at is null"
    });
    if let Some(before) = before {
        sql.push(" and w.id < ?", vals![before]);
    }
    sql.append(reached(scope)).text(" order by w.id desc");
    sql.limit(most);
    let rows = conn.handle().rows::<Model>(sql).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One warning, when the reader's reports reach it.
pub async fn find(
    conn: &dyn Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<FigureWarning>, StoreError> {
    let mut sql = select();
    sql.push(" where w.id = ?", vals![id])
        .append(reached(scope));
    let row = conn.handle().row::<Model>(sql).await?;
    Ok(row.map(Into::into))
}

/// Writes what somebody said of it; false when another was faster.
pub async fn answer(tx: &Tx, warning: &FigureWarning) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(warning.moved())
        .filter(Column::Id.eq(warning.id))
        .filter(Column::AnsweredAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

fn select() -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS).text(" from figure_warnings w");
    sql
}

/// ` and …` for what a scope reaches; scopes of persons and units reach no place.
fn reached(scope: &Scope) -> Sql {
    if *scope == Scope::All {
        return Sql::default();
    }
    let mut sql = Sql::new(" and (1 = 0", vals![]);
    for part in crate::scope::parts(scope) {
        if let Scope::Region(prefix) = part {
            sql.push(
                " or (w.region >= ? and w.region < ?)",
                vals![prefix, above(prefix)],
            );
        }
    }
    sql.text(")");
    sql
}
