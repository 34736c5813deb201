//! Files of cases for browsers: saved from `/files/{id}`, put to a ticket or an approval from its page and taken away again without script.
//! Deliberately absent: who may see a file and what is taken (`services::files`); photos of a citizen's form (`photos`).
//! A file is never shown in place: always for saving, as what it is or as plain bytes, running nothing.

pub mod approvals;
pub mod audit;
pub mod lists;
pub mod photos;
mod range;
pub mod reports;
pub mod uploads;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Extension, FromRequest, Multipart, Path, Request, State, multipart::Field},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt as _;
use services::{Ctx, files};
use shared::{
    fault::{Code, Fault},
    file::{FileCase, Hook},
    ids::{ApprovalId, AssignmentId, FileId, TicketId},
};

use self::range::Wanted;
use crate::web::{
    Web,
    bounds::{self, budget::Held},
    pages, posted,
};

/// Nothing runs inside an answer that is a file.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
/// Files of one form.
const MOST: usize = 10;
/// Bytes of a text beside them.
const TEXT: usize = 1 << 10;

/// `GET /files/{id}`.
pub async fn save(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let opened = match id.parse::<FileId>() {
        _ if ctx.actor.user().is_none() => Err(Fault::new(Code::SignedOut)),
        Ok(id) => files::open(&ctx, id).await,
        Err(fault) => Err(fault),
    };
    let answer = match opened {
        Ok(opened) => file(opened, request.headers()).await,
        Err(fault) => Err(fault),
    };
    match answer {
        Ok(response) => response,
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

/// A file as an answer, whole or the range that was asked for. Its length is told, so that half a file never looks whole.
///
/// # Errors
/// `file.erased` when it was destroyed in between.
pub async fn file(opened: files::Opened, asked: &HeaderMap) -> Result<Response, Fault> {
    let size = opened.view.size.unsigned_abs();
    let tag = format!("\"{}\"", opened.view.sha256);
    let wanted = range::wanted(asked, &tag, size);
    let (status, length, body) = match &wanted {
        Wanted::Whole => (
            StatusCode::OK,
            size,
            Body::from_stream(opened.whole().await?),
        ),
        Wanted::Part(range) => (
            StatusCode::PARTIAL_CONTENT,
            range.end - range.start,
            Body::from_stream(opened.part(range.clone()).await?),
        ),
        Wanted::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0, Body::empty()),
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static(opened.view.kind.media_type());
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if let Some(range) = wanted.header(size) {
        headers.insert(header::CONTENT_RANGE, range);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(SANDBOX),
    );
    let place = disposition(&opened.view.name);
    headers.insert(header::CONTENT_DISPOSITION, place);
    Ok(response)
}

/// `attachment` with the name, for old browsers in what ASCII it has (RFC 6266).
fn disposition(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') => c,
            _ => '_',
        })
        .collect();
    let mut coded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            coded.push(char::from(byte));
        } else {
            coded.push_str(&format!("%{byte:02X}"));
        }
    }
    let words = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}");
    HeaderValue::from_str(&words).unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

/// `POST /tickets/{id}/files`: files of a form on the ticket's page.
pub async fn put_to_ticket(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let hook = id.parse::<TicketId>().map(|id| Hook::ticket(id.0));
    put(web, ctx, hook, request).await
}

/// `POST /tickets/{id}/assignments/{assignment}/files`: the same for the reply of a unit.
pub async fn put_to_reply(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path((id, assignment)): Path<(String, String)>,
    request: Request,
) -> Response {
    let hook = async {
        let id: TicketId = id.parse()?;
        let assignment: AssignmentId = assignment.parse()?;
        Ok(Hook {
            assignment: Some(assignment.0),
            ..Hook::ticket(id.0)
        })
    };
    put(web, ctx, hook.await, request).await
}

