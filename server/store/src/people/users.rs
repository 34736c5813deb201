//! People who can sign in, with the posts that they have.
//! Not here: hashing passwords (services), sessions (`sessions`), giving posts (`posts`).
//! Nobody is deleted; an account is closed.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::access::{PostState, Power, Role, RoleCode, ScopeKind};
use shared::account::life::AccountState;
use shared::calendar::Instant;
use shared::ids::UserId;

use super::life;
use super::posts::{self, HeldPost};
use super::roles::Mark;
use super::teams::{self, Mate};
use crate::database::Handle;
use crate::entity::passkeys::passkey;
use crate::entity::people::factor;
use crate::entity::people::user::{ActiveModel, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Sign-in name, in its normal form.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Code of the unit the person works in.
    pub unit: String,
    /// Closed and frozen accounts cannot sign in.
    pub active: bool,
    /// Open, frozen or closed.
    pub state: AccountState,
    /// When the person was last at work, to some minutes.
    pub seen_at: Option<Instant>,
    /// Raised with every change.
    pub version: i32,
    /// Posts that were not taken back, those that sleep included.
    pub posts: Vec<HeldPost>,
    /// Those with whom the person is in a team, where a post gives something in that scope; at any time.
    pub mates: Vec<Mate>,
    /// Whether a second factor is set up, of whichever kind.
    pub has_factor: bool,
    /// When the account was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The password was set by somebody else, and is changed before anything else.
    pub password_given: bool,
    /// When the present password was chosen; not known of old ones.
    pub password_at: Option<Instant>,
}

impl User {
    /// An open account that is being made, without posts; whose password somebody else gave changes it first.
    pub fn begun(
        (id, now): (UserId, Instant),
        (username, name): (String, String),
        unit: String,
        password_hash: String,
    ) -> Self {
        Self {
            id,
            username,
            name,
            password_hash,
            unit,
            active: true,
            state: AccountState::Open,
            seen_at: None,
            version: 1,
            posts: Vec::new(),
            mates: Vec::new(),
            has_factor: false,
            created_at: now,
            updated_at: now,
            password_given: true,
            password_at: Some(now),
        }
    }

    /// Posts of shipped roles at the own unit, with which an account begins.
    pub fn begin_with(&mut self, roles: &[Role], given: &Mark) {
        let (id, unit) = (self.id, self.unit.clone());
        let posts = (1..).zip(roles);
        self.posts = posts
            .map(|(no, role)| HeldPost::shipped(id, no, *role, &unit, given))
            .collect();
    }

    /// The state of each post.
    pub fn states(&self, now: Instant) -> Vec<PostState> {
        posts::states_of(&self.posts, self.has_factor, now)
    }

    /// The posts that hold now.
    pub fn in_force(&self, now: Instant) -> impl Iterator<Item = &HeldPost> {
        let states = self.states(now).into_iter();
        let held = self.posts.iter().zip(states);
        held.filter(|(_, state)| *state == PostState::Holds)
            .map(|(post, _)| post)
    }

    /// Codes of the roles of all posts that were not taken back, each once.
    pub fn roles(&self) -> Vec<RoleCode> {
        let mut codes: Vec<_> = self
            .posts
            .iter()
            .map(|post| post.row.role.clone())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Whether any post that was not taken back, asleep or not, gives something of this power.
    pub fn has_power(&self, power: Power) -> bool {
        let of = |post: &HeldPost| post.grants().iter().any(|(it, _)| it.power() == power);
        self.posts.iter().any(of)
    }
}

/// A password to be set.
#[derive(Debug, Clone)]
pub struct Password {
    /// Argon2id in PHC form.
    pub hash: String,
    /// Set by somebody else than its owner.
    pub given: bool,
}

/// Which accounts a list shows.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Codes of the units whose people are seen; everybody where absent.
    pub units: Option<Vec<String>>,
    /// Part of the name or the sign-in name.
    pub words: Option<String>,
    /// Sign-in name after which the page begins.
    pub after: Option<String>,
    /// How many at most.
    pub limit: u64,
}

/// How many accounts there are, closed ones included.
pub async fn count(conn: &dyn Conn) -> Result<i64, StoreError> {
    conn.handle().count(Entity::find()).await
}

/// The account with this id.
pub async fn find(conn: &dyn Conn, id: UserId) -> Result<Option<User>, StoreError> {
    let select = Entity::find_by_id(Col(id));
    Ok(read(conn.handle(), select).await?.pop())
}

