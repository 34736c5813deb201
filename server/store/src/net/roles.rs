//! Making the database's roles and giving them their rights; who is signed in, and how far the net reaches there.
//! Not here: reads under the net (the module above), months (`migration::months`).
//! Whoever makes no roles has an administrator run what `script` says.

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use crate::database::{OpenOptions, hold_postgres};
use crate::error::is_denied;
use crate::sql::only;
use crate::{Store, StoreError};

/// The roles, once in a cluster.
const ROLES: &str = include_str!("roles.sql");
/// Rights and policies, in each database.
const PROTECT: &str = include_str!("protect.sql");
/// How many of the roles are there.
const COUNT: &str = "select count(*) from pg_roles where rolname in ('minsheng_serve', 'minsheng_report', 'minsheng_person')";
const ALL: i64 = 3;

/// What became of the roles and rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guarded {
    /// SQLite has no roles.
    NoRoles,
    /// Roles, rights and policies are there.
    Ready,
    /// The roles are not there, and who is signed in may make none.
    RolesMissing,
    /// The roles are there, but who is signed in does not own the tables.
    NotOwner,
}

/// For what somebody signs in to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// Owns the tables and migrates them.
    Owner,
    /// Serves.
    Serve,
    /// Reads what reports are made of.
    Report,
}

/// Who is signed in to PostgreSQL, and how far the net reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The login's name.
    pub login: String,
    /// No policy and no right binds it.
    pub is_superuser: bool,
    /// It owns the tickets: policies bind it only where it reads on behalf of a person.
    pub owns: bool,
    /// Reads on behalf of a person run under the net.
    pub is_under: bool,
}

/// What makes the roles: for an administrator, where this program may not.
#[must_use]
pub fn script() -> &'static str {
    ROLES
}

/// What makes a login one for a purpose.
#[must_use]
pub fn grants(login: Login, name: &str) -> String {
    let role = match login {
        Login::Owner => "minsheng_person",
        Login::Serve => "minsheng_serve",
        Login::Report => "minsheng_report",
    };
    format!("grant {role} to \"{}\";", name.replace('"', "\"\""))
}

/// Makes the roles in the cluster of a database, before a copy is put into it whose policies name them. False where that is not allowed.
///
/// # Errors
/// Of the database.
pub async fn make_roles(url: &str) -> Result<bool, StoreError> {
    let conn = hold_postgres(url, &OpenOptions::default()).await?;
    // It was opened for reading.
    conn.execute_unprepared("set default_transaction_read_only = off")
        .await?;
    let made = roles(&conn).await;
    conn.close().await?;
    made
}

/// Whether all roles are there, made now where that was needed and allowed.
async fn roles(conn: &DatabaseConnection) -> Result<bool, StoreError> {
    let row = conn
        .query_one_raw(Statement::from_string(DbBackend::Postgres, COUNT))
        .await?;
    if row.as_ref().map_or(Ok(0), only::<i64>)? == ALL {
        return Ok(true);
    }
    match conn.execute_unprepared(ROLES).await {
        Ok(_) => Ok(true),
        Err(error) if is_denied(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

impl Store {
    /// Makes the roles, gives them their rights on the tables and lays the policies, as far as who is signed in may. Repeated after each
    /// migration, whose tables it has not seen.
    ///
    /// # Errors
    /// Of the database.
    pub async fn guard(&self) -> Result<Guarded, StoreError> {
        let conn = self.main();
        if conn.get_database_backend() == DbBackend::Sqlite {
            return Ok(Guarded::NoRoles);
        }
        if !roles(conn).await? {
            return Ok(Guarded::RolesMissing);
        }
        match conn.execute_unprepared(PROTECT).await {
            Ok(_) => Ok(Guarded::Ready),
            Err(error) if is_denied(&error) => Ok(Guarded::NotOwner),
            Err(error) => Err(error.into()),
        }
    }

    /// Who is signed in to PostgreSQL; `None` on SQLite.
    ///
    /// # Errors
    /// Of the database.
    pub async fn standing(&self) -> Result<Option<Standing>, StoreError> {
        let conn = self.main();
        if conn.get_database_backend() == DbBackend::Sqlite {
            return Ok(None);
        }
        let sql = "select current_user::text as login, r.rolsuper as is_superuser,
             coalesce((select pg_has_role(c.relowner, 'usage') from pg_class c where c.oid = to_regclass('tickets')), false) as owns
             from pg_roles r where r.rolname = current_user";
        let row = conn
            .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await?
            .ok_or_else(|| StoreError::broken("nobody is signed in to the database"))?;
        Ok(Some(Standing {
            login: row.try_get("", "login")?,
            is_superuser: row.try_get("", "is_superuser")?,
            owns: row.try_get("", "owns")?,
            is_under: super::is_there(conn).await?,
        }))
    }
}
