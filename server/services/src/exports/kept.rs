//! What a job has written, and the file that is kept of it: sealed like all others, so that there is one retention and one way to destroy it.
//! Not here: the folder where it grows (`jobs::host::results`), what the file says (`steps`), taking it (`jobs::host::desk`).
//! What lies in the clear in the folder goes once the step is written that keeps the file.

use std::sync::Arc;

use shared::file::{FileKind, FileState, Hook};
use shared::ids::{BlobId, FileId};
use store::Tx;
use store::files::{Blob, Reference};
use store::jobs::{Job, ResultFile};

use crate::context::Ctx;
use crate::fault::{Failure, disk};
use crate::files::write::{self, Clear, From};
use crate::jobs::host::results;

/// What a job has written into the folder.
pub(crate) async fn written(ctx: &Ctx, job: &Job) -> Result<std::fs::File, Failure> {
    let path = results::Folder::below(&ctx.services.config().data_dir).path(job.id);
    let file = tokio::task::spawn_blocking(move || std::fs::File::open(path)).await;
    let file = file.map_err(anyhow::Error::new)?;
    file.map_err(|error| disk(error, "reading a result"))
}

/// The whole file, sealed like all others: one retention, one way to destroy it. What lies in the clear goes once the step is written.
async fn sealed(
    ctx: &Ctx,
    kind: FileKind,
    (file, bytes): (std::fs::File, i64),
) -> Result<(Blob, Vec<u8>), Failure> {
    let clear = Clear {
        kind,
        from: From::Open(Arc::new(file), bytes),
    };
    let id = BlobId(ctx.services.new_id());
    let (blob, key) = write::sealed(&ctx.services, id, &clear).await?;
    // We wrote it: no scanner has to look at it.
    let blob = Blob {
        state: FileState::Clean,
        ..blob
    };
    Ok((blob, key))
}

/// A complete result, sealed, with what says whose it is.
#[derive(Clone)]
pub(crate) struct Kept {
    /// What the job says of it.
    pub(crate) file: ResultFile,
    blob: Blob,
    key: Vec<u8>,
    reference: Reference,
}

impl Kept {
    /// Writes it down; in the transaction that ends the job.
    pub(crate) async fn put(&self, tx: &Tx) -> Result<(), Failure> {
        store::files::put(tx, &self.blob, &self.key).await?;
        store::files::refer(tx, &self.reference).await?;
        Ok(())
    }
}

/// Seals what a job has written, under a name.
pub(crate) async fn kept(
    ctx: &Ctx,
    job: &Job,
    (name, kind): (String, FileKind),
    (written, bytes): (std::fs::File, i64),
) -> Result<Kept, Failure> {
    let file = ResultFile {
        name,
        bytes,
        until: results::kept_until(&ctx.services).await?,
    };
    let (blob, key) = sealed(ctx, kind, (written, bytes)).await?;
    let reference = Reference {
        id: FileId(ctx.services.new_id()),
        blob: blob.id,
        hook: Hook::result(job.id),
        version: 0,
        name: file.name.clone(),
        by: job.owner,
        by_name: job.owner_name.clone(),
        at: ctx.now(),
    };
    Ok(Kept {
        file,
        blob,
        key,
        reference,
    })
}
