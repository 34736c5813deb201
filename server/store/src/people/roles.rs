//! Roles of the installation with what they give.
//! Not here: who has them (`posts`), what a shipped role gives (`shared::access`).
//! A change of a role raises the version of everybody who has it, so that the next request of each knows it without asking for the role.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, Query};
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::access::{Grants, Permission, Role, RoleCode, RoleOrigin, RoleSpec, ScopeKind, Sight};
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::database::Handle;
use crate::entity::people::role::{ActiveModel, Column, Entity, Model};
use crate::entity::people::{post, role_permission as permissions, user};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// Who changed something, and when; nobody for the house itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Account.
    pub by: Option<UserId>,
    /// Name.
    pub name: Option<String>,
    /// When.
    pub at: Instant,
}

/// A role with its last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRole {
    /// What it is.
    pub spec: RoleSpec,
    /// The last change.
    pub changed: Mark,
}

/// Every role in the order of codes.
pub async fn all(conn: &dyn Conn) -> Result<Vec<KeptRole>, StoreError> {
    read(conn.handle(), Entity::find()).await
}

/// The role with this code; inside a write its row is locked.
pub async fn find(conn: &dyn Conn, code: &RoleCode) -> Result<Option<KeptRole>, StoreError> {
    let h = conn.handle();
    let select = h.locked(Entity::find_by_id(Col(code.clone())));
    Ok(read(h, select).await?.pop())
}

/// Keeps other writers away from the roles of administrators until the transaction ends: of two that remove each other, the second hears so.
pub async fn hold_administrators(tx: &Tx) -> Result<(), StoreError> {
    let h = tx.handle();
    if h.locks_rows() {
        let codes = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];
        let select = Entity::find()
            .filter(Column::Code.is_in(codes.map(|role| Col(RoleCode::from(role)))))
            .order_by_asc(Column::Code)
            .lock_exclusive();
        h.find(select).await?;
    }
    Ok(())
}

/// The roles with these codes.
pub(super) async fn named(
    h: Handle<'_>,
    codes: Vec<RoleCode>,
) -> Result<BTreeMap<RoleCode, Arc<RoleSpec>>, StoreError> {
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let select = Entity::find().filter(Column::Code.is_in(codes.into_iter().map(Col)));
    let roles = read(h, select).await?.into_iter();
    Ok(roles
        .map(|role| (role.spec.code.clone(), Arc::new(role.spec)))
        .collect())
}

async fn read(h: Handle<'_>, select: Select<Entity>) -> Result<Vec<KeptRole>, StoreError> {
    let rows = h.find(select.order_by_asc(Column::Code)).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let codes: Vec<_> = rows.iter().map(|row| row.code.clone()).collect();
    let given = permissions::Entity::find().filter(permissions::Column::Role.is_in(codes));
    let mut grants: BTreeMap<RoleCode, Vec<(Permission, ScopeKind)>> = BTreeMap::new();
    for row in h.find(given).await? {
        // A word that this release does not know gives nothing.
        let known = Permission::parse(&row.permission).zip(ScopeKind::parse(&row.scope));
        grants.entry(row.role.0).or_default().extend(known);
    }
    let role = |row: Model| {
        let given = grants.remove(&row.code.0).unwrap_or_default();
        kept(row, given.into_iter().collect())
    };
    Ok(rows.into_iter().map(role).collect())
}

fn kept(row: Model, grants: Grants) -> KeptRole {
    let tasks = row.tasks.split_whitespace().filter_map(Role::parse);
    KeptRole {
        changed: Mark {
            by: row.updated_by.0,
            name: row.updated_by_name,
            at: row.updated_at.0,
        },
        spec: RoleSpec {
            tasks: tasks.collect(),
            code: row.code.0,
            origin: row.origin.0,
            copied_from: row.copied_from.0,
            name: row.name,
            name_en: row.name_en,
            grants,
            sight: Sight::read(&row.sight),
            stopped: row.stopped != 0,
            version: row.version.0,
        },
    }
}

