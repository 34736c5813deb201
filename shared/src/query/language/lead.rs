//! What leads a list that has an expression: conditions that hold for every ticket of it become filters of their own, which have indexes, and
//! what is left is asked of the tickets on that way. An expression that nothing leads is not taken.
//! Not here: the ways themselves (store). A filter that is set already stays, and so does the condition.

use super::{Condition, Expr, Field, LONGEST_DAYS, Mistake, Op, Slip, Subject, Value};
use crate::application::RulingOn;
use crate::calendar::Instant;
use crate::measure::Predicate;
use crate::query::TicketFilter;
use crate::ticket::{Channel, Light, RequestKind, TicketNo, TicketState};

const DAY: i64 = 86_400_000;

impl TicketFilter {
    /// The same tickets, with as much of the expression as possible in filters.
    #[must_use]
    pub fn led(mut self, now: Instant) -> Self {
        let Some(expr) = self.expr.take() else {
            return self;
        };
        let parts = match expr {
            Expr::All(parts) => parts,
            one => vec![one],
        };
        let mut rest = Vec::new();
        for part in parts {
            let is_taken = matches!(&part, Expr::Is(condition) if self.becomes(condition, now));
            if !is_taken {
                rest.push(part);
            }
        }
        self.expr = Expr::all(rest);
        self
    }

    /// Whether something leads to the tickets, where an expression is left over: what it names is few, or lies in a bounded time.
    ///
    /// # Errors
    /// `Slip::Wide`.
    pub fn check_led(&self, by_scope: bool) -> Result<(), Mistake> {
        let period = self.accepted_from.zip(self.accepted_to);
        let in_time =
            period.is_some_and(|(from, to)| to.saturating_sub(from) <= LONGEST_DAYS * DAY);
        let of_open = self.light.is_some()
            || self.overdue == Some(true)
            || self.measure == Some(Predicate::Overdue)
            || (!self.state.is_empty() && self.state.iter().all(|state| state.is_open()));
        let in_area = self
            .region
            .as_deref()
            .is_some_and(|code| code.ends_with('-') || crate::place::prefix(code).len() >= 6);
        let named = self.unit.is_some()
            || self.lead_unit.is_some()
            || self.tag.is_some()
            || self.ruling.is_some()
            || self.mine == Some(true)
            || !self.own.is_empty()
            || self.q.is_some()
            || self
                .expr
                .as_ref()
                .is_some_and(|expr| expr.persons().next().is_some());
        if self.expr.is_none() || by_scope || in_time || of_open || in_area || named {
            return Ok(());
        }
        Err(Mistake {
            slip: Slip::Wide,
            at: 1,
            near: String::new(),
        })
    }

    /// Takes a condition as a filter; `false` where there is none for it, or it is set already.
    fn becomes(&mut self, condition: &Condition, now: Instant) -> bool {
        let field = match &condition.of {
            Subject::Field(field) => *field,
            Subject::Own(code) => return self.own_becomes(code, condition),
        };
        match field {
            Field::State => listed::<TicketState>(&mut self.state, condition, TicketState::parse),
            Field::Kind => listed::<RequestKind>(&mut self.kind, condition, RequestKind::parse),
            Field::Channel => listed::<Channel>(&mut self.channel, condition, Channel::parse),
            Field::Category => category(&mut self.category, condition),
            Field::Area => area(&mut self.region, condition),
            Field::Unit => unit(&mut self.unit, condition),
            Field::Lead => unit(&mut self.lead_unit, condition),
            Field::Tag => text(&mut self.tag, condition, Op::Eq),
            Field::Number => {
                let is_number = |no: &str| TicketNo::parse(no).is_some();
                only_text(condition).is_some_and(is_number) && text(&mut self.q, condition, Op::Eq)
            }
            Field::Light => light(&mut self.light, condition),
            Field::Overdue => flag(condition)
                .filter(|_| self.overdue.is_none())
                .inspect(|yes| self.overdue = Some(*yes))
                .is_some(),
            Field::Counted => self.ruled(flag(condition) == Some(false), RulingOn::NotCounted),
            Field::Unreasonable => {
                self.ruled(flag(condition) == Some(true), RulingOn::Unreasonable)
            }
            Field::Accepted => {
                let bounds = [&mut self.accepted_from, &mut self.accepted_to];
                between(bounds, condition, now)
            }
            // With a measure of answers in time these bounds are those of the lead's clock.
            Field::Due if self.measure.is_none() => {
                between([&mut self.due_from, &mut self.due_to], condition, now)
            }
            Field::Closed => between([&mut self.closed_from, &mut self.closed_to], condition, now),
            _ => false,
        }
    }

    fn own_becomes(&mut self, code: &str, condition: &Condition) -> bool {
        let Some(value) = only_text(condition).filter(|_| condition.op == Op::Eq) else {
            return false;
        };
        if self.own.contains_key(code) {
            return false;
        }
        self.own.insert(code.to_owned(), value.to_owned());
        true
    }

