//! The search document of a ticket as both databases take it: tokens with positions, with a gap between runs.
//! Not here: cutting the text (`shared::search`), asking (`tickets`).
//! PostgreSQL keeps positions up to 16,383 and 256 per word, so long texts need several chunks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use shared::search;

use crate::record::Ticket;

/// Stands between two runs in FTS5; no query has a token of one character.
const GAP: &str = "x";
/// Positions of one chunk.
const POSITIONS: usize = 16_000;
/// Positions of one word in a chunk.
const PER_WORD: usize = 250;

/// The runs of everything that is searched: title, text and address.
fn runs(ticket: &Ticket) -> Vec<Vec<String>> {
    let mut runs = search::grams(&ticket.title);
    runs.extend(search::grams(&ticket.content));
    runs.extend(ticket.address.as_deref().map(search::grams).unwrap_or_default());
    runs
}

/// For FTS5: tokens in order, blank-separated.
pub(super) fn for_sqlite(ticket: &Ticket) -> String {
    let mut text = String::with_capacity(ticket.content.len() * 3);
    for run in runs(ticket) {
        if !text.is_empty() {
            text.push_str(GAP);
            text.push(' ');
        }
        for token in run {
            text.push_str(&token);
            text.push(' ');
        }
    }
    text
}

/// For `tsvector`: one literal per chunk.
pub(super) fn for_postgres(ticket: &Ticket) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut position = 0;
    for run in runs(ticket) {
        let crowded = run.iter().any(|token| words.get(token).is_some_and(|list| list.len() + run.len() > PER_WORD));
        if !words.is_empty() && (position + run.len() > POSITIONS || crowded) {
            chunks.push(literal(&std::mem::take(&mut words)));
            position = 0;
        }
        for token in run {
            position += 1;
            let list = words.entry(token).or_default();
            if list.len() < PER_WORD && position <= POSITIONS {
                list.push(position);
            }
        }
        // The gap, so that no phrase crosses two runs.
        position += 1;
    }
    if !words.is_empty() {
        chunks.push(literal(&words));
    }
    chunks
}

fn literal(words: &BTreeMap<String, Vec<usize>>) -> String {
    let mut out = String::new();
    for (word, positions) in words.iter().filter(|(_, positions)| !positions.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        // Tokens are letters and digits only, so nothing needs escaping.
        out.push('\'');
        out.push_str(word);
        out.push('\'');
        for (index, position) in positions.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = write!(out, "{}{position}", if index == 0 { ':' } else { ',' });
        }
    }
    out
}
