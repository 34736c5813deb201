//! The one tokeniser of ticket search: pairs of signs in, phrases out, so that a search equals a scan for what the eye reads.
//! Not here: the index (FTS5 and `tsvector`, in `store`), where words stand in what somebody sees (`sought`).
//! Rules: what looks the same is the same (width, case, radicals, traditional and simplified characters); only letters, digits and characters count, so
//! that a phrase crosses blanks and punctuation and begins and ends inside words and numbers; a mask of four stars or more is crossed by nothing.

mod reads;
mod sought;
mod widen;

use std::ops::Range;

use crate::input::{self, fold};

pub use reads::Reads;
pub use sought::{Shred, Sought};
pub use widen::{fitting, widened};

/// Longest query in characters; the rest is left out.
pub const MAX_QUERY: usize = 100;
/// Digits of which a piece of a ticket's number has at least so many, to be looked for in the index.
pub const NUMBER_PIECE: usize = 4;
/// A sign that no text has: nothing is found across it.
const BREAK: char = '\u{E000}';
/// Stars that are a mask.
const MASK: usize = 4;

/// Gives the signs of a text that count, as they are compared, each with the bytes in which it stands.
fn each_sign(text: &str, mut take: impl FnMut(char, Range<usize>)) {
    let mut stars = 0_usize;
    let mut plain = String::new();
    for (at, c) in text.char_indices() {
        if input::is_invisible(c) {
            continue;
        }
        let place = at..at + c.len_utf8();
        plain.clear();
        fold::narrow(c, &mut plain);
        for c in plain.chars().map(simple) {
            if c == '*' {
                stars += 1;
            } else if c.is_alphanumeric() {
                if stars >= MASK {
                    take(BREAK, at..at);
                }
                stars = 0;
                for c in c.to_lowercase().filter(|c| c.is_alphanumeric()) {
                    take(c, place.clone());
                }
            } else if stars < MASK {
                stars = 0;
            }
        }
    }
}

/// The signs of a text that count.
fn signs(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    each_sign(text, |c, _| out.push(c));
    out
}

/// Runs of signs between masks.
fn runs(text: &str) -> Vec<Vec<char>> {
    let signs = signs(text);
    let runs = signs.split(|c| *c == BREAK);
    runs.filter(|run| !run.is_empty())
        .map(<[char]>::to_vec)
        .collect()
}

/// All pieces of so many neighbouring signs.
fn windows(signs: &[char], size: usize) -> Vec<String> {
    let all = signs.windows(size);
    all.map(|piece| piece.iter().collect()).collect()
}

/// Index terms of a text, run by run. Between two runs the index must leave a gap in the positions.
#[must_use]
pub fn grams(text: &str) -> Vec<Vec<String>> {
    let runs = runs(text).into_iter().filter(|run| run.len() > 1);
    runs.map(|run| windows(&run, 2)).collect()
}

/// Index terms of a text where it differs from what others are shown of it, with as much around as a query is long; nothing where it does not.
#[must_use]
pub fn hidden_grams(text: &str, shown: &str) -> Vec<Vec<String>> {
    let (text, shown) = (signs(text), signs(shown));
    let same = |(a, b): &(&char, &char)| a == b;
    let before = text.iter().zip(&shown).take_while(same).count();
    let rest = text.len().min(shown.len()) - before;
    let behind = text.iter().rev().zip(shown.iter().rev()).take(rest);
    let behind = behind.take_while(same).count();
    let to = text.len() - behind;
    if before >= to {
        return Vec::new();
    }
    let from = before.saturating_sub(MAX_QUERY);
    let part = text.get(from..text.len().min(to + MAX_QUERY));
    let runs = part.unwrap_or_default().split(|c| *c == BREAK);
    runs.filter(|run| run.len() > 1)
        .map(|run| windows(run, 2))
        .collect()
}

/// Index terms of a piece that was typed: it stands where they stand one behind the other.
#[must_use]
pub fn pairs(piece: &str) -> Vec<String> {
    windows(&piece.chars().collect::<Vec<_>>(), 2)
}

/// The same of digits in a ticket's number, of which every four are a term: two are in nearly every one. Nothing for fewer, or other signs.
#[must_use]
pub fn fours(piece: &str) -> Vec<String> {
    if piece.bytes().all(|byte| byte.is_ascii_digit()) {
        windows(&piece.chars().collect::<Vec<_>>(), NUMBER_PIECE)
    } else {
        Vec::new()
    }
}

/// A text as it is compared, with breaks at its masks.
fn plain(text: &str) -> String {
    signs(text).into_iter().collect()
}

