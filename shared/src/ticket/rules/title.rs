//! A title from the content, for those who give none: the first sentence, cut at 60 characters.
//! Not here: the length of a title that is given (`register`).
//! The agent may edit it later (`domain.md` section 2).

use super::length;

/// Ends of a sentence.
const ENDS: &[char] = &['。', '！', '？', '；', '!', '?', ';', '\n'];
/// Sentences shorter than this say too little ("您好。").
const LEAST: usize = 8;

/// The first sentence that says enough, on one line; cut with … when it is longer than a title.
pub fn title_from(content: &str) -> String {
    let mut title = String::new();
    for sentence in content.split_inclusive(ENDS) {
        title.push_str(sentence);
        if title.trim().chars().count() > LEAST {
            break;
        }
    }
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !super::is_forbidden(*c)).collect();
    let line = line.trim_end_matches(['。', '；', '，', ',', ';']).trim();
    if line.chars().count() <= length::TITLE {
        return line.to_owned();
    }
    line.chars().take(length::TITLE - 1).chain(['…']).collect()
}
