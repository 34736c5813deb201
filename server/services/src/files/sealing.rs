//! Bytes of a file sealed with a key of its own, part by part in constant memory.
//! Each part is sealed under its number, with AES-256-GCM or SM4-GCM by the length of its key, and the last one says so: what is cut off, swapped, repeated or put elsewhere does not open.
//! Not here: where sealed bytes lie (`vault`), who keeps the key (`store::files`).

use std::ops::Range;

use shared::ids::BlobId;
use store::crypto::{Cipher, NONCE, Provider, TAG};

/// Clear bytes of a part.
const PART: usize = 64 * 1024;
/// What a sealed file begins with: the form of what follows.
const HEAD: &[u8; 8] = b"MSFILE1\n";
/// The same of a file under SM4-GCM.
const HEAD_SM: &[u8; 8] = b"MSFILE2\n";

/// What a file of a provider begins with; both are of one length.
fn head_of(provider: Provider) -> &'static [u8; 8] {
    match provider {
        Provider::International => HEAD,
        Provider::Sm => HEAD_SM,
    }
}

/// Why sealed bytes do not open: other key, other file, changed, cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a sealed file does not open: another key, or changed, or cut")
    }
}

impl std::error::Error for Broken {}

/// Key, file and the number of the part that comes next.
struct Parts {
    key: Box<dyn Cipher>,
    head: &'static [u8; 8],
    bound: Vec<u8>,
    next: u64,
}

impl Parts {
    fn new(key: &[u8], file: BlobId) -> Result<Self, Broken> {
        let provider = Provider::of_length(key.len()).ok_or(Broken)?;
        let head = head_of(provider);
        Ok(Self {
            key: provider.crypto().cipher(key).map_err(|_| Broken)?,
            head,
            bound: [head.as_slice(), file.0.as_bytes()].concat(),
            next: 0,
        })
    }

    /// No nonce comes twice: a key has one file, and each part its number.
    fn nonce(&mut self, is_last: bool) -> [u8; NONCE] {
        let mut bytes = [0_u8; NONCE];
        bytes[..8].copy_from_slice(&self.next.to_be_bytes());
        bytes[NONCE - 1] = u8::from(is_last);
        self.next += 1;
        bytes
    }

    fn seal(&mut self, clear: &[u8], is_last: bool, out: &mut Vec<u8>) -> Result<(), Broken> {
        let nonce = self.nonce(is_last);
        let mut part = clear.to_vec();
        self.key
            .seal(nonce, &self.bound, &mut part)
            .map_err(|_| Broken)?;
        out.append(&mut part);
        Ok(())
    }

    fn open(&mut self, sealed: &[u8], is_last: bool, out: &mut Vec<u8>) -> Result<(), Broken> {
        let nonce = self.nonce(is_last);
        let mut part = sealed.to_vec();
        self.key
            .open(nonce, &self.bound, &mut part)
            .map_err(|_| Broken)?;
        out.append(&mut part);
        Ok(())
    }
}

/// Seals a file while it comes in.
pub(super) struct Sealer {
    parts: Parts,
    waiting: Vec<u8>,
    begun: bool,
}

impl Sealer {
    pub(super) fn new(key: &[u8], file: BlobId) -> Result<Self, Broken> {
        Ok(Self {
            parts: Parts::new(key, file)?,
            waiting: Vec::new(),
            begun: false,
        })
    }

    fn head(&mut self, out: &mut Vec<u8>) {
        if !std::mem::replace(&mut self.begun, true) {
            out.extend_from_slice(self.parts.head);
        }
    }

    /// Takes clear bytes and gives the sealed ones that are ready. A full part waits until something follows it.
    pub(super) fn push(&mut self, clear: &[u8]) -> Result<Vec<u8>, Broken> {
        let mut out = Vec::with_capacity(clear.len() + TAG * 2);
        self.head(&mut out);
        self.waiting.extend_from_slice(clear);
        while self.waiting.len() > PART {
            let rest = self.waiting.split_off(PART);
            let part = std::mem::replace(&mut self.waiting, rest);
            self.parts.seal(&part, false, &mut out)?;
        }
        Ok(out)
    }

    /// The last part.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Broken> {
        let mut out = Vec::with_capacity(self.waiting.len() + TAG + HEAD.len());
        self.head(&mut out);
        let part = std::mem::take(&mut self.waiting);
        self.parts.seal(&part, true, &mut out)?;
        Ok(out)
    }
}

