//! Photos of earlier releases, which lie in the clear: read from there, and sealed into the store one after the other by a job.
//! A photo can be read at every moment: its row says where, and the file in the clear stays a day longer. A server that is killed goes on where rows
//! say that something is left.
//! Not here: the folder (`folder`), what becomes of rows (`store::files`).

use std::sync::Arc;

use shared::calendar::Instant;
use shared::file::FileState;
use shared::ids::BlobId;
use store::files::{self, Blob, Sealed};

use super::{Folder, image, thumbnail_key};
use crate::context::Services;
use crate::fault::{Failure, disk};
use crate::files::write::{self, Clear};
use crate::jobs::Done;

/// Photos of one run.
const BATCH: u32 = 8;
/// One that is missing or damaged is tried again after so long.
const AGAIN: i64 = 6 * 3_600_000;

/// The bytes of a photo in the clear.
pub(crate) async fn read(services: &Services, key: &str) -> Result<Vec<u8>, Failure> {
    let path = Folder::below(&services.config().data_dir).path(key);
    let path = path.ok_or_else(|| anyhow::anyhow!("a row names an impossible file"))?;
    let read = tokio::fs::read(&path).await;
    read.map_err(|error| {
        anyhow::Error::new(error)
            .context(format!("the photo {key}"))
            .into()
    })
}

/// Seals what lies in the clear, the oldest first.
pub(crate) async fn seal(services: &Services) -> Result<Done, Failure> {
    let waiting = files::to_seal(&services.store().reader(), services.now(), BATCH).await?;
    let mut count = 0;
    for blob in &waiting {
        let config = services.config();
        write::leaves_room(&config.data_dir, config.limits.free_mb)?;
        match sealed(services, blob).await {
            Ok(true) => count += 1,
            // Destroyed or taken out meanwhile.
            Ok(false) => {}
            Err(Failure::Broken(cause)) => {
                tracing::warn!(file.id = %blob.id, cause = format!("{cause:#}"), "a photo of an earlier release could not be sealed; it is tried again");
                later(services, blob.id).await?;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(Done {
        count,
        more: count > 0 && waiting.len() == BATCH as usize,
    })
}

async fn sealed(services: &Services, blob: &Blob) -> Result<bool, Failure> {
    let Some(key) = blob.open_path.clone() else {
        return Ok(false);
    };
    let (bytes, small) = looked_at(services, key.clone(), blob.sha256.clone()).await?;
    let (whole, whole_key) = write::sealed(services, blob.id, &Clear::of(blob.kind, bytes)).await?;
    let (small, small_key) = small_picture(services, blob.id, small).await?;
    let paths = [whole.path.clone(), small.path.clone()];
    let (id, moved) = (
        blob.id,
        Sealed {
            path: whole.path,
            size: whole.sealed_size,
            sha256: whole.sealed_sha256,
            key: whole_key,
        },
    );
    let write = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let first = files::seal(tx, id, &moved).await?;
            if first {
                files::put(tx, &small, &small_key).await?;
            }
            Ok(first)
        })
    });
    let done = write.await;
    if !matches!(done, Ok(true)) {
        write::undo(services, done.as_ref().err(), &paths).await;
        return done;
    }
    let folder = Folder::below(&services.config().data_dir);
    let touched = tokio::task::spawn_blocking(move || {
        // Whoever reads by the row of a moment ago, a backup for instance, still finds it.
        folder.touch(&key);
        folder.touch(&thumbnail_key(&key));
    });
    touched.await.map_err(anyhow::Error::new)?;
    Ok(true)
}

/// A small picture, sealed; it waits for nobody, since its picture does.
pub(super) async fn small_picture(
    services: &Services,
    of: BlobId,
    bytes: Vec<u8>,
) -> Result<(Blob, Vec<u8>), Failure> {
    let clear = Clear::of(shared::file::FileKind::Jpeg, bytes);
    let (small, key) = write::sealed(services, BlobId(services.new_id()), &clear).await?;
    let small = Blob {
        picture_of: Some(of),
        state: FileState::Clean,
        ..small
    };
    Ok((small, key))
}

/// The photo, which must be what its row says, and its small one, made anew where it is missing.
async fn looked_at(
    services: &Services,
    key: String,
    sha256: Option<Vec<u8>>,
) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let bytes = Arc::new(read(services, &key).await?);
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
    if sha256.as_deref() != Some(digest.as_ref()) {
        return Err(anyhow::anyhow!("the photo {key} is not what its row says").into());
    }
    let path = Folder::below(&services.config().data_dir).path(&thumbnail_key(&key));
    let path = path.ok_or_else(|| anyhow::anyhow!("a row names an impossible file"))?;
    let small = match tokio::fs::read(&path).await {
        Ok(small) => small,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let gate = services.gates().photos.0.clone();
            let permit = gate.acquire_owned().await.map_err(anyhow::Error::new)?;
            let picture = Arc::clone(&bytes);
            let made = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                image::clean(&picture).map(|clean| clean.thumbnail)
            });
            let made = made.await.map_err(anyhow::Error::new)?;
            made.map_err(|code| anyhow::anyhow!("the photo {key} does not open: {code}"))?
        }
        Err(error) => return Err(disk(error, "reading a photo")),
    };
    Ok((Arc::unwrap_or_clone(bytes), small))
}

async fn later(services: &Services, id: BlobId) -> Result<(), Failure> {
    let at = Instant(services.now().0 + AGAIN);
    let write = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(files::scan_later(tx, id, at).await?) })
    });
    write.await
}