/// Adds a role.
///
/// # Errors
/// `Exists("role")`.
pub async fn insert(tx: &Tx, spec: &RoleSpec, mark: &Mark) -> Result<(), StoreError> {
    let row = Model {
        code: spec.code.clone().into(),
        origin: spec.origin.into(),
        copied_from: spec.copied_from.clone().into(),
        name: spec.name.clone(),
        name_en: spec.name_en.clone(),
        tasks: words(&spec.tasks),
        stopped: i64::from(spec.stopped),
        sight: spec.sight.text(),
        version: spec.version.into(),
        updated_at: mark.at.into(),
        updated_by: mark.by.into(),
        updated_by_name: mark.name.clone(),
    };
    tx.handle().add_row(row, "role").await?;
    give(tx, spec).await
}

/// Changes a role whose version is one less; false when somebody else changed it first. Everybody who has it has a new version.
pub async fn save(tx: &Tx, spec: &RoleSpec, mark: &Mark) -> Result<bool, StoreError> {
    let h = tx.handle();
    let set = ActiveModel {
        name: Set(spec.name.clone()),
        name_en: Set(spec.name_en.clone()),
        tasks: Set(words(&spec.tasks)),
        stopped: Set(i64::from(spec.stopped)),
        sight: Set(spec.sight.text()),
        version: Set(spec.version.into()),
        updated_at: Set(mark.at.into()),
        updated_by: Set(mark.by.into()),
        updated_by_name: Set(mark.name.clone()),
        ..Default::default()
    };
    let update = Entity::update_many()
        .set(set)
        .filter(Column::Code.eq(Col(spec.code.clone())))
        .filter(Column::Version.eq(Col(spec.version - 1)));
    if h.change(&update).await? == 0 {
        return Ok(false);
    }
    let old = permissions::Entity::delete_many()
        .filter(permissions::Column::Role.eq(Col(spec.code.clone())));
    h.change(&old).await?;
    give(tx, spec).await?;
    raise(tx, &spec.code, mark.at).await?;
    Ok(true)
}

async fn give(tx: &Tx, spec: &RoleSpec) -> Result<(), StoreError> {
    let rows = spec.grants.iter().map(|(permission, scope)| {
        let row = permissions::Model {
            role: spec.code.clone().into(),
            permission: permission.code().to_owned(),
            scope: scope.code().to_owned(),
        };
        table::values(&row)
    });
    table::put(tx, table::insert::<permissions::Entity>(), rows).await
}

/// Raises the version of everybody who has a post of the role.
async fn raise(tx: &Tx, code: &RoleCode, now: Instant) -> Result<(), StoreError> {
    let holders = Query::select()
        .column(post::Column::UserId)
        .from(post::Entity)
        .and_where(post::Column::Role.eq(Col(code.clone())))
        .and_where(post::Column::EndedAt.is_null())
        .to_owned();
    let update = user::Entity::update_many()
        .set(user::ActiveModel {
            updated_at: Set(now.into()),
            ..Default::default()
        })
        .col_expr(
            user::Column::Version,
            Expr::col(user::Column::Version).add(1_i64),
        )
        .filter(user::Column::Id.in_subquery(holders));
    tx.handle().change(&update).await.map(drop)
}

/// Whether shipped roles are what the policy says.
pub(crate) async fn are_shipped(conn: &dyn Conn) -> Result<bool, StoreError> {
    let kept = all(conn).await?;
    Ok(Role::ALL.iter().all(|role| changed(&kept, *role).is_none()))
}

/// Makes shipped roles what the policy says: those that are not there, and those that another release left or that were changed by hand.
pub(crate) async fn ship(tx: &Tx, now: Instant) -> Result<(), StoreError> {
    let kept = all(tx).await?;
    let mark = Mark {
        by: None,
        name: None,
        at: now,
    };
    for role in Role::ALL {
        match changed(&kept, *role) {
            Some(spec) if spec.version == 1 => insert(tx, &spec, &mark).await?,
            Some(spec) => drop(save(tx, &spec, &mark).await?),
            None => {}
        }
    }
    Ok(())
}

/// The shipped role as it has to become; `None` where it is so.
fn changed(kept: &[KeptRole], role: Role) -> Option<RoleSpec> {
    let shipped = RoleSpec::shipped(role);
    let there = kept.iter().find(|kept| kept.spec.code == shipped.code);
    let Some(there) = there else {
        return Some(shipped);
    };
    let version = there.spec.version;
    let same = RoleSpec {
        version,
        ..shipped.clone()
    } == there.spec;
    (!same).then_some(RoleSpec {
        version: version + 1,
        origin: RoleOrigin::Shipped,
        ..shipped
    })
}

fn words(roles: &[Role]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    words.join(" ")
}
