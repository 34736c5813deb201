//! What keeps an installation together: its keys, its clock, its audit's checkpoints, its backups.
//! Not here: the commands (tests of `server`).
//! Everything is tried on each database.

mod audit_alarms;
mod audit_defects;
mod audit_looks;
mod audit_origins;
mod audit_reports;
mod audit_rules;
mod audit_search;
mod backups;
mod checkpoints;
mod clock;
mod keys;
mod providers;
mod second_place;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use services::{FixedClock, Misfit, Opening, SeededIds, Services, ServicesConfig};

use crate::support::at;

/// Opens an installation at ten o'clock.
async fn open(config: &ServicesConfig, opening: Opening) -> anyhow::Result<Services> {
    // The clock stands, so that two openings with the same seed would draw the same ids.
    static SEED: AtomicU64 = AtomicU64::new(7);
    let seed = SEED.fetch_add(1, Ordering::Relaxed);
    let clock = Arc::new(FixedClock::at(at("2026-03-02T10:00:00+08:00")));
    Services::open_as(
        config.clone(),
        opening,
        clock,
        Arc::new(SeededIds::new(seed)),
    )
    .await
}

/// Why an installation is not opened.
async fn misfit(config: &ServicesConfig, opening: Opening) -> Misfit {
    match open(config, opening).await {
        Ok(_) => panic!("it was opened"),
        Err(error) => error.downcast().expect("a misfit"),
    }
}

const MAKE: Opening = Opening::Make {
    new_database: false,
};

/// Every file below a folder, with its content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            let bytes = std::fs::read(entry.path()).expect("reads");
            found.push((entry.path(), bytes));
        }
    }
    found.sort();
    found
}
