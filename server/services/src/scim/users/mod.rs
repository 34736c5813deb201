//! Users: found, and shown.
//! Not here: what an identity management changes (`write`), the steps of an account's life (`users::life::provision`).
//! Whatever comes of a call stands in the audit, also that it was refused.

mod write;

use serde_json::Value;
use shared::access::{Scope, needs};
use shared::account::life::{AccountAct, AccountState};
use shared::fault::Fault;
use shared::ids::{AccountRequestId, UserId};
use shared::notice::NoticeSettings;
use store::life::AccountRequest;
use store::scim::Sought;
use store::users::User;
use uuid::Uuid;

use super::filter::Filter;
use super::{COUNT, shape};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::sessions::normal_name;
use crate::users::units_of;
use crate::watch;

pub use write::{create, delete, patch, replace};

/// The act in the audit.
const ACT: &str = "account.provision";

/// Which users.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// As RFC 7644 writes it.
    pub filter: Option<String>,
    /// The first of them, from 1.
    pub start_index: Option<i64>,
    /// How many at most.
    pub count: Option<i64>,
}

/// A user with the tag of its version.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The user.
    pub body: Value,
    /// Its version, as a tag.
    pub tag: String,
}

/// Somebody as an identity management sees him.
enum One {
    /// An account.
    Account(Box<User>),
    /// A request of the caller's for one.
    Asked(Box<AccountRequest>),
}

/// Runs a call, and keeps in the audit whatever it was refused for.
async fn kept<T>(
    ctx: &Ctx,
    object: String,
    call: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    let done = watch::watched(ctx, ACT, object.clone(), call).await;
    if let Err(fault) = &done
        && ctx.actor.user().is_some()
        && !watch::is_probe(ctx, fault)
    {
        watch::refused(ctx, ctx.audit(ACT, object, fault.code.as_str())).await;
    }
    done
}

/// Finds users.
///
/// # Errors
/// `access.denied`, `scim.filter`.
pub async fn list(ctx: &Ctx, query: Query) -> Result<Value, Fault> {
    kept(ctx, "users".to_owned(), listed(ctx, query)).await
}

async fn listed(ctx: &Ctx, query: Query) -> Result<Value, Fault> {
    let scope = ctx.reach(needs::PROVISIONING)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let filter = query.filter.as_deref().filter(|it| !it.trim().is_empty());
    let filter = filter.map(Filter::read).transpose()?.unwrap_or_default();
    let start = u64::try_from(query.start_index.unwrap_or(1)).unwrap_or_default();
    let start = start.max(1);
    let limit = query.count.map_or(COUNT.0, |count| {
        u64::try_from(count).unwrap_or_default().min(COUNT.1)
    });
    let db = services.store().reader();
    let mut sought = Sought {
        units: units_of(&scope, &reference),
        username: filter.username.as_deref().map(normal_name),
        id: None,
        active: filter.active,
        offset: start - 1,
        limit,
    };
    if let Some(external) = &filter.external {
        let known = store::scim::find_external(&db, &program(ctx), external).await;
        match known.settle(services)? {
            Some(kept) => sought.id = Some(UserId(kept.id)),
            None => return Ok(shape::listed(0, start, &[])),
        }
    }
    let wanted = sought.clone();
    let found = store::scim::page(&db, sought).await.settle(services)?;
    let mut resources = Vec::with_capacity(found.users.len());
    for user in found.users {
        resources.push(shown(ctx, &One::Account(Box::new(user))).await?.body);
    }
    let mut total = found.total;
    // Who has just been asked for is found by name, so that nobody asks twice.
    if total == 0
        && filter.active != Some(true)
        && let Some(asked) = asked_for(ctx, &wanted).await?
    {
        total = 1;
        if start == 1 && limit > 0 {
            resources.push(shown(ctx, &One::Asked(Box::new(asked))).await?.body);
        }
    }
    Ok(shape::listed(total, start, &resources))
}

/// The caller's own request for an account that is looked for by name or id.
async fn asked_for(ctx: &Ctx, sought: &Sought) -> Result<Option<AccountRequest>, Fault> {
    let db = ctx.services.store().reader();
    let found = match (sought.id, &sought.username) {
        (Some(id), name) => store::life::get(&db, AccountRequestId(id.0))
            .await
            .settle(&ctx.services)?
            .filter(|it| name.as_ref().is_none_or(|name| it.username == *name)),
        (None, Some(name)) => store::life::open_of(&db, name)
            .await
            .settle(&ctx.services)?
            .pop(),
        (None, None) => None,
    };
    Ok(found.filter(|request| is_asked(ctx, request)))
}

/// Whether a request is one of the caller's for a new account, and open.
fn is_asked(ctx: &Ctx, request: &AccountRequest) -> bool {
    request.kind == AccountAct::Open
        && request.state.is_open()
        && request.made_by.is_some()
        && request.made_by == ctx.actor.user()
}

/// By what the caller's names are told from those of another identity management.
fn program(ctx: &Ctx) -> String {
    ctx.actor.username.clone()
}

/// Somebody with this id, in reach.
async fn one(
    ctx: &Ctx,
    conn: &dyn store::Conn,
    (scope, reference): (&Scope, &Reference),
    id: Uuid,
) -> Result<One, Failure> {
    let kept = store::scim::find(conn, id).await?;
    if kept.is_some_and(|kept| kept.gone_at.is_some()) {
        return Err(Fault::missing().into());
    }
    if let Some(user) = store::users::find(conn, UserId(id)).await? {
        let units = units_of(scope, reference);
        let is_seen = units.is_none_or(|units| units.contains(&user.unit));
        if is_seen && user.state != AccountState::Closed {
            return Ok(One::Account(Box::new(user)));
        }
        return Err(Fault::missing().into());
    }
    let asked = store::life::get(conn, AccountRequestId(id)).await?;
    asked
        .filter(|request| is_asked(ctx, request))
        .map(|request| One::Asked(Box::new(request)))
        .ok_or_else(|| Fault::missing().into())
}

async fn shown(ctx: &Ctx, one: &One) -> Result<Answer, Fault> {
    let services = &ctx.services;
    let db = services.store().reader();
    let (id, version) = match one {
        One::Account(user) => (user.id.0, user.version),
        One::Asked(request) => (request.id.0, request.version),
    };
    let kept = store::scim::find(&db, id).await.settle(services)?;
    let kept = kept.filter(|kept| kept.program == program(ctx));
    let body = match one {
        One::Account(user) => {
            let contacts = if kept.is_some() {
                store::notices::settings(&db, user.id)
                    .await
                    .settle(services)?
            } else {
                NoticeSettings::default()
            };
            shape::user(ctx, user, kept.as_ref(), &contacts)
        }
        One::Asked(request) => shape::pending(ctx, request, kept.as_ref()),
    };
    Ok(Answer {
        body,
        tag: shape::tag(version),
    })
}

/// One user.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn get(ctx: &Ctx, id: Uuid) -> Result<Answer, Fault> {
    kept(ctx, format!("user:{id}"), found(ctx, id)).await
}

async fn found(ctx: &Ctx, id: Uuid) -> Result<Answer, Fault> {
    let scope = ctx.reach(needs::PROVISIONING)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let db = services.store().reader();
    let found = one(ctx, &db, (&scope, &reference), id)
        .await
        .settle(services)?;
    shown(ctx, &found).await
}
