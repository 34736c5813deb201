//! Scope and filter as expressions of the engine, as `store::scope` and `store::tickets::filter` have them as SQL.
//! Not here: which scope an actor has (`shared::access`).
//! What needs more than the copy has is refused, never left out: the store answers then.

use datafusion::logical_expr::expr::Like;
use datafusion::prelude::{Expr, col, lit};
use shared::access::Scope;
use shared::application::RulingOn;
use shared::calendar::Instant;
use shared::measure::Predicate;
use shared::place;
use shared::query::TicketFilter;
use shared::ticket::{Light, TicketState};

use crate::fault::Fault;
use crate::predicate::{all, among, any, overdue, set};

/// What a scope reaches.
pub(crate) fn within(scope: &Scope) -> Expr {
    match scope {
        Scope::Own(user) => col("accepted_by").eq(lit(user.to_string())),
        Scope::Team(people) => any(people
            .iter()
            .map(|user| col("accepted_by").eq(lit(user.to_string())))),
        Scope::Unit(code) => has("own_units", code),
        Scope::UnitTree(path) => has("units", root_of(path)),
        Scope::Region(prefix) => region(prefix),
        Scope::Any(parts) => any(parts.iter().map(within)),
        Scope::All => lit(true),
    }
}

/// Whether a scope has a unit that may not learn of others from the answer, which asks rows that the copy does not have.
fn has_unit(scope: &Scope) -> bool {
    match scope {
        Scope::Unit(_) | Scope::UnitTree(_) => true,
        Scope::Any(parts) => parts.iter().any(has_unit),
        Scope::Own(_) | Scope::Team(_) | Scope::Region(_) | Scope::All => false,
    }
}

/// The unit at whose subtree a path points: the last code of the chain.
fn root_of(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or("")
}

/// A code stands in a column of codes.
fn has(column: &str, code: &str) -> Expr {
    let mut pattern = String::from("%|");
    for letter in code.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push_str("|%");
    Expr::Like(Like::new(
        false,
        Box::new(col(column)),
        Box::new(lit(pattern)),
        None,
        false,
    ))
}

/// A column begins with a text, in byte order.
fn begins(column: &str, prefix: &str) -> Expr {
    col(column)
        .gt_eq(lit(prefix))
        .and(col(column).lt(lit(format!("{prefix}\u{10FFFF}"))))
}

/// A division and everything below it.
fn region(prefix: &str) -> Expr {
    if let Some(itself) = prefix.strip_suffix('-') {
        return col("region").eq(lit(itself));
    }
    match prefix.len() {
        6 => col("region").eq(lit(prefix)),
        9 => col("street").eq(lit(prefix)),
        4 => col("city").eq(lit(prefix)),
        0..=3 => begins("city", prefix),
        5 => {
            let city = place::city(prefix).unwrap_or(prefix);
            col("city").eq(lit(city)).and(begins("region", prefix))
        }
        _ => begins("street", prefix),
    }
}

/// Everything that a filter asks.
pub(crate) fn conditions(
    scope: &Scope,
    filter: &TicketFilter,
    led_by: &[String],
    now: Instant,
) -> Result<Vec<Expr>, Fault> {
    refuse(scope, filter)?;
    let mut found = vec![within(scope)];
    codes(&mut found, filter);
    if let Some(code) = &filter.region {
        found.push(region(place::prefix(code)));
    }
    if let Some(code) = &filter.unit {
        found.push(has("units", code));
    }
    if filter.lead_unit.is_some() {
        found.push(among("lead_unit", led_by.iter().map(String::as_str)));
    }
    if let Some(tag) = &filter.tag {
        found.push(has("tags", tag));
    }
    match filter.ruling {
        Some(RulingOn::NotCounted) => found.push(col("not_counted")),
        Some(RulingOn::Unreasonable) => found.push(col("not_counted").and(col("unreasonable"))),
        None => {}
    }
    times(&mut found, filter);
    if let Some(light) = filter.light {
        found.push(lit_by(light, now));
    }
    match filter.overdue {
        Some(true) => found.push(overdue(now)),
        Some(false) => found.push(any([
            !col("is_open"),
            col("due_at").is_null(),
            col("due_at").gt_eq(lit(now.0)),
        ])),
        None => {}
    }
    if let Some(predicate) = filter.measure {
        found.push(set(predicate.set(), now));
    }
    Ok(found)
}

/// What the copy cannot answer.
fn refuse(scope: &Scope, filter: &TicketFilter) -> Result<(), Fault> {
    let others = filter.unit.is_some() || filter.lead_unit.is_some() || filter.in_force;
    let reasons = [
        (filter.q.is_some(), "words"),
        (filter.expr.is_some(), "conditions"),
        (filter.mine == Some(true), "own parts"),
        (!filter.own.is_empty(), "own fields"),
        (filter.cell.is_some(), "cells"),
        (others && has_unit(scope), "other units"),
    ];
    let found = reasons.into_iter().find(|(is_asked, _)| *is_asked);
    found.map_or(Ok(()), |(_, what)| Err(Fault::Unsupported(what)))
}

fn codes(found: &mut Vec<Expr>, filter: &TicketFilter) {
    if filter.state.is_empty() {
        found.push(col("state").not_eq(lit(TicketState::Recycled.code())));
    } else {
        found.push(among("state", filter.state.iter().map(|it| it.code())));
    }
    if !filter.kind.is_empty() {
        found.push(among("kind", filter.kind.iter().map(|it| it.code())));
    }
    if !filter.channel.is_empty() {
        found.push(among("channel", filter.channel.iter().map(|it| it.code())));
    }
    match filter.category.as_deref() {
        None => {}
        Some("-") => found.push(col("category").is_null()),
        Some(code) if code.len() >= 6 => found.push(col("category").eq(lit(code))),
        Some(code) => found.push(begins("category", code)),
    }
}

fn times(found: &mut Vec<Expr>, filter: &TicketFilter) {
    let is_of_lead = matches!(
        filter.measure,
        Some(Predicate::OnTimeDenominator | Predicate::OnTimeNumerator)
    );
    let due = if is_of_lead { "lead_due_at" } else { "due_at" };
    let bounds = [
        ("accepted_at", filter.accepted_from, filter.accepted_to),
        (due, filter.due_from, filter.due_to),
        ("closed_at", filter.closed_from, filter.closed_to),
    ];
    for (column, from, to) in bounds {
        found.extend(from.map(|at| col(column).gt_eq(lit(at))));
        found.extend(to.map(|at| col(column).lt(lit(at))));
    }
}

/// As `shared::calendar::light` for open tickets.
fn lit_by(light: Light, now: Instant) -> Expr {
    let is_ahead = col("due_at").gt_eq(lit(now.0));
    let shown = match light {
        Light::Red => col("due_at").lt(lit(now.0)),
        Light::Yellow => is_ahead.and(col("warn_at").lt_eq(lit(now.0))),
        Light::Green => {
            let is_early = col("warn_at").is_null().or(col("warn_at").gt(lit(now.0)));
            col("due_at").is_null().or(is_ahead.and(is_early))
        }
    };
    all([col("is_open"), shown])
}
