//! The order of a list of approvals, where in it a page begins, and its cursors: forwards, and back again (`b.` before the place).
//! Not here: which approvals (`list`, `filter`).
//! Ids rise with filing, so that the order of filing is that of the ids.

use shared::approval::query::ApprovalSort;
use uuid::Uuid;

use super::list::Listed;
use crate::StoreError;
use crate::sql::{Sql, vals};

/// A row's place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// When it changed last, in that order alone.
    at: Option<i64>,
    id: Uuid,
}

/// Along which order, from where, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Walk {
    sort: ApprovalSort,
    from: Option<Place>,
    is_back: bool,
}

/// Where the pages around this one begin.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    pub(super) next: Option<String>,
    pub(super) prev: Option<String>,
}

impl Walk {
    /// The way of a page.
    ///
    /// # Errors
    /// `Cursor` for a cursor that is not ours, or of another order.
    pub(super) fn of(sort: ApprovalSort, cursor: Option<&str>) -> Result<Self, StoreError> {
        let Some(cursor) = cursor else {
            return Ok(Self {
                sort,
                from: None,
                is_back: false,
            });
        };
        let back = cursor.strip_prefix("b.");
        let place = back.unwrap_or(cursor);
        let (at, id) = match place.split_once('.') {
            Some((at, id)) => (Some(at.parse().map_err(|_| StoreError::Cursor)?), id),
            None => (None, place),
        };
        if at.is_some() != (sort == ApprovalSort::UpdatedDesc) {
            return Err(StoreError::Cursor);
        }
        let id = Uuid::parse_str(id).map_err(|_| StoreError::Cursor)?;
        Ok(Self {
            sort,
            from: Some(Place { at, id }),
            is_back: back.is_some(),
        })
    }

    /// Whether ids or times fall from row to row as they are read.
    const fn falls(self) -> bool {
        matches!(
            self.sort,
            ApprovalSort::StartedDesc | ApprovalSort::UpdatedDesc
        ) != self.is_back
    }

    /// ` and …` behind its place, and the order; `key` is the column in which the id stands.
    pub(super) fn order(self, key: &'static str) -> Sql {
        let mut sql = Sql::default();
        let falls = self.falls();
        if self.sort == ApprovalSort::UpdatedDesc {
            if let Some(Place { at: Some(at), id }) = self.from {
                let behind = if falls {
                    " and (a.updated_at, a.id) < (?, ?)"
                } else {
                    " and (a.updated_at, a.id) > (?, ?)"
                };
                sql.push_bounds(behind, vals![at, id]);
            }
            sql.text(if falls {
                " order by a.updated_at desc, a.id desc"
            } else {
                " order by a.updated_at, a.id"
            });
            return sql;
        }
        if let Some(Place { id, .. }) = self.from {
            sql.text(" and ").text(key);
            sql.push_bounds(if falls { " < ?" } else { " > ?" }, vals![id]);
        }
        sql.text(" order by ").text(key);
        if falls {
            sql.text(" desc");
        }
        sql
    }

    fn place(self, (approval, ..): &Listed) -> Place {
        let at = (self.sort == ApprovalSort::UpdatedDesc).then_some(approval.updated_at.0);
        Place {
            at,
            id: approval.id.0,
        }
    }

    /// Puts rows of several ways into the order in which they are read, each once.
    pub(super) fn merge(self, items: &mut Vec<Listed>) {
        let key = |listed: &Listed| {
            let place = self.place(listed);
            (place.at, place.id)
        };
        items.sort_by_key(key);
        if self.falls() {
            items.reverse();
        }
        items.dedup_by_key(|(approval, ..)| approval.id);
    }

    /// Cuts what was read, which is more than a page where more follows, to the page in the list's order, and says where those around it begin.
    pub(super) fn cut(self, items: &mut Vec<Listed>, limit: usize) -> Around {
        let has_more = items.len() > limit;
        items.truncate(limit);
        if self.is_back {
            items.reverse();
        }
        let cursor = |listed: &Listed, is_back: bool| {
            let Place { at, id } = self.place(listed);
            let back = if is_back { "b." } else { "" };
            match at {
                Some(at) => format!("{back}{at}.{id}"),
                None => format!("{back}{id}"),
            }
        };
        let next = items.last().filter(|_| has_more || self.is_back);
        let prev = items.first();
        let prev = prev.filter(|_| {
            if self.is_back {
                has_more
            } else {
                self.from.is_some()
            }
        });
        Around {
            next: next.map(|last| cursor(last, false)),
            prev: prev.map(|first| cursor(first, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_order() {
        let id = Uuid::from_u128(7);
        let of = |sort, cursor: &str| Walk::of(sort, Some(cursor));
        let started = of(ApprovalSort::StartedDesc, &id.to_string()).expect("ours");
        assert!(started.falls());
        let back = of(ApprovalSort::StartedDesc, &format!("b.{id}")).expect("ours");
        assert!(!back.falls());
        assert!(of(ApprovalSort::UpdatedDesc, &format!("5.{id}")).is_ok());
        assert!(of(ApprovalSort::UpdatedDesc, &id.to_string()).is_err());
        assert!(of(ApprovalSort::StartedAsc, &format!("5.{id}")).is_err());
        assert!(of(ApprovalSort::StartedAsc, "x").is_err());
    }
}
