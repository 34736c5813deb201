//! Opening a photo: for staff who see its ticket, for the citizen with number and code, for whoever fills in the form.
//! A photo outside one's scope is missing, not denied. Not here: headers (`server/web/photos`).
//! The bytes are ours (`image`), so the media type is what it says.

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::{AttachmentId, TicketId};
use shared::ticket::command::Lookup;
use store::attachments::Attachment;

use super::{Folder, own_draft, thumbnail_key};
use crate::context::{Ctx, Services};
use crate::fault::Settle;
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
pub async fn open(ctx: &Ctx, id: AttachmentId) -> Result<PhotoFile, Fault> {
    open_sized(ctx, id, Size::Whole).await
}

/// The same in a size.
pub async fn open_sized(ctx: &Ctx, id: AttachmentId, size: Size) -> Result<PhotoFile, Fault> {
    watched(
        ctx,
        "photo.read",
        format!("photo:{id}"),
        found(ctx, id, size),
    )
    .await
}

async fn found(ctx: &Ctx, id: AttachmentId, size: Size) -> Result<PhotoFile, Fault> {
    let photo = find(&ctx.services, id).await?;
    match (photo.ticket, photo.draft) {
        (Some(ticket), _) => of_ticket(ctx, ticket, "photo.read").await?,
        (None, Some(draft)) => own_draft(
            ctx,
            store::attachments::find_draft(&ctx.services.store().reader(), draft)
                .await
                .settle(&ctx.services)?,
        )?,
        (None, None) => return Err(Fault::missing()),
    }
    read(&ctx.services, photo, size).await
}

/// The ticket lies in the scope, and a unit still has a part in it: to one that was returned or recalled its photos are missing.
pub(crate) async fn of_ticket(ctx: &Ctx, ticket: TicketId, action: &str) -> Result<(), Fault> {
    let db = ctx.services.store().reader();
    // To somebody without the right a photo is missing, as its ticket is.
    let scope = ctx.reach(needs::TICKETS).map_err(|_| Fault::missing())?;
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
    looked(ctx, action, &found).await
}

/// A photo of the ticket that number and code open.
pub async fn open_public(ctx: &Ctx, lookup: Lookup, id: AttachmentId) -> Result<PhotoFile, Fault> {
    open_public_sized(ctx, lookup, id, Size::Whole).await
}

/// The same in a size.
pub async fn open_public_sized(
    ctx: &Ctx,
    lookup: Lookup,
    id: AttachmentId,
    size: Size,
) -> Result<PhotoFile, Fault> {
    let case = match own_case(ctx, &lookup).await {
        Ok((_, case)) => case,
        Err(fault) if fault.code == Code::LookupWrong => return Err(Fault::missing()),
        Err(fault) => return Err(fault),
    };
    let photo = find(&ctx.services, id).await?;
    if photo.ticket != Some(case.ticket.id) {
        return Err(Fault::missing());
    }
    read(&ctx.services, photo, size).await
}

async fn find(services: &Services, id: AttachmentId) -> Result<Attachment, Fault> {
    store::attachments::find(&services.store().reader(), id)
        .await
        .settle(services)?
        .ok_or_else(Fault::missing)
}

async fn read(services: &Services, photo: Attachment, size: Size) -> Result<PhotoFile, Fault> {
    let (key, media_type) = match size {
        Size::Whole => (photo.path.clone(), photo.media_type),
        Size::Small => (thumbnail_key(&photo.path), "image/jpeg".to_owned()),
    };
    let path = Folder::below(&services.config().data_dir)
        .path(&key)
        .ok_or_else(|| anyhow::anyhow!("the row of photo {} names an impossible file", photo.id))
        .settle(services)?;
    let bytes = tokio::fs::read(&path)
        .await
        .map_err(|error| {
            anyhow::Error::new(error).context(format!("the file of photo {}", photo.id))
        })
        .settle(services)?;
    Ok(PhotoFile {
        name: photo.name,
        media_type,
        bytes,
    })
}
