//! Photos: they hang on a draft while a form is filled in and go to the ticket with it (`store::attachments`).
//! What is kept is a clean copy that we encoded ourselves; what came in is thrown away.
//! Not here: checking a picture (`image`), files (`folder`), headers of the answer (`server/web/files`).

mod folder;
mod image;
mod open;

use std::io;

use futures::Stream;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{AttachmentId, DraftId};
use shared::ticket::view::AttachmentView;
use store::StoreError;
use store::attachments::{Attachment, Draft};
use uuid::Uuid;

use crate::context::{Ctx, Ids, Services};
use crate::fault::{Failure, Settle, disk};
use crate::tries::{self, Try};

pub(crate) use folder::leaves_room;
pub use folder::{Folder, MAX_BYTES};
pub(crate) use image::clean;
pub use image::{MAX_PIXELS, MAX_SIDE};
pub(crate) use open::of_ticket as sees_ticket;
pub use open::{PhotoFile, Size, open, open_public, open_public_sized, open_sized};

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
        Box::pin(async move { Ok(store::attachments::new_draft(tx, &draft).await?) })
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
    let db = ctx.services.store().reader();
    own_draft(
        ctx,
        store::attachments::find_draft(&db, draft)
            .await
            .settle(&ctx.services)?,
    )?;
    let photos = store::attachments::of_draft(&db, draft)
        .await
        .settle(&ctx.services)?;
    Ok(photos.iter().map(view).collect())
}

/// Takes a photo: written to the disk as it comes, checked, encoded anew, kept, and then entered.
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
    let taken = list(ctx, draft).await?;
    if taken.len() >= MAX_PHOTOS {
        return Err(too_many());
    }
    tries::count(ctx, Try::Photo).await?;
    let data_dir = ctx.services.config().data_dir.clone();
    folder::leaves_room(&data_dir, ctx.services.config().limits.free_mb).settle(&ctx.services)?;
    let id = AttachmentId(random_id(ctx.services.ids()));
    let folder = Folder::below(&data_dir);
    let stem = id.0.simple().to_string();
    let incoming = folder.receive(&stem, body).await.settle(&ctx.services)?;
    tries::count_bytes(ctx, incoming.bytes())?;
    let kept = clean_and_keep(&ctx.services, folder.clone(), stem, incoming)
        .await
        .settle(&ctx.services)
        .map_err(|fault| of_photo(fault, &name))?;
    let photo = Attachment {
        id,
        draft: Some(draft),
        ticket: None,
        name: file_name(&name, kept.media_type),
        media_type: kept.media_type.to_owned(),
        size: kept.size,
        width: kept.width,
        height: kept.height,
        sha256: kept.sha256,
        path: kept.key.clone(),
        uploaded_at: ctx.now(),
        uploaded_by: ctx.actor.user(),
    };
    let view = view(&photo);
    let entered = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| Box::pin(async move { enter(tx, draft, &photo).await }))
        .await;
    // When the outcome is unknown the row may come yet: the files stay, and the sweep takes them tomorrow if it has not come.
    let is_unknown = matches!(&entered, Err(Failure::Store(StoreError::Unknown(_))));
    if entered.is_err() && !is_unknown {
        // Nobody knows the file yet. Should the answer have been lost all the same, the sweep leaves files with a row alone.
        let known = store::attachments::find(&ctx.services.store().reader(), id).await;
        if matches!(known, Ok(None)) {
            drop_files(&folder, &kept.key);
        }
    }
    entered.settle(&ctx.services)?;
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
async fn enter(tx: &store::Tx, draft: DraftId, photo: &Attachment) -> Result<(), Failure> {
    if !store::attachments::lock_draft(tx, draft).await? {
        return Err(Fault::missing().into());
    }
    // Whose the form is was asked before the photo was read; its owner never changes.
    if store::attachments::of_draft(tx, draft).await?.len() >= MAX_PHOTOS {
        return Err(too_many().into());
    }
    Ok(store::attachments::insert(tx, photo).await?)
}

fn too_many() -> Fault {
    Fault::new(Code::PhotoTooMany).fact("max", MAX_PHOTOS)
}

struct Kept {
    key: String,
    media_type: &'static str,
    size: i64,
    width: i32,
    height: i32,
    sha256: Vec<u8>,
}

async fn clean_and_keep(
    services: &Services,
    folder: Folder,
    stem: String,
    incoming: folder::Incoming,
) -> Result<Kept, Failure> {
    let permit = services
        .gates()
        .photos
        .0
        .clone()
        .acquire_owned()
        .await
        .map_err(anyhow::Error::new)?;
    let work = move || {
        let _permit = permit;
        let bytes = incoming
            .read()
            .map_err(|error| disk(error, "reading a photo"))?;
        drop(incoming);
        let clean = image::clean(&bytes).map_err(|code| {
            let kind = if bytes.get(4..8) == Some(b"ftyp") {
                "heic"
            } else {
                "other"
            };
            Fault::new(code)
                .fact("kind", kind)
                .fact("max_side", MAX_SIDE)
                .fact("max_megapixels", MAX_PIXELS / 1_000_000)
        })?;
        let key = format!(
            "{stem}.{}",
            if clean.media_type == "image/png" {
                "png"
            } else {
                "jpg"
            }
        );
        folder.keep(&thumbnail_key(&key), &clean.thumbnail)?;
        if let Err(failure) = folder.keep(&key, &clean.bytes) {
            drop_files(&folder, &key);
            return Err(failure);
        }
        Ok(Kept {
            key,
            media_type: clean.media_type,
            size: clean.bytes.len() as i64,
            width: clean.width as i32,
            height: clean.height as i32,
            sha256: aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &clean.bytes)
                .as_ref()
                .to_vec(),
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

/// Takes a photo out of a draft again, its files as well.
pub async fn remove(ctx: &Ctx, draft: DraftId, photo: AttachmentId) -> Result<(), Fault> {
    let db = ctx.services.store().reader();
    own_draft(
        ctx,
        store::attachments::find_draft(&db, draft)
            .await
            .settle(&ctx.services)?,
    )?;
    let removed = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(
                async move { Ok(store::attachments::remove_from_draft(tx, draft, photo).await?) },
            )
        })
        .await
        .settle(&ctx.services)?;
    // Removing twice is as good as once.
    if let Some(photo) = removed {
        drop_files(&Folder::below(&ctx.services.config().data_dir), &photo.path);
    }
    Ok(())
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
    own_draft(ctx, store::attachments::find_draft(tx, draft).await?).map_err(|_| gone())?;
    if store::attachments::lock_draft(tx, draft).await? {
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

fn view(photo: &Attachment) -> AttachmentView {
    AttachmentView {
        id: photo.id,
        name: photo.name.clone(),
        media_type: photo.media_type.clone(),
        size: photo.size,
        width: photo.width,
        height: photo.height,
    }
}

/// The sender's name without folders, control and direction characters, and with the suffix of what is kept.
fn file_name(name: &str, media_type: &str) -> String {
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
    let suffix = if media_type == "image/png" {
        "png"
    } else {
        "jpg"
    };
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
            assert_eq!(file_name(name, "image/jpeg"), expected, "{name:?}");
        }
        assert_eq!(
            file_name(&"长".repeat(500), "image/png").chars().count(),
            MAX_NAME + 4
        );
    }

    #[test]
    fn a_photo_has_one_small_picture() {
        assert_eq!(thumbnail_key("ab12.png"), "ab12.t.jpg");
        assert_eq!(thumbnail_key("ab12.jpg"), "ab12.t.jpg");
    }
}
