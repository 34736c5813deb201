//! The one form in which a person's name or number is found again, however it was typed: full and half width, blanks, dots, capitals.
//! Not here: phone numbers (`phone::normalise`), the keyed digests of these forms (`store`).
//! A change of a form changes every digest: rows of before are made anew by a job (`store::tickets::rehash`).

use unicode_normalization::UnicodeNormalization as _;

use super::document;
use crate::input;

/// A name in compatibility form, without blanks, invisible signs and the dots between its parts, in small letters.
pub fn name_form(name: &str) -> String {
    let is_kept = |c: &char| {
        !c.is_whitespace()
            && !input::is_invisible(*c)
            && !matches!(c, '·' | '•' | '・' | '‧' | '∙' | '⋅' | '.' | '。')
    };
    name.nfkc()
        .filter(is_kept)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The number of an identity document as it is kept; what is none, narrow, without blanks and in capitals.
pub fn number_form(number: &str) -> String {
    match document::check(number) {
        Some(document) => document.number,
        None => input::code(number).to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_however_it_was_typed() {
        for typed in ["张三", " 张 三 ", "张\u{3000}三", "张\u{200B}三"] {
            assert_eq!(name_form(typed), "张三", "{typed:?}");
        }
        let names = ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽・买买提"];
        for typed in names {
            assert_eq!(name_form(typed), "阿依古丽买买提", "{typed}");
        }
        assert_eq!(name_form("Ｊｏｈｎ  Smith"), name_form("john smith"));
        assert_eq!(name_form("  "), "");
    }

    #[test]
    fn a_number_is_found_however_it_was_typed() {
        for typed in [
            "11010519491231002X",
            "11010519491231002x",
            "１１０１０５ 19491231 002Ｘ",
        ] {
            assert_eq!(number_form(typed), "11010519491231002X", "{typed}");
        }
        assert_eq!(number_form(" ab 12-c "), "AB12-C", "what is none stays");
    }
}
