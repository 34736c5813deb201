//! The query code (查询码): eight characters that are read aloud and typed without doubt. Codes of six digits, given out before, stay valid.
//! One normal form for every door: blanks, dashes, full width and small letters are the typist's, not the code's.
//! Not here: who draws the code (services), its keyed hash (`store::seal`).

use serde::Serialize;

use crate::command::{Part, Wrong};
use crate::fault::Code;

/// Characters of a new code.
pub const LENGTH: usize = 8;
/// Digits and letters that nobody takes for another: no 0 and O, no 1, I and L.
pub const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Digits of a code of the first years.
const OLD_LENGTH: usize = 6;

/// A code as somebody typed it, in its normal form; whether it opens anything, the services say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct QueryCode(String);

impl QueryCode {
    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Part for QueryCode {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let code = normalise(text);
        if code.is_empty() {
            Self::absent()
        } else if is_possible(&code) {
            Ok(Self(code))
        } else {
            let length = code.chars().count();
            Err(Wrong {
                code: Code::InputCode,
                facts: vec![
                    ("length", length.to_string()),
                    ("typed", "query_code".to_owned()),
                ],
            })
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> crate::command::Described {
        crate::command::text(Some(OLD_LENGTH), None)
    }
}

impl std::str::FromStr for QueryCode {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        Self::of_text(text)
    }
}

/// The code as it is hashed and compared, whatever way it was typed: with a label before it, in groups, in full width.
pub fn normalise(text: &str) -> String {
    let cleaned = crate::input::code(text);
    let code = cleaned.rsplit(':').next().unwrap_or_default();
    code.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '.' | '·'))
        .skip_while(|c| !c.is_ascii())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Whether a normal form can be a code at all.
pub fn is_possible(code: &str) -> bool {
    match code.len() {
        OLD_LENGTH => code.bytes().all(|b| b.is_ascii_digit()),
        LENGTH => code.bytes().all(|b| ALPHABET.contains(&b)),
        _ => false,
    }
}

/// A code from unpredictable bytes, each character equally likely; `None` when there were too few bytes.
pub fn of_bytes(bytes: &[u8]) -> Option<String> {
    // Five bits of a byte are one of 32; the one beyond the alphabet is thrown away.
    let code: String = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)))
        .take(LENGTH)
        .map(|byte| char::from(*byte))
        .collect();
    (code.len() == LENGTH).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_it_is_typed_it_is_one_code() {
        for typed in [
            "K7MPQ2XZ",
            "k7mpq2xz",
            " K7MP Q2XZ ",
            "K7MP-Q2XZ",
            "K7MP—Q2XZ",
            "Ｋ７ＭＰ－Ｑ２ＸＺ",
            "ｋ７ｍｐ　ｑ２ｘｚ",
            "K7MP\u{200B}Q2XZ\r\n",
            "查询码：K7MP Q2XZ",
        ] {
            assert_eq!(normalise(typed), "K7MPQ2XZ", "{typed:?}");
        }
        for typed in ["123456", "１２３４５６", "123 456", "123-456"] {
            assert_eq!(normalise(typed), "123456", "{typed:?}");
        }
    }

    #[test]
    fn new_and_old_codes_are_possible_and_nothing_else() {
        for good in ["K7MPQ2XZ", "23456789", "000000", "123456"] {
            assert!(is_possible(good), "{good}");
        }
        for bad in [
            "",
            "12345",
            "1234567",
            "K7MPQ2X0",
            "K7MPQ2XI",
            "K7MPQ2",
            "k7mpq2xz",
            "K7MPQ2XZ2",
            "一二三四五六",
        ] {
            assert!(!is_possible(bad), "{bad}");
        }
    }

    #[test]
    fn bytes_become_characters_evenly() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(of_bytes(&all).as_deref(), Some("23456789"));
        assert_eq!(of_bytes(&[31; 64]), None, "thrown away");
        assert_eq!(of_bytes(&[30; 8]).as_deref(), Some("ZZZZZZZZ"));
        assert_eq!(of_bytes(&[1; 7]), None, "too few");
    }
}
