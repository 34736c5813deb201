//! Giving posts and taking them back: by the security administrator, never to oneself, never farther than one's own rights reach. Running the
//! system, giving rights, reading the audit and business exclude each other; the last administrator of a kind stays.
//! Not here: what a role gives (`roles`), whether a post holds now (`shared::access::states`), showing posts (`rights`).

use shared::access::{
    Actor, Condition, Grants, Permission, Power, Role, RoleCode, RoleSpec, Scope, ScopeKind,
    may_join, needs,
};
use shared::account::posts::GivePost;
use shared::calendar::Instant;
use shared::fault::{Check, Code, Fault, FieldFault};
use shared::ids::{AccountRequestId, UserId};
use shared::organisation::Unit;
use store::posts::HeldPost;
use store::record::PostRow;
use store::roles::Mark;
use store::users::User;

use super::last::spared;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::sessions::normal_name;
use crate::watch::watched;

/// Longest reason and name of a certificate, in characters.
const MOST: usize = 200;

/// What came of giving a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It is given: its number.
    Now(i32),
    /// Another security administrator has to grant it.
    Asked(AccountRequestId),
}

/// Gives a post to somebody in the caller's reach, or asks another security administrator to.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `role.self`, `not_found`, `account.request_open`, and at fields `role.unknown`, `role.stopped`,
/// `role.excluded`, `role.scope`, `post.there`, `post.span`, `input.unit`, `input.required`.
pub async fn give(ctx: &Ctx, username: &str, post: GivePost) -> Result<Given, Fault> {
    let user = reached(ctx, username).await?;
    if is_alone(ctx).await? {
        give_now(ctx, user, post).await.map(Given::Now)
    } else {
        super::life::ask_post(ctx, user, post)
            .await
            .map(Given::Asked)
    }
}

/// Whether one person gives posts: at the word of whoever keeps the machine, and while an office is set up, before it has its first ticket.
async fn is_alone(ctx: &Ctx) -> Result<bool, Fault> {
    if ctx.actor.is_system() {
        return Ok(true);
    }
    let any = store::tickets::is_any(&ctx.services.store().reader()).await;
    Ok(!any.settle(&ctx.services)?)
}

async fn give_now(ctx: &Ctx, user: UserId, post: GivePost) -> Result<i32, Fault> {
    let reference = ctx.services.reference().await?;
    let (ctx_of, asked) = (ctx.clone(), post);
    let no = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, reference) = (ctx_of.clone(), reference.clone());
            let asked = asked.clone();
            Box::pin(async move { give_in(&ctx, tx, &reference, (user, &asked)).await })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(no)
}

/// Takes a post back.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `role.self`, `role.last`, `not_found`, `post.ended`, at a field `input.too_long`.
pub async fn end(ctx: &Ctx, username: &str, no: i32, why: Option<&str>) -> Result<(), Fault> {
    let user = reached(ctx, username).await?;
    let why = why.map(|words| super::life::reason("why", words, false));
    let why = why.transpose()?.filter(|why| !why.is_empty());
    let ctx_of = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, why) = (ctx_of.clone(), why.clone());
            Box::pin(async move { end_in(&ctx, tx, (user, no), why.as_deref()).await })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

/// Gives a shipped role at the own unit, without end; nothing happens where the person has it there already. Only for whoever gives alone.
///
/// # Errors
/// As of `give`; `post.second` once the office is at work.
pub async fn grant_role(ctx: &Ctx, username: &str, role: Role) -> Result<(), Fault> {
    let user = reached(ctx, username).await?;
    if !is_alone(ctx).await? {
        return Err(Fault::new(Code::PostSecond));
    }
    match give_now(ctx, user, GivePost::plain(role)).await {
        Err(fault) if fault.fields.iter().any(|one| one.code == Code::PostThere) => Ok(()),
        other => other.map(drop),
    }
}

/// Takes back every post of a role.
///
/// # Errors
/// As of `end`.
pub async fn revoke_role(ctx: &Ctx, username: &str, role: Role) -> Result<(), Fault> {
    let user = reached(ctx, username).await?;
    let code = RoleCode::from(role);
    let posts = store::posts::of_user(&ctx.services.store().reader(), user)
        .await
        .settle(&ctx.services)?;
    let open = |post: &&HeldPost| post.row.role == code && post.row.ended_at.is_none();
    for post in posts.iter().filter(open) {
        end(ctx, username, post.row.no, None).await?;
    }
    Ok(())
}

