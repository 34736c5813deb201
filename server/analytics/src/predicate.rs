//! What the catalogue counts as expressions of the engine: the same conditions that `store::tickets::cells` has as SQL, compiled a second time.
//! Not here: what measures are made of (`shared::measure`).
//! Built-in functions and plain columns only, so that a plan also runs on a cluster.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Months, NaiveDate};
use datafusion::logical_expr::conditional_expressions::CaseBuilder;
use datafusion::prelude::{Expr, col, lit, when};
use shared::calendar::{self, Instant};
use shared::measure::{Anchor, Axis, Formula, Is, Measure, Side};
use shared::ticket::{Channel, Satisfaction, Solved, TicketState};

use crate::fault::Fault;

/// All of these.
pub(crate) fn all(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    conditions
        .into_iter()
        .reduce(Expr::and)
        .unwrap_or_else(|| lit(true))
}

/// Any of these.
pub(crate) fn any(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    conditions
        .into_iter()
        .reduce(Expr::or)
        .unwrap_or_else(|| lit(false))
}

/// A column has one of some codes.
pub(crate) fn among<'a>(column: &str, codes: impl IntoIterator<Item = &'a str>) -> Expr {
    col(column).in_list(codes.into_iter().map(lit).collect(), false)
}

fn states(states: &[TicketState]) -> Expr {
    among("state", states.iter().map(|it| it.code()))
}

fn rated(column: &str, ratings: &[Satisfaction]) -> Expr {
    among(column, ratings.iter().map(|it| it.code()))
}

/// What a ticket must be to count in a measure: neither a draft nor recycled.
pub(crate) fn counted() -> Expr {
    !states(&[TicketState::Recycled, TicketState::Draft])
}

/// The tickets of a set.
pub(crate) fn set(sets: [&[Is]; 2], now: Instant) -> Expr {
    let conditions = sets.into_iter().flatten().map(|it| is(*it, now));
    all(std::iter::once(counted()).chain(conditions))
}

/// One condition.
fn is(condition: Is, now: Instant) -> Expr {
    use Satisfaction::{Dissatisfied, FairlySatisfied, Satisfied, VeryDissatisfied, VerySatisfied};
    let by = |column: &str| col(column).lt_eq(lit(now.0));
    let not_by = |column: &str| col(column).is_null().or(col(column).gt(lit(now.0)));
    let answers = [
        VerySatisfied,
        Satisfied,
        FairlySatisfied,
        Dissatisfied,
        VeryDissatisfied,
    ];
    let fair = [VerySatisfied, Satisfied, FairlySatisfied];
    match condition {
        Is::Ended => states(&[TicketState::Closed, TicketState::Archived]),
        Is::Overdue => overdue(now),
        Is::NotMerged => !states(&[TicketState::Merged]),
        Is::Valid => !states(&[
            TicketState::NotAccepted,
            TicketState::Withdrawn,
            TicketState::External,
        ]),
        Is::Phoned => col("channel").eq(lit(Channel::Phone.code())),
        Is::Repeated => col("repeated"),
        Is::Urged => col("urged"),
        Is::Difficult => col("difficult"),
        Is::ThreeWay => col("three_way"),
        Is::Assessed => !col("not_counted"),
        Is::NotAssessed => col("not_counted"),
        Is::Undispatched => col("first_dispatched_at").is_null(),
        Is::Dispatched => col("first_dispatched_at").is_not_null(),
        Is::Redone => col("redone"),
        Is::LeadDue => by("lead_due_at"),
        Is::LeadInTime => col("lead_replied_at").lt_eq(col("lead_due_at")),
        Is::LeadLate => col("lead_replied_at")
            .is_null()
            .or(col("lead_replied_at").gt(col("lead_due_at"))),
        Is::Extended => col("extended"),
        Is::SignDue => by("sign_from"),
        Is::SignedInTime => not_by("sign_late"),
        Is::Signed => col("signed_at").is_not_null(),
        Is::ContactDue => by("contact_from"),
        Is::ContactedInTime => not_by("contact_late"),
        Is::SendBackAsked => col("back_asked"),
        Is::SentBack => col("back_granted"),
        Is::SendBackRefused => col("back_refused"),
        Is::NotMisdirected => !col("misdirected"),
        Is::Supervised => col("supervised"),
        Is::Replied => col("replied_at")
            .is_not_null()
            .and(col("first_dispatched_at").is_not_null()),
        Is::Rated => rated("latest_satisfaction", &answers),
        Is::Satisfied => rated("latest_satisfaction", &fair),
        Is::WellSatisfied => rated("latest_satisfaction", &[VerySatisfied, Satisfied]),
        Is::FirstRated => rated("first_satisfaction", &answers),
        Is::FirstSatisfied => rated("first_satisfaction", &fair),
        Is::SaidWhetherSolved => col("solved").is_not_null(),
        Is::Solved => col("solved").eq(lit(Solved::Yes.code())),
    }
}

