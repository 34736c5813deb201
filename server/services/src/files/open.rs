//! Listing and opening files, passing one on to another case; what is asked each time are the rights of the case that it hangs on.
//! The bytes are proven while they are sent: a file that was changed or cut breaks off and never looks whole.
//! Not here: headers of the answer (`server/web/files`).

use std::io;
use std::ops::Range;

use futures::stream::{BoxStream, StreamExt as _, try_unfold};
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::file::{FileCase, FileList, FilePlace, FileState, FileView, Hook};
use shared::ids::{BlobId, FileId, JobId};
use store::files::{self, Blob, Reference};
use store::record::{ApprovalCase, TicketCase};

use super::history::{self, Told};
use super::limits::Limits;
use super::rights::{Held, Seen};
use super::sealing::Opener;
use super::{object, range, rights, shown};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle as _};
use crate::tickets::rights::own_part_only;
use crate::watch::watched;

/// Clear bytes as they are sent.
pub type Bytes = BoxStream<'static, io::Result<Vec<u8>>>;

/// A file that can be sent, whole or in part.
pub struct Opened {
    /// What it is.
    pub view: FileView,
    services: Services,
    blob: Blob,
}

impl Opened {
    fn of(services: &Services, file: &Reference, blob: Blob) -> Self {
        Self {
            view: shown(file, &blob),
            services: services.clone(),
            blob,
        }
    }

    /// All of its bytes.
    ///
    /// # Errors
    /// `file.erased` when they were destroyed in between.
    pub async fn whole(&self) -> Result<Bytes, Fault> {
        let bytes = clear(&self.services, &self.blob).await;
        let bytes = bytes.settle(&self.services)?;
        bytes.ok_or_else(|| Fault::new(Code::FileErased))
    }

    /// Some of its bytes, in memory that does not grow with them; the range lies inside the file and is not empty.
    ///
    /// # Errors
    /// As `whole`.
    pub async fn part(&self, range: Range<u64>) -> Result<Bytes, Fault> {
        let bytes = range::clear(&self.services, &self.blob, range).await;
        let bytes = bytes.settle(&self.services)?;
        bytes.ok_or_else(|| Fault::new(Code::FileErased))
    }
}

/// The files of a case, oldest first.
///
/// # Errors
/// `not_found` outside of what the caller sees.
pub async fn list(ctx: &Ctx, hook: &Hook) -> Result<FileList, Fault> {
    let call = async {
        ctx.ask(needs::FILES)?;
        rights::see(ctx, hook).await?;
        let db = ctx.services.store().reader();
        // Whoever sees the case and has no part in it adds and takes away nothing.
        let held = rights::held(ctx, &db, hook).await.ok();
        of(ctx, hook, held.as_ref().map(Held::seen)).await
    };
    watched(ctx, "file.list", object(hook), call).await
}

async fn of(ctx: &Ctx, hook: &Hook, seen: Option<Seen<'_>>) -> Result<FileList, Fault> {
    let db = ctx.services.store().reader();
    let found = files::of_case(&db, hook.case, hook.id).await;
    let found = found.settle(&ctx.services)?;
    let view = |(file, blob): &(Reference, Blob)| FileView {
        may_remove: seen.is_some_and(|seen| seen.gives(ctx, file)),
        ..shown(file, blob)
    };
    Ok(FileList {
        items: found.iter().map(view).collect(),
    })
}

/// The files of a ticket that was loaded inside the caller's scope, and whether the caller may put more to its own papers. To a unit whose
/// part was returned the files are missing, as the photos are.
pub(crate) async fn of_seen(ctx: &Ctx, case: &TicketCase) -> Result<(Vec<FileView>, bool), Fault> {
    if own_part_only(&ctx.actor, case) {
        return Ok((Vec::new(), false));
    }
    let hook = Hook::ticket(case.ticket.id.0);
    let mut files = of(ctx, &hook, Some(Seen::Ticket(case))).await?;
    // The citizen's photos are shown as pictures beside their words.
    files.items.retain(|file| file.place != FilePlace::Photo);
    Ok((files.items, rights::to_papers(ctx, case).is_ok()))
}