/// The account with this sign-in name.
pub async fn find_by_name(conn: &dyn Conn, username: &str) -> Result<Option<User>, StoreError> {
    let select = Entity::find().filter(Column::Username.eq(username));
    Ok(read(conn.handle(), select).await?.pop())
}

/// The accounts with these sign-in names, closed ones included.
pub async fn named(conn: &dyn Conn, names: &[String]) -> Result<Vec<User>, StoreError> {
    let select = Entity::find()
        .filter(Column::Username.is_in(names))
        .order_by_asc(Column::Username);
    read(conn.handle(), select).await
}

/// Open accounts of people in units whose path begins so, in the order of units and names.
pub async fn of_units(conn: &dyn Conn, path: &str, limit: u32) -> Result<Vec<User>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Col<UserId>,
    }
    // Text: a walk along the paths of units, cut at the page.
    let sql = Sql::new(
        "select w.id from users w join units n on n.code = w.unit where w.active and n.path >= ? and n.path < ? order by n.path, w.username limit ?",
        vals![path, crate::scope::above(path), limit],
    );
    let h = conn.handle();
    let found = h.rows::<Found>(sql).await?;
    let select = Entity::find()
        .filter(Column::Id.is_in(found.into_iter().map(|row| row.id)))
        .order_by_asc(Column::Unit)
        .order_by_asc(Column::Username);
    read(h, select).await
}

/// The accounts with these ids, in the order of sign-in names, closed ones included.
pub(super) async fn with_ids(h: Handle<'_>, ids: Vec<UserId>) -> Result<Vec<User>, StoreError> {
    let select = Entity::find()
        .filter(Column::Id.is_in(ids.into_iter().map(Col)))
        .order_by_asc(Column::Username);
    read(h, select).await
}

/// The accounts with these ids, a few hundred at a time.
pub async fn of_ids(conn: &dyn Conn, ids: Vec<UserId>) -> Result<Vec<User>, StoreError> {
    with_ids(conn.handle(), ids).await
}

/// A page of accounts in the order of sign-in names, closed ones included.
pub async fn page(conn: &dyn Conn, sought: Sought) -> Result<Vec<User>, StoreError> {
    let mut select = Entity::find().order_by_asc(Column::Username);
    if let Some(units) = sought.units {
        select = select.filter(Column::Unit.is_in(units));
    }
    if let Some(words) = sought.words {
        let either = Column::Username
            .contains(words.to_lowercase())
            .or(Column::Name.contains(words));
        select = select.filter(either);
    }
    if let Some(after) = sought.after {
        select = select.filter(Column::Username.gt(after));
    }
    read(conn.handle(), select.limit(sought.limit)).await
}

/// Every account in the order of sign-in names.
pub async fn list(conn: &dyn Conn) -> Result<Vec<User>, StoreError> {
    read(conn.handle(), Entity::find().order_by_asc(Column::Username)).await
}

/// Adds an account.
///
/// # Errors
/// `Exists("username")`.
pub async fn insert(tx: &Tx, user: &User) -> Result<(), StoreError> {
    tx.handle().add_row(row(user), "username").await?;
    let rows: Vec<_> = user.posts.iter().map(|post| post.row.clone()).collect();
    posts::put(tx, &rows).await?;
    posts::project(tx, user).await
}

fn row(user: &User) -> Model {
    Model {
        id: user.id.into(),
        username: user.username.clone(),
        name: user.name.clone(),
        password_hash: user.password_hash.clone(),
        unit: user.unit.clone(),
        active: user.active,
        version: user.version.into(),
        wrong_tries: 0,
        locked_until: Col(None),
        created_at: user.created_at.into(),
        updated_at: user.updated_at.into(),
        password_given: i64::from(user.password_given),
        password_at: user.password_at.into(),
        frozen: i64::from(user.state == AccountState::Frozen),
        seen_at: user.seen_at.into(),
    }
}

/// Adds many accounts with their posts.
///
/// # Errors
/// `Exists("username")`.
pub async fn insert_all(tx: &Tx, users: &[User]) -> Result<(), StoreError> {
    let h = tx.handle();
    let rows = users.iter().map(|user| table::values(&row(user)));
    for sql in table::insert::<Entity>().statements(h.backend(), rows) {
        h.insert(sql, "username").await?;
    }
    let held = users.iter().flat_map(|user| &user.posts);
    let rows: Vec<_> = held.map(|post| post.row.clone()).collect();
    posts::put(tx, &rows).await?;
    for user in users {
        posts::project(tx, user).await?;
    }
    Ok(())
}

