//! Clear bytes are sealed into the store, piece by piece, each file under a new key of its own. Nobody knows them before their row is written.
//! Not here: where the bytes come from (`keep`, `photos`), rows (`store::files`).

use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::digest;
use shared::fault::{Code, Fault};
use shared::file::{FileKind, FileState};
use shared::ids::BlobId;
use store::files::{self, Blob, Freed};

use super::sealing::Sealer;
use super::staging::Staged;
use super::vault::{self, Written};
use crate::context::Services;
use crate::fault::{Failure, disk};

/// Bytes that are sealed at once.
const PIECE: usize = 1 << 20;

/// Clear bytes, from where they are sealed.
pub(crate) struct Clear {
    pub(crate) kind: FileKind,
    pub(crate) from: From,
}

/// Where clear bytes are.
pub(crate) enum From {
    Staged(Arc<Staged>, i64),
    Memory(Vec<u8>),
    /// A file of ours in the clear, and how much of it counts.
    Open(Arc<std::fs::File>, i64),
}

impl Clear {
    /// Bytes in memory.
    pub(crate) const fn of(kind: FileKind, bytes: Vec<u8>) -> Self {
        Self {
            kind,
            from: From::Memory(bytes),
        }
    }
}

/// Seals the bytes into the store. The row that is given waits for the virus check where there is a scanner.
pub(crate) async fn sealed(
    services: &Services,
    id: BlobId,
    clear: &Clear,
) -> Result<(Blob, Vec<u8>), Failure> {
    let provider = services.store().seal().provider();
    let mut key = vec![0; provider.crypto().data_key_length()];
    services.ids().fill(&mut key);
    let mut sealer = Sealer::new(&key, id).map_err(anyhow::Error::new)?;
    // Not the blob's id: what lay in the clear before keeps its id when it is sealed, perhaps not at the first try.
    let path = vault::key_of(services.new_id());
    let mut writing = services.vault().begin(&path).await?;
    let mut digest = digest::Context::new(&digest::SHA256);
    let mut size = 0;
    let mut fill = async || -> Result<(), Failure> {
        loop {
            let piece = piece(&clear.from, size).await?;
            if piece.is_empty() {
                break;
            }
            digest.update(&piece);
            size += piece.len() as i64;
            let sealed = sealer.push(&piece).map_err(anyhow::Error::new)?;
            writing.push(&sealed).await?;
        }
        Ok(())
    };
    let filled = fill().await;
    let filled = match filled {
        Ok(()) => match sealer.finish() {
            Ok(last) => writing.push(&last).await,
            Err(error) => Err(anyhow::Error::new(error).into()),
        },
        failed => failed,
    };
    if let Err(failure) = filled {
        writing.abort().await;
        return Err(failure);
    }
    let written: Written = writing.finish().await?;
    let has_scanner = services.scanner().is_some();
    let blob = Blob {
        id,
        sha256: Some(digest.finish().as_ref().to_vec()),
        size,
        kind: clear.kind,
        state: if has_scanner {
            FileState::Quarantined
        } else {
            FileState::Clean
        },
        path,
        sealed_size: written.size,
        sealed_sha256: written.sha256,
        created_at: services.now(),
        scanned_at: None,
        finding: None,
        tries: 0,
        picture_of: None,
        width: None,
        height: None,
        open_path: None,
    };
    Ok((blob, key))
}

async fn piece(from: &From, at: i64) -> Result<Vec<u8>, Failure> {
    let start = usize::try_from(at).unwrap_or(usize::MAX);
    match from {
        From::Memory(bytes) => {
            let end = start.saturating_add(PIECE).min(bytes.len());
            Ok(bytes.get(start..end).unwrap_or_default().to_vec())
        }
        From::Open(file, size) => {
            use std::os::unix::fs::FileExt as _;
            let left = usize::try_from(size - at).unwrap_or(0).min(PIECE);
            let (file, at) = (Arc::clone(file), at.unsigned_abs());
            let read = tokio::task::spawn_blocking(move || {
                let mut bytes = vec![0; left];
                file.read_exact_at(&mut bytes, at).map(|()| bytes)
            });
            let read = read.await.map_err(anyhow::Error::new)?;
            read.map_err(|error| disk(error, "reading a result"))
        }
        From::Staged(staged, size) => {
            let left = usize::try_from(size - at).unwrap_or(0).min(PIECE);
            let (staged, at) = (Arc::clone(staged), at.unsigned_abs());
            let read = tokio::task::spawn_blocking(move || staged.read(at, left)).await;
            let read = read.map_err(anyhow::Error::new)?;
            let bytes = read.map_err(|error| disk(error, "reading a staged file"))?;
            if bytes.len() == left {
                Ok(bytes)
            } else {
                Err(anyhow::anyhow!("a staged file is shorter than what was acknowledged").into())
            }
        }
    }
}

/// Takes sealed objects away whose row was not written. Should it have been written all the same, they stay: the answer may have been lost.
pub(crate) async fn undo(services: &Services, failure: Option<&Failure>, paths: &[String]) {
    if matches!(failure, Some(Failure::Store(store::StoreError::Unknown(_)))) {
        return;
    }
    let known = files::known_paths(&services.store().reader(), paths).await;
    // What cannot be asked now is for the sweep.
    let Ok(known) = known else { return };
    let sealed = paths.iter().filter(|path| !known.contains(*path)).cloned();
    let freed = Freed {
        sealed: sealed.collect(),
        open: Vec::new(),
    };
    let_go(services, freed).await;
}

/// Takes away what lies where nobody reads it any more. What fails is for the sweep.
pub(crate) async fn let_go(services: &Services, freed: Freed) {
    for path in &freed.sealed {
        if let Err(failure) = services.vault().drop_file(path).await {
            tracing::warn!(file.path = %path, cause = ?failure, "an object could not be removed; the sweep takes it");
        }
    }
    if freed.open.is_empty() {
        return;
    }
    let folder = crate::photos::Folder::below(&services.config().data_dir);
    let dropped = tokio::task::spawn_blocking(move || {
        for key in &freed.open {
            crate::photos::drop_files(&folder, key);
        }
    });
    if let Err(error) = dropped.await {
        tracing::warn!(cause = %error, "photos could not be removed; the sweep takes them");
    }
}

/// Files leave room on the disk for the database: below the floor none is taken.
///
/// # Errors
/// `storage.full`.
pub(crate) fn leaves_room(data_dir: &Path, free_mb: u32) -> Result<(), Failure> {
    let Ok(disk) = rustix::fs::statvfs(data_dir) else {
        // What the disk does not say, the write will.
        return Ok(());
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < u64::from(free_mb) << 20 {
        tracing::warn!(
            free_mb = free >> 20,
            "a file was refused: the disk is nearly full"
        );
        return Err(Fault::new(Code::StorageFull).into());
    }
    Ok(())
}
