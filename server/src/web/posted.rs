//! Reading a posted form: plain fields, or multipart with photos that go to the disk part by part, or with a process definition.
//! Deliberately absent: what the fields mean (`app::forms`), limits on the whole body (`bounds`).
//! Photos are stored under the form's draft while the form is read, so that they survive a refusal.

use app::forms::Posted;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::header,
};
use futures::{SinkExt, StreamExt, channel::mpsc};
use services::Ctx;
use shared::fault::{Code, Fault};

use super::bounds;

/// Fields of one form; the largest form of the product has fewer than 40.
const MOST_FIELDS: usize = 200;
/// Bytes of one text field; the longest text is 4,000 characters.
const FIELD_BYTES: usize = 64 << 10;
/// Bytes of a process definition, as a file or as a text; the engine reads no more.
const TEXT_BYTES: usize = 4 << 20;

/// Reads the form of a request.
///
/// # Errors
/// `body.too_large`, or `input.body` for anything that is no form.
pub async fn read(ctx: &Ctx, request: Request) -> Result<Posted, Fault> {
    let path = request.uri().path().to_owned();
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    match kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let fields = plain(request.into_body()).await?;
            Ok(Posted { path, fields })
        }
        "multipart/form-data" => multipart(ctx, path, request).await,
        "" => Ok(Posted {
            path,
            fields: Vec::new(),
        }),
        _ => Err(body("content-type")),
    }
}

async fn plain(stream: Body) -> Result<Vec<(String, String)>, Fault> {
    let bytes = axum::body::to_bytes(stream, usize::MAX)
        .await
        .map_err(|error| unreadable(&error))?;
    let fields: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&bytes).map_err(|_| body("urlencoded"))?;
    if fields.len() > MOST_FIELDS {
        Err(body("fields"))
    } else {
        Ok(fields)
    }
}

async fn multipart(ctx: &Ctx, path: String, request: Request) -> Result<Posted, Fault> {
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| body("multipart"))?;
    let mut posted = Posted {
        path,
        fields: Vec::new(),
    };
    let texts = app::forms::staff::process::takes_texts(&posted.path);
    let most = if texts { TEXT_BYTES } else { FIELD_BYTES };
    let mut count = 0;
    while let Some(field) = parts
        .next_field()
        .await
        .map_err(|error| unreadable(&error))?
    {
        count += 1;
        if count > MOST_FIELDS {
            return Err(body("fields"));
        }
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file) if !texts => photo(ctx, &mut posted, file, field).await?,
            Some(_) => definition(&mut posted, name, bytes(field, most).await?),
            _ => posted.fields.push((name, text(field, most).await?)),
        }
    }
    Ok(posted)
}

async fn text(field: Field<'_>, most: usize) -> Result<String, Fault> {
    String::from_utf8(bytes(field, most).await?).map_err(|_| body("utf-8"))
}

/// A process's file, in the encoding that it says; what cannot be read is told at the form.
fn definition(posted: &mut Posted, name: String, bytes: Vec<u8>) {
    let (name, value) = match bpmn::decode(&bytes) {
        Ok(text) => (name, text),
        Err(error) => {
            let encoding = error.reason.encoding().unwrap_or_default();
            let unread = format!("{} {encoding}", error.reason.key());
            (app::forms::staff::process::UNREAD.to_owned(), unread)
        }
    };
    posted.fields.push((name, value));
}

async fn bytes(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(|error| unreadable(&error))? {
        if bytes.len() + part.len() > most {
            return Err(Fault::new(Code::BodyTooLarge));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// Hands the file on while it arrives. A browser sends an empty part when no photo was chosen.
async fn photo(
    ctx: &Ctx,
    posted: &mut Posted,
    name: String,
    mut field: Field<'_>,
) -> Result<(), Fault> {
    let first = field.chunk().await.map_err(|error| unreadable(&error))?;
    let Some(first) = first.filter(|part| !part.is_empty()) else {
        return Ok(());
    };
    // A field borrows the form it belongs to; the channel gives the upload a stream of its own.
    let (mut sender, receiver) = mpsc::channel::<std::io::Result<Bytes>>(2);
    let pump = async move {
        let mut next = Some(Ok(first));
        while let Some(part) = next.take() {
            let failed = part.is_err();
            // The upload may stop early, a too large file for example; the rest is read and dropped.
            let open = sender.send(part).await.is_ok();
            if failed {
                break;
            }
            next = field
                .next()
                .await
                .map(|part| part.map_err(std::io::Error::other));
            if !open {
                while let Some(Ok(_)) = field.next().await {}
                break;
            }
        }
    };
    let take = app::forms::take_photo(ctx, posted, name, receiver);
    futures::join!(pump, take);
    Ok(())
}

fn body(detail: &str) -> Fault {
    Fault::new(Code::InputBody).fact("detail", detail)
}

fn unreadable(error: &(dyn std::error::Error + 'static)) -> Fault {
    if bounds::is_too_large(error) {
        Fault::new(Code::BodyTooLarge)
    } else {
        body("unreadable")
    }
}
