//! Review back, redo, and what the citizen's ratings do.

use crate::support::said;
use services::{public, tickets};
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::verbs::{Close, Rate, Redo, Review};
use shared::ticket::{AssignmentStatus, RatingSource, Satisfaction, Solved, TicketState, Verb};

use crate::support::{Filed, World, ZJJ, a_complaint, at, on_each_database};

async fn answered(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    filed
}

fn redo(version: i32) -> Redo {
    Redo {
        version: Version(version),
        reason: said("屋面仍在漏水，请重新维修"),
        cause: None,
    }
}

#[tokio::test]
async fn a_weak_reply_goes_back_in_the_same_cycle() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        let back = Review {
            version: Version(filed.version),
            pass: false,
            opinion: Some(said("未逐条答复")),
            cause: None,
            checked: Vec::new(),
        };
        filed.took(tickets::act(&world.reviewer(), filed.id, back).await);
        let detail = tickets::get(&world.reviewer(), filed.id)
            .await
            .expect("seen");
        assert_eq!(
            (detail.row.state, detail.row.cycle_no),
            (TicketState::Handling, 0)
        );
        assert_eq!(detail.assignments.len(), 1, "the same assignment goes on");
        assert_eq!(detail.assignments[0].status, AssignmentStatus::Handling);
        world.unit_replies(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        assert_eq!(filed.acted.expect("acted").state, TicketState::ToVisit);
    })
    .await;
}

#[tokio::test]
async fn a_dissatisfied_citizen_gets_two_redos_at_most() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        world.centre_passes(&mut filed).await;
        let early = tickets::act(&world.caller(), filed.id, redo(filed.version)).await;
        assert_eq!(
            early.expect_err("nobody has asked the citizen").code,
            Code::RedoNotJustified
        );
        for cycle in 1..=2 {
            world
                .citizen_answers_call(&mut filed, Satisfaction::Dissatisfied, Solved::No)
                .await;
            filed.took(tickets::act(&world.caller(), filed.id, redo(filed.version)).await);
            let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
            assert_eq!(
                (detail.row.cycle_no, detail.row.state),
                (cycle, TicketState::Dispatched)
            );
            let newest = detail.assignments.last().expect("an assignment");
            assert_eq!(
                newest.deadline.limit_value,
                Some(3),
                "half of five working days, rounded up"
            );
            world.unit_answers(&mut filed, ZJJ).await;
            world.centre_passes(&mut filed).await;
        }
        world
            .citizen_answers_call(&mut filed, Satisfaction::Dissatisfied, Solved::No)
            .await;
        let third = tickets::act(&world.caller(), filed.id, redo(filed.version)).await;
        assert_eq!(
            third.expect_err("two are the most").code,
            Code::RedoExhausted
        );
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert!(
            !detail.actions.contains(&Verb::Redo),
            "{:?}",
            detail.actions
        );
    })
    .await;
}

#[tokio::test]
async fn closing_needs_an_answer_or_three_tries_on_two_days_at_different_hours() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        world.centre_passes(&mut filed).await;
        for (tries, time) in [
            (0, "2026-03-04T10:00"),
            (1, "2026-03-04T10:20"),
            // Within the hour, so that it was the same try.
            (1, "2026-03-04T15:00"),
            (2, "2026-03-05T09:00"),
        ] {
            world.time(time);
            let early = tickets::act(
                &world.caller(),
                filed.id,
                Close {
                    version: Version(filed.version),
                    exempt: None,
                },
            )
            .await
            .expect_err("too early");
            assert_eq!(
                (early.code, early.facts["tries"].clone()),
                (Code::FollowUpMissing, tries.to_string())
            );
            world.nobody_answers(&mut filed).await;
        }
        filed.took(
            tickets::act(
                &world.caller(),
                filed.id,
                Close {
                    version: Version(filed.version),
                    exempt: None,
                },
            )
            .await,
        );
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert_eq!(
            detail.row.satisfaction,
            Satisfaction::Unreachable,
            "silence is not satisfaction"
        );
    })
    .await;
}

#[tokio::test]
async fn the_first_and_the_latest_rating_are_kept_and_a_bad_one_reopens_the_road_to_a_redo() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        world.centre_passes(&mut filed).await;
        world
            .citizen_answers_call(&mut filed, Satisfaction::Satisfied, Solved::Yes)
            .await;
        filed.took(
            tickets::act(
                &world.caller(),
                filed.id,
                Close {
                    version: Version(filed.version),
                    exempt: None,
                },
            )
            .await,
        );
        world.time("2026-03-20T20:00");
        let rate = Rate {
            solved: Solved::No,
            satisfaction: Satisfaction::VeryDissatisfied,
            words: Some(said("又漏了")),
        };
        let seen = public::rate(&world.visitor(), filed.claim.clone(), rate)
            .await
            .expect("rated");
        assert_eq!(
            seen.rating.expect("the latest").satisfaction,
            Satisfaction::VeryDissatisfied
        );
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        let (first, latest) = (
            detail.first_rating.expect("first"),
            detail.latest_rating.expect("latest"),
        );
        assert_eq!(
            (first.satisfaction, first.source),
            (Satisfaction::Satisfied, RatingSource::Call)
        );
        assert_eq!(
            (latest.satisfaction, latest.source),
            (Satisfaction::VeryDissatisfied, RatingSource::Web)
        );
        assert_eq!(
            detail.actions,
            [Verb::Appease, Verb::Redo],
            "the follow-up role sees to it, or orders a redo"
        );
        filed.version = detail.row.version;
        filed.took(tickets::act(&world.caller(), filed.id, redo(filed.version)).await);
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert_eq!(
            (detail.row.state, detail.row.closed_at),
            (TicketState::Dispatched, None)
        );
        assert_eq!(
            detail.row.deadline.due_at,
            Some(at("2026-03-25T17:30:00+08:00")),
            "three working days from Friday"
        );
        world.unit_answers(&mut filed, ZJJ).await;
        assert_eq!(filed.acted.expect("acted").state, TicketState::ToReview);
    })
    .await;
}
