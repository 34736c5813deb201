//! Numbers of houses, buildings, stairs and flats inside free text: an address is shown as far as its road (I12, `domain.md` 1).
//! Not here: telephone and identity numbers (`cell`), the field for the address (`shared::person::mask_address`).
//! A number goes when the word behind it makes it one of a house; dates, metro lines and the numbers of documents stay.

use std::borrow::Cow;

/// Words behind a number that make it a house's, the longer first.
const OF_HOUSE: [&str; 7] = ["号楼", "号", "栋", "幢", "单元", "室", "弄"];
/// Words that do so only right after another number of the same address: `3 栋 2 层`, but not `三层楼`.
const NEXT_TO: [&str; 6] = ["楼", "层", "户", "房", "组", "座"];
/// Before a number: a day of a month, a document.
const NOT_AFTER: [char; 5] = ['月', '第', '〕', ']', '〉'];
/// After `号`: metro lines, documents, windows of an office.
const NOT_BEFORE: [char; 8] = ['线', '文', '令', '码', '窗', '台', '机', '公'];

/// The text without numbers of houses.
pub fn without_houses(text: &str) -> Cow<'_, str> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Option<String> = None;
    let (mut at, mut copied) = (0, 0);
    // End of the last number that was hidden, with its word: what stands right behind it belongs to the same address.
    let mut hidden_to = None;
    while at < chars.len() {
        let Some(number) = Number::at(&chars, at) else {
            at += 1;
            continue;
        };
        let next_to = hidden_to == Some(at);
        match number.word(&chars, next_to) {
            Some(word) => {
                let out = out.get_or_insert_with(String::new);
                out.extend(&chars[copied..at]);
                out.push('*');
                copied = number.end;
                hidden_to = Some(word);
                at = word;
            }
            None => at = number.end,
        }
    }
    match out {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.extend(&chars[copied..]);
            Cow::Owned(out)
        }
    }
}

/// A number as people write it before such a word: `12`, `１２`, `12-3`, `3A`, `二十三`.
struct Number {
    start: usize,
    end: usize,
    /// Written in Chinese: `三室两厅` counts rooms.
    in_words: bool,
}

impl Number {
    fn at(chars: &[char], start: usize) -> Option<Self> {
        let run = |fits: fn(char) -> bool| {
            start + chars[start..].iter().take_while(|c| fits(**c)).count()
        };
        let end = run(is_sign);
        let has_digit = chars[start..end].iter().any(|c| is_digit(*c));
        if has_digit {
            return Some(Self {
                start,
                end,
                in_words: false,
            });
        }
        let end = run(is_numeral);
        (end > start).then_some(Self {
            start,
            end,
            in_words: true,
        })
    }

    /// Where the word behind it ends; none when it is no number of a house.
    fn word(&self, chars: &[char], next_to: bool) -> Option<usize> {
        let blanks = chars[self.end..].iter().take_while(|c| **c == ' ').count();
        let from = self.end + blanks;
        let rest = &chars[from..];
        let starts = |word: &str| {
            let length = word.chars().count();
            (rest.len() >= length && rest.iter().take(length).copied().eq(word.chars()))
                .then_some(length)
        };
        let before = self.start.checked_sub(1).map(|at| chars[at]);
        let found = OF_HOUSE
            .iter()
            .find_map(|word| Some((*word, starts(word)?)));
        if let Some((word, length)) = found {
            let counts = self.in_words && word == "室" && !next_to;
            let other = word == "号"
                && (before.is_some_and(|c| NOT_AFTER.contains(&c))
                    || rest.get(length).is_some_and(|c| NOT_BEFORE.contains(c)));
            return (!counts && !other).then_some(from + length);
        }
        let rooms = !self.in_words && is_flat(&chars[self.start..self.end]);
        let near = next_to.then(|| NEXT_TO.iter().find_map(|word| starts(word)));
        near.flatten()
            .map(|length| from + length)
            .or_else(|| (rooms || next_to && self.is_bare(rest)).then_some(self.end))
    }

    /// A number that ends an address without a word, as in `3 栋 1502`.
    fn is_bare(&self, rest: &[char]) -> bool {
        let length = self.end - self.start;
        let measure = rest.first().is_some_and(|c| {
            matches!(
                c,
                '点' | '年' | '月' | '日' | '元' | '个' | '人' | '次' | '天'
            )
        });
        !self.in_words && (3..=4).contains(&length) && !measure
    }
}

/// `3-2-1502`: building, stair and flat; a date has four digits first.
fn is_flat(number: &[char]) -> bool {
    let parts: Vec<&[char]> = number.split(|c| is_dash(*c)).collect();
    let [house, stair, flat] = parts.as_slice() else {
        return false;
    };
    let all = parts.iter().all(|part| part.iter().all(|c| is_digit(*c)));
    all && (1..=3).contains(&house.len())
        && (1..=2).contains(&stair.len())
        && (3..=4).contains(&flat.len())
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '—')
}

const fn is_sign(c: char) -> bool {
    is_digit(c) || is_dash(c) || c.is_ascii_alphabetic() || matches!(c, '#' | '＃')
}

const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '〇'
    )
}

#[cfg(test)]
mod tests {
    use super::without_houses;

    #[test]
    fn numbers_of_houses_are_hidden_and_others_stay() {
        let cases = [
            ("中山路12号3栋2单元1502室漏水", "中山路*号*栋*单元*室漏水"),
            ("小区 3 栋门口的路灯", "小区 * 栋门口的路灯"),
            ("中央路12-3号", "中央路*号"),
            ("凤凰街二十三号旁边", "凤凰街*号旁边"),
            ("３号楼１０２室", "*号楼*室"),
            ("3A栋 502", "*栋 502"),
            ("3栋502反映", "*栋*反映"),
            ("家住3-2-1502", "家住*"),
            ("5弄3组", "*弄*组"),
        ];
        for (text, hidden) in cases {
            assert_eq!(without_houses(text), hidden);
        }
        for same in [
            "",
            "地铁3号线停运",
            "12月3号晚上停电",
            "苏政发〔2024〕3号文",
            "三室两厅的房子",
            "2026-02-14 10:30 打过 12345",
            "三层楼高",
            "拖欠 3 个月工资 1500 元",
            "第3号令",
            "5 号窗口",
        ] {
            assert_eq!(without_houses(same), same);
        }
    }
}
