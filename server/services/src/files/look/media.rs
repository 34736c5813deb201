//! Sound and video by their build: boxes that follow each other to the end of the file, chunks of the right length, frames.
//! Not here: decoding anything; files like these are only ever saved.

use shared::file::FileKind;

use super::{Source, Trouble};

/// Boxes of a file at most.
const BOXES: usize = 100_000;

/// MP4 and M4A: boxes from the beginning to exactly the end.
pub(super) fn boxes(
    source: &Source<'_>,
    start: &[u8],
    said: Option<FileKind>,
) -> Result<FileKind, Trouble> {
    let mut at = 0;
    let mut has_content = false;
    for _ in 0..BOXES {
        if at == source.length {
            break;
        }
        let head = source.at(at, 16)?;
        let Some((size, name)) = head.get(..8).map(|head| head.split_at(4)) else {
            return Err(Trouble::Why("more"));
        };
        let size = match u32::from_be_bytes([size[0], size[1], size[2], size[3]]) {
            0 => source.length - at,
            1 => {
                let large = head.get(8..16).ok_or(Trouble::Why("parts"))?;
                u64::from_be_bytes(large.try_into().unwrap_or_default())
            }
            size => u64::from(size),
        };
        if !name
            .iter()
            .all(|byte| (0x20..0x7F).contains(byte) || *byte == 0xA9)
        {
            return Err(Trouble::Why("more"));
        }
        has_content |= name == b"moov" || name == b"moof";
        at = at.checked_add(size).ok_or(Trouble::Why("parts"))?;
        if size < 8 || at > source.length {
            return Err(Trouble::Why("parts"));
        }
    }
    if at != source.length || !has_content {
        return Err(Trouble::Why("parts"));
    }
    match start.get(8..12) {
        Some(b"M4A " | b"M4B ") => Ok(FileKind::M4a),
        // Phones write sound into a box of video.
        Some(
            b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"3gp4" | b"3gp5",
        ) if said == Some(FileKind::M4a) => Ok(FileKind::M4a),
        Some(
            b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V "
            | b"MSNV" | b"dash",
        ) => Ok(FileKind::Mp4),
        _ => Err(Trouble::Why("unknown")),
    }
}

/// WebP and WAV: the length in the head is the file's.
pub(super) fn riff(source: &Source<'_>, start: &[u8]) -> Result<FileKind, Trouble> {
    let kind = match start.get(8..12) {
        // Decoded and written anew, so that its length proves itself.
        Some(b"WEBP") => return Ok(FileKind::WebP),
        Some(b"WAVE") => FileKind::Wav,
        _ => return Err(Trouble::Why("unknown")),
    };
    let size = start.get(4..8).and_then(|size| size.try_into().ok());
    let size = u64::from(size.map_or(0, u32::from_le_bytes)) + 8;
    // Some recorders leave the byte out that makes an odd length even.
    match size.cmp(&source.length) {
        _ if size.abs_diff(source.length) <= 1 => Ok(kind),
        std::cmp::Ordering::Less => Err(Trouble::Why("more")),
        _ => Err(Trouble::Why("parts")),
    }
}

/// Whether bytes begin a frame of MPEG sound, layer III.
pub(super) fn is_mp3_frame(bytes: &[u8]) -> bool {
    let [0xFF, second, third, ..] = bytes else {
        return false;
    };
    let version = (second >> 3) & 3;
    let rate = third >> 4;
    second & 0xE0 == 0xE0
        && version != 1
        && (second >> 1) & 3 == 1
        && rate != 0
        && rate != 15
        && (third >> 2) & 3 != 3
}

/// A frame where the tag before it ends.
pub(super) fn mp3(source: &Source<'_>, start: &[u8]) -> Result<(), Trouble> {
    if !start.starts_with(b"ID3") {
        return Ok(());
    }
    let size = start.get(6..10).ok_or(Trouble::Why("parts"))?;
    if size.iter().any(|byte| byte & 0x80 != 0) {
        return Err(Trouble::Why("parts"));
    }
    let size = size
        .iter()
        .fold(0_u64, |sum, byte| (sum << 7) | u64::from(*byte));
    // Writers fill up with zeros before the first frame.
    let behind = source.at(size + 10, 4096)?;
    let first = behind.iter().position(|byte| *byte != 0).unwrap_or(0);
    if is_mp3_frame(&behind[first..]) {
        Ok(())
    } else {
        Err(Trouble::Why("parts"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::look_at;
    use super::*;

    fn boxed(name: &[u8], inside: &[u8]) -> Vec<u8> {
        let size = (inside.len() as u32 + 8).to_be_bytes();
        [size.as_slice(), name, inside].concat()
    }

    fn film(brand: &[u8]) -> Vec<u8> {
        [
            boxed(b"ftyp", &[brand, &[0, 0, 0, 0]].concat()),
            boxed(b"moov", b"tracks"),
            boxed(b"mdat", &[7; 100]),
        ]
        .concat()
    }

    #[test]
    fn films_and_sound_are_told_by_their_boxes() {
        assert_eq!(look_at(&film(b"isom"), "a.mp4"), Ok(FileKind::Mp4));
        assert_eq!(look_at(&film(b"M4A "), "a.m4a"), Ok(FileKind::M4a));
        assert_eq!(look_at(&film(b"mp42"), "a.m4a"), Ok(FileKind::M4a));
        let why = |bytes: &[u8]| look_at(bytes, "a.mp4").expect_err("refused");
        assert_eq!(why(&film(b"qt  ")), "unknown");
        let behind = [film(b"isom"), b"<html>tail".to_vec()].concat();
        assert_eq!(why(&behind), "parts");
        assert_eq!(why(&film(b"isom")[..60]), "parts", "cut");
    }

    #[test]
    fn sound_is_told_by_its_head() {
        let mut wav = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
        wav.extend_from_slice(&[0; 40]);
        let size = (wav.len() as u32 - 8).to_le_bytes();
        wav[4..8].copy_from_slice(&size);
        assert_eq!(look_at(&wav, "通话.wav"), Ok(FileKind::Wav));
        wav.extend_from_slice(b"MZ program");
        assert_eq!(look_at(&wav, "通话.wav"), Err("more".to_owned()));
        let frame = [0xFF, 0xFB, 0x90, 0x64, 0, 0];
        assert_eq!(look_at(&frame, "a.mp3"), Ok(FileKind::Mp3));
        let tagged = [b"ID3\x04\0\0\0\0\0\x04abcd".as_slice(), &frame].concat();
        assert_eq!(look_at(&tagged, "a.mp3"), Ok(FileKind::Mp3));
        let empty = b"ID3\x04\0\0\0\0\0\x04abcdMZ program";
        assert_eq!(look_at(empty, "a.mp3"), Err("parts".to_owned()));
    }
}
