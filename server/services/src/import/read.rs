//! Reading a file as text: gzip by its first bytes, UTF-8 or GBK by what fits, decoded as it is read.
//! Not here: columns and rows (`columns`, `row`).
//! Memory does not depend on the file's size.

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8};
use flate2::read::MultiGzDecoder;

/// Bytes from which the encoding is told.
const PROBE: usize = 1 << 20;
/// Bytes decoded at once.
const PIECE: usize = 1 << 16;

/// Opens a file as UTF-8 text; `encoding` from the mapping wins over what is found.
pub(super) fn open(path: &Path, encoding: Option<&str>) -> std::io::Result<Box<dyn Read + Send>> {
    let encoding = match encoding {
        Some(label) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| std::io::Error::other(format!("unknown encoding {label}")))?,
        None => tell(&mut plain(path)?)?,
    };
    Ok(Box::new(Decoded {
        from: plain(path)?,
        decoder: encoding.new_decoder_with_bom_removal(),
        raw: vec![0; PIECE],
        text: Vec::new(),
        at: 0,
        ended: false,
    }))
}

fn plain(path: &Path) -> std::io::Result<Box<dyn Read + Send>> {
    let mut file = File::open(path)?;
    let mut magic = [0_u8; 2];
    let read = file.read(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    let file = BufReader::new(file);
    Ok(if read == 2 && magic == [0x1F, 0x8B] {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    })
}

/// UTF-8 when the beginning is; a character cut at the end of the probe does not count against it.
fn tell(from: &mut dyn Read) -> std::io::Result<&'static Encoding> {
    let mut probe = Vec::new();
    from.take(PROBE as u64).read_to_end(&mut probe)?;
    Ok(match std::str::from_utf8(&probe) {
        Ok(_) => UTF_8,
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => GB18030,
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn text_of(bytes: &[u8], name: &str) -> String {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let mut text = String::new();
        open(&path, None)
            .expect("opens")
            .read_to_string(&mut text)
            .expect("text");
        text
    }

    #[test]
    fn utf8_gbk_and_gzip_are_told_apart() {
        let text = "编号,内容\n1,路灯不亮，请修理\n";
        assert_eq!(text_of(text.as_bytes(), "a.csv"), text);
        assert_eq!(
            text_of(&[b"\xEF\xBB\xBF", text.as_bytes()].concat(), "bom.csv"),
            text
        );
        assert_eq!(text_of(&GB18030.encode(text).0, "gbk.csv"), text);
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&GB18030.encode(&text.repeat(5_000)).0)
            .expect("packed");
        assert_eq!(
            text_of(&gz.finish().expect("packed"), "big.csv.gz"),
            text.repeat(5_000)
        );
    }
}
