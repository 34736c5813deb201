//! A database of one test, and records that are right by default.
//! Not here: the tests.
//! `on_both!` makes an SQLite and a PostgreSQL test of each function.

pub mod faults;
pub mod proxy;
mod records;
mod template;

use sea_orm::{Database, DatabaseConnection};
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
        let (url, seal) = template::sqlite(dir.path()).await;
        Self {
            store: open(&url, seal).await,
            url,
            _dir: Some(dir),
        }
    }

    /// The same in a folder that stays, migrated on the spot.
    pub async fn sqlite_in(folder: &std::path::Path) -> Self {
        let url = format!("sqlite://{}", folder.join("test.db").display());
        let store = open(&url, Seal::in_memory().expect("keys")).await;
        store.migrate(basics()).await.expect("migrates");
        Self {
            store,
            url,
            _dir: None,
        }
    }

    /// A database in the private cluster; `None` (and words) without one.
    pub async fn postgres() -> Option<Self> {
        let Ok(admin) = std::env::var("MINSHENG_TEST_POSTGRES") else {
            assert!(
                std::env::var("CI").is_err(),
                "MINSHENG_TEST_POSTGRES is needed in CI"
            );
            println!("skipped: MINSHENG_TEST_POSTGRES is not set");
            return None;
        };
        let dir = tempfile::tempdir().expect("temp dir");
        let (url, seal) = template::postgres(&admin, dir.path()).await;
        Some(Self {
            store: open(&url, seal).await,
            url,
            _dir: Some(dir),
        })
    }

    /// A connection past the store, to look and to damage.
    pub async fn raw(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.expect("connects")
    }
}

async fn open(url: &str, seal: Seal) -> Store {
    // A loaded test machine is no reason to fail.
    let options = OpenOptions {
        wait: std::time::Duration::from_mins(1),
        ..OpenOptions::default()
    };
    Store::open(url, seal, options).await.expect("opens")
}

pub fn basics() -> Basics {
    Basics {
        at: NOW,
        definitions: vec![DefinitionSeed {
            key: "ticket-main".to_owned(),
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
