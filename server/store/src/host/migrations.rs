//! Migrations of running cases: what was moved, and how each case stood before, so that a migration can be taken back.
//! Of cases of every kind. Not here: finding a case's place in the new version (`bpmn::change`), the transaction (services).
//! A case that has moved on since is not taken back.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{IntoActiveModel as _, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::{CaseId, MigrationId};

use crate::approvals::SEALED;
use crate::bulk::rows::Insert;
use crate::entity::approval::migrated_case;
use crate::entity::approval::migration::{ActiveModel, Beside, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::record::Migration;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// How a case stood before a migration.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    pub case: CaseId,
    /// How far the case was right after the migration: another number means that something has happened to it since.
    pub stand_after: i32,
    pub definition_version: i32,
    pub pins: BTreeMap<String, i32>,
    /// What its kind keeps of it, kept sealed.
    pub kept: Vec<u8>,
}

/// Notes the begin of a migration.
pub async fn begin(tx: &Tx, m: &Migration) -> Result<(), StoreError> {
    let mapping = serde_json::to_string(&m.mapping).map_err(|e| StoreError::Broken(e.into()))?;
    let mut sql = Sql::new(INSERT.head, vals![]);
    sql.list(m.values(Beside { mapping }));
    tx.handle().insert(sql, "migration").await.map(drop)
}

/// Keeps how a case stood, in the transaction that moves it.
pub async fn keep(tx: &Tx, id: MigrationId, before: &Before) -> Result<(), StoreError> {
    let h = tx.handle();
    let sealed = h
        .seal()
        .seal(SEALED, before.case.0.as_bytes(), &before.kept)?;
    let kept = migrated_case::Model {
        migration_id: id.into(),
        case_id: before.case.into(),
        stand_after: before.stand_after.into(),
        definition_version: before.definition_version.into(),
        pins: before.pins.clone().into(),
        key_id: h.seal().key_id().to_owned(),
        sealed,
    };
    let kept = migrated_case::Entity::insert(kept.into_active_model().reset_all());
    h.add(&kept, "migrated_case").await?;
    let counted = Entity::update_many()
        .col_expr(Column::Moved, Expr::col(Column::Moved).add(1_i64))
        .filter(Column::Id.eq(Col(id)));
    h.change(&counted).await.map(drop)
}

/// One migration.
pub async fn get(conn: &dyn Conn, id: MigrationId) -> Result<Option<Migration>, StoreError> {
    let row = conn.handle().find_one(Entity::find_by_id(Col(id))).await?;
    row.map(read).transpose()
}

/// The newest migrations of a definition.
pub async fn list(conn: &dyn Conn, definition: &str) -> Result<Vec<Migration>, StoreError> {
    let newest = Entity::find()
        .filter(Column::Definition.eq(definition))
        .order_by_desc(Column::At)
        .limit(20);
    let rows = conn.handle().find(newest).await?;
    rows.into_iter().map(read).collect()
}

fn read(row: Model) -> Result<Migration, StoreError> {
    let (mut migration, beside) = row.split();
    migration.mapping =
        serde_json::from_str(&beside.mapping).map_err(|e| StoreError::Broken(e.into()))?;
    Ok(migration)
}

/// How cases stood before a migration, behind `after`, in order.
pub async fn cases(
    conn: &dyn Conn,
    id: MigrationId,
    after: Option<CaseId>,
    limit: u32,
) -> Result<Vec<Before>, StoreError> {
    let h = conn.handle();
    let mut select = migrated_case::Entity::find()
        .filter(migrated_case::Column::MigrationId.eq(Col(id)))
        .order_by_asc(migrated_case::Column::CaseId)
        .limit(u64::from(limit));
    if let Some(after) = after {
        select = select.filter(migrated_case::Column::CaseId.gt(Col(after)));
    }
    let before = |row: migrated_case::Model| {
        let case = row.case_id.0;
        Ok(Before {
            case,
            stand_after: row.stand_after.0,
            definition_version: row.definition_version.0,
            pins: row.pins.0,
            kept: h
                .seal()
                .open(&row.key_id, SEALED, case.0.as_bytes(), &row.sealed)?,
        })
    };
    h.find(select).await?.into_iter().map(before).collect()
}

/// Notes that a migration was taken back.
pub async fn undone(tx: &Tx, id: MigrationId, at: Instant) -> Result<(), StoreError> {
    let undone = Entity::update_many()
        .set(ActiveModel {
            undone_at: Set(Some(at).into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::UndoneAt.is_null());
    tx.handle().change(&undone).await.map(drop)
}
