//! By what it is seen that a text was more than a text: words of files and commands, of the database, markup that came back, heads, ways out, sleep.
//! Deliberately absent: who sends what (`story`).

use std::time::Duration;

use crate::support::Answer;

/// So long nothing takes that does not sleep; the lists ask for five seconds.
const SLEPT: Duration = Duration::from_millis(4_900);
/// And so long nothing takes at all.
const LONGEST: Duration = Duration::from_secs(20);
/// Shorter ones stand on pages by themselves.
const MARKUP: usize = 12;

/// What only the machine, its files, its shell or its database say.
const INSIDE: [&str; 14] = [
    "root:x:0:0",
    "daemon:x:",
    "uid=0(",
    "[boot loader]",
    "for 16-bit app support",
    "error returned from database",
    "sea_orm",
    "SqlxError",
    "SQLSTATE",
    "no such column",
    "no such table",
    "constraint failed",
    "unrecognized token",
    "panicked at",
];

/// What betrays that it was more, in words; nothing is what is wanted.
pub fn found(text: &str, answer: &Answer) -> Option<String> {
    let mut inside = INSIDE.into_iter();
    let said = inside.find(|word| !text.contains(word) && answer.text.contains(word));
    if let Some(word) = said {
        return Some(format!("says {word:?}"));
    }
    let is_page = answer.header("content-type").starts_with("text/html");
    if is_page && is_markup(text) && answer.text.contains(text) {
        return Some(format!("carries {text:?}"));
    }
    let cookies = answer.headers.get_all("set-cookie");
    let is_ours = |value: &[u8]| !value.windows(9).any(|part| part == b"injection");
    if !cookies.iter().all(|value| is_ours(value.as_bytes())) {
        return Some("sets a cookie of the text".to_owned());
    }
    let location = answer.header("location");
    (!is_inside(location)).then(|| format!("goes to {location}"))
}

/// Whether a page would carry it as markup, were it not written as text.
pub fn is_markup(text: &str) -> bool {
    let opens = |(at, _): (usize, &str)| {
        let behind = text[at + 1..].chars().next();
        behind.is_some_and(|sign| sign.is_ascii_alphabetic() || sign == '/')
    };
    text.len() >= MARKUP && text.match_indices('<').any(opens)
}

/// Whether a call took so long that the text must have been obeyed, or that nobody would wait.
pub fn is_late(text: &str, took: Duration) -> bool {
    let lower = text.to_lowercase();
    let asks = ["sleep", "waitfor", "benchmark", "ping ", "do{"];
    let sleeps = asks.iter().any(|word| lower.contains(word));
    took >= if sleeps { SLEPT } else { LONGEST }
}

fn is_inside(location: &str) -> bool {
    let leaves = location.starts_with("//") || location.contains('\\');
    location.is_empty()
        || (location.starts_with('/') && !leaves && !location.contains(['\r', '\n', '\t']))
}

#[test]
fn markup_sleep_and_ways_out_are_told_from_texts() {
    assert!(is_markup("<script>alert(1)</script>") && is_markup("a longer </title>"));
    assert!(!is_markup("<b>") && !is_markup("1 < 2 and 3 < 4, always"));
    let five = Duration::from_secs(5);
    assert!(is_late("pg_SLEEP(5)#", five) && !is_late("路灯", five));
    assert!(is_inside("") && is_inside("/tickets?q=a"));
    assert!(!is_inside("//a") && !is_inside("https://a") && !is_inside("/\\a"));
}
