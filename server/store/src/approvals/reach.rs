//! Which approvals somebody reaches, as SQL: those in the scope of a permission, those that they have to do with, and those in which a task
//! waits for them, by name, as one of several, or by role and unit or area.
//! Not here: what may be done there (services), lists of tasks (`list`), which walk indexes of their own.
//! The approval's alias is always `a`, a task's `k`.

use shared::access::{Actor, Area, Permission, Place, Scope};
use shared::ids::UserId;

use crate::scope::{above, among, any, city_of};
use crate::sql::{Bind, Sql, vals};

/// Whose reach, and how far the permission goes.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'a> {
    pub scope: &'a Scope,
    pub actor: &'a Actor,
}

/// ` and (…)` for the scope alone; nothing for everything.
pub(super) fn within(scope: &Scope) -> Sql {
    let mut sql = Sql::new(" and ", vals![]);
    match scope {
        Scope::All => return Sql::default(),
        Scope::Own(user) => sql.append(involved(*user)),
        Scope::Team(people) => sql
            .append(among(
                "a.id in (select p.case_id from case_people p where p.user_id in ",
                people,
            ))
            .text(")"),
        Scope::Unit(unit) => sql.push("a.unit = ?", vals![unit]),
        Scope::UnitTree(path) => sql.push(
            "(a.unit_path >= ? and a.unit_path < ?)",
            vals![path, above(path)],
        ),
        Scope::Region(prefix) => sql.append(area("a.city", "a.region", prefix)),
        Scope::Any(parts) => return any(parts, within),
    };
    sql
}

/// The scope, or what the actor has to do with, or what waits for the actor.
pub(crate) fn reached(reach: Reach<'_>) -> Sql {
    let area = within(reach.scope);
    let (false, Some(user)) = (matches!(reach.scope, Scope::All), reach.actor.user()) else {
        return area;
    };
    let mut sql = Sql::new(" and ((1 = 1", vals![]);
    sql.append(area)
        .text(") or ")
        .append(involved(user))
        .text(" or exists (select 1 from tasks k where k.case_id = a.id and (k.assignee in ")
        .list(reach.actor.users().map(Bind::bind).collect());
    if reach.actor.may(Permission::ApprovalAct) {
        sql.text(" or ").append(waits(reach.actor, user));
    }
    sql.text(")))");
    sql
}

fn involved(user: UserId) -> Sql {
    Sql::new(
        "a.id in (select p.case_id from case_people p where p.user_id = ?)",
        vals![user],
    )
}

/// A task that nobody has taken yet and that the actor may take.
fn waits(actor: &Actor, user: UserId) -> Sql {
    let mut sql = Sql::new(
        "(k.assignee is null and (k.barred is null or k.barred <> ?) and ((k.part = 0 and exists (select 1 from task_candidates c
          where c.user_id = ? and c.case_id = k.case_id and c.task_no = k.task_no))",
        vals![user, user],
    );
    for post in &actor.posts {
        sql.text(" or (k.role in ")
            .list(post.tasks.iter().map(|role| role.bind()).collect())
            .text(" and (");
        sql.push("k.unit = ?", vals![&post.place.unit]);
        if let Some(prefix) = city(&post.place) {
            sql.text(" or (k.unit is null and ")
                .append(area("k.city", "k.region", &prefix))
                .text(")");
        }
        sql.text("))");
    }
    sql.text("))");
    sql
}

/// What the codes begin with for which somebody in a post works as one of a city's people: the city's four digits, or the province's two.
pub(crate) fn city(place: &Place) -> Option<String> {
    let region = Some(place.region.as_str()).filter(|region| !region.is_empty())?;
    Some(Area::city_of(region).into_prefix())
}

/// An area by what its codes begin with: of a province a range of cities, of a city the city, below it a range of regions inside the city.
pub(crate) fn area(city: &'static str, region: &'static str, prefix: &str) -> Sql {
    let mut sql = Sql::new("(", vals![]);
    sql.text(city);
    match prefix.len() {
        4 => sql.push(" = ?", vals![prefix]),
        0..=3 => sql
            .push(" >= ? and ", vals![prefix])
            .text(city)
            .push(" < ?", vals![above(prefix)]),
        _ => sql
            .push(" = ? and ", vals![city_of(prefix)])
            .text(region)
            .push(" >= ? and ", vals![prefix])
            .text(region)
            .push(" < ?", vals![above(prefix)]),
    };
    sql.text(")");
    sql
}
