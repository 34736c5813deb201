//! The follow-up pool: who takes which ticket, for how long, what a try and an appointment do to it, which inquiries are called at all.

use services::follow_ups::{self, Asked};
use services::{Ctx, tickets};
use shared::access::{Role, Who};
use shared::command::{Moment, Version};
use shared::fault::Code;
use shared::ids::UserId;
use shared::ticket::pool::{PoolPage, PoolShelf};
use shared::ticket::verbs::{Close, FollowUp};
use shared::ticket::{CallOutcome, Satisfaction, Solved, TicketState};
use store::record::Pooled;
use uuid::Uuid;

use crate::support::{Filed, SUZHOU_CENTRE, World, ZJJ, a_complaint, at, on_each_database};

async fn waits(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    filed
}

async fn on(ctx: &Ctx, shelf: &str) -> PoolPage {
    let asked = Asked {
        shelf: Some(shelf.to_owned()),
        limit: 50,
        ..Asked::default()
    };
    follow_ups::list(ctx, asked).await.expect("listed")
}

fn count(page: &PoolPage, shelf: PoolShelf) -> i64 {
    let found = page.counts.iter().find(|it| it.shelf == shelf);
    found.expect("every shelf is counted").count
}

async fn row(world: &World, filed: &Filed) -> Option<Pooled> {
    let db = world.services.store().reader();
    let row = store::tickets::pool::of_ticket(&db, filed.id).await;
    row.expect("read")
}

fn a_call(version: i32, outcome: CallOutcome) -> FollowUp {
    FollowUp {
        version: Version(version),
        channel: None,
        connected: false,
        outcome: Some(outcome),
        appointed_at: None,
        staff_contacted: None,
        report_true: None,
        solved: None,
        satisfaction: None,
        opinion: None,
    }
}

#[tokio::test]
async fn two_callers_never_get_the_same_ticket() {
    on_each_database(|world| async move {
        let (first, second) = (waits(&world).await, waits(&world).await);
        let one = world.caller();
        let mut other = world.caller();
        other.actor.who = Who::Person(UserId(Uuid::from_u128(77)));
        let page = on(&one, "ready").await;
        assert_eq!(page.items.len(), 2);
        let mine = follow_ups::next(&one).await.expect("taken").ticket;
        let again = follow_ups::next(&one).await.expect("taken").ticket;
        assert_eq!(again, mine, "one in hand is enough");
        let mine = mine.expect("one waits");
        let theirs = follow_ups::next(&other).await.expect("taken").ticket;
        let left = [first.id, second.id].into_iter().find(|id| *id != mine);
        assert_eq!(theirs, left);
        let refused = follow_ups::take(&other, mine).await;
        assert_eq!(refused.expect_err("in hand").code, Code::FollowUpHeld);
        let held = follow_ups::held(&other, mine).await.expect("told");
        assert!(held.is_some(), "the page warns");
        let page = on(&one, "mine").await;
        assert_eq!(page.items.len(), 1);
        assert!(page.items[0].is_mine);
        assert_eq!(count(&page, PoolShelf::Held), 2);
        assert_eq!(count(&page, PoolShelf::Ready), 0);

        // Given back, or left lying for too long, it is anybody's again.
        follow_ups::give_back(&one, mine).await.expect("back");
        assert!(follow_ups::take(&other, mine).await.is_ok());
        world.time("2026-03-02T12:00");
        assert!(follow_ups::take(&one, mine).await.is_ok());
        let foreign = world.person(Role::FollowUp, SUZHOU_CENTRE);
        assert!(on(&foreign, "all").await.items.is_empty());
        let refused = follow_ups::take(&foreign, mine).await;
        assert_eq!(refused.expect_err("elsewhere").code, Code::FollowUpHeld);
        let denied = follow_ups::next(&world.agent()).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn a_try_rests_an_appointment_comes_back_at_its_time_and_an_answer_ends_it() {
    on_each_database(|world| async move {
        let mut filed = waits(&world).await;
        let caller = world.caller();
        world.time("2026-03-03T10:00");
        follow_ups::next(&caller).await.expect("taken");
        world.nobody_answers(&mut filed).await;
        let kept = row(&world, &filed).await.expect("in the pool");
        assert_eq!((kept.tries, kept.held_by), (1, None), "out of hand");
        assert_eq!(follow_ups::next(&caller).await.expect("asked").ticket, None);
        assert_eq!(count(&on(&caller, "later").await, PoolShelf::Later), 1);
        world.time("2026-03-03T12:00");
        assert_eq!(
            follow_ups::next(&caller).await.expect("asked").ticket,
            Some(filed.id),
            "two hours later"
        );

        let mut call = a_call(filed.version, CallOutcome::Appointment);
        call.appointed_at = Some(Moment(at("2026-03-03T11:00:00+08:00")));
        let refused = tickets::act(&caller, filed.id, call.clone()).await;
        assert_eq!(
            refused.expect_err("past").fields[0].code,
            Code::CallTime,
            "the time lies ahead"
        );
        call.appointed_at = Some(Moment(at("2026-03-04T19:00:00+08:00")));
        filed.took(tickets::act(&caller, filed.id, call).await);
        world.time("2026-03-04T18:00");
        assert_eq!(follow_ups::next(&caller).await.expect("asked").ticket, None);
        let page = on(&caller, "later").await;
        assert!(page.items[0].is_appointed);
        assert!(follow_ups::take(&caller, filed.id).await.is_ok(), "by hand");
        follow_ups::give_back(&caller, filed.id)
            .await
            .expect("back");
        world.time("2026-03-04T19:00");
        assert_eq!(
            follow_ups::next(&caller).await.expect("asked").ticket,
            Some(filed.id)
        );
        world
            .citizen_answers_call(&mut filed, Satisfaction::Satisfied, Solved::Yes)
            .await;
        let close = Close {
            version: Version(filed.version),
            exempt: None,
        };
        filed.took(tickets::act(&caller, filed.id, close).await);
        assert_eq!(row(&world, &filed).await, None, "it waits no more");
    })
    .await;
}

#[tokio::test]
async fn an_appointment_is_no_try_and_who_wants_no_call_is_left_alone() {
    on_each_database(|world| async move {
        let mut filed = waits(&world).await;
        let caller = world.caller();
        let refused = |call: FollowUp| {
            let caller = caller.clone();
            async move { tickets::act(&caller, filed.id, call).await }
        };
        let close = |version| Close {
            version: Version(version),
            exempt: None,
        };
        let mut call = a_call(filed.version, CallOutcome::Appointment);
        call.appointed_at = Some(Moment(at("2026-03-03T19:00:00+08:00")));
        let acted = refused(call).await.expect("noted");
        let early = tickets::act(&caller, filed.id, close(acted.version)).await;
        let early = early.expect_err("nobody has answered");
        assert_eq!(
            (early.code, early.facts["tries"].as_str()),
            (Code::FollowUpMissing, "0")
        );
        let acted = refused(a_call(acted.version, CallOutcome::Refused)).await;
        filed.took(acted);
        filed.took(tickets::act(&caller, filed.id, close(filed.version)).await);
        let detail = tickets::get(&caller, filed.id).await.expect("seen");
        assert_eq!(
            (detail.row.state, detail.row.satisfaction),
            (TicketState::Closed, Satisfaction::Refused),
            "never counted as satisfied"
        );
    })
    .await;
}
