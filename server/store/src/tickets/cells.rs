//! What the catalogue counts as SQL: each condition once, for the numbers of cubes and for the lists behind them (I14).
//! Not here: the statement of a cube (`list::cube`), what measures are made of (`shared::measure`).
//! Texts: the ticket's alias is `t`; other tables have aliases that `Sql::aside` leaves alone, since their indexes are asked for each ticket.

use chrono::{Datelike as _, Months, NaiveDate};
use shared::calendar::{self, Instant};
use shared::measure::{Anchor, Axis, Cell, Is, Measure, Took, guards, units_of};

use crate::sql::{Bind as _, Sql, vals};

/// What a ticket must be to count in a measure (`domain.md` 4): neither a draft nor recycled.
pub(crate) const COUNTED: &str = " and t.state not in ('RE', 'DR')";

/// ` and …` for the tickets of a set.
pub(crate) fn set(sets: [&[Is]; 2], now: Instant) -> Sql {
    let mut sql = Sql::new(COUNTED, vals![]);
    for condition in sets.into_iter().flatten() {
        sql.append(is(*condition, now));
    }
    sql
}

/// ` and …` for one condition.
fn is(condition: Is, now: Instant) -> Sql {
    let due = || vals![now];
    let (text, values) = match condition {
        Is::Ended => (" and t.state in ('CL', 'AR')", vals![]),
        Is::Overdue => (" and t.is_open and t.due_at < ?", due()),
        Is::NotMerged => (" and t.state <> 'ME'", vals![]),
        Is::Valid => (" and t.state not in ('NA', 'WI', 'EX')", vals![]),
        Is::Phoned => (" and t.channel = '01'", vals![]),
        Is::Repeated => (" and t.repeat_of is not null", vals![]),
        Is::Urged => (" and t.urge_count > 0", vals![]),
        Is::Difficult => (" and t.difficult_at is not null", vals![]),
        Is::ThreeWay => (" and t.three_way_at is not null", vals![]),
        Is::Assessed => (" and not t.not_counted", vals![]),
        Is::NotAssessed => (" and t.not_counted", vals![]),
        Is::Undispatched => (" and t.first_dispatched_at is null", vals![]),
        Is::Dispatched => (" and t.first_dispatched_at is not null", vals![]),
        Is::Redone => (" and t.cycle_no >= 1", vals![]),
        Is::LeadDue => (" and t.lead_due_at <= ?", due()),
        Is::LeadInTime => (" and t.lead_replied_at <= t.lead_due_at", vals![]),
        Is::LeadLate => (
            " and (t.lead_replied_at is null or t.lead_replied_at > t.lead_due_at)",
            vals![],
        ),
        Is::Replied => (
            " and t.replied_at is not null and t.first_dispatched_at is not null",
            vals![],
        ),
        Is::Rated => (
            " and t.latest_satisfaction in ('1', '2', '3', '4', '5')",
            vals![],
        ),
        Is::Satisfied => (" and t.latest_satisfaction in ('3', '4', '5')", vals![]),
        Is::WellSatisfied => (" and t.latest_satisfaction in ('4', '5')", vals![]),
        Is::FirstRated => (
            " and t.first_satisfaction in ('1', '2', '3', '4', '5')",
            vals![],
        ),
        Is::FirstSatisfied => (" and t.first_satisfaction in ('3', '4', '5')", vals![]),
        Is::SaidWhetherSolved => (" and t.solved is not null", vals![]),
        Is::Solved => (" and t.solved = '1'", vals![]),
        Is::Extended
        | Is::SignDue
        | Is::SignedInTime
        | Is::Signed
        | Is::ContactDue
        | Is::ContactedInTime
        | Is::SendBackAsked
        | Is::SentBack
        | Is::SendBackRefused
        | Is::NotMisdirected
        | Is::Supervised => return beside(condition, now),
    };
    Sql::new(text, values)
}

