//! A job's result as a download: `/staff/jobs/{id}/result.csv`, for whoever asked for the job; and a cut of figures that somebody asked for.
//! Deliberately absent: who may (`services::jobs::host::desk`), what stands in it (`services::exports`).
//! The length is told, so that half a file never looks whole.

use axum::{
    body::Body,
    extract::{Extension, Path, Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use services::{Ctx, jobs::host::desk, reports::requests};
use shared::{
    fault::{Code, Fault},
    ids::JobId,
};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use super::{Web, files, pages};

/// `GET /staff/jobs/{id}/result.csv`.
pub async fn take(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let taken = match id.parse::<JobId>() {
        _ if ctx.actor.user().is_none() => Err(Fault::new(Code::SignedOut)),
        Ok(id) => desk::result(&ctx, id).await,
        Err(fault) => Err(fault),
    };
    let answer = match taken {
        Ok(taken) => file(taken, request.headers()).await,
        Err(fault) => Err(fault),
    };
    match answer {
        Ok(response) => response,
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

/// `GET /data-requests/{id}/cut.csv`: once, by who asked for it.
pub async fn cut(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let taken = match id.parse::<Uuid>() {
        _ if ctx.actor.user().is_none() => Err(Fault::new(Code::SignedOut)),
        Ok(id) => requests::take(&ctx, id).await,
        Err(_) => Err(Fault::missing()),
    };
    match taken {
        Ok(taken) => files::lists::file((format!("data-{id}.csv"), taken.csv)),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

/// The file as an answer.
///
/// # Errors
/// `file.erased` when it was destroyed in between.
pub async fn file(taken: desk::Taken, asked: &HeaderMap) -> Result<Response, Fault> {
    let (file, bytes, name) = match taken {
        desk::Taken::Sealed(opened) => return files::file(*opened, asked).await,
        desk::Taken::Open(file, bytes, name) => (file, bytes, name),
    };
    let mut response = Body::from_stream(ReaderStream::new(file)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"{name}\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
