//! Uploads: begun where somebody may put a file, sent in parts of any length, gone on with after a broken connection, ended as a file.
//! What was acknowledged is on the disk: each part is synced before the row counts it, and a part that breaks off counts as far as it came.
//! Not here: what happens with complete bytes (`keep`), rights (`rights`), limits (`limits`).

use std::io;
use std::sync::Arc;

use futures::{Stream, StreamExt as _};
use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::file::{
    BeginUpload, FileCase, FileKind, FilePlace, FileView, Hook, UploadSent, UploadView,
};
use shared::ids::UploadId;
use store::files::{self, Upload};

use super::keep;
use super::limits::{Limits, OPEN};
use super::staging::{Folder, Staged};
use super::{object, rights};
use crate::context::Ctx;
use crate::fault::{Failure, Settle as _, disk};
use crate::watch::watched;

const HOUR: i64 = 3_600_000;
/// Bytes that are written at once.
const PIECE: usize = 256 * 1024;
/// After so many bytes a part is counted as far as it has come.
const COUNTED: u64 = 4 << 20;
/// Longest name that is kept, in characters.
const NAME: usize = 120;
/// Longest name of a material, in characters.
const SLOT: usize = 60;

/// Begins an upload.
///
/// # Errors
/// `not_found` or `access.denied` at the case; `file.kind`, `file.too_large`, `file.too_many`, `file.quota`; `rate.limited` with too many
/// under way; `storage.full`.
pub async fn begin(ctx: &Ctx, wanted: BeginUpload) -> Result<UploadView, Fault> {
    let what = object(&wanted.hook);
    let call = async { begun(ctx, wanted).await.settle(&ctx.services) };
    watched(ctx, "file.upload", what, call).await
}

async fn begun(ctx: &Ctx, wanted: BeginUpload) -> Result<UploadView, Failure> {
    ctx.ask(needs::FILES)?;
    let owner = ctx
        .actor
        .user()
        .ok_or_else(|| Fault::new(Code::SignedOut))?;
    let mut wanted = wanted;
    fits(&mut wanted)?;
    let services = &ctx.services;
    let db = services.store().reader();
    rights::add(ctx, &db, &wanted.hook).await?;
    let limits = Limits::read(&db).await?;
    let ending = wanted.name.rsplit_once('.').map_or("", |(_, end)| end);
    let kind = FileKind::of_ending(ending);
    let kind = kind.ok_or_else(|| limits.not_taken(&wanted.name))?;
    limits.takes(kind, wanted.size, &wanted.name)?;
    let has = files::totals(&db, wanted.hook.case, wanted.hook.id).await?;
    limits.leaves(has, wanted.size)?;
    if files::open_of(&db, owner).await? >= OPEN {
        return Err(Fault::new(Code::RateLimited).fact("minutes", 10).into());
    }
    let config = services.config();
    let room = u64::try_from(wanted.size).unwrap_or(0) >> 19;
    let free = u64::from(config.limits.free_mb).saturating_add(room);
    super::write::leaves_room(&config.data_dir, u32::try_from(free).unwrap_or(u32::MAX))?;
    let mut key = vec![0; super::staging::KEY];
    services.ids().fill(&mut key);
    let now = ctx.now();
    let upload = Upload {
        id: UploadId(crate::photos::random_id(services.ids())),
        owner,
        owner_name: ctx.actor.name.clone(),
        hook: wanted.hook,
        name: wanted.name,
        key,
        size: wanted.size,
        received: 0,
        file: None,
        made_at: now,
        expires_at: Instant(now.0 + limits.hours.max(1) * HOUR),
    };
    let view = view(&upload);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(files::begin(tx, &upload).await?) })
        })
        .await?;
    Ok(view)
}

/// Whether the caller may put a file there; asked before anything of a body is read.
///
/// # Errors
/// As `begin`.
pub async fn ask_to_add(ctx: &Ctx, hook: &Hook) -> Result<(), Fault> {
    let call = async {
        ctx.ask(needs::FILES)?;
        let db = ctx.services.store().reader();
        let may = rights::add(ctx, &db, hook).await;
        may.map(drop).settle(&ctx.services)
    };
    watched(ctx, "file.upload", object(hook), call).await
}

