//! Somebody does another's named tasks for a time, with consent, and the history of the case says for whom.
//! Not here: tasks of a role.

use services::approvals;
use services::approvals::views;
use services::users::life as lives;
use services::{Ctx, sessions};
use shared::account::stand_in::{AskStandIn, StandInAnswer, StandInState};
use shared::approval::ApprovalVerb;
use shared::approval::verbs::{Claim, Release};
use shared::fault::Code;

use crate::approvals::story::{Office, sent};
use crate::support::{World, on_each_database};

/// The same person as the next request has him.
async fn again(world: &World, ctx: &Ctx) -> Ctx {
    let name = &ctx.actor.username;
    let mut actor = sessions::actor_by_name(&world.services, name)
        .await
        .expect("an account");
    actor.fresh = true;
    world.of(actor)
}

fn asked(username: &str, from: &str, until: &str) -> AskStandIn {
    AskStandIn {
        username: username.to_owned(),
        from: from.to_owned(),
        until: until.to_owned(),
        reason: Some("休假".to_owned()),
    }
}

#[tokio::test]
async fn a_stand_in_agrees_sees_the_tasks_and_acts_for_who_is_away() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = office.files("all").await;
        let task = case.task_of(&office.intake, "intake").await.task;
        let claim: Claim = sent(serde_json::json!({"version": case.version(), "task": task}));
        approvals::act(&office.intake, case.id(), claim)
            .await
            .expect("claimed");
        let other = &office.decider;
        let count = async |ctx: &Ctx| {
            views::count(&again(&world, ctx).await)
                .await
                .expect("counted")
        };
        assert_eq!(count(other).await, 0);

        let made = lives::ask_stand_in(
            &office.intake,
            asked(&other.actor.username, "2026-03-02", "2026-03-04"),
        )
        .await
        .expect("asked for");
        assert_eq!(count(other).await, 0, "not agreed yet");
        let not_theirs = lives::answer_stand_in(&office.first, made.id, StandInAnswer::Agree).await;
        assert_eq!(not_theirs.expect_err("others' matter").code, Code::NotFound);
        let own = lives::answer_stand_in(&office.intake, made.id, StandInAnswer::Agree).await;
        assert_eq!(
            own.expect_err("for the other to say").code,
            Code::StandInNotNow
        );
        let agreed = lives::answer_stand_in(other, made.id, StandInAnswer::Agree)
            .await
            .expect("agreed");
        assert_eq!((agreed.state, agreed.holds), (StandInState::Agreed, true));
        assert_eq!(count(other).await, 1);

        let acting = again(&world, other).await;
        let version = views::get(&acting, case.id())
            .await
            .expect("the case")
            .row
            .version;
        let release: Release = sent(serde_json::json!({"version": version, "task": task}));
        approvals::act(&acting, case.id(), release)
            .await
            .expect("put back for who is away");
        let seen = case.seen_by(&office.intake).await;
        let line = seen
            .history
            .iter()
            .find(|line| line.verb == ApprovalVerb::Release)
            .expect("told");
        assert_eq!(line.facts["for"], office.intake.actor.name);

        world.time("2026-03-05T09:00");
        assert!(
            again(&world, other).await.actor.stands_for.is_empty(),
            "over"
        );
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_at_its_field() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let ask = async |username: &str, from: &str, until: &str| {
            lives::ask_stand_in(&office.intake, asked(username, from, until)).await
        };
        let name = office.decider.actor.username.clone();
        for (username, from, until, field, code) in [
            (
                "nobody",
                "2026-03-02",
                "2026-03-04",
                "username",
                Code::InputPerson,
            ),
            (
                &*office.intake.actor.username,
                "2026-03-02",
                "2026-03-04",
                "username",
                Code::InputPerson,
            ),
            (
                &*name,
                "2026-03-05",
                "2026-03-04",
                "until",
                Code::InputPeriod,
            ),
            (
                &*name,
                "2026-02-01",
                "2026-02-02",
                "until",
                Code::InputPeriod,
            ),
            (
                &*name,
                "2026-03-02",
                "2026-12-31",
                "until",
                Code::AccountTooLong,
            ),
            (&*name, "bald", "2026-12-31", "from", Code::InputDate),
        ] {
            let fault = ask(username, from, until).await.expect_err("refused");
            let told = &fault.fields[0];
            assert_eq!(
                (told.field.as_str(), told.code),
                (field, code),
                "{username} {from}"
            );
        }
        let first = ask(&name, "2026-03-02", "2026-03-04")
            .await
            .expect("asked for");
        let twice = ask(&name, "2026-03-04", "2026-03-06").await;
        assert_eq!(twice.expect_err("overlaps").code, Code::StandInThere);
        lives::answer_stand_in(&office.decider, first.id, StandInAnswer::Decline)
            .await
            .expect("declined");
        ask(&name, "2026-03-04", "2026-03-06")
            .await
            .expect("free again");
    })
    .await;
}
