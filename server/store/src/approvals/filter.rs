//! The filters of lists of approvals as SQL, and which of them name a set that may be small enough to lead.
//! Not here: whose approvals (`reach`), the order (`walk`).
//! Tasks have the alias `j` here: as `k` their columns would stand aside (`Sql::aside`), and the index by their case with them.

use shared::approval::query::{ApprovalFilter, Sought};
use shared::calendar::Instant;
use shared::place;
use shared::ticket::Light;

use super::reach::area;
use crate::migration::floor;
use crate::scope::above;
use crate::sql::{Bind as _, Sql, vals};

/// ` and …` for everything that is asked.
pub(super) fn conditions(filter: &ApprovalFilter, now: Instant) -> Sql {
    let mut sql = Sql::default();
    if !filter.status.is_empty() {
        let status = filter.status.iter().map(|status| status.bind());
        sql.text(" and a.status in ").list(status.collect());
    }
    if let Some(definition) = &filter.definition {
        sql.push(" and a.definition = ?", vals![definition]);
    }
    if let Some(unit) = &filter.unit {
        sql.push(
            " and exists (select 1 from units w where w.code = ? and substr(a.unit_path, 1, length(w.path)) = w.path)",
            vals![unit],
        );
    }
    if let Some(prefix) = &filter.region {
        sql.text(" and ")
            .append(area("a.city", "a.region", place::prefix(prefix)));
    }
    if let Some(name) = &filter.by {
        sql.push(
            " and a.started_by_name >= ? and a.started_by_name < ?",
            vals![name, above(name)],
        );
    }
    if let Some(no) = &filter.no {
        sql.append(numbered(no));
    }
    if let Some(q) = &filter.q {
        sql.append(sought(q));
    }
    sql.append(of_tasks(filter, now))
        .append(within_times(filter));
    sql
}

/// What is asked of its open tasks.
fn of_tasks(filter: &ApprovalFilter, now: Instant) -> Sql {
    let mut sql = Sql::default();
    if let Some(step) = &filter.step {
        sql.push(
            " and exists (select 1 from tasks j where j.case_id = a.id and j.element = ?)",
            vals![step],
        );
    }
    let late = |is_late: bool| {
        let mut sql = Sql::new(if is_late { " and" } else { " and not" }, vals![]);
        sql.push(
            " exists (select 1 from tasks j where j.case_id = a.id and j.active and j.due_at < ?)",
            vals![now],
        );
        sql
    };
    let soon = |is_soon: bool| {
        let mut sql = Sql::new(if is_soon { " and" } else { " and not" }, vals![]);
        sql.push(
            " exists (select 1 from tasks j where j.case_id = a.id and j.active and j.due_at is not null and j.warn_at <= ?)",
            vals![now],
        );
        sql
    };
    match filter.light {
        Some(Light::Red) => drop(sql.append(late(true))),
        Some(Light::Yellow) => drop(sql.append(late(false)).append(soon(true))),
        Some(Light::Green) => drop(sql.append(late(false)).append(soon(false))),
        None => {}
    }
    if let Some(is_late) = filter.overdue {
        sql.append(late(is_late));
    }
    if filter.due_from.is_some() || filter.due_to.is_some() {
        sql.text(" and exists (select 1 from tasks j where j.case_id = a.id and j.active");
        let bounds = (filter.due_from, filter.due_to);
        between(
            &mut sql,
            (" and j.due_at >= ?", " and j.due_at < ?"),
            bounds,
        );
        sql.text(")");
    }
    sql
}

/// When it was filed, and when it ended.
fn within_times(filter: &ApprovalFilter) -> Sql {
    let mut sql = Sql::default();
    let started = (filter.started_from, filter.started_to);
    let ended = (filter.ended_from, filter.ended_to);
    between(
        &mut sql,
        (" and a.started_at >= ?", " and a.started_at < ?"),
        started,
    );
    between(
        &mut sql,
        (" and a.ended_at >= ?", " and a.ended_at < ?"),
        ended,
    );
    sql
}

fn between(
    sql: &mut Sql,
    (at_least, below): (&'static str, &'static str),
    (from, to): (Option<i64>, Option<i64>),
) {
    if let Some(from) = from {
        sql.push_bounds(at_least, vals![from]);
    }
    if let Some(to) = to {
        sql.push_bounds(below, vals![to]);
    }
}

/// Numbers that begin so.
fn numbered(no: &str) -> Sql {
    Sql::new(
        " and a.approval_no >= ? and a.approval_no < ?",
        vals![no, above(no)],
    )
}

/// What is typed, wherever it is looked for; nothing is found by signs.
fn sought(q: &str) -> Sql {
    match Sought::of(q) {
        None => Sql::new(" and 1 = 0", vals![]),
        Some(Sought::Number(no)) => numbered(&no),
        Some(Sought::Beginning(c)) => Sql::new(
            " and a.id in (select w.approval_id from approval_terms w where w.term >= ? and w.term < ?)",
            vals![&c, above(&c)],
        ),
        Some(Sought::Terms(terms)) => {
            let mut sql = Sql::default();
            for term in terms {
                sql.push(
                    " and exists (select 1 from approval_terms w where w.term = ? and w.approval_id = a.id)",
                    vals![term],
                );
            }
            sql
        }
    }
}

/// The times of filing as bounds of the id, which is made at the same moment; wide by a minute, since the row says it exactly.
pub(super) fn id_bounds(filter: &ApprovalFilter) -> Sql {
    const WIDE: i64 = 60_000;
    let mut sql = Sql::default();
    if let Some(from) = filter.started_from {
        let from = floor(Instant(from.saturating_sub(WIDE)));
        sql.push_bounds(" and a.id >= ?", vals![from]);
    }
    if let Some(to) = filter.started_to {
        let to = floor(Instant(to.saturating_add(WIDE)));
        sql.push_bounds(" and a.id < ?", vals![to]);
    }
    sql
}

/// ` from … where …` of the sets that the filters name by an index; everything else is asked of their rows.
pub(super) fn leads(filter: &ApprovalFilter) -> Vec<Sql> {
    let of = |condition: Sql| {
        let mut sql = Sql::new(" from approvals a where 1 = 1", vals![]);
        sql.append(condition);
        sql
    };
    let mut leads = Vec::new();
    leads.extend(filter.no.as_deref().map(|no| of(numbered(no))));
    match filter.q.as_deref().and_then(Sought::of) {
        Some(Sought::Number(no)) => leads.push(of(numbered(&no))),
        Some(Sought::Terms(terms)) => leads.extend(terms.into_iter().map(|term| {
            Sql::new(
                " from approval_terms w cross join approvals a where w.term = ? and a.id = w.approval_id",
                vals![term],
            )
        })),
        Some(Sought::Beginning(_)) | None => {}
    }
    if let Some(definition) = &filter.definition {
        leads.push(of(Sql::new(" and a.definition = ?", vals![definition])));
    }
    if filter.ended_from.is_some() {
        let mut ended = Sql::default();
        let bounds = (filter.ended_from, filter.ended_to);
        between(
            &mut ended,
            (" and a.ended_at >= ?", " and a.ended_at < ?"),
            bounds,
        );
        leads.push(of(ended));
    }
    leads
}