/// Takes a file in one go, of which nobody says beforehand how long it is: a form without script.
///
/// # Errors
/// As `begin` and `append`; nothing is left of what broke off.
pub async fn put<S, B>(ctx: &Ctx, hook: Hook, name: &str, body: S) -> Result<FileView, Fault>
where
    S: Stream<Item = io::Result<B>> + Send,
    B: AsRef<[u8]> + Send,
{
    let limits = Limits::read(&ctx.services.store().reader()).await;
    let limits = limits.settle(&ctx.services)?;
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = FileKind::of_ending(ending).ok_or_else(|| limits.not_taken(name))?;
    let wanted = BeginUpload {
        hook,
        name: name.to_owned(),
        size: limits.most(kind),
    };
    let upload = begin(ctx, wanted).await?;
    let put = put_whole(ctx, upload.id, body).await.settle(&ctx.services);
    match put {
        Ok(Some(file)) => Ok(file),
        failed => {
            drop_upload(ctx, upload.id).await.settle(&ctx.services)?;
            let fault = failed.err().unwrap_or_else(|| Fault::new(Code::Broken));
            Err(match fault.code {
                Code::BodyTooLarge => limits.too_large(kind),
                _ => fault,
            })
        }
    }
}

async fn put_whole<S, B>(ctx: &Ctx, id: UploadId, body: S) -> Result<Option<FileView>, Failure>
where
    S: Stream<Item = io::Result<B>> + Send,
    B: AsRef<[u8]> + Send,
{
    let mut upload = own(ctx, id).await?;
    received(ctx, &mut upload, 0, body).await?;
    if upload.received == 0 {
        return Err(super::look::refused("empty", &upload.name).into());
    }
    upload.size = upload.received;
    let size = upload.size;
    let settled = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(files::ends_at(tx, id, size).await?) })
    });
    settled.await?;
    Ok(keep::ended(ctx, &mut upload).await?)
}

/// Names are one line without folders and marks; a place names what its kind of case has.
fn fits(wanted: &mut BeginUpload) -> Result<(), Fault> {
    wanted.name = plain_name(&wanted.name);
    if wanted.name.is_empty() {
        return Err(Fault::field("name", Code::InputRequired));
    }
    if wanted.size <= 0 {
        return Err(super::look::refused("empty", &wanted.name));
    }
    wanted.hook = fitting(wanted.hook.clone())?;
    Ok(())
}

/// A place that its kind of case has.
pub(super) fn fitting(mut hook: Hook) -> Result<Hook, Fault> {
    if let Some(slot) = &mut hook.slot {
        *slot = shared::input::line(slot);
        if slot.is_empty() || slot.chars().count() > SLOT {
            return Err(Fault::field("slot", Code::InputTooLong).fact("max", SLOT));
        }
    }
    let named = [
        hook.assignment.is_some(),
        hook.slot.is_some(),
        hook.task.is_some(),
        hook.event.is_some(),
    ];
    let is_case = matches!(hook.case, FileCase::Ticket | FileCase::Approval);
    let fits = match hook.place() {
        FilePlace::Case | FilePlace::Task | FilePlace::Event => is_case,
        FilePlace::Reply => hook.case == FileCase::Ticket,
        FilePlace::Slot => hook.case == FileCase::Approval,
        // These hang themselves.
        FilePlace::Photo | FilePlace::Result => false,
    };
    if fits && named.into_iter().filter(|named| *named).count() <= 1 {
        Ok(hook)
    } else {
        Err(Fault::field("hook", Code::InputCode))
    }
}

/// The sender's name without folders, control and direction characters.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_bad = |c: char| {
        c.is_control()
            || matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*' | ';')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}')
    };
    let clean: String = last.chars().filter(|c| !is_bad(*c)).collect();
    let clean = clean.trim_matches([' ', '.']);
    // The ending stays whatever is cut off.
    match clean.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 8 => {
            let stem: String = stem.chars().take(NAME).collect();
            format!("{}.{ending}", stem.trim_end_matches([' ', '.']))
        }
        _ => clean.chars().take(NAME).collect(),
    }
}

