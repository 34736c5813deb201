//! Reading a posted form: plain fields, or multipart with photos that go to the disk part by part, or with a process definition.
//! Deliberately absent: what the fields mean (`app::forms`), limits on the whole body (`bounds`), the need, which was asked before.
//! Photos are stored under the form's draft while the form is read. What was read before a fault comes back with it.

use std::sync::Arc;

use app::forms::{Files, Posted};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::header,
};
use futures::{SinkExt, StreamExt, channel::mpsc};
use services::Ctx;
use shared::fault::{Code, Fault};

use super::bounds::{self, budget::Held};

/// Fields of one form; the largest form of the product has fewer than 40.
const MOST_FIELDS: usize = 200;
/// Bytes of one text field; the longest text is 4,000 characters.
const FIELD_BYTES: usize = 64 << 10;
/// Bytes of a process definition, as a file or as a text; the engine reads no more.
const TEXT_BYTES: usize = 4 << 20;

/// Bytes of a list's table.
const TABLE_BYTES: usize = 15 << 20;

/// A form that could not be read, with what was read of it.
pub struct Unread {
    /// Why.
    pub fault: Fault,
    /// The fields before.
    pub fields: Vec<(String, String)>,
}

impl From<Fault> for Unread {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            fields: Vec::new(),
        }
    }
}

/// Reads the form of a request, which may carry such files.
///
/// # Errors
/// `body.too_large`, `body.slow`, `overloaded`, `input.encoding`, or `input.body` for anything that is no form.
pub async fn read(ctx: &Ctx, files: Files, request: Request) -> Result<Posted, Unread> {
    let mut posted = Posted {
        path: request.uri().path().to_owned(),
        fields: Vec::new(),
    };
    let held = request.extensions().get::<Arc<Held>>().cloned();
    let result = match media_type(&request).as_str() {
        "application/x-www-form-urlencoded" => {
            plain(&mut posted, held.as_ref(), request.into_body()).await
        }
        "multipart/form-data" => {
            let mut form = Form {
                ctx,
                files,
                held,
                posted: &mut posted,
            };
            form.read(request).await
        }
        "" => Ok(()),
        _ => Err(body("content-type")),
    };
    match result {
        Ok(()) => Ok(posted),
        Err(fault) => Err(Unread {
            fault,
            fields: posted.fields,
        }),
    }
}

fn media_type(request: &Request) -> String {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
    let kind = kind.unwrap_or_default();
    let bare = kind.split(';').next().unwrap_or_default();
    bare.trim().to_ascii_lowercase()
}

async fn plain(posted: &mut Posted, held: Option<&Arc<Held>>, stream: Body) -> Result<(), Fault> {
    let (bytes, whole) = as_far_as_it_goes(stream).await;
    let complete = if whole {
        &bytes[..]
    } else {
        // The last pair may have been cut.
        let end = bytes.iter().rposition(|byte| *byte == b'&').unwrap_or(0);
        &bytes[..end]
    };
    posted.fields = pairs(complete)?;
    if whole {
        encoded(posted)
    } else {
        Err(bounds::unreadable(held))
    }
}

async fn as_far_as_it_goes(stream: Body) -> (Vec<u8>, bool) {
    let mut stream = stream.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(part) = stream.next().await {
        match part {
            Ok(part) => bytes.extend_from_slice(&part),
            Err(_) => return (bytes, false),
        }
    }
    (bytes, true)
}

/// The pairs of an urlencoded body.
fn pairs(bytes: &[u8]) -> Result<Vec<(String, String)>, Fault> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(bytes).map_err(|_| body("urlencoded"))?;
    if pairs.len() > MOST_FIELDS {
        Err(body("fields"))
    } else {
        Ok(pairs)
    }
}

/// The decoder puts a replacement character where bytes are no UTF-8 (an old browser that sends GBK). Such a text is refused at its
/// field and does not come back: nobody could repair it.
fn encoded(posted: &mut Posted) -> Result<(), Fault> {
    let garbled = |text: &str| text.contains(char::REPLACEMENT_CHARACTER);
    let mut faults = Vec::new();
    for (name, value) in &mut posted.fields {
        if garbled(name) {
            return Err(Fault::new(Code::InputEncoding));
        }
        if garbled(value) {
            value.clear();
            faults.push(app::forms::field_fault(name, Code::InputEncoding, &[]));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Fault::fields(faults))
    }
}

/// A multipart form while it is read.
struct Form<'a> {
    ctx: &'a Ctx,
    files: Files,
    held: Option<Arc<Held>>,
    posted: &'a mut Posted,
}