    fn ruled(&mut self, fits: bool, ruling: RulingOn) -> bool {
        let is_free = fits && self.ruling.is_none();
        if is_free {
            self.ruling = Some(ruling);
        }
        is_free
    }
}

/// One of these codes, and of those that are asked for already.
fn listed<T: Copy + PartialEq>(
    into: &mut Vec<T>,
    condition: &Condition,
    parse: fn(&str) -> Option<T>,
) -> bool {
    if !matches!(condition.op, Op::Eq | Op::In) {
        return false;
    }
    let codes = condition.values.iter().filter_map(|value| match value {
        Value::Code(coded) => parse(coded.code),
        _ => None,
    });
    let mut codes: Vec<T> = codes.collect();
    codes.retain(|code| into.is_empty() || into.contains(code));
    // None of both would mean any.
    let is_taken = !codes.is_empty();
    if is_taken {
        *into = codes;
    }
    is_taken
}

/// The text of a condition that has one value.
fn only_text(condition: &Condition) -> Option<&str> {
    match &condition.values[..] {
        [Value::Text(text)] => Some(text),
        _ => None,
    }
}

fn text(into: &mut Option<String>, condition: &Condition, op: Op) -> bool {
    if into.is_some() && into.as_deref() == only_text(condition) {
        return condition.op == op;
    }
    let found = only_text(condition).filter(|_| condition.op == op && into.is_none());
    found
        .map(str::to_owned)
        .inspect(|found| *into = Some(found.clone()))
        .is_some()
}

/// A subtree; a unit itself leads as its subtree does, and stays a condition.
fn unit(into: &mut Option<String>, condition: &Condition) -> bool {
    if condition.op == Op::Eq && into.is_none() {
        *into = only_text(condition).map(str::to_owned);
        return false;
    }
    text(into, condition, Op::Under)
}

/// A whole code is one of the lowest level; a shorter one leads to all below it.
fn category(into: &mut Option<String>, condition: &Condition) -> bool {
    let is_leaf = only_text(condition).is_some_and(|code| code.len() >= 6);
    match condition.op {
        Op::Eq if is_leaf => text(into, condition, Op::Eq),
        Op::Under => text(into, condition, Op::Under),
        Op::Empty if into.is_none() => {
            *into = Some("-".to_owned());
            true
        }
        _ => false,
    }
}

/// A division itself is written with a hyphen behind it; a street has nothing below it.
fn area(into: &mut Option<String>, condition: &Condition) -> bool {
    match (condition.op, only_text(condition)) {
        (Op::Under, Some(_)) => text(into, condition, Op::Under),
        (Op::Eq, Some(code)) if into.is_none() => {
            let itself = code.len() == 6;
            *into = Some(if itself {
                format!("{code}-")
            } else {
                code.to_owned()
            });
            true
        }
        _ => false,
    }
}

fn light(into: &mut Option<Light>, condition: &Condition) -> bool {
    let found = match (condition.op, &condition.values[..]) {
        (Op::Eq, [Value::Code(coded)]) => Light::parse(coded.code),
        _ => None,
    };
    if into.is_none() {
        *into = found;
    }
    found.is_some() && *into == found
}

fn flag(condition: &Condition) -> Option<bool> {
    match (condition.op, &condition.values[..]) {
        (Op::Eq, [Value::Flag(yes)]) => Some(*yes),
        (Op::Ne, [Value::Flag(yes)]) => Some(!*yes),
        _ => None,
    }
}

/// Narrows a period, the end not with it.
fn between([from, to]: [&mut Option<i64>; 2], condition: &Condition, now: Instant) -> bool {
    let spans: Vec<(i64, i64)> = condition
        .values
        .iter()
        .filter_map(|value| match value {
            Value::Time(moment) => Some(moment.span(now)),
            _ => None,
        })
        .map(|(begin, end)| (begin.0, end.0))
        .collect();
    let (begin, end) = match (condition.op, &spans[..]) {
        (Op::Eq, [(begin, end)]) => (Some(*begin), Some(*end)),
        (Op::Ge, [(begin, _)]) => (Some(*begin), None),
        (Op::Gt, [(_, end)]) => (Some(*end), None),
        (Op::Lt, [(begin, _)]) => (None, Some(*begin)),
        (Op::Le, [(_, end)]) => (None, Some(*end)),
        (Op::Between, [(begin, _), (_, end)]) => (Some(*begin), Some(*end)),
        _ => return false,
    };
    if let Some(begin) = begin {
        *from = Some(from.map_or(begin, |old| old.max(begin)));
    }
    if let Some(end) = end {
        *to = Some(to.map_or(end, |old| old.min(end)));
    }
    true
}
