//! Files under the same kills: what was acknowledged of an upload is there after each, it goes on from there, and each becomes one file whose
//! bytes are those that were sent.
//! Not here: killing (`crash`). The bytes are text, since our small client sends nothing else.

use super::{Sent, What, ask_to_register, name};
use crate::http;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// Files of a ticket at most.
const MOST: u32 = 12;
/// Bytes of a part.
const PART: usize = 100_000;
/// Parts of a file and a bit.
const LENGTH: usize = 250_000;

/// A file that was sent, as far as it was acknowledged.
pub struct Upload {
    id: String,
    text: String,
    acknowledged: usize,
    file: Option<String>,
}

/// A file that is whole, with its ticket.
pub struct Whole {
    ticket: String,
    file: String,
    text: String,
}

/// What a client came to: its ticket, and what it sent to it.
pub struct Begun {
    /// The ticket's key, as for any other.
    pub sent: Sent,
    ticket: Option<String>,
    uploads: Vec<Upload>,
}

fn call(port: u16, token: &str, head: &str, offset: Option<usize>, body: &str) -> Result<Value> {
    let bearer = format!("Bearer {token}");
    let at = offset.map(|offset| offset.to_string());
    let mut headers = vec![("Authorization", bearer.as_str())];
    if let Some(at) = &at {
        headers.push(("Upload-Offset", at));
        headers.push(("Content-Type", "application/offset+octet-stream"));
    }
    let answer = http::ask(port, head, &headers, body)?;
    ensure!(
        matches!(answer.status, 200 | 201),
        "{head} answers {}: {}",
        answer.status,
        answer.body
    );
    Ok(serde_json::from_str(&answer.body)?)
}

/// Registers a ticket and sends files to it until the connection is cut.
pub fn client(port: u16, token: &str, key: String) -> Result<Begun> {
    let answer = ask_to_register(port, token, &key).ok();
    let answer = answer.filter(|answer| matches!(answer.status, 200 | 201));
    let Some(answer) = answer else {
        let sent = Sent {
            key,
            what: What::Ticket,
            answer: None,
        };
        return Ok(Begun {
            sent,
            ticket: None,
            uploads: Vec::new(),
        });
    };
    let number = name(What::Ticket, &answer.body)?;
    let ticket: Value = serde_json::from_str(&answer.body)?;
    let ticket = ticket["id"].as_str().context("a ticket has an id")?;
    let mut uploads = Vec::new();
    for nth in 0..MOST {
        let Some(upload) = one(port, token, ticket, format!("{key}-{nth}")) else {
            break;
        };
        let is_whole = upload.file.is_some();
        uploads.push(upload);
        if !is_whole {
            break;
        }
    }
    let (what, answer) = (What::Ticket, Some(number));
    Ok(Begun {
        sent: Sent { key, what, answer },
        ticket: Some(ticket.to_owned()),
        uploads,
    })
}

fn one(port: u16, token: &str, ticket: &str, seed: String) -> Option<Upload> {
    let mut text = format!("%PDF-1.7\n% {seed}\n");
    while text.len() < LENGTH {
        text.push_str(&format!("% {seed} {}\n", text.len()));
    }
    text.push_str("%%EOF\n");
    let hook = json!({"case": "ticket", "id": ticket});
    let wanted = json!({"hook": hook, "name": "trial.pdf", "size": text.len()}).to_string();
    let head = "POST /api/v1/files/uploads";
    let begun = call(port, token, head, None, &wanted).ok()?;
    let mut upload = Upload {
        id: begun["id"].as_str()?.to_owned(),
        text,
        acknowledged: 0,
        file: None,
    };
    // A connection that is cut ends the parts; how far they came is what counts.
    let _cut = go_on(port, token, &mut upload);
    Some(upload)
}

/// Sends parts until the end, or until the connection is cut.
fn go_on(port: u16, token: &str, upload: &mut Upload) -> Result<()> {
    let head = format!("PATCH /api/v1/files/uploads/{}", upload.id);
    while upload.file.is_none() {
        let from = upload.acknowledged;
        let to = (from + PART).min(upload.text.len());
        let answer = call(port, token, &head, Some(from), &upload.text[from..to])?;
        let offset = answer["upload"]["offset"].as_u64();
        upload.acknowledged = usize::try_from(offset.context("an offset")?)?;
        upload.file = answer["file"]["id"].as_str().map(str::to_owned);
    }
    Ok(())
}

/// After a kill: everything acknowledged is there, and each upload goes on to its end.
pub fn finish(port: u16, token: &str, begun: Begun) -> Result<Vec<Whole>> {
    let Some(ticket) = begun.ticket else {
        return Ok(Vec::new());
    };
    let mut whole = Vec::new();
    for mut upload in begun.uploads {
        let head = format!("GET /api/v1/files/uploads/{}", upload.id);
        let stands = call(port, token, &head, None, "")?;
        let offset = usize::try_from(stands["offset"].as_u64().context("an offset")?)?;
        ensure!(
            offset >= upload.acknowledged,
            "an upload was acknowledged up to {} and stands at {offset}",
            upload.acknowledged
        );
        let first = upload.file.take();
        upload.acknowledged = offset;
        go_on(port, token, &mut upload)?;
        let file = upload.file.context("an upload at its end is a file")?;
        ensure!(
            first.as_ref().is_none_or(|first| *first == file),
            "an upload became two files"
        );
        whole.push(Whole {
            ticket: ticket.clone(),
            file,
            text: upload.text,
        });
    }
    Ok(whole)
}

/// At the end every file has the bytes that were sent, and its ticket has no other.
pub fn check(port: u16, token: &str, whole: &[Whole]) -> Result<()> {
    let bearer = format!("Bearer {token}");
    for one in whole {
        let head = format!("GET /api/v1/files/{}/content", one.file);
        let answer = http::ask(port, &head, &[("Authorization", &bearer)], "")?;
        ensure!(
            answer.status == 200 && answer.body == one.text,
            "file {} answers {} with {} bytes of {}",
            one.file,
            answer.status,
            answer.body.len(),
            one.text.len()
        );
        let head = format!("GET /api/v1/tickets/{}/files", one.ticket);
        let listed = call(port, token, &head, None, "")?;
        let listed = listed["items"].as_array().map_or(0, Vec::len);
        let sent = whole.iter().filter(|it| it.ticket == one.ticket).count();
        ensure!(listed == sent, "a ticket has {listed} files for {sent}");
    }
    Ok(())
}