impl Form<'_> {
    async fn read(&mut self, request: Request) -> Result<(), Fault> {
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| body("multipart"))?;
        let mut count = 0;
        while let Some(field) = parts
            .next_field()
            .await
            .map_err(|_| bounds::unreadable(self.held.as_ref()))?
        {
            count += 1;
            if count > MOST_FIELDS {
                return Err(body("fields"));
            }
            match (file_name(&field), self.files) {
                (Some(file), Files::Photos) => self.photo(file, field).await?,
                (Some(_), Files::None) => self.no_file(field).await?,
                (Some(_), Files::Texts) => self.definition(field).await?,
                (Some(_), Files::Tables) => self.table(field).await?,
                (None, _) => self.text(field).await?,
            }
        }
        encoded(self.posted)
    }

    /// An empty part is a file that was not chosen; anything else is none of this form's.
    async fn no_file(&self, mut field: Field<'_>) -> Result<(), Fault> {
        let first = field
            .chunk()
            .await
            .map_err(|_| bounds::unreadable(self.held.as_ref()))?;
        match first.filter(|part| !part.is_empty()) {
            Some(_) => Err(body("file")),
            None => Ok(()),
        }
    }

    async fn text(&mut self, field: Field<'_>) -> Result<(), Fault> {
        let name = field.name().unwrap_or_default().to_owned();
        let text = String::from_utf8(self.bytes(field).await?);
        // What is no UTF-8 gets the same mark as in an urlencoded form, and is refused with it.
        let text = text.unwrap_or_else(|_| char::REPLACEMENT_CHARACTER.to_string());
        self.posted.fields.push((name, text));
        Ok(())
    }

    /// A process's file, in the encoding that it says; what cannot be read is told at the form.
    async fn definition(&mut self, field: Field<'_>) -> Result<(), Fault> {
        let name = field.name().unwrap_or_default().to_owned();
        let pair = match bpmn::decode(&self.bytes(field).await?) {
            Ok(text) => (name, text),
            Err(error) => {
                let unread = error.reason.remark().to_json();
                (app::forms::staff::process::UNREAD.to_owned(), unread)
            }
        };
        self.posted.fields.push(pair);
        Ok(())
    }

    /// A table as text, with how it was read; one that cannot be read is told at the form.
    async fn table(&mut self, field: Field<'_>) -> Result<(), Fault> {
        use app::forms::lists::{ENCODING, UNREAD};

        let name = field.name().unwrap_or_default().to_owned();
        let bytes = self.bytes(field).await?;
        if bytes.is_empty() {
            return Ok(());
        }
        let fields = &mut self.posted.fields;
        match services::sheet::text::decode_aside(bytes).await {
            Ok((text, encoding)) => {
                fields.push((name, text));
                fields.push((ENCODING.to_owned(), encoding.to_owned()));
            }
            // Code and facts only: they come back in the page.
            Err(fault) => {
                let told = serde_json::to_string(&fault).unwrap_or_default();
                fields.push((UNREAD.to_owned(), told));
            }
        }
        Ok(())
    }

    async fn bytes(&self, mut field: Field<'_>) -> Result<Vec<u8>, Fault> {
        let most = match self.files {
            Files::Texts => TEXT_BYTES,
            Files::Tables => TABLE_BYTES,
            Files::None | Files::Photos => FIELD_BYTES,
        };
        let mut bytes = Vec::new();
        while let Some(part) = field
            .chunk()
            .await
            .map_err(|_| bounds::unreadable(self.held.as_ref()))?
        {
            if bytes.len() + part.len() > most {
                return Err(Fault::new(Code::BodyTooLarge));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes)
    }

    /// Hands the file on while it arrives. A browser sends an empty part when no photo was chosen.
    async fn photo(&mut self, name: String, mut field: Field<'_>) -> Result<(), Fault> {
        let held = self.held.clone();
        let first = field
            .chunk()
            .await
            .map_err(|_| bounds::unreadable(held.as_ref()))?;
        let Some(first) = first.filter(|part| !part.is_empty()) else {
            return Ok(());
        };
        // A field borrows the form it belongs to; the channel gives the upload a stream of its own.
        let (mut sender, receiver) = mpsc::channel::<std::io::Result<Bytes>>(2);
        let given = |part: &Bytes| {
            if let Some(held) = &held {
                held.give(part.len());
            }
        };
        let pump = async move {
            let mut next = Some(Ok(first));
            while let Some(part) = next.take() {
                if let Ok(part) = &part {
                    given(part);
                }
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
                    while let Some(Ok(part)) = field.next().await {
                        given(&part);
                    }
                    break;
                }
            }
        };
        let take = app::forms::take_photo(self.ctx, self.posted, name, receiver);
        futures::join!(pump, take);
        Ok(())
    }
}

/// The name of a part that is a file. Old browsers send it in another encoding than UTF-8, which the library takes for no name at all;
/// the photo behind it is as good as any other.
pub fn file_name(field: &Field<'_>) -> Option<String> {
    if let Some(name) = field.file_name() {
        return Some(name.to_owned());
    }
    let line = field.headers().get(header::CONTENT_DISPOSITION)?.as_bytes();
    if std::str::from_utf8(line).is_ok() {
        return None;
    }
    let start = line
        .windows(9)
        .position(|part| part.eq_ignore_ascii_case(b"filename="))?
        + 9;
    let name = String::from_utf8_lossy(&line[start..]);
    // Only what is ASCII is certain; the file is called after what is kept.
    let plain: String = name
        .trim_matches('"')
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .collect();
    Some(if plain.starts_with('.') || plain.is_empty() {
        format!("photo{plain}")
    } else {
        plain
    })
}

fn body(detail: &str) -> Fault {
    Fault::new(Code::InputBody).fact("detail", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf8_is_refused_at_its_field() {
        let mut posted = Posted {
            path: "/file".to_owned(),
            // 路灯 in GBK.
            fields: pairs(b"kind=complaint&content=%C2%B7%B5%C6&x=%E8%B7%AF").expect("pairs"),
        };
        let fault = encoded(&mut posted).expect_err("GBK");
        assert_eq!(fault.fields.len(), 1);
        assert_eq!(fault.fields[0].field, "content");
        assert_eq!(fault.fields[0].code, Code::InputEncoding);
        assert_eq!(posted.fields[1].1, "", "nothing garbled comes back");
        assert_eq!(posted.fields[2].1, "路");
    }
}