/// Whether a piece of what was typed stands in a text.
#[must_use]
pub fn is_within(piece: &str, text: &str) -> bool {
    // Most names are compared as they are written.
    let is_plain = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}') && simple(c) == c;
    if text.chars().all(is_plain) {
        text.contains(piece)
    } else {
        plain(text).contains(piece)
    }
}

/// What was typed, piece by piece, as it is compared; blanks and masks divide.
fn pieces(text: &str) -> Vec<String> {
    let text: String = text.chars().take(MAX_QUERY).collect();
    let mut out: Vec<String> = Vec::new();
    for run in text.split_whitespace().flat_map(runs) {
        let piece: String = run.into_iter().collect();
        if !out.contains(&piece) {
            out.push(piece);
        }
    }
    out
}

/// Pieces that must all occur; empty when the query has none of two or more characters. A lone character beside longer ones is left out.
#[must_use]
pub fn query(text: &str) -> Vec<String> {
    let mut pieces = pieces(text);
    pieces.retain(|piece| is_pair(piece));
    pieces
}

fn is_pair(piece: &str) -> bool {
    piece.chars().nth(1).is_some()
}

/// Whether there is nothing to search for but lone characters and numbers of two or three digits: for these the newest tickets are looked through.
#[must_use]
pub fn is_short(text: &str) -> bool {
    let pieces = pieces(text);
    let few = |piece: &String| {
        let is_number = piece.bytes().all(|byte| byte.is_ascii_digit());
        !is_pair(piece) || (is_number && piece.len() < NUMBER_PIECE)
    };
    !pieces.is_empty() && pieces.iter().all(few)
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswerable {
    /// Single characters only; the index knows pairs. A list looks through the newest tickets instead.
    Single,
    /// Nothing but signs.
    Signs,
}

impl Unanswerable {
    /// The word that goes with the fault as a fact.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Signs => "signs",
        }
    }
}

/// Why nothing can be searched with these words; `None` when something can.
pub fn unanswerable(text: &str) -> Option<Unanswerable> {
    if !query(text).is_empty() {
        return None;
    }
    Some(if pieces(text).is_empty() {
        Unanswerable::Signs
    } else {
        Unanswerable::Single
    })
}

/// The words with every traditional character as its simplified one.
pub fn simplified(text: &str) -> String {
    text.chars().map(simple).collect()
}

/// The simplified character of a traditional one. Several may share one (發 and 髮), so that a search finds rather more than less.
#[cfg(not(target_arch = "wasm32"))]
fn simple(c: char) -> char {
    /// Pairs of a traditional and a simplified character: OpenCC's `TSCharacters` (Apache-2.0), the first choice of each.
    const PAIRS: &str = include_str!("traditional.txt");
    const FIRST: u32 = 0x3400;
    const LAST: u32 = 0x9FFF;
    static TABLE: std::sync::LazyLock<Vec<char>> = std::sync::LazyLock::new(|| {
        let mut table = vec!['\0'; (LAST - FIRST + 1) as usize];
        let mut pairs = PAIRS.chars().filter(|c| !c.is_whitespace());
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            let slot = (from as u32)
                .checked_sub(FIRST)
                .and_then(|index| table.get_mut(index as usize));
            if let Some(slot) = slot {
                *slot = to;
            }
        }
        table
    });
    let point = c as u32;
    if !(FIRST..=LAST).contains(&point) {
        return c;
    }
    match TABLE.get((point - FIRST) as usize) {
        Some('\0') | None => c,
        Some(simple) => *simple,
    }
}

