//! Asking for an account of a colleague, or that one is changed, frozen, resumed or cancelled; and taking back what one asked for.
//! Not here: answering (`decide`).
//! One thing at a time is asked for about an account.

use serde::Deserialize;
use shared::access::{Scope, needs};
use shared::account::life::{
    AccountAct, AccountEvent, AccountRequestState, AccountRequestView, AccountState,
};
use shared::account::posts::GivePost;
use shared::calendar::Instant;
use shared::fault::{Check, Code, Fault};
use shared::ids::AccountRequestId;
use shared::ticket::view::Named;
use store::life::{AccountLine, AccountRequest};
use store::users::User;

use super::{REQUEST_DAYS, line, name_of, posts, posts_text, reason, view};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::sessions::normal_name;
use crate::users::{check_display, check_name, covers};
use crate::watch::watched;

const DAY: i64 = 24 * 3_600_000;

/// What is asked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskAccount {
    /// Which of them.
    pub kind: AccountAct,
    /// Sign-in name: of the account, or that the new one gets.
    pub username: String,
    /// Name of the person; only for a new account.
    #[serde(default)]
    pub name: Option<String>,
    /// Code of the unit; for a change the one that it has when absent.
    #[serde(default)]
    pub unit: Option<String>,
    /// The posts that the account has afterwards.
    #[serde(default)]
    pub posts: Vec<GivePost>,
    /// Why.
    pub reason: String,
    /// Sign-in name of who takes over what is open.
    #[serde(default)]
    pub heir: Option<String>,
}

/// The roles that can be asked for: those that are not stopped, the shipped ones first.
///
/// # Errors
/// `access.denied`.
pub async fn choices(ctx: &Ctx) -> Result<Vec<Named>, Fault> {
    ctx.ask(needs::APPLYING)?;
    let db = ctx.services.store().reader();
    let mut all = store::roles::all(&db).await.settle(&ctx.services)?;
    all.retain(|role| !role.spec.stopped);
    all.sort_by_key(|role| (role.spec.code.shipped().is_none(), role.spec.code.shipped()));
    let choice = |role: store::roles::KeptRole| Named {
        code: role.spec.code.to_string(),
        name: role.spec.label(ctx.locale).to_owned(),
    };
    Ok(all.into_iter().map(choice).collect())
}

/// Asks.
///
/// # Errors
/// `access.denied`; `not_found` for an account out of reach; field faults; `account.self`, `account.not_now`, `account.request_open`.
pub async fn ask(ctx: &Ctx, asked: AskAccount) -> Result<AccountRequestView, Fault> {
    watched(ctx, "account.ask", "users", made(ctx, asked)).await
}

async fn made(ctx: &Ctx, asked: AskAccount) -> Result<AccountRequestView, Fault> {
    let scope = ctx.reach(needs::APPLYING)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let db = services.store().reader();
    let username = normal_name(&asked.username);
    let account = store::users::find_by_name(&db, &username)
        .await
        .settle(services)?;
    if asked.kind.has_posts() {
        posts::joined(&db, &asked.posts).await.settle(services)?;
    }
    let request = match (asked.kind, account) {
        (AccountAct::Grant, _) => return Err(Fault::field("kind", Code::InputCode)),
        (AccountAct::Open, Some(_)) => return Err(Fault::field("username", Code::InputTaken)),
        (AccountAct::Open, None) => fresh(ctx, &asked, (&scope, &reference), username)?,
        (_, None) => return Err(Fault::missing()),
        (_, Some(user)) => about(ctx, &asked, (&scope, &reference), user).await?,
    };
    let kept = request.clone();
    let ctx_in = ctx.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (request, ctx) = (kept.clone(), ctx_in.clone());
            Box::pin(async move { put(&ctx, tx, request).await })
        })
        .await
        .settle(services)?;
    view::shown(ctx, &reference, request).settle(services)
}

async fn put(ctx: &Ctx, tx: &store::Tx, request: AccountRequest) -> Result<(), Failure> {
    let open = store::life::open_of(tx, &request.username).await?;
    if let Some(first) = open.first() {
        return Err(Fault::new(Code::AccountRequestOpen)
            .fact("act", first.kind)
            .into());
    }
    noted(ctx, tx, request).await
}

