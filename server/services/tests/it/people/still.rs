//! What the clock does: accounts that nobody uses freeze, requests that nobody answers lapse.

use services::jobs;
use shared::access::Role;
use shared::account::life::{AccountAct, AccountRequestState, AccountState};

use super::{Admins, asked, sheet};
use crate::approvals::story::hire;
use crate::support::{CENTRE, World, on_each_database};
use services::users::life as lives;

async fn runs(world: &World, name: &str) -> u64 {
    let job = jobs::JOBS
        .iter()
        .find(|job| job.name == name)
        .expect("a job");
    job.once(&world.services).await.expect("it runs").count
}

#[tokio::test]
async fn an_account_that_nobody_uses_freezes_and_the_last_administrators_do_not() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        hire(&world, Role::Agent, CENTRE).await;
        assert_eq!(runs(&world, "idle_accounts").await, 0, "all are new");
        world.time("2026-04-10T09:00");
        runs(&world, "clock").await;
        world.time("2026-04-10T10:00");
        runs(&world, "clock").await;
        assert_eq!(
            runs(&world, "idle_accounts").await,
            3,
            "leader, liaison, agent"
        );
        let state = async |name: &str| sheet(&world, name).await.row.state;
        assert_eq!(
            state(&admins.leader.actor.username).await,
            AccountState::Frozen
        );
        assert_eq!(
            state(&admins.security.actor.username).await,
            AccountState::Open
        );
        let line = &sheet(&world, &admins.leader.actor.username).await.history[0];
        assert_eq!(
            (line.kind.as_str(), line.by.as_str()),
            ("frozen", "job:accounts")
        );
        assert_eq!(runs(&world, "idle_accounts").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_request_that_nobody_answers_lapses() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let request = lives::ask(
            &admins.liaison,
            asked(AccountAct::Open, "zhao.xin", &[Role::Handler]),
        )
        .await
        .expect("asked for");
        assert_eq!(runs(&world, "account_requests").await, 0);
        world.time("2026-04-10T09:00");
        runs(&world, "clock").await;
        world.time("2026-04-10T10:00");
        runs(&world, "clock").await;
        assert_eq!(runs(&world, "account_requests").await, 1);
        let now = lives::request(&admins.liaison, request.id)
            .await
            .expect("seen");
        assert_eq!(now.state, AccountRequestState::Lapsed);
    })
    .await;
}
