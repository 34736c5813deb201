//! What an identity management does to users: asked for or made, changed, frozen, ended.
//! Not here: reading what was sent (`said`), the steps of an account's life (`users::life::provision`).

use serde_json::Value;
use shared::access::needs;
use shared::account::life::AccountState;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::register::Rule;
use store::Tx;
use store::scim::Provisioned;
use store::users::User;
use uuid::Uuid;

use super::{ACT, Answer, One, found, kept, one, program};
use crate::context::Ctx;
use crate::fault::{Failure, Settle, version_stale};
use crate::scim::said::Wish;
use crate::scim::shape;
use crate::sessions::normal_name;
use crate::users::life::provision::{self, Person};

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
