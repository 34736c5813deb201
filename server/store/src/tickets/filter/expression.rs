//! An expression as SQL: the one table of where the answer to each field stands, and of what each operator asks of it.
//! Not here: reading it and what leads a list (`shared::query::language`), the filters beside it (`filter`).
//! Every condition is made certain (`is true`), so that `not` of what has no answer holds; text is that of this file, what people typed is bound.

use shared::calendar::Instant;
use shared::place;
use shared::query::language::{Condition, Expr, Field, FieldKind, Op, Subject, Value};
use shared::ticket::{AssignmentStatus, Light};

use super::super::person::found_by;
use super::{Leave, led_by, lit};
use crate::scope::{above, region};
use crate::sql::{Sql, vals};

/// ` and …` for an expression.
pub(super) fn expression(expr: &Expr, now: Instant) -> Sql {
    let mut sql = Sql::new(" and ", vals![]);
    part(&mut sql, expr, now);
    sql
}

fn part(sql: &mut Sql, expr: &Expr, now: Instant) {
    match expr {
        Expr::All(parts) => joined(sql, parts, " and ", now),
        Expr::Any(parts) => joined(sql, parts, " or ", now),
        Expr::Not(inner) => {
            sql.text("(not ");
            part(sql, inner, now);
            sql.text(")");
        }
        Expr::Is(condition) => {
            // What is not so, or has an answer, is whatever is neither.
            let turned = matches!(condition.op, Op::Ne | Op::Filled);
            sql.text(if turned { "(not (" } else { "(" });
            sql.text("(").append(asked(condition, now));
            sql.text(if turned { ") is true))" } else { ") is true)" });
        }
    }
}

fn joined(sql: &mut Sql, parts: &[Expr], word: &'static str, now: Instant) {
    sql.text("(");
    for (index, one) in parts.iter().enumerate() {
        if index > 0 {
            sql.text(word);
        }
        part(sql, one, now);
    }
    sql.text(")");
}