/// The files of an approval that was loaded inside the caller's reach, and whether the caller may put more to it.
pub(crate) async fn of_approval_seen(
    ctx: &Ctx,
    case: &ApprovalCase,
) -> Result<(Vec<FileView>, bool), Fault> {
    let hook = Hook::approval(case.approval.id.0);
    let files = of(ctx, &hook, Some(Seen::Approval(case))).await?;
    Ok((files.items, rights::to_seen(ctx, case)))
}

async fn found(ctx: &Ctx, id: FileId) -> Result<(Reference, Blob), Fault> {
    ctx.ask(needs::FILES)?;
    let db = ctx.services.store().reader();
    let found = files::find(&db, id).await.settle(&ctx.services)?;
    let (file, blob) = found.ok_or_else(Fault::missing)?;
    rights::see(ctx, &file.hook).await?;
    Ok((file, blob))
}

/// One file's facts.
///
/// # Errors
/// `not_found` alike for one that is not there and one of a case that the caller does not see.
pub async fn get(ctx: &Ctx, id: FileId) -> Result<FileView, Fault> {
    let call = async {
        let (file, blob) = found(ctx, id).await?;
        Ok(shown(&file, &blob))
    };
    watched(ctx, "file.read", format!("file:{id}"), call).await
}

/// One file, ready to be sent.
///
/// # Errors
/// As `get`; `file.quarantined`, `file.infected`, `file.erased`.
pub async fn open(ctx: &Ctx, id: FileId) -> Result<Opened, Fault> {
    let call = async {
        let (file, blob) = found(ctx, id).await?;
        is_ready(&blob)?;
        Ok(Opened::of(&ctx.services, &file, blob))
    };
    watched(ctx, "file.read", format!("file:{id}"), call).await
}

/// The result of a job, for whoever may take it; nothing where it has none, or one of an earlier release.
///
/// # Errors
/// `file.erased` when it was destroyed.
pub(crate) async fn of_job(services: &Services, job: JobId) -> Result<Option<Opened>, Fault> {
    let db = services.store().reader();
    let found = files::of_case(&db, FileCase::Job, job.0).await;
    let Some((file, blob)) = found.settle(services)?.pop() else {
        return Ok(None);
    };
    is_ready(&blob)?;
    Ok(Some(Opened::of(services, &file, blob)))
}

/// Whether bytes may be read.
///
/// # Errors
/// `file.quarantined`, `file.infected`, `file.erased`.
pub(crate) fn is_ready(blob: &Blob) -> Result<(), Fault> {
    match blob.state {
        FileState::Clean => Ok(()),
        FileState::Quarantined => Err(Fault::new(Code::FileQuarantined)),
        FileState::Refused => {
            let finding = blob.finding.clone().unwrap_or_default();
            Err(Fault::new(Code::FileInfected).fact("finding", finding))
        }
        FileState::Erased => Err(Fault::new(Code::FileErased)),
    }
}

/// All clear bytes at once, of what is small.
pub(crate) async fn whole(services: &Services, blob: &Blob) -> Result<Option<Vec<u8>>, Failure> {
    let Some(mut parts) = clear(services, blob).await? else {
        return Ok(None);
    };
    let mut bytes = Vec::with_capacity(usize::try_from(blob.size).unwrap_or(0));
    while let Some(part) = parts.next().await {
        bytes.extend(part.map_err(anyhow::Error::new)?);
    }
    Ok(Some(bytes))
}

