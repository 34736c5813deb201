//! A database for one test: a temporary SQLite file, or a new database inside the cluster that the test command has started.
//! A test's folder says how long it lasts: when it is gone, the next one that makes a database drops this one. All of them kept until the
//! end took more than 20 GB.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;

static NEXT: AtomicU32 = AtomicU32::new(0);
/// The names of databases in the cluster, each with the folder of its test.
static MADE: Mutex<Vec<(String, PathBuf)>> = Mutex::new(Vec::new());
/// The SQLite file in a test's folder.
pub const SQLITE_FILE: &str = "minsheng.db";

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    /// Both, where a PostgreSQL is named; SQLite alone otherwise.
    pub fn available() -> Vec<Self> {
        if admin_url().is_some() {
            vec![Self::Sqlite, Self::Postgres]
        } else {
            vec![Self::Sqlite]
        }
    }

    /// The address of an empty database.
    pub async fn fresh(self, folder: &TempDir) -> String {
        match self {
            Self::Sqlite => format!("sqlite://{}", folder.path().join(SQLITE_FILE).display()),
            Self::Postgres => create("", folder.path()).await,
        }
    }
}

/// A new PostgreSQL database for the test of a folder, with everything of another one, to which nobody may be connected.
pub async fn copy_of(url: &str, folder: &Path) -> String {
    let address = url.split('?').next().unwrap_or_default();
    let name = address.rsplit('/').next().expect("a database name");
    create(&format!("template {name}"), folder).await
}

async fn create(template: &str, folder: &Path) -> String {
    let admin = admin_url().expect("a PostgreSQL is named");
    let name = format!(
        "services_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let connection = Database::connect(&admin)
        .await
        .expect("the cluster answers");
    drop_ended(&connection).await;
    connection
        .execute_unprepared(&format!(
            "create database {name} {template} strategy file_copy"
        ))
        .await
        .expect("a database can be made");
    connection.close().await.expect("closes");
    made().push((name.clone(), folder.to_owned()));
    in_database(&admin, &name)
}

/// Drops the databases of tests that have ended.
async fn drop_ended(connection: &DatabaseConnection) {
    let ended: Vec<_> = made()
        .extract_if(.., |(_, folder)| !folder.exists())
        .collect();
    for (name, _) in ended {
        connection
            .execute_unprepared(&format!("drop database if exists {name} with (force)"))
            .await
            .expect("an ended test's database is dropped");
    }
}

fn made() -> std::sync::MutexGuard<'static, Vec<(String, PathBuf)>> {
    MADE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn admin_url() -> Option<String> {
    std::env::var("MINSHENG_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

/// `postgres://user@host/postgres?host=…` with another database's name.
fn in_database(admin: &str, name: &str) -> String {
    let (address, options) = admin
        .split_once('?')
        .map_or((admin, String::new()), |(address, options)| {
            (address, format!("?{options}"))
        });
    let base = address
        .rsplit_once('/')
        .expect("an address names a database")
        .0;
    format!("{base}/{name}{options}")
}
