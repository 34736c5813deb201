//! Photos: uploaded one by one under a draft, shown to staff in scope and to the citizen who follows the ticket.
//! Deliberately absent: what a good photo is and who may see it (`services::photos`).
//! Every answer is asked for anew (no-store), cannot be taken for anything but an image, and runs nothing (sandbox).

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Extension, FromRequest, Multipart, Path, Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt;
use serde::Deserialize;
use services::{Ctx, photos};
use shared::{
    fault::{Code, Fault},
    ids::{DraftId, FileId},
    ticket::view::AttachmentView,
};

use crate::web::{
    Web,
    bounds::{self, budget::Held},
    dress,
    edge::Facts,
    posted, visit,
};

/// Nothing runs inside an answer that is a file.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// `POST /photos/draft/{draft}`: one photo as the file of a multipart form; answers with its description.
/// Drafts are made, listed and cleared by server functions.
pub async fn upload(
    Extension(ctx): Extension<Ctx>,
    Path(draft): Path<String>,
    request: Request,
) -> Response {
    match store(&ctx, &draft, request).await {
        Ok(photo) => (StatusCode::CREATED, Json(photo)).into_response(),
        Err(fault) => dress::json(&fault, ctx.locale),
    }
}

async fn store(ctx: &Ctx, draft: &str, request: Request) -> Result<AttachmentView, Fault> {
    let draft: DraftId = draft.parse()?;
    // Whose draft it is, before anything of the body is read.
    photos::list(ctx, draft).await?;
    let held = request.extensions().get::<Arc<Held>>().cloned();
    let unreadable = || Fault::new(Code::InputBody).fact("detail", "multipart");
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| unreadable())?;
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|_| bounds::unreadable(held.as_ref()))?
    {
        if let Some(name) = posted::file_name(&field) {
            let bytes = field.map_err(std::io::Error::other).inspect_ok(|part| {
                // On its way to the disk.
                if let Some(held) = &held {
                    held.give(part.len());
                }
            });
            let taken = photos::upload(ctx, draft, name, bytes).await;
            // The upload knows only that the body ended early; the meter knows why.
            let trouble = held.as_ref().and_then(|held| held.trouble());
            return match (taken, trouble) {
                (Err(_), Some(trouble)) => Err(trouble.fault()),
                (taken, _) => taken,
            };
        }
    }
    Err(Fault::field("photo", Code::InputRequired))
}

/// Which picture is wanted.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// `small` for the one in lists.
    #[serde(default)]
    size: String,
}

/// `GET /photos/{id}`: to staff in scope, to the citizen who follows the ticket, or to whose it is and who has signed in.
#[allow(
    clippy::too_many_arguments,
    reason = "each is a part of the request that the framework hands in"
)]
pub async fn show(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Extension(facts): Extension<Facts>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let size = if wanted.size == "small" {
        photos::Size::Small
    } else {
        photos::Size::Whole
    };
    match find(&web, &ctx, (&id, size), &headers).await {
        Ok(photo) => file(photo),
        Err(fault) => dress::fault(&web, &fault, &facts, dress::Channel::Page),
    }
}

async fn find(
    web: &Web,
    ctx: &Ctx,
    (id, size): (&str, photos::Size),
    headers: &HeaderMap,
) -> Result<photos::PhotoFile, Fault> {
    let id: FileId = id.parse()?;
    // The citizen's ticket first: to look at the own one is no try outside a scope.
    if let Some(lookup) = visit::followed(web, headers)
        && let Ok(photo) = photos::open_public_sized(ctx, lookup, id, size).await
    {
        return Ok(photo);
    }
    if ctx.citizen.is_some()
        && let Ok(photo) = photos::open_own(ctx, id, size).await
    {
        return Ok(photo);
    }
    photos::open_sized(ctx, id, size).await
}

fn file(photo: photos::PhotoFile) -> Response {
    let kind = HeaderValue::from_str(&photo.media_type);
    // Re-encoded images may be shown in place; anything else is only for saving.
    let image = matches!(
        photo.media_type.as_str(),
        "image/jpeg" | "image/png" | "image/webp"
    );
    let place = if image { "inline" } else { "attachment" };
    let mut response = Body::from(photo.bytes).into_response();
    let headers = response.headers_mut();
    let unknown = HeaderValue::from_static("application/octet-stream");
    headers.insert(
        header::CONTENT_TYPE,
        kind.ok().filter(|_| image).unwrap_or(unknown),
    );
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(place));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(SANDBOX),
    );
    response
}