/// ` and …` for what stands beside the ticket: in its lead assignments, in its applications.
fn beside(condition: Is, now: Instant) -> Sql {
    let due = || vals![now];
    let (text, values) = match condition {
        Is::Extended => (
            " and exists (select 1 from assignments s where s.ticket_id = t.id and s.role = 'L' and s.parent_id is null and s.extended_days > 0)",
            vals![],
        ),
        // What ended before its time to sign without having been signed for was taken away or sent back.
        Is::SignDue => (
            " and exists (select 1 from assignments s where s.ticket_id = t.id and s.role = 'L' and s.parent_id is null and s.sign_due_at <= ? and (s.signed_at is not null or s.ended_at is null or s.ended_at >= s.sign_due_at))",
            due(),
        ),
        Is::SignedInTime => (
            " and not exists (select 1 from assignments s where s.ticket_id = t.id and s.role = 'L' and s.parent_id is null and s.sign_due_at <= ? and (s.signed_at is not null or s.ended_at is null or s.ended_at >= s.sign_due_at) and (s.signed_at is null or s.signed_at > s.sign_due_at))",
            due(),
        ),
        Is::Signed => (
            " and exists (select 1 from assignments s where s.ticket_id = t.id and s.role = 'L' and s.parent_id is null and s.signed_at is not null)",
            vals![],
        ),
        Is::ContactDue => (
            " and exists (select 1 from assignments s where s.ticket_id = t.id and s.role = 'L' and s.parent_id is null and s.contact_due_at <= ? and (s.contacted_at is not null or s.ended_at is null or s.ended_at >= s.contact_due_at))",
            due(),
        ),
        Is::ContactedInTime => (
            " and not exists (select 1 from assignments s where s.ticket_id = t.id and s.role = 'L' and s.parent_id is null and s.contact_due_at <= ? and (s.contacted_at is not null or s.ended_at is null or s.ended_at >= s.contact_due_at) and (s.contacted_at is null or s.contacted_at > s.contact_due_at))",
            due(),
        ),
        Is::SendBackAsked => (
            " and exists (select 1 from applications p where p.ticket_id = t.id and p.sort = 'B' and p.status in ('G', 'R'))",
            vals![],
        ),
        Is::SentBack => (
            " and exists (select 1 from applications p where p.ticket_id = t.id and p.sort = 'B' and p.status = 'G')",
            vals![],
        ),
        Is::SendBackRefused => (
            " and exists (select 1 from applications p where p.ticket_id = t.id and p.sort = 'B' and p.status = 'R')",
            vals![],
        ),
        Is::NotMisdirected => (
            " and not exists (select 1 from applications p where p.ticket_id = t.id and p.sort = 'B' and p.status = 'G' and p.return_reason in ('1', '2'))",
            vals![],
        ),
        Is::Supervised => (
            " and (exists (select 1 from applications p where p.ticket_id = t.id and p.sort = 'S') or exists (select 1 from directive_tickets r where r.ticket_id = t.id))",
            vals![],
        ),
        // Those of the ticket's own row are above.
        _ => (" and 1 = 1", vals![]),
    };
    Sql::new(text, values)
}

/// A time in milliseconds as an expression.
pub(super) fn took(took: Took) -> Sql {
    let text = match took {
        Took::Sign => {
            " (select min(s.signed_at) from assignments s where s.ticket_id = t.id and s.role = 'L' and s.parent_id is null) - t.first_dispatched_at"
        }
        Took::Reply => " t.replied_at - t.first_dispatched_at",
        Took::Close => " t.closed_at - t.accepted_at",
    };
    Sql::new(text, vals![])
}

/// ` and …` for a cell: the tickets of its set, in its period, in its row.
pub(crate) fn cell(cell: &Cell, now: Instant) -> Sql {
    let definition = cell.measure.definition();
    let mut sql = set(definition.set(cell.side), now);
    sql.append(anchored(definition.anchor, cell.between()));
    for (axis, value) in &cell.at {
        sql.append(at(*axis, value, definition.anchor));
    }
    if cell.touched {
        sql.append(touched(cell.measure));
    }
    sql
}

