//! Which encoding a file has: its byte order mark, else what all of its bytes fit; a damaged file is never read as another encoding
//! in silence.
//! Not here: decoding (`bytes`).
//! GBK and Big5 share their bytes: the one is taken whose text has more of the characters that every Chinese text has.

use std::collections::HashSet;
use std::path::Path;

use encoding_rs::{BIG5, Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use shared::fault::{Code, Fault};

use shared::import::Doubtful;

use super::{Doubt, bytes, unreadable};

/// Bytes decoded at once.
const PIECE: usize = 1 << 16;
/// So many good characters stand against one bad one before a file counts as damaged instead of foreign.
const DAMAGED: u64 = 10;
/// Characters that make up a good part of every text about a town, in both scripts.
const COMMON: &str = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看无开手十用主行方又如前所本见经头面公同三已老从两长市区路街号电话反映处理投诉请尽快维修物业居民门口编内容标题址姓名答复星期类型這個來們為時對過會後說國學開無動長區號電話應處請盡維業門編標題間復類點車錄";

/// What was told from the bytes.
pub(super) struct Told {
    pub encoding: &'static Encoding,
    /// For people.
    pub name: &'static str,
    pub marked: bool,
    pub packed: bool,
    pub doubts: Vec<Doubt>,
}

impl Told {
    /// Of a workbook's text, which we wrote.
    pub(super) fn of_book(name: &'static str) -> Self {
        Self {
            encoding: UTF_8,
            name,
            marked: false,
            packed: false,
            doubts: Vec::new(),
        }
    }
}

/// One try to decode the whole file.
#[derive(Default)]
struct Trial {
    errors: u64,
    first_error: u64,
    /// Characters beyond ASCII.
    wide: u64,
    common: u64,
}

/// Tells the encoding from the whole file; a label wins over what is found.
pub(super) fn tell(path: &Path, label: Option<&str>) -> Result<Told, Fault> {
    let (mark, zeros, packed) = start(path)?;
    let mut told = Told {
        encoding: UTF_8,
        name: "UTF-8",
        marked: mark.is_some(),
        packed,
        doubts: Vec::new(),
    };
    let forced = match label {
        Some(label) => Some(Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
            Fault::new(Code::ImportMapping)
                .fact("why", "encoding")
                .fact("detail", label)
        })?),
        None => mark.or(zeros),
    };
    let (encoding, found) = match forced {
        Some(encoding) => (encoding, attempt(path, encoding)?),
        None => guess(path)?,
    };
    told.encoding = encoding;
    told.name = name_of(encoding);
    if found.errors > 0 {
        told.doubts.push(Doubt {
            line: found.first_error,
            why: Doubtful::Letters,
            count: found.errors,
        });
    }
    Ok(told)
}

fn name_of(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 {
        "GBK (GB18030)"
    } else {
        encoding.name()
    }
}

/// The encoding of a byte order mark; that of zeros beside every ASCII sign; whether the file is packed.
fn start(
    path: &Path,
) -> Result<(Option<&'static Encoding>, Option<&'static Encoding>, bool), Fault> {
    let read = || -> std::io::Result<(Vec<u8>, bool)> {
        let (from, packed) = bytes::plain(path)?;
        let mut start = Vec::new();
        std::io::Read::read_to_end(&mut std::io::Read::take(from, 4096), &mut start)?;
        Ok((start, packed))
    };
    let (start, packed) = read().map_err(|error| unreadable(path, &error))?;
    let mark = Encoding::for_bom(&start).map(|(encoding, _)| encoding);
    let zeros = |at: usize| {
        start
            .iter()
            .skip(at)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let wide = if odd > even * 4 && odd > 2 {
        Some(UTF_16LE)
    } else if even > odd * 4 && even > 2 {
        Some(UTF_16BE)
    } else {
        None
    };
    Ok((mark, wide, packed))
}

fn guess(path: &Path) -> Result<(&'static Encoding, Trial), Fault> {
    let utf8 = attempt(path, UTF_8)?;
    if utf8.errors == 0 || utf8.wide > utf8.errors * DAMAGED {
        return Ok((UTF_8, utf8));
    }
    let mainland = attempt(path, GB18030)?;
    let taiwan = attempt(path, BIG5)?;
    let better = |a: &Trial, b: &Trial| {
        // Bad letters first, then how many usual characters there are.
        (a.errors * b.wide.max(1))
            .cmp(&(b.errors * a.wide.max(1)))
            .then((b.common * a.wide.max(1)).cmp(&(a.common * b.wide.max(1))))
    };
    Ok(if better(&taiwan, &mainland).is_lt() && taiwan.common > 0 {
        (BIG5, taiwan)
    } else {
        (GB18030, mainland)
    })
}

/// Decodes the whole file and counts.
fn attempt(path: &Path, encoding: &'static Encoding) -> Result<Trial, Fault> {
    let mut count = Count {
        decoder: encoding.new_decoder_with_bom_removal(),
        text: String::with_capacity(PIECE * 4),
        common: COMMON.chars().collect(),
        line: 1,
        trial: Trial::default(),
    };
    let mut run = || -> std::io::Result<()> {
        let (mut from, _) = bytes::plain(path)?;
        let mut raw = vec![0; PIECE];
        loop {
            let read = std::io::Read::read(&mut from, &mut raw)?;
            count.piece(&raw[..read], read == 0);
            if read == 0 {
                return Ok(());
            }
        }
    };
    run().map_err(|error| unreadable(path, &error))?;
    Ok(count.trial)
}

/// A try under way.
struct Count {
    decoder: Decoder,
    text: String,
    common: HashSet<char>,
    line: u64,
    trial: Trial,
}

impl Count {
    fn piece(&mut self, mut rest: &[u8], last: bool) {
        loop {
            self.text.clear();
            let (result, read) =
                self.decoder
                    .decode_to_string_without_replacement(rest, &mut self.text, last);
            rest = &rest[read..];
            for c in self.text.chars() {
                if c == '\n' {
                    self.line += 1;
                } else if !c.is_ascii() {
                    self.trial.wide += 1;
                    self.trial.common += u64::from(self.common.contains(&c));
                }
            }
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.trial.errors += 1;
                    if self.trial.first_error == 0 {
                        self.trial.first_error = self.line;
                    }
                }
            }
        }
    }
}
