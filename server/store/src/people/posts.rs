//! Posts of people: giving them, taking them back, and who has them.
//! Not here: whether one holds now (`shared::access::states`), whether somebody may give it (services).
//! Every change raises the person's version, so that the next request knows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::access::{
    Condition, Grants, Place, Post, PostState, Role, RoleCode, RoleSpec, Terms, states,
};
use shared::calendar::Instant;
use shared::ids::UserId;

use super::roles::{self, Mark};
use super::users;
use crate::database::Handle;
use crate::entity::people::post::{ActiveModel, Column, Entity};
use crate::entity::people::user_role;
use crate::entity::{Col, table};
use crate::record::PostRow;
use crate::{Conn, StoreError, Tx};

/// A post with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// As it was given.
    pub row: PostRow,
    /// The role; absent when there is none of that code.
    pub spec: Option<Arc<RoleSpec>>,
}

/// A post of a role at a unit without end or condition, for an account that is being made.
pub fn begun((user, no): (UserId, i32), role: RoleCode, unit: String, given: &Mark) -> PostRow {
    PostRow {
        user_id: user,
        no,
        role,
        unit,
        scope: None,
        valid_from: given.at,
        valid_until: None,
        condition: Condition::None,
        certificate: None,
        certificate_until: None,
        reason: None,
        given_at: given.at,
        given_by: given.by,
        given_by_name: given.name.clone(),
        ended_at: None,
        ended_by: None,
        ended_by_name: None,
        ended_why: None,
        frozen_at: None,
        frozen_until: None,
    }
}

impl HeldPost {
    /// The same of a shipped role.
    pub fn shipped(user: UserId, no: i32, role: Role, unit: &str, given: &Mark) -> Self {
        Self {
            row: begun((user, no), role.into(), unit.to_owned(), given),
            spec: Some(Arc::new(RoleSpec::shipped(role))),
        }
    }

    /// On what terms it was given.
    pub fn terms(&self) -> Terms {
        let row = &self.row;
        Terms {
            from: row.valid_from,
            until: row.valid_until,
            condition: row.condition,
            certificate_until: row.certificate_until,
            ended: row.ended_at.is_some(),
            frozen: row.frozen_at.is_some(),
            stopped: self.spec.as_ref().is_none_or(|spec| spec.stopped),
        }
    }

    /// What it gives while it holds.
    pub fn grants(&self) -> Grants {
        let given = self.spec.as_ref().map(|spec| &spec.grants);
        given.map_or_else(Grants::default, |given| given.within(self.row.scope))
    }

    /// The post for an actor who works in it.
    pub fn at(&self, place: Place) -> Option<Post> {
        let spec = self.spec.as_ref()?;
        Some(Post {
            no: self.row.no,
            role: spec.code.clone(),
            names: (spec.name.clone(), spec.name_en.clone()),
            tasks: spec.tasks.clone(),
            place,
            grants: self.grants(),
            sight: spec.sight.clone(),
        })
    }
}

/// The state of each post of a person.
pub fn states_of(posts: &[HeldPost], has_factor: bool, now: Instant) -> Vec<PostState> {
    let grants: Vec<Grants> = posts.iter().map(HeldPost::grants).collect();
    let terms = posts.iter().map(HeldPost::terms);
    states(terms.zip(&grants), has_factor, now)
}

/// Every post that a person has or had, in the order of their numbers.
pub async fn of_user(conn: &dyn Conn, user: UserId) -> Result<Vec<HeldPost>, StoreError> {
    let select = Entity::find().filter(Column::UserId.eq(Col(user)));
    with_roles(conn.handle(), select).await
}

/// The posts of these people that were not taken back.
pub(super) async fn of_users(
    h: Handle<'_>,
    users: &[UserId],
) -> Result<BTreeMap<UserId, Vec<HeldPost>>, StoreError> {
    let mut found: BTreeMap<UserId, Vec<HeldPost>> = BTreeMap::new();
    if users.is_empty() {
        return Ok(found);
    }
    let select = Entity::find()
        .filter(Column::UserId.is_in(users.iter().map(|id| Col(*id))))
        .filter(Column::EndedAt.is_null());
    for post in with_roles(h, select).await? {
        found.entry(post.row.user_id).or_default().push(post);
    }
    Ok(found)
}

/// A page of the people who have a role: their posts that were not taken back, behind an account.
pub async fn of_role(
    conn: &dyn Conn,
    role: &RoleCode,
    after: Option<(UserId, i32)>,
    limit: u64,
) -> Result<Vec<HeldPost>, StoreError> {
    let mut select = Entity::find()
        .filter(Column::Role.eq(Col(role.clone())))
        .filter(Column::EndedAt.is_null());
    if let Some((user, no)) = after {
        let later = Column::UserId.gt(Col(user));
        let same = Column::UserId.eq(Col(user)).and(Column::No.gt(Col(no)));
        select = select.filter(later.or(same));
    }
    with_roles(conn.handle(), select.limit(limit)).await
}

