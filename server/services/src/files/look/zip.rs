//! Office documents are archives: their directory is read and held against what lies there, nothing is unpacked.
//! Refused are names that lead elsewhere, parts that lie over each other, more than one directory, lengths that no document has, macros.
//! Not here: what is inside the parts; nobody opens them on the server.

use std::collections::BTreeSet;

use shared::file::FileKind;

use super::{Source, Trouble};

/// Parts of a document at most.
const PARTS: usize = 10_000;
/// Bytes of a name at most.
const NAME: usize = 255;
/// Bytes of all parts unpacked at most.
const UNPACKED: u64 = 2 << 30;
/// A part unpacked may be so many times as long as it lies there, beside a small one.
const RATIO: u64 = 200;
const SMALL: u64 = 10 << 20;
/// Bytes of the directory's end.
const END: usize = 22;

const BAD: Trouble = Trouble::Why("parts");

/// A part as the directory tells of it.
struct Part {
    name: String,
    method: u16,
    packed: u64,
    unpacked: u64,
    at: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Trouble> {
    let part = bytes.get(at..at + 2).and_then(|it| it.try_into().ok());
    part.map(u16::from_le_bytes).ok_or(BAD)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Trouble> {
    let part = bytes.get(at..at + 4).and_then(|it| it.try_into().ok());
    part.map(u32::from_le_bytes).ok_or(BAD)
}

/// Whether a file of another kind ends as an archive, with or without a comment.
pub(super) fn ends_so(source: &Source<'_>) -> Result<bool, Trouble> {
    let tail = source.tail((END + 65_535) as u64)?;
    let is_end = |at: &usize| {
        tail[*at..].starts_with(b"PK\x05\x06")
            && u16_at(&tail, at + 20)
                .is_ok_and(|comment| at + END + usize::from(comment) == tail.len())
    };
    Ok((0..tail.len().saturating_sub(END - 1)).any(|at| is_end(&at)))
}

/// The kind of a document.
pub(super) fn kind(source: &Source<'_>) -> Result<FileKind, Trouble> {
    let parts = directory(source)?;
    let mut seen = BTreeSet::new();
    let (mut unpacked, mut packed) = (0_u64, 0_u64);
    for part in &parts {
        if !is_plain(&part.name) || !seen.insert(part.name.to_lowercase()) {
            return Err(BAD);
        }
        unpacked = unpacked.saturating_add(part.unpacked);
        packed = packed.saturating_add(part.packed);
    }
    if unpacked > UNPACKED || unpacked > packed.saturating_mul(RATIO).saturating_add(SMALL) {
        return Err(Trouble::Why("bomb"));
    }
    side_by_side(source, &parts)?;
    let has = |name: &str| seen.contains(name);
    let begins = |with: &str| seen.iter().any(|name| name.starts_with(with));
    let has_macros = seen.iter().any(|name| name.ends_with("vbaproject.bin"))
        || begins("basic/")
        || begins("scripts/");
    if has_macros {
        return Err(Trouble::Why("macros"));
    }
    if has("[content_types].xml") {
        return match () {
            () if has("word/document.xml") => Ok(FileKind::Docx),
            () if has("xl/workbook.xml") => Ok(FileKind::Xlsx),
            () if has("ppt/presentation.xml") => Ok(FileKind::Pptx),
            () => Err(Trouble::Why("unknown")),
        };
    }
    if has("ofd.xml") {
        return Ok(FileKind::Ofd);
    }
    open_document(source, &parts)
}

/// OpenDocument says what it is in its first part, which lies there unpacked.
fn open_document(source: &Source<'_>, parts: &[Part]) -> Result<FileKind, Trouble> {
    let unknown = Trouble::Why("unknown");
    let first = parts.iter().find(|part| part.at == 0);
    let Some(first) = first.filter(|part| part.name == "mimetype" && part.method == 0) else {
        return Err(unknown);
    };
    let head = source.exact(0, 30)?;
    let inside = 30 + u64::from(u16_at(&head, 26)?) + u64::from(u16_at(&head, 28)?);
    let length = usize::try_from(first.packed.min(100)).unwrap_or(100);
    let text = source.exact(inside, length)?;
    [FileKind::Odt, FileKind::Ods, FileKind::Odp]
        .into_iter()
        .find(|kind| kind.media_type().as_bytes() == text)
        .ok_or(unknown)
}

/// The directory, which lies right before the end of the file and nowhere else.
fn directory(source: &Source<'_>) -> Result<Vec<Part>, Trouble> {
    let end = source.tail(END as u64)?;
    if end.len() != END || !end.starts_with(b"PK\x05\x06") || u16_at(&end, 20)? != 0 {
        // Something behind it, or a comment, in which anything may stand.
        return Err(Trouble::Why("more"));
    }
    let count = usize::from(u16_at(&end, 10)?);
    let on_this = usize::from(u16_at(&end, 8)?);
    let (size, at) = (u32_at(&end, 12)?, u32_at(&end, 16)?);
    let lies_before = u64::from(at) + u64::from(size) + END as u64 == source.length;
    if count == 0 || count > PARTS || on_this != count || u32_at(&end, 4)? != 0 {
        return Err(BAD);
    }
    if !lies_before || size as usize > PARTS * (46 + NAME + 256) {
        return Err(Trouble::Why("more"));
    }
    let bytes = source.exact(u64::from(at), size as usize)?;
    let mut parts = Vec::with_capacity(count);
    let mut next = 0;
    for _ in 0..count {
        let (part, length) = entry(bytes.get(next..).ok_or(BAD)?)?;
        parts.push(part);
        next += length;
    }
    if next == bytes.len() {
        Ok(parts)
    } else {
        Err(BAD)
    }
}

fn entry(bytes: &[u8]) -> Result<(Part, usize), Trouble> {
    if !bytes.starts_with(b"PK\x01\x02") {
        return Err(BAD);
    }
    let (flags, method) = (u16_at(bytes, 8)?, u16_at(bytes, 10)?);
    let name_length = usize::from(u16_at(bytes, 28)?);
    let rest = usize::from(u16_at(bytes, 30)?) + usize::from(u16_at(bytes, 32)?);
    let is_encrypted = flags & 1 != 0;
    let is_link = (u32_at(bytes, 38)? >> 16) & 0o170_000 == 0o120_000;
    if is_encrypted || is_link || !matches!(method, 0 | 8) || !(1..=NAME).contains(&name_length) {
        return Err(BAD);
    }
    let name = bytes.get(46..46 + name_length).ok_or(BAD)?;
    let name = std::str::from_utf8(name).map_err(|_| BAD)?.to_owned();
    let part = Part {
        name,
        method,
        packed: u64::from(u32_at(bytes, 20)?),
        unpacked: u64::from(u32_at(bytes, 24)?),
        at: u64::from(u32_at(bytes, 42)?),
    };
    Ok((part, 46 + name_length + rest))
}

/// A name that stays inside and is what it looks like.
fn is_plain(name: &str) -> bool {
    let is_bad = |c: char| {
        c.is_control()
            || matches!(c, '\\' | ':' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
    };
    !name.starts_with('/')
        && !name.chars().any(is_bad)
        && !name.split('/').any(|part| part == ".." || part == ".")
}

/// The parts lie one behind the other from the beginning on, each under the name that the directory gives it.
fn side_by_side(source: &Source<'_>, parts: &[Part]) -> Result<(), Trouble> {
    let mut sorted: Vec<&Part> = parts.iter().collect();
    sorted.sort_by_key(|part| part.at);
    let mut end = 0;
    for part in sorted {
        // What was written in one go has its lengths behind it: up to 24 bytes.
        if part.at < end || part.at - end > 24 {
            return Err(BAD);
        }
        let head = source.exact(part.at, 30 + part.name.len())?;
        let name_length = usize::from(u16_at(&head, 26)?);
        if !head.starts_with(b"PK\x03\x04")
            || head.get(30..30 + name_length) != Some(part.name.as_bytes())
        {
            return Err(BAD);
        }
        end = part.at + 30 + name_length as u64 + u64::from(u16_at(&head, 28)?) + part.packed;
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::look_at;
    use super::*;

    fn local(name: &[u8], bytes: &[u8]) -> Vec<u8> {
        let mut out = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        let size = (bytes.len() as u32).to_le_bytes();
        out.extend_from_slice(&size);
        out.extend_from_slice(&size);
        out.extend_from_slice(&(name.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0, 0]);
        out.extend_from_slice(name);
        out.extend_from_slice(bytes);
        out
    }

    fn central(name: &[u8], (packed, unpacked): (u32, u32), at: u32, mode: u32) -> Vec<u8> {
        let mut out = b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        out.extend_from_slice(&packed.to_le_bytes());
        out.extend_from_slice(&unpacked.to_le_bytes());
        out.extend_from_slice(&(name.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(&(mode << 16).to_le_bytes());
        out.extend_from_slice(&at.to_le_bytes());
        out.extend_from_slice(name);
        out
    }

    fn ended(mut body: Vec<u8>, directory: &[Vec<u8>]) -> Vec<u8> {
        let at = body.len() as u32;
        let count = (directory.len() as u16).to_le_bytes();
        let directory = directory.concat();
        body.extend_from_slice(&directory);
        body.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        body.extend_from_slice(&count);
        body.extend_from_slice(&count);
        body.extend_from_slice(&(directory.len() as u32).to_le_bytes());
        body.extend_from_slice(&at.to_le_bytes());
        body.extend_from_slice(&[0, 0]);
        body
    }

    /// An archive of unpacked parts.
    pub(in super::super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut body, mut directory) = (Vec::new(), Vec::new());
        for (name, bytes) in parts {
            let size = bytes.len() as u32;
            directory.push(central(name.as_bytes(), (size, size), body.len() as u32, 0));
            body.extend(local(name.as_bytes(), bytes));
        }
        ended(body, &directory)
    }

    const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    const WORD: (&str, &[u8]) = ("word/document.xml", b"<w/>");

    #[test]
    fn documents_are_told_by_their_parts() {
        let word = archive(&[TYPES, WORD]);
        assert_eq!(look_at(&word, "报告.docx"), Ok(FileKind::Docx));
        assert_eq!(look_at(&word, "报告.xlsx"), Err("ending".to_owned()));
        let sheet = archive(&[TYPES, ("xl/workbook.xml", b"<x/>")]);
        assert_eq!(look_at(&sheet, "台账.xlsx"), Ok(FileKind::Xlsx));
        let open = archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", b"<o/>"),
        ]);
        assert_eq!(look_at(&open, "a.odt"), Ok(FileKind::Odt));
        let page = archive(&[("OFD.xml", b"<ofd:OFD/>"), ("Doc_0/Document.xml", b"")]);
        assert_eq!(look_at(&page, "证照.ofd"), Ok(FileKind::Ofd));
        let plain = archive(&[("a.txt", b"x")]);
        assert_eq!(look_at(&plain, "a.docx"), Err("unknown".to_owned()));
    }

    #[test]
    fn archives_that_trick_are_not_taken() {
        let why = |bytes: &[u8]| look_at(bytes, "a.docx").expect_err("refused");
        for name in [
            "../../etc/passwd",
            "/etc/passwd",
            "C:\\x",
            "word\\..\\x",
            "a\0b",
            "gpj.\u{202E}exe",
            "WORD/Document.xml",
        ] {
            assert_eq!(
                why(&archive(&[TYPES, WORD, (name, b"x")])),
                "parts",
                "{name:?}"
            );
        }
        let long = "x".repeat(4096);
        assert_eq!(why(&archive(&[TYPES, WORD, (&long, b"x")])), "parts");
        assert_eq!(
            why(&archive(&[TYPES, WORD, ("word/vbaProject.bin", b"x")])),
            "macros"
        );
        let whole = archive(&[TYPES, WORD]);
        assert_eq!(why(&[b"MZ".as_slice(), &whole].concat()), "unknown");
        assert_eq!(why(&[&whole, b"tail".as_slice()].concat()), "more");
        let in_front = [&local(b"x", b"hidden")[..], &whole].concat();
        assert_eq!(why(&in_front), "more", "its directory lies elsewhere");
        // One part that says it is four gigabytes unpacked.
        let body = local(WORD.0.as_bytes(), WORD.1);
        let bomb = central(WORD.0.as_bytes(), (4, u32::MAX), 0, 0);
        assert_eq!(
            why(&ended(body.clone(), std::slice::from_ref(&bomb))),
            "bomb"
        );
        // Two entries over the same bytes.
        let twice = [
            central(WORD.0.as_bytes(), (4, 4), 0, 0),
            central(b"other.xml", (4, 4), 0, 0),
        ];
        assert_eq!(why(&ended(body.clone(), &twice)), "parts");
        let link = central(WORD.0.as_bytes(), (4, 4), 0, 0o120_777);
        assert_eq!(why(&ended(body, &[link])), "parts");
    }
}
