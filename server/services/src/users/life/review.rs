//! Reviews of posts: made by clock once a quarter for each unit, answered by who leads it or grants, and closed when their term is over. A post
//! that was not answered about is frozen then; its holder's other posts are not.
//! Not here: ending a post and giving it (`users::posts`), freezing one (`users::frozen`).
//! The setting `accounts.review_days` says how many working days there are for the answer; 0 makes none.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use shared::access::{Permission, Scope, needs};
use shared::account::life::AccountEvent;
use shared::account::review::{AnswerPost, ReviewAnswer, ReviewHead, ReviewSheet, ReviewedPost};
use shared::calendar::Instant;
use shared::fault::{Check, Code, Fault};
use shared::ids::ReviewId;
use shared::process::limit::Limit;
use shared::register::Rule;
use shared::ticket::LimitUnit;
use store::life::{AccountLine, Review, ReviewPost};
use store::posts::HeldPost;
use store::users::User;

use super::view::reaches;
use super::{line, name_of};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::reference::Reference;
use crate::users::end_post_in;
use crate::users::frozen;
use crate::users::look::units_of;
use crate::watch::watched;

/// Reviews that are shown.
const SHOWN: u64 = 200;
/// The job's name.
const JOB: &str = "accounts";
/// Why, in the history of the account.
const WHY: &str = "逾期未复核，自动冻结";
/// Why a post was taken back.
const TAKEN_BACK: &str = "季度复核收回";

/// The quarter of an instant, as `2026Q1`.
fn term(at: Instant) -> String {
    let day = at.date();
    format!("{}Q{}", day.year(), day.month0() / 3 + 1)
}

/// Makes the reviews of this quarter that are not there, and closes those whose term is over.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let rule = Rule::REVIEW_DAYS;
    let days = store::settings::get(&services.store().reader(), rule.key).await?;
    let days = i32::try_from(rule.number(days.as_deref())).unwrap_or(i32::MAX);
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let mut count = 0;
    if days > 0 {
        count += begin(services, days).await?;
    }
    count += close(services).await?;
    Ok(Done { count, more: false })
}

/// A review of each unit at which anybody has a post. An installation in its first quarter has nothing to review.
async fn begin(services: &Services, days: i32) -> Result<u64, Failure> {
    let now = services.now();
    let term = term(now);
    let db = services.store().reader();
    let known = store::life::of_term(&db, &term).await?;
    if !known.is_empty() {
        return Ok(0);
    }
    let all = store::users::list(&db).await?;
    let is_old = |at: Instant| self::term(at) != term;
    if !all.iter().any(|user| is_old(user.created_at)) {
        return Ok(0);
    }
    let reference = services.reference().await.map_err(Failure::Fault)?;
    let limit = Limit {
        value: days,
        unit: LimitUnit::WorkingDays,
    };
    let due_at = reference.calendar.due(now, limit).at;
    let mut count = 0;
    for (unit, mut posts) in by_unit(&all, now) {
        let review = Review {
            id: ReviewId(services.ids().new_id(now)),
            unit,
            term: term.clone(),
            made_at: now,
            due_at,
            closed_at: None,
        };
        for row in &mut posts {
            row.review_id = review.id;
        }
        let added = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (review, posts) = (review.clone(), posts.clone());
                Box::pin(async move { Ok(store::life::add_review(tx, &review, &posts).await?) })
            })
            .await?;
        count += u64::from(added);
    }
    Ok(count)
}

/// The posts that go on, of people whose account is open, by the unit at which they are.
fn by_unit(all: &[User], now: Instant) -> BTreeMap<String, Vec<ReviewPost>> {
    let mut units: BTreeMap<String, Vec<ReviewPost>> = BTreeMap::new();
    for user in all.iter().filter(|user| user.active) {
        for post in user.posts.iter().filter(|post| goes_on(post, now)) {
            let of_unit = units.entry(post.row.unit.clone()).or_default();
            of_unit.push(ReviewPost {
                review_id: ReviewId(uuid::Uuid::nil()),
                user_id: user.id,
                no: post.row.no,
                username: user.username.clone(),
                name: user.name.clone(),
                role: post.row.role.clone(),
                scope: post.row.scope,
                valid_until: post.row.valid_until,
                seen_at: user.seen_at,
                answer: None,
                ends_at: None,
                answered_at: None,
                answered_by: None,
                answered_by_name: None,
            });
        }
    }
    units
}

/// Whether a post that was not taken back has not run out either; a frozen one has.
fn goes_on(post: &HeldPost, now: Instant) -> bool {
    post.row.valid_until.is_none_or(|until| until > now)
}

