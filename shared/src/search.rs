//! The one tokeniser of ticket search: character bigrams in, phrases out, so that a search equals a scan for the string.
//! Not here: the index (FTS5 and `tsvector`, in `store`).
//! Rules: full-width folded, lower-cased; Latin words and numbers are whole; a run ends at punctuation, so that no phrase crosses it.

use crate::person::half_width;

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
    for c in text.chars().map(half_width) {
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
    flush(&mut word, &mut run);
    if !run.is_empty() {
        out.push(run);
    }
    out
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
    fn one_character_and_signs_find_nothing() {
        for words in ["路", " ", "", "。，！", "a", "%", "😀", "路 灯"] {
            assert!(query(words).is_empty(), "{words}");
        }
        assert_eq!(query("路 漏水"), vec![vec!["漏水"]]);
        assert_eq!(query("漏水 漏水").len(), 1);
        assert!(query(&"漏".repeat(5_000))[0].len() < MAX_QUERY);
    }
}
