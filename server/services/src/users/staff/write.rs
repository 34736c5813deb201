//! New people: accounts, their posts or the requests for them, and their links, all in one transaction.
//! Not here: what a file says (`read`).
//! Until somebody uses the link, the account has a password that nobody knows.

use shared::access::needs;
use shared::account::life::{AccountAct, AccountEvent, AccountState};
use shared::account::staff::{NewPerson, StaffReport};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{AccountRequestId, BatchId, UserId};
use store::life::{AccountLine, AccountRequest};
use store::record::AuditEntry;
use store::resets::ResetLink;
use store::users::User;

use super::read::Person;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users::life::{self, REQUEST_DAYS};
use crate::users::{hash, reset, taken};

const DAY: i64 = 24 * 3_600_000;
/// How long a link of a new person can be used: paper takes its time.
const LINK_DAYS: i64 = 7;

/// Everything that is written for one person.
#[derive(Clone)]
struct New {
    user: User,
    link: ResetLink,
    line: AccountLine,
    audit: AuditEntry,
    posts: Vec<shared::account::life::Wish>,
}

/// Makes the accounts, and tells the links.
///
/// # Errors
/// `input.taken` when somebody else made one of them meanwhile.
pub(super) async fn write(
    ctx: &Ctx,
    people: Vec<Person>,
    report: &mut StaffReport,
) -> Result<(), Fault> {
    let services = &ctx.services;
    let now = ctx.now();
    let until = Instant(now.0 + LINK_DAYS * DAY);
    let mut secret = [0_u8; 32];
    services.ids().fill(&mut secret);
    let unknown = hash(ctx, &hex::encode(secret)).await?;
    let may_grant = ctx.actor.is_system() || needs::ROLES.is_met_by(&ctx.actor);
    let batch = BatchId(services.ids().new_id(now));
    let (mut all, mut requests) = (Vec::new(), Vec::new());
    for person in people {
        let id = UserId(services.ids().new_id(now));
        let (token, link) = reset::fresh_link(ctx, id, until);
        report.people.push(NewPerson {
            username: person.username.clone(),
            name: person.name.clone(),
            unit_name: person.unit.1.clone(),
            link: reset::address(ctx, &token),
        });
        let new = new(ctx, &person, (&unknown, link));
        if !may_grant && !person.posts.is_empty() {
            requests.push(request(ctx, &new, batch)?);
        }
        all.push(new);
    }
    report.requests = requests.len() as u64;
    report.links_until = (!all.is_empty()).then_some(until);
    let actor = ctx.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (all, requests, ctx) = (all.clone(), requests.clone(), actor.clone());
            Box::pin(async move { put(&ctx, tx, (all, requests), may_grant).await })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(())
}

async fn put(
    ctx: &Ctx,
    tx: &store::Tx,
    (all, requests): (Vec<New>, Vec<AccountRequest>),
    may_grant: bool,
) -> Result<(), Failure> {
    let users: Vec<User> = all.iter().map(|new| new.user.clone()).collect();
    store::users::insert_all(tx, &users).await.map_err(taken)?;
    let links: Vec<ResetLink> = all.iter().map(|new| new.link.clone()).collect();
    store::resets::put_all(tx, &links).await?;
    let lines: Vec<AccountLine> = all.iter().map(|new| new.line.clone()).collect();
    store::life::add_first(tx, &lines).await?;
    store::life::add_request(tx, &requests).await?;
    let audits: Vec<AuditEntry> = all.iter().map(|new| new.audit.clone()).collect();
    store::audit::append(tx, audits.as_slice()).await?;
    if may_grant {
        for new in &all {
            if !new.posts.is_empty() {
                life::posts::give(ctx, tx, &new.user, &new.posts, None).await?;
            }
        }
    }
    Ok(())
}

fn new(ctx: &Ctx, person: &Person, (password_hash, link): (&str, ResetLink)) -> New {
    let (now, id) = (ctx.now(), link.user);
    let mut audit = ctx.audit("user.manage", format!("user:{id}"), "ok");
    audit
        .facts
        .insert("username".to_owned(), person.username.clone());
    audit.facts.insert("unit".to_owned(), person.unit.0.clone());
    let facts = [("unit".to_owned(), person.unit.0.clone())].into();
    New {
        line: AccountLine {
            facts,
            seq: 1,
            ..life::line(ctx, id, AccountEvent::Made)
        },
        link,
        user: User {
            id,
            username: person.username.clone(),
            name: person.name.clone(),
            password_hash: password_hash.to_owned(),
            unit: person.unit.0.clone(),
            active: true,
            state: AccountState::Open,
            seen_at: None,
            version: 1,
            roles: Vec::new(),
            created_at: now,
            updated_at: now,
            password_given: true,
            password_at: Some(now),
        },
        audit,
        posts: person.posts.clone(),
    }
}

/// The request for the posts of somebody new.
fn request(ctx: &Ctx, new: &New, batch: BatchId) -> Result<AccountRequest, Fault> {
    let now = ctx.now();
    let user = &new.user;
    Ok(AccountRequest {
        id: AccountRequestId(ctx.services.ids().new_id(now)),
        kind: AccountAct::Grant,
        state: AccountAct::Grant.begins(),
        version: 1,
        user_id: Some(user.id),
        username: user.username.clone(),
        name: user.name.clone(),
        unit: user.unit.clone(),
        posts: life::posts_text(&new.posts),
        reason: String::new(),
        heir: None,
        heir_name: None,
        batch: Some(batch),
        made_at: now,
        made_by: ctx.actor.user(),
        made_by_name: life::name_of(ctx),
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
    })
}
