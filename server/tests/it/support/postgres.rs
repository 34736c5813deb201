//! A PostgreSQL database for one world, in the cluster that the test command has started.
//! Deliberately absent: SQLite, on which worlds stand otherwise (`template`). Made by PostgreSQL's own program, since only the store speaks SQL.

use std::{
    process::{self, Command},
    sync::atomic::{AtomicU32, Ordering},
};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The address of an empty database; `None` (and words) where no cluster is named.
pub fn fresh() -> Option<String> {
    let admin = std::env::var("MINSHENG_TEST_POSTGRES").unwrap_or_default();
    if admin.is_empty() {
        assert!(
            std::env::var("CI").is_err(),
            "MINSHENG_TEST_POSTGRES is needed in CI"
        );
        println!("skipped: MINSHENG_TEST_POSTGRES is not set");
        return None;
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("it_{}_{number}", process::id());
    let made = Command::new("createdb")
        .arg(format!("--maintenance-db={admin}"))
        .arg(&name)
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "a database can be made"
    );
    let (address, options) = admin.split_once('?').unwrap_or((admin.as_str(), ""));
    let (base, _) = address
        .rsplit_once('/')
        .expect("an address names a database");
    Some(format!("{base}/{name}?{options}"))
}
