//! A complete upload becomes a file: told by its bytes, sealed with a key of its own into the store, and then hung on its case in one
//! transaction. Until that is written nobody sees it; a server that dies in between begins this again with the next request.
//! Not here: the virus check, which follows (`quarantine`).

use std::sync::Arc;

use shared::fault::{Code, Fault};
use shared::file::{FileGroup, FileKind, FileView};
use shared::ids::{BlobId, FileId};
use store::files::{self, Blob, Reference, Upload};

use super::desk::{drop_upload, take};
use super::history::{self, Told};
use super::limits::Limits;
use super::look::{self, Source};
use super::staging::Staged;
use super::write::{self, Clear, From};
use super::{object, rights, shown};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle as _, disk};

/// The file of an upload that is complete; `None` for one that is not.
pub(super) async fn ended(ctx: &Ctx, upload: &mut Upload) -> Result<Option<FileView>, Fault> {
    if let Some(file) = upload.file {
        let db = ctx.services.store().reader();
        let found = files::find(&db, file).await.settle(&ctx.services)?;
        let Some((file, blob)) = found else {
            return Ok(None);
        };
        return Ok(Some(again(ctx, &file, &blob).await));
    }
    if upload.received != upload.size {
        return Ok(None);
    }
    match whole(ctx, upload).await {
        Ok(file) => Ok(Some(file)),
        Err(failure) => {
            if let Failure::Fault(fault) = &failure
                && is_final(fault)
            {
                // It will not become another file by being sent again.
                drop_upload(ctx, upload.id).await.settle(&ctx.services)?;
            }
            Err(failure).settle(&ctx.services)
        }
    }
}

/// What an upload became, told once more.
async fn again(ctx: &Ctx, file: &Reference, blob: &Blob) -> FileView {
    let db = ctx.services.store().reader();
    let held = rights::held(ctx, &db, &file.hook).await.ok();
    FileView {
        may_remove: held.is_some_and(|held| held.seen().gives(ctx, file)),
        ..shown(file, blob)
    }
}

fn is_final(fault: &Fault) -> bool {
    matches!(
        fault.code,
        Code::FileKind
            | Code::FileTooLarge
            | Code::PhotoType
            | Code::PhotoDimensions
            | Code::FileTooMany
            | Code::FileQuota
    )
}

async fn whole(ctx: &Ctx, upload: &mut Upload) -> Result<FileView, Failure> {
    let services = &ctx.services;
    let staged = take(ctx, upload).await?;
    // Somebody may have been faster until the staged file was ours.
    let db = services.store().reader();
    let now = files::find_upload(&db, upload.id).await?;
    if let Some(file) = now.ok_or_else(Fault::missing)?.file {
        super::staging::Folder::below(&services.config().data_dir).drop_file(upload.id);
        upload.file = Some(file);
        let found = files::find(&db, file).await?;
        let (file, blob) = found.ok_or_else(Fault::missing)?;
        return Ok(again(ctx, &file, &blob).await);
    }
    let limits = Limits::read(&db).await?;
    let kind = told(&staged, upload).await?;
    limits.takes(kind, upload.size, &upload.name)?;
    let clear = if kind.group() == FileGroup::Photo {
        photo(ctx, &staged, upload).await?
    } else {
        Clear {
            kind,
            from: From::Staged(Arc::clone(&staged), upload.size),
        }
    };
    let (blob, key) = write::sealed(services, BlobId(services.new_id()), &clear).await?;
    let path = blob.path.clone();
    let hung = hung(ctx, upload, (blob, key), limits).await;
    if let Err(failure) = &hung {
        write::undo(services, Some(failure), std::slice::from_ref(&path)).await;
    }
    let (file, blob, is_new) = hung?;
    if !is_new {
        services.vault().drop_file(&path).await?;
    }
    upload.file = Some(file.id);
    let folder = super::staging::Folder::below(&services.config().data_dir);
    let id = upload.id;
    drop(staged);
    let dropped = tokio::task::spawn_blocking(move || folder.drop_file(id)).await;
    dropped.map_err(anyhow::Error::new)?;
    Ok(FileView {
        may_remove: true,
        ..shown(&file, &blob)
    })
}

async fn told(staged: &Arc<Staged>, upload: &Upload) -> Result<FileKind, Failure> {
    let (staged, name) = (Arc::clone(staged), upload.name.clone());
    let length = u64::try_from(upload.size).unwrap_or(0);
    let told = tokio::task::spawn_blocking(move || {
        let read = |at: u64, most: usize| {
            // What lies behind the counted bytes is none of the file's.
            let left = length.saturating_sub(at);
            let most = most.min(usize::try_from(left).unwrap_or(usize::MAX));
            staged.read(at, most)
        };
        let source = Source {
            length,
            read: &read,
        };
        look::kind(&source, &name)
    });
    told.await.map_err(anyhow::Error::new)?
}

