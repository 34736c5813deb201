//! Hides what looks like a person's mobile number or identity number inside any text: opinions, titles, fields that say nothing of themselves.
//! Not here: masks of values whose kind is known (`mask`).
//! Shapes only: eleven digits of a mobile number, eighteen or fifteen of an identity number with a date of birth. Digits may be full width
//! and stand apart by single blanks, dots or dashes.

use super::{half_width, mask_id, mask_phone};

/// The text with every such number masked; everything else as it was.
pub fn conceal(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let begins = digit(chars[at]).is_some() || chars[at] == '+';
        let free = at == 0 || !is_part(chars[at - 1]);
        if let Some((masked, end)) = (begins && free).then(|| number(&chars, at)).flatten() {
            out.push_str(&masked);
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// A digit in any width.
fn digit(c: char) -> Option<char> {
    Some(half_width(c)).filter(char::is_ascii_digit)
}

/// Letters and digits of ASCII, in any width: what would make a number a part of something longer.
fn is_part(c: char) -> bool {
    half_width(c).is_ascii_alphanumeric()
}

/// Signs that stand between groups of digits, and signs that nobody sees.
fn divides(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{A0}' | '\u{3000}' | '-' | '.' | '·' | '‐'..='―' | '－' | '．' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    )
}

/// The number that begins here, masked, and where it ends. The longest that has a shape counts.
fn number(chars: &[char], from: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut ends = Vec::new();
    let mut at = from + usize::from(chars[from] == '+');
    while let Some(&c) = chars.get(at) {
        if let Some(d) = digit(c) {
            digits.push(d);
        } else if digits.len() == 17 && half_width(c).eq_ignore_ascii_case(&'x') {
            digits.push('X');
        } else if divides(c)
            && chars
                .get(at - 1)
                .is_some_and(|before| !divides(*before) || c > '\u{200A}')
        {
            at += 1;
            continue;
        } else {
            break;
        }
        at += 1;
        let closed = chars.get(at).is_none_or(|next| !is_part(*next));
        if closed && let Some(masked) = shape(&digits) {
            ends.push((masked, at));
        }
        if digits.len() > 20 {
            break;
        }
    }
    ends.pop()
}

/// What a row of digits is shown as, if it is somebody's number.
fn shape(digits: &str) -> Option<String> {
    let mobile = |d: &str| {
        let bytes = d.as_bytes();
        bytes.len() == 11
            && bytes[0] == b'1'
            && (b'3'..=b'9').contains(&bytes[1])
            && !d.ends_with('X')
    };
    let country = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86"));
    if mobile(digits) {
        return Some(mask_phone(digits));
    }
    if let Some(rest) = country.filter(|rest| mobile(rest)) {
        return Some(mask_phone(rest));
    }
    let born = match digits.len() {
        18 => digits.get(6..14)?.to_owned(),
        15 => format!("19{}", digits.get(6..12)?),
        _ => return None,
    };
    let area = digits.get(..2)?.parse::<u8>().ok()?;
    let known =
        (11..=91).contains(&area) && chrono::NaiveDate::parse_from_str(&born, "%Y%m%d").is_ok();
    known.then(|| mask_id(digits))
}

#[cfg(test)]
mod tests {
    use super::conceal;

    #[test]
    fn numbers_of_persons_are_masked_wherever_they_stand() {
        let cases = [
            ("13812345678", "138****5678"),
            ("请打13812345678找王先生", "请打138****5678找王先生"),
            ("13812345678，13912345678", "138****5678，139****5678"),
            ("138 1234 5678", "138****5678"),
            ("138-1234-5678", "138****5678"),
            ("138–1234–5678", "138****5678"),
            ("138.1234.5678", "138****5678"),
            ("１３８１２３４５６７８", "138****5678"),
            ("+86 13812345678", "138****5678"),
            ("008613812345678", "138****5678"),
            ("\u{202D}13812345678\u{202C}", "\u{202D}138****5678\u{202C}"),
            ("138\u{200B}12345678", "138****5678"),
            ("身份证 32010619900101002X。", "身份证 3201**********002X。"),
            ("32010619900101002x", "3201**********002X"),
            ("320106900101002", "3201*******1002"),
            ("2026 13812345678", "2026 138****5678"),
            ("电话:13812345678;", "电话:138****5678;"),
        ];
        for (text, masked) in cases {
            assert_eq!(conceal(text), masked, "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "",
            "工期 12 天，2026-03-02 至 2026-03-20",
            "320100-permit-sample-20260302-00001",
            "320100-2026-000012",
            "12345",
            "02583600000",
            "23812345678",
            "138123456789",
            "a13812345678",
            "13812345678a",
            "913201001349000001",
            "320106199013010021",
            "3.14159265358979",
        ] {
            assert_eq!(conceal(text), text, "{text}");
        }
    }
}
