//! People who can sign in, with all their roles.
//! Not here: hashing passwords (services), sessions (`sessions`).
//! Nobody is deleted; an account is closed.

use std::collections::BTreeSet;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::access::Role;
use shared::account::life::AccountState;
use shared::calendar::Instant;
use shared::ids::UserId;

use super::life;
use crate::database::Handle;
use crate::entity::people::user::{ActiveModel, Column, Entity, Model};
use crate::entity::people::user_role;
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Sign-in name, in its normal form.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Code of the unit the person works in.
    pub unit: String,
    /// Closed and frozen accounts cannot sign in.
    pub active: bool,
    /// Open, frozen or closed.
    pub state: AccountState,
    /// When the person was last at work, to some minutes.
    pub seen_at: Option<Instant>,
    /// Raised with every change.
    pub version: i32,
    /// Roles held now, in the order of their list.
    pub roles: Vec<Role>,
    /// When the account was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The password was set by somebody else, and is changed before anything else.
    pub password_given: bool,
    /// When the present password was chosen; not known of old ones.
    pub password_at: Option<Instant>,
}

/// A password to be set.
#[derive(Debug, Clone)]
pub struct Password {
    /// Argon2id in PHC form.
    pub hash: String,
    /// Set by somebody else than its owner.
    pub given: bool,
}

/// Which accounts a list shows.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Codes of the units whose people are seen; everybody where absent.
    pub units: Option<Vec<String>>,
    /// Part of the name or the sign-in name.
    pub words: Option<String>,
    /// Sign-in name after which the page begins.
    pub after: Option<String>,
    /// How many at most.
    pub limit: u64,
}

/// How many accounts there are, closed ones included.
pub async fn count(conn: &dyn Conn) -> Result<i64, StoreError> {
    conn.handle().count(Entity::find()).await
}

/// The account with this id.
pub async fn find(conn: &dyn Conn, id: UserId) -> Result<Option<User>, StoreError> {
    let select = Entity::find_by_id(Col(id));
    Ok(read(conn.handle(), select).await?.pop())
}

/// The account with this sign-in name.
pub async fn find_by_name(conn: &dyn Conn, username: &str) -> Result<Option<User>, StoreError> {
    let select = Entity::find().filter(Column::Username.eq(username));
    Ok(read(conn.handle(), select).await?.pop())
}

/// The accounts with these sign-in names, closed ones included.
pub async fn named(conn: &dyn Conn, names: &[String]) -> Result<Vec<User>, StoreError> {
    let select = Entity::find()
        .filter(Column::Username.is_in(names))
        .order_by_asc(Column::Username);
    read(conn.handle(), select).await
}

/// Open accounts of people in units whose path begins so, in the order of units and names.
pub async fn of_units(conn: &dyn Conn, path: &str, limit: u32) -> Result<Vec<User>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Col<UserId>,
    }
    // Text: a walk along the paths of units, cut at the page.
    let sql = Sql::new(
        "select w.id from users w join units n on n.code = w.unit where w.active and n.path >= ? and n.path < ? order by n.path, w.username limit ?",
        vals![path, crate::scope::above(path), limit],
    );
    let h = conn.handle();
    let found = h.rows::<Found>(sql).await?;
    let select = Entity::find()
        .filter(Column::Id.is_in(found.into_iter().map(|row| row.id)))
        .order_by_asc(Column::Unit)
        .order_by_asc(Column::Username);
    read(h, select).await
}

/// A page of accounts in the order of sign-in names, closed ones included.
pub async fn page(conn: &dyn Conn, sought: Sought) -> Result<Vec<User>, StoreError> {
    let mut select = Entity::find().order_by_asc(Column::Username);
    if let Some(units) = sought.units {
        select = select.filter(Column::Unit.is_in(units));
    }
    if let Some(words) = sought.words {
        let either = Column::Username
            .contains(words.to_lowercase())
            .or(Column::Name.contains(words));
        select = select.filter(either);
    }
    if let Some(after) = sought.after {
        select = select.filter(Column::Username.gt(after));
    }
    // The page is cut first: every account brings the rows of its roles.
    let names = conn
        .handle()
        .find(select.limit(sought.limit))
        .await?
        .into_iter()
        .map(|row| row.username)
        .collect::<Vec<_>>();
    named(conn, &names).await
}