/// Where the answer to a field stands.
enum Place {
    /// In a column, or reckoned like one.
    Column(&'static str),
    /// In a column of yes and no.
    Flag(&'static str),
    /// The other way round.
    Turned(&'static str),
    /// Yes where there is something.
    There(&'static str),
    /// Elsewhere; by operators of its own.
    Own,
}

/// The table of fields.
fn place_of(field: Field) -> Place {
    match field {
        Field::State => Place::Column(" t.state"),
        Field::Kind => Place::Column(" t.kind"),
        Field::Channel => Place::Column(" t.channel"),
        Field::Level => Place::Column(" t.urgency"),
        Field::Category => Place::Column(" t.category"),
        Field::Lead => Place::Column(" t.lead_unit"),
        Field::Number => Place::Column(" t.ticket_no"),
        Field::External => Place::Column(" t.external_no"),
        Field::Source => Place::Column(" t.source_system"),
        Field::Accepted => Place::Column(" t.accepted_at"),
        Field::Dispatched => Place::Column(" t.first_dispatched_at"),
        Field::Replied => Place::Column(" t.replied_at"),
        Field::Reviewed => Place::Column(" t.reviewed_at"),
        Field::Closed => Place::Column(" t.closed_at"),
        Field::Due => Place::Column(" t.due_at"),
        Field::Updated => Place::Column(" t.updated_at"),
        // The number of a recalled part goes on with the one that was made for it.
        Field::Returns => Place::Column(
            " (select cast(coalesce(sum(z.return_count), 0) as bigint) from assignments z where z.ticket_id = t.id and z.status <> 'RC')",
        ),
        Field::Cycles => Place::Column(" t.cycle_no"),
        Field::Urges => Place::Column(" t.urge_count"),
        Field::Satisfaction => Place::Column(" t.latest_satisfaction"),
        Field::Solved => Place::Column(" t.solved"),
        Field::Anonymous => Place::Flag(" t.anonymous"),
        Field::Confidential => Place::Flag(" t.confidential"),
        Field::Counted => Place::Turned(" t.not_counted"),
        Field::Unreasonable => Place::Flag(" t.unreasonable"),
        Field::Difficult => Place::There(" t.difficult_at"),
        // As `cells`: a directive of the ticket's own, or one that is about several.
        Field::Supervised => Place::Flag(
            " (exists (select 1 from applications p where p.ticket_id = t.id and p.sort = 'S') or exists (select 1 from directive_tickets r where r.ticket_id = t.id))",
        ),
        // A lead ticket is its event as well as those merged into it.
        Field::Event => Place::Column(
            " coalesce((select m.lead_no from merged_tickets m where m.ticket_id = t.id), (select min(m.lead_no) from merged_tickets m where m.lead_id = t.id))",
        ),
        Field::Registrar => {
            Place::Column(" (select r.username from users r where r.id = t.accepted_by)")
        }
        Field::Light
        | Field::Overdue
        | Field::Area
        | Field::Unit
        | Field::Tag
        | Field::Handler
        | Field::Phone
        | Field::Name
        | Field::IdNo => Place::Own,
    }
}

/// What a condition asks, without its turn into the contrary.
fn asked(condition: &Condition, now: Instant) -> Sql {
    let Condition { of, op, values } = condition;
    let field = match of {
        Subject::Field(field) => *field,
        Subject::Own(code) => return answered(code, values),
    };
    match place_of(field) {
        Place::Column(column) => compared(column, (field, *op), values, now),
        Place::Flag(column) => flag(["", column, ""], values),
        Place::Turned(column) => flag([" not", column, ""], values),
        Place::There(column) => flag(["", column, " is not null"], values),
        Place::Own => match field {
            Field::Overdue => overdue(values, now),
            Field::Light => lights(*op, values, now),
            Field::Area => area(*op, values),
            Field::Tag => tagged(values),
            Field::Handler => handled(values),
            Field::Phone | Field::Name | Field::IdNo => found_by(field, values),
            _ => of_unit(*op, values),
        },
    }
}

/// A column and what it is compared with.
fn compared(column: &'static str, (field, op): (Field, Op), values: &[Value], now: Instant) -> Sql {
    let mut sql = Sql::new(column, vals![]);
    match (op, values) {
        (Op::Empty | Op::Filled, _) => drop(sql.text(" is null")),
        (Op::Under, [Value::Text(code)]) if field == Field::Lead => {
            sql = Sql::new("1 = 1", vals![]);
            sql.append(led_by(code));
        }
        (Op::Under, [Value::Text(begin)]) => {
            sql.push(" >= ? and", vals![begin])
                .text(column)
                .push(" < ?", vals![above(begin)]);
        }
        _ if field.kind() == FieldKind::Time => timed(&mut sql, column, (op, values), now),
        (Op::Between, [Value::Number(least), Value::Number(most)]) => {
            sql.push(" between ? and ?", vals![*least, *most]);
        }
        (Op::Lt | Op::Le | Op::Gt | Op::Ge, [Value::Number(number)]) => {
            let sign = match op {
                Op::Lt => " < ?",
                Op::Le => " <= ?",
                Op::Gt => " > ?",
                _ => " >= ?",
            };
            sql.push(sign, vals![*number]);
        }
        _ => drop(sql.text(" in ").list(bound(values))),
    }
    sql
}

/// A time and the days or seconds with which it is compared.
fn timed(sql: &mut Sql, column: &'static str, (op, values): (Op, &[Value]), now: Instant) {
    let spans: Vec<(Instant, Instant)> = values
        .iter()
        .filter_map(|value| match value {
            Value::Time(moment) => Some(moment.span(now)),
            _ => None,
        })
        .collect();
    match (op, &spans[..]) {
        (Op::Lt, [(begin, _)]) => drop(sql.push(" < ?", vals![*begin])),
        (Op::Le, [(_, end)]) => drop(sql.push(" < ?", vals![*end])),
        (Op::Gt, [(_, end)]) => drop(sql.push(" >= ?", vals![*end])),
        (Op::Ge, [(begin, _)]) => drop(sql.push(" >= ?", vals![*begin])),
        (_, [(begin, end)] | [(begin, _), (_, end)]) => {
            sql.push(" >= ? and", vals![*begin])
                .text(column)
                .push(" < ?", vals![*end]);
        }
        _ => drop(sql.text(" in (null)")),
    }
}

/// Values as they stand in columns.
fn bound(values: &[Value]) -> Vec<sea_orm::Value> {
    let one = |value: &Value| match value {
        Value::Code(coded) => vals![coded.code],
        Value::Number(number) => vals![*number],
        Value::Text(text) => vals![text],
        Value::Flag(_) | Value::Time(_) => vals![],
    };
    values.iter().flat_map(one).collect()
}

/// A column of yes and no: the words before and behind it, for yes.
fn flag([before, column, behind]: [&'static str; 3], values: &[Value]) -> Sql {
    let mut sql = Sql::default();
    if !is_yes(values) {
        sql.text(" not (");
    }
    sql.text(before).text(column).text(behind);
    if !is_yes(values) {
        sql.text(")");
    }
    sql
}

fn is_yes(values: &[Value]) -> bool {
    matches!(values, [Value::Flag(true)])
}

fn overdue(values: &[Value], now: Instant) -> Sql {
    if is_yes(values) {
        return Sql::new(" t.is_open and t.due_at < ?", vals![now]);
    }
    Sql::new(" not ((t.is_open and t.due_at < ?) is true)", vals![now])
}

/// Lights now; what is not open has none.
fn lights(op: Op, values: &[Value], now: Instant) -> Sql {
    if matches!(op, Op::Empty | Op::Filled) {
        return Sql::new(" not t.is_open", vals![]);
    }
    let mut sql = Sql::new("1 = 0", vals![]);
    for value in values {
        if let Value::Code(coded) = value
            && let Some(light) = Light::parse(coded.code)
        {
            sql.text(" or (1 = 1");
            lit(&mut sql, light, now, Leave::default());
            sql.text(")");
        }
    }
    sql
}

/// Divisions themselves, or one with everything below it.
fn area(op: Op, values: &[Value]) -> Sql {
    let mut sql = Sql::new("1 = 0", vals![]);
    for value in values {
        let Value::Text(code) = value else { continue };
        sql.text(" or (1 = 1");
        if op == Op::Under {
            sql.append(region(place::prefix(code)));
        } else if code.len() == 6 {
            sql.push(" and t.region = ?", vals![code]);
        } else {
            sql.push(" and t.street = ?", vals![code]);
        }
        sql.text(")");
    }
    sql
}

/// Units that have a part themselves, or one of the subtree.
fn of_unit(op: Op, values: &[Value]) -> Sql {
    let mut sql = Sql::new(
        "exists (select 1 from ticket_units u where u.ticket_id = t.id",
        vals![],
    );
    if op != Op::Under {
        sql.text(" and u.direct");
    }
    sql.text(" and u.unit in ").list(bound(values)).text(")");
    sql
}

fn tagged(values: &[Value]) -> Sql {
    let mut sql = Sql::new(
        "exists (select 1 from ticket_tags g where g.ticket_id = t.id and g.tag in ",
        vals![],
    );
    sql.list(bound(values)).text(")");
    sql
}

/// Parts in force for which somebody answers, by name or sign-in name.
fn handled(values: &[Value]) -> Sql {
    let mut sql = Sql::new(
        "exists (select 1 from assignments z where z.ticket_id = t.id and z.status not in (?, ?) and (z.responsible_name in ",
        vals![AssignmentStatus::Returned, AssignmentStatus::Recalled],
    );
    sql.list(bound(values))
        .text(" or z.responsible in (select r.id from users r where r.username in ")
        .list(bound(values))
        .text(")))");
    sql
}

fn answered(field: &str, values: &[Value]) -> Sql {
    let mut sql = Sql::new(
        "exists (select 1 from ticket_own o where o.ticket_id = t.id and o.field = ? and o.value in ",
        vals![field],
    );
    sql.list(bound(values)).text(")");
    sql
}
