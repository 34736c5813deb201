//! Hides what looks like a person's mobile number, identity number or bank card inside any text: opinions, titles, fields that say nothing of themselves.
//! Not here: masks of values whose kind is known (`mask`).
//! Shapes only: eleven digits of a mobile number, eighteen or fifteen of an identity number with a date of birth, sixteen to nineteen of a card with
//! its check digit. Digits may be full width and stand apart by single blanks, dots or dashes; those of a card in fours.

use super::{half_width, mask_id, mask_phone};

/// The text with every such number masked; everything else as it was.
pub fn conceal(text: &str) -> String {
    // Most texts have not as many digits as the shortest number.
    if text
        .chars()
        .filter(|c| digit(*c).is_some())
        .nth(10)
        .is_none()
    {
        return text.to_owned();
    }
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
    let mut in_fours = true;
    let mut last = from;
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
            // Signs that nobody sees divide nothing.
            in_fours &= is_unseen(c) || digits.len().is_multiple_of(4);
            at += 1;
            continue;
        } else {
            break;
        }
        at += 1;
        last = at;
        let closed = chars.get(at).is_none_or(|next| !is_part(*next));
        if closed && let Some(masked) = shape(&digits) {
            ends.push((masked, at));
        }
        if digits.len() > 20 {
            break;
        }
    }
    let closed = chars.get(last).is_none_or(|next| !is_part(*next));
    let found = || card(&digits).filter(|_| in_fours && closed);
    ends.pop().or_else(|| found().map(|masked| (masked, last)))
}

/// Signs that nobody sees.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// What a bank card is shown as: issuer and last digits. All digits that stand together count, so that a part of a longer number is none.
fn card(digits: &str) -> Option<String> {
    let is_card = (16..=19).contains(&digits.len())
        && digits.starts_with(['4', '5', '6'])
        && digits.bytes().all(|d| d.is_ascii_digit())
        && has_check_digit(digits);
    is_card.then(|| {
        let (issuer, rest) = digits.split_at(4);
        let (middle, last) = rest.split_at(rest.len() - 4);
        format!("{issuer}{}{last}", "*".repeat(middle.len()))
    })
}

/// ISO/IEC 7812-1: each second digit from the right counts twice, and the sum ends in nought.
fn has_check_digit(digits: &str) -> bool {
    let values = digits.chars().rev().filter_map(|c| c.to_digit(10));
    let sum: u32 = values
        .enumerate()
        .map(|(at, value)| match (at % 2, value) {
            (0, value) => value,
            (_, value) if value > 4 => value * 2 - 9,
            (_, value) => value * 2,
        })
        .sum();
    sum % 10 == 0
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
            ("卡号6222020200112233446。", "卡号6222***********3446。"),
            ("6222 0202 0011 2233 446", "6222***********3446"),
            ("４２２２２２２２２２２２２２２０", "4222********2220"),
            ("6217-0012-3456-7890-122", "6217***********0122"),
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
            "6222020200112233445",
            "422222-2222-222220",
            "4222 2222 2222 2220 1234 56",
        ] {
            assert_eq!(conceal(text), text, "{text}");
        }
    }
}
