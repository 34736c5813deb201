//! People who can sign in, with all their roles.
//! Not here: hashing passwords (services), sessions (`sessions`).
//! Nobody is deleted; an account is closed.

use shared::access::Role;
use shared::calendar::Instant;
use shared::ids::UserId;
use uuid::Uuid;

use crate::database::Handle;
use crate::sql::{Reader, Sql, vals};
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
    /// Closed accounts cannot sign in.
    pub active: bool,
    /// Raised with every change.
    pub version: i32,
    /// Roles held now, in the order of their list.
    pub roles: Vec<Role>,
    /// When the account was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

const SELECT: &str = "select u.id, u.username, u.name, u.password_hash, u.unit, u.active, u.version, u.created_at, u.updated_at, r.role
 from users u left join user_roles r on r.user_id = u.id ";

/// How many accounts there are, closed ones included.
pub async fn count(conn: &dyn Conn) -> Result<i64, StoreError> {
    conn.handle()
        .number(Sql::new("select count(*) from users", vals![]))
        .await
}

/// The account with this id.
pub async fn find(conn: &dyn Conn, id: UserId) -> Result<Option<User>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push("where u.id = ?", vals![id]);
    Ok(read(conn.handle(), sql).await?.pop())
}

/// The account with this sign-in name.
pub async fn find_by_name(conn: &dyn Conn, username: &str) -> Result<Option<User>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push("where u.username = ?", vals![username]);
    Ok(read(conn.handle(), sql).await?.pop())
}

/// The accounts with these sign-in names, closed ones included.
pub async fn named(conn: &dyn Conn, names: &[String]) -> Result<Vec<User>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.text("where u.username in ")
        .list(names.iter().map(crate::sql::Bind::bind).collect())
        .text(" order by u.username, u.id");
    read(conn.handle(), sql).await
}

/// Open accounts of people in units whose path begins so, in the order of units and names.
pub async fn of_units(conn: &dyn Conn, path: &str, limit: u32) -> Result<Vec<User>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push(
        "where u.id in (select w.id from users w join units n on n.code = w.unit where w.active and n.path >= ? and n.path < ? order by n.path, w.username limit ?)
         order by u.unit, u.username, u.id",
        vals![path, crate::scope::above(path), limit],
    );
    read(conn.handle(), sql).await
}

/// Every account in the order of sign-in names.
pub async fn list(conn: &dyn Conn) -> Result<Vec<User>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.text("order by u.username, u.id");
    read(conn.handle(), sql).await
}

/// Adds an account.
///
/// # Errors
/// `Exists("username")`.
pub async fn insert(tx: &Tx, user: &User) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into users (id, username, name, password_hash, unit, active, version, wrong_tries, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        vals![
            user.id,
            &user.username,
            &user.name,
            &user.password_hash,
            &user.unit,
            user.active,
            user.version,
            user.created_at,
            user.updated_at
        ],
    );
    tx.handle().insert(sql, "username").await?;
    insert_roles(tx, user.id, &user.roles).await
}

/// Sets the password's hash.
pub async fn set_password(
    tx: &Tx,
    id: UserId,
    password_hash: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let sql =
        "update users set password_hash = ?, version = version + 1, updated_at = ? where id = ?";
    tx.handle()
        .run(Sql::new(sql, vals![password_hash, now, id]))
        .await
        .map(drop)
}

/// Opens or closes the account.
pub async fn set_active(tx: &Tx, id: UserId, active: bool, now: Instant) -> Result<(), StoreError> {
    let sql = "update users set active = ?, version = version + 1, updated_at = ? where id = ?";
    tx.handle()
        .run(Sql::new(sql, vals![active, now, id]))
        .await
        .map(drop)
}

/// Replaces the roles.
pub async fn set_roles(
    tx: &Tx,
    id: UserId,
    roles: &[Role],
    now: Instant,
) -> Result<(), StoreError> {
    tx.handle()
        .run(Sql::new(
            "delete from user_roles where user_id = ?",
            vals![id],
        ))
        .await?;
    insert_roles(tx, id, roles).await?;
    tx.handle()
        .run(Sql::new(
            "update users set version = version + 1, updated_at = ? where id = ?",
            vals![now, id],
        ))
        .await
        .map(drop)
}

async fn insert_roles(tx: &Tx, id: UserId, roles: &[Role]) -> Result<(), StoreError> {
    for role in roles {
        let sql = "insert into user_roles (user_id, role) values (?, ?) on conflict (user_id, role) do nothing";
        tx.handle().run(Sql::new(sql, vals![id, *role])).await?;
    }
    Ok(())
}

/// Joins the rows of one person; they follow each other.
async fn read(h: Handle<'_>, sql: Sql) -> Result<Vec<User>, StoreError> {
    let mut users: Vec<User> = Vec::new();
    for row in h.all(sql).await? {
        let mut r = Reader::new(&row);
        let id = UserId(r.get::<Uuid>()?);
        if users.last().is_none_or(|last| last.id != id) {
            users.push(User {
                id,
                username: r.get()?,
                name: r.get()?,
                password_hash: r.get()?,
                unit: r.get()?,
                active: r.get()?,
                version: r.int()?,
                created_at: r.at()?,
                updated_at: r.at()?,
                roles: Vec::new(),
            });
        }
        let role: Option<String> = row.try_get_by_index(9).map_err(StoreError::from)?;
        if let (Some(role), Some(user)) = (role.as_deref().and_then(Role::parse), users.last_mut())
        {
            user.roles.push(role);
        }
    }
    for user in &mut users {
        user.roles.sort_unstable();
    }
    Ok(users)
}