/// Sets the password.
pub async fn set_password(
    tx: &Tx,
    id: UserId,
    password: &Password,
    now: Instant,
) -> Result<(), StoreError> {
    let set = ActiveModel {
        password_hash: Set(password.hash.clone()),
        password_given: Set(i64::from(password.given)),
        password_at: Set(Some(now).into()),
        ..Default::default()
    };
    change(tx, id, set, now).await
}

/// Opens or closes the account.
pub async fn set_active(tx: &Tx, id: UserId, active: bool, now: Instant) -> Result<(), StoreError> {
    let set = ActiveModel {
        active: Set(active),
        frozen: Set(0),
        ..Default::default()
    };
    change(tx, id, set, now).await
}

/// Raises the version: what hangs on the account was changed.
pub async fn touch(tx: &Tx, id: UserId, now: Instant) -> Result<(), StoreError> {
    change(tx, id, <ActiveModel as Default>::default(), now).await
}

/// Whether somebody, besides this person, runs what an administrator's power is about: an open account whose posts of it hold now.
pub async fn others_with(
    conn: &dyn Conn,
    power: Power,
    besides: Option<UserId>,
    now: Instant,
) -> Result<bool, StoreError> {
    let mut others = list(conn).await?;
    others.retain(|other| Some(other.id) != besides && other.active);
    Ok(others.iter().any(|other| {
        let mut held = other.in_force(now);
        held.any(|post| post.grants().iter().any(|(it, _)| it.power() == power))
    }))
}

/// Changes an account; its version is raised.
async fn change(tx: &Tx, id: UserId, set: ActiveModel, now: Instant) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            updated_at: Set(now.into()),
            ..set
        })
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .filter(Column::Id.eq(Col(id)));
    tx.handle().change(&update).await.map(drop)
}

/// Accounts with their posts, a few hundred at a time.
async fn read(h: Handle<'_>, select: Select<Entity>) -> Result<Vec<User>, StoreError> {
    const TOGETHER: usize = 500;
    let rows = h.find(select).await?;
    let mut users = Vec::with_capacity(rows.len());
    for rows in rows.chunks(TOGETHER) {
        let ids: Vec<UserId> = rows.iter().map(|row| row.id.0).collect();
        let mut held = posts::of_users(h, &ids).await?;
        let mut mates = teams::mates(h, &of_teams(&held)).await?;
        let confirmed = factor::Entity::find()
            .filter(factor::Column::UserId.is_in(ids.into_iter().map(Col)))
            .filter(factor::Column::ConfirmedAt.is_not_null());
        let confirmed = h.find(confirmed).await?;
        let keys = passkey::Entity::find()
            .filter(passkey::Column::UserId.is_in(rows.iter().map(|row| row.id)));
        let keys = h.find(keys).await?;
        users.extend(rows.iter().map(|row| {
            let has_factor = confirmed.iter().any(|factor| factor.user_id == row.id)
                || keys.iter().any(|key| key.user_id == row.id);
            User {
                posts: held.remove(&row.id.0).unwrap_or_default(),
                mates: mates.remove(&row.id.0).unwrap_or_default(),
                has_factor,
                ..user(row.clone())
            }
        }));
    }
    Ok(users)
}

/// Those of whom some post gives something in the scope of a team.
fn of_teams(held: &BTreeMap<UserId, Vec<HeldPost>>) -> Vec<UserId> {
    let of_team = |post: &HeldPost| {
        let grants = post.grants();
        grants.iter().any(|(_, scope)| scope == ScopeKind::Team)
    };
    let people = held.iter().filter(|(_, posts)| posts.iter().any(of_team));
    people.map(|(user, _)| *user).collect()
}

fn user(row: Model) -> User {
    User {
        id: row.id.0,
        username: row.username,
        name: row.name,
        password_hash: row.password_hash,
        unit: row.unit,
        active: row.active,
        state: life::state_of(row.active, row.frozen),
        seen_at: row.seen_at.0,
        version: row.version.0,
        posts: Vec::new(),
        mates: Vec::new(),
        has_factor: false,
        created_at: row.created_at.0,
        updated_at: row.updated_at.0,
        password_given: row.password_given != 0,
        password_at: row.password_at.0,
    }
}
