//! Photos: files that hang on a draft while a form is filled in and go to the ticket with it (`store::drafts`).
//! What is kept is a clean copy that we encoded ourselves, sealed as every file; what came in is thrown away.
//! Not here: checking a picture (`image`), sealing (`files::write`), those of earlier releases (`older`), headers of the answer (`server/web/files`).

mod folder;
mod image;
mod incoming;
pub(crate) mod older;
mod open;

use std::io;

use futures::Stream;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::file::{FileCase, FileKind, Hook};
use shared::ids::{BlobId, DraftId, FileId, TicketId};
use shared::ticket::view::AttachmentView;
use store::drafts::Draft;
use store::files::{self, Blob, Reference};
use uuid::Uuid;

use crate::context::{Ctx, Ids, Services};
use crate::fault::{Failure, Settle, disk};
use crate::files::write::{self, Clear};
use crate::tries::{self, Try};

pub use folder::Folder;
pub(crate) use folder::modified;
pub(crate) use image::clean;
pub use image::{MAX_PIXELS, MAX_SIDE};
use incoming::Incoming;
pub use incoming::MAX_BYTES;
pub(crate) use open::of_ticket as sees_ticket;
pub use open::{PhotoFile, Size, open, open_own, open_public, open_public_sized, open_sized};

/// Photos of one form.
pub const MAX_PHOTOS: usize = 9;
/// How long a draft is kept.
pub use shared::command::DRAFT_DAYS;
/// Longest file name that is kept, in characters.
const MAX_NAME: usize = 80;

/// Begins a form to which photos can be uploaded. A signed-in person's form is theirs, a visitor's belongs to the device.
///
/// # Errors
/// `session.signed_out` for somebody who is neither signed in nor known by a device: nobody could use the form.
/// `rate.limited` for too many drafts in a minute.
pub async fn new_draft(ctx: &Ctx) -> Result<DraftId, Fault> {
    tries::count(ctx, Try::Draft).await?;
    let now = ctx.now();
    let device = match ctx.actor.user() {
        Some(_) => None,
        None => Some(
            ctx.device_mac()
                .ok_or_else(|| Fault::new(Code::SignedOut))?,
        ),
    };
    let draft = Draft {
        id: DraftId(random_id(ctx.services.ids())),
        owner: ctx.actor.user(),
        device,
        created_at: now,
        expires_at: Instant(now.0 + DRAFT_DAYS * 86_400_000),
    };
    let id = draft.id;
    let write = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(store::drafts::begin(tx, &draft).await?) })
    });
    write.await.settle(&ctx.services)?;
    Ok(id)
}

/// Ids of drafts and photos are secrets of a kind: fully random, not by time.
pub(crate) fn random_id(ids: &dyn Ids) -> Uuid {
    let mut bytes = [0_u8; 16];
    ids.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The photos of a draft in the order of their upload.
pub async fn list(ctx: &Ctx, draft: DraftId) -> Result<Vec<AttachmentView>, Fault> {
    own_form(ctx, draft).await?;
    let db = ctx.services.store().reader();
    let photos = files::pictures(&db, FileCase::Form, draft.0).await;
    Ok(photos.settle(&ctx.services)?.iter().map(view).collect())
}

/// Takes a photo: written to the disk as it comes, checked, encoded anew, sealed, and then entered.
///
/// # Errors
/// `not_found` for a draft that is not (or no longer) there, `photo.too_many`, `photo.too_large`, `photo.type`, `photo.dimensions`;
/// `rate.limited` for too many photos in a minute or megabytes in a day, `storage.full` when the disk has no room to spare.
pub async fn upload<S, B>(
    ctx: &Ctx,
    draft: DraftId,
    name: String,
    body: S,
) -> Result<AttachmentView, Fault>
where
    S: Stream<Item = io::Result<B>> + Send,
    B: AsRef<[u8]> + Send,
{
    let services = &ctx.services;
    let taken = list(ctx, draft).await?;
    if taken.len() >= MAX_PHOTOS {
        return Err(too_many());
    }
    tries::count(ctx, Try::Photo).await?;
    let config = services.config();
    write::leaves_room(&config.data_dir, config.limits.free_mb).settle(services)?;
    let id = FileId(random_id(services.ids()));
    let stem = id.0.simple().to_string();
    let incoming = incoming::receive(services, stem, body).await;
    let incoming = incoming.settle(services)?;
    tries::count_bytes(ctx, incoming.bytes()).await?;
    let kept = clean_and_keep(services, incoming).await.settle(services);
    let kept = kept.map_err(|fault| of_photo(fault, &name))?;
    let photo = Reference {
        id,
        blob: kept.whole.0.id,
        hook: Hook::photo(draft),
        version: 0,
        name: file_name(&name, kept.whole.0.kind),
        by: ctx.actor.user(),
        by_name: ctx
            .actor
            .user()
            .map_or_else(String::new, |_| ctx.actor.name.clone()),
        at: ctx.now(),
    };
    let view = view(&(photo.clone(), kept.whole.0.clone()));
    let paths = [kept.whole.0.path.clone(), kept.small.0.path.clone()];
    let entered = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { enter(tx, draft, &photo, &kept).await })
        })
        .await;
    if let Err(failure) = &entered {
        write::undo(services, Some(failure), &paths).await;
    }
    entered.settle(services)?;
    Ok(view)
}

