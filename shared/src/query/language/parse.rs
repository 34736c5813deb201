//! Reads an expression: `or` of `and` of conditions, brackets and `not`.
//! Not here: signs and words (`lex`), which fields and operators there are (`fields`).
//! Bounded in depth, conditions and values, so that no text costs more than its length.

use super::lex::{Sign, Token, tokens};
use super::{
    Condition, Expr, Field, FieldKind, MOST_CONDITIONS, MOST_DEPTH, MOST_VALUE, MOST_VALUES,
    Mistake, Moment, Op, Slip, Subject, Value, mark,
};
use crate::calendar::{self, Instant};

const AND: &[&str] = &["and", "且", "并且"];
const OR: &[&str] = &["or", "或", "或者"];
const NOT: &[&str] = &["not", "非"];
/// What stands before the code of an own field.
const OWN: &str = "own.";
/// How far a day may lie from today.
const MOST_DAYS: i64 = 3_660;
/// The largest number.
const MOST_NUMBER: i64 = 1_000_000;

/// The words that mean something between conditions; as values they stand in quotation marks.
pub(super) fn is_reserved(word: &str) -> bool {
    let is_it = |one: &&str| one.eq_ignore_ascii_case(word);
    [AND, OR, NOT].iter().any(|words| words.iter().any(is_it))
}

