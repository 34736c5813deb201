//! Teams (班组) of units: made, renamed and ended, people taken in and let go, by whoever gives rights: it widens what holders of a team's scope see.
//! Not here: what the scope reaches (`shared::access`), posts (`posts`).
//! Nobody changes the teams to which he belongs himself.

use std::collections::BTreeMap;

use shared::access::{Need, Permission, Scope, needs};
use shared::account::teams::{JoinTeam, MakeTeam, MemberView, TeamPage, TeamRow, TeamSheet};
use shared::calendar::Instant;
use shared::fault::{Check, Code, Fault};
use shared::ids::{TeamId, UserId};
use shared::ticket::view::Named;
use store::record::{AuditEntry, Team, TeamMember};
use store::users::User;

use super::look::units_of;
use super::posts::not_oneself;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::reference::Reference;
use crate::sessions::normal_name;
use crate::watch::watched;

/// Teams of one page.
const PAGE: u64 = 50;
/// Units to choose from at most.
const UNITS: usize = 300;
/// Longest name of a team, in characters.
const MAX_NAME: usize = 40;
/// People of a team at most: a team's scope names each of them.
const MOST: usize = 200;

/// A page of the teams in the caller's reach, by unit.
///
/// # Errors
/// `access.denied`, `input.cursor`.
pub async fn page(ctx: &Ctx, cursor: Option<&str>) -> Result<TeamPage, Fault> {
    let scope = asked(ctx, needs::ROLE_LIST).await?;
    let reference = ctx.services.reference().await?;
    let units = units_of(&scope, &reference);
    let sought = store::teams::Sought {
        units: units.clone(),
        after: cursor
            .filter(|it| !it.is_empty())
            .map(position)
            .transpose()?,
        limit: PAGE + 1,
    };
    let db = ctx.services.store().reader();
    let mut teams = store::teams::page(&db, sought)
        .await
        .settle(&ctx.services)?;
    let next_cursor =
        paging::cut(&mut teams, PAGE as usize).map(|team| format!("{} {}", team.unit, team.id));
    let ids: Vec<TeamId> = teams.iter().map(|team| team.id).collect();
    let members = store::teams::members(&db, &ids)
        .await
        .settle(&ctx.services)?;
    let people = people(ctx, &members).await?;
    let row = |team: &Team| row(ctx, &reference, team, (&members, &people));
    Ok(TeamPage {
        items: teams.iter().map(row).collect(),
        next_cursor,
        units: choices(&reference, units.as_deref()),
    })
}

/// One team with its people.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn one(ctx: &Ctx, id: TeamId) -> Result<TeamSheet, Fault> {
    let scope = asked(ctx, needs::ROLE_LIST).await?;
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let team = store::teams::find(&db, id).await.settle(&ctx.services)?;
    let team = reached(&reference, &scope, team)?;
    let members = store::teams::members(&db, &[id])
        .await
        .settle(&ctx.services)?;
    let people = people(ctx, &members).await?;
    let mut views: Vec<MemberView> = members
        .iter()
        .filter_map(|member| view(ctx, member, people.get(&member.user_id)?))
        .collect();
    views.sort_by_key(|view| (!view.now, !view.leads, view.no));
    Ok(TeamSheet {
        row: row(ctx, &reference, &team, (&members, &people)),
        members: views,
    })
}

