//! The score of a unit's data (`domain.md` section 5): 1 − weighted open findings ÷ tickets.
//! One formula for page and programs (I14). Not here: counting.

use serde::{Deserialize, Serialize};

use super::Severity;
use crate::fault::Fault;
use crate::query::wrong;

/// Open findings by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Open {
    /// Blocking ones.
    pub block: i64,
    /// Warnings.
    pub warn: i64,
    /// Notes.
    pub note: i64,
}

impl Open {
    /// Counts some more.
    pub const fn add(&mut self, severity: Severity, count: i64) {
        match severity {
            Severity::Block => self.block += count,
            Severity::Warn => self.warn += count,
            Severity::Note => self.note += count,
        }
    }

    /// All of them.
    pub const fn total(self) -> i64 {
        self.block + self.warn + self.note
    }

    /// What they weigh.
    pub const fn weight(self, weights: ScoreWeights) -> i64 {
        self.block * weights.block + self.warn * weights.warn + self.note * weights.note
    }
}

/// What an open finding of each severity counts in a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreWeights {
    /// A blocking one.
    pub block: i64,
    /// A warning.
    pub warn: i64,
    /// A note.
    pub note: i64,
}

/// Greatest weight.
const MOST: i64 = 100;

impl Default for ScoreWeights {
    /// As they were before an office said otherwise; months that were frozen without weights had these.
    fn default() -> Self {
        Self {
            block: Severity::Block.weight(),
            warn: Severity::Warn.weight(),
            note: Severity::Note.weight(),
        }
    }
}

impl ScoreWeights {
    /// Reads `5,2,1`.
    ///
    /// # Errors
    /// `input.query` for anything that is not three numbers from 0 to 100.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let words: Vec<&str> = text.split(',').map(str::trim).collect();
        let numbers = words.iter().filter_map(|word| word.parse().ok());
        let numbers: Vec<i64> = numbers.filter(|n| (0..=MOST).contains(n)).collect();
        match (words.len(), &numbers[..]) {
            (3, [block, warn, note]) => Ok(Self {
                block: *block,
                warn: *warn,
                note: *note,
            }),
            _ => Err(wrong("weights", text)),
        }
    }

    /// Writes them as they are read.
    pub fn to_text(self) -> String {
        format!("{},{},{}", self.block, self.warn, self.note)
    }
}

/// In thousandths, from 0 to 1000; nothing without tickets.
pub fn score(open: Open, tickets: i64, weights: ScoreWeights) -> Option<i64> {
    (tickets > 0).then(|| (1_000 - open.weight(weights) * 1_000 / tickets).clamp(0, 1_000))
}
