//! What a file is by its first bytes: text, a workbook, or something that is called by its name.
//! Not here: tables (`mod`).
//! The name's ending counts for nothing.

use shared::import::NoTable;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use shared::fault::Fault;

use super::{book, file_fault, unreadable};

/// Bytes that are looked at.
const START: u64 = 4096;

/// How a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As text, perhaps packed.
    Text,
    /// As a workbook, new or old.
    Book,
}

/// How the file can be read, when it can be a table at all.
///
/// # Errors
/// `import.file` with what it is instead.
pub(super) fn check(path: &Path) -> Result<Kind, Fault> {
    let meta = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if meta.is_dir() {
        return Err(file_fault(path, NoTable::Folder));
    }
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(START).read_to_end(&mut start))
        .map_err(|error| unreadable(path, &error))?;
    match of(&start) {
        Some(why) => Err(file_fault(path, why)),
        None if is_book(&start) => Ok(Kind::Book),
        None => Ok(Kind::Text),
    }
}

/// Whether these are the first bytes of a workbook that can be read.
fn is_book(start: &[u8]) -> bool {
    let has = |needle: &[u8]| start.windows(needle.len()).any(|part| part == needle);
    let is_new = book::is_packed(start) && (has(b"xl/") || has(b"[Content_Types].xml"));
    is_new || book::is_old(start)
}

/// The word for what is no table.
fn of(start: &[u8]) -> Option<NoTable> {
    let has = |needle: &[u8]| start.windows(needle.len()).any(|part| part == needle);
    if is_book(start) {
        return None;
    }
    Some(match start {
        [] => NoTable::Empty,
        [b'P', b'K', 3 | 5, 4 | 6, ..] if has(b"opendocument.spreadsheet") => NoTable::Workbook,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => NoTable::Archive,
        [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => {
            NoTable::Picture
        }
        [b'R', b'I', b'F', b'F', ..] | [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => NoTable::Picture,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => NoTable::Picture,
        [b'%', b'P', b'D', b'F', ..] => NoTable::Pdf,
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xBC, 0xAF, ..] => NoTable::Archive,
        _ => return markup(start),
    })
}

fn markup(start: &[u8]) -> Option<NoTable> {
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let text = String::from_utf8_lossy(&text[..text.len().min(200)]).to_lowercase();
    let text = text.trim_start();
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if text.is_empty() && start.len() < 200 {
        Some(NoTable::Empty)
    } else if begins(&[
        "<!doctype html",
        "<html",
        "<table",
        "<?xml",
        "<!--",
        "<meta",
    ]) {
        Some(NoTable::Markup)
    } else if begins(&["{\"", "[{", "{\n", "{ \"", "{\\rtf"]) {
        Some(NoTable::Other)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{NoTable, is_book, of};

    #[test]
    fn workbooks_are_told_from_other_archives() {
        assert!(is_book(b"PK\x03\x04\x14\0\x06\0xl/workbook.xml"));
        assert!(is_book(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
        assert!(!is_book(b"PK\x03\x04\x14\0\x06\0data.csv"));
        assert!(!is_book(b"id,text\n"));
    }

    #[test]
    fn what_is_no_table_is_called_by_its_name() {
        for (start, why) in [
            (&b""[..], Some(NoTable::Empty)),
            (b"\xEF\xBB\xBF\r\n", Some(NoTable::Empty)),
            (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", None),
            (
                b"PK\x03\x04\x14\0\x06\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                Some(NoTable::Workbook),
            ),
            (b"PK\x03\x04\x14\0\x06\0data.csv", Some(NoTable::Archive)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", None),
            (b"\xFF\xD8\xFF\xE0", Some(NoTable::Picture)),
            (b"\x89PNG\r\n", Some(NoTable::Picture)),
            (b"%PDF-1.7", Some(NoTable::Pdf)),
            (b"<html><table>", Some(NoTable::Markup)),
            (b"{\"id\":1}", Some(NoTable::Other)),
            ("编号,内容".as_bytes(), None),
            (b"id,text\n", None),
            (b"\x1F\x8B\x08", None),
        ] {
            assert_eq!(of(start), why, "{start:?}");
        }
    }
}
