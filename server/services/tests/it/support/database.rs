//! A database for one test: a temporary SQLite file, or a new database inside the cluster that the test command has started.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

static NEXT: AtomicU32 = AtomicU32::new(0);
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
            Self::Postgres => create("").await,
        }
    }
}

/// A new PostgreSQL database with everything of another one, to which nobody may be connected.
pub async fn copy_of(url: &str) -> String {
    let address = url.split('?').next().unwrap_or_default();
    let name = address.rsplit('/').next().expect("a database name");
    create(&format!("template {name}")).await
}

async fn create(template: &str) -> String {
    let admin = admin_url().expect("a PostgreSQL is named");
    let name = format!(
        "services_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let connection = Database::connect(&admin)
        .await
        .expect("the cluster answers");
    connection
        .execute_unprepared(&format!(
            "create database {name} {template} strategy file_copy"
        ))
        .await
        .expect("a database can be made");
    connection.close().await.expect("closes");
    in_database(&admin, &name)
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
