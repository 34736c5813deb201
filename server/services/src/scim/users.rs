//! Users: found, asked for or made, changed, frozen, ended.
//! Not here: reading what was sent (`said`), the steps of an account's life (`users::life::provision`).
//! Whatever comes of a call stands in the audit, also that it was refused.

use serde_json::Value;
use shared::access::{Scope, needs};
use shared::account::life::{AccountAct, AccountState};
use shared::fault::{Code, Fault};
use shared::ids::{AccountRequestId, UserId};
use shared::notice::NoticeSettings;
use shared::register::Rule;
use store::Tx;
use store::life::AccountRequest;
use store::scim::{Provisioned, Sought};
use store::users::User;
use uuid::Uuid;

use super::filter::Filter;
use super::said::Wish;
use super::{COUNT, shape};
use crate::context::Ctx;
use crate::fault::{Failure, Settle, version_stale};
use crate::reference::Reference;
use crate::sessions::normal_name;
use crate::users::life::provision::{self, Person};
use crate::users::units_of;
use crate::watch;

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

/// Takes in somebody new: as a request for an account, or as an account without posts, as the office has it.
///
/// # Errors
/// `access.denied`, field faults, `account.request_open`.
pub async fn create(ctx: &Ctx, body: &Value) -> Result<Answer, Fault> {
    kept(ctx, "users".to_owned(), created(ctx, body)).await
}

async fn created(ctx: &Ctx, body: &Value) -> Result<Answer, Fault> {
    let scope = ctx.reach(needs::PROVISIONING)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let wish = Wish::of_body(body)?;
    let new = Person {
        username: normal_name(wish.username.as_deref().unwrap_or_default()),
        name: wish.name.clone().unwrap_or_default(),
        unit: wish
            .unit
            .clone()
            .or_else(|| ctx.actor.unit.clone())
            .unwrap_or_default(),
    };
    new.check(&scope, &reference)?;
    let said = store::settings::get(&services.store().reader(), Rule::PROVISION.key)
        .await
        .settle(services)?;
    let user = if Rule::PROVISION.number(said.as_deref()) == 1 && wish.active != Some(false) {
        Some(provision::fresh(ctx, new.clone()).await?)
    } else {
        None
    };
    let ctx_in = ctx.clone();
    let id = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, new) = (ctx_in.clone(), new.clone());
            let (wish, user) = (wish.clone(), user.clone());
            Box::pin(async move {
                let id = match &user {
                    Some(user) => {
                        provision::make(&ctx, tx, user).await?;
                        contacts(tx, user.id, &wish).await?;
                        user.id.0
                    }
                    None => provision::ask_open(&ctx, tx, &new).await?.id.0,
                };
                call(&ctx, tx, id, wish.external.flatten()).await?;
                let what = if user.is_some() { "made" } else { "asked" };
                note(&ctx, tx, (id, &new.username), what).await?;
                Ok(id)
            })
        })
        .await
        .settle(services)?;
    found(ctx, id).await
}

/// Keeps what the caller calls somebody.
async fn call(ctx: &Ctx, tx: &Tx, id: Uuid, external: Option<String>) -> Result<(), Failure> {
    let kept = Provisioned {
        id,
        program: program(ctx),
        external_id: external,
        made_at: ctx.now(),
        gone_at: None,
    };
    keep(tx, &kept).await
}

async fn keep(tx: &Tx, kept: &Provisioned) -> Result<(), Failure> {
    match store::scim::keep(tx, kept).await {
        Err(store::StoreError::Exists(_)) => {
            Err(Fault::field("externalId", Code::InputTaken).into())
        }
        other => Ok(other?),
    }
}

/// Keeps mailbox and number for notices; what somebody chose himself about them stays.
async fn contacts(tx: &Tx, user: UserId, wish: &Wish) -> Result<bool, Failure> {
    let mut settings = store::notices::settings(tx, user).await?;
    let before = settings.clone();
    if let Some(mail) = &wish.mail {
        settings.mail.clone_from(mail);
    }
    if let Some(mobile) = &wish.mobile {
        settings.mobile.clone_from(mobile);
    }
    if settings == before {
        return Ok(false);
    }
    store::notices::choose(tx, user, &settings).await?;
    Ok(true)
}

/// A row of the audit: what was done to whom.
async fn note(ctx: &Ctx, tx: &Tx, (id, username): (Uuid, &str), what: &str) -> Result<(), Failure> {
    let mut audit = ctx.audit(ACT, format!("user:{id}"), "ok");
    let mut fact = |name: &str, value: &str| audit.facts.insert(name.to_owned(), value.to_owned());
    fact("username", username);
    fact("what", what);
    Ok(store::audit::append(tx, &audit).await?)
}

/// Puts a user as a whole; what we keep nothing of is passed over, and what is left out stays.
///
/// # Errors
/// `access.denied`, `not_found`, `version.stale`, `scim.fixed` for another sign-in name, field faults, `account.self`, `role.last`.
pub async fn replace(
    ctx: &Ctx,
    id: Uuid,
    body: &Value,
    seen: Option<String>,
) -> Result<Answer, Fault> {
    let changed = async {
        ctx.ask(needs::PROVISIONING)?;
        changed(ctx, id, Wish::of_body(body)?, seen).await
    };
    kept(ctx, format!("user:{id}"), changed).await
}

