//! A data scope as SQL: every list, count, report and export of tickets passes through here, so that totals obey it too (I7).
//! What a ticket is about (`accused_unit`) and whatever lies below that unit has no row in `ticket_units`, through which alone a unit reaches anything.
//! Not here: which scope an actor has (`shared::access`), the filters of people (`tickets::filter`).
//! The ticket's alias is always `t`.

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait, QueryFilter as _, Select};
use shared::access::Scope;
use shared::ids::UserId;
use shared::query::TicketFilter;
use shared::ticket::{AssignmentStatus, RequestKind};

use crate::sql::{Bind as _, Sql, vals};

/// ` and …` that leaves out what only those learn of who are on the ticket: confidential tickets and tip-offs.
pub(crate) fn not_discreet() -> Sql {
    Sql::new(
        " and not t.confidential and t.kind <> ?",
        vals![RequestKind::TipOff],
    )
}

/// Something above every text of the same beginning, in byte order.
pub(crate) fn above(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

/// ` and …` for the scope; nothing for everything.
pub(crate) fn within(scope: &Scope) -> Sql {
    match scope {
        Scope::Own(user) => Sql::new(" and t.accepted_by = ?", vals![*user]),
        Scope::Team(people) => among(" and t.accepted_by in ", people),
        Scope::Unit(code) => Sql::new(
            " and t.id in (select u.ticket_id from ticket_units u where u.unit = ? and u.direct)",
            vals![code],
        ),
        Scope::UnitTree(path) => Sql::new(
            " and t.id in (select u.ticket_id from ticket_units u where u.unit = ?)",
            vals![root_of(path)],
        ),
        Scope::Region(prefix) => region(prefix),
        Scope::Any(parts) => any(parts, within),
        Scope::All => Sql::default(),
    }
}

/// A condition on the accounts of a team; nobody where there are none.
pub(crate) fn among(condition: &'static str, people: &[UserId]) -> Sql {
    let mut sql = Sql::new(condition, vals![]);
    sql.list(people.iter().map(|user| user.bind()).collect());
    sql
}

/// Rows that are no tickets and have an area: everybody's, or those of the scope's areas. Who has another scope sees none.
pub(crate) fn of_areas<E: EntityTrait>(
    select: Select<E>,
    area: E::Column,
    scope: &Scope,
) -> Select<E> {
    if *scope == Scope::All {
        return select;
    }
    let mut any = Condition::any().add(Expr::value(1).eq(0));
    for part in scope.parts() {
        if let Scope::Region(prefix) = part
            && !prefix.is_empty()
        {
            any = any.add(area.starts_with(prefix.as_str()));
        }
    }
    select.filter(any)
}

/// What each has a way of its own: the scopes of several posts, or the one.
pub(crate) fn parts(scope: &Scope) -> &[Scope] {
    match scope.parts() {
        [] => std::slice::from_ref(scope),
        parts => parts,
    }
}

/// ` and (… or …)` of the conditions of several posts, each of which begins with ` and `.
pub(crate) fn any(parts: &[Scope], condition: impl Fn(&Scope) -> Sql) -> Sql {
    let mut sql = Sql::new(" and (", vals![]);
    for (index, part) in parts.iter().enumerate() {
        sql.text(if index > 0 { " or (1 = 1" } else { "(1 = 1" })
            .append(condition(part))
            .text(")");
    }
    sql.text(if parts.is_empty() { "1 = 0)" } else { ")" });
    sql
}

/// ` and …` for the scope where one ticket, or a few, are already found: a unit's tickets are asked for these only. With `within`, SQLite
/// gathers all tickets of the unit first.
pub(crate) fn reaches(scope: &Scope) -> Sql {
    let (unit, direct) = match scope {
        Scope::Unit(code) => (code.as_str(), " and u.direct)"),
        Scope::UnitTree(path) => (root_of(path), ")"),
        Scope::Any(parts) => return any(parts, reaches),
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
        6 => Sql::new(" and t.region = ?", vals![prefix]),
        // A street's code, as the tickets have it.
        9 => Sql::new(" and t.street = ?", vals![prefix]),
        0..=5 => area(
            &Columns {
                city: "t.city",
                region: "t.region",
            },
            prefix,
        ),
        _ => Sql::new(
            " and t.street >= ? and t.street < ?",
            vals![prefix, above(prefix)],
        ),
    }
}

/// The columns of a table in which its area stands.
pub(crate) struct Columns {
    /// The first four digits of the region.
    pub(crate) city: &'static str,
    /// The division code.
    pub(crate) region: &'static str,
}

/// ` and …` for an area by what its codes begin with: of a province a range of cities, of a city the city, of anything below it a range of
/// regions inside the city. The one rule for tickets, tasks and approvals alike.
pub(crate) fn area(columns: &Columns, prefix: &str) -> Sql {
    let mut sql = Sql::new(" and ", vals![]);
    sql.text(columns.city);
    match prefix.len() {
        4 => sql.push(" = ?", vals![prefix]),
        0..=3 => sql
            .push(" >= ? and ", vals![prefix])
            .text(columns.city)
            .push(" < ?", vals![above(prefix)]),
        _ => sql
            .push(" = ? and ", vals![city_of(prefix)])
            .text(columns.region)
            .push(" >= ? and ", vals![prefix])
            .text(columns.region)
            .push(" < ?", vals![above(prefix)]),
    };
    sql
}

/// ` and …` where the filter asks about units: a unit whose part was returned or recalled learns nothing from the answer that the row does
/// not show, neither who leads now nor who else has a part. Its own units it may ask for.
pub(crate) fn unit_known(scope: &Scope, filter: &TicketFilter) -> Sql {
    let (own, below) = match scope {
        Scope::Unit(code) => (code.as_str(), None),
        Scope::UnitTree(path) => (root_of(path), Some(path.as_str())),
        // Each part answers for what it reaches itself.
        Scope::Any(parts) => {
            return any(parts, |part| {
                let mut sql = reaches(part);
                sql.append(unit_known(part, filter));
                sql
            });
        }
        Scope::Own(_) | Scope::Team(_) | Scope::Region(_) | Scope::All => {
            return Sql::default();
        }
    };
    let other = filter.unit.as_deref().filter(|unit| *unit != own);
    if other.is_none() && filter.lead_unit.is_none() && !filter.in_force {
        return Sql::default();
    }
    // The quoted name keeps the index by ticket where all else stands aside (`Sql::aside`): a unit has many assignments, a ticket few.
    let mut sql = Sql::new(
        " and (exists (select 1 from assignments a where \"a\".ticket_id = t.id and a.status not in (?, ?)",
        vals![AssignmentStatus::Returned, AssignmentStatus::Recalled],
    );
    match below {
        Some(path) => sql.push(
            " and a.unit_path >= ? and a.unit_path < ?)",
            vals![path, above(path)],
        ),
        None => sql.push(" and a.unit = ?)", vals![own]),
    };
    if let (Some(unit), Some(path), None, false) =
        (other, below, &filter.lead_unit, filter.in_force)
    {
        sql.push(
            " or exists (select 1 from units w where w.code = ? and w.path >= ? and w.path < ?)",
            vals![unit, path, above(path)],
        );
    }
    sql.text(")");
    sql
}

/// The unit at whose subtree a path points: the last code of the chain.
pub(crate) fn root_of(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or("")
}

/// The four digits of the city (or of the province's own area) that a region code belongs to.
pub(crate) fn city_of(region: &str) -> &str {
    shared::place::city(region).unwrap_or(region)
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
