//! Requests for a special cut of figures: one's own, and those of an area for who decides.
//! Not here: who may (services), counting the cut (`tickets::cube`).
//! Texts: the scope is a condition on where whoever asks works.

use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::measure::DataState;

use crate::entity::trail::data_request::{ActiveModel, Beside, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::record::DataRequest;
use crate::scope::{above, any};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("d"));

/// Who looks: somebody's own, and those of a scope.
#[derive(Debug, Clone, Default)]
pub struct SeenBy {
    /// Whose own.
    pub own: Option<UserId>,
    /// Of which area.
    pub scope: Option<Scope>,
}

impl SeenBy {
    fn sql(&self) -> Sql {
        let mut sql = Sql::new(" and (1 = 0", vals![]);
        if let Some(own) = self.own {
            sql.push(" or d.asked_by = ?", vals![own]);
        }
        if let Some(scope) = &self.scope {
            sql.text(" or (1 = 1").append(areas(scope)).text(")");
        }
        sql.text(")");
        sql
    }
}

fn head() -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS).text(" from data_requests d where 1 = 1");
    sql
}

/// The newest behind one.
pub async fn list(
    conn: &dyn Conn,
    seen: &SeenBy,
    (after, limit): (Option<Uuid>, usize),
) -> Result<Vec<DataRequest>, StoreError> {
    let mut sql = head();
    if let Some(after) = after {
        sql.push(" and d.id < ?", vals![after]);
    }
    sql.append(seen.sql()).text(" order by d.id desc");
    sql.limit(limit);
    let rows = conn.handle().rows::<Model>(sql).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One of them.
pub async fn get(
    conn: &dyn Conn,
    seen: &SeenBy,
    id: Uuid,
) -> Result<Option<DataRequest>, StoreError> {
    let mut sql = head();
    sql.push(" and d.id = ?", vals![id]).append(seen.sql());
    let rows = conn.handle().rows::<Model>(sql).await?;
    Ok(rows.into_iter().next().map(Into::into))
}

/// Adds a request.
pub async fn insert(tx: &Tx, request: &DataRequest) -> Result<(), StoreError> {
    let rows = std::iter::once(request.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Saves what moves of a request; false when it stands otherwise by now than it was read.
pub async fn change(tx: &Tx, request: &DataRequest, was: DataState) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(request.moved())
        .filter(Column::Id.eq(request.id))
        .filter(Column::State.eq(Col(was)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// What was not decided or taken by its day ends, and its cut is gone.
pub async fn expire(tx: &Tx, now: Instant) -> Result<u64, StoreError> {
    let set = ActiveModel {
        state: Set(DataState::Expired.into()),
        content: Set(None::<String>.into()),
        ..Default::default()
    };
    let over = Entity::update_many()
        .set(set)
        .filter(Column::State.is_in([Col(DataState::Asked), Col(DataState::Ready)]))
        .filter(Column::EndsAt.lte(Col(now)));
    tx.handle().change(&over).await
}

/// ` and …` for those who ask from the areas of a scope; whoever sees less than an area decides on none.
fn areas(scope: &Scope) -> Sql {
    match scope {
        Scope::All => Sql::default(),
        Scope::Region(prefix) => match prefix.strip_suffix('-') {
            Some(itself) => Sql::new(" and d.region = ?", vals![itself]),
            None => Sql::new(
                " and d.region >= ? and d.region < ?",
                vals![prefix, above(prefix)],
            ),
        },
        Scope::Any(parts) => any(parts, areas),
        Scope::Own(_) | Scope::Team(_) | Scope::Unit(_) | Scope::UnitTree(_) => {
            Sql::new(" and 1 = 0", vals![])
        }
    }
}