/// Which photo a fault is about, where several are sent together.
fn of_photo(fault: Fault, name: &str) -> Fault {
    let name: String = shared::input::line(name).chars().take(60).collect();
    if name.is_empty() || fault.incident.is_some() {
        fault
    } else {
        fault.fact("name", name)
    }
}

/// Two uploads at once may both have seen eight photos: counted again inside the transaction.
async fn enter(
    tx: &store::Tx,
    draft: DraftId,
    photo: &Reference,
    kept: &Kept,
) -> Result<(), Failure> {
    if !store::drafts::lock(tx, draft).await? {
        return Err(Fault::missing().into());
    }
    // Whose the form is was asked before the photo was read; its owner never changes.
    let there = files::pictures(tx, FileCase::Form, draft.0).await?;
    if there.len() >= MAX_PHOTOS {
        return Err(too_many().into());
    }
    for (blob, key) in [&kept.whole, &kept.small] {
        files::put(tx, blob, key).await?;
    }
    Ok(files::refer(tx, photo).await?)
}

fn too_many() -> Fault {
    Fault::new(Code::PhotoTooMany).fact("max", MAX_PHOTOS)
}

/// A photo and its small one, sealed, each with its key.
#[derive(Clone)]
struct Kept {
    whole: (Blob, Vec<u8>),
    small: (Blob, Vec<u8>),
}

async fn clean_and_keep(services: &Services, incoming: Incoming) -> Result<Kept, Failure> {
    let clean = cleaned(services, incoming).await?;
    let kind = match clean.media_type {
        "image/png" => FileKind::Png,
        _ => FileKind::Jpeg,
    };
    let id = BlobId(services.new_id());
    let (whole, key) = write::sealed(services, id, &Clear::of(kind, clean.bytes)).await?;
    let whole = Blob {
        width: Some(clean.width.into()),
        height: Some(clean.height.into()),
        ..whole
    };
    match older::small_picture(services, id, clean.thumbnail).await {
        Ok(small) => Ok(Kept {
            whole: (whole, key),
            small,
        }),
        Err(failure) => {
            write::undo(services, None, &[whole.path]).await;
            Err(failure)
        }
    }
}

async fn cleaned(services: &Services, incoming: Incoming) -> Result<image::Clean, Failure> {
    let gate = services.gates().photos.0.clone();
    let permit = gate.acquire_owned().await.map_err(anyhow::Error::new)?;
    let work = move || {
        let _permit = permit;
        let bytes = incoming.read();
        let bytes = bytes.map_err(|error| disk(error, "reading a photo"))?;
        drop(incoming);
        image::clean(&bytes).map_err(|code| {
            let kind = if bytes.get(4..8) == Some(b"ftyp") {
                "heic"
            } else {
                "other"
            };
            let fault = Fault::new(code)
                .fact("kind", kind)
                .fact("max_side", MAX_SIDE)
                .fact("max_megapixels", MAX_PIXELS / 1_000_000);
            Failure::from(fault)
        })
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) if error.is_panic() => {
            tracing::warn!("a photo made the decoder fail; it was refused");
            Err(Fault::new(Code::PhotoType).into())
        }
        Err(error) => Err(anyhow::Error::new(error).into()),
    }
}

/// Takes a photo out of a draft again, and destroys it.
pub async fn remove(ctx: &Ctx, draft: DraftId, photo: FileId) -> Result<(), Fault> {
    own_form(ctx, draft).await?;
    let services = &ctx.services;
    let removed = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let found = files::find(tx, photo).await?;
            let hangs = |file: &Reference| file.hook == Hook::photo(draft);
            let Some((file, blob)) = found.filter(|(file, _)| hangs(file)) else {
                // Removing twice is as good as once.
                return Ok(files::Freed::default());
            };
            if !files::drop_one(tx, &file).await? {
                return Ok(files::Freed::default());
            }
            Ok(files::release(tx, &[blob.id]).await?)
        })
    });
    let freed = removed.await.settle(services)?;
    write::let_go(services, freed).await;
    Ok(())
}

