//! A filter as SQL, the same for lists, counts, exports and the numbers of reports (I14).
//! Not here: the scope (`scope`), order and cursor (`list`).
//! The ticket's alias is `t`; every value is bound.

mod expression;

use shared::application::RulingOn;
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::measure::Predicate;
use shared::place;
use shared::query::TicketFilter;
use shared::query::language::Subject;
use shared::ticket::{Light, RequestKind, TicketNo};
use shared::todo::Mark;

use self::expression::expression;
use super::search::Words;
use super::{cells, person, search};
use crate::migration::floor;
use crate::scope::{above, reaches, region};
use crate::sql::{Bind, Sql, vals};

/// What was taken back is in no list, search, count or export that does not ask for it.
pub(crate) const NOT_RECYCLED: &str = " and t.state <> 'RE'";

/// What to leave out, because the list is driven by it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Leave {
    pub(crate) unit: bool,
    pub(crate) q: bool,
    /// Closed tickets, where only open states are asked for: the indexes by deadline hold the open ones.
    pub(crate) closed: bool,
    /// Tickets without a deadline, which have a part of their own in a list by deadline.
    pub(crate) undated: bool,
}

/// ` and …` for every part of the filter.
pub(crate) fn conditions(filter: &TicketFilter, now: Instant, sqlite: bool, leave: Leave) -> Sql {
    let mut sql = Sql::default();
    codes(&mut sql, filter, leave);
    if let Some(code) = &filter.category {
        category(&mut sql, code);
    }
    if let Some(code) = &filter.region {
        sql.append(region(place::prefix(code)));
    }
    units(&mut sql, filter, sqlite, leave);
    if let Some(tag) = &filter.tag {
        sql.append(tagged(tag, sqlite));
    }
    for (field, value) in &filter.own {
        sql.append(answered(field, value, sqlite));
    }
    if filter.own_open && asks_own(filter) {
        sql.push(
            " and not t.confidential and t.kind <> ?",
            vals![RequestKind::TipOff],
        );
    }
    if filter.mine == Some(true) {
        sql.append(answered_for(&filter.mine_of, sqlite));
    }
    match filter.ruling {
        // What is unreasonable is not counted, so that one small index leads to both.
        Some(RulingOn::NotCounted) => drop(sql.text(" and t.not_counted")),
        Some(RulingOn::Unreasonable) => drop(sql.text(" and t.not_counted and t.unreasonable")),
        None => {}
    }
    times(&mut sql, filter, sqlite);
    if let Some(light) = filter.light {
        lit(&mut sql, light, now, leave);
    }
    match filter.overdue {
        Some(true) => drop(sql.push(" and t.is_open and t.due_at < ?", vals![now])),
        Some(false) => drop(sql.push(
            " and (not t.is_open or t.due_at is null or t.due_at >= ?)",
            vals![now],
        )),
        None => {}
    }
    if let Some(predicate) = filter.measure {
        sql.append(measure(predicate, now));
    }
    if let Some(cell) = &filter.cell {
        sql.append(cells::cell(cell, now));
    }
    if let Some(q) = words_of(filter)
        && !leave.q
    {
        sql.append(if sqlite {
            search::matching(q)
        } else {
            search::matching_between(q, filter.accepted_from, filter.accepted_to)
        });
    }
    if let Some(no) = number_of(filter) {
        sql.append(by_number(&no));
    }
    if let Some(expr) = &filter.expr {
        sql.append(expression(expr, now));
    }
    sql.append(persons(filter, sqlite));
    sql
}

/// ` and …` for where persons may be looked for, and along the indexes of those who are named.
fn persons(filter: &TicketFilter, sqlite: bool) -> Sql {
    let mut sql = Sql::default();
    if let Some(scope) = &filter.found_in {
        sql.append(reaches(scope));
    }
    if !sqlite {
        // What is made certain leads along no index; on SQLite the way does.
        for lead in person::leads(filter) {
            sql.append(lead);
        }
    }
    sql
}

