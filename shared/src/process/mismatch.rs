//! What the consistency check finds (不一致): a case of which something stored does not follow from the rest, as a code with its facts.
//! Not here: comparing (`store::consistency`), the sentences (`text::obstacle::mismatch`).
//! Reports of jobs keep these; those of before kept words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::CaseKind;
use crate::calendar::Instant;

/// A case that does not fit, and in what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inconsistent {
    /// The kind of case.
    pub case: CaseKind,
    /// The case.
    pub id: Uuid,
    /// What does not fit.
    #[serde(flatten)]
    pub what: Mismatch,
}

codes! {
    /// A value that is kept beside what it follows from (派生值).
    Derived {
        Cycle = "cycle", "cycle", "办理轮次", "number of the cycle";
        Urges = "urges", "urges", "催办次数", "urges";
        FirstRating = "first_rating", "first_rating", "首次满意度", "first satisfaction";
        LatestRating = "latest_rating", "latest_rating", "最近满意度", "latest satisfaction";
        LeadUnit = "lead_unit", "lead_unit", "主办单位", "lead unit";
        LeadDue = "lead_due", "lead_due", "统计用的主办期限", "the lead's deadline for reports";
        LeadReplied = "lead_replied", "lead_replied", "统计用的主办反馈时间", "the lead's reply for reports";
        City = "city", "city", "所在市", "city";
        Ledger = "ledger", "ledger", "计时台账的期限", "deadline in the clock ledger";
        Reckoned = "reckoned", "reckoned", "按计时台账算出的期限", "deadline reckoned from the clock ledger";
        Paused = "paused", "paused", "台账中的挂起", "pauses in the clock ledger";
        Promised = "promised", "promised", "台账中的承诺", "promises in the clock ledger";
        ExtendedDays = "extended_days", "extended_days", "延期天数", "days of extension";
        Returns = "returns", "returns", "退单次数", "times sent back";
        Pool = "pool", "pool", "回访池中的记录", "row in the follow-up pool";
        Calls = "calls", "calls", "本轮回访次数", "calls of this cycle";
        Ladder = "ladder", "ladder", "预警阶梯的期限", "deadline on the ladder";
        Merged = "merged", "merged", "并案记录", "row of the merging";
    }
}

/// What does not fit. States are words of the case's kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum Mismatch {
    /// The history has gaps, or the case counts other lines than there are.
    History {
        /// Lines that are there.
        events: i64,
        /// Number of the newest.
        newest: i64,
        /// How many the case counts.
        counted: i64,
    },
    /// The newest line of the history led to another state.
    LastState {
        /// The state as stored.
        state: String,
        /// The state that the line led to.
        told: String,
    },
    /// An ended case is marked open.
    MarkedOpen {
        /// The state.
        state: String,
    },
    /// A running case is marked ended.
    MarkedEnded {
        /// The state.
        state: String,
    },
    /// A running case waits for nothing, or an ended one still waits.
    Waits {
        /// The state.
        state: String,
        /// Processes that run.
        processes: i64,
        /// Open tasks.
        tasks: i64,
        /// Timers, calls and listeners.
        waits: i64,
    },
    /// An ended case still waits.
    StillWaits {
        /// The state.
        state: String,
        /// Open tasks.
        tasks: i64,
        /// Timers, calls and listeners.
        waits: i64,
    },
    /// A deadline is not what its limit makes.
    Deadline {
        /// As stored.
        at: Instant,
        /// As it is counted.
        due: Instant,
        /// From when it is counted.
        from: Instant,
    },
    /// The state does not follow from tasks and assignments.
    State {
        /// As stored.
        state: String,
        /// As it follows.
        should: String,
    },
    /// Other timers than the process runs.
    Timers {
        /// Numbers that are stored.
        kept: Vec<i64>,
        /// Numbers that the process has.
        runs: Vec<i64>,
    },
    /// A timer rings at another time than its deadline.
    Timer {
        /// Its number.
        timer: i64,
        /// When it rings.
        at: Instant,
        /// The deadline.
        due: Instant,
    },
    /// Listens to other messages and signals than the process waits for.
    Listeners {
        /// Names that are stored.
        kept: Vec<String>,
        /// Names that are awaited.
        awaited: Vec<String>,
    },
    /// An archived ticket is not what was sealed.
    Seal {
        /// Word of the part that differs: `head`, `history`, `files` or `seal`.
        part: String,
    },
    /// A value that is kept is not what history, ledger and the rest make of it.
    Derived {
        /// Word of the value (`Derived`).
        what: String,
        /// As stored.
        kept: String,
        /// As it follows.
        counted: String,
    },
    /// A task of no case.
    Stray,
    /// The process cannot be read; the log says why.
    Unreadable,
}

impl Mismatch {
    /// What was compared.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::History { .. } => "history",
            Self::LastState { .. }
            | Self::MarkedOpen { .. }
            | Self::MarkedEnded { .. }
            | Self::State { .. } => "state",
            Self::Waits { .. }
            | Self::StillWaits { .. }
            | Self::Timers { .. }
            | Self::Timer { .. }
            | Self::Listeners { .. }
            | Self::Unreadable => "process",
            Self::Deadline { .. } => "deadline",
            Self::Seal { .. } => "seal",
            Self::Derived { .. } => "derived",
            Self::Stray => "stray",
        }
    }

    /// What was compared, more exactly: the value, where it is one that is kept beside others.
    pub fn kind(&self) -> &str {
        match self {
            Self::Derived { what, .. } => what,
            _ => self.rule(),
        }
    }
}

/// How often something of one kind was found, and where first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfKind {
    /// How often.
    pub count: i64,
    /// The first cases.
    pub cases: Vec<Place>,
}

/// A case in which something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The kind of case.
    pub case: CaseKind,
    /// The case.
    pub id: Uuid,
}

/// Differences by the word of their kind (`Mismatch::kind`).
pub type ByKind = BTreeMap<String, OfKind>;

/// Cases that are named of a kind at most.
const NAMED: usize = 20;

/// Counts one more difference.
pub fn note(kinds: &mut ByKind, found: &Inconsistent) {
    let of = kinds.entry(found.what.kind().to_owned()).or_default();
    of.count += 1;
    let place = Place {
        case: found.case,
        id: found.id,
    };
    if of.cases.len() < NAMED && !of.cases.contains(&place) {
        of.cases.push(place);
    }
}

/// Adds what was found elsewhere.
pub fn join(kinds: &mut ByKind, more: ByKind) {
    for (kind, of) in more {
        let known = kinds.entry(kind).or_default();
        known.count += of.count;
        let room = NAMED.saturating_sub(known.cases.len());
        known.cases.extend(of.cases.into_iter().take(room));
    }
}

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// Code and facts.
    Found(Inconsistent),
    /// Words, from before there were codes; nobody makes them any more.
    Told(String),
}

impl From<Inconsistent> for Line {
    fn from(found: Inconsistent) -> Self {
        Self::Found(found)
    }
}
