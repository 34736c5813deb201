//! The one tokeniser of ticket search: character bigrams in, phrases out, so that a search equals a scan for what the eye reads.
//! Not here: the index (FTS5 and `tsvector`, in `store`).
//! Rules: what looks the same is the same (width, case, radicals, traditional and simplified characters), signs without a picture and
//! quotation marks do not count, Latin words and numbers are whole; a run ends at other punctuation, so that no phrase crosses it.

mod widen;

use crate::input::{self, fold};

pub use widen::{Phrase, fitting, widened};

/// Longest query in characters; the rest is left out.
pub const MAX_QUERY: usize = 100;

/// Index terms of a text, run by run. Between two runs the index must leave a gap in the positions.
/// A run of several atoms gives its bigrams; every Latin word or number of two or more characters also gives a run of its own.
pub fn grams(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for run in runs(text) {
        if run.len() > 1 {
            out.push(
                run.windows(2)
                    .map(|pair| format!("{}{}", pair[0], pair[1]))
                    .collect(),
            );
        }
        out.extend(
            run.into_iter()
                .filter(|atom| atom.chars().nth(1).is_some())
                .map(|word| vec![word]),
        );
    }
    out
}

/// Phrases that must all occur; empty when the query has no run of two or more characters.
/// A lone character beside longer runs is left out.
pub fn query(text: &str) -> Vec<Vec<String>> {
    let text: String = text.chars().take(MAX_QUERY).collect();
    let mut out: Vec<Vec<String>> = Vec::new();
    for run in runs(&text) {
        let phrase: Vec<String> = match run.as_slice() {
            [word] if word.chars().nth(1).is_some() => vec![word.clone()],
            [_] => continue,
            _ => run
                .windows(2)
                .map(|pair| format!("{}{}", pair[0], pair[1]))
                .collect(),
        };
        if !out.contains(&phrase) {
            out.push(phrase);
        }
    }
    out
}

/// Runs of atoms between punctuation. An atom is one Chinese character, or one whole Latin word or number.
fn runs(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut run: Vec<String> = Vec::new();
    let mut word = String::new();
    let flush = |word: &mut String, run: &mut Vec<String>| {
        if !word.is_empty() {
            run.push(std::mem::take(word));
        }
    };
    let mut plain = String::new();
    for c in text.chars() {
        if is_quote(c) {
            // It ends a Latin word (O'Neill), but no phrase.
            flush(&mut word, &mut run);
            continue;
        }
        if input::is_invisible(c) {
            continue;
        }
        plain.clear();
        fold::narrow(c, &mut plain);
        for c in plain.chars().map(simple) {
            if !c.is_alphanumeric() {
                flush(&mut word, &mut run);
                if !run.is_empty() {
                    out.push(std::mem::take(&mut run));
                }
            } else if stands_alone(c) {
                flush(&mut word, &mut run);
                run.push(c.to_string());
            } else {
                word.extend(c.to_lowercase());
            }
        }
    }
    flush(&mut word, &mut run);
    if !run.is_empty() {
        out.push(run);
    }
    out
}

/// Quotation marks, which a reader passes over inside a phrase.
const fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '〝'
            | '〞'
            | '\u{FE41}'..='\u{FE44}' | '＂' | '＇'
    )
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswerable {
    /// Single characters only; the index knows pairs.
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
    Some(if runs(text).is_empty() {
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

/// Scripts without blanks between words: Han, kana, hangul.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an index with positions would answer: every phrase occurs inside one run.
    fn finds(text: &str, words: &str) -> bool {
        let (grams, query) = (grams(text), query(words));
        !query.is_empty()
            && query.iter().all(|phrase| {
                grams.iter().any(|run| {
                    run.windows(phrase.len())
                        .any(|part| part == phrase.as_slice())
                })
            })
    }

    #[test]
    fn bigrams_stop_at_punctuation() {
        assert_eq!(
            grams("路灯不亮，漏水"),
            vec![vec!["路灯", "灯不", "不亮"], vec!["漏水"]]
        );
        assert_eq!(query("路灯不亮"), vec![vec!["路灯", "灯不", "不亮"]]);
        assert!(!finds("路灯，不亮", "灯不"));
    }

    #[test]
    fn words_and_numbers_are_whole_and_join_their_neighbours() {
        assert_eq!(
            grams("ABC小区"),
            vec![
                vec!["abc小".to_owned(), "小区".to_owned()],
                vec!["abc".to_owned()]
            ]
        );
        for words in ["abc", "ＡＢＣ小", "3号楼", "12345", "号楼", "A区", "区3"] {
            assert!(finds("abc小区A区3号楼，拨打12345", words), "{words}");
        }
        assert!(!finds("13号楼", "3号楼"), "a number is whole");
        assert!(!finds("拨打12345", "1234"));
    }

    #[test]
    fn a_search_equals_a_scan() {
        let text = "鼓楼区上海路的路灯已经三天不亮了，晚上很黑。请尽快修复";
        let chars: Vec<char> = text.chars().collect();
        for length in 2..6 {
            for part in chars.windows(length) {
                let part: String = part.iter().collect();
                if part.chars().all(char::is_alphanumeric) {
                    assert!(finds(text, &part), "{part}");
                }
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
        for words in ["路", "a", "路 灯", "路。灯"] {
            assert_eq!(unanswerable(words), Some(Unanswerable::Single), "{words}");
        }
        for words in ["", "。，！", "%", "😀", "\u{200B}", "“”"] {
            assert_eq!(unanswerable(words), Some(Unanswerable::Signs), "{words:?}");
        }
        for words in ["路灯", "ab", "路 路灯"] {
            assert_eq!(unanswerable(words), None, "{words}");
        }
    }

    #[test]
    fn one_character_and_signs_find_nothing() {
        for words in ["路", " ", "", "。，！", "a", "%", "😀", "路 灯"] {
            assert!(query(words).is_empty(), "{words}");
        }
        assert_eq!(query("路 漏水"), vec![vec!["漏水"]]);
        assert_eq!(query("漏水 漏水").len(), 1);
        assert!(query(&"漏".repeat(5_000))[0].len() < MAX_QUERY);
    }
}
