//! The inverted index over title, content and address: bigrams in, phrase query out, never LIKE over the table.
//! Not here: cutting text into bigrams (`shared::search`), the rest of a filter (`filter`).
//! SQLite: FTS5 without content, rows in the order of acceptance. PostgreSQL: `tsvector` with positions, in chunks.

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::search::{grams, query};

use crate::record::Ticket;
use crate::sql::{Sql, vals};

/// A token that no query contains; it keeps a phrase from matching across punctuation.
const GAP: &str = "\u{E000}";
/// Positions per chunk on PostgreSQL; its limit is 16,383 positions and 255 per word.
const CHUNK: usize = 4_000;
const SAME: usize = 250;
/// Bigrams repeated at the begin of the next chunk, so that a phrase of a whole query fits into one of the two.
const OVERLAP: usize = 100;
/// Longer words are left out of the index; PostgreSQL's limit is 2,046 bytes.
const WORD: usize = 400;

/// What is searched of a ticket, run by run.
pub(crate) fn runs(ticket: &Ticket) -> Vec<Vec<String>> {
    let mut runs = grams(&ticket.title);
    runs.extend(grams(&ticket.content));
    if let Some(address) = &ticket.address {
        runs.extend(grams(address));
    }
    runs
}

/// The text of the FTS5 row.
pub(crate) fn fts_text(runs: &[Vec<String>]) -> String {
    let mut text = String::with_capacity(runs.iter().map(|r| r.len() * 8).sum());
    for run in runs {
        if !text.is_empty() {
            text.push(' ');
            text.push_str(GAP);
            text.push(' ');
        }
        for gram in run.iter().filter(|g| g.len() <= WORD) {
            text.push_str(gram);
            text.push(' ');
        }
    }
    text
}

/// Row number of a ticket in SQLite's tables: 4 ms steps since 1970, so that the newest hits come first without sorting.
pub(crate) fn row_number(accepted_at: Instant) -> i64 {
    accepted_at.0 >> 2
}

/// The `tsvector` texts of PostgreSQL.
pub(crate) fn vectors(runs: &[Vec<String>]) -> Vec<String> {
    let mut all = Vec::new();
    let mut chunk: Vec<(usize, &str)> = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut at = 0;
    for run in runs {
        // A gap between runs, so that no phrase crosses punctuation.
        at += 2;
        let mut start = 0;
        for (i, gram) in run.iter().enumerate().filter(|(_, g)| g.len() <= WORD) {
            let count = seen.entry(gram).or_default();
            *count += 1;
            if *count > SAME || chunk.len() >= CHUNK {
                all.push(vector(&chunk));
                let back = run[start.max(i.saturating_sub(OVERLAP))..i]
                    .iter()
                    .filter(|g| g.len() <= WORD);
                chunk = back.enumerate().map(|(n, g)| (n + 1, g.as_str())).collect();
                start = i;
                at = chunk.len() + 1;
                seen.clear();
                for (_, gram) in &chunk {
                    *seen.entry(gram).or_default() += 1;
                }
                *seen.entry(gram).or_default() += 1;
            }
            chunk.push((at, gram));
            at += 1;
        }
    }
    if !chunk.is_empty() {
        all.push(vector(&chunk));
    }
    all
}

fn vector(chunk: &[(usize, &str)]) -> String {
    let mut text = String::new();
    for (at, gram) in chunk {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&format!("{}:{at}", quoted(gram)));
    }
    text
}

fn quoted(gram: &str) -> String {
    format!("'{}'", gram.replace('\\', "\\\\").replace('\'', "''"))
}

/// FTS5's query text; `None` when nothing can be searched.
pub(crate) fn fts_query(q: &str) -> Option<String> {
    let phrases: Vec<String> = phrases(q)
        .into_iter()
        .map(|p| format!("\"{}\"", p.join(" ")))
        .collect();
    (!phrases.is_empty()).then(|| phrases.join(" AND "))
}

fn phrases(q: &str) -> Vec<Vec<String>> {
    query(q)
        .into_iter()
        .filter(|p| p.iter().all(|g| g.len() <= WORD))
        .collect()
}

/// ` and …` for a search; a query without two neighbouring characters matches nothing.
pub(crate) fn matching(q: &str, sqlite: bool) -> Sql {
    if sqlite {
        return match fts_query(q) {
            Some(text) => Sql::new(
                " and t.rid in (select rowid from ticket_search where ticket_search match ?)",
                vals![text],
            ),
            None => Sql::new(" and 1 = 0", vals![]),
        };
    }
    let phrases = phrases(q);
    if phrases.is_empty() {
        return Sql::new(" and 1 = 0", vals![]);
    }
    let mut sql = Sql::default();
    for phrase in phrases {
        let text = phrase
            .iter()
            .map(|g| quoted(g))
            .collect::<Vec<_>>()
            .join(" <-> ");
        sql.push(" and t.id in (select s.ticket_id from ticket_search s where s.grams @@ cast(? as tsquery))", vals![text]);
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_repetitive_text_is_cut_into_chunks_that_overlap() {
        let run: Vec<String> = (0..9_000)
            .map(|i| {
                if i % 2 == 0 {
                    "哈哈".to_owned()
                } else {
                    format!("词{i}")
                }
            })
            .collect();
        let chunks = vectors(&[run]);
        assert!(chunks.len() > 2);
        for chunk in &chunks {
            assert!(
                chunk.matches("'哈哈':").count() <= SAME,
                "at most {SAME} positions of one word"
            );
        }
        assert!(
            chunks[1].starts_with("'哈哈':1 ") || chunks[1].starts_with("'词"),
            "the next chunk repeats the end of the one before"
        );
    }

    #[test]
    fn runs_are_kept_apart() {
        let runs = vec![vec!["路灯".to_owned()], vec!["灯不".to_owned()]];
        assert_eq!(fts_text(&runs), format!("路灯  {GAP} 灯不 "));
        assert_eq!(vectors(&runs), ["'路灯':2 '灯不':5"]);
    }
}
