//! The quarterly reviews: made by clock, answered by who leads the unit, and who is not answered about is frozen.

use services::jobs;
use services::users::life as lives;
use shared::access::Role;
use shared::account::life::AccountState;
use shared::account::review::ReviewAnswer;
use shared::fault::Code;

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

#[tokio::test]
async fn a_quarter_is_reviewed_and_who_is_not_answered_about_is_frozen() {
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
        world.time("2026-04-01T09:00");
        runs(&world, "clock").await;
        world.time("2026-04-01T10:00");
        runs(&world, "clock").await;
        assert_eq!(runs(&world, "account_reviews").await, 4, "of each unit");
        assert_eq!(runs(&world, "account_reviews").await, 0, "once");

        let found = lives::reviews(&admins.leader).await.expect("a list");
        assert_eq!(found.len(), 2, "the own unit and the one below");
        let own = found
            .iter()
            .find(|it| it.people == 3)
            .expect("the own unit");
        let denied = lives::review(&other, own.id).await;
        assert_eq!(denied.expect_err("another unit").code, Code::NotFound);
        let about = |ctx: &services::Ctx, answer| vec![(ctx.actor.username.clone(), answer)];
        let himself = about(&admins.leader, ReviewAnswer::Kept);
        let fault = lives::answer_review(&admins.leader, own.id, himself).await;
        assert_eq!(fault.expect_err("not himself").code, Code::AccountSelf);
        let mut answers = about(&admins.liaison, ReviewAnswer::Kept);
        answers.extend(about(&handler, ReviewAnswer::Ended));
        let done = lives::answer_review(&admins.leader, own.id, answers)
            .await
            .expect("answered");
        assert_eq!(done.head.open, 1);
        assert_eq!(roles_of(&world, &handler.actor.username).await, []);
        lives::answer_review(
            &admins.security,
            own.id,
            about(&admins.leader, ReviewAnswer::Kept),
        )
        .await
        .expect("answered by who grants");

        world.time("2026-04-20T09:00");
        runs(&world, "clock").await;
        world.time("2026-04-20T10:00");
        runs(&world, "clock").await;
        assert_eq!(runs(&world, "account_reviews").await, 4, "closed");
        let state = async |ctx: &services::Ctx| sheet(&world, &ctx.actor.username).await.row.state;
        assert_eq!(state(&admins.liaison).await, AccountState::Open);
        assert_eq!(state(&street).await, AccountState::Frozen);
        assert_eq!(
            state(&admins.auditor).await,
            AccountState::Open,
            "the last one"
        );
    })
    .await;
}