/// Where an upload stands.
///
/// # Errors
/// `not_found` for one that is over, somebody else's, or of a case that the caller does not reach any more.
pub async fn state(ctx: &Ctx, id: UploadId) -> Result<UploadView, Fault> {
    let call = async {
        let upload = own(ctx, id).await.settle(&ctx.services)?;
        Ok(view(&upload))
    };
    watched(ctx, "file.upload", format!("upload:{id}"), call).await
}

/// The caller's own upload; the rights of its case are asked each time.
async fn own(ctx: &Ctx, id: UploadId) -> Result<Upload, Failure> {
    ctx.ask(needs::FILES)?;
    let db = ctx.services.store().reader();
    let upload = files::find_upload(&db, id).await?;
    let upload = upload
        .filter(|upload| ctx.actor.user() == Some(upload.owner) && upload.expires_at > ctx.now())
        .ok_or_else(Fault::missing)?;
    if upload.file.is_none() {
        rights::add(ctx, &db, &upload.hook).await?;
    }
    Ok(upload)
}

/// Takes the next part; with the last one the file is checked, sealed and hung on its case. The last part sent again gives the same file.
///
/// # Errors
/// `file.offset` when the part does not begin where the upload stands; `file.held` while another part is on its way; `input.body` for one
/// that broke off, of which what came is kept; and what `keep` says of the whole, with which the upload is over.
pub async fn append<S, B>(
    ctx: &Ctx,
    id: UploadId,
    offset: i64,
    body: S,
) -> Result<UploadSent, Fault>
where
    S: Stream<Item = io::Result<B>> + Send,
    B: AsRef<[u8]> + Send,
{
    let call = async {
        let mut upload = own(ctx, id).await.settle(&ctx.services)?;
        if upload.file.is_none() {
            received(ctx, &mut upload, offset, body)
                .await
                .settle(&ctx.services)?;
        } else if offset != upload.size {
            return Err(elsewhere(&upload));
        }
        let file = keep::ended(ctx, &mut upload).await?;
        Ok(UploadSent {
            upload: view(&upload),
            file,
        })
    };
    watched(ctx, "file.upload", format!("upload:{id}"), call).await
}

fn elsewhere(upload: &Upload) -> Fault {
    Fault::new(Code::FileOffset).fact("offset", upload.received)
}

/// Takes the staged file for this request.
pub(super) async fn take(ctx: &Ctx, upload: &Upload) -> Result<Arc<Staged>, Failure> {
    let folder = Folder::below(&ctx.services.config().data_dir);
    let (id, key) = (upload.id, upload.key.clone());
    let taken = tokio::task::spawn_blocking(move || folder.take(id, &key)).await;
    Ok(Arc::new(taken.map_err(anyhow::Error::new)??))
}

async fn received<S, B>(ctx: &Ctx, upload: &mut Upload, offset: i64, body: S) -> Result<(), Failure>
where
    S: Stream<Item = io::Result<B>> + Send,
    B: AsRef<[u8]> + Send,
{
    if offset != upload.received {
        return Err(elsewhere(upload).into());
    }
    let mut part = Part {
        ctx,
        staged: take(ctx, upload).await?,
        at: u64::try_from(offset).unwrap_or(0),
        waiting: Vec::with_capacity(PIECE),
    };
    // Somebody may have been faster until the file was ours.
    let now = files::find_upload(&ctx.services.store().reader(), upload.id).await?;
    if now.is_none_or(|now| now.received != upload.received || now.file.is_some()) {
        return Err(elsewhere(upload).into());
    }
    let mut body = std::pin::pin!(body);
    let mut trouble = None;
    while let Some(bytes) = body.next().await {
        let Ok(bytes) = bytes else {
            trouble = Some(Fault::new(Code::InputBody).fact("detail", "file"));
            break;
        };
        let bytes = bytes.as_ref();
        if part.end() + bytes.len() as u64 > u64::try_from(upload.size).unwrap_or(0) {
            trouble = Some(Fault::new(Code::BodyTooLarge));
            break;
        }
        part.push(bytes).await?;
        if part.at >= upload.received.unsigned_abs() + COUNTED {
            part.count(upload).await?;
        }
    }
    part.write().await?;
    part.count(upload).await?;
    match trouble {
        Some(fault) => Err(fault.into()),
        None => Ok(()),
    }
}

