//! Rows of files: bytes that are kept once (`blobs`), where they hang (`references`), what is on its way (`uploads`).
//! Keys and names are sealed here and opened here; a key that is destroyed takes the bytes with it, wherever copies of them lie.
//! Not here: the bytes themselves, who may see them, what is taken (`services::files`).

mod anew;
pub(crate) mod blobs;
pub(crate) mod references;
pub(crate) mod uploads;

use shared::calendar::Instant;
use shared::file::{FileKind, FileState, Hook};
use shared::ids::{BlobId, FileId, UploadId, UserId};

pub use anew::{keyed, reseal, sealed_rows};
pub use blobs::{
    Freed, Scan, Sealed, erase, hold, key, known_open, known_paths, page, put, release, scan_later,
    scanned, seal, small_of, to_scan, to_seal, unreferenced,
};
pub(crate) use references::drop_all;
pub use references::{
    Totals, drop_of_case, drop_one, drop_results, find, next_version, of_blob, of_case,
    of_messages, pass_over, pictures, refer, rehang, totals,
};
pub use uploads::{
    advance, begin, complete, ends_at, expired, find as find_upload, give_up,
    known as known_uploads, open_of,
};

/// Bytes that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    pub id: BlobId,
    /// Digest of the clear bytes; absent once they are destroyed.
    pub sha256: Option<Vec<u8>>,
    /// Clear bytes.
    pub size: i64,
    pub kind: FileKind,
    pub state: FileState,
    /// Key of the object.
    pub path: String,
    /// Sealed bytes.
    pub sealed_size: i64,
    /// Digest of the sealed bytes.
    pub sealed_sha256: Vec<u8>,
    pub created_at: Instant,
    pub scanned_at: Option<Instant>,
    /// What the virus check found.
    pub finding: Option<String>,
    /// How often the virus check was tried in vain.
    pub tries: i64,
    /// The picture of which this is the small one.
    pub picture_of: Option<BlobId>,
    /// Pixels, of a picture that is shown as one.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Where it lies in the clear below `photos/`, of an earlier release; sealed by a job, and until then read from there.
    pub open_path: Option<String>,
}

/// A file where it hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub id: FileId,
    pub blob: BlobId,
    pub hook: Hook,
    /// Of its material, from 1; 0 for what is none.
    pub version: i32,
    /// In clear.
    pub name: String,
    pub by: Option<UserId>,
    pub by_name: String,
    pub at: Instant,
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub owner: UserId,
    pub owner_name: String,
    pub hook: Hook,
    pub name: String,
    /// Under which its bytes are staged.
    pub key: Vec<u8>,
    pub size: i64,
    /// Bytes that are on the disk.
    pub received: i64,
    /// What it became.
    pub file: Option<FileId>,
    pub made_at: Instant,
    pub expires_at: Instant,
}
