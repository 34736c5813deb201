//! Opening a photo: for staff who see its ticket, for the citizen with number and code, for whoever fills in the form.
//! A photo outside one's scope is missing, not denied. Not here: headers (`server/web/photos`).
//! The bytes are ours (`image`), so the media type is what it says.

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::file::{FileCase, FileKind, FilePlace};
use shared::ids::{DraftId, FileId, TicketId};
use shared::ticket::command::Lookup;
use store::files::{self, Blob, Reference};

use super::{older, own_form, thumbnail_key};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::public::own_case;
use crate::watch::{looked, watched};

/// A photo as it is sent.
#[derive(Debug, Clone)]
pub struct PhotoFile {
    /// Name for saving.
    pub name: String,
    /// `image/jpeg` or `image/png`.
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// The whole photo, or the small one for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    #[default]
    Whole,
    /// At most 320 pixels a side, JPEG.
    Small,
}

/// A photo of a ticket in the actor's scope, or of a draft that the actor may fill in.
pub async fn open(ctx: &Ctx, id: FileId) -> Result<PhotoFile, Fault> {
    open_sized(ctx, id, Size::Whole).await
}

/// The same in a size.
pub async fn open_sized(ctx: &Ctx, id: FileId, size: Size) -> Result<PhotoFile, Fault> {
    watched(
        ctx,
        "photo.read",
        format!("photo:{id}"),
        found(ctx, id, size),
    )
    .await
}

async fn found(ctx: &Ctx, id: FileId, size: Size) -> Result<PhotoFile, Fault> {
    let photo = find(&ctx.services, id).await?;
    let hook = &photo.0.hook;
    match hook.case {
        FileCase::Ticket => of_ticket(ctx, TicketId(hook.id), "photo.read").await?,
        FileCase::Form => own_form(ctx, DraftId(hook.id)).await?,
        FileCase::Approval | FileCase::Job | FileCase::Message => return Err(Fault::missing()),
    }
    read(&ctx.services, photo, size).await
}

/// The ticket lies in the scope, and a unit still has a part in it: to one that was returned or recalled its photos are missing.
pub(crate) async fn of_ticket(ctx: &Ctx, ticket: TicketId, action: &str) -> Result<(), Fault> {
    // To somebody without the right a photo is missing, as its ticket is.
    let scope = ctx.reach(needs::TICKETS).map_err(|_| Fault::missing())?;
    let db = ctx.services.store().reader().under(&scope);
    let found = store::tickets::get(&db, &scope, ticket)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?;
    let live = store::tickets::case::live_parts(&db, &scope, &[ticket])
        .await
        .settle(&ctx.services)?;
    if !live.contains(&ticket) {
        return Err(Fault::missing());
    }
    looked(ctx, action, &found, false).await
}

/// A photo of the ticket that number and code open.
pub async fn open_public(ctx: &Ctx, lookup: Lookup, id: FileId) -> Result<PhotoFile, Fault> {
    open_public_sized(ctx, lookup, id, Size::Whole).await
}

/// The same in a size.
pub async fn open_public_sized(
    ctx: &Ctx,
    lookup: Lookup,
    id: FileId,
    size: Size,
) -> Result<PhotoFile, Fault> {
    let case = match own_case(ctx, &lookup).await {
        Ok((_, case)) => case,
        Err(fault) if fault.code == Code::LookupWrong => return Err(Fault::missing()),
        Err(fault) => return Err(fault),
    };
    let photo = find(&ctx.services, id).await?;
    let hook = &photo.0.hook;
    if hook.case != FileCase::Ticket || hook.id != case.ticket.id.0 {
        return Err(Fault::missing());
    }
    read(&ctx.services, photo, size).await
}

/// A photo of a citizen's own ticket, for the citizen who has signed in.
///
/// # Errors
/// `not_found` for a visitor and for what is none of theirs.
pub async fn open_own(ctx: &Ctx, id: FileId, size: Size) -> Result<PhotoFile, Fault> {
    let known = ctx.citizen.as_ref().ok_or_else(Fault::missing)?;
    let photo = find(&ctx.services, id).await?;
    let hook = &photo.0.hook;
    let db = ctx.services.store().reader();
    let is_own = match hook.case {
        FileCase::Ticket => {
            let claim = crate::citizens::claim(ctx, known);
            store::tickets::case::is_own(&db, TicketId(hook.id), &claim)
                .await
                .settle(&ctx.services)?
        }
        _ => false,
    };
    if is_own {
        read(&ctx.services, photo, size).await
    } else {
        Err(Fault::missing())
    }
}

/// A photo; files of other kinds are never shown.
async fn find(services: &Services, id: FileId) -> Result<(Reference, Blob), Fault> {
    let found = files::find(&services.store().reader(), id).await;
    let found = found.settle(services)?;
    let found = found.filter(|(file, _)| file.hook.place() == FilePlace::Photo);
    found.ok_or_else(Fault::missing)
}

async fn read(
    services: &Services,
    (file, blob): (Reference, Blob),
    size: Size,
) -> Result<PhotoFile, Fault> {
    crate::files::is_ready(&blob)?;
    let bytes = match size {
        Size::Whole => crate::files::whole(services, &blob).await,
        Size::Small => small(services, &blob).await,
    };
    let bytes = bytes.settle(services)?;
    let media_type = match size {
        Size::Whole => blob.kind.media_type(),
        Size::Small => FileKind::Jpeg.media_type(),
    };
    Ok(PhotoFile {
        name: file.name,
        media_type: media_type.to_owned(),
        bytes: bytes.ok_or_else(|| Fault::new(Code::FileErased))?,
    })
}

async fn small(services: &Services, blob: &Blob) -> Result<Option<Vec<u8>>, Failure> {
    if let Some(path) = &blob.open_path {
        return older::read(services, &thumbnail_key(path)).await.map(Some);
    }
    let small = files::small_of(&services.store().reader(), blob.id).await?;
    match small {
        Some(small) => crate::files::whole(services, &small).await,
        None => Ok(None),
    }
}
