//! Places as other systems write them: with province and city in front, without 市 or 区 behind, with the city in brackets.
//! Not here: codes of the division table (`shared::place`), which are taken as they are.
//! A name that several places share is none, unless the words tell which.

use shared::place::{self, Division, DivisionLevel};

use crate::reference::Reference;

/// Words behind a name that people leave out.
const ENDINGS: [&str; 8] = ["自治区", "自治州", "自治县", "省", "市", "区", "县", "地区"];

/// The code of the division below the province that these words name.
pub(super) fn find(reference: &Reference, province: &str, word: &str) -> Option<String> {
    let word = shared::input::line(word);
    let prefix = place::province(province)?;
    let below = |code: &str| code.starts_with(prefix);
    if let Some(known) = reference.divisions.get(&shared::input::code(&word)) {
        return (below(&known.code) && known.level != DivisionLevel::Province)
            .then(|| known.code.clone());
    }
    let parts = parts(&word);
    let all: Vec<&Division> = reference
        .divisions
        .values()
        .filter(|division| {
            below(&division.code)
                && !division.ended
                && matches!(division.level, DivisionLevel::City | DivisionLevel::County)
        })
        .collect();
    let city = |code: &str| place::city(code).map(str::to_owned);
    let home = reference.divisions.get(province);
    for order in [parts.clone(), parts.iter().rev().cloned().collect()] {
        let joined: String = order.concat();
        let joined = home.map_or(joined.as_str(), |home| strip(&joined, &home.name));
        if joined.is_empty() {
            continue;
        }
        // The city in front narrows the search to its districts.
        let found = all
            .iter()
            .filter(|d| d.level == DivisionLevel::City)
            .find_map(|town| {
                let rest = strip(joined, &town.name);
                (rest.len() < joined.len()).then(|| (*town, rest.to_owned()))
            });
        if let Some((town, rest)) = found {
            if rest.is_empty() {
                return Some(town.code.clone());
            }
            let inside = all
                .iter()
                .filter(|d| d.level == DivisionLevel::County && city(&d.code) == city(&town.code));
            if let Some(code) = only(inside.copied(), &rest) {
                return Some(code);
            }
        }
        if let Some(code) = only(all.iter().copied(), joined) {
            return Some(code);
        }
    }
    None
}

/// The words outside and inside brackets, without blanks and strokes between the levels.
fn parts(word: &str) -> Vec<String> {
    word.split([
        '(', ')', '（', '）', '[', ']', '【', '】', '/', '-', '>', '·', ' ', ',', '，', '、', '\\',
    ])
    .map(str::trim)
    .filter(|part| !part.is_empty())
    .map(str::to_owned)
    .collect()
}

/// The one division of this name, with or without its ending.
fn only<'d>(divisions: impl Iterator<Item = &'d Division>, word: &str) -> Option<String> {
    let mut exact = Vec::new();
    let mut short = Vec::new();
    for division in divisions {
        if division.name == word {
            exact.push(&division.code);
        } else if bare(&division.name) == Some(word) {
            short.push(&division.code);
        }
    }
    let found = if exact.is_empty() { short } else { exact };
    match found.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

/// What is left of the words behind a name, with or without its ending; all of them when they do not begin with it.
fn strip<'w>(word: &'w str, name: &str) -> &'w str {
    if let Some(rest) = word.strip_prefix(name) {
        return rest;
    }
    bare(name)
        .and_then(|bare| word.strip_prefix(bare))
        // 南京东路 is no district of Nanjing, but then no district of that name is found either.
        .unwrap_or(word)
}

/// The name without its ending; `None` when less than two characters would be left.
fn bare(name: &str) -> Option<&str> {
    ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|rest| rest.chars().count() >= 2)
}
