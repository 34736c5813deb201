//! The leaders' list of red tickets: one a leader and working day, of the own area or unit, at the time that the office has set; and the notices that a
//! ticket is critical, or that many people are about one event.

use services::gateway::bell;
use services::{Ctx, jobs};
use shared::access::Role;
use shared::notice::{NoticeKind, NoticeView};
use shared::ticket::Urgency;
use shared::ticket::command::Register;

use crate::support::{
    CENTRE, SUZHOU_CENTRE, World, ZJJ, a_complaint, killed_after, lives, on_each_database,
};

async fn runs(world: &World) -> u64 {
    let known = jobs::JOBS.iter().find(|job| job.name == "red_list");
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs").count
}

async fn lists(ctx: &Ctx) -> Vec<NoticeView> {
    let page = bell::page(ctx, false, None, bell::PAGE).await;
    let mut items = page.expect("a page").items;
    items.retain(|notice| notice.kind == NoticeKind::RedList);
    items
}

#[tokio::test]
async fn each_leader_gets_one_list_on_the_morning_of_a_working_day() {
    on_each_database(|world| async move {
        let leader = world.hires(Role::CentreLeader, CENTRE).await;
        let elsewhere = world.hires(Role::CentreLeader, SUZHOU_CENTRE).await;
        let unit = world.hires(Role::UnitReviewer, ZJJ).await;
        let mut first = world.files(a_complaint()).await;
        world.dispatches(&mut first, ZJJ, &[]).await;
        let second = world.files(a_complaint()).await;

        // Friday: nothing before its time.
        world.time("2026-03-20T08:00");
        assert_eq!(runs(&world).await, 0);
        world.time("2026-03-20T08:35");
        assert_eq!(runs(&world).await, 2);
        assert_eq!(runs(&world).await, 0, "once a day");
        let seen = &lists(&leader).await[0];
        let numbers: Vec<&str> = seen.tickets.iter().map(|it| it.no.as_str()).collect();
        assert_eq!(numbers.len(), 2);
        for no in [&first.claim.ticket_no, &second.claim.ticket_no] {
            assert!(numbers.contains(&no.as_str()));
        }
        assert!(seen.words.contains('2'), "{}", seen.words);
        let own = &lists(&unit).await[0];
        assert_eq!(own.tickets.len(), 1, "of its own parts");
        assert!(lists(&elsewhere).await.is_empty(), "of its own area");

        world.time("2026-03-21T09:00");
        assert_eq!(runs(&world).await, 0, "a Saturday");
        world.time("2026-03-23T14:00");
        assert_eq!(runs(&world).await, 0, "too late for a morning");
    })
    .await;
}

#[tokio::test]
async fn a_list_that_was_broken_off_goes_on_and_nobody_gets_two() {
    on_each_database(|world| async move {
        let leader = world.hires(Role::CentreLeader, CENTRE).await;
        let unit = world.hires(Role::UnitReviewer, ZJJ).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.time("2026-03-20T08:35");
        for wakes in lives() {
            if killed_after(wakes, runs(&world)).await.is_some() {
                break;
            }
        }
        runs(&world).await;
        assert_eq!(lists(&leader).await.len(), 1);
        assert_eq!(lists(&unit).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn leaders_hear_of_a_critical_ticket_at_once() {
    on_each_database(|world| async move {
        let leader = world.hires(Role::CentreLeader, CENTRE).await;
        world.takes_call(a_complaint()).await;
        let critical = Register {
            urgency: Some(Urgency::Critical),
            ..a_complaint()
        };
        let filed = world.takes_call(critical).await;
        jobs::once(&world.services).await.expect("the jobs run");
        let page = bell::page(&leader, false, None, bell::PAGE).await;
        let mut items = page.expect("a page").items;
        items.retain(|notice| notice.kind == NoticeKind::Critical);
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].ticket, Some(filed.id));
    })
    .await;
}

#[tokio::test]
async fn leaders_hear_when_ten_people_are_about_one_event() {
    on_each_database(|world| async move {
        let leader = world.hires(Role::CentreLeader, CENTRE).await;
        let lead = world.takes_call(a_complaint()).await;
        for _ in 0..10 {
            let joins = Register {
                joins: Some(lead.claim.ticket_no.clone()),
                ..a_complaint()
            };
            world.takes_call(joins).await;
        }
        jobs::once(&world.services).await.expect("the jobs run");
        let page = bell::page(&leader, false, None, bell::PAGE).await;
        let mut items = page.expect("a page").items;
        items.retain(|notice| notice.kind == NoticeKind::Group);
        assert_eq!(items.len(), 1, "at ten, not at eleven");
        assert_eq!(items[0].ticket, Some(lead.id));
    })
    .await;
}
