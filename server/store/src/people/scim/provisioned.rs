//! Accounts as identity managements see them: found by their names and pages of numbers, with what the management calls each.
//! Not here: what may be changed (services).
//! A closed account, and one that was taken away there, is known to it no more.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{QueryOrder as _, QuerySelect as _, QueryTrait as _};
use shared::access::RoleCode;
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::Col;
use crate::entity::people::post;
use crate::entity::people::user;
use crate::entity::scim::provisioned::{ActiveModel, Column, Entity, Model};
use crate::people::users::{self, User};
use crate::{Conn, StoreError, Tx};

/// What an identity management calls an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisioned {
    /// Id of the account, or of the request for it before there is one.
    pub id: Uuid,
    /// Sign-in name of the program's account.
    pub program: String,
    /// What it calls the person.
    pub external_id: Option<String>,
    /// Since when.
    pub made_at: Instant,
    /// Since when it knows nobody of this id any more.
    pub gone_at: Option<Instant>,
}

/// Which accounts.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Codes of the units whose people are seen; everybody where absent.
    pub units: Option<Vec<String>>,
    /// Sign-in name.
    pub username: Option<String>,
    /// Id.
    pub id: Option<UserId>,
    /// Whether they can sign in.
    pub active: Option<bool>,
    /// How many are left out in front.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
}

/// A page of accounts.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many there are.
    pub total: i64,
    /// Those of the page, in the order of sign-in names.
    pub users: Vec<User>,
}

fn read(row: Model) -> Provisioned {
    Provisioned {
        id: row.id,
        program: row.program,
        external_id: row.external_id,
        made_at: row.made_at.0,
        gone_at: row.gone_at.0,
    }
}

/// What is kept of this id.
pub async fn find(conn: &dyn Conn, id: Uuid) -> Result<Option<Provisioned>, StoreError> {
    let one = Entity::find_by_id(id);
    Ok(conn.handle().find_one(one).await?.map(read))
}

/// What is kept of these ids.
pub async fn of_ids(conn: &dyn Conn, ids: Vec<Uuid>) -> Result<Vec<Provisioned>, StoreError> {
    let some = Entity::find().filter(Column::Id.is_in(ids));
    let rows = conn.handle().find(some).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// What a program calls so.
pub async fn find_external(
    conn: &dyn Conn,
    program: &str,
    external: &str,
) -> Result<Option<Provisioned>, StoreError> {
    let one = Entity::find()
        .filter(Column::Program.eq(program))
        .filter(Column::ExternalId.eq(external));
    Ok(conn.handle().find_one(one).await?.map(read))
}

/// Keeps what a program calls an account, instead of what was.
///
/// # Errors
/// `Exists("external_id")` when it calls another so.
pub async fn keep(tx: &Tx, kept: &Provisioned) -> Result<(), StoreError> {
    if let Some(external) = &kept.external_id
        && let Some(other) = find_external(tx, &kept.program, external).await?
        && other.id != kept.id
    {
        return Err(StoreError::Exists("external_id"));
    }
    let update = Entity::update_many()
        .set(ActiveModel {
            program: Set(kept.program.clone()),
            external_id: Set(kept.external_id.clone()),
            gone_at: Set(kept.gone_at.into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(kept.id));
    if tx.handle().change(&update).await? == 1 {
        return Ok(());
    }
    let row = Model {
        id: kept.id,
        program: kept.program.clone(),
        external_id: kept.external_id.clone(),
        made_at: kept.made_at.into(),
        gone_at: kept.gone_at.into(),
    };
    tx.handle().add_row(row, "external_id").await.map(drop)
}

/// Gives an account another display name; its version is raised.
pub async fn name(tx: &Tx, id: UserId, name: &str, now: Instant) -> Result<(), StoreError> {
    let update = user::Entity::update_many()
        .set(user::ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        })
        .filter(user::Column::Id.eq(Col(id)));
    tx.handle().change(&update).await?;
    users::touch(tx, id, now).await
}

/// A page of accounts that are not closed and not taken away.
pub async fn page(conn: &dyn Conn, sought: Sought) -> Result<Found, StoreError> {
    let gone = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::GoneAt.is_not_null())
        .into_query();
    let is_there = user::Column::Active
        .eq(true)
        .or(user::Column::Frozen.ne(0_i64));
    let mut select = user::Entity::find()
        .filter(is_there)
        .filter(user::Column::Id.not_in_subquery(gone));
    if let Some(units) = sought.units {
        select = select.filter(user::Column::Unit.is_in(units));
    }
    if let Some(username) = sought.username {
        select = select.filter(user::Column::Username.eq(username));
    }
    if let Some(id) = sought.id {
        select = select.filter(user::Column::Id.eq(Col(id)));
    }
    if let Some(active) = sought.active {
        select = select.filter(user::Column::Active.eq(active));
    }
    let h = conn.handle();
    let total = h.count(select.clone()).await?;
    if sought.limit == 0 {
        return Ok(Found {
            total,
            users: Vec::new(),
        });
    }
    let some = select
        .order_by_asc(user::Column::Username)
        .offset(sought.offset)
        .limit(sought.limit);
    let ids = h.find(some).await?.into_iter().map(|row| row.id.0);
    let users = users::of_ids(conn, ids.collect()).await?;
    Ok(Found { total, users })
}

/// Accounts with a post of a role that was not taken back, some at most, in the order of sign-in names.
pub async fn members(
    conn: &dyn Conn,
    role: &RoleCode,
    limit: u64,
) -> Result<Vec<User>, StoreError> {
    let held = post::Entity::find()
        .filter(post::Column::Role.eq(Col(role.clone())))
        .filter(post::Column::EndedAt.is_null())
        .limit(limit);
    let rows = conn.handle().find(held).await?;
    let ids: std::collections::BTreeSet<UserId> =
        rows.into_iter().map(|row| row.user_id.0).collect();
    users::of_ids(conn, ids.into_iter().collect()).await
}
