//! Templates of exports: a person's own, and those that people of the same unit share.
//! Who sees which is said here; what a template may hold is not (`services::exports::templates`).
//! One person's templates are told apart by their names: keeping one of the same name replaces it.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use shared::calendar::Instant;
use shared::ids::UserId;
use uuid::Uuid;

use crate::entity::trail::export_template::{ActiveModel, Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub owner: UserId,
    /// Their name.
    pub owner_name: String,
    /// Code of their unit; empty without one.
    pub unit: String,
    /// What it is called.
    pub name: String,
    /// Keys of the columns in their order; every usual one when empty.
    pub columns: Vec<String>,
    /// Word of the format.
    pub format: String,
    /// Words of the related parts.
    pub parts: Vec<String>,
    /// Whether the people of the unit may use it.
    pub shared: bool,
    /// When it was kept.
    pub kept_at: Instant,
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(',').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn read(row: Model) -> Template {
    Template {
        id: row.id,
        owner: UserId(row.owner),
        owner_name: row.owner_name,
        unit: row.unit,
        name: row.name,
        columns: words(&row.picked),
        format: row.format,
        parts: words(&row.parts),
        shared: row.shared,
        kept_at: Instant(row.kept_at),
    }
}

/// What somebody of a unit sees: the own ones, and those that are shared in the unit.
fn seen(owner: UserId, unit: &str) -> Condition {
    let mut seen = Condition::any().add(Column::Owner.eq(owner.0));
    if !unit.is_empty() {
        let shared = Condition::all()
            .add(Column::Unit.eq(unit))
            .add(Column::Shared.eq(true));
        seen = seen.add(shared);
    }
    seen
}

/// The templates that somebody of a unit may use, by their names.
pub async fn templates(
    conn: &dyn Conn,
    (owner, unit): (UserId, &str),
    limit: u32,
) -> Result<Vec<Template>, StoreError> {
    let select = Entity::find()
        .filter(seen(owner, unit))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .limit(u64::from(limit));
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// One of them.
pub async fn template(
    conn: &dyn Conn,
    (owner, unit): (UserId, &str),
    id: Uuid,
) -> Result<Option<Template>, StoreError> {
    let select = Entity::find()
        .filter(Column::Id.eq(id))
        .filter(seen(owner, unit));
    Ok(conn.handle().find_one(select).await?.map(read))
}

/// Keeps a template; one of the same person and name is replaced.
pub async fn keep_template(tx: &Tx, new: &Template) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(new.id),
        owner: Set(new.owner.0),
        owner_name: Set(new.owner_name.clone()),
        unit: Set(new.unit.clone()),
        name: Set(new.name.clone()),
        picked: Set(new.columns.join(",")),
        format: Set(new.format.clone()),
        parts: Set(new.parts.join(",")),
        shared: Set(new.shared),
        kept_at: Set(new.kept_at.0),
    };
    let mut again = OnConflict::columns([Column::Owner, Column::Name]);
    again.update_columns([
        Column::OwnerName,
        Column::Unit,
        Column::Picked,
        Column::Format,
        Column::Parts,
        Column::Shared,
        Column::KeptAt,
    ]);
    let insert = Entity::insert(row).on_conflict(again);
    tx.handle().change(&insert).await?;
    Ok(())
}

/// Removes a template of a person's own; false when there is none.
pub async fn remove_template(tx: &Tx, owner: UserId, id: Uuid) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Owner.eq(owner.0));
    Ok(tx.handle().change(&gone).await? == 1)
}