/// Whether the form is the caller's.
///
/// # Errors
/// `not_found` for somebody else's, and one that is over.
pub(crate) async fn own_form(ctx: &Ctx, draft: DraftId) -> Result<(), Fault> {
    let found = store::drafts::find(&ctx.services.store().reader(), draft).await;
    own_draft(ctx, found.settle(&ctx.services)?)
}

/// Whose a form is: the one question before anything is shown, added, taken out or sent with it. Somebody else's is missing.
fn own_draft(ctx: &Ctx, draft: Option<Draft>) -> Result<(), Fault> {
    let is_own = |draft: &Draft| match (draft.owner, &draft.device) {
        (Some(owner), _) => ctx.actor.user() == Some(owner),
        (None, Some(device)) => ctx.device_mac().as_ref() == Some(device),
        (None, None) => false,
    };
    draft
        .filter(|draft| draft.expires_at > ctx.now() && is_own(draft))
        .map(drop)
        .ok_or_else(Fault::missing)
}

/// Finds the caller's own form and keeps it from others until the transaction ends.
///
/// # Errors
/// `photo.draft_gone` at the photos when it has expired, was sent already or is somebody else's.
pub(crate) async fn claim_draft(tx: &store::Tx, ctx: &Ctx, draft: DraftId) -> Result<(), Failure> {
    let gone = || Fault::field("photos", Code::PhotoDraftGone);
    own_draft(ctx, store::drafts::find(tx, draft).await?).map_err(|_| gone())?;
    if store::drafts::lock(tx, draft).await? {
        Ok(())
    } else {
        Err(gone().into())
    }
}

/// The key of the small picture that belongs to a photo.
pub(crate) fn thumbnail_key(key: &str) -> String {
    format!("{}.t.jpg", key.split('.').next().unwrap_or(key))
}

/// Removes a photo's files.
pub(crate) fn drop_files(folder: &Folder, key: &str) {
    folder.drop_file(key);
    folder.drop_file(&thumbnail_key(key));
}

/// The photos of a ticket that was loaded inside the caller's scope.
pub(crate) async fn of_seen(
    services: &Services,
    id: TicketId,
) -> Result<Vec<AttachmentView>, Fault> {
    let photos = files::pictures(&services.store().reader(), FileCase::Ticket, id.0).await;
    Ok(photos.settle(services)?.iter().map(view).collect())
}

fn view((file, blob): &(Reference, Blob)) -> AttachmentView {
    let side = |pixels: Option<i64>| pixels.and_then(|n| i32::try_from(n).ok()).unwrap_or(0);
    AttachmentView {
        id: file.id,
        name: file.name.clone(),
        media_type: blob.kind.media_type().to_owned(),
        size: blob.size,
        width: side(blob.width),
        height: side(blob.height),
        state: blob.state,
    }
}

/// The sender's name without folders, control and direction characters, and with the suffix of what is kept.
fn file_name(name: &str, kind: FileKind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let clean: String = stem
        .chars()
        .filter(|c| {
            !c.is_control()
                && !is_mark(*c)
                && !matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*' | ';')
        })
        .take(MAX_NAME)
        .collect();
    let clean = clean.trim_matches([' ', '.']);
    let suffix = if kind == FileKind::Png { "png" } else { "jpg" };
    if clean.is_empty() {
        format!("photo.{suffix}")
    } else {
        format!("{clean}.{suffix}")
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_only_names() {
        let cases = [
            ("IMG_1.JPG", "IMG_1.jpg"),
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\photos\\井盖 1.webp", "井盖 1.jpg"),
            ("a\u{202E}gpj.exe", "agpj.jpg"),
            ("x\r\nSet-Cookie: a=b.png", "xSet-Cookie a=b.jpg"),
            ("\"><script>.svg", "script.jpg"),
            ("", "photo.jpg"),
            ("...", "photo.jpg"),
            ("\0", "photo.jpg"),
        ];
        for (name, expected) in cases {
            assert_eq!(file_name(name, FileKind::Jpeg), expected, "{name:?}");
        }
        assert_eq!(
            file_name(&"长".repeat(500), FileKind::Png).chars().count(),
            MAX_NAME + 4
        );
    }

    #[test]
    fn a_photo_has_one_small_picture() {
        assert_eq!(thumbnail_key("ab12.png"), "ab12.t.jpg");
        assert_eq!(thumbnail_key("ab12.jpg"), "ab12.t.jpg");
    }
}