/// Freezes the posts that nobody answered about.
async fn close(services: &Services) -> Result<u64, Failure> {
    let now = services.now();
    let over = store::life::overdue(&services.store().reader(), now, SHOWN).await?;
    let ctx = Ctx::job(services, JOB);
    let reference = services.reference().await.map_err(Failure::Fault)?;
    let count = over.len() as u64;
    for review in over {
        let posts = store::life::posts_of(&services.store().reader(), review.id).await?;
        for row in posts.into_iter().filter(|row| row.answer.is_none()) {
            let (ctx, reference) = (ctx.clone(), reference.clone());
            services
                .store()
                .write::<_, Failure, _>(move |tx| {
                    let (ctx, reference, row) = (ctx.clone(), reference.clone(), row.clone());
                    Box::pin(async move { lapse(&ctx, tx, &reference, row).await })
                })
                .await?;
        }
        let id = review.id;
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::life::close(tx, id, now).await?) })
            })
            .await?;
    }
    if count > 0 {
        services.rights().forget_all();
    }
    Ok(count)
}

async fn lapse(
    ctx: &Ctx,
    tx: &store::Tx,
    reference: &Reference,
    row: ReviewPost,
) -> Result<(), Failure> {
    let user = store::users::find(tx, row.user_id).await?;
    let there = |user: &User| {
        let mut posts = user.posts.iter().filter(|post| goes_on(post, ctx.now()));
        user.active && posts.any(|post| post.row.no == row.no)
    };
    if user.is_some_and(|user| there(&user)) {
        match frozen::freeze_in(ctx, tx, reference, (row.user_id, row.no, WHY)).await {
            // Somebody must be left who can resume the others.
            Err(Failure::Fault(fault)) if fault.code == Code::RoleLast => return Ok(()),
            other => other?,
        }
    }
    let answered = ReviewPost {
        answer: Some(ReviewAnswer::Frozen),
        answered_at: Some(ctx.now()),
        answered_by: None,
        answered_by_name: Some(name_of(ctx)),
        ..row
    };
    store::life::answer_post(tx, &answered).await?;
    Ok(())
}

/// How far the caller may answer.
fn scope(ctx: &Ctx) -> Option<Scope> {
    let rights = [Permission::AccountApprove, Permission::RoleGrant];
    let scopes = rights
        .into_iter()
        .filter_map(|right| ctx.actor.scope(right));
    scopes.max()
}

/// How far the caller may look.
fn seen(ctx: &Ctx) -> Option<Scope> {
    let audit = ctx.actor.scope(Permission::AuditRead);
    scope(ctx).into_iter().chain(audit).max()
}

/// The newest reviews in the caller's reach.
///
/// # Errors
/// `access.denied`.
pub async fn reviews(ctx: &Ctx) -> Result<Vec<ReviewHead>, Fault> {
    ctx.ask(needs::REVIEWS)?;
    let services = &ctx.services;
    let scope = seen(ctx).ok_or_else(Fault::denied)?;
    let reference = services.reference().await?;
    let db = services.store().reader();
    let units = units_of(&scope, &reference);
    let found = store::life::newest(&db, units, SHOWN)
        .await
        .settle(services)?;
    let mut heads = Vec::new();
    for review in found {
        let posts = store::life::posts_of(&db, review.id)
            .await
            .settle(services)?;
        heads.push(head(&reference, &review, &posts));
    }
    Ok(heads)
}

fn head(reference: &Reference, review: &Review, posts: &[ReviewPost]) -> ReviewHead {
    let open = posts.iter().filter(|row| row.answer.is_none()).count();
    ReviewHead {
        id: review.id,
        term: review.term.clone(),
        unit_name: reference.unit(&review.unit).name,
        due_at: review.due_at,
        closed_at: review.closed_at,
        posts: i64::try_from(posts.len()).unwrap_or(i64::MAX),
        open: i64::try_from(open).unwrap_or(i64::MAX),
    }
}

/// A review with its posts.
///
/// # Errors
/// `access.denied`; `not_found` out of reach.
pub async fn review(ctx: &Ctx, id: ReviewId) -> Result<ReviewSheet, Fault> {
    ctx.ask(needs::REVIEWS)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let db = services.store().reader();
    let found = store::life::get_review(&db, id).await.settle(services)?;
    let found = found
        .filter(|it| seen(ctx).is_some_and(|scope| reaches(&scope, &reference, &it.unit)))
        .ok_or_else(Fault::missing)?;
    let posts = store::life::posts_of(&db, id).await.settle(services)?;
    let may = found.closed_at.is_none()
        && (ctx.actor.is_system()
            || scope(ctx).is_some_and(|scope| reaches(&scope, &reference, &found.unit)));
    let view = |row: &ReviewPost| ReviewedPost {
        username: row.username.clone(),
        name: row.name.clone(),
        no: row.no,
        role: row.role.clone(),
        scope: row.scope,
        until: row.valid_until,
        seen_at: row.seen_at,
        answer: row.answer,
        ends_at: row.ends_at,
        by: row.answered_by_name.clone(),
        may_answer: may && row.answer.is_none() && ctx.actor.user() != Some(row.user_id),
    };
    Ok(ReviewSheet {
        head: head(&reference, &found, &posts),
        posts: posts.iter().map(view).collect(),
    })
}

