//! A mail as it lies in the spool (RFC 5322), read into a message: sender, subject, text (of HTML its words), what it answers, and whether a machine sent it.
//! Not here: the folder (`spool`), which of the files that hang on it are kept (`attach`).

use mail_parser::{
    Addr, Address, ContentType, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders as _,
};
use sha2::{Digest as _, Sha256};
use shared::calendar::Instant;
use shared::incoming::{IncomingWay, LONGEST_NO};
use store::incoming::Letter;
use uuid::Uuid;

use super::Parcel;
use super::attach::{Attached, LOOKED_AT};

/// Messages that a mail answers, of which the last are looked at.
const ANSWERED: usize = 20;

/// Reads a mail; nothing where it is none that anybody sent.
pub(super) fn read(raw: &[u8], at: Instant) -> Option<Parcel> {
    let message = MessageParser::default().parse(raw)?;
    let from = message.from()?.first()?.address()?.to_owned();
    let to = message.to().and_then(Address::first);
    let to = to.and_then(Addr::address).unwrap_or_default();
    let id = message.message_id().filter(|id| id.len() <= LONGEST_NO);
    let no = id.map_or_else(|| hex::encode(Sha256::digest(raw)), str::to_owned);
    let text = message.body_text(0).unwrap_or_default();
    let files: Vec<Attached> = message.attachments().take(LOOKED_AT).map(file).collect();
    let more = message.attachment_count().saturating_sub(files.len());
    let letter = Letter {
        from,
        to: to.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: text.into_owned(),
        files: u32::try_from(more).unwrap_or(u32::MAX),
        refused: Vec::new(),
    };
    Some(Parcel {
        way: IncomingWay::Mail,
        no,
        letter,
        at,
        answers: answered(&message),
        is_automatic: is_automatic(&message),
        files,
    })
}

/// A file that hangs on it; one without a name is called by its kind.
fn file(part: &MessagePart<'_>) -> Attached {
    let named = part.attachment_name().map(str::to_owned);
    let name = named.unwrap_or_else(|| {
        let kind = part.content_type();
        let ending = kind.and_then(ContentType::subtype).unwrap_or("bin");
        format!("file.{}", ending.to_ascii_lowercase())
    });
    Attached {
        name,
        bytes: part.contents().to_vec(),
    }
}

/// The ids of ours among those that it answers: the part in front of the sign is that of the notification.
fn answered(message: &Message<'_>) -> Vec<Uuid> {
    let mut found: Vec<Uuid> = Vec::new();
    for header in [message.in_reply_to(), message.references()] {
        let ids = header.as_text_list().unwrap_or_default();
        for id in ids.iter().rev().take(ANSWERED) {
            let front = id.split('@').next().unwrap_or_default();
            if let Ok(id) = Uuid::parse_str(front.trim_start_matches('<'))
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
    }
    found
}

/// Whether a machine sent it by itself: an automatic answer, a list, a report of what was not delivered (RFC 3834).
fn is_automatic(message: &Message<'_>) -> bool {
    let said = |name: &'static str| {
        let value = message.header(name).and_then(HeaderValue::as_text);
        value.unwrap_or_default().trim().to_ascii_lowercase()
    };
    let submitted = said("Auto-Submitted");
    let precedence = said("Precedence");
    let returns = message.header_raw("Return-Path").unwrap_or("<.>");
    (!submitted.is_empty() && submitted != "no")
        || matches!(precedence.as_str(), "bulk" | "junk" | "list" | "auto_reply")
        || message.header("List-Id").is_some()
        || message.header("X-Autoreply").is_some()
        || returns.trim() == "<>"
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Instant = Instant(1_767_225_600_000);

    fn mail(more: &str, body: &str) -> Vec<u8> {
        format!("From: =?utf-8?B?546L?= <Wang@example.cn>\r\nTo: 12345@example.gov.cn\r\nSubject: =?utf-8?B?6Lev54Gv?=\r\nMessage-ID: <a1@example.cn>\r\n{more}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n")
            .into_bytes()
    }

    #[test]
    fn a_mail_is_read() {
        let ours = "01980000-0000-7000-8000-000000000001";
        let head = format!("In-Reply-To: <{ours}@example.gov.cn>\r\n");
        let read = read(&mail(&head, "路灯又坏了。"), AT).expect("a mail");
        assert_eq!(read.no, "a1@example.cn");
        assert_eq!(read.letter.from, "Wang@example.cn");
        assert_eq!(read.letter.subject, "路灯");
        assert_eq!(read.letter.text.trim(), "路灯又坏了。");
        assert_eq!(read.answers, [Uuid::parse_str(ours).expect("an id")]);
        assert!(!read.is_automatic);
    }

    #[test]
    fn files_hang_on_a_mail() {
        let raw = "From: wang@example.cn\r\nSubject: x\r\nMessage-ID: <f@example.cn>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n见附件\r\n--b\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n";
        let read = read(raw.as_bytes(), AT).expect("a mail");
        assert_eq!(read.letter.text.trim(), "见附件");
        assert_eq!(read.letter.files, 0);
        let [file] = read.files.as_slice() else {
            panic!("one file")
        };
        assert_eq!(
            (file.name.as_str(), file.bytes.as_slice()),
            ("a.pdf", b"%PDF-".as_slice())
        );
    }

    #[test]
    fn machines_are_told_by_their_headers() {
        for head in [
            "Auto-Submitted: auto-replied\r\n",
            "Precedence: bulk\r\n",
            "List-Id: <news.example.cn>\r\n",
            "Return-Path: <>\r\n",
        ] {
            let read = read(&mail(head, "不在办公室"), AT).expect("a mail");
            assert!(read.is_automatic, "{head}");
        }
        let read = read(&mail("Auto-Submitted: no\r\n", "你好"), AT).expect("a mail");
        assert!(!read.is_automatic);
    }

    #[test]
    fn what_nobody_sent_is_no_mail() {
        for raw in ["", "\r\n\r\n", "Subject: x\r\n\r\ny", "\u{0}\u{1}\u{2}"] {
            assert!(read(raw.as_bytes(), AT).is_none(), "{raw:?}");
        }
    }
}
