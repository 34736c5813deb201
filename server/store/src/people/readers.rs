//! Whose posts may reach one thing: a page of accounts, found by role, bound, unit and area of each post, never one by one.
//! Not here: whether a post holds and what it shows (`shared::access`, asked with the accounts that are found), loading the thing.
//! What the database finds is never too little; the decision afterwards takes out what only looks so.

use sea_orm::FromQueryResult;
use shared::access::{Permission, RoleSpec, ScopeKind};
use shared::ids::UserId;

use super::users::{self, User};
use crate::entity::Col;
use crate::sql::{Bind, Sql, vals};
use crate::{Conn, StoreError};

/// A thing as posts reach it.
#[derive(Debug, Clone, Default)]
pub struct Reachable {
    /// Who took it in.
    pub by: Option<UserId>,
    /// Codes of the units that have or had a part in it.
    pub units: Vec<String>,
    /// Those, and every unit above them.
    pub chain: Vec<String>,
    /// Division codes of units that work for its place.
    pub regions: Vec<String>,
}

/// A page of the accounts that have a post, asleep or not, through which the permission may reach the thing; closed accounts among them. In the
/// order of sign-in names, behind one.
pub async fn page(
    conn: &dyn Conn,
    (permission, roles): (Permission, &[RoleSpec]),
    thing: &Reachable,
    (after, limit): (Option<&str>, u64),
) -> Result<Vec<User>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Col<UserId>,
    }
    let Some(sql) = statement((permission, roles), thing, (after, limit)) else {
        return Ok(Vec::new());
    };
    let h = conn.handle();
    let found = h.rows::<Found>(sql).await?;
    let ids = found.into_iter().map(|row| row.id.0).collect();
    users::with_ids(h, ids).await
}

/// The statement that finds a page of accounts; `None` where no role gives the permission.
pub(crate) fn statement(
    (permission, roles): (Permission, &[RoleSpec]),
    thing: &Reachable,
    (after, limit): (Option<&str>, u64),
) -> Option<Sql> {
    let reaching = reaching(permission, roles, thing)?;
    // Text: the posts are found once by their conditions, and of the accounts behind them a page is cut.
    let mut sql = Sql::new(
        "select w.id from users w where w.username > ? and w.id in (select p.user_id from posts p left join units n on n.code = p.unit where p.ended_at is null and (",
        vals![after.unwrap_or_default()],
    );
    sql.append(reaching).push(
        ")) order by w.username limit ?",
        vals![i64::try_from(limit).unwrap_or(i64::MAX)],
    );
    Some(sql)
}

/// The conditions of posts, one arm for each scope in which they may give the permission; `None` where no role does.
fn reaching(permission: Permission, roles: &[RoleSpec], thing: &Reachable) -> Option<Sql> {
    let giving: Vec<(&RoleSpec, ScopeKind)> = roles
        .iter()
        .filter_map(|role| Some((role, role.grants.of(permission)?)))
        .collect();
    let mut sql: Option<Sql> = None;
    for kind in ScopeKind::ALL {
        let Some(place) = place(*kind, thing) else {
            continue;
        };
        let Some(bound) = bound(*kind, &giving) else {
            continue;
        };
        let sql = match &mut sql {
            Some(sql) => {
                sql.text(" or (");
                sql
            }
            none => none.insert(Sql::new("(", vals![])),
        };
        sql.append(bound).append(place).text(")");
    }
    sql
}

/// Posts whose role and bound come to this scope.
fn bound(kind: ScopeKind, giving: &[(&RoleSpec, ScopeKind)]) -> Option<Sql> {
    let codes = |fits: &dyn Fn(ScopeKind) -> bool| -> Vec<_> {
        let fitting = giving.iter().filter(|(_, scope)| fits(*scope));
        fitting.map(|(role, _)| role.code.as_str().bind()).collect()
    };
    let narrower: Vec<_> = ScopeKind::ALL
        .iter()
        .filter(|other| **other < kind)
        .map(|other| other.code().bind())
        .collect();
    let (same, wider) = (codes(&|scope| scope == kind), codes(&|scope| scope > kind));
    if same.is_empty() && wider.is_empty() {
        return None;
    }
    let has_same = !same.is_empty();
    let mut sql = Sql::new("(", vals![]);
    if has_same {
        sql.text("(p.role in ").list(same);
        if !narrower.is_empty() {
            sql.text(" and (p.scope is null or p.scope not in ")
                .list(narrower)
                .text(")");
        }
        sql.text(")");
    }
    if !wider.is_empty() {
        sql.text(if has_same { " or (" } else { "(" })
            .text("p.role in ")
            .list(wider)
            .push(" and p.scope = ?)", vals![kind.code()]);
    }
    sql.text(")");
    Some(sql)
}

/// ` and …` for posts that reach the thing in this scope; `None` where none can.
fn place(kind: ScopeKind, thing: &Reachable) -> Option<Sql> {
    let among = |column: &'static str, values: &[String]| {
        (!values.is_empty()).then(|| {
            let mut sql = Sql::new(" and ", vals![]);
            let values = values.iter().map(|value| value.as_str().bind()).collect();
            sql.text(column).text(" in ").list(values);
            sql
        })
    };
    match kind {
        ScopeKind::Own => Some(Sql::new(" and p.user_id = ?", vals![thing.by?])),
        // Who is in a team when, the decision afterwards looks at.
        ScopeKind::Team => Some(Sql::new(
            " and (p.user_id = ? or exists (select 1 from team_members x join teams g on g.id = x.team join team_members y on y.team = x.team where x.user_id = p.user_id and g.unit = p.unit and y.user_id = ?))",
            vals![thing.by?, thing.by?],
        )),
        ScopeKind::Unit => among("p.unit", &thing.units),
        ScopeKind::UnitTree => among("p.unit", &thing.chain),
        ScopeKind::City => among("n.region", &thing.regions),
        ScopeKind::Province => Some(Sql::default()),
    }
}