/// The account, when the caller may give posts to whoever has it.
pub(super) async fn reached(ctx: &Ctx, username: &str) -> Result<UserId, Fault> {
    let found = async {
        ctx.ask(needs::ROLES)?;
        let scope = ctx.reach(needs::ROLES)?;
        let db = ctx.services.store().reader();
        let user = store::users::find_by_name(&db, &normal_name(username))
            .await
            .settle(&ctx.services)?
            .ok_or_else(Fault::missing)?;
        let reference = ctx.services.reference().await?;
        if !super::covers(&scope, &user, &reference) {
            return Err(Fault::missing());
        }
        not_oneself(&ctx.actor, user.id).map(|()| user.id)
    };
    watched(ctx, Permission::RoleGrant.code(), "users", found).await
}

/// Nobody changes the own rights.
pub(crate) fn not_oneself(actor: &Actor, user: UserId) -> Result<(), Fault> {
    if actor.user() == Some(user) {
        Err(Fault::new(Code::RoleSelf))
    } else {
        Ok(())
    }
}

/// Whoever acts, as rows remember it.
pub(crate) fn mark(ctx: &Ctx) -> Mark {
    Mark {
        by: ctx.actor.user(),
        name: ctx.actor.signature(),
        at: ctx.now(),
    }
}

/// Whether a post can be given as it is asked for.
///
/// # Errors
/// Those of `give` but for the right.
pub(in crate::users) async fn fits(
    ctx: &Ctx,
    tx: &store::Tx,
    reference: &Reference,
    (person, asked): (&User, &GivePost),
) -> Result<(), Failure> {
    let role = store::roles::find(tx, &asked.role).await?;
    let role = role.ok_or_else(|| Fault::field("role", Code::RoleUnknown))?;
    let row = checked(ctx, reference, (person, &role.spec), asked)?;
    Ok(apart(person, &row, &role.spec, ctx.now())?)
}

/// Gives a post inside a transaction of the caller, who has asked for the right or stands for somebody who has it; the number of it.
///
/// # Errors
/// Those of `give` but for the right.
pub(crate) async fn give_in(
    ctx: &Ctx,
    tx: &store::Tx,
    reference: &Reference,
    (user, asked): (UserId, &GivePost),
) -> Result<i32, Failure> {
    not_oneself(&ctx.actor, user)?;
    let now = ctx.now();
    // The row of the account is held from here on: of two posts given at once, the second sees the first.
    store::users::touch(tx, user, now).await?;
    let person = store::users::find(tx, user)
        .await?
        .ok_or_else(Fault::missing)?;
    let role = store::roles::find(tx, &asked.role)
        .await?
        .ok_or_else(|| Fault::field("role", Code::RoleUnknown))?
        .spec;
    let row = checked(ctx, reference, (&person, &role), asked)?;
    apart(&person, &row, &role, now)?;
    let no = store::posts::next_no(tx, user).await?;
    let row = PostRow { no, ..row };
    store::posts::insert(tx, &row).await?;
    let mut entry = ctx.audit("role.grant", format!("user:{user}"), "ok");
    entry.facts.extend(facts(&row));
    let before = said(&person.posts, None);
    entry.facts.insert("before".to_owned(), before.clone());
    let after = format!("{before} {}", said_of(&row)).trim().to_owned();
    entry.facts.insert("after".to_owned(), after);
    store::audit::append(tx, &entry).await?;
    Ok(no)
}

