//! Photos of a form that is being filled in. The bytes go to `/photos/draft/{draft}` (a streamed route of the server).
//! Not here: showing a ticket's photos (`components::photos`).
//! Read next: `services::photos`, `browser::upload`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::ids::{DraftId, FileId};
use shared::ticket::view::AttachmentView;

use crate::error::AppError;

/// A new draft to hang photos on.
#[server(prefix = "/fn", endpoint = "photos/draft", input = Json, output = Json)]
pub async fn new_draft() -> Result<DraftId, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::photos::new_draft(&ctx).await)
}

/// The photos of a draft; none for a draft that does not exist any more.
#[server(prefix = "/fn", endpoint = "photos/list", input = Json, output = Json)]
pub async fn list(draft: DraftId) -> Result<Vec<AttachmentView>, AppError> {
    let ctx = crate::context::use_ctx()?;
    match services::photos::list(&ctx, draft).await {
        Err(fault) if fault.status() == 404 => Ok(Vec::new()),
        result => crate::error::settle(result),
    }
}

/// Takes a photo out of a draft.
#[server(prefix = "/fn", endpoint = "photos/remove", input = Json, output = Json)]
pub async fn remove(draft: DraftId, photo: FileId) -> Result<(), AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::photos::remove(&ctx, draft, photo).await)
}