/// Changes a user.
///
/// # Errors
/// As `replace`, and `scim.path`.
pub async fn patch(
    ctx: &Ctx,
    id: Uuid,
    body: &Value,
    seen: Option<String>,
) -> Result<Answer, Fault> {
    let changed = async {
        ctx.ask(needs::PROVISIONING)?;
        changed(ctx, id, Wish::of_patch(body)?, seen).await
    };
    kept(ctx, format!("user:{id}"), changed).await
}

async fn changed(ctx: &Ctx, id: Uuid, wish: Wish, seen: Option<String>) -> Result<Answer, Fault> {
    let scope = ctx.reach(needs::PROVISIONING)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let ctx_in = ctx.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, wish, seen) = (ctx_in.clone(), wish.clone(), seen.clone());
            let (scope, reference) = (scope.clone(), reference.clone());
            Box::pin(async move {
                match one(&ctx, tx, (&scope, &reference), id).await? {
                    One::Account(user) => {
                        fits(seen.as_deref(), user.version)?;
                        change(&ctx, tx, (&user, &wish)).await
                    }
                    One::Asked(request) => {
                        fits(seen.as_deref(), request.version)?;
                        same_name(&wish, &request.username)?;
                        if let Some(external) = wish.external {
                            call(&ctx, tx, id, external).await?;
                        }
                        note(&ctx, tx, (id, &request.username), "asked").await
                    }
                }
            })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    found(ctx, id).await
}

/// Whether the version that was seen still holds; any where none is named.
fn fits(seen: Option<&str>, version: i32) -> Result<(), Fault> {
    let Some(seen) = seen.map(str::trim).filter(|it| *it != "*") else {
        return Ok(());
    };
    if seen == shape::tag(version) || seen == format!("\"{version}\"") {
        return Ok(());
    }
    let digits = seen.trim_start_matches("W/").trim_matches('"');
    Err(version_stale(version, digits.parse().unwrap_or_default()))
}

fn same_name(wish: &Wish, username: &str) -> Result<(), Fault> {
    match &wish.username {
        Some(name) if normal_name(name) != username => Err(Fault::new(Code::ScimFixed)),
        _ => Ok(()),
    }
}

async fn change(ctx: &Ctx, tx: &Tx, (user, wish): (&User, &Wish)) -> Result<(), Failure> {
    same_name(wish, &user.username)?;
    let mut what = Vec::new();
    if let Some(name) = wish.name.as_ref().filter(|name| **name != user.name) {
        let mut check = shared::fault::Check::default();
        crate::users::check_display(&mut check, name);
        check.finish()?;
        store::scim::name(tx, user.id, name, ctx.now()).await?;
        what.push("name");
    }
    if contacts(tx, user.id, wish).await? {
        what.push("contact");
    }
    if let Some(external) = &wish.external {
        call(ctx, tx, user.id.0, external.clone()).await?;
        what.push("external_id");
    }
    if what.contains(&"contact") && !what.contains(&"name") {
        store::users::touch(tx, user.id, ctx.now()).await?;
    }
    // What was changed above has raised the version.
    let now = store::users::find(tx, user.id).await?;
    let now = now.ok_or_else(Fault::missing)?;
    match (wish.active, now.state) {
        (Some(false), AccountState::Open) => {
            provision::stop(ctx, tx, &now).await?;
            what.push("frozen");
        }
        (Some(true), AccountState::Frozen) => {
            provision::ask_resume(ctx, tx, &now).await?;
            what.push("resume_asked");
        }
        _ => {}
    }
    if what.is_empty() {
        what.push("same");
    }
    note(ctx, tx, (user.id.0, &user.username), &what.join(" ")).await
}

/// Takes somebody away: the account ends by the rules of its life. One with open tasks is frozen at once, and its end is asked for.
///
/// # Errors
/// `access.denied`, `not_found`, `version.stale`, `account.self`, `role.last`.
pub async fn delete(ctx: &Ctx, id: Uuid, seen: Option<String>) -> Result<(), Fault> {
    kept(ctx, format!("user:{id}"), deleted(ctx, id, seen)).await
}

async fn deleted(ctx: &Ctx, id: Uuid, seen: Option<String>) -> Result<(), Fault> {
    let scope = ctx.reach(needs::PROVISIONING)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let ctx_in = ctx.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, seen) = (ctx_in.clone(), seen.clone());
            let (scope, reference) = (scope.clone(), reference.clone());
            Box::pin(async move {
                let (username, what) = match one(&ctx, tx, (&scope, &reference), id).await? {
                    One::Account(user) => {
                        fits(seen.as_deref(), user.version)?;
                        let ended = provision::end(&ctx, tx, &user).await?;
                        let what = if ended { "closed" } else { "end_asked" };
                        (user.username.clone(), what)
                    }
                    One::Asked(request) => {
                        fits(seen.as_deref(), request.version)?;
                        let username = request.username.clone();
                        provision::withdraw_open(&ctx, tx, *request).await?;
                        (username, "withdrawn")
                    }
                };
                let gone = Provisioned {
                    id,
                    program: program(&ctx),
                    external_id: None,
                    made_at: ctx.now(),
                    gone_at: Some(ctx.now()),
                };
                keep(tx, &gone).await?;
                note(&ctx, tx, (id, &username), what).await
            })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(())
}