/// Writes down that something was asked for.
pub(super) async fn noted(
    ctx: &Ctx,
    tx: &store::Tx,
    request: AccountRequest,
) -> Result<(), Failure> {
    if let Some(user) = request.user_id {
        let told = AccountLine {
            request: Some(request.id),
            reason: Some(request.reason.clone()),
            facts: [("act".to_owned(), request.kind.to_string())].into(),
            ..line(ctx, user, AccountEvent::Asked)
        };
        store::life::add(tx, &told).await?;
    }
    let audit = audited(ctx, "account.ask", &request);
    store::life::add_request(tx, std::slice::from_ref(&request)).await?;
    Ok(store::audit::append(tx, &audit).await?)
}

/// An audit row about a request.
pub(super) fn audited(
    ctx: &Ctx,
    action: &str,
    request: &AccountRequest,
) -> store::record::AuditEntry {
    let mut audit = ctx.audit(action, format!("account_request:{}", request.id), "ok");
    let mut fact = |name: &str, value: String| audit.facts.insert(name.to_owned(), value);
    fact("act", request.kind.to_string());
    fact("username", request.username.clone());
    fact("unit", request.unit.clone());
    audit
}

/// A request for an account that does not exist.
fn fresh(
    ctx: &Ctx,
    asked: &AskAccount,
    (scope, reference): (&Scope, &Reference),
    username: String,
) -> Result<AccountRequest, Fault> {
    let name = shared::input::line(asked.name.as_deref().unwrap_or_default());
    let unit = asked.unit.clone().unwrap_or_default();
    let mut check = Check::default();
    check_name(&mut check, &username);
    check_display(&mut check, &name);
    if !is_unit(reference, scope, &unit) {
        check.add("unit", Code::InputUnit);
    }
    if asked.posts.is_empty() {
        check.add("posts", Code::InputRequired);
    }
    wishes(&mut check, &asked.posts, ctx.now());
    check.finish()?;
    Ok(AccountRequest {
        username,
        name,
        unit,
        ..blank(ctx, asked)?
    })
}

/// Whether a unit exists, is open and lies within a scope.
fn is_unit(reference: &Reference, scope: &Scope, code: &str) -> bool {
    reference.units.get(code).is_some_and(|unit| {
        unit.active
            && (scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path))
    })
}

fn wishes(check: &mut Check, posts: &[GivePost], now: Instant) {
    let is_past = |wish: &GivePost| wish.until.is_some_and(|until| until <= now);
    if posts.iter().any(is_past) {
        check.add_with("posts", Code::InputPeriod, &[("why", &"order")]);
    }
}

/// A request about an account that is there.
async fn about(
    ctx: &Ctx,
    asked: &AskAccount,
    (scope, reference): (&Scope, &Reference),
    user: User,
) -> Result<AccountRequest, Fault> {
    if !covers(scope, &user, reference) {
        return Err(Fault::missing());
    }
    if ctx.actor.user() == Some(user.id) {
        return Err(Fault::new(Code::AccountSelf));
    }
    let fits = match asked.kind {
        AccountAct::Freeze => user.state == AccountState::Open,
        AccountAct::Resume => user.state == AccountState::Frozen,
        _ => user.state != AccountState::Closed,
    };
    if !fits {
        return Err(Fault::new(Code::AccountNotNow).fact("account_state", user.state));
    }
    let unit = asked.unit.clone().filter(|unit| !unit.is_empty());
    let unit = unit.unwrap_or_else(|| user.unit.clone());
    let mut check = Check::default();
    if unit != user.unit && !is_unit(reference, scope, &unit) {
        check.add("unit", Code::InputUnit);
    }
    wishes(&mut check, &asked.posts, ctx.now());
    check.finish()?;
    let heir = heir(ctx, asked, &user).await?;
    Ok(AccountRequest {
        user_id: Some(user.id),
        username: user.username,
        name: user.name,
        unit,
        heir: heir.as_ref().map(|heir| heir.id),
        heir_name: heir.map(|heir| heir.name),
        ..blank(ctx, asked)?
    })
}