/// ` and …` for tickets with an open finding of a rule that guards a measure. Each ticket has few, which one index holds.
pub(crate) fn touched(measure: Measure) -> Sql {
    let rules = guards(measure);
    let mut sql = Sql::new(
        " and exists (select 1 from quality_findings x where x.case_id = t.id and x.closed_at is null and x.rule in ",
        vals![],
    );
    sql.list(rules.iter().map(|rule| rule.bind()).collect())
        .text(")");
    sql
}

/// ` and …` for what an anchor puts between two moments, the second exclusive.
pub(crate) fn anchored(anchor: Anchor, (from, to): (Instant, Instant)) -> Sql {
    let text = match anchor {
        Anchor::Accepted => " and t.accepted_at >= ? and t.accepted_at < ?",
        Anchor::Due => " and t.lead_due_at >= ? and t.lead_due_at < ?",
        Anchor::Dispatched => " and t.first_dispatched_at >= ? and t.first_dispatched_at < ?",
        Anchor::Replied => " and t.replied_at >= ? and t.replied_at < ?",
        Anchor::Closed => " and t.closed_at >= ? and t.closed_at < ?",
    };
    let mut sql = Sql::default();
    sql.push_bounds(text, vals![from, to]);
    sql
}

/// ` and …` for a value of a dimension.
fn at(axis: Axis, value: &str, anchor: Anchor) -> Sql {
    if axis == Axis::Month {
        let none = || Sql::new(" and 1 = 0", vals![]);
        let first = calendar::day(&format!("{value}-01"));
        return first.map_or_else(none, |first| anchored(anchor, month(first)));
    }
    let mut sql = Sql::new(" and", vals![]);
    sql.append(column(axis));
    let units: Vec<&str> = units_of(value).collect();
    if axis == Axis::LeadUnit && units.len() > 1 {
        let units = units.iter().map(|unit| (*unit).bind()).collect();
        sql.text(" in ").list(units);
    } else {
        sql.push(" = ?", vals![value]);
    }
    sql
}

/// A dimension as an expression; months are told apart by their bounds inside the period.
pub(super) fn expression(axis: Axis, anchor: Anchor, months: &[NaiveDate]) -> Sql {
    if axis != Axis::Month {
        return column(axis);
    }
    let mut sql = Sql::new(" case", vals![]);
    for first in months {
        sql.text(" when 1 = 1")
            .append(anchored(anchor, month(*first)))
            .text(" then ")
            .value(name(*first).bind());
    }
    sql.text(" else '' end");
    sql
}

/// The first days of the months that a period of days touches.
pub(super) fn months(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let mut months = Vec::new();
    let mut first = from.with_day(1);
    while let Some(day) = first.filter(|day| *day <= to) {
        months.push(day);
        first = day.checked_add_months(Months::new(1));
    }
    months
}

/// `yyyy-mm`.
fn name(first: NaiveDate) -> String {
    first.format("%Y-%m").to_string()
}

fn month(first: NaiveDate) -> (Instant, Instant) {
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    (calendar::day_start(first), calendar::day_start(next))
}

fn column(axis: Axis) -> Sql {
    let text = match axis {
        Axis::City => " t.city",
        Axis::County => " t.region",
        Axis::Category => " coalesce(substr(t.category, 1, 2), '')",
        Axis::Kind => " t.kind",
        Axis::Channel => " t.channel",
        Axis::State => " t.state",
        Axis::Urgency => " t.urgency",
        Axis::LeadUnit => " coalesce(t.lead_unit, '')",
        // Told apart by bounds.
        Axis::Month => " ''",
    };
    Sql::new(text, vals![])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_touches_its_months() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
        let found = months(day(2025, 12, 31), day(2026, 2, 1));
        let names: Vec<String> = found.into_iter().map(name).collect();
        assert_eq!(names, ["2025-12", "2026-01", "2026-02"]);
    }
}