/// The browser searches nothing.
#[cfg(target_arch = "wasm32")]
fn simple(c: char) -> char {
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an index with positions would answer: every phrase occurs inside one run.
    fn finds(text: &str, words: &str) -> bool {
        let (grams, query) = (grams(text), query(words));
        !query.is_empty()
            && query.iter().map(|piece| pairs(piece)).all(|phrase| {
                grams.iter().any(|run| {
                    run.windows(phrase.len())
                        .any(|part| part == phrase.as_slice())
                })
            })
    }

    #[test]
    fn pairs_cross_blanks_and_punctuation() {
        assert_eq!(
            grams("路灯 不亮，漏"),
            vec![vec!["路灯", "灯不", "不亮", "亮漏"]]
        );
        assert_eq!(query("路灯不亮"), ["路灯不亮"]);
        assert_eq!(pairs("路灯不亮"), ["路灯", "灯不", "不亮"]);
        assert!(finds("路灯，不亮", "灯不"));
        assert!(finds("路灯不亮", "灯。不"), "signs that were typed as well");
        assert_eq!(query("路灯 不亮"), ["路灯", "不亮"], "blanks divide words");
    }

    #[test]
    fn pieces_of_words_and_numbers_are_found() {
        for words in [
            "abc",
            "bc",
            "ＡＢＣ小",
            "3号楼",
            "1234",
            "2345",
            "A区",
            "区1",
        ] {
            assert!(finds("abc小区A区13号楼，拨打12345", words), "{words}");
        }
        assert!(finds("幸福里3栋1502室", "502室"));
        assert!(!finds("拨打12345", "1245"));
        assert_eq!(fours("240100"), ["2401", "4010", "0100"]);
        assert!(fours("240").is_empty() && fours("24号楼").is_empty());
    }

    #[test]
    fn nothing_is_found_across_a_mask() {
        let shown = "请打138****5678找王先生";
        assert!(finds(shown, "打138") && finds(shown, "5678找"));
        assert!(!finds(shown, "1385678"));
        assert!(finds("五*星", "五星"), "a single star is no mask");
        let hidden = hidden_grams("请打13812345678找王先生", shown);
        assert_eq!(hidden.len(), 1);
        let has = |piece: &str| {
            hidden[0]
                .windows(pairs(piece).len())
                .any(|it| it == pairs(piece))
        };
        assert!(has("13812345678") && has("12345") && has("78找"));
        assert!(hidden_grams("没有号码", "没有号码").is_empty());
        assert!(is_within("住建局", "南京市住建局") && is_within("住建局", "南京市住-建局"));
        assert!(!is_within("城管局", "南京市住建局"));
    }

    #[test]
    fn short_words_are_told_from_others() {
        for words in ["路", "12", "502", "路 12", "a"] {
            assert!(is_short(words), "{words}");
        }
        for words in ["路灯", "1234", "12号", "路 路灯", "ab", "", "。"] {
            assert!(!is_short(words), "{words}");
        }
    }

    #[test]
    fn a_search_equals_a_scan() {
        let text = "鼓楼区上海路的路灯已经三天不亮了，晚上很黑。请尽快修复 拨打12345，Wi-Fi也断了";
        let chars = signs(text);
        for length in 2..6 {
            for part in chars.windows(length) {
                let part: String = part.iter().collect();
                assert!(finds(text, &part), "{part}");
            }
        }
        for absent in ["路灯亮", "修理", "鼓楼路"] {
            assert!(!finds(text, absent), "{absent}");
        }
    }

    #[test]
    fn what_looks_the_same_is_found() {
        for (text, words) in [
            ("⾼淳路⽅圆⼩区⽴交桥下积⽔", "高淳路方圆小区立交桥下积水"),
            ("高淳路方圆小区", "⾼淳路⽅圆⼩区"),
            ("紫\u{200B}金\u{200B}山路路\u{200B}灯损坏", "紫金山路路灯"),
            ("紫金山路", "紫\u{200B}金\u{FEFF}山路"),
            ("幸福路\"路\"灯全部熄灭", "幸福路路灯"),
            ("幸福路“路”灯全部熄灭", "幸福路路灯"),
            ("幸福路路灯", "幸福路「路」灯"),
            ("幸福里路燈壞了，請盡快維修", "幸福里路灯坏了"),
            ("幸福里路燈壞了，請盡快維修", "请尽快维修"),
            ("幸福里路灯坏了", "路燈壞了"),
            ("安宁路路\u{FE00}灯损坏", "路路灯"),
            ("ＡＢＣ小区１２号", "abc小区12号"),
            ("ABC小区①号", "abc小区1号"),
            ("\u{F9DC}山路", "隆山路"),
            ("⺠生⻜⻢", "民生飞马"),
            ("O’Neill", "neill"),
            ("O'Neill", "O’Neill"),
        ] {
            assert!(finds(text, words), "{words:?} in {text:?}");
        }
        assert_eq!(simplified("燈壞了"), "灯坏了");
    }

    #[test]
    fn a_query_without_an_answer_says_why() {
        for words in ["路", "a", "路 灯"] {
            assert_eq!(unanswerable(words), Some(Unanswerable::Single), "{words}");
        }
        for words in ["", "。，！", "%", "😀", "\u{200B}", "“”"] {
            assert_eq!(unanswerable(words), Some(Unanswerable::Signs), "{words:?}");
        }
        for words in ["路灯", "ab", "路 路灯", "路。灯"] {
            assert_eq!(unanswerable(words), None, "{words}");
        }
    }

    #[test]
    fn one_character_and_signs_find_nothing() {
        for words in ["路", " ", "", "。，！", "a", "%", "😀", "路 灯"] {
            assert!(query(words).is_empty(), "{words}");
        }
        assert_eq!(query("路 漏水"), ["漏水"]);
        assert_eq!(query("漏水 漏水").len(), 1);
        assert_eq!(query(&"漏".repeat(5_000))[0].chars().count(), MAX_QUERY);
    }
}