/// Every account in the order of sign-in names.
pub async fn list(conn: &dyn Conn) -> Result<Vec<User>, StoreError> {
    read(conn.handle(), Entity::find().order_by_asc(Column::Username)).await
}

/// Adds an account.
///
/// # Errors
/// `Exists("username")`.
pub async fn insert(tx: &Tx, user: &User) -> Result<(), StoreError> {
    tx.handle().add_row(row(user), "username").await?;
    insert_roles(tx, user.id, &user.roles).await
}

fn row(user: &User) -> Model {
    Model {
        id: user.id.into(),
        username: user.username.clone(),
        name: user.name.clone(),
        password_hash: user.password_hash.clone(),
        unit: user.unit.clone(),
        active: user.active,
        version: user.version.into(),
        wrong_tries: 0,
        locked_until: Col(None),
        created_at: user.created_at.into(),
        updated_at: user.updated_at.into(),
        password_given: i64::from(user.password_given),
        password_at: user.password_at.into(),
        frozen: i64::from(user.state == AccountState::Frozen),
        seen_at: user.seen_at.into(),
    }
}

/// Adds accounts without roles.
///
/// # Errors
/// `Exists("username")`.
pub async fn insert_all(tx: &Tx, users: &[User]) -> Result<(), StoreError> {
    let h = tx.handle();
    let rows = users.iter().map(|user| table::values(&row(user)));
    for sql in table::insert::<Entity>().statements(h.backend(), rows) {
        h.insert(sql, "username").await?;
    }
    Ok(())
}

/// Sets the password.
pub async fn set_password(
    tx: &Tx,
    id: UserId,
    password: &Password,
    now: Instant,
) -> Result<(), StoreError> {
    let set = ActiveModel {
        password_hash: Set(password.hash.clone()),
        password_given: Set(i64::from(password.given)),
        password_at: Set(Some(now).into()),
        ..Default::default()
    };
    change(tx, id, set, now).await
}

/// Opens or closes the account.
pub async fn set_active(tx: &Tx, id: UserId, active: bool, now: Instant) -> Result<(), StoreError> {
    let set = ActiveModel {
        active: Set(active),
        frozen: Set(0),
        ..Default::default()
    };
    change(tx, id, set, now).await
}

/// Replaces the roles.
pub async fn set_roles(
    tx: &Tx,
    id: UserId,
    roles: &[Role],
    now: Instant,
) -> Result<(), StoreError> {
    let old = user_role::Entity::delete_many().filter(user_role::Column::UserId.eq(Col(id)));
    tx.handle().change(&old).await?;
    insert_roles(tx, id, roles).await?;
    change(tx, id, <ActiveModel as Default>::default(), now).await
}

/// Changes an account; its version is raised.
async fn change(tx: &Tx, id: UserId, set: ActiveModel, now: Instant) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            updated_at: Set(now.into()),
            ..set
        })
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .filter(Column::Id.eq(Col(id)));
    tx.handle().change(&update).await.map(drop)
}

async fn insert_roles(tx: &Tx, id: UserId, roles: &[Role]) -> Result<(), StoreError> {
    let rows: BTreeSet<Role> = roles.iter().copied().collect();
    let rows = rows.into_iter().map(|role| {
        let row = user_role::Model {
            user_id: id.into(),
            role: role.into(),
        };
        table::values(&row)
    });
    table::put(tx, table::insert::<user_role::Entity>(), rows).await
}

/// Accounts with their roles.
async fn read(h: Handle<'_>, select: Select<Entity>) -> Result<Vec<User>, StoreError> {
    let rows = h
        .find_with(select.find_with_related(user_role::Entity))
        .await?;
    Ok(rows.into_iter().map(user).collect())
}

fn user((row, roles): (Model, Vec<user_role::Model>)) -> User {
    let mut roles: Vec<Role> = roles.into_iter().map(|row| row.role.0).collect();
    roles.sort_unstable();
    User {
        id: row.id.0,
        username: row.username,
        name: row.name,
        password_hash: row.password_hash,
        unit: row.unit,
        active: row.active,
        state: life::state_of(row.active, row.frozen),
        seen_at: row.seen_at.0,
        version: row.version.0,
        roles,
        created_at: row.created_at.0,
        updated_at: row.updated_at.0,
        password_given: row.password_given != 0,
        password_at: row.password_at.0,
    }
}
