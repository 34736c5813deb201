//! The inverted index over what is searched of a ticket: pairs of signs in, phrase query out, never LIKE over the table.
//! Not here: cutting text into terms (`shared::search`), what is searched of a ticket (`terms`), writing its rows (`rows`), the rest of a filter (`filter`).
//! Texts: no database's full-text table is an entity. SQLite: FTS5 without content, rows in the order of acceptance. PostgreSQL: `tsvector` with positions, in chunks.

mod rows;
mod terms;

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::query::TicketFilter;
use shared::search::{Reads, pairs, query, widened};
use shared::ticket::TicketNo;

use crate::migration::floor;
use crate::sql::{Sql, vals};

pub(crate) use rows::{renew, write};
pub(crate) use terms::{Searched, runs};

/// Neighbouring index terms that stand one behind the other.
type Phrase = Vec<String>;

/// A token that no query contains; it keeps a phrase from matching across texts and masks.
const GAP: &str = "\u{E000}";
/// Positions per chunk on PostgreSQL; its limit is 16,383 positions and 255 per word.
const CHUNK: usize = 4_000;
const SAME: usize = 250;
/// Terms repeated at the begin of the next chunk, so that a phrase of a whole query fits into one of the two.
const OVERLAP: usize = 100;
const DAY_MS: i64 = 86_400_000;
/// Longer words are left out of the index; PostgreSQL's limit is 2,046 bytes.
const WORD: usize = 400;

/// What is searched for: the words that were typed, what stands for them as well, and where their reader may look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    typed: &'a str,
    also: &'a [String],
    reads: &'a Reads,
}

impl<'a> Words<'a> {
    /// Those of a filter; `None` where nothing or a number was typed.
    pub(crate) fn of(filter: &'a TicketFilter) -> Option<Self> {
        let typed = filter.q.as_deref().map(str::trim).unwrap_or_default();
        let is_words = !typed.is_empty() && TicketNo::parse(typed).is_none();
        is_words.then_some(Self {
            typed,
            also: &filter.also,
            reads: &filter.reads,
        })
    }

    /// Of each clause one phrase at least must occur.
    fn clauses(self) -> Vec<Vec<Phrase>> {
        let others: Vec<Vec<String>> = self.also.iter().map(|words| query(words)).collect();
        let clauses = widened(query(self.typed), &others).into_iter();
        let phrases = |clause: Vec<String>| -> Vec<Phrase> {
            let phrases = clause.iter().map(|piece| self.phrases(piece));
            phrases.flatten().collect()
        };
        clauses.map(phrases).collect()
    }