/// Clear bytes; nothing when the key was destroyed in between.
pub(super) async fn clear(services: &Services, blob: &Blob) -> Result<Option<Bytes>, Failure> {
    if let Some(path) = &blob.open_path {
        let bytes = crate::photos::older::read(services, path).await?;
        return Ok(Some(futures::stream::iter([Ok(bytes)]).boxed()));
    }
    let Some((key, sealed)) = keyed(services, blob.id, None).await? else {
        return Ok(None);
    };
    let opener = Opener::new(&key, blob.id).map_err(anyhow::Error::new)?;
    let opened = try_unfold((sealed, Some(opener)), async |(mut sealed, opener)| {
        let Some(mut opener) = opener else {
            return Ok(None);
        };
        while let Some(part) = sealed.next().await {
            let clear = opener.push(&part?).map_err(io::Error::other)?;
            if !clear.is_empty() {
                return Ok(Some((clear, (sealed, Some(opener)))));
            }
        }
        let last = opener.finish().map_err(io::Error::other)?;
        Ok(Some((last, (sealed, None))))
    });
    Ok(Some(opened.boxed()))
}

/// The key of a file with its sealed bytes, or with a range of them; nothing when the key was destroyed. Both are of one row, read now: the file may
/// have been sealed anew since the caller read of it.
pub(super) async fn keyed(
    services: &Services,
    id: BlobId,
    range: Option<Range<u64>>,
) -> Result<Option<(Vec<u8>, Bytes)>, Failure> {
    let mut missed = None;
    loop {
        let found = files::keyed(&services.store().reader(), id).await?;
        let Some((key, path)) = found else {
            return Ok(None);
        };
        if missed.as_ref() == Some(&path) {
            return Err(anyhow::anyhow!("the bytes of file {id} are not in the store").into());
        }
        let sealed = match &range {
            Some(range) => services.vault().read_range(&path, range.clone()).await?,
            None => services.vault().read(&path).await?,
        };
        if let Some(sealed) = sealed {
            return Ok(Some((key, sealed)));
        }
        missed = Some(path);
    }
}

/// Hangs a file on another case as well; the bytes are kept once. The caller sees the one case and may add to the other.
///
/// # Errors
/// `not_found`, `access.denied`, `file.too_many`, `file.quota`; `file.erased` and the like for bytes that are no more.
pub async fn pass_on(ctx: &Ctx, id: FileId, hook: Hook) -> Result<FileView, Fault> {
    let call = async {
        let (from, blob) = found(ctx, id).await?;
        passed(ctx, from, blob, hook).await.settle(&ctx.services)
    };
    watched(ctx, "file.add", format!("file:{id}"), call).await
}

async fn passed(ctx: &Ctx, from: Reference, blob: Blob, hook: Hook) -> Result<FileView, Failure> {
    let hook = super::desk::fitting(hook)?;
    let services = &ctx.services;
    let limits = Limits::read(&services.store().reader()).await?;
    let file = Reference {
        id: FileId(services.new_id()),
        blob: blob.id,
        hook,
        version: 0,
        name: from.name,
        by: ctx.actor.user(),
        by_name: ctx.actor.name.clone(),
        at: ctx.now(),
    };
    let ctx = ctx.clone();
    let write = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let mut file = file;
            let hook = file.hook.clone();
            let held = rights::add(&ctx, tx, &hook).await?;
            // As it is now: it may have been destroyed in between.
            if !files::hold(tx, file.blob).await? {
                return Err(Fault::new(Code::FileErased).into());
            }
            let there = files::of_case(tx, hook.case, hook.id).await?;
            let is_there = there.iter().any(|(_, other)| other.id == file.blob);
            let has = files::totals(tx, hook.case, hook.id).await?;
            limits.leaves(has, if is_there { 0 } else { blob.size })?;
            if let Some(slot) = &hook.slot {
                file.version = files::next_version(tx, hook.case, hook.id, slot).await?;
            }
            files::refer(tx, &file).await?;
            history::tell(&ctx, tx, &held, (&file, &blob, Told::Added)).await?;
            let mut entry = ctx.audit("file.add", object(&hook), "ok");
            entry.facts.insert("file".to_owned(), file.id.to_string());
            entry.facts.insert("from".to_owned(), from.id.to_string());
            store::audit::append(tx, std::slice::from_ref(&entry)).await?;
            Ok(FileView {
                may_remove: true,
                ..shown(&file, &blob)
            })
        })
    });
    write.await
}