/// A part while it comes in.
struct Part<'a> {
    ctx: &'a Ctx,
    staged: Arc<Staged>,
    /// Where the next piece is written.
    at: u64,
    waiting: Vec<u8>,
}

impl Part<'_> {
    fn end(&self) -> u64 {
        self.at + self.waiting.len() as u64
    }

    async fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        for piece in bytes.chunks(PIECE) {
            self.waiting.extend_from_slice(piece);
            if self.waiting.len() >= PIECE {
                self.write().await?;
            }
        }
        Ok(())
    }

    async fn write(&mut self) -> Result<(), Failure> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE));
        let (staged, at) = (Arc::clone(&self.staged), self.at);
        self.at = self.end() + piece.len() as u64;
        let written = tokio::task::spawn_blocking(move || staged.write(at, piece)).await;
        let written = written.map_err(anyhow::Error::new)?;
        written.map_err(|error| disk(error, "staging a file"))
    }

    /// What is written goes to the disk, and then the row counts it.
    async fn count(&self, upload: &mut Upload) -> Result<(), Failure> {
        let to = i64::try_from(self.at).unwrap_or(i64::MAX);
        let (id, from) = (upload.id, upload.received);
        if to == from {
            return Ok(());
        }
        let staged = Arc::clone(&self.staged);
        let synced = tokio::task::spawn_blocking(move || staged.sync()).await;
        let synced = synced.map_err(anyhow::Error::new)?;
        synced.map_err(|error| disk(error, "staging a file"))?;
        let counted = self.ctx.services.store().write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(files::advance(tx, id, from, to).await?) })
        });
        if !counted.await? {
            return Err(elsewhere(upload).into());
        }
        upload.received = to;
        Ok(())
    }
}

/// Gives an upload up; what was staged goes with it.
///
/// # Errors
/// As `state`.
pub async fn give_up(ctx: &Ctx, id: UploadId) -> Result<(), Fault> {
    let call = async {
        let upload = own(ctx, id).await?;
        if upload.file.is_none() {
            drop_upload(ctx, id).await?;
        }
        Ok::<(), Failure>(())
    };
    let call = async { call.await.settle(&ctx.services) };
    watched(ctx, "file.upload", format!("upload:{id}"), call).await
}

/// Takes away row, key and staged bytes.
pub(super) async fn drop_upload(ctx: &Ctx, id: UploadId) -> Result<(), Failure> {
    let services = &ctx.services;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(files::give_up(tx, &[id]).await.map(drop)?) })
        })
        .await?;
    let folder = Folder::below(&services.config().data_dir);
    let dropped = tokio::task::spawn_blocking(move || folder.drop_file(id)).await;
    Ok(dropped.map_err(anyhow::Error::new)?)
}

fn view(upload: &Upload) -> UploadView {
    UploadView {
        id: upload.id,
        offset: upload.received,
        size: upload.size,
        expires_at: upload.expires_at,
        file: upload.file,
    }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_cannot_lead_anywhere() {
        let long = format!("{}.pdf", "长".repeat(500));
        for (name, expected) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\资料\\意见 1.docx", "意见 1.docx"),
            ("a\u{202E}fdp.exe", "afdp.exe"),
            ("x\r\nSet-Cookie: a=b.pdf", "xSet-Cookie a=b.pdf"),
            ("...", ""),
            ("\0", ""),
            (".htaccess", "htaccess"),
        ] {
            assert_eq!(plain_name(name), expected, "{name:?}");
        }
        assert_eq!(plain_name(&long).chars().count(), 124);
    }
}