    /// How a piece may stand in the index: as everybody reads it first, then where this reader may look as well.
    fn phrases(self, piece: &str) -> Vec<Phrase> {
        let terms = pairs(piece);
        let mut all = Vec::new();
        if self.reads.numbers && piece.bytes().any(|byte| byte.is_ascii_digit()) {
            all.push(terms::of_numbers(&terms));
        }
        if self.reads.places {
            all.push(terms::of_place(&terms));
        }
        if self.reads.centre {
            all.push(terms::of_centre(&terms));
        }
        all.extend(terms::of_ticket_no(piece));
        all.extend(
            self.reads
                .units_of(piece)
                .iter()
                .map(|it| terms::of_unit(it)),
        );
        all.insert(0, terms);
        all
    }
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
        // A gap between runs, so that no phrase crosses texts and masks.
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
pub(crate) fn fts_query(words: Words<'_>) -> Option<String> {
    let clause = |clause: Vec<Phrase>| {
        let phrases = clause.iter().map(|p| format!("\"{}\"", p.join(" ")));
        let phrases: Vec<String> = phrases.collect();
        match phrases.as_slice() {
            [one] => one.clone(),
            several => format!("({})", several.join(" OR ")),
        }
    };
    let clauses: Vec<String> = words.clauses().into_iter().map(clause).collect();
    (!clauses.is_empty()).then(|| clauses.join(" AND "))
}

/// Whether the words can be looked for in the index: two neighbouring characters at least.
pub(crate) fn is_searchable(words: Words<'_>) -> bool {
    !query(words.typed).is_empty()
}

/// The day of acceptance as PostgreSQL's index knows it (`sql/0002_search_by_day.sql`): days since 1970 in UTC.
pub(crate) fn day(at: Instant) -> i64 {
    at.0.div_euclid(DAY_MS)
}

/// The first moment of such a day.
pub(crate) fn begin_of(day: i64) -> Instant {
    Instant(day.saturating_mul(DAY_MS))
}

/// ` and …` for a search on PostgreSQL, only among the tickets of these days.
pub(crate) fn matching_on(words: Words<'_>, days: std::ops::RangeInclusive<i64>) -> Sql {
    let (from, to) = (
        floor(begin_of(*days.start())),
        floor(begin_of(days.end() + 1)),
    );
    let mut sql = Sql::default();
    sql.push_bounds(" and t.id >= ? and t.id < ?", vals![from, to]);
    let days: Vec<String> = days.map(|day| format!("'#d{day}'")).collect();
    let days = days.join(" | ");
    for clause in words.clauses() {
        // The bounds leave out the partitions of other months, the days the other rows of these.
        sql.push_bounds(
            " and t.id in (select s.ticket_id from ticket_search s where s.grams @@ cast(? as tsquery) and s.ticket_id >= ? and s.ticket_id < ?)",
            vals![format!("({days}) & ({})", one_of(&clause)), from, to],
        );
    }
    sql
}

/// The words of a phrase, one behind the other, as a part of a `tsquery`.
fn following(phrase: &[String]) -> String {
    let words: Vec<String> = phrase.iter().map(|gram| quoted(gram)).collect();
    words.join(" <-> ")
}

/// The phrases of a clause as a `tsquery`: one of them.
fn one_of(clause: &[Phrase]) -> String {
    let phrases: Vec<String> = clause.iter().map(|phrase| following(phrase)).collect();
    phrases.join(" | ")
}

/// ` and …` for a search on SQLite where the tickets are found already; a query without two neighbouring characters matches nothing.
pub(crate) fn matching(words: Words<'_>) -> Sql {
    match fts_query(words) {
        // Asked for one ticket after another: gathered first, a common word would have a hit in every ticket.
        Some(text) => Sql::new(
            " and exists (select 1 from ticket_search f where f.rowid = t.rid and f.ticket_search match ?)",
            vals![text],
        ),
        None => nothing(),
    }
}

/// The same on PostgreSQL, between two moments of acceptance where they are known: other months are not looked at.
pub(crate) fn matching_between(words: Words<'_>, from: Option<i64>, to: Option<i64>) -> Sql {
    let clauses = words.clauses();
    if clauses.is_empty() {
        return nothing();
    }
    let mut sql = Sql::default();
    for clause in clauses {
        sql.push(
            " and t.id in (select s.ticket_id from ticket_search s where s.grams @@ cast(? as tsquery)",
            vals![one_of(&clause)],
        );
        if let Some(from) = from {
            sql.push_bounds(" and s.ticket_id >= ?", vals![floor(Instant(from))]);
        }
        if let Some(to) = to {
            sql.push_bounds(" and s.ticket_id < ?", vals![floor(Instant(to))]);
        }
        sql.text(")");
    }
    sql
}

/// The tickets of a clause on PostgreSQL, in the order of the index, between two moments of acceptance where they are known: the one of the longest
/// phrases, which the fewest tickets have. The others are asked for with `also`.
pub(crate) fn hits(words: Words<'_>, from: Option<i64>, to: Option<i64>) -> Sql {
    let mut sql = Sql::new(
        "select s.ticket_id from ticket_search s where s.grams @@ cast(? as tsquery)",
        vals![longest(words).map_or_else(String::new, |(_, clause)| one_of(&clause))],
    );
    if let Some(from) = from {
        sql.push_bounds(" and s.ticket_id >= ?", vals![floor(Instant(from))]);
    }
    if let Some(to) = to {
        sql.push_bounds(" and s.ticket_id < ?", vals![floor(Instant(to))]);
    }
    sql
}

/// ` and …` on PostgreSQL for all clauses but the longest, where the tickets of that one are found already.
pub(crate) fn also(words: Words<'_>) -> Sql {
    let led = longest(words).map(|(at, _)| at);
    asked_for(words, |at| Some(at) != led)
}

/// ` and …` on PostgreSQL for all clauses, where the tickets are found already and few.
pub(crate) fn found(words: Words<'_>) -> Sql {
    asked_for(words, |_| true)
}

fn asked_for(words: Words<'_>, is_asked: impl Fn(usize) -> bool) -> Sql {
    let mut sql = Sql::default();
    for (_, clause) in words
        .clauses()
        .iter()
        .enumerate()
        .filter(|(at, _)| is_asked(*at))
    {
        // Behind `offset 0` it is asked for one ticket after another; the other form gathers all hits first.
        sql.push(
            " and exists (select 1 from ticket_search s where s.ticket_id = t.id and s.grams @@ cast(? as tsquery) offset 0)",
            vals![one_of(clause)],
        );
    }
    sql
}

/// The clause whose shortest phrase is longer than those of the others, and where it stands.
fn longest(words: Words<'_>) -> Option<(usize, Vec<Phrase>)> {
    let clauses = words.clauses().into_iter().enumerate();
    clauses.max_by_key(|(_, clause)| clause.iter().map(Vec::len).min())
}

fn nothing() -> Sql {
    Sql::new(" and 1 = 0", vals![])
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
    fn what_stands_for_the_words_is_a_choice_inside_a_clause() {
        let mut filter = TicketFilter {
            q: Some(" 中山路 街灯 ".to_owned()),
            ..TicketFilter::default()
        };
        let words = Words::of(&filter).expect("words");
        let plain = "\"中山 山路\" AND \"街灯\"";
        assert_eq!(fts_query(words).as_deref(), Some(plain));
        filter.also = vec!["中山路 路灯".to_owned()];
        let words = Words::of(&filter).expect("words");
        let wide = "\"中山 山路\" AND (\"街灯\" OR \"路灯\")";
        assert_eq!(fts_query(words).as_deref(), Some(wide));
        assert_eq!(longest(words).map(|(at, _)| at), Some(0));
        assert_eq!(one_of(&words.clauses()[1]), "'街灯' | '路灯'");
    }

    #[test]
    fn runs_are_kept_apart() {
        let runs = vec![vec!["路灯".to_owned()], vec!["灯不".to_owned()]];
        assert_eq!(fts_text(&runs), format!("路灯  {GAP} 灯不 "));
        assert_eq!(vectors(&runs), ["'路灯':2 '灯不':5"]);
    }
}
