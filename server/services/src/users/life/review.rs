//! Reviews of who has an account: made by clock once a quarter for each unit, answered by who leads it or grants, and closed when their term is
//! over. Who was not answered about is frozen then.
//! Not here: the people's posts themselves (`posts`).
//! The setting `accounts.review_days` says how many working days there are for the answer; 0 makes none.

use chrono::Datelike as _;
use shared::access::{Permission, Scope, needs};
use shared::account::life::AccountEvent;
use shared::account::review::{ReviewAnswer, ReviewHead, ReviewPerson, ReviewSheet};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{ReviewId, UserId};
use shared::process::limit::Limit;
use shared::register::Rule;
use shared::ticket::LimitUnit;
use store::life::{AccountLine, Review, ReviewRow};

use super::view::reaches;
use super::{freeze, line, name_of, posts};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::reference::Reference;
use crate::users::look::units_of;
use crate::watch::watched;

/// Reviews that are shown.
const SHOWN: u64 = 200;
/// The job's name.
const JOB: &str = "accounts";
/// Why, in the history of the account.
const WHY: &str = "逾期未复核，自动冻结";

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

/// A review of each unit in which anybody has an account. An installation in its first quarter has nothing to review.
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
    let mut units: std::collections::BTreeMap<String, Vec<ReviewRow>> =
        std::collections::BTreeMap::new();
    for user in all
        .into_iter()
        .filter(|user| user.active && !user.posts.is_empty())
    {
        units.entry(user.unit.clone()).or_default().push(ReviewRow {
            review_id: ReviewId(uuid::Uuid::nil()),
            user_id: user.id,
            roles: posts::words(&user.roles()),
            username: user.username,
            name: user.name,
            answer: None,
            answered_at: None,
            answered_by: None,
            answered_by_name: None,
        });
    }
    let mut count = 0;
    for (unit, mut people) in units {
        let review = Review {
            id: ReviewId(services.ids().new_id(now)),
            unit,
            term: term.clone(),
            made_at: now,
            due_at,
            closed_at: None,
        };
        for row in &mut people {
            row.review_id = review.id;
        }
        let added = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (review, people) = (review.clone(), people.clone());
                Box::pin(async move { Ok(store::life::add_review(tx, &review, &people).await?) })
            })
            .await?;
        count += u64::from(added);
    }
    Ok(count)
}