/// Answers about posts of a review: which are kept, which end on a day, and which are taken back.
///
/// # Errors
/// As `review`; `account.self` for oneself, `account.request_not_now` for what is answered already, `role.last`; at the day `input.required` and
/// `post.span`.
pub async fn answer_review(
    ctx: &Ctx,
    id: ReviewId,
    answers: Vec<AnswerPost>,
) -> Result<ReviewSheet, Fault> {
    let object = format!("account_review:{id}");
    watched(ctx, "account.review", object, answered(ctx, id, answers)).await?;
    review(ctx, id).await
}

async fn answered(ctx: &Ctx, id: ReviewId, answers: Vec<AnswerPost>) -> Result<(), Fault> {
    let sheet = review(ctx, id).await?;
    let services = &ctx.services;
    let rows = store::life::posts_of(&services.store().reader(), id)
        .await
        .settle(services)?;
    let mut check = Check::default();
    let mut chosen = Vec::new();
    for answer in answers {
        let is_it = |username: &str, no: i32| username == answer.username && no == answer.no;
        let post = sheet.posts.iter().find(|it| is_it(&it.username, it.no));
        let row = rows.iter().find(|row| is_it(&row.username, row.no));
        let (Some(post), Some(row)) = (post, row) else {
            return Err(Fault::missing());
        };
        if !post.may_answer {
            let own = ctx.actor.user() == Some(row.user_id);
            return Err(Fault::new(if own {
                Code::AccountSelf
            } else {
                Code::ReviewNotNow
            }));
        }
        let ends_at = until(ctx, row, &answer, &mut check);
        if answer.answer != ReviewAnswer::Frozen {
            chosen.push(ReviewPost {
                answer: Some(answer.answer),
                ends_at,
                answered_at: Some(ctx.now()),
                answered_by: ctx.actor.user(),
                answered_by_name: Some(name_of(ctx)),
                ..row.clone()
            });
        }
    }
    check.finish()?;
    let ctx_in = ctx.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, chosen) = (ctx_in.clone(), chosen.clone());
            Box::pin(async move {
                for row in chosen {
                    one(&ctx, tx, row).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(())
}

/// When a post ends that is shortened: later than now, and before it would end by itself.
fn until(ctx: &Ctx, row: &ReviewPost, answer: &AnswerPost, check: &mut Check) -> Option<Instant> {
    if answer.answer != ReviewAnswer::Shortened {
        return None;
    }
    let Some(until) = answer.until else {
        check.add(&answer.until_field(), Code::InputRequired);
        return None;
    };
    let is_later = row.valid_until.is_some_and(|is| until >= is);
    if until <= ctx.now() || is_later {
        check.add(&answer.until_field(), Code::PostSpan);
    }
    Some(until)
}

async fn one(ctx: &Ctx, tx: &store::Tx, row: ReviewPost) -> Result<(), Failure> {
    if !store::life::answer_post(tx, &row).await? {
        return Err(Fault::new(Code::ReviewNotNow).into());
    }
    let (user, answer) = (row.user_id, row.answer.unwrap_or(ReviewAnswer::Kept));
    let facts = [
        ("answer".to_owned(), answer.to_string()),
        ("post".to_owned(), row.no.to_string()),
        ("roles".to_owned(), row.role.to_string()),
    ];
    let told = AccountLine {
        facts: facts.clone().into(),
        ..line(ctx, user, AccountEvent::Reviewed)
    };
    store::life::add(tx, &told).await?;
    match (answer, row.ends_at) {
        (ReviewAnswer::Ended, _) => {
            // One that was taken back meanwhile is what was answered.
            let gone = end_post_in(ctx, tx, (user, row.no), Some(TAKEN_BACK)).await;
            gone.or_else(|failure| match failure {
                Failure::Fault(fault) if fault.code == Code::PostEnded => Ok(()),
                other => Err(other),
            })?;
            let told = AccountLine {
                facts: [("roles".to_owned(), row.role.to_string())].into(),
                ..line(ctx, user, AccountEvent::Revoked)
            };
            store::life::add(tx, &told).await?;
        }
        (ReviewAnswer::Shortened, Some(at)) => {
            frozen::shorten_in(ctx, tx, (user, row.no), at).await?;
        }
        _ => {}
    }
    let mut audit = ctx.audit("account.review", format!("user:{user}"), "ok");
    audit.facts.extend(facts);
    Ok(store::audit::append(tx, &audit).await?)
}
