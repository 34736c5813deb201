//! What a file is, told by its bytes: the beginning, the build, and that nothing else hangs behind it.
//! The name's ending must say the same; what the sender says of the media type counts for nothing.
//! Not here: photos, which are decoded and written anew (`photos::image`); which kinds are taken (`limits`); archives inside (`zip`).

mod media;
mod zip;

use std::io;

use shared::fault::{Code, Fault};
use shared::file::{FileGroup, FileKind};

use crate::fault::{Failure, disk};

/// Bytes that can be read anywhere.
pub(super) struct Source<'a> {
    pub(super) length: u64,
    pub(super) read: &'a dyn Fn(u64, usize) -> io::Result<Vec<u8>>,
}

impl Source<'_> {
    /// Bytes from an offset on; fewer at the end.
    fn at(&self, at: u64, length: usize) -> Result<Vec<u8>, Trouble> {
        Ok((self.read)(at, length)?)
    }

    /// Exactly so many bytes.
    fn exact(&self, at: u64, length: usize) -> Result<Vec<u8>, Trouble> {
        let bytes = self.at(at, length)?;
        if bytes.len() == length {
            Ok(bytes)
        } else {
            Err(Trouble::Why("parts"))
        }
    }

    fn tail(&self, length: u64) -> Result<Vec<u8>, Trouble> {
        let at = self.length.saturating_sub(length);
        self.at(at, (self.length - at) as usize)
    }
}

/// Why a file is not taken, or why it could not be read.
enum Trouble {
    Why(&'static str),
    Io(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Tells the kind of a file. Blocking.
///
/// # Errors
/// `file.kind` with `why`: `unknown`, `ending`, `empty`, `parts`, `more`, `bomb`, `macros`.
pub(super) fn kind(source: &Source<'_>, name: &str) -> Result<FileKind, Failure> {
    match told(source, name) {
        Ok(kind) => Ok(kind),
        Err(Trouble::Why(why)) => Err(refused(why, name).into()),
        Err(Trouble::Io(error)) => Err(disk(error, "looking at a file")),
    }
}

/// The fault for a file that is not taken.
pub(super) fn refused(why: &str, name: &str) -> Fault {
    let name: String = shared::input::line(name).chars().take(60).collect();
    Fault::new(Code::FileKind)
        .fact("why", why)
        .fact("name", name)
}

fn told(source: &Source<'_>, name: &str) -> Result<FileKind, Trouble> {
    if source.length == 0 {
        return Err(Trouble::Why("empty"));
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let said = FileKind::of_ending(ending);
    let start = source.at(0, 4096)?;
    let found = by_bytes(source, &start, said)?;
    if found.group() != FileGroup::Photo && !start.starts_with(b"PK") && zip::ends_so(source)? {
        return Err(Trouble::Why("more"));
    }
    if said == Some(found) {
        Ok(found)
    } else {
        Err(Trouble::Why("ending"))
    }
}

fn by_bytes(
    source: &Source<'_>,
    start: &[u8],
    said: Option<FileKind>,
) -> Result<FileKind, Trouble> {
    match start {
        [0xFF, 0xD8, 0xFF, ..] => Ok(FileKind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(FileKind::Png),
        [b'P', b'K', 3, 4, ..] => zip::kind(source),
        _ if start.starts_with(b"%PDF-") => pdf(source),
        _ if start.get(4..8) == Some(b"ftyp") => media::boxes(source, start, said),
        _ if start.starts_with(b"RIFF") => media::riff(source, start),
        _ if start.starts_with(b"#!AMR\n") || start.starts_with(b"#!AMR-WB\n") => Ok(FileKind::Amr),
        _ if start.starts_with(b"OggS\0") => Ok(FileKind::Ogg),
        _ if start.starts_with(b"ID3") || media::is_mp3_frame(start) => {
            media::mp3(source, start).map(|()| FileKind::Mp3)
        }
        _ => Err(Trouble::Why("unknown")),
    }
}

/// A PDF ends with its mark; what hangs behind it is something else.
fn pdf(source: &Source<'_>) -> Result<FileKind, Trouble> {
    let tail = source.tail(2048)?;
    let mark = b"%%EOF";
    let end = tail.windows(mark.len()).rposition(|part| part == mark);
    let Some(end) = end else {
        return Err(Trouble::Why("parts"));
    };
    let behind = &tail[end + mark.len()..];
    if behind
        .iter()
        .all(|byte| byte.is_ascii_whitespace() || *byte == 0)
    {
        Ok(FileKind::Pdf)
    } else {
        Err(Trouble::Why("more"))
    }
}

#[cfg(test)]
pub(super) fn look_at(bytes: &[u8], name: &str) -> Result<FileKind, String> {
    let read = |at: u64, length: usize| -> io::Result<Vec<u8>> {
        let at = (at as usize).min(bytes.len());
        Ok(bytes[at..(at + length).min(bytes.len())].to_vec())
    };
    let source = Source {
        length: bytes.len() as u64,
        read: &read,
    };
    match kind(&source, name) {
        Ok(kind) => Ok(kind),
        Err(Failure::Fault(fault)) => Err(fault.facts.get("why").cloned().unwrap_or_default()),
        Err(other) => panic!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(bytes: &[u8], name: &str) -> String {
        look_at(bytes, name).expect_err(name)
    }

    #[test]
    fn content_and_ending_agree_or_it_is_not_taken() {
        let pdf = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";
        assert_eq!(look_at(pdf, "意见书.PDF"), Ok(FileKind::Pdf));
        assert_eq!(why(pdf, "意见书.docx"), "ending");
        assert_eq!(why(pdf, "意见书.exe"), "ending");
        assert_eq!(why(pdf, "pdf"), "ending");
        assert_eq!(why(b"", "a.pdf"), "empty");
        assert_eq!(why(b"MZ\x90\0", "a.pdf"), "unknown");
        assert_eq!(why(b"<html><script>", "a.pdf"), "unknown");
        assert_eq!(why(b"<svg xmlns=", "a.png"), "unknown");
        assert_eq!(why(b"#!/bin/sh\n", "a.amr"), "unknown");
        assert_eq!(look_at(b"#!AMR\n\x04\x08", "通话.amr"), Ok(FileKind::Amr));
        assert_eq!(look_at(b"OggS\0\x02", "a.ogg"), Ok(FileKind::Ogg));
        assert_eq!(
            look_at(&[0xFF, 0xD8, 0xFF, 0xE0], "a.jpg"),
            Ok(FileKind::Jpeg)
        );
    }

    #[test]
    fn what_carries_something_else_is_not_taken() {
        let pdf = b"%PDF-1.7\n%%EOF\n";
        let page = [pdf.as_slice(), b"<script>alert(1)</script>"].concat();
        assert_eq!(why(&page, "a.pdf"), "more");
        let archive = zip::tests::archive(&[("a.txt", b"x")]);
        assert_eq!(why(&[pdf.as_slice(), &archive].concat(), "a.pdf"), "more");
        let mut with_comment = zip::tests::archive(&[("a.txt", b"x")]);
        let end = with_comment.len();
        with_comment[end - 2] = 7;
        with_comment.extend_from_slice(b"\n%%EOF\n");
        let both = [pdf.as_slice(), &with_comment].concat();
        assert_eq!(why(&both, "a.pdf"), "more", "the mark in the comment");
        assert_eq!(
            why(&[b"OggS\0\x02".as_slice(), &archive].concat(), "a.ogg"),
            "more"
        );
        assert_eq!(why(b"%PDF-1.7\n1 0 obj", "a.pdf"), "parts");
    }
}