/// How many posts each role has that were not taken back.
pub async fn count_by_role(conn: &dyn Conn) -> Result<BTreeMap<RoleCode, i64>, StoreError> {
    #[derive(sea_orm::FromQueryResult)]
    struct Counted {
        role: Col<RoleCode>,
        n: i64,
    }
    // Text: one walk along the index of roles.
    let sql = crate::sql::Sql::new(
        "select role, count(*) as n from posts where ended_at is null group by role",
        Vec::new(),
    );
    let rows = conn.handle().rows::<Counted>(sql).await?;
    Ok(rows.into_iter().map(|row| (row.role.0, row.n)).collect())
}

async fn with_roles(h: Handle<'_>, select: Select<Entity>) -> Result<Vec<HeldPost>, StoreError> {
    let select = select.order_by_asc(Column::UserId).order_by_asc(Column::No);
    let rows = h.find(select).await?;
    let mut codes: Vec<RoleCode> = rows.iter().map(|row| row.role.0.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let roles = roles::named(h, codes).await?;
    let held = rows.into_iter().map(|row| HeldPost {
        spec: roles.get(&row.role.0).cloned(),
        row: row.into(),
    });
    Ok(held.collect())
}

/// The number of a person's next post.
pub async fn next_no(tx: &Tx, user: UserId) -> Result<i32, StoreError> {
    let last = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .order_by_desc(Column::No);
    let last = tx.handle().find_one(last.limit(1)).await?;
    Ok(last.map_or(1, |row| row.no.0 + 1))
}

/// Gives a post.
pub async fn insert(tx: &Tx, post: &PostRow) -> Result<(), StoreError> {
    put(tx, std::slice::from_ref(post)).await?;
    users::touch(tx, post.user_id, post.given_at).await?;
    project_of(tx, post.user_id).await
}

/// The posts with which an account begins.
pub(super) async fn put(tx: &Tx, posts: &[PostRow]) -> Result<(), StoreError> {
    let rows = posts.iter().map(|post| post.values(beside()));
    table::put(tx, table::insert::<Entity>(), rows).await
}

fn beside() -> crate::entity::people::post::Beside {
    crate::entity::people::post::Beside {}
}

/// Takes a post back; false when there is none of this number or it was taken back before.
pub async fn end(
    tx: &Tx,
    (user, no): (UserId, i32),
    mark: &Mark,
    why: Option<&str>,
) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            ended_at: Set(Some(mark.at).into()),
            ended_by: Set(mark.by.into()),
            ended_by_name: Set(mark.name.clone().into()),
            ended_why: Set(why.map(str::to_owned).into()),
            ..Default::default()
        })
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::No.eq(Col(no)))
        .filter(Column::EndedAt.is_null());
    if tx.handle().change(&update).await? == 0 {
        return Ok(false);
    }
    users::touch(tx, user, mark.at).await?;
    project_of(tx, user).await?;
    Ok(true)
}

/// Freezes a post, lets a frozen one go on, or ends it on another day: what `post` says of these holds. False when it was taken back meanwhile.
pub async fn set_span(tx: &Tx, post: &PostRow, at: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            valid_until: Set(post.valid_until.into()),
            frozen_at: Set(post.frozen_at.into()),
            frozen_until: Set(post.frozen_until.into()),
            ..Default::default()
        })
        .filter(Column::UserId.eq(Col(post.user_id)))
        .filter(Column::No.eq(Col(post.no)))
        .filter(Column::EndedAt.is_null());
    if tx.handle().change(&update).await? == 0 {
        return Ok(false);
    }
    users::touch(tx, post.user_id, at).await?;
    project_of(tx, post.user_id).await?;
    Ok(true)
}

/// What the release before reads: shipped roles at the own unit that hold without end, bound or condition, and nothing else.
pub(super) async fn project(tx: &Tx, person: &users::User) -> Result<(), StoreError> {
    let of_person = user_role::Column::UserId.eq(Col(person.id));
    let old = user_role::Entity::delete_many().filter(of_person);
    tx.handle().change(&old).await?;
    let plain = |post: &&HeldPost| {
        let row = &post.row;
        row.unit == person.unit
            && row.scope.is_none()
            && row.valid_until.is_none()
            && row.condition == Condition::None
            && row.valid_from <= row.given_at
    };
    let roles = person.posts.iter().filter(plain);
    let roles: std::collections::BTreeSet<Role> =
        roles.filter_map(|post| post.row.role.shipped()).collect();
    let rows = roles.into_iter().map(|role| {
        table::values(&user_role::Model {
            user_id: person.id.into(),
            role: role.into(),
        })
    });
    table::put(tx, table::insert::<user_role::Entity>(), rows).await
}

async fn project_of(tx: &Tx, user: UserId) -> Result<(), StoreError> {
    match users::find(tx, user).await? {
        Some(person) => project(tx, &person).await,
        None => Ok(()),
    }
}
