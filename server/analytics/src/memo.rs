//! Numbers of months that the tail says nothing about, kept until a moment comes from which they would be others.
//! Not here: which months those are (`engine`), which moments (`predicate::turns`).
//! A key is made of the files, whose names carry their checksums, and of everything that is asked but the moment: what is found was counted of the same rows.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::calendar::Instant;

/// Rows that all kept answers have together at most.
const MOST_ROWS: usize = 200_000;
/// Rows of an answer that is kept at most.
const MOST_OF_ONE: usize = MOST_ROWS / 8;
/// What an answer costs beside its rows.
const EACH: usize = 8;

/// Numerators and denominators of measures, by the values of the dimensions.
pub(crate) type Rows = BTreeMap<Vec<String>, Vec<(i64, i64)>>;

/// An answer, the moment at which it was counted, and the first one behind it at which it may be another.
#[derive(Debug, Clone)]
struct Answer {
    rows: Arc<Rows>,
    from: i64,
    until: i64,
}

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<String, Answer>,
    /// Keys, the oldest first.
    order: VecDeque<String>,
    cost: usize,
}

/// What was counted before.
#[derive(Debug, Default)]
pub(crate) struct Memo(Mutex<Kept>);

impl Memo {
    /// What has this key, where it still holds at a moment.
    pub(crate) fn find(&self, key: &str, now: Instant) -> Option<Arc<Rows>> {
        let kept = self.lock();
        let answer = kept.answers.get(key)?;
        let holds = answer.from <= now.0 && now.0 < answer.until;
        holds.then(|| Arc::clone(&answer.rows))
    }

    /// Keeps what was counted at a moment and holds until another; the oldest answers make room.
    pub(crate) fn keep(&self, key: String, rows: &Arc<Rows>, (from, until): (i64, i64)) {
        if until <= from || rows.len() > MOST_OF_ONE {
            return;
        }
        let mut kept = self.lock();
        let answer = Answer {
            rows: Arc::clone(rows),
            from,
            until,
        };
        kept.cost += cost(&answer);
        match kept.answers.insert(key.clone(), answer) {
            Some(before) => kept.cost -= cost(&before),
            None => kept.order.push_back(key),
        }
        while kept.cost > MOST_ROWS {
            let Some(oldest) = kept.order.pop_front() else {
                break;
            };
            if let Some(gone) = kept.answers.remove(&oldest) {
                kept.cost -= cost(&gone);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cost(answer: &Answer) -> usize {
    answer.rows.len() + EACH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Arc<Rows> {
        let row = |nth: usize| (vec![nth.to_string()], vec![(1, 1)]);
        Arc::new((0..count).map(row).collect())
    }

    #[test]
    fn an_answer_holds_from_its_moment_until_the_next_turn() {
        let memo = Memo::default();
        memo.keep("a".to_owned(), &rows(1), (10, 20));
        let holds = |at| memo.find("a", Instant(at)).is_some();
        assert_eq!([9, 10, 19, 20].map(holds), [false, true, true, false]);
        memo.keep("a".to_owned(), &rows(2), (20, 30));
        let found = memo.find("a", Instant(25)).expect("kept anew");
        assert_eq!(found.len(), 2);
        memo.keep("b".to_owned(), &rows(1), (10, 10));
        assert!(memo.find("b", Instant(10)).is_none());
    }

    #[test]
    fn the_oldest_make_room() {
        let memo = Memo::default();
        let large = rows(MOST_OF_ONE);
        for nth in 0..9 {
            memo.keep(nth.to_string(), &large, (0, 9));
        }
        let is_kept = |nth: usize| memo.find(&nth.to_string(), Instant(1)).is_some();
        assert!(!is_kept(0) && !is_kept(1) && is_kept(8));
        assert!(memo.lock().cost <= MOST_ROWS);
        memo.keep("too large".to_owned(), &rows(MOST_OF_ONE + 1), (0, 9));
        assert!(memo.find("too large", Instant(1)).is_none());
    }
}