/// Makes a team in a unit.
///
/// # Errors
/// `access.denied`, `session.proof_needed`; faults at `unit` and `name`.
pub async fn make(ctx: &Ctx, command: MakeTeam) -> Result<TeamId, Fault> {
    let scope = asked(ctx, needs::ROLES).await?;
    let reference = ctx.services.reference().await?;
    let unit = command.unit.trim().to_owned();
    let name = shared::input::line(&command.name);
    let mut check = Check::default();
    named(&mut check, &name);
    let there = reference.units.get(&unit).filter(|unit| unit.active);
    if !there.is_some_and(|_| reaches(&reference, &scope, &unit)) {
        check.add("unit", Code::InputUnit);
    }
    check.finish()?;
    let team = Team {
        id: TeamId(ctx.services.new_id()),
        unit,
        name,
        ended_at: None,
        version: 1,
        changed_at: ctx.now(),
        changed_by_name: ctx.actor.signature(),
    };
    let id = team.id;
    let mut entry = entry(ctx, "team.make", id);
    entry.facts.insert("unit".to_owned(), team.unit.clone());
    entry.facts.insert("name".to_owned(), team.name.clone());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (team, entry) = (team.clone(), entry.clone());
            Box::pin(async move {
                store::teams::insert(tx, &team).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(id)
}

/// Renames a team.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `not_found`, `role.self` for the own team, `version.stale`; faults at `name`.
pub async fn rename(ctx: &Ctx, id: TeamId, name: &str, version: i32) -> Result<(), Fault> {
    let name = shared::input::line(name);
    let mut check = Check::default();
    named(&mut check, &name);
    let scope = asked(ctx, needs::ROLES).await?;
    check.finish()?;
    change(ctx, (id, version), scope, move |team| Team {
        name: name.clone(),
        ..team
    })
    .await
}

/// Ends a team: nobody belongs to it from now on.
///
/// # Errors
/// As of `rename`.
pub async fn end(ctx: &Ctx, id: TeamId, version: i32) -> Result<(), Fault> {
    let scope = asked(ctx, needs::ROLES).await?;
    let now = ctx.now();
    change(ctx, (id, version), scope, move |team| Team {
        ended_at: Some(now),
        ..team
    })
    .await
}

async fn change(
    ctx: &Ctx,
    (id, version): (TeamId, i32),
    scope: Scope,
    next: impl Fn(Team) -> Team + Send + Sync + 'static,
) -> Result<(), Fault> {
    let reference = ctx.services.reference().await?;
    let job = std::sync::Arc::new((ctx.clone(), scope, reference, next));
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let job = job.clone();
            Box::pin(async move {
                let (ctx, scope, reference, next) = &*job;
                let old = open(ctx, tx, reference, (scope, id)).await?;
                if old.version != version {
                    return Err(Fault::new(Code::VersionStale)
                        .fact("current", old.version)
                        .fact("expected", version)
                        .into());
                }
                let team = Team {
                    version: version + 1,
                    changed_at: ctx.now(),
                    changed_by_name: ctx.actor.signature(),
                    ..next(old.clone())
                };
                store::teams::save(tx, &team).await?;
                let action = match team.ended_at {
                    Some(_) => "team.end",
                    None => "team.rename",
                };
                let mut entry = entry(ctx, action, id);
                entry.facts.insert("before".to_owned(), old.name);
                entry.facts.insert("after".to_owned(), team.name);
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

/// Takes somebody into a team; the number among its people.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `not_found`, `role.self`; `input.person` at `username` for who is unknown, closed or of another
/// unit, `team.there` for who is in it already; `post.span` at `until`; `team.full`.
pub async fn join(ctx: &Ctx, id: TeamId, command: JoinTeam) -> Result<i32, Fault> {
    let scope = asked(ctx, needs::ROLES).await?;
    let reference = ctx.services.reference().await?;
    let job = std::sync::Arc::new((ctx.clone(), scope, reference, command));
    let no = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let job = job.clone();
            Box::pin(async move {
                let (ctx, scope, reference, command) = &*job;
                let team = open(ctx, tx, reference, (scope, id)).await?;
                join_in(ctx, tx, reference, (&team, command)).await
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(no)
}

async fn join_in(
    ctx: &Ctx,
    tx: &store::Tx,
    reference: &Reference,
    (team, command): (&Team, &JoinTeam),
) -> Result<i32, Failure> {
    let now = ctx.now();
    let from = command.from.unwrap_or(now).max(now);
    let person = store::users::find_by_name(tx, &normal_name(&command.username)).await?;
    let person = person.filter(|person| person.active && is_of(reference, person, &team.unit));
    let there = store::teams::members(tx, &[team.id]).await?;
    let lasts = |member: &&TeamMember| member.valid_until.is_none_or(|until| until > now);
    let mut check = Check::default();
    match &person {
        None => check.add("username", Code::InputPerson),
        Some(person) => {
            let mut lasting = there.iter().filter(lasts);
            if lasting.any(|member| member.user_id == person.id) {
                check.add("username", Code::TeamThere);
            }
        }
    }
    if command.until.is_some_and(|until| until <= from) {
        check.add("until", Code::PostSpan);
    }
    check.finish()?;
    if there.iter().filter(lasts).count() >= MOST {
        return Err(Fault::new(Code::TeamFull).fact("max", MOST).into());
    }
    let person = person.ok_or_else(Fault::missing)?;
    not_oneself(&ctx.actor, person.id)?;
    let member = TeamMember {
        team: team.id,
        no: there.last().map_or(1, |last| last.no + 1),
        user_id: person.id,
        leads: i32::from(command.leads),
        valid_from: from,
        valid_until: command.until,
        given_at: now,
        given_by_name: ctx.actor.signature(),
    };
    store::teams::join(tx, &member).await?;
    let mut entry = entry(ctx, "team.join", team.id);
    let facts = [
        ("user", person.username),
        ("leads", command.leads.to_string()),
        ("from", from.rfc3339()),
        (
            "until",
            command.until.map(Instant::rfc3339).unwrap_or_default(),
        ),
    ];
    let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
    entry
        .facts
        .extend(facts.map(|(name, fact)| (name.to_owned(), fact)));
    store::audit::append(tx, &entry).await?;
    Ok(member.no)
}

/// Lets somebody go from a team, as of now.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `not_found`, `role.self`, `team.ended`.
pub async fn leave(ctx: &Ctx, id: TeamId, no: i32) -> Result<(), Fault> {
    let scope = asked(ctx, needs::ROLES).await?;
    let reference = ctx.services.reference().await?;
    let job = std::sync::Arc::new((ctx.clone(), scope, reference));
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let job = job.clone();
            Box::pin(async move {
                let (ctx, scope, reference) = &*job;
                open(ctx, tx, reference, (scope, id)).await?;
                let members = store::teams::members(tx, &[id]).await?;
                let member = members.iter().find(|member| member.no == no);
                let member = member.ok_or_else(Fault::missing)?;
                not_oneself(&ctx.actor, member.user_id)?;
                if !store::teams::leave(tx, (id, no), ctx.now()).await? {
                    return Err(Fault::new(Code::TeamEnded).into());
                }
                let mut entry = entry(ctx, "team.leave", id);
                let user = member.user_id.to_string();
                entry.facts.insert("user".to_owned(), user);
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

/// Asks for a right, and notes in the audit who asked without it.
async fn asked(ctx: &Ctx, need: Need) -> Result<Scope, Fault> {
    let reach = async {
        ctx.ask(need)?;
        ctx.reach(need)
    };
    watched(ctx, Permission::RoleGrant.code(), "teams", reach).await
}

/// The team that is changed, its row held: it is in reach, has not ended, and the caller is not in it.
async fn open(
    ctx: &Ctx,
    tx: &store::Tx,
    reference: &Reference,
    (scope, id): (&Scope, TeamId),
) -> Result<Team, Failure> {
    let team = reached(reference, scope, store::teams::find(tx, id).await?)?;
    if team.ended_at.is_some() {
        return Err(Fault::new(Code::TeamEnded).into());
    }
    let now = ctx.now();
    for member in store::teams::members(tx, &[id]).await? {
        if member.valid_until.is_none_or(|until| until > now) {
            not_oneself(&ctx.actor, member.user_id)?;
        }
    }
    Ok(team)
}

fn reached(reference: &Reference, scope: &Scope, team: Option<Team>) -> Result<Team, Fault> {
    team.filter(|team| reaches(reference, scope, &team.unit))
        .ok_or_else(Fault::missing)
}

fn reaches(reference: &Reference, scope: &Scope, unit: &str) -> bool {
    *scope == Scope::All
        || reference.units.get(unit).is_some_and(|unit| {
            scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path)
        })
}

/// Whether somebody works in a unit or below it, or has a post there.
fn is_of(reference: &Reference, person: &User, unit: &str) -> bool {
    let path = reference.units.get(unit).map(|unit| unit.path.as_str());
    let own = reference.units.get(&person.unit);
    let below = own
        .zip(path)
        .is_some_and(|(own, path)| own.path.starts_with(path));
    below || person.posts.iter().any(|post| post.row.unit == unit)
}

fn named(check: &mut Check, name: &str) {
    if name.is_empty() {
        check.add("name", Code::InputRequired);
    } else if name.chars().count() > MAX_NAME {
        check.add_with("name", Code::InputTooLong, &[("max", &MAX_NAME)]);
    }
}

fn position(cursor: &str) -> Result<(String, TeamId), Fault> {
    let read = || {
        let (unit, id) = cursor.rsplit_once(' ')?;
        Some((unit.to_owned(), id.parse().ok()?))
    };
    read().ok_or_else(paging::wrong)
}

fn entry(ctx: &Ctx, action: &str, id: TeamId) -> AuditEntry {
    ctx.audit(action, format!("team:{id}"), "ok")
}

/// The people of some teams, by their ids.
async fn people(ctx: &Ctx, members: &[TeamMember]) -> Result<BTreeMap<UserId, User>, Fault> {
    let ids = members.iter().map(|member| member.user_id).collect();
    let users = store::users::of_ids(&ctx.services.store().reader(), ids)
        .await
        .settle(&ctx.services)?;
    Ok(users.into_iter().map(|user| (user.id, user)).collect())
}

fn row(
    ctx: &Ctx,
    reference: &Reference,
    team: &Team,
    (members, people): (&[TeamMember], &BTreeMap<UserId, User>),
) -> TeamRow {
    let now = ctx.now();
    let own = members.iter().filter(|it| it.team == team.id);
    let present: Vec<&TeamMember> = own.filter(|it| is_in(it, now)).collect();
    let leads = present.iter().filter(|it| it.leads == 1);
    TeamRow {
        id: team.id,
        unit: team.unit.clone(),
        unit_name: reference.unit(&team.unit).name,
        name: team.name.clone(),
        leads: leads
            .filter_map(|it| Some(people.get(&it.user_id)?.name.clone()))
            .collect(),
        members: i64::try_from(present.len()).unwrap_or(i64::MAX),
        version: team.version,
    }
}

fn is_in(member: &TeamMember, now: Instant) -> bool {
    member.valid_from <= now && member.valid_until.is_none_or(|until| now < until)
}

fn view(ctx: &Ctx, member: &TeamMember, person: &User) -> Option<MemberView> {
    let now = ctx.now();
    let lasts = member.valid_until.is_none_or(|until| now < until);
    Some(MemberView {
        no: member.no,
        username: person.username.clone(),
        name: person.name.clone(),
        leads: member.leads == 1,
        from: member.valid_from,
        until: member.valid_until,
        now: is_in(member, now),
        may_end: lasts && ctx.actor.user() != Some(member.user_id),
    })
}

/// Units in which a team can be made, by their place in the tree.
fn choices(reference: &Reference, units: Option<&[String]>) -> Vec<Named> {
    let in_reach = |code: &String| units.is_none_or(|units| units.contains(code));
    let all = reference.units.values();
    let mut all: Vec<_> = all
        .filter(|unit| unit.active && in_reach(&unit.code))
        .collect();
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all.truncate(UNITS);
    let named = all.into_iter().map(|unit| Named {
        code: unit.code.clone(),
        name: unit.name.clone(),
    });
    named.collect()
}