/// Reads a whole text.
pub(super) fn expression(text: &str) -> Result<Expr, Mistake> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        conditions: 0,
        end: text.chars().count() + 1,
    };
    if parser.tokens.is_empty() {
        return Err(parser.wrong(Slip::Nothing));
    }
    let expr = parser.any(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some(Sign::Close) => Err(parser.wrong(Slip::Bracket)),
        Some(_) => Err(parser.wrong(Slip::Rest)),
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    conditions: usize,
    /// The place behind the last character.
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Sign> {
        self.tokens.get(self.next).map(|token| &token.sign)
    }

    /// A mistake at the sign that comes next.
    fn wrong(&self, slip: Slip) -> Mistake {
        self.wrong_at(slip, self.next)
    }

    fn wrong_at(&self, slip: Slip, index: usize) -> Mistake {
        let token = self.tokens.get(index);
        let near = match token.map(|token| &token.sign) {
            None => String::new(),
            Some(Sign::Open) => "(".to_owned(),
            Some(Sign::Close) => ")".to_owned(),
            Some(Sign::Comma) => ",".to_owned(),
            Some(Sign::Op(op)) => op.as_str().to_owned(),
            Some(Sign::Word(text) | Sign::Quoted(text)) => text.clone(),
        };
        Mistake {
            slip,
            at: token.map_or(self.end, |token| token.at),
            near,
        }
    }

    /// Takes one of these words, if it comes next.
    fn takes(&mut self, words: &[&str]) -> bool {
        let is_it = match self.peek() {
            Some(Sign::Word(word)) => words.iter().any(|one| one.eq_ignore_ascii_case(word)),
            _ => false,
        };
        self.next += usize::from(is_it);
        is_it
    }

    fn takes_sign(&mut self, sign: &Sign) -> bool {
        let is_it = self.peek() == Some(sign);
        self.next += usize::from(is_it);
        is_it
    }

    fn any(&mut self, depth: usize) -> Result<Expr, Mistake> {
        let mut parts = vec![self.all(depth)?];
        while self.takes(OR) {
            parts.push(self.all(depth)?);
        }
        Ok(joined(parts, Expr::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Expr, Mistake> {
        let mut parts = vec![self.one(depth)?];
        while self.takes(AND) {
            parts.push(self.one(depth)?);
        }
        Ok(joined(parts, Expr::All))
    }

    fn one(&mut self, depth: usize) -> Result<Expr, Mistake> {
        let before = self.next;
        if self.takes(NOT) {
            if depth >= MOST_DEPTH {
                return Err(self.wrong_at(Slip::Deep, before));
            }
            return Ok(Expr::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.takes_sign(&Sign::Open) {
            if depth >= MOST_DEPTH {
                return Err(self.wrong_at(Slip::Deep, before));
            }
            let inner = self.any(depth + 1)?;
            if !self.takes_sign(&Sign::Close) {
                return Err(self.wrong(Slip::Bracket));
            }
            return Ok(inner);
        }
        self.condition().map(Expr::Is)
    }

    fn condition(&mut self) -> Result<Condition, Mistake> {
        self.conditions += 1;
        if self.conditions > MOST_CONDITIONS {
            return Err(self.wrong(Slip::Many));
        }
        let of = match self.peek() {
            Some(Sign::Word(word)) => subject(word).ok_or_else(|| self.wrong(Slip::Field))?,
            _ => return Err(self.wrong(Slip::Field)),
        };
        self.next += 1;
        let before = self.next;
        let op = self.op()?;
        if !of.kind().ops().contains(&op) {
            return Err(self.wrong_at(Slip::Operator, before));
        }
        let values = match op {
            Op::Empty | Op::Filled => Vec::new(),
            Op::In => self.list(&of)?,
            Op::Between => self.two(&of)?,
            _ => vec![self.value(&of, op)?],
        };
        Ok(Condition { of, op, values })
    }

    fn op(&mut self) -> Result<Op, Mistake> {
        if let Some(Sign::Op(op)) = self.peek() {
            let op = *op;
            self.next += 1;
            return Ok(op);
        }
        for (word, op) in [
            ("in", Op::In),
            ("between", Op::Between),
            ("under", Op::Under),
        ] {
            if self.takes(&[word]) {
                return Ok(op);
            }
        }
        if self.takes(&["is"]) {
            let filled = self.takes(NOT);
            if !self.takes(&["empty"]) {
                return Err(self.wrong(Slip::Empty));
            }
            return Ok(if filled { Op::Filled } else { Op::Empty });
        }
        Err(self.wrong(Slip::Operator))
    }

    fn list(&mut self, of: &Subject) -> Result<Vec<Value>, Mistake> {
        if !self.takes_sign(&Sign::Open) {
            return Err(self.wrong(Slip::List));
        }
        let mut values = vec![self.value(of, Op::In)?];
        while self.takes_sign(&Sign::Comma) {
            if values.len() >= MOST_VALUES {
                return Err(self.wrong(Slip::Values));
            }
            let value = self.value(of, Op::In)?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if !self.takes_sign(&Sign::Close) {
            return Err(self.wrong(Slip::List));
        }
        Ok(values)
    }

    fn two(&mut self, of: &Subject) -> Result<Vec<Value>, Mistake> {
        let first = self.value(of, Op::Between)?;
        if !self.takes(AND) {
            return Err(self.wrong(Slip::And));
        }
        Ok(vec![first, self.value(of, Op::Between)?])
    }

    fn value(&mut self, of: &Subject, op: Op) -> Result<Value, Mistake> {
        let text = match self.peek() {
            Some(Sign::Word(word)) if !is_reserved(word) => word.clone(),
            Some(Sign::Quoted(text)) => text.clone(),
            _ => return Err(self.wrong(Slip::Value)),
        };
        if of.kind() == FieldKind::Person && mark::read(&text).is_none() {
            // What was typed is somebody's: it is not repeated.
            return Err(Mistake {
                near: String::new(),
                ..self.wrong(Slip::Person)
            });
        }
        let value = read(of, op, &text).ok_or_else(|| self.wrong(Slip::Value))?;
        self.next += 1;
        Ok(value)
    }
}

fn joined(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// What a word asks about.
fn subject(word: &str) -> Option<Subject> {
    if let Some(code) = word.strip_prefix(OWN) {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let fits = !code.is_empty() && code.len() <= 20 && code.bytes().all(is_plain);
        return fits.then(|| Subject::Own(code.to_owned()));
    }
    Field::typed(word).map(Subject::Field)
}

fn read(of: &Subject, op: Op, text: &str) -> Option<Value> {
    if of.kind() == FieldKind::Person {
        return mark::read(text).map(|_| Value::Text(text.to_owned()));
    }
    if text.is_empty() || text.chars().count() > MOST_VALUE {
        return None;
    }
    let Subject::Field(field) = of else {
        return Some(Value::Text(text.to_owned()));
    };
    match field.kind() {
        FieldKind::Code | FieldKind::Answer => field.code_typed(text).map(Value::Code),
        FieldKind::Flag => match text.to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" | "是" => Some(Value::Flag(true)),
            "no" | "false" | "0" | "否" => Some(Value::Flag(false)),
            _ => None,
        },
        FieldKind::Number => {
            let number = text.parse::<i64>().ok();
            number
                .filter(|number| (0..=MOST_NUMBER).contains(number))
                .map(Value::Number)
        }
        FieldKind::Time => moment(text).map(Value::Time),
        FieldKind::Area => {
            let fits = match op {
                Op::Under => matches!(text.len(), 2 | 4 | 6 | 9),
                _ => matches!(text.len(), 6 | 9),
            };
            let fits = fits && text.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| Value::Text(text.to_owned()))
        }
        FieldKind::Unit | FieldKind::Tree | FieldKind::Mark => {
            let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
            let is_code = text.len() <= 40 && text.bytes().all(is_plain);
            // A category may be typed by the name that a place has for it, a person by the own one.
            let fits = is_code || matches!(field, Field::Category | Field::Handler);
            fits.then(|| Value::Text(text.to_owned()))
        }
        FieldKind::Text | FieldKind::Person => Some(Value::Text(text.to_owned())),
    }
}

fn moment(text: &str) -> Option<Moment> {
    let lower = text.to_ascii_lowercase();
    let from_today = lower
        .strip_prefix("today")
        .or_else(|| text.strip_prefix("今天"));
    if let Some(days) = from_today {
        let days = if days.is_empty() {
            0
        } else {
            days.parse::<i64>().ok()?
        };
        return (-MOST_DAYS..=MOST_DAYS)
            .contains(&days)
            .then_some(Moment::Today(days));
    }
    if let Some(day) = calendar::day(text) {
        return Some(Moment::Day(day));
    }
    let at = Instant::parse(text)?;
    let whole = at.0 - at.0.rem_euclid(1_000);
    Some(Moment::At(Instant(whole)))
}