/// Takes a post back inside a transaction of the caller, who has asked for the right.
///
/// # Errors
/// Those of `end` but for the right.
pub(crate) async fn end_in(
    ctx: &Ctx,
    tx: &store::Tx,
    (user, no): (UserId, i32),
    why: Option<&str>,
) -> Result<(), Failure> {
    not_oneself(&ctx.actor, user)?;
    let mark = mark(ctx);
    store::roles::hold_administrators(tx).await?;
    store::users::touch(tx, user, mark.at).await?;
    let person = store::users::find(tx, user)
        .await?
        .ok_or_else(Fault::missing)?;
    let all = store::posts::of_user(tx, user).await?;
    let post = all.into_iter().find(|post| post.row.no == no);
    let post = post.ok_or_else(Fault::missing)?;
    if post.row.ended_at.is_some() {
        return Err(Fault::new(Code::PostEnded).into());
    }
    spared(tx, (&person, &post), mark.at).await?;
    store::posts::end(tx, (user, no), &mark, why).await?;
    let mut entry = ctx.audit("role.revoke", format!("user:{user}"), "ok");
    entry.facts.extend(facts(&post.row));
    let before = said(&person.posts, None);
    entry.facts.insert("before".to_owned(), before);
    let after = said(&person.posts, Some(no));
    entry.facts.insert("after".to_owned(), after);
    if let Some(why) = why {
        entry.facts.insert("why".to_owned(), why.to_owned());
    }
    Ok(store::audit::append(tx, &entry).await?)
}

/// The row of a post, when all that was asked for fits.
fn checked(
    ctx: &Ctx,
    reference: &Reference,
    (person, role): (&User, &RoleSpec),
    asked: &GivePost,
) -> Result<PostRow, Fault> {
    let now = ctx.now();
    let code = asked.unit.as_deref().map(str::trim);
    let code = code.filter(|code| !code.is_empty()).unwrap_or(&person.unit);
    let from = asked.from.unwrap_or(now);
    let condition = asked.condition.unwrap_or(Condition::None);
    let with = condition == Condition::Certificate;
    let certificate = asked.certificate.as_deref().map(line);
    let certificate = certificate.filter(|name| with && !name.is_empty());
    let mut check = Check::default();
    if role.stopped {
        check.add("role", Code::RoleStopped);
    }
    let unit = reference.units.get(code).filter(|unit| unit.active);
    if unit.is_none() {
        check.add("unit", Code::InputUnit);
    }
    if asked.until.is_some_and(|until| until <= from.max(now)) {
        check.add("until", Code::PostSpan);
    }
    if with && certificate.is_none() {
        check.add("certificate", Code::InputRequired);
    }
    if with && asked.certificate_until.is_none_or(|until| until <= now) {
        check.add("certificate_until", Code::PostSpan);
    }
    check.finish()?;
    if let Some(unit) = unit {
        in_own_reach(&ctx.actor, unit, role.grants.within(asked.scope).widest())?;
    }
    let given = mark(ctx);
    Ok(PostRow {
        user_id: person.id,
        no: 0,
        role: role.code.clone(),
        unit: code.to_owned(),
        scope: asked.scope,
        valid_from: from,
        valid_until: asked.until,
        condition,
        certificate,
        certificate_until: asked.certificate_until.filter(|_| with),
        reason: asked
            .reason
            .as_deref()
            .map(line)
            .filter(|it| !it.is_empty()),
        given_at: given.at,
        given_by: given.by,
        given_by_name: given.name,
        ended_at: None,
        ended_by: None,
        ended_by_name: None,
        ended_why: None,
        frozen_at: None,
        frozen_until: None,
    })
}

/// Nobody gives posts elsewhere than in the own reach, nor wider ones.
fn in_own_reach(actor: &Actor, unit: &Unit, given: Option<ScopeKind>) -> Result<(), Fault> {
    // Whoever gives in the name of a decision has no reach of the own; the decision was made by somebody who has.
    let Some(scope) = needs::ROLES.scope(actor) else {
        return Ok(());
    };
    let there = scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path);
    if !there {
        return Err(Fault::field("unit", Code::InputUnit));
    }
    let most = widest(&scope);
    if given.is_some_and(|given| given > most) {
        return Err(Fault::fields(vec![FieldFault {
            field: "scope".to_owned(),
            code: Code::RoleScope,
            facts: [("most".to_owned(), most.as_str().to_owned())].into(),
        }]));
    }
    Ok(())
}

/// How wide a post may be that somebody with this scope gives.
fn widest(scope: &Scope) -> ScopeKind {
    let of = |part: &Scope| match part {
        Scope::All => ScopeKind::Province,
        Scope::Region(_) => ScopeKind::City,
        Scope::UnitTree(_) => ScopeKind::UnitTree,
        Scope::Unit(_) => ScopeKind::Unit,
        Scope::Team(_) => ScopeKind::Team,
        Scope::Own(_) | Scope::Any(_) => ScopeKind::Own,
    };
    let parts = scope.parts().iter().map(of);
    parts.max().unwrap_or(ScopeKind::Own)
}

