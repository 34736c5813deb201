//! The clock ledger: what happened to the clocks of a case and its assignments; grows only.
//! Not here: computing deadlines (`shared::calendar`), what a deadline follows from (`shared::calendar::ledger`).

use shared::access::ActorKind;
use shared::calendar::Instant;
use shared::calendar::ledger::Told;
use shared::ids::{AssignmentId, CaseId};
use shared::process::limit::Limit;
use shared::ticket::LimitUnit;

use crate::entity::prelude::*;
use crate::record::ClockKind;

entity! {
    /// One entry of the clock ledger.
    #[sea_orm(table_name = "clock_entries")]
    pub struct ClockEntry {
        pub case_id: CaseId,
        /// `None` for the case's own clock.
        pub assignment_id: Option<AssignmentId>,
        pub at: Instant,
        pub kind: ClockKind,
        pub due_at: Option<Instant>,
        pub limit_rule: Option<i64>,
        pub provisional: bool,
        /// The moment from which the limit counts; absent in entries of before, of which nothing can be reckoned.
        pub began_at: Option<Instant>,
        pub limit_value: Option<i32>,
        pub limit_unit: Option<LimitUnit>,
        /// Working days that this entry gave.
        pub added_days: i32,
        /// Minutes for which the clock stood still, or that are taken off again.
        pub added_minutes: i32,
        /// The end of the day that was promised, which the deadline is not before.
        pub promised_at: Option<Instant>,
        /// Of a ticket's clock, whether it stands where one of its parts ends; of a part's, whether the ticket's is not before it. `None` leaves it as it was.
        pub tied: Option<bool>,
        /// The deadline until then.
        pub due_before: Option<Instant>,
        /// The verb that did it, or why it was counted again.
        pub reason: Option<String>,
        pub actor: Option<ActorKind>,
        pub by_name: Option<String>,
    }
    serial n
}

impl ClockEntry {
    /// An entry of a case's own clock of which only this is known.
    #[must_use]
    pub fn new(case_id: CaseId, kind: ClockKind, at: Instant) -> Self {
        Self {
            case_id,
            assignment_id: None,
            at,
            kind,
            due_at: None,
            limit_rule: None,
            provisional: false,
            began_at: None,
            limit_value: None,
            limit_unit: None,
            added_days: 0,
            added_minutes: 0,
            promised_at: None,
            tied: None,
            due_before: None,
            reason: None,
            actor: None,
            by_name: None,
        }
    }

    /// What it tells whoever reckons the deadline.
    #[must_use]
    pub fn told(&self) -> Told {
        let limit = self.limit_value.zip(self.limit_unit);
        Told {
            kind: self.kind,
            began_at: self.began_at,
            limit: limit.map(|(value, unit)| Limit { value, unit }),
            days: self.added_days,
            minutes: self.added_minutes,
            promised: self.promised_at,
            tied: self.tied,
            due_at: self.due_at,
        }
    }
}