/// Opens a sealed file while it comes in.
pub(super) struct Opener {
    parts: Parts,
    waiting: Vec<u8>,
    begun: bool,
}

impl Opener {
    pub(super) fn new(key: &[u8], file: BlobId) -> Result<Self, Broken> {
        Ok(Self {
            parts: Parts::new(key, file)?,
            waiting: Vec::new(),
            begun: false,
        })
    }

    /// Takes sealed bytes and gives the clear ones that are proven.
    pub(super) fn push(&mut self, sealed: &[u8]) -> Result<Vec<u8>, Broken> {
        self.waiting.extend_from_slice(sealed);
        if !self.begun {
            if self.waiting.len() < HEAD.len() {
                return Ok(Vec::new());
            }
            let rest = self.waiting.split_off(HEAD.len());
            if self.waiting != self.parts.head {
                return Err(Broken);
            }
            (self.waiting, self.begun) = (rest, true);
        }
        let mut out = Vec::with_capacity(self.waiting.len());
        while self.waiting.len() > PART + TAG {
            let rest = self.waiting.split_off(PART + TAG);
            let part = std::mem::replace(&mut self.waiting, rest);
            self.parts.open(&part, false, &mut out)?;
        }
        Ok(out)
    }

    /// The last part; a file without one was cut.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Broken> {
        if !self.begun {
            return Err(Broken);
        }
        let mut out = Vec::new();
        let part = std::mem::take(&mut self.waiting);
        self.parts.open(&part, true, &mut out)?;
        Ok(out)
    }
}

/// Where sealed bytes lie that hold a range of the clear ones, and how they are opened.
pub(super) struct Cut {
    /// The sealed bytes.
    pub(super) sealed: Range<u64>,
    /// Clear bytes to leave out before the range.
    pub(super) skip: u64,
    /// The first part.
    first: u64,
    /// The last part that is asked for.
    last: u64,
    /// The last part of the file.
    end: u64,
}

impl Cut {
    /// The parts that hold a range, which must lie inside a file of so many clear bytes and not be empty.
    pub(super) fn of(range: &Range<u64>, size: u64) -> Self {
        let (part, sealed) = (PART as u64, (PART + TAG) as u64);
        let end = size.div_ceil(part).max(1) - 1;
        let (first, last) = (range.start / part, (range.end - 1) / part);
        let head = HEAD.len() as u64;
        // The last part of a file is as long as what is left for it.
        let to = if last == end {
            head + size + (end + 1) * TAG as u64
        } else {
            head + (last + 1) * sealed
        };
        Self {
            sealed: head + first * sealed..to,
            skip: range.start - first * part,
            first,
            last,
            end,
        }
    }
}

/// Opens some parts of a sealed file while they come in. Each is proven for itself, with its number and whether it is the last.
pub(super) struct CutOpener {
    parts: Parts,
    waiting: Vec<u8>,
    last: u64,
    end: u64,
}

impl CutOpener {
    pub(super) fn new(key: &[u8], file: BlobId, cut: &Cut) -> Result<Self, Broken> {
        Ok(Self {
            parts: Parts {
                next: cut.first,
                ..Parts::new(key, file)?
            },
            waiting: Vec::new(),
            last: cut.last,
            end: cut.end,
        })
    }

    /// Takes sealed bytes and gives the clear ones that are proven.
    pub(super) fn push(&mut self, sealed: &[u8]) -> Result<Vec<u8>, Broken> {
        self.waiting.extend_from_slice(sealed);
        let mut out = Vec::with_capacity(self.waiting.len());
        while self.waiting.len() >= PART + TAG && self.parts.next < self.last {
            let rest = self.waiting.split_off(PART + TAG);
            let part = std::mem::replace(&mut self.waiting, rest);
            self.parts.open(&part, false, &mut out)?;
        }
        Ok(out)
    }

    /// The last part of the range; where it is missing the file was cut.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Broken> {
        if self.parts.next != self.last {
            return Err(Broken);
        }
        let mut out = Vec::new();
        let part = std::mem::take(&mut self.waiting);
        self.parts.open(&part, self.last == self.end, &mut out)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const SECRET: [u8; 32] = [7; 32];

    fn file(n: u128) -> BlobId {
        BlobId(Uuid::from_u128(n))
    }

    fn sealed(clear: &[u8], step: usize) -> Vec<u8> {
        let mut sealer = Sealer::new(&SECRET, file(1)).expect("a key");
        let mut out = Vec::new();
        for part in clear.chunks(step) {
            out.extend(sealer.push(part).expect("seals"));
        }
        out.extend(sealer.finish().expect("seals"));
        out
    }

