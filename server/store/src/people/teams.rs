//! Teams of units: which there are, who belongs to them, and whose things a holder of a team's scope reaches.
//! Not here: whether somebody may change them (services), what the scope means (`shared::access`).
//! Every change raises the version of all who belong to the team, so that their next request knows it.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::{TeamId, UserId};

use super::users;
use crate::database::Handle;
use crate::entity::people::team::{self, Column, Entity};
use crate::entity::people::team_member as members;
use crate::entity::{Col, table};
use crate::record::{Team, TeamMember};
use crate::sql::{Bind, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Somebody in a team of a holder's, as long as both belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mate {
    /// Code of the team's unit.
    pub unit: String,
    /// Who.
    pub user: UserId,
    /// Both belong to it from then on.
    pub from: Instant,
    /// One of them belongs to it no more.
    pub until: Option<Instant>,
}

impl Mate {
    /// Whether both belong to the team at a time.
    pub fn is_at(&self, now: Instant) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Which teams a list shows.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Codes of the units whose teams are seen; all where absent.
    pub units: Option<Vec<String>>,
    /// The team behind which the page begins.
    pub after: Option<(String, TeamId)>,
    /// How many at most.
    pub limit: u64,
}

/// A page of the teams that have not ended, by unit.
pub async fn page(conn: &dyn Conn, sought: Sought) -> Result<Vec<Team>, StoreError> {
    let mut select = Entity::find()
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::Unit)
        .order_by_asc(Column::Id);
    if let Some(units) = sought.units {
        select = select.filter(Column::Unit.is_in(units));
    }
    if let Some((unit, id)) = sought.after {
        let same = Column::Unit.eq(unit.clone()).and(Column::Id.gt(Col(id)));
        select = select.filter(Column::Unit.gt(unit).or(same));
    }
    conn.handle().records(select.limit(sought.limit)).await
}

/// One team; inside a write its row is locked.
pub async fn find(conn: &dyn Conn, id: TeamId) -> Result<Option<Team>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(id)));
    Ok(h.records(one).await?.pop())
}

/// Everybody who belongs or belonged to these teams, by team and number.
pub async fn members(conn: &dyn Conn, teams: &[TeamId]) -> Result<Vec<TeamMember>, StoreError> {
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    let select = members::Entity::find()
        .filter(members::Column::Team.is_in(teams.iter().map(|id| Col(*id))))
        .order_by_asc(members::Column::Team)
        .order_by_asc(members::Column::No);
    conn.handle().records(select).await
}

/// Adds a team.
pub async fn insert(tx: &Tx, team: &Team) -> Result<(), StoreError> {
    let rows = std::iter::once(team.values(team::Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Saves what moves of a team whose version is one less; false when somebody else changed it first.
pub async fn save(tx: &Tx, team: &Team) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(team.moved())
        .filter(Column::Id.eq(Col(team.id)))
        .filter(Column::Version.eq(Col(team.version - 1)));
    if tx.handle().change(&update).await? == 0 {
        return Ok(false);
    }
    raise(tx, team.id, team.changed_at).await?;
    Ok(true)
}

/// Takes somebody into a team.
pub async fn join(tx: &Tx, member: &TeamMember) -> Result<(), StoreError> {
    let rows = std::iter::once(member.values(members::Beside {}));
    table::put(tx, table::insert::<members::Entity>(), rows).await?;
    raise(tx, member.team, member.given_at).await
}

/// Ends that somebody belongs to a team; false when there is no such number, or it has ended before.
pub async fn leave(tx: &Tx, (team, no): (TeamId, i32), until: Instant) -> Result<bool, StoreError> {
    let lasting = members::Column::ValidUntil
        .is_null()
        .or(members::Column::ValidUntil.gt(Col(until)));
    let update = members::Entity::update_many()
        .set(members::ActiveModel {
            valid_until: sea_orm::ActiveValue::Set(Some(until).into()),
            ..Default::default()
        })
        .filter(members::Column::Team.eq(Col(team)))
        .filter(members::Column::No.eq(Col(no)))
        .filter(lasting);
    if tx.handle().change(&update).await? == 0 {
        return Ok(false);
    }
    raise(tx, team, until).await?;
    Ok(true)
}

/// Raises the version of everybody who belongs to a team.
async fn raise(tx: &Tx, team: TeamId, now: Instant) -> Result<(), StoreError> {
    let all = members(tx, &[team]).await?;
    let mut people: Vec<UserId> = all.into_iter().map(|member| member.user_id).collect();
    people.sort_unstable();
    people.dedup();
    for user in people {
        users::touch(tx, user, now).await?;
    }
    Ok(())
}

/// With whom these people are in a team, now or at another time: each of them among their own.
pub(super) async fn mates(
    h: Handle<'_>,
    users: &[UserId],
) -> Result<BTreeMap<UserId, Vec<Mate>>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        holder: Col<UserId>,
        unit: String,
        mate: Col<UserId>,
        own_from: Col<Instant>,
        own_until: Col<Option<Instant>>,
        mate_from: Col<Instant>,
        mate_until: Col<Option<Instant>>,
    }
    let mut found: BTreeMap<UserId, Vec<Mate>> = BTreeMap::new();
    if users.is_empty() {
        return Ok(found);
    }
    // Text: from the people by their index to their teams, and from these to everybody else in them.
    let mut sql = Sql::new(
        "select a.user_id as holder, g.unit as unit, b.user_id as mate, a.valid_from as own_from, a.valid_until as own_until, b.valid_from as mate_from, b.valid_until as mate_until from team_members a join teams g on g.id = a.team join team_members b on b.team = a.team where g.ended_at is null and a.user_id in ",
        vals![],
    );
    sql.list(users.iter().map(|user| user.bind()).collect());
    for row in h.rows::<Found>(sql).await? {
        let ends = [row.own_until.0, row.mate_until.0];
        found.entry(row.holder.0).or_default().push(Mate {
            unit: row.unit,
            user: row.mate.0,
            from: row.own_from.0.max(row.mate_from.0),
            until: ends.into_iter().flatten().min(),
        });
    }
    Ok(found)
}
