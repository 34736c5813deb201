//! The score of a unit's data (`domain.md` section 5): 1 − weighted open findings ÷ tickets.
//! One formula for page and programs (I14). Not here: counting.

use serde::{Deserialize, Serialize};

use super::Severity;

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
    pub const fn weight(self) -> i64 {
        self.block * Severity::Block.weight()
            + self.warn * Severity::Warn.weight()
            + self.note * Severity::Note.weight()
    }
}

/// In thousandths, from 0 to 1000; nothing without tickets.
pub fn score(open: Open, tickets: i64) -> Option<i64> {
    (tickets > 0).then(|| (1_000 - open.weight() * 1_000 / tickets).clamp(0, 1_000))
}