    fn opened(bytes: &[u8], step: usize, of: BlobId) -> Result<Vec<u8>, Broken> {
        let mut opener = Opener::new(&SECRET, of)?;
        let mut out = Vec::new();
        for part in bytes.chunks(step) {
            out.extend(opener.push(part)?);
        }
        out.extend(opener.finish()?);
        Ok(out)
    }

    #[test]
    fn what_is_sealed_opens_however_it_comes() {
        for length in [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 17] {
            let clear: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            for step in [1_000, PART, 1_000_000] {
                let bytes = sealed(&clear, step);
                assert_eq!(bytes, sealed(&clear, 4_096), "the same however it comes");
                assert_eq!(opened(&bytes, 999, file(1)), Ok(clear.clone()), "{length}");
            }
        }
    }

    #[test]
    fn any_range_opens_by_itself() {
        for length in [1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 17] {
            let clear: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let bytes = sealed(&clear, 4_096);
            let places = [0, 1, PART - 1, PART, PART + 1, 2 * PART, length - 1];
            for (from, to) in places
                .iter()
                .flat_map(|a| places.iter().map(move |b| (*a, *b)))
            {
                if from > to || to >= length {
                    continue;
                }
                let range = from as u64..to as u64 + 1;
                let cut = Cut::of(&range, length as u64);
                assert!(cut.sealed.end as usize <= bytes.len(), "{length} {range:?}");
                let part = &bytes[cut.sealed.start as usize..cut.sealed.end as usize];
                let open = |part: &[u8]| -> Result<Vec<u8>, Broken> {
                    let mut opener = CutOpener::new(&SECRET, file(1), &cut)?;
                    let mut out = Vec::new();
                    for piece in part.chunks(9_999) {
                        out.extend(opener.push(piece)?);
                    }
                    out.extend(opener.finish()?);
                    Ok(out)
                };
                let out = open(part).expect("opens");
                let skip = cut.skip as usize;
                assert_eq!(
                    out[skip..=skip + to - from],
                    clear[from..=to],
                    "{length} {range:?}"
                );
                let mut flipped = part.to_vec();
                flipped[part.len() / 2] ^= 1;
                assert_eq!(open(&flipped), Err(Broken));
                assert_eq!(open(&part[..part.len() - 1]), Err(Broken));
            }
        }
    }

    #[test]
    fn what_is_cut_swapped_or_moved_does_not_open() {
        let clear = vec![5_u8; 3 * PART];
        let whole = sealed(&clear, PART);
        let part = PART + TAG;
        let from = |n: usize| HEAD.len() + n * part;
        let mut swapped = whole.clone();
        swapped[from(0)..from(2)].rotate_left(part);
        let mut flipped = whole.clone();
        flipped[from(1) + 5] ^= 1;
        let without_middle = [&whole[..from(1)], &whole[from(2)..]].concat();
        for (what, bytes) in [
            ("the last part is missing", &whole[..from(2)]),
            ("half a part is missing", &whole[..whole.len() - 7]),
            ("nothing but the head", &whole[..HEAD.len()]),
            ("nothing", &[][..]),
            ("swapped", &swapped),
            ("flipped", &flipped),
            ("a part is missing", &without_middle),
        ] {
            assert_eq!(opened(bytes, part, file(1)), Err(Broken), "{what}");
        }
        assert_eq!(
            opened(&whole, part, file(2)),
            Err(Broken),
            "another file's place"
        );
        assert!(opened(&whole, part, file(1)).is_ok());
    }

    #[test]
    fn a_file_says_by_which_provider_it_is_sealed() {
        let clear = vec![5_u8; PART + 17];
        let mut whole = Vec::new();
        let mut sealer = Sealer::new(&SECRET[..16], file(1)).expect("a key");
        whole.extend(sealer.push(&clear).expect("seals"));
        whole.extend(sealer.finish().expect("seals"));
        assert!(whole.starts_with(HEAD_SM));
        assert!(sealed(&clear, PART).starts_with(HEAD));
        let mut opener = Opener::new(&SECRET[..16], file(1)).expect("a key");
        let mut out = opener.push(&whole).expect("opens");
        out.extend(opener.finish().expect("opens"));
        assert_eq!(out, clear);
        assert_eq!(opened(&whole, PART, file(1)), Err(Broken), "another key");
        assert!(Sealer::new(&SECRET[..8], file(1)).is_err());
    }
}
