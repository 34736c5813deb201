//! Marks of conditions about persons: in the place of a phone, a name or an identity number stands its keyed digest with a seal of whoever asked,
//! such as `phone = #3f…c0.1b…9d`. Without the installation's key it says nothing, and for another person than the one who asked it is no condition.
//! Not here: digests and seals (`services::views::persons`), what a mark finds (`store`).

/// What a mark begins with.
const SIGN: char = '#';
/// Hexadecimal digits of the digest.
const DIGEST: usize = 64;
/// Hexadecimal digits of the seal.
pub const SEAL: usize = 16;
/// Digits of a mark that people are shown.
const SHOWN: usize = 6;

/// A mark of a digest and the seal of whoever asked, both in hexadecimal digits.
pub fn written(digest: &str, seal: &str) -> String {
    format!("{SIGN}{digest}.{seal}")
}

/// Digest and seal of a mark; nothing where it is none.
pub fn read(text: &str) -> Option<(&str, &str)> {
    let (digest, seal) = text.strip_prefix(SIGN)?.split_once('.')?;
    let is_hex = |part: &str, length: usize| {
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        part.len() == length && part.bytes().all(is_digit)
    };
    (is_hex(digest, DIGEST) && is_hex(seal, SEAL)).then_some((digest, seal))
}

/// As people are shown it.
pub(super) fn said(text: &str) -> Option<String> {
    let (digest, _) = read(text)?;
    let begin: String = digest.chars().take(SHOWN).collect();
    Some(format!("{SIGN}{begin}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_digest_and_seal() {
        let (digest, seal) = ("0a".repeat(32), "9f".repeat(8));
        let mark = written(&digest, &seal);
        assert_eq!(read(&mark), Some((&*digest, &*seal)));
        assert_eq!(said(&mark).as_deref(), Some("#0a0a0a…"));
        for wrong in [
            String::new(),
            "13800138000".to_owned(),
            format!("#{digest}"),
            written(&digest, "9f"),
            written(&digest.to_uppercase(), &seal),
            format!("{mark}0"),
        ] {
            assert_eq!(read(&wrong), None, "{wrong}");
        }
    }
}