/// Decoded and written anew, as everywhere: what is no pixel is left out.
async fn photo(ctx: &Ctx, staged: &Arc<Staged>, upload: &Upload) -> Result<Clear, Failure> {
    let staged = Arc::clone(staged);
    let length = usize::try_from(upload.size).unwrap_or(0);
    let read = move || {
        let bytes = staged.read(0, length);
        bytes.map_err(|error| disk(error, "reading a photo"))
    };
    cleaned(&ctx.services, read).await
}

/// A photo written anew, wherever its bytes come from; few at a time.
pub(super) async fn cleaned(
    services: &Services,
    read: impl FnOnce() -> Result<Vec<u8>, Failure> + Send + 'static,
) -> Result<Clear, Failure> {
    let gate = services.gates().photos.0.clone();
    let permit = gate.acquire_owned().await.map_err(anyhow::Error::new)?;
    let cleaned = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let bytes = read()?;
        let clean = crate::photos::clean(&bytes).map_err(Fault::new)?;
        let kind = match clean.media_type {
            "image/png" => FileKind::Png,
            _ => FileKind::Jpeg,
        };
        Ok(Clear::of(kind, clean.bytes))
    });
    match cleaned.await {
        Ok(result) => result,
        Err(error) if error.is_panic() => {
            tracing::warn!("a photo made the decoder fail; it was refused");
            Err(Fault::new(Code::PhotoType).into())
        }
        Err(error) => Err(anyhow::Error::new(error).into()),
    }
}

/// Rights, counts and the file itself in one transaction. The same bytes in the same case are kept once; whether these are new.
async fn hung(
    ctx: &Ctx,
    upload: &Upload,
    (blob, key): (Blob, Vec<u8>),
    limits: Limits,
) -> Result<(Reference, Blob, bool), Failure> {
    let services = &ctx.services;
    let file = Reference {
        id: FileId(services.new_id()),
        blob: blob.id,
        hook: upload.hook.clone(),
        version: 0,
        name: named(&upload.name, blob.kind),
        by: Some(upload.owner),
        by_name: upload.owner_name.clone(),
        at: ctx.now(),
    };
    let id = upload.id;
    let ctx = ctx.clone();
    let write = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let mut file = file;
            let mut blob = blob;
            let hook = file.hook.clone();
            let held = rights::add(&ctx, tx, &hook).await?;
            let there = files::of_case(tx, hook.case, hook.id).await?;
            let same = there.into_iter().map(|(_, other)| other).find(|other| {
                other.sha256.is_some() && other.sha256 == blob.sha256 && other.kind == blob.kind
            });
            let is_new = same.is_none();
            let has = files::totals(tx, hook.case, hook.id).await?;
            limits.leaves(has, if is_new { blob.size } else { 0 })?;
            match same {
                Some(same) => blob = same,
                None => files::put(tx, &blob, &key).await?,
            }
            file.blob = blob.id;
            if let Some(slot) = &hook.slot {
                file.version = files::next_version(tx, hook.case, hook.id, slot).await?;
            }
            files::refer(tx, &file).await?;
            if !files::complete(tx, id, file.id).await? {
                return Err(Fault::new(Code::FileHeld).into());
            }
            history::tell(&ctx, tx, &held, (&file, &blob, Told::Added)).await?;
            let mut entry = ctx.audit("file.add", object(&hook), "ok");
            let digest = blob.sha256.as_deref().map(hex::encode).unwrap_or_default();
            for (name, value) in [
                ("file", file.id.to_string()),
                ("kind", blob.kind.to_string()),
                ("size", blob.size.to_string()),
                ("sha256", digest),
            ] {
                entry.facts.insert(name.to_owned(), value);
            }
            store::audit::append(tx, std::slice::from_ref(&entry)).await?;
            Ok((file, blob, is_new))
        })
    });
    write.await
}

/// A photo that was written anew may be of another kind than it came as.
pub(super) fn named(name: &str, kind: FileKind) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let fits = kind
        .endings()
        .iter()
        .any(|own| own.eq_ignore_ascii_case(ending));
    match kind.endings().first() {
        Some(usual) if !fits => format!("{stem}.{usual}"),
        _ => name.to_owned(),
    }
}