/// Refuses a second post of one role at one unit in the same time, and one that excludes another of the person. One that follows another may be
/// given before that ends.
pub(super) fn apart(
    person: &User,
    row: &PostRow,
    role: &RoleSpec,
    now: Instant,
) -> Result<(), Fault> {
    let mut lasting = person.posts.iter().filter(|post| {
        let until = post.row.valid_until;
        until.is_none_or(|until| until > now)
    });
    let meets = |post: &PostRow| {
        let behind = |end: Option<Instant>, begin: Instant| end.is_some_and(|end| end <= begin);
        !behind(post.valid_until, row.valid_from) && !behind(row.valid_until, post.valid_from)
    };
    if lasting
        .clone()
        .any(|post| post.row.role == row.role && post.row.unit == row.unit && meets(&post.row))
    {
        return Err(Fault::field("role", Code::PostThere));
    }
    let mut all: Vec<Grants> = lasting.by_ref().map(HeldPost::grants).collect();
    all.push(role.grants.within(row.scope));
    may_join(all.iter()).map_err(|joined| excluded("role", joined, None))
}

/// What may not be joined, at the field that would join it.
pub(crate) fn excluded(field: &str, (one, other): (Power, Power), who: Option<&str>) -> Fault {
    let power = |power: Power| power.as_str().to_owned();
    let mut facts: std::collections::BTreeMap<String, String> = [
        ("one".to_owned(), power(one)),
        ("other".to_owned(), power(other)),
    ]
    .into();
    facts.extend(who.map(|who| ("who".to_owned(), who.to_owned())));
    Fault::fields(vec![FieldFault {
        field: field.to_owned(),
        code: Code::RoleExcluded,
        facts,
    }])
}

fn line(text: &str) -> String {
    shared::input::line(text).chars().take(MOST).collect()
}

/// A post as the audit tells it.
pub(super) fn facts(row: &PostRow) -> Vec<(String, String)> {
    let facts = [
        ("post", Some(row.no.to_string())),
        ("role", Some(row.role.to_string())),
        ("unit", Some(row.unit.clone())),
        ("scope", row.scope.map(|scope| scope.as_str().to_owned())),
        ("from", Some(row.valid_from.rfc3339())),
        ("until", row.valid_until.map(Instant::rfc3339)),
        (
            "condition",
            Some(row.condition.as_str().to_owned()).filter(|_| row.condition != Condition::None),
        ),
        ("reason", row.reason.clone()),
    ];
    let told = facts.into_iter();
    told.filter_map(|(name, fact)| Some((name.to_owned(), fact?)))
        .collect()
}

/// The posts of a person in one line, without one of them.
fn said(posts: &[HeldPost], without: Option<i32>) -> String {
    let rest = posts.iter().filter(|post| Some(post.row.no) != without);
    let words: Vec<String> = rest.map(|post| said_of(&post.row)).collect();
    words.join(" ")
}

fn said_of(row: &PostRow) -> String {
    format!("{}@{}", row.role, row.unit)
}

/// Whether one person may hold these roles together.
pub(crate) fn check_set(roles: &[Role]) -> Result<(), Fault> {
    let grants: Vec<Grants> = roles.iter().map(|role| Grants::of_shipped(*role)).collect();
    may_join(grants.iter()).map_err(|joined| excluded("roles", joined, None))
}

/// Whether the actor may give these roles to a new account: who may grant, and once, while there is no security administrator,
/// the system administrator who makes one.
pub(super) async fn may_give(actor: &Actor, tx: &store::Tx, roles: &[Role]) -> Result<(), Failure> {
    if roles.is_empty() || needs::ROLES.is_met_by(actor) {
        return Ok(());
    }
    let is_first = roles == [Role::SecurityAdmin]
        && !store::users::list(tx)
            .await?
            .iter()
            .any(|user| user.has_power(Power::Security));
    if is_first {
        Ok(())
    } else {
        Err(Fault::denied().into())
    }
}