/// `POST /approvals/{id}/files`: files of a form on the approval's page; a field `slot` before them names the material that they are.
pub async fn put_to_approval(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let hook = id.parse::<ApprovalId>().map(|id| Hook::approval(id.0));
    put(web, ctx, hook, request).await
}

/// `POST /files/{id}/remove`: takes a file away from its case.
pub async fn remove(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let removed = match id.parse::<FileId>() {
        _ if ctx.actor.user().is_none() => Err(Fault::new(Code::SignedOut)),
        Ok(id) => files::remove(&ctx, id).await,
        Err(fault) => Err(fault),
    };
    match removed {
        Ok(hook) => back_to(&hook),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

/// Back to the files of the case's page.
fn back_to(hook: &Hook) -> Response {
    let pages = match hook.case {
        FileCase::Approval => "approvals",
        // None is taken away from a message.
        FileCase::Ticket | FileCase::Form | FileCase::Job | FileCase::Message => "tickets",
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::from_str(&format!("/{pages}/{}#files", hook.id)) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

async fn put(web: Web, ctx: Ctx, hook: Result<Hook, Fault>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // The page's language and address, for a fault that is shown.
    let shown = parts.clone();
    let request = Request::from_parts(parts, body);
    let put = match hook {
        _ if ctx.actor.user().is_none() => Err(Fault::new(Code::SignedOut)),
        Ok(hook) => taken(&ctx, &hook, request).await.map(|()| hook),
        Err(fault) => Err(fault),
    };
    match put {
        Ok(hook) => back_to(&hook),
        Err(fault) => pages::refuse(web, shown, fault).await,
    }
}

async fn taken(ctx: &Ctx, hook: &Hook, request: Request) -> Result<(), Fault> {
    // Whether anything may be put there, before anything of the body is read.
    files::ask_to_add(ctx, hook).await?;
    let held = request.extensions().get::<Arc<Held>>().cloned();
    let unreadable = || Fault::new(Code::InputBody).fact("detail", "multipart");
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| unreadable())?;
    let mut hook = hook.clone();
    let mut count = 0;
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|_| bounds::unreadable(held.as_ref()))?
    {
        if field.name() == Some("slot") && field.file_name().is_none() {
            let slot = text(field, held.as_ref()).await?;
            hook.slot = Some(slot).filter(|slot| !slot.trim().is_empty());
            continue;
        }
        // A browser sends a nameless part when no file was chosen.
        let Some(name) = posted::file_name(&field).filter(|name| !name.is_empty()) else {
            continue;
        };
        count += 1;
        if count > MOST {
            return Err(Fault::new(Code::FileTooMany).fact("max", MOST));
        }
        let bytes = field.map_err(std::io::Error::other).inspect_ok(|part| {
            if let Some(held) = &held {
                held.give(part.len());
            }
        });
        let put = files::put(ctx, hook.clone(), &name, bytes).await;
        let trouble = held.as_ref().and_then(|held| held.trouble());
        match (put, trouble) {
            (Err(_), Some(trouble)) => return Err(trouble.fault()),
            (put, _) => put.map(drop)?,
        }
    }
    if count == 0 {
        return Err(Fault::field("file", Code::InputRequired));
    }
    Ok(())
}

/// A short text beside the files.
async fn text(mut field: Field<'_>, held: Option<&Arc<Held>>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(|_| bounds::unreadable(held))? {
        bytes.extend_from_slice(&part);
        if bytes.len() > TEXT {
            return Err(Fault::field("slot", Code::InputTooLong).fact("max", 60));
        }
    }
    String::from_utf8(bytes).map_err(|_| Fault::field("slot", Code::InputEncoding))
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let line = disposition("意见\"\r\n书 1.pdf");
        let text = line.to_str().expect("ASCII");
        assert_eq!(
            text,
            "attachment; filename=\"______ 1.pdf\"; filename*=UTF-8''%E6%84%8F%E8%A7%81%22%0D%0A%E4%B9%A6%201.pdf"
        );
    }
}
