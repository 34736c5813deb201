//! Hides what looks like a person's mobile number, identity number or bank card inside any text: opinions, titles, fields that say nothing of themselves.
//! Not here: masks of values whose kind is known (`mask`).
//! Shapes only: eleven digits of a mobile number, eighteen or fifteen of an identity number with a date of birth, sixteen to nineteen of a card with
//! its check digit. Digits may be full width and stand apart by single blanks, dots or dashes; those of a card in fours.

use super::{half_width, mask_id, mask_phone};

/// Digits of the shortest number.
const FEWEST: usize = 11;

/// The text with every such number masked; everything else as it was.
pub fn conceal(text: &str) -> String {
    hide(text).0
}

/// Whether a text has as many digits as the shortest number: most texts have not, and need no closer look.
pub fn may_hold_number(text: &str) -> bool {
    let mut digits = text.chars().filter(|c| digit(*c).is_some());
    digits.nth(FEWEST - 1).is_some()
}

/// Whether a text has a mask in it as they are put on here: four stars or more between digits.
pub fn holds_mask(text: &str) -> bool {
    let mut stars = 0;
    let mut is_behind_digit = false;
    for c in text.chars().map(half_width) {
        if c == '*' && is_behind_digit {
            stars += 1;
            continue;
        }
        if stars >= 4 && c.is_ascii_digit() {
            return true;
        }
        stars = 0;
        is_behind_digit = c.is_ascii_digit();
    }
    false
}

/// What was typed over a text that was shown with its numbers masked: each mask is again the number that it hides, where that is one alone.
pub fn restored(before: &str, typed: &str) -> String {
    let (shown, hidden) = hide(before);
    if typed == shown {
        return before.to_owned();
    }
    let is_one = |(mask, number): &&(String, String)| {
        let mut same = hidden.iter().filter(|(other, _)| other == mask);
        same.all(|(_, other)| other == number)
    };
    let known = hidden.iter().filter(is_one);
    known.fold(typed.to_owned(), |text, (mask, number)| {
        text.replace(mask.as_str(), number)
    })
}

/// The text with its numbers masked, and each mask with what it hides.
fn hide(text: &str) -> (String, Vec<(String, String)>) {
    if !may_hold_number(text) {
        return (text.to_owned(), Vec::new());
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut hidden = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let begins = digit(chars[at]).is_some() || chars[at] == '+';
        let free = at == 0 || !is_part(chars[at - 1]);
        if let Some((masked, end)) = (begins && free).then(|| number(&chars, at)).flatten() {
            out.push_str(&masked);
            hidden.push((masked, chars[at..end].iter().collect()));
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    (out, hidden)
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
    sum.is_multiple_of(10)
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
    use super::{conceal, holds_mask, restored};

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

    #[test]
    fn what_comes_back_masked_is_what_it_was() {
        let before = "打 13812345678 或 139 8765 4321";
        assert_eq!(restored(before, &conceal(before)), before);
        assert_eq!(restored(before, "只打139****4321。"), "只打139 8765 4321。");
        assert_eq!(restored(before, "打 13711112222"), "打 13711112222");
        let two = "13812345678、13899995678";
        assert_eq!(restored(two, "138****5678"), "138****5678", "one of two");
        assert_eq!(restored("没有", "138****5678"), "138****5678");
    }

    #[test]
    fn a_mask_is_told_from_other_stars() {
        for masked in [
            "138****5678",
            "卡6222***********3446。",
            "３２０１*******１００２",
        ] {
            assert!(holds_mask(masked), "{masked}");
        }
        for plain in [
            "13812345678",
            "**",
            "五星****好评",
            "3*4",
            "12 **** 34",
            "1***2",
            "",
        ] {
            assert!(!holds_mask(plain), "{plain}");
        }
    }
}
