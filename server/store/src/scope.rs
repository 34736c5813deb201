//! A data scope as SQL: every list, count, report and export of tickets passes through here, so that totals obey it too (I7).
//! Not here: which scope an actor has (`shared::access`), the filters of people (`tickets::filter`).
//! The ticket's alias is always `t`.

use shared::access::Scope;

use crate::sql::{Sql, vals};

/// Something above every text of the same beginning, in byte order.
pub(crate) fn above(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

/// ` and …` for the scope; nothing for everything.
pub(crate) fn within(scope: &Scope) -> Sql {
    match scope {
        Scope::Own(user) => Sql::new(" and t.accepted_by = ?", vals![*user]),
        Scope::Unit(code) => Sql::new(
            " and t.id in (select u.ticket_id from ticket_units u where u.unit = ? and u.direct)",
            vals![code],
        ),
        Scope::UnitTree(path) => Sql::new(
            " and t.id in (select u.ticket_id from ticket_units u where u.unit = ?)",
            vals![root_of(path)],
        ),
        Scope::Region(prefix) => region(prefix),
        Scope::All => Sql::default(),
    }
}

/// ` and …` for the scope where one ticket, or a few, are already found: a unit's tickets are asked for these only. With `within`, SQLite
/// gathers all tickets of the unit first.
pub(crate) fn reaches(scope: &Scope) -> Sql {
    let (unit, direct) = match scope {
        Scope::Unit(code) => (code.as_str(), " and u.direct)"),
        Scope::UnitTree(path) => (root_of(path), ")"),
        _ => return within(scope),
    };
    let mut sql = Sql::new(
        " and exists (select 1 from ticket_units u where u.unit = ? and u.ticket_id = t.id",
        vals![unit],
    );
    sql.text(direct);
    sql
}

/// ` and …` for a division and everything below it; equality wherever there is an index for it.
pub(crate) fn region(prefix: &str) -> Sql {
    // A hyphen behind the code: the division itself, nothing below it.
    if let Some(itself) = prefix.strip_suffix('-') {
        return Sql::new(" and t.region = ?", vals![itself]);
    }
    match prefix.len() {
        4 => Sql::new(" and t.city = ?", vals![prefix]),
        6 => Sql::new(" and t.region = ?", vals![prefix]),
        // A street's code, as the tickets have it.
        9 => Sql::new(" and t.street = ?", vals![prefix]),
        0..=3 => Sql::new(
            " and t.city >= ? and t.city < ?",
            vals![prefix, above(prefix)],
        ),
        _ => Sql::new(
            " and t.street >= ? and t.street < ?",
            vals![prefix, above(prefix)],
        ),
    }
}

/// The unit at whose subtree a path points: the last code of the chain.
pub(crate) fn root_of(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or("")
}

/// The four digits of the city (or of the province's own area) that a region code belongs to.
pub(crate) fn city_of(region: &str) -> &str {
    region.get(..4).unwrap_or(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_points_at_its_last_unit() {
        assert_eq!(root_of("320000/320100/320100-ZJJ/"), "320100-ZJJ");
        assert_eq!(root_of(""), "");
    }
}
