//! Conditions and times: words of the languages in any order, sometimes with other signs between.
//! Next: `act`, which reads them.

use rand::Rng;
use rand::seq::IndexedRandom;

const WORDS: [&str; 62] = [
    "a",
    "b",
    "c",
    "d",
    "d.a",
    "n",
    "gone",
    "1",
    "2.5",
    "0",
    "\"x\"",
    "'x'",
    "true",
    "null",
    "==",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&&",
    "||",
    "and",
    "or",
    "!",
    "not",
    "not(",
    "(",
    ")",
    "[",
    "]",
    "..",
    ",",
    "?",
    ":",
    "+",
    "-",
    "*",
    "/",
    "%",
    "in",
    "between",
    "if",
    "then",
    "else",
    "has(",
    "size(",
    "double(",
    "now()",
    "timestamp(",
    "duration(",
    "add_workdays(",
    "empty",
    "${",
    "#{",
    "}",
    "c[0]",
    "execution.getVariable('a')",
    "vars:equals(a, 1)",
    "9223372036854775807",
    "-",
];

/// A condition, or what looks like one.
pub fn condition(random: &mut impl Rng) -> String {
    let mut text = String::new();
    if random.random_ratio(1, 3) {
        text.push_str(["${", "#{", "="].choose(random).unwrap_or(&""));
    }
    let length = if random.random_ratio(1, 50) {
        random.random_range(0..200_usize)
    } else {
        random.random_range(0..9_usize)
    };
    for _ in 0..length {
        text.push_str(WORDS.choose(random).unwrap_or(&"a"));
        if random.random_ratio(4, 5) {
            text.push(' ');
        }
        if random.random_ratio(1, 40) {
            text.push(random.random::<char>());
        }
    }
    if text.starts_with(['$', '#']) {
        text.push('}');
    }
    text
}

/// A date, duration or cycle, or what looks like one.
pub fn timer(random: &mut impl Rng) -> String {
    const PARTS: [&str; 24] = [
        "P",
        "T",
        "R",
        "R3/",
        "/",
        "1",
        "99999999999",
        "Y",
        "M",
        "W",
        "D",
        "H",
        "S",
        "0.5",
        "-",
        "+",
        "wd",
        "wh",
        "limit:",
        "2026-03-02",
        "T10:00:00Z",
        "9999-12-31",
        "PT1H",
        " ",
    ];
    (0..random.random_range(0..7_usize))
        .filter_map(|_| PARTS.choose(random).copied())
        .collect()
}
