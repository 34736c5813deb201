//! Files for programs: uploads in parts that go on where they broke off, the files of a case, their facts and bytes.
//! Deliberately absent: what is taken and by whom (`services::files`).
//! A part is the plain body of a PATCH with `Upload-Offset`; HEAD tells where an upload stands.

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use services::files;
use shared::{
    file::{BeginUpload, FileCase, FileList, FileView, Hook, UploadSent, UploadView},
    ids::{ApprovalId, FileId, TicketId, UploadId},
};

use super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id},
};
use crate::web::files::{self as sent, uploads};

/// Begin an upload
///
/// Names the case, the file's name and its length. The answer's id takes the parts.
#[utoipa::path(
    post, path = "/files/uploads", tag = "files", request_body = BeginUpload,
    responses((status = 201, description = "It can be sent", body = UploadView))
)]
pub async fn begin(
    caller: Caller,
    Body(wanted): Body<BeginUpload>,
) -> Result<(StatusCode, Json<UploadView>), Refused> {
    let begun = files::begin(&caller.0, wanted).await;
    let begun = begun.map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(begun)))
}

/// Where an upload stands
///
/// `Upload-Offset` is where the next part begins, after a broken connection too. HEAD gives the headers alone.
#[utoipa::path(
    method(get, head), path = "/files/uploads/{id}", tag = "files", params(("id" = UploadId, Path, description = "The upload's id")),
    responses((status = 200, description = "The upload", body = UploadView, headers(
        ("Upload-Offset" = i64, description = "Bytes that are safe"), ("Upload-Length" = i64, description = "Bytes in all"),
    )))
)]
pub async fn state(caller: Caller, Id(id): Id<UploadId>) -> Result<Response, Refused> {
    let upload = files::state(&caller.0, id).await;
    let upload = upload.map_err(|fault| caller.refuse(fault))?;
    let answer = Json(&upload).into_response();
    Ok(uploads::with_offset(&upload, answer))
}

/// Send a part
///
/// The bytes from `Upload-Offset` on, in any number up to 64 MB. The last part ends the upload; sent again, it gives the same file.
#[utoipa::path(
    patch, path = "/files/uploads/{id}", tag = "files", params(
        ("id" = UploadId, Path, description = "The upload's id"),
        ("Upload-Offset" = i64, Header, description = "Where the part begins; another place than where the upload stands is 409"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses((status = 200, description = "Where it stands now, and the file when this was the end", body = UploadSent))
)]
pub async fn append(
    caller: Caller,
    Id(id): Id<UploadId>,
    request: Request,
) -> Result<Response, Refused> {
    let taken = uploads::part(&caller.0, id, request).await;
    let taken = taken.map_err(|fault| caller.refuse(fault))?;
    let answer = Json(&taken).into_response();
    Ok(uploads::with_offset(&taken.upload, answer))
}

/// Give an upload up
///
/// What came of it is destroyed.
#[utoipa::path(
    delete, path = "/files/uploads/{id}", tag = "files", params(("id" = UploadId, Path, description = "The upload's id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn give_up(caller: Caller, Id(id): Id<UploadId>) -> Result<StatusCode, Refused> {
    let gone = files::give_up(&caller.0, id).await;
    gone.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list(caller: &Caller, case: FileCase, id: uuid::Uuid) -> Answer<FileList> {
    let hook = Hook {
        case,
        ..Hook::ticket(id)
    };
    caller.answer(files::list(&caller.0, &hook).await)
}

/// Files of a ticket
///
/// Oldest first, those of replies among them.
#[utoipa::path(
    get, path = "/tickets/{id}/files", tag = "files", params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 200, description = "The files", body = FileList))
)]
pub async fn of_ticket(caller: Caller, Id(id): Id<TicketId>) -> Answer<FileList> {
    list(&caller, FileCase::Ticket, id.0).await
}

/// Files of an approval
///
/// Oldest first, every version of a material among them.
#[utoipa::path(
    get, path = "/approvals/{id}/files", tag = "files", params(("id" = ApprovalId, Path, description = "The approval's id")),
    responses((status = 200, description = "The files", body = FileList))
)]
pub async fn of_approval(caller: Caller, Id(id): Id<ApprovalId>) -> Answer<FileList> {
    list(&caller, FileCase::Approval, id.0).await
}

/// One file
///
/// What it is, where it belongs, and whether it can be opened.
#[utoipa::path(
    get, path = "/files/{id}", tag = "files", params(("id" = FileId, Path, description = "The file's id")),
    responses((status = 200, description = "The file", body = FileView))
)]
pub async fn get(caller: Caller, Id(id): Id<FileId>) -> Answer<FileView> {
    caller.answer(files::get(&caller.0, id).await)
}

/// The bytes of a file
///
/// For saving only. The rights of its case are asked each time; a file that waits for the virus check is 409, one that is destroyed 404.
/// `Range` takes one range of bytes, under `If-Range` only while the file is the same: a download that broke off goes on where it stands.
#[utoipa::path(
    get, path = "/files/{id}/content", tag = "files", params(
        ("id" = FileId, Path, description = "The file's id"),
        ("Range" = Option<String>, Header, description = "One range of bytes"),
        ("If-Range" = Option<String>, Header, description = "The `ETag` of what is there already"),
    ),
    responses(
        (status = 200, description = "The bytes", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, description = "The bytes of the range", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 416, description = "The range lies behind the end"),
    )
)]
pub async fn content(
    caller: Caller,
    Id(id): Id<FileId>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let answer = async {
        let opened = files::open(&caller.0, id).await?;
        sent::file(opened, &headers).await
    };
    answer.await.map_err(|fault| caller.refuse(fault))
}

/// Take a file away
///
/// For whoever put it there, while its case takes files. Its bytes are destroyed when nothing else refers to them; the history keeps that it was there.
#[utoipa::path(
    delete, path = "/files/{id}", tag = "files", params(("id" = FileId, Path, description = "The file's id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn remove(caller: Caller, Id(id): Id<FileId>) -> Result<StatusCode, Refused> {
    let gone = files::remove(&caller.0, id).await;
    gone.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hang a file on another case as well
///
/// The bytes are kept once; the new place has an id, a name and rights of its own.
#[utoipa::path(
    post, path = "/files/{id}/references", tag = "files", request_body = Hook, params(("id" = FileId, Path, description = "The file's id")),
    responses((status = 201, description = "The file at its new place", body = FileView))
)]
pub async fn pass_on(
    caller: Caller,
    Id(id): Id<FileId>,
    Body(hook): Body<Hook>,
) -> Result<(StatusCode, Json<FileView>), Refused> {
    let hung = files::pass_on(&caller.0, id, hook).await;
    let hung = hung.map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(hung)))
}
