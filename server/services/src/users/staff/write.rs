//! New people: accounts, their posts or the requests for them, and their links, all in one transaction.
//! Not here: what a file says (`read`).
//! Until somebody uses the link, the account has a password that nobody knows.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::access::{RoleSpec, needs};
use shared::account::life::{AccountAct, AccountEvent};
use shared::account::posts::GivePost;
use shared::account::staff::{NewPerson, StaffReport};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{BatchId, UserId};
use store::life::{AccountLine, AccountRequest};
use store::posts::HeldPost;
use store::record::{AuditEntry, PostRow};
use store::resets::ResetLink;
use store::roles::Mark;
use store::users::User;

use super::read::Person;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users::life;
use crate::users::posts::mark;
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
    /// What waits for who may grant.
    wishes: Vec<GivePost>,
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
        let new = new(ctx, person, (&unknown, link), may_grant);
        if !new.wishes.is_empty() {
            requests.push(request(ctx, &new, batch));
        }
        all.push(new);
    }
    report.requests = requests.len() as u64;
    report.links_until = (!all.is_empty()).then_some(until);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (all, requests) = (all.clone(), requests.clone());
            Box::pin(async move { put(tx, (all, requests)).await })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(())
}

async fn put(
    tx: &store::Tx,
    (all, requests): (Vec<New>, Vec<AccountRequest>),
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
    Ok(())
}

fn new(
    ctx: &Ctx,
    person: Person,
    (password_hash, link): (&str, ResetLink),
    may_grant: bool,
) -> New {
    let (now, id) = (ctx.now(), link.user);
    let names = (person.username, person.name);
    let mut user = User::begun((id, now), names, person.unit.0, password_hash.to_owned());
    let mut audit = ctx.audit("user.manage", format!("user:{id}"), "ok");
    let mut fact = |name: &str, value: String| audit.facts.insert(name.to_owned(), value);
    fact("username", user.username.clone());
    fact("unit", user.unit.clone());
    let mut told: BTreeMap<String, String> = [("unit".to_owned(), user.unit.clone())].into();
    let mut wishes = Vec::new();
    if may_grant {
        let given = mark(ctx);
        let held = (1..).zip(person.posts);
        user.posts = held
            .map(|(no, (post, role))| held_post(&user, no, (&post, role), &given))
            .collect();
        let words = life::posts::words(&user.roles());
        fact("roles", words.clone());
        told.insert("roles".to_owned(), words);
    } else {
        wishes.extend(person.posts.into_iter().map(|(post, _)| post));
    }
    New {
        line: AccountLine {
            facts: told,
            seq: 1,
            ..life::line(ctx, id, AccountEvent::Made)
        },
        link,
        user,
        audit,
        wishes,
    }
}

fn held_post(
    user: &User,
    no: i32,
    (post, role): (&GivePost, Arc<RoleSpec>),
    given: &Mark,
) -> HeldPost {
    HeldPost {
        row: PostRow {
            valid_until: post.until,
            ..store::posts::begun((user.id, no), post.role.clone(), user.unit.clone(), given)
        },
        spec: Some(role),
    }
}

/// The request for the posts of somebody new.
fn request(ctx: &Ctx, new: &New, batch: BatchId) -> AccountRequest {
    let user = &new.user;
    AccountRequest {
        user_id: Some(user.id),
        username: user.username.clone(),
        name: user.name.clone(),
        unit: user.unit.clone(),
        posts: life::posts_text(&new.wishes),
        batch: Some(batch),
        ..life::begun(ctx, AccountAct::Grant)
    }
}
