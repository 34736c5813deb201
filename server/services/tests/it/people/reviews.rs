//! The quarterly reviews: made by clock, answered by who leads the unit, and a post that is not answered about is frozen.

use services::gateway::bell;
use services::jobs;
use services::users::{self, life as lives};
use shared::access::Role;
use shared::account::life::AccountState;
use shared::account::review::{AnswerPost, ReviewAnswer};
use shared::calendar::Instant;
use shared::fault::Code;
use shared::notice::NoticeKind;

use super::{Admins, roles_of, sheet};
use crate::approvals::story::hire;
use crate::support::{CGJ, STREET, World, ZJJ, on_each_database};

async fn runs(world: &World, name: &str) -> u64 {
    let job = jobs::JOBS
        .iter()
        .find(|job| job.name == name)
        .expect("a job");
    job.once(&world.services).await.expect("it runs").count
}

/// An answer about the first post of somebody.
fn about(ctx: &services::Ctx, answer: ReviewAnswer) -> AnswerPost {
    AnswerPost {
        username: ctx.actor.username.clone(),
        no: 1,
        answer,
        until: None,
    }
}

/// Lets the clock be believed at a later time.
async fn at(world: &World, day: &str) {
    world.time(&format!("{day}T09:00"));
    runs(world, "clock").await;
    world.time(&format!("{day}T10:00"));
    runs(world, "clock").await;
}

#[tokio::test]
async fn a_quarter_is_reviewed_and_a_post_that_is_not_answered_about_is_frozen() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let handler = hire(&world, Role::Handler, ZJJ).await;
        let street = hire(&world, Role::Handler, STREET).await;
        let other = hire(&world, Role::UnitReviewer, CGJ).await;
        assert_eq!(
            runs(&world, "account_reviews").await,
            0,
            "the first quarter"
        );
        at(&world, "2026-04-01").await;
        assert_eq!(runs(&world, "account_reviews").await, 4, "of each unit");
        assert_eq!(runs(&world, "account_reviews").await, 0, "once");

        let found = lives::reviews(&admins.leader).await.expect("a list");
        assert_eq!(found.len(), 2, "the own unit and the one below");
        let own = found.iter().find(|it| it.posts == 3);
        let own = own.expect("the own unit").id;
        let denied = lives::review(&other, own).await;
        assert_eq!(denied.expect_err("another unit").code, Code::NotFound);
        let himself = vec![about(&admins.leader, ReviewAnswer::Kept)];
        let fault = lives::answer_review(&admins.leader, own, himself).await;
        assert_eq!(fault.expect_err("not himself").code, Code::AccountSelf);
        let answers = vec![
            about(&admins.liaison, ReviewAnswer::Kept),
            about(&handler, ReviewAnswer::Ended),
        ];
        let done = lives::answer_review(&admins.leader, own, answers)
            .await
            .expect("answered");
        assert_eq!(done.head.open, 1);
        assert_eq!(roles_of(&world, &handler.actor.username).await, []);
        let kept = vec![about(&admins.leader, ReviewAnswer::Kept)];
        lives::answer_review(&admins.security, own, kept)
            .await
            .expect("answered by who grants");

        at(&world, "2026-04-20").await;
        assert_eq!(runs(&world, "account_reviews").await, 4, "closed");
        let state = async |ctx: &services::Ctx| sheet(&world, &ctx.actor.username).await.row.state;
        assert_eq!(state(&admins.liaison).await, AccountState::Open);
        assert_eq!(state(&street).await, AccountState::Open, "the post alone");
        let name = &street.actor.username;
        assert_eq!(roles_of(&world, name).await, []);
        assert_eq!(
            roles_of(&world, &admins.auditor.actor.username).await,
            [Role::Auditor],
            "the last one"
        );

        runs(&world, "notices").await;
        let told = bell::page(&street, false, None, 10).await.expect("notices");
        let told = told
            .items
            .iter()
            .find(|it| it.kind == NoticeKind::PostFrozen);
        let told = told.expect("told");
        assert!(told.ticket.is_none() && told.approval.is_none());
        let own = users::resume_post(&street, name, 1).await;
        assert_eq!(own.expect_err("no right").code, Code::AccessDenied);
        users::resume_post(&admins.security, name, 1)
            .await
            .expect("resumed");
        assert_eq!(roles_of(&world, name).await, [Role::Handler]);
        let again = users::resume_post(&admins.security, name, 1).await;
        assert_eq!(again.expect_err("not frozen").code, Code::PostEnded);
    })
    .await;
}

#[tokio::test]
async fn a_post_may_end_on_a_day_that_is_still_to_come() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let handler = hire(&world, Role::Handler, ZJJ).await;
        at(&world, "2026-04-01").await;
        runs(&world, "account_reviews").await;
        let found = lives::reviews(&admins.leader).await.expect("a list");
        let own = found.iter().find(|it| it.posts == 3);
        let own = own.expect("the own unit").id;
        let shortened = |until: Option<Instant>| {
            vec![AnswerPost {
                until,
                ..about(&handler, ReviewAnswer::Shortened)
            }]
        };
        let now = world.services.now();
        let field = shortened(None)[0].until_field();
        for (until, code) in [(None, Code::InputRequired), (Some(now), Code::PostSpan)] {
            let fault = lives::answer_review(&admins.leader, own, shortened(until)).await;
            let fault = fault.expect_err("no day");
            assert_eq!(
                (&fault.fields[0].field, fault.fields[0].code),
                (&field, code)
            );
        }
        let until = Some(Instant(now.0 + 86_400_000));
        let done = lives::answer_review(&admins.leader, own, shortened(until))
            .await
            .expect("answered");
        let post = done.posts.iter().find(|it| it.ends_at.is_some());
        assert_eq!(post.expect("shortened").ends_at, until);
        let name = &handler.actor.username;
        assert_eq!(roles_of(&world, name).await, [Role::Handler]);
        at(&world, "2026-04-03").await;
        assert_eq!(roles_of(&world, name).await, []);
        let again = lives::answer_review(&admins.leader, own, shortened(until)).await;
        assert_eq!(again.expect_err("answered").code, Code::ReviewNotNow);
    })
    .await;
}