/// Whether answers to the office's own fields are asked for, by a filter or in the expression.
fn asks_own(filter: &TicketFilter) -> bool {
    let in_expr = filter.expr.as_ref();
    !filter.own.is_empty()
        || in_expr.is_some_and(|expr| expr.asks(|of| matches!(of, Subject::Own(_))))
}

fn typed(filter: &TicketFilter) -> Option<&str> {
    filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty())
}

/// The ticket's number, when that was typed.
pub(crate) fn number_of(filter: &TicketFilter) -> Option<TicketNo> {
    typed(filter).and_then(TicketNo::parse)
}

/// What is searched for, when it is no number.
pub(crate) fn words_of(filter: &TicketFilter) -> Option<Words<'_>> {
    Words::of(filter)
}

/// ` and …` for a measure's set; the one formula that pages, exports and drill-down share.
pub(crate) fn measure(predicate: Predicate, now: Instant) -> Sql {
    cells::set(predicate.set(), now)
}

/// Whether the deadlines in a filter with this measure are those of the lead assignment instead of the ticket.
pub(crate) fn of_lead(filter: &TicketFilter) -> bool {
    matches!(
        filter.measure,
        Some(Predicate::OnTimeDenominator | Predicate::OnTimeNumerator)
    )
}

fn codes(sql: &mut Sql, filter: &TicketFilter, leave: Leave) {
    // What was taken back is shown to whoever asks for it by name, and to nobody else.
    if filter.state.is_empty() {
        sql.text(NOT_RECYCLED);
    }
    if !filter.state.is_empty() {
        sql.text(" and t.state in ");
        sql.list(filter.state.iter().map(|v| v.bind()).collect());
        if leave.closed && filter.state.iter().all(|state| state.is_open()) {
            sql.text(" and t.is_open");
        }
    }
    if !filter.kind.is_empty() {
        sql.text(" and t.kind in ")
            .list(filter.kind.iter().map(|v| v.bind()).collect());
    }
    if !filter.channel.is_empty() {
        sql.text(" and t.channel in ")
            .list(filter.channel.iter().map(|v| v.bind()).collect());
    }
}

fn category(sql: &mut Sql, code: &str) {
    if code == "-" {
        // Still to be completed.
        sql.text(" and t.category is null");
    } else if code.len() >= 6 {
        sql.push(" and t.category = ?", vals![code]);
    } else {
        sql.push(
            " and t.category >= ? and t.category < ?",
            vals![code, above(code)],
        );
    }
}

fn units(sql: &mut Sql, filter: &TicketFilter, sqlite: bool, leave: Leave) {
    if let Some(code) = &filter.unit
        && !leave.unit
    {
        sql.push(
            if sqlite {
                // Asked for one ticket after another; the other form gathers all tickets of the unit first.
                " and exists (select 1 from ticket_units u where u.unit = ? and u.ticket_id = t.id)"
            } else {
                " and t.id in (select u.ticket_id from ticket_units u where u.unit = ?)"
            },
            vals![code],
        );
    }
    if let Some(code) = &filter.lead_unit {
        sql.append(led_by(code));
    }
}

/// ` and …` for tickets with a tag; on SQLite asked for one ticket after another.
fn tagged(tag: &str, sqlite: bool) -> Sql {
    let text = if sqlite {
        " and exists (select 1 from ticket_tags g where g.tag = ? and g.ticket_id = t.id)"
    } else {
        " and t.id in (select g.ticket_id from ticket_tags g where g.tag = ?)"
    };
    Sql::new(text, vals![tag])
}

/// ` and …` that leads to the tickets with a tag.
pub(crate) fn of_tag(tag: &str) -> Sql {
    Sql::new(
        " and t.id in (select g.ticket_id from ticket_tags g where g.tag = ?)",
        vals![tag],
    )
}

/// ` and …` for tickets of which one of these people answers for an open part; on SQLite asked for one ticket after another.
fn answered_for(people: &[UserId], sqlite: bool) -> Sql {
    if !sqlite {
        return of_people(people);
    }
    let mut sql = Sql::new(
        " and exists (select 1 from case_marks r where r.mark = ? and r.case_id = t.id and r.user_id in ",
        vals![Mark::Responsible],
    );
    sql.list(people.iter().map(|user| user.bind()).collect())
        .text(")");
    sql
}

