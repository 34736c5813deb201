//! Uploads in parts, for a page's script under its session and for programs: begun, sent, asked where they stand, given up.
//! Deliberately absent: what is taken and by whom (`services::files`), the programs' own descriptions (`rest::files`).
//! A part is the plain body of a PATCH with `Upload-Offset`; HEAD tells where an upload stands.

use std::sync::Arc;

use axum::{
    Json,
    body::to_bytes,
    extract::{Extension, Path, Request},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt as _;
use services::{Ctx, files};
use shared::{
    fault::{Code, Fault},
    file::{BeginUpload, UploadSent, UploadView},
    ids::UploadId,
};

use crate::web::{bounds::budget::Held, dress};

/// Where an upload stands.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How long it will be.
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// Bytes of what names an upload.
const WANTED: usize = 8 << 10;

/// An answer with where the upload stands.
pub fn with_offset(upload: &UploadView, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(upload.offset));
    headers.insert(LENGTH, HeaderValue::from(upload.size));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Takes the part that is the body of a request.
///
/// # Errors
/// `input.required` or `input.number` at `Upload-Offset`; of `services::files::append`; of a body that is too long or too slow.
pub async fn part(ctx: &Ctx, id: UploadId, request: Request) -> Result<UploadSent, Fault> {
    let offset = offset(request.headers())?;
    let held = request.extensions().get::<Arc<Held>>().cloned();
    let parts = request.into_body().into_data_stream();
    let parts = parts.map_err(std::io::Error::other).inspect_ok(|part| {
        // On its way to the disk.
        if let Some(held) = &held {
            held.give(part.len());
        }
    });
    let taken = files::append(ctx, id, offset, parts).await;
    // The service knows only that the body ended early; the meter knows why.
    let trouble = held.as_ref().and_then(|held| held.trouble());
    match (taken, trouble) {
        (Err(_), Some(trouble)) => Err(trouble.fault()),
        (taken, _) => taken,
    }
}

fn offset(headers: &HeaderMap) -> Result<i64, Fault> {
    let given = headers.get(OFFSET).and_then(|value| value.to_str().ok());
    let Some(given) = given else {
        return Err(Fault::field("Upload-Offset", Code::InputRequired));
    };
    let number = given.parse().ok().filter(|number: &i64| *number >= 0);
    number.ok_or_else(|| Fault::field("Upload-Offset", Code::InputNumber))
}

/// The upload of somebody who is signed in.
fn own(ctx: &Ctx, id: &str) -> Result<UploadId, Fault> {
    if ctx.actor.user().is_none() {
        return Err(Fault::new(Code::SignedOut));
    }
    id.parse()
}

fn answer(ctx: &Ctx, outcome: Result<Response, Fault>) -> Response {
    outcome.unwrap_or_else(|fault| dress::json(&fault, ctx.locale))
}

/// `POST /files/uploads`.
pub async fn begin(Extension(ctx): Extension<Ctx>, request: Request) -> Response {
    let begun = async {
        if ctx.actor.user().is_none() {
            return Err(Fault::new(Code::SignedOut));
        }
        let unreadable = || Fault::new(Code::InputBody).fact("detail", "json");
        let body = to_bytes(request.into_body(), WANTED).await;
        let body = body.map_err(|_| unreadable())?;
        let wanted: BeginUpload = serde_json::from_slice(&body).map_err(|_| unreadable())?;
        let upload = files::begin(&ctx, wanted).await?;
        let body = (StatusCode::CREATED, Json(&upload)).into_response();
        Ok(with_offset(&upload, body))
    };
    answer(&ctx, begun.await)
}

/// `GET` and `HEAD /files/uploads/{id}`.
pub async fn state(Extension(ctx): Extension<Ctx>, Path(id): Path<String>) -> Response {
    let stands = async {
        let upload = files::state(&ctx, own(&ctx, &id)?).await?;
        Ok(with_offset(&upload, Json(&upload).into_response()))
    };
    answer(&ctx, stands.await)
}

/// `PATCH /files/uploads/{id}`.
pub async fn append(
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let taken = async {
        let sent = part(&ctx, own(&ctx, &id)?, request).await?;
        Ok(with_offset(&sent.upload, Json(&sent).into_response()))
    };
    answer(&ctx, taken.await)
}

/// `DELETE /files/uploads/{id}`.
pub async fn give_up(Extension(ctx): Extension<Ctx>, Path(id): Path<String>) -> Response {
    let gone = async {
        files::give_up(&ctx, own(&ctx, &id)?).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    answer(&ctx, gone.await)
}
