//! How many rows a bulk door writes in one transaction: as many as the machine takes in a second or two.
//! On SQLite nobody else writes meanwhile, and a write that takes too long is refused as a whole (`store::database`): a slow or busy machine
//! gets smaller portions instead of an error. Not here: the rows.

use std::time::Duration;

/// Rows at most.
const MOST: usize = 2_000;
/// Rows at least.
const LEAST: usize = 100;
/// Others who want to write should not wait longer (on SQLite they give up after five seconds).
const LONG: Duration = Duration::from_secs(4);
/// There is room for more.
const SHORT: Duration = Duration::from_millis(1_500);

/// The size of the next portion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace(usize);

impl Default for Pace {
    fn default() -> Self {
        Self(MOST)
    }
}

impl Pace {
    /// Rows of the next transaction.
    pub(crate) fn rows(self) -> usize {
        self.0
    }

    /// A portion was written in this time.
    pub(crate) fn took(&mut self, time: Duration) {
        if time > LONG {
            self.0 = (self.0 / 2).max(LEAST);
        } else if time < SHORT {
            self.0 = (self.0 * 2).min(MOST);
        }
    }

    /// A portion could not be written in time. Whether a smaller one may be tried.
    pub(crate) fn was_too_much(&mut self) -> bool {
        let before = self.0;
        self.0 = (self.0 / 4).max(LEAST);
        self.0 < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_machine_gets_smaller_portions_and_a_fast_one_whole_ones_again() {
        let mut pace = Pace::default();
        assert_eq!(pace.rows(), MOST);
        pace.took(LONG * 3);
        assert_eq!(pace.rows(), 1_000);
        pace.took(LONG);
        assert_eq!(pace.rows(), 1_000, "in between it stays");
        pace.took(SHORT / 2);
        pace.took(SHORT / 2);
        assert_eq!(pace.rows(), MOST);
    }

    #[test]
    fn what_fails_is_tried_smaller_until_it_cannot_be_smaller() {
        let mut pace = Pace::default();
        let tries = std::iter::from_fn(|| pace.was_too_much().then(|| pace.rows()));
        assert_eq!(tries.collect::<Vec<_>>(), [500, 125, LEAST]);
    }
}
