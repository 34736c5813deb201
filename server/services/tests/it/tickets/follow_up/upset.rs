//! Bad ratings of closed tickets: told, on their shelf, seen to step by step, settled or redone.

use services::follow_ups::{self, Asked};
use services::{Ctx, consistency, public, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::notice::NoticeKind;
use shared::ticket::pool::PoolShelf;
use shared::ticket::verbs::{Appease, Close, Rate, Redo};
use shared::ticket::view::Acted;
use shared::ticket::{Satisfaction, Solved, TicketState, UpsetStep, Verb};

use super::super::notices::{delivered, kinds};
use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, on_each_database, said};

async fn closed(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, Satisfaction::Satisfied, Solved::Yes)
        .await;
    let close = Close {
        version: Version(filed.version),
        exempt: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, close).await);
    filed
}

async fn rates(world: &World, filed: &mut Filed, satisfaction: Satisfaction) {
    world.clock.advance_minutes(5);
    let rate = Rate {
        solved: Solved::No,
        satisfaction,
        words: Some(said("又漏水了。")),
    };
    let rated = public::rate(&world.visitor(), filed.claim.clone(), rate).await;
    rated.expect("rated");
    let detail = tickets::get(&world.caller(), filed.id).await;
    filed.version = detail.expect("seen").row.version;
}

async fn sees_to(ctx: &Ctx, filed: &Filed, step: UpsetStep) -> Result<Acted, Fault> {
    let appease = Appease {
        version: Version(filed.version),
        upset: step,
        note: said("已办。"),
    };
    tickets::act(ctx, filed.id, appease).await
}

/// How many stand on the shelf, and how many are to be called.
async fn shelves(world: &World) -> (i64, i64) {
    let page = follow_ups::list(&world.caller(), Asked::default()).await;
    let counts = page.expect("the pool").counts;
    let of = |shelf: PoolShelf| {
        let mut all = counts.iter();
        all.find(|it| it.shelf == shelf).map_or(0, |it| it.count)
    };
    (of(PoolShelf::Upset), of(PoolShelf::Ready))
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn a_bad_rating_after_the_closing_is_seen_to_step_by_step() {
    on_each_database(|world| async move {
        let caller = world.hires(Role::FollowUp, CENTRE).await;
        let mut filed = closed(&world).await;
        assert_eq!(shelves(&world).await, (0, 0));
        rates(&world, &mut filed, Satisfaction::VeryDissatisfied).await;
        assert_eq!(shelves(&world).await, (1, 0));
        delivered(&world).await;
        assert!(kinds(&caller).await.contains(&NoticeKind::Upset));
        let detail = tickets::get(&caller, filed.id).await.expect("seen");
        assert!(detail.actions.contains(&Verb::Appease));
        fits(&world).await;

        let early = sees_to(&caller, &filed, UpsetStep::Settle).await;
        let early = early.expect_err("nobody was called");
        assert_eq!(early.fields[0].code, Code::UpsetSteps);
        for step in [
            UpsetStep::Contact,
            UpsetStep::Verify,
            UpsetStep::Fix,
            UpsetStep::FeedBack,
        ] {
            filed.took(sees_to(&caller, &filed, step).await);
            assert_eq!(shelves(&world).await, (1, 0), "{step}");
        }
        filed.took(sees_to(&caller, &filed, UpsetStep::Settle).await);
        assert_eq!(shelves(&world).await, (0, 0));
        let over = sees_to(&caller, &filed, UpsetStep::Contact).await;
        assert_eq!(over.expect_err("settled").code, Code::FlowNotAllowed);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_redo_ends_the_matter_and_a_good_rating_begins_none() {
    on_each_database(|world| async move {
        let mut filed = closed(&world).await;
        rates(&world, &mut filed, Satisfaction::VeryDissatisfied).await;
        let redo = Redo {
            version: Version(filed.version),
            reason: said("屋面仍在漏水，请重新维修"),
            cause: None,
        };
        filed.took(tickets::act(&world.caller(), filed.id, redo).await);
        let acted = filed.acted.as_ref().expect("acted");
        assert!(acted.state != TicketState::Closed, "{}", acted.state);
        assert_eq!(shelves(&world).await, (0, 0));
        fits(&world).await;

        let mut other = closed(&world).await;
        world.clock.advance_minutes(5);
        let rate = Rate {
            solved: Solved::Yes,
            satisfaction: Satisfaction::VerySatisfied,
            words: None,
        };
        let rated = public::rate(&world.visitor(), other.claim.clone(), rate).await;
        rated.expect("rated");
        let detail = tickets::get(&world.caller(), other.id).await.expect("seen");
        other.version = detail.row.version;
        assert!(!detail.actions.contains(&Verb::Appease));
        assert_eq!(shelves(&world).await, (0, 0));
    })
    .await;
}