/// ` and …` that leads to those tickets.
pub(crate) fn of_people(people: &[UserId]) -> Sql {
    let mut sql = Sql::new(
        " and t.id in (select r.case_id from case_marks r where r.mark = ? and r.user_id in ",
        vals![Mark::Responsible],
    );
    sql.list(people.iter().map(|user| user.bind()).collect())
        .text(")");
    sql
}

/// ` and …` for tickets with an answer to an own field; on SQLite asked for one ticket after another.
fn answered(field: &str, value: &str, sqlite: bool) -> Sql {
    if !sqlite {
        return of_answer(field, value);
    }
    Sql::new(
        " and exists (select 1 from ticket_own o where o.field = ? and o.value = ? and o.ticket_id = t.id)",
        vals![field, value],
    )
}

/// ` and …` that leads to the tickets with an answer.
pub(crate) fn of_answer(field: &str, value: &str) -> Sql {
    Sql::new(
        " and t.id in (select o.ticket_id from ticket_own o where o.field = ? and o.value = ?)",
        vals![field, value],
    )
}

/// ` and …` for tickets that a unit, or one below it, leads.
pub(crate) fn led_by(code: &str) -> Sql {
    let mut sql = Sql::new(
        " and t.lead_unit in (select w.code from units w, units top where top.code = ? and w.path >= top.path and w.path < ",
        vals![code],
    );
    // The text above every path that begins with the top's path.
    sql.push("(top.path || ?))", vals!["\u{10FFFF}"]);
    sql
}

fn times(sql: &mut Sql, f: &TicketFilter, sqlite: bool) {
    // The id carries the same instant: a bound that indexes and partitions by id can use (I8). SQLite's index of lists has the id alone.
    if let Some(from) = f.accepted_from {
        if !sqlite {
            sql.push_bounds(" and t.accepted_at >= ?", vals![from]);
        }
        sql.push_bounds(" and t.id >= ?", vals![floor(Instant(from))]);
    }
    if let Some(to) = f.accepted_to {
        if !sqlite {
            sql.push_bounds(" and t.accepted_at < ?", vals![to]);
        }
        sql.push_bounds(" and t.id < ?", vals![floor(Instant(to))]);
    }
    let (due_from, due_to) = if of_lead(f) {
        (" and t.lead_due_at >= ?", " and t.lead_due_at < ?")
    } else {
        (" and t.due_at >= ?", " and t.due_at < ?")
    };
    if let Some(from) = f.due_from {
        sql.push_bounds(due_from, vals![from]);
    }
    if let Some(to) = f.due_to {
        sql.push_bounds(due_to, vals![to]);
    }
    if let Some(from) = f.closed_from {
        sql.push_bounds(" and t.closed_at >= ?", vals![from]);
    }
    if let Some(to) = f.closed_to {
        sql.push_bounds(" and t.closed_at < ?", vals![to]);
    }
}

/// As `shared::calendar::light` for open tickets.
fn lit(sql: &mut Sql, light: Light, now: Instant, leave: Leave) {
    match light {
        Light::Red => sql.push(" and t.is_open and t.due_at < ?", vals![now]),
        Light::Yellow => sql.push(" and t.is_open and t.due_at >= ? and t.warn_at <= ?", vals![now, now]),
        // An `or` with tickets without a deadline would keep the database from reading the index by deadline in its order.
        Light::Green if leave.undated => sql.push(" and t.is_open and t.due_at >= ? and (t.warn_at is null or t.warn_at > ?)", vals![now, now]),
        Light::Green => sql.push(" and t.is_open and (t.due_at is null or (t.due_at >= ? and (t.warn_at is null or t.warn_at > ?)))", vals![now, now]),
    };
}

/// ` and …` for one ticket by its number.
pub(crate) fn by_number(no: &TicketNo) -> Sql {
    Sql::new(
        " and t.id in (select k.ticket_id from ticket_keys k where k.ticket_no = ?)",
        vals![no.as_str()],
    )
}
