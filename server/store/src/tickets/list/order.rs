//! The order of a list and where in it a page begins: keyset conditions and `order by`, per sort and drive.
//! Not here: which rows (`drive`), the cursor's text (`cursor`).
//! Only deadlines can be absent: tickets without one come behind those with one.

use shared::query::Sort;
use uuid::Uuid;

use super::super::cursor::Cursor;
use super::back;
use super::drive::Drive;
use super::way::Way;
use crate::sql::{Sql, vals};

/// The parts of a list: rows with a sort value, then rows without one (only deadlines can be absent).
pub(super) fn phases(sort: Sort, cursor: Option<Cursor>) -> Vec<Phase> {
    if let Some(cursor) = cursor.filter(|cursor| cursor.back) {
        return back::phases(sort, cursor);
    }
    match (sort, cursor) {
        (Sort::DueAsc, Some(Cursor { key: None, .. })) => vec![Phase::WithoutKey { after: true }],
        (Sort::DueAsc, _) => vec![Phase::WithKey, Phase::WithoutKey { after: false }],
        _ => vec![Phase::WithKey],
    }
}

/// Where in a list a statement begins.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) phase: Phase,
    pub(super) cursor: Option<Cursor>,
    pub(super) limit: usize,
    /// Towards the beginning.
    pub(super) back: bool,
}

/// A part of a list by deadline.
#[derive(Clone, Copy)]
pub(crate) enum Phase {
    WithKey,
    WithoutKey { after: bool },
}

/// Where the part begins and in which order it goes on; rows that are gathered first are sorted.
pub(super) fn order(sql: &mut Sql, way: &Way, sort: Sort, place: Place) {
    let mut ordered = Sql::default();
    if place.back {
        back::along(&mut ordered, &way.drive, sort, place);
    } else {
        along(&mut ordered, &way.drive, sort, place);
    }
    sql.append(ordered.aside(way.gathers));
}

fn along(sql: &mut Sql, drive: &Drive, sort: Sort, place: Place) {
    let Place { phase, cursor, .. } = place;
    let id = cursor.map(|c| c.id);
    let key = cursor.and_then(|c| c.key);
    match (sort, phase, drive) {
        // A page before may have been read another way, and named no row number.
        (Sort::AcceptedDesc | Sort::Best, _, Drive::Hits(_)) => {
            keyset(sql, " and t.id < ?", id.filter(|_| key.is_none()), "");
            keyset(sql, " and f.rowid < ?", key, " order by f.rowid desc");
        }
        (Sort::AcceptedAsc, _, Drive::Hits(_)) => {
            keyset(sql, " and t.id > ?", id.filter(|_| key.is_none()), "");
            keyset(sql, " and f.rowid > ?", key, " order by f.rowid");
        }
        (Sort::AcceptedDesc | Sort::Best, _, Drive::Unit { .. }) => keyset(
            sql,
            " and d.ticket_id < ?",
            id,
            " order by d.ticket_id desc",
        ),
        (Sort::AcceptedAsc, _, Drive::Unit { .. }) => {
            keyset(sql, " and d.ticket_id > ?", id, " order by d.ticket_id");
        }
        (Sort::AcceptedDesc | Sort::Best, ..) => {
            keyset(sql, " and t.id < ?", id, " order by t.id desc");
        }
        (Sort::AcceptedAsc, ..) => keyset(sql, " and t.id > ?", id, " order by t.id"),
        (Sort::DueAsc, Phase::WithoutKey { after }, _) => {
            sql.text(" and t.due_at is null");
            keyset(sql, " and t.id > ?", id.filter(|_| after), " order by t.id");
        }
        (Sort::DueAsc, Phase::WithKey, _) => {
            sql.text(" and t.due_at is not null");
            pair(
                sql,
                " and (t.due_at, t.id) > (?, ?)",
                key,
                id,
                " order by t.due_at, t.id",
            );
        }
        (Sort::UpdatedDesc, _, Drive::Unit { .. }) => pair(
            sql,
            " and (d.updated_at, d.ticket_id) < (?, ?)",
            key,
            id,
            " order by d.updated_at desc, d.ticket_id desc",
        ),
        (Sort::UpdatedDesc, ..) => pair(
            sql,
            " and (t.updated_at, t.id) < (?, ?)",
            key,
            id,
            " order by t.updated_at desc, t.id desc",
        ),
    }
}

pub(super) fn keyset<T: crate::sql::Bind>(
    sql: &mut Sql,
    after: &'static str,
    value: Option<T>,
    order: &'static str,
) {
    if let Some(value) = value {
        sql.push_bounds(after, vals![value]);
    }
    sql.text(order);
}

pub(super) fn pair(
    sql: &mut Sql,
    after: &'static str,
    key: Option<i64>,
    id: Option<Uuid>,
    order: &'static str,
) {
    if let (Some(key), Some(id)) = (key, id) {
        sql.push_bounds(after, vals![key, id]);
    }
    sql.text(order);
}
