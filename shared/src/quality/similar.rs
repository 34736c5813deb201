//! How alike two replies are, for V17: the share of pairs of neighbouring characters that both have (Dice), in percent.
//! Signs and blanks do not count. Not here: which replies are compared.

use std::collections::HashMap;

/// From more than so many percent replies count as the same.
pub const TOO_SIMILAR: u32 = 95;

/// From 0 to 100; texts of less than two characters are alike when they are equal.
pub fn similarity(one: &str, other: &str) -> u32 {
    let (one, other) = (letters(one), letters(other));
    if one == other {
        return if one.is_empty() { 0 } else { 100 };
    }
    let (left, right) = (pairs(&one), pairs(&other));
    let all = one.len().saturating_sub(1) + other.len().saturating_sub(1);
    if all == 0 {
        return 0;
    }
    let both: usize = left
        .iter()
        .map(|(pair, count)| (*count).min(right.get(pair).copied().unwrap_or(0)))
        .sum();
    u32::try_from(both * 200 / all).unwrap_or(100)
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn pairs(letters: &[char]) -> HashMap<(char, char), usize> {
    let mut pairs = HashMap::new();
    for (first, second) in letters.iter().zip(letters.iter().skip(1)) {
        *pairs.entry((*first, *second)).or_insert(0) += 1;
    }
    pairs
}
