//! Cells that a spreadsheet shows and never runs, and free texts without other people's numbers (X-03, I12).
//! Not here: which columns there are (`columns`).
//! Pure functions, tested with the tricks that have worked elsewhere.

use std::borrow::Cow;

/// Characters that make a spreadsheet take a cell for a formula, also in their wide and small forms.
const FORMULA: [char; 17] = [
    '=', '+', '-', '@', '\t', '\r', '\n', ';', '|', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '−',
];

/// The text as a cell. An apostrophe in front makes it text wherever its first visible character would make it a formula;
/// quotes, blanks and invisible marks before that character do not help an attacker.
pub fn cell(text: &str) -> Cow<'_, str> {
    let clean: Cow<'_, str> = if text.contains('\0') {
        Cow::Owned(text.replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    };
    let first = clean.chars().find(|c| !is_skipped(*c));
    let starts_so = clean.chars().next().is_some_and(|c| FORMULA.contains(&c));
    if starts_so || first.is_some_and(|c| FORMULA.contains(&c)) {
        Cow::Owned(format!("'{clean}"))
    } else {
        clean
    }
}

fn is_skipped(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
        || (c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n'))
}

/// Hides telephone, identity and account numbers inside free text: of 11 to 21 digits in a row only the first three and the last four stay,
/// of a mobile number also when it is written in groups. Ticket numbers (22 digits) and dates stay.
pub fn without_numbers(text: &str) -> Cow<'_, str> {
    // Most texts have no eleven digits at all.
    if text
        .chars()
        .filter(|c| digit(*c).is_some())
        .nth(10)
        .is_none()
    {
        return Cow::Borrowed(text);
    }
    let mut hidden: Option<Vec<char>> = None;
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if digit(chars[at]).is_none() {
            at += 1;
            continue;
        }
        let plain = chars[at..]
            .iter()
            .take_while(|c| digit(**c).is_some())
            .count();
        let grouped = grouped(&chars[at..]);
        let positions: Vec<usize> = if (11..=21).contains(&plain) {
            (at..at + plain).collect()
        } else if plain < 11 && is_mobile(&chars, at, &grouped) {
            grouped.iter().map(|offset| at + offset).collect()
        } else {
            at += plain;
            continue;
        };
        let out = hidden.get_or_insert_with(|| chars.clone());
        for position in &positions[3..positions.len() - 4] {
            out[*position] = '*';
        }
        at = positions[positions.len() - 1] + 1;
    }
    hidden.map_or(Cow::Borrowed(text), |chars| {
        Cow::Owned(chars.into_iter().collect())
    })
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// Offsets of digits that are divided by single blanks or hyphens only.
fn grouped(chars: &[char]) -> Vec<usize> {
    let mut offsets = Vec::new();
    let mut gap = 0;
    for (offset, c) in chars.iter().enumerate() {
        if digit(*c).is_some() {
            offsets.push(offset);
            gap = 0;
        } else if matches!(c, ' ' | '-' | '－') && gap == 0 {
            gap = 1;
        } else {
            break;
        }
    }
    offsets
}

fn is_mobile(chars: &[char], at: usize, offsets: &[usize]) -> bool {
    let value = |index: usize| {
        offsets
            .get(index)
            .and_then(|offset| digit(chars[at + offset]))
    };
    offsets.len() == 11 && value(0) == Some(1) && value(1).is_some_and(|second| second >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let attacks = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            " =1",
            "\"=1",
            "'=1",
            "\u{FEFF}=1",
            "\u{200B}=1",
            "\u{202E}=1",
            ";=1",
            "=cmd|' /C calc'!A0",
            "\u{3000}=1",
            "−1",
            "\0=1",
            "-2+3+cmd|' /C calc'!A0",
        ];
        for attack in attacks {
            let cell = cell(attack);
            assert!(cell.starts_with('\''), "{attack:?}");
            assert_eq!(
                cell.trim_start_matches('\'').replace('\'', ""),
                attack.replace(['\0', '\''], ""),
                "the text itself stays: {attack:?}"
            );
        }
        for plain in [
            "",
            "南京市鼓楼区",
            "a=b",
            "3 - 2",
            "“引号”",
            "320100",
            "中央路12-3号",
        ] {
            assert_eq!(cell(plain), plain);
        }
    }

    #[test]
    fn numbers_of_people_are_hidden_in_free_text() {
        let cases = [
            ("联系13812345678张三", "联系138****5678张三"),
            ("电话 138 1234 5678。", "电话 138 **** 5678。"),
            ("138-1234-5678", "138-****-5678"),
            ("１３８１２３４５６７８", "１３８****５６７８"),
            ("身份证11010519491231002X。", "身份证110**********1002X。"),
            ("卡号6222020200112233445", "卡号622************3445"),
            ("工单3201002026021401000123", "工单3201002026021401000123"),
            (
                "2026-02-14 10:30 第3栋1502室",
                "2026-02-14 10:30 第3栋1502室",
            ),
            ("025-83123456", "025-83123456"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(without_numbers(text), expected);
        }
    }
}