/// Freezes whom nobody answered about.
async fn close(services: &Services) -> Result<u64, Failure> {
    let now = services.now();
    let over = store::life::overdue(&services.store().reader(), now, SHOWN).await?;
    let ctx = Ctx::job(services, JOB);
    let count = over.len() as u64;
    for review in over {
        let people = store::life::people_of(&services.store().reader(), review.id).await?;
        for row in people.into_iter().filter(|row| row.answer.is_none()) {
            let ctx = ctx.clone();
            services
                .store()
                .write::<_, Failure, _>(move |tx| {
                    let (ctx, row) = (ctx.clone(), row.clone());
                    Box::pin(async move { lapse(&ctx, tx, row).await })
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

async fn lapse(ctx: &Ctx, tx: &store::Tx, row: ReviewRow) -> Result<(), Failure> {
    let user = store::users::find(tx, row.user_id).await?;
    if let Some(user) = user.filter(|user| user.active) {
        match freeze::stop(ctx, tx, &user, WHY).await {
            // Somebody must be left who can resume the others.
            Err(Failure::Fault(fault)) if fault.code == Code::RoleLast => return Ok(()),
            other => other?,
        }
    }
    let answered = ReviewRow {
        answer: Some(ReviewAnswer::Frozen),
        answered_at: Some(ctx.now()),
        answered_by: None,
        answered_by_name: Some(name_of(ctx)),
        ..row
    };
    store::life::answer_row(tx, &answered).await?;
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
        let people = store::life::people_of(&db, review.id)
            .await
            .settle(services)?;
        heads.push(head(&reference, &review, &people));
    }
    Ok(heads)
}

fn head(reference: &Reference, review: &Review, people: &[ReviewRow]) -> ReviewHead {
    let open = people.iter().filter(|row| row.answer.is_none()).count();
    ReviewHead {
        id: review.id,
        term: review.term.clone(),
        unit_name: reference.unit(&review.unit).name,
        due_at: review.due_at,
        closed_at: review.closed_at,
        people: i64::try_from(people.len()).unwrap_or(i64::MAX),
        open: i64::try_from(open).unwrap_or(i64::MAX),
    }
}

/// A review with its people.
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
    let people = store::life::people_of(&db, id).await.settle(services)?;
    let may = found.closed_at.is_none()
        && (ctx.actor.is_system()
            || scope(ctx).is_some_and(|scope| reaches(&scope, &reference, &found.unit)));
    let person = |row: &ReviewRow| ReviewPerson {
        username: row.username.clone(),
        name: row.name.clone(),
        roles: row.roles.clone(),
        answer: row.answer,
        by: row.answered_by_name.clone(),
        may_answer: may && row.answer.is_none() && ctx.actor.user() != Some(row.user_id),
    };
    Ok(ReviewSheet {
        head: head(&reference, &found, &people),
        people: people.iter().map(person).collect(),
    })
}

/// Answers about people of a review: who keeps the account, and who loses the roles.
///
/// # Errors
/// As `review`; `account.self` for oneself, `account.request_not_now` for what is answered already, `role.last`.
pub async fn answer_review(
    ctx: &Ctx,
    id: ReviewId,
    answers: Vec<(String, ReviewAnswer)>,
) -> Result<ReviewSheet, Fault> {
    let object = format!("account_review:{id}");
    watched(ctx, "account.review", object, answered(ctx, id, answers)).await?;
    review(ctx, id).await
}

async fn answered(
    ctx: &Ctx,
    id: ReviewId,
    answers: Vec<(String, ReviewAnswer)>,
) -> Result<(), Fault> {
    let sheet = review(ctx, id).await?;
    let services = &ctx.services;
    let rows = store::life::people_of(&services.store().reader(), id)
        .await
        .settle(services)?;
    let mut chosen = Vec::new();
    for (username, answer) in answers {
        let person = sheet.people.iter().find(|it| it.username == username);
        let row = rows.iter().find(|row| row.username == username);
        let (Some(person), Some(row)) = (person, row) else {
            return Err(Fault::missing());
        };
        if !person.may_answer {
            let own = ctx.actor.user() == Some(row.user_id);
            return Err(Fault::new(if own {
                Code::AccountSelf
            } else {
                Code::ReviewNotNow
            }));
        }
        if answer != ReviewAnswer::Frozen {
            chosen.push((row.clone(), answer));
        }
    }
    let (ctx_in, reference) = (ctx.clone(), services.reference().await?);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, chosen, reference) = (ctx_in.clone(), chosen.clone(), reference.clone());
            Box::pin(async move {
                for (row, answer) in chosen {
                    one(&ctx, tx, &reference, (row, answer)).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(())
}

async fn one(
    ctx: &Ctx,
    tx: &store::Tx,
    reference: &Reference,
    (row, answer): (ReviewRow, ReviewAnswer),
) -> Result<(), Failure> {
    let user: UserId = row.user_id;
    let answered = ReviewRow {
        answer: Some(answer),
        answered_at: Some(ctx.now()),
        answered_by: ctx.actor.user(),
        answered_by_name: Some(name_of(ctx)),
        ..row
    };
    if !store::life::answer_row(tx, &answered).await? {
        return Err(Fault::new(Code::ReviewNotNow).into());
    }
    let told = AccountLine {
        facts: [("answer".to_owned(), answer.to_string())].into(),
        ..line(ctx, user, AccountEvent::Reviewed)
    };
    store::life::add(tx, &told).await?;
    if answer == ReviewAnswer::Ended
        && let Some(user) = store::users::find(tx, user).await?
    {
        posts::replace(ctx, tx, reference, (&user, [].as_slice()), None).await?;
    }
    let mut audit = ctx.audit("account.review", format!("user:{user}"), "ok");
    audit.facts.insert("answer".to_owned(), answer.to_string());
    Ok(store::audit::append(tx, &audit).await?)
}
