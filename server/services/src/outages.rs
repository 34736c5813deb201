//! A database that is away, busy or full fails every call for the same reason: one line a minute says so, with how many calls it stands for.
//! Every fault of that minute carries the incident id of the line, so that page, log and line still find each other (I11).
//! Not here: which errors these are (`fault`), counting them for Prometheus (the edge counts every answer by status).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use shared::fault::Code;

/// One line in this time, for each code.
const EVERY: Duration = Duration::from_mins(1);
/// After so long without a failure it is over.
const CALM: Duration = Duration::from_secs(2);

/// What is wrong just now, and since when somebody was told.
#[derive(Debug, Default)]
pub(crate) struct Outages(Mutex<BTreeMap<Code, Told>>);

#[derive(Debug)]
struct Told {
    incident: String,
    at: Instant,
    last: Instant,
    /// Failures since the line.
    more: u64,
}

/// What to do about one more failure.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// For the fault.
    pub(crate) incident: String,
    /// Write a line, and say that so many failures before it had none.
    pub(crate) line: Option<u64>,
}

impl Outages {
    /// One more call failed so; `fresh` is its incident id, should there be none yet.
    pub(crate) fn note(&self, code: Code, fresh: String) -> Note {
        self.note_at(code, fresh, Instant::now())
    }

    fn note_at(&self, code: Code, fresh: String, now: Instant) -> Note {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = all.get_mut(&code);
        if let Some(told) = told
            && now.saturating_duration_since(told.at) < EVERY
        {
            told.more += 1;
            told.last = now;
            return Note {
                incident: told.incident.clone(),
                line: None,
            };
        }
        let told = Told {
            incident: fresh.clone(),
            at: now,
            last: now,
            more: 0,
        };
        let before = all.insert(code, told).map_or(0, |before| before.more);
        Note {
            incident: fresh,
            line: Some(before),
        }
    }

    /// Whether nothing is wrong that was told.
    pub(crate) fn is_quiet(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }

    /// Something works again that did not: how many failures had no line, once it is calm; `None` while it is not, or nothing was wrong.
    pub(crate) fn over(&self) -> Option<u64> {
        self.over_at(Instant::now())
    }

    fn over_at(&self, now: Instant) -> Option<u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let calm = |told: &Told| now.saturating_duration_since(told.last) >= CALM;
        if all.is_empty() || !all.values().all(calm) {
            return None;
        }
        let more = all.values().map(|told| told.more).sum();
        all.clear();
        Some(more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_one_line_and_one_incident() {
        let (outages, begin) = (Outages::default(), Instant::now());
        let first = outages.note_at(Code::DatabaseAway, "a".to_owned(), begin);
        assert_eq!((first.incident.as_str(), first.line), ("a", Some(0)));
        for second in 0..59 {
            let at = begin + Duration::from_secs(second);
            let next = outages.note_at(Code::DatabaseAway, "b".to_owned(), at);
            assert_eq!((next.incident.as_str(), next.line), ("a", None));
        }
        let later = outages.note_at(Code::DatabaseAway, "c".to_owned(), begin + EVERY);
        assert_eq!((later.incident.as_str(), later.line), ("c", Some(59)));
        let other = outages.note_at(Code::StorageFull, "d".to_owned(), begin + EVERY);
        assert_eq!(other.line, Some(0), "another trouble has lines of its own");
    }

    #[test]
    fn it_is_over_when_it_is_calm() {
        let (outages, begin) = (Outages::default(), Instant::now());
        assert_eq!(outages.over_at(begin), None);
        outages.note_at(Code::Busy, "a".to_owned(), begin);
        outages.note_at(Code::Busy, "b".to_owned(), begin);
        assert_eq!(outages.over_at(begin), None);
        assert_eq!(outages.over_at(begin + CALM), Some(1));
        assert_eq!(outages.over_at(begin + CALM), None);
    }
}