/// The columns that measures compare with the moment of counting: when one of them passes, a number may be another.
pub(crate) fn turns(measures: impl Iterator<Item = Measure>) -> BTreeSet<&'static str> {
    let sides = |measure: Measure| {
        let definition = measure.definition();
        let sets = [
            definition.set(Side::Numerator),
            definition.set(Side::Denominator),
        ];
        sets.into_iter().flatten().flatten().copied()
    };
    measures.flat_map(sides).filter_map(turn).collect()
}

/// The column that a condition compares with the moment of counting.
const fn turn(condition: Is) -> Option<&'static str> {
    match condition {
        Is::Overdue => Some("due_at"),
        Is::LeadDue => Some("lead_due_at"),
        Is::SignDue => Some("sign_from"),
        Is::SignedInTime => Some("sign_late"),
        Is::ContactDue => Some("contact_from"),
        Is::ContactedInTime => Some("contact_late"),
        Is::Ended
        | Is::NotMerged
        | Is::Valid
        | Is::Phoned
        | Is::Repeated
        | Is::Urged
        | Is::Difficult
        | Is::ThreeWay
        | Is::Assessed
        | Is::NotAssessed
        | Is::Undispatched
        | Is::Dispatched
        | Is::Redone
        | Is::LeadInTime
        | Is::LeadLate
        | Is::Extended
        | Is::Signed
        | Is::SendBackAsked
        | Is::SentBack
        | Is::SendBackRefused
        | Is::NotMisdirected
        | Is::Supervised
        | Is::Replied
        | Is::Rated
        | Is::Satisfied
        | Is::WellSatisfied
        | Is::FirstRated
        | Is::FirstSatisfied
        | Is::SaidWhetherSolved
        | Is::Solved => None,
    }
}

/// Open and past the deadline.
pub(crate) fn overdue(now: Instant) -> Expr {
    col("is_open").and(col("due_at").lt(lit(now.0)))
}

/// The column of an anchor.
const fn moment(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Accepted => "accepted_at",
        Anchor::Due => "lead_due_at",
        Anchor::Dispatched => "first_dispatched_at",
        Anchor::Replied => "replied_at",
        Anchor::Closed => "closed_at",
    }
}

/// What an anchor puts between two moments, the second exclusive.
pub(crate) fn anchored(anchor: Anchor, (from, to): (Instant, Instant)) -> Expr {
    let column = moment(anchor);
    col(column)
        .gt_eq(lit(from.0))
        .and(col(column).lt(lit(to.0)))
}

/// A dimension; months are told apart by their bounds inside the period.
pub(crate) fn dimension(
    axis: Axis,
    anchor: Anchor,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Expr, Fault> {
    let column = match axis {
        Axis::City => "city",
        Axis::County => "region",
        Axis::Category => "category_top",
        Axis::Kind => "kind",
        Axis::Channel => "channel",
        Axis::State => "state",
        Axis::Urgency => "urgency",
        Axis::LeadUnit => "lead_unit",
        Axis::Month => return by_month(moment(anchor), from, to),
    };
    Ok(col(column))
}

/// `case when moment < … then 'yyyy-mm' …`: the period's months in their order, each told apart by its end alone.
fn by_month(column: &str, from: NaiveDate, to: NaiveDate) -> Result<Expr, Fault> {
    let mut first = from.with_day(1);
    let mut cases = None;
    while let Some(day) = first.filter(|day| *day <= to) {
        let next = day.checked_add_months(Months::new(1));
        let end = next.map_or(Instant(i64::MAX), calendar::day_start);
        let is_before = col(column).lt(lit(end.0));
        let name = lit(day.format("%Y-%m").to_string());
        cases = Some(match cases {
            None => when(is_before, name),
            Some(cases) => then(cases, is_before, name),
        });
        first = next;
    }
    match cases {
        Some(mut cases) => Ok(cases.otherwise(lit(""))?),
        None => Ok(lit("")),
    }
}

fn then(mut cases: CaseBuilder, condition: Expr, value: Expr) -> CaseBuilder {
    cases.when(condition, value)
}

/// How many tickets are in a side of a measure, or for a mean its milliseconds, of one ticket.
pub(crate) fn number(measure: Measure, side: Side, now: Instant) -> Result<Expr, Fault> {
    let definition = measure.definition();
    // A quantile is no sum; the engine takes it of a list of times.
    if definition.is_quantile() {
        return Err(Fault::Unsupported("quantile"));
    }
    let is_sum = matches!(definition.formula, Formula::Hours { .. }) && side == Side::Numerator;
    let one = if is_sum {
        col("replied_at") - col("first_dispatched_at")
    } else {
        lit(1_i64)
    };
    Ok(when(set(definition.set(side), now), one).otherwise(lit(0_i64))?)
}

/// Accepted in a month of the calendar, `yyyy-mm`.
pub(crate) fn accepted_in(month: &str) -> Expr {
    let first = calendar::day(&format!("{month}-01"));
    let next = first.and_then(|first| first.checked_add_months(Months::new(1)));
    match (first, next) {
        (Some(first), Some(next)) => {
            let bounds = (calendar::day_start(first), calendar::day_start(next));
            anchored(Anchor::Accepted, bounds)
        }
        _ => lit(false),
    }
}
