//! A backup and what is in it: database, photos, files, messages, checkpoints, and a signed manifest with counts and digests. The keys go elsewhere.
//! `make` writes one while the server serves, `restore` puts one back into an empty place, `postgres` finds and drives PostgreSQL's tools.
//! Not here: how the database is copied at one moment (`store::backup`).

mod files;
mod make;
mod postgres;
mod restore;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;

pub use make::{BackupPlan, Made, make};
pub use postgres::Tool;
pub use restore::{Restored, Way, restore};

/// The manifest of a backup.
const MANIFEST: &str = "manifest.json";
/// Its digest and signature.
const SIGNATURE: &str = "manifest.sig.json";
/// The database, as SQLite writes it.
const SQLITE: &str = "database.sqlite";
/// The database, as `pg_dump -Fc` writes it.
const DUMP: &str = "database.dump";
/// The checkpoints of the audit up to the snapshot.
const CHECKPOINTS: &str = "audit/checkpoints.jsonl";
/// The form of this folder.
const FORMAT: u32 = 1;

/// How many bytes are free where a path lies; `None` when nobody knows.
pub type Room = fn(&Path) -> Option<u64>;

/// What a backup consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the folder.
    pub format: u32,
    /// When it was begun.
    pub made_at: Instant,
    /// Version of the program that made it.
    pub program: String,
    /// The installation's id.
    pub installation: Option<String>,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// Migrations of the database, oldest first.
    pub schema: Vec<String>,
    /// The keys that the database needs; they are not in the backup.
    pub keys: Vec<Key>,
    /// Rows by table.
    pub counts: BTreeMap<String, i64>,
    /// The newest position of the audit's chain.
    pub audit_seq: i64,
    /// The chain's hash there.
    pub audit_link: String,
    /// Every file but the manifest and its signature, by path.
    pub files: BTreeMap<String, Piece>,
    /// Photos of tickets that were missing or damaged already when the backup was made.
    pub missing_photos: Vec<String>,
    /// Files of cases that were missing or damaged already.
    #[serde(default)]
    pub missing_files: Vec<String>,
    /// Photos of unsent forms that were removed while the backup was made.
    pub gone_photos: Vec<String>,
}

/// A key without the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub kind: String,
    pub id: String,
    pub fingerprint: String,
}

/// A file of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub bytes: u64,
    /// Digest in hexadecimal.
    pub sha256: String,
}

/// Digest and signature of the manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Signed {
    sha256: String,
    key_id: String,
    signature: String,
}

impl Manifest {
    /// Bytes of all files.
    fn bytes(&self) -> u64 {
        self.files.values().map(|piece| piece.bytes).sum()
    }
}

/// Runs what waits for the disk where waiting hinders nobody.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> anyhow::Result<T> {
    tokio::task::spawn_blocking(work).await?
}

/// Refuses when there is less room than wanted; what is not known is not refused.
fn ask_room(room: Room, folder: &Path, wanted: u64) -> anyhow::Result<()> {
    /// What stays free afterwards.
    const FLOOR: u64 = 200 << 20;
    let place: PathBuf = folder
        .ancestors()
        .find(|place| place.is_dir())
        .unwrap_or(Path::new("/"))
        .to_owned();
    let wanted = wanted.saturating_add(FLOOR);
    match room(&place) {
        Some(free) if free < wanted => anyhow::bail!(
            "{} MB are free in {}, {} MB are needed; make room first",
            free >> 20,
            place.display(),
            wanted >> 20
        ),
        _ => Ok(()),
    }
}
