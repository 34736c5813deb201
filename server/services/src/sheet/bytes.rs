//! A file as UTF-8 text: unpacked by its first bytes, decoded as it is read.
//! Not here: which encoding it has (`encoding`).
//! What cannot be decoded becomes U+FFFD; `encoding` has counted it before.

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;

use encoding_rs::{Decoder, Encoding};
use flate2::read::MultiGzDecoder;

/// Bytes decoded at once.
const PIECE: usize = 1 << 16;

/// The file's text.
pub(super) fn text(
    path: &Path,
    encoding: &'static Encoding,
) -> std::io::Result<Box<dyn Read + Send>> {
    Ok(Box::new(Decoded {
        from: plain(path)?.0,
        decoder: encoding.new_decoder_with_bom_removal(),
        raw: vec![0; PIECE],
        text: Vec::new(),
        at: 0,
        ended: false,
    }))
}

/// The file's bytes, unpacked, and whether they were packed.
pub(super) fn plain(path: &Path) -> std::io::Result<(Box<dyn Read + Send>, bool)> {
    let mut file = File::open(path)?;
    let mut magic = [0_u8; 2];
    let read = file.read(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    let file = BufReader::new(file);
    Ok(if read == 2 && magic == [0x1F, 0x8B] {
        (Box::new(MultiGzDecoder::new(file)), true)
    } else {
        (Box::new(file), false)
    })
}

struct Decoded {
    from: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Decoded {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.text.len() {
            if self.ended {
                return Ok(0);
            }
            self.fill()?;
        }
        let count = out.len().min(self.text.len() - self.at);
        out[..count].copy_from_slice(&self.text[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

impl Decoded {
    fn fill(&mut self) -> std::io::Result<()> {
        let count = self.from.read(&mut self.raw)?;
        self.ended = count == 0;
        let room = self
            .decoder
            .max_utf8_buffer_length(count)
            .unwrap_or(PIECE * 4);
        self.text.resize(room, 0);
        let (_, _, written, _) =
            self.decoder
                .decode_to_utf8(&self.raw[..count], &mut self.text, self.ended);
        self.text.truncate(written);
        self.at = 0;
        Ok(())
    }
}
