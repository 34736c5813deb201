//! A database of one test, and records that are right by default.
//! Not here: the tests.
//! `on_both!` makes an SQLite and a PostgreSQL test of each function.

pub mod faults;
pub mod proxy;
mod records;

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use shared::calendar::Instant;
use store::{Basics, DefinitionSeed, OpenOptions, Seal, Store};

pub use records::*;

/// 2026-03-02 10:00 in +08:00, a Monday.
pub const NOW: Instant = Instant(1_772_416_800_000);
pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// A database of one test.
pub struct World {
    pub store: Store,
    pub url: String,
    _dir: Option<tempfile::TempDir>,
}

impl World {
    /// An SQLite file with schema and basic data.
    pub async fn sqlite() -> Self {
        let dir = tempfile::tempdir().expect("temp dir");
        let url = format!("sqlite://{}", dir.path().join("test.db").display());
        Self::open(url, Some(dir)).await
    }

    /// The same in a folder that stays.
    pub async fn sqlite_in(folder: &std::path::Path) -> Self {
        Self::open(
            format!("sqlite://{}", folder.join("test.db").display()),
            None,
        )
        .await
    }

    /// A fresh database in the private cluster; `None` (and words) without one.
    pub async fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let Ok(admin) = std::env::var("MINSHENG_TEST_POSTGRES") else {
            assert!(
                std::env::var("CI").is_err(),
                "MINSHENG_TEST_POSTGRES is needed in CI"
            );
            println!("skipped: MINSHENG_TEST_POSTGRES is not set");
            return None;
        };
        let name = format!(
            "store_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::SeqCst)
        );
        let conn = Database::connect(&admin)
            .await
            .expect("the private cluster answers");
        conn.execute_unprepared(&format!("drop database if exists {name}"))
            .await
            .expect("dropped");
        conn.execute_unprepared(&format!("create database {name} strategy file_copy"))
            .await
            .expect("created");
        conn.close().await.expect("closed");
        // A socket folder stands behind the question mark and has slashes of its own.
        let (before, options) = admin
            .split_once('?')
            .map_or((admin.as_str(), String::new()), |(a, b)| {
                (a, format!("?{b}"))
            });
        let server = before.rsplit_once('/').expect("a database name").0;
        Some(Self::open(format!("{server}/{name}{options}"), None).await)
    }

    async fn open(url: String, dir: Option<tempfile::TempDir>) -> Self {
        // A loaded test machine is no reason to fail.
        let options = OpenOptions {
            wait: std::time::Duration::from_mins(1),
            ..OpenOptions::default()
        };
        let store = Store::open(&url, Seal::in_memory().expect("keys"), options)
            .await
            .expect("opens");
        store.migrate(basics()).await.expect("migrates");
        Self {
            store,
            url,
            _dir: dir,
        }
    }

    /// A connection past the store, to look and to damage.
    pub async fn raw(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.expect("connects")
    }
}

pub fn basics() -> Basics {
    Basics {
        at: NOW,
        definitions: vec![DefinitionSeed {
            key: "ticket-main".to_owned(),
            name: "Ticket".to_owned(),
            xml: "<definitions/>".to_owned(),
        }],
    }
}

/// Makes a test on each database of async functions that take a `World`.
macro_rules! on_both {
    ($($name:ident)+) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { super::$name(crate::support::World::sqlite().await).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                if let Some(world) = crate::support::World::postgres().await { super::$name(world).await; }
            })+
        }
    };
}