/// Who takes over, where somebody is named.
async fn heir(ctx: &Ctx, asked: &AskAccount, of: &User) -> Result<Option<User>, Fault> {
    let Some(name) = asked.heir.as_deref().filter(|name| !name.trim().is_empty()) else {
        return Ok(None);
    };
    let found = store::users::find_by_name(&ctx.services.store().reader(), &normal_name(name))
        .await
        .settle(&ctx.services)?;
    found
        .filter(|heir| heir.active && heir.id != of.id)
        .map(Some)
        .ok_or_else(|| Fault::field("heir", Code::InputPerson))
}

pub(super) fn blank(ctx: &Ctx, asked: &AskAccount) -> Result<AccountRequest, Fault> {
    Ok(AccountRequest {
        posts: posts_text(if asked.kind.has_posts() {
            &asked.posts
        } else {
            &[]
        }),
        reason: reason("reason", &asked.reason, true)?,
        ..begun(ctx, asked.kind)
    })
}

/// A request of the caller's that is being made, about nobody and without words.
pub(in crate::users) fn begun(ctx: &Ctx, kind: AccountAct) -> AccountRequest {
    let now = ctx.now();
    AccountRequest {
        id: AccountRequestId(ctx.services.ids().new_id(now)),
        kind,
        state: kind.begins(),
        version: 1,
        user_id: None,
        username: String::new(),
        name: String::new(),
        unit: String::new(),
        posts: posts_text(&[]),
        reason: String::new(),
        heir: None,
        heir_name: None,
        batch: None,
        made_at: now,
        made_by: ctx.actor.user(),
        made_by_name: name_of(ctx),
        expires_at: Instant(now.0 + REQUEST_DAYS * DAY),
        approved_at: None,
        approved_by: None,
        approved_by_name: None,
        granted_at: None,
        granted_by: None,
        granted_by_name: None,
        ended_at: None,
        ended_by: None,
        ended_by_name: None,
        answer: None,
    }
}

/// Takes back what the caller asked for and nobody has carried out yet.
///
/// # Errors
/// `not_found` for what others asked for; `version.stale`, `account.request_not_now`.
pub async fn withdraw(
    ctx: &Ctx,
    id: AccountRequestId,
    version: i32,
) -> Result<AccountRequestView, Fault> {
    ctx.ask(needs::ACCOUNT_REQUESTS)?;
    let services = &ctx.services;
    let ctx_in = ctx.clone();
    let done = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let ctx = ctx_in.clone();
            Box::pin(async move {
                let found = store::life::get(tx, id).await?;
                let own = found.filter(|it| {
                    ctx.actor.is_system() || it.made_by.is_some() && it.made_by == ctx.actor.user()
                });
                let mut request = own.ok_or_else(Fault::missing)?;
                ended(
                    &ctx,
                    tx,
                    (&mut request, version),
                    AccountRequestState::Withdrawn,
                )
                .await?;
                Ok(request)
            })
        })
        .await
        .settle(services)?;
    let reference = services.reference().await?;
    view::shown(ctx, &reference, done).settle(services)
}

/// Ends a request without carrying it out.
pub(super) async fn ended(
    ctx: &Ctx,
    tx: &store::Tx,
    (request, version): (&mut AccountRequest, i32),
    state: AccountRequestState,
) -> Result<(), Failure> {
    if request.version != version {
        return Err(crate::fault::version_stale(request.version, version).into());
    }
    if !request.state.is_open() {
        return Err(Fault::new(Code::AccountRequestNotNow)
            .fact("request_state", request.state)
            .into());
    }
    request.state = state;
    request.ended_at = Some(ctx.now());
    request.ended_by = ctx.actor.user();
    request.ended_by_name = Some(name_of(ctx));
    let kind = match state {
        AccountRequestState::Refused => AccountEvent::Refused,
        AccountRequestState::Withdrawn => AccountEvent::Withdrawn,
        _ => AccountEvent::Lapsed,
    };
    store::life::save_request(tx, request, version).await?;
    request.version = version + 1;
    if let Some(user) = request.user_id {
        let told = AccountLine {
            request: Some(request.id),
            reason: request.answer.clone(),
            facts: [("act".to_owned(), request.kind.to_string())].into(),
            ..line(ctx, user, kind)
        };
        store::life::add(tx, &told).await?;
    }
    let action = format!("account.{kind}");
    let audit = audited(ctx, &action, request);
    Ok(store::audit::append(tx, &audit).await?)
}
