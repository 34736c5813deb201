//! The arithmetic behind a deadline, day by day, for "why this time?" on the ticket page.
//! Not here: the words (`text::common::explain_words`).
//! See `due` for the rule that is explained.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Added, DayKind, Instant, WorkCalendar};
use crate::process::limit::Limit;
use crate::ticket::LimitUnit;

/// Longest explanation in days.
const MAX_DAYS: usize = 400;

codes! {
    /// What a day means for a deadline.
    StepKind {
        Start = "start", "start", "起算日，不计入", "Start day, not counted";
        Work = "work", "work", "工作日", "Working day";
        Makeup = "makeup", "makeup", "调休上班", "Make-up working day";
        Weekend = "weekend", "weekend", "周末", "Weekend";
        Holiday = "holiday", "holiday", "放假", "Holiday";
        Duty = "duty", "duty", "值班", "On duty";
        Extended = "extended", "extended", "批准延期", "Extended";
        Paused = "paused", "paused", "挂起顺延", "Stood still";
        Promised = "promised", "promised", "承诺日期", "Promised day";
        End = "end", "end", "到期", "Ends";
    }
}

/// One day of the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainStep {
    /// The day in +08:00.
    pub date: NaiveDate,
    /// What it is.
    pub kind: StepKind,
    /// Working days counted so far (working minutes for limits in working hours).
    pub counted: i64,
    /// Name of the holiday, Chinese.
    pub name: Option<String>,
    /// No decree of the year is known.
    pub provisional: bool,
}

impl WorkCalendar {
    /// The days from the start to the deadline of a limit that was extended by working days, with what each adds: those of the limit, the day
    /// from which it was extended with how many days, and those.
    pub fn explain_extended(&self, from: Instant, limit: Limit, days: i32) -> Vec<ExplainStep> {
        let mut steps = self.explain(from, limit);
        if days <= 0 {
            return steps;
        }
        let first = self.due(from, limit).at.date();
        let end = self.due_extended(from, limit, days).at.date();
        steps.push(self.step(first, StepKind::Extended, i64::from(days)));
        let more = first.iter_days().skip(1).take_while(|date| *date <= end);
        steps.extend(more.take(MAX_DAYS).map(|date| {
            let counted = self.working_days_between(first, date);
            self.step(date, self.kind_of(date), counted)
        }));
        steps
    }

    /// The same with everything that was added: the moment from which it was moved by what it stood still, and the promised day.
    pub fn explain_with(&self, from: Instant, limit: Limit, added: Added) -> Vec<ExplainStep> {
        let mut steps = self.explain_extended(from, limit, added.days);
        let without = Added {
            promised: None,
            ..added
        };
        let moved = self.due_with(from, limit, without).at;
        if added.paused > 0 {
            let first = self.due_extended(from, limit, added.days).at.date();
            steps.push(self.step(first, StepKind::Paused, i64::from(added.paused)));
            steps.push(self.step(moved.date(), StepKind::End, 0));
        }
        if let Some(promised) = added.promised.filter(|at| *at > moved) {
            steps.push(self.step(promised.date(), StepKind::Promised, 0));
        }
        steps
    }

    /// The days from the start to the deadline with what each adds.
    pub fn explain(&self, from: Instant, limit: Limit) -> Vec<ExplainStep> {
        let due = self.due(from, limit).at;
        let start = self.step(from.date(), StepKind::Start, 0);
        let days = from
            .date()
            .iter_days()
            .take_while(|date| *date <= due.date())
            .take(MAX_DAYS);
        match limit.unit {
            LimitUnit::Hours | LimitUnit::Minutes => {
                let end = self.step(due.date(), StepKind::End, i64::from(limit.value));
                vec![start, end]
            }
            LimitUnit::WorkingDays => {
                let counted = days.skip(1).map(|date| {
                    let counted = self.working_days_between(from.date(), date);
                    self.step(date, self.kind_of(date), counted)
                });
                std::iter::once(start).chain(counted).collect()
            }
            LimitUnit::WorkingHours | LimitUnit::WorkingMinutes => days
                .map(|date| {
                    let end = super::clock_time::at(date, super::clock_time::DAY).min(due);
                    let counted = self.working_minutes_between(from, end);
                    self.step(date, self.kind_of_hours(date), counted)
                })
                .collect(),
        }
    }

    fn kind_of(&self, date: NaiveDate) -> StepKind {
        match self.kind(date) {
            DayKind::Holiday => StepKind::Holiday,
            DayKind::Makeup => StepKind::Makeup,
            DayKind::Work => StepKind::Work,
            DayKind::Rest => StepKind::Weekend,
        }
    }

    /// The same where hours are counted: somebody who works at weekends or on holidays is on duty then.
    fn kind_of_hours(&self, date: NaiveDate) -> StepKind {
        if !self.works(date) && self.periods_of(date).is_some() {
            StepKind::Duty
        } else {
            self.kind_of(date)
        }
    }

    fn step(&self, date: NaiveDate, kind: StepKind, counted: i64) -> ExplainStep {
        ExplainStep {
            date,
            kind,
            counted,
            name: self.name(date).cloned(),
            provisional: !self.knows(date.year()),
        }
    }
}
