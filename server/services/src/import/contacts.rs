//! What stands in a column of phone numbers: one number, several, a remark beside it, a masked one, or none at all.
//! Not here: what a number is (`shared::person::phone`).
//! The first number is the phone, the next the other contact; nothing that was written is lost.

use shared::person;

/// A column of phone numbers, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Contacts {
    /// The first number.
    pub phone: Option<String>,
    /// Further numbers and what stands beside them; personal, so it belongs into the sealed block.
    pub other: Vec<String>,
    /// Words that are no number and name nobody: 无, 匿名, 138****5678.
    pub words: Option<String>,
}

/// Between two numbers.
const BETWEEN: [char; 13] = [
    '/', '、', ',', '，', ';', '；', '|', '\n', '或', '和', '\\', '+', '及',
];

/// Takes a column apart.
pub(super) fn read(text: &str) -> Contacts {
    let whole = shared::input::line(text);
    if let Ok(phone) = person::phone::check(&whole) {
        return Contacts {
            phone: Some(phone),
            ..Contacts::default()
        };
    }
    let (outside, remarks) = remarks(&whole);
    let mut found = Contacts::default();
    for part in pieces(&outside) {
        match person::phone::check(&part) {
            Ok(number) if found.phone.is_none() => found.phone = Some(number),
            Ok(number) => found.other.push(number),
            Err(_) => found.other.push(part),
        }
    }
    found.other.extend(remarks);
    if found.phone.is_none() {
        let personal = digits(&whole) >= 7 && !whole.contains(['*', '＊', '×', 'x', 'X']);
        found.other.clear();
        if personal {
            found.other.push(whole);
        } else {
            found.words = Some(whole);
        }
    }
    found
}

/// Numbers split at signs and, where both sides are long enough, at blanks.
fn pieces(text: &str) -> Vec<String> {
    // A plus in front of a number is part of it.
    let begins_with_plus = text.starts_with('+');
    let mut out = Vec::new();
    for part in text.split(BETWEEN) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let part = if begins_with_plus && out.is_empty() {
            format!("+{part}")
        } else {
            part.to_owned()
        };
        if person::phone::check(&part).is_ok() {
            out.push(part);
            continue;
        }
        let words: Vec<&str> = part.split(' ').collect();
        if words.iter().filter(|word| digits(word) >= 7).count() > 1 {
            out.extend(words.into_iter().map(str::to_owned));
        } else {
            out.push(part);
        }
    }
    out
}

fn digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

/// The text without what stands in brackets, and that; brackets around digits are part of a number.
fn remarks(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(open) = rest.find(['(', '（']) {
        let width = rest[open..].chars().next().map_or(1, char::len_utf8);
        let Some(close) = rest[open..].find([')', '）']) else {
            break;
        };
        let words = &rest[open + width..open + close];
        let end = open
            + close
            + rest[open + close..]
                .chars()
                .next()
                .map_or(1, char::len_utf8);
        if words.chars().all(|c| c.is_numeric() || c == '+') {
            outside.push_str(&rest[..end]);
        } else {
            outside.push_str(&rest[..open]);
            outside.push(' ');
            inside.push(words.trim().to_owned());
        }
        rest = &rest[end..];
    }
    outside.push_str(rest);
    (outside.trim().to_owned(), inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_phones_is_taken_apart() {
        let phone = |number: &str, other: &[&str]| Contacts {
            phone: Some(number.to_owned()),
            other: other.iter().map(|text| (*text).to_owned()).collect(),
            words: None,
        };
        let words = |text: &str| Contacts {
            words: Some(text.to_owned()),
            ..Contacts::default()
        };
        for (text, want) in [
            ("13800000001", phone("13800000001", &[])),
            (
                "13800000001/13800000002",
                phone("13800000001", &["13800000002"]),
            ),
            (
                "13800000001、025-83600000",
                phone("13800000001", &["02583600000"]),
            ),
            (
                "13800000001 13800000002",
                phone("13800000001", &["13800000002"]),
            ),
            (
                "13800000001\n13800000002",
                phone("13800000001", &["13800000002"]),
            ),
            ("13800000001（王先生）", phone("13800000001", &["王先生"])),
            ("王先生 / 13800000001", phone("13800000001", &["王先生"])),
            ("13800000001;", phone("13800000001", &[])),
            ("'13800000001", phone("13800000001", &[])),
            ("400-820-0000", phone("4008200000", &[])),
            ("025-83600000-801", phone("02583600000-801", &[])),
            ("(025)83600000", phone("02583600000", &[])),
            ("+852 2345 6789", phone("+85223456789", &[])),
            (
                "+852 2345 6789/13800000001",
                phone("+85223456789", &["13800000001"]),
            ),
            ("12345", phone("12345", &[])),
            ("138****5678", words("138****5678")),
            ("无", words("无")),
            ("匿名", words("匿名")),
            (
                "1380000000",
                Contacts {
                    other: vec!["1380000000".to_owned()],
                    ..Contacts::default()
                },
            ),
        ] {
            assert_eq!(read(text), want, "{text:?}");
        }
    }
}
