//! The overtime alarm: what waits too long at the gate, and emergencies that nobody signs for; who supervises sees it.

use services::gateway::bell;
use services::tickets::{self, AlarmQuery};
use services::{Ctx, jobs};
use shared::access::Role;
use shared::command::{Ticked, Version};
use shared::fault::Code;
use shared::ids::TicketId;
use shared::ladder::Alarm;
use shared::notice::NoticeKind;
use shared::ticket::Urgency;
use shared::ticket::verbs::Dispatch;

use crate::support::{
    CENTRE, SUZHOU_CENTRE, World, ZJJ, a_complaint, example, on_each_database, said,
};

async fn rings(ctx: &Ctx, alarm: Alarm) -> Vec<TicketId> {
    let query = AlarmQuery {
        alarm,
        cursor: None,
        limit: 50,
    };
    let page = tickets::alarms(ctx, query).await.expect("the alarms");
    let count = page.counts.iter().find(|it| it.alarm == alarm);
    let found = i64::try_from(page.items.len()).expect("a few");
    assert_eq!(count.map(|it| it.count), Some(found));
    page.items.iter().map(|it| it.ticket.id).collect()
}

async fn dispatch(world: &World, version: i32) -> Dispatch {
    Dispatch {
        version: Version(version),
        lead: said(ZJJ),
        assisting: Vec::new(),
        category: Some(said(&world.a_leaf().await)),
        ..example::<Dispatch>(version)
    }
}

#[tokio::test]
async fn what_waits_too_long_rings_for_who_supervises() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let mut waits = world.files(a_complaint()).await;
        let mut urgent = world.files(a_complaint()).await;
        let leader = world.person(Role::ShiftLead, CENTRE);
        assert!(rings(&leader, Alarm::Queue).await.is_empty());
        let command = Dispatch {
            urgency: Some(Urgency::Critical),
            urgency_reason: Some(said("燃气泄漏")),
            ..dispatch(&world, urgent.version).await
        };
        urgent.took(tickets::act(&world.dispatcher(), urgent.id, command).await);

        world.time("2026-03-02T10:31");
        assert_eq!(rings(&leader, Alarm::Queue).await, [waits.id]);
        world.time("2026-03-02T12:00");
        assert_eq!(rings(&leader, Alarm::Sign).await, [urgent.id]);
        let count = tickets::alarm_count(&leader).await;
        assert_eq!(count, Ok(2));
        let elsewhere = world.person(Role::ShiftLead, SUZHOU_CENTRE);
        assert!(rings(&elsewhere, Alarm::Queue).await.is_empty(), "in reach");
        assert_eq!(tickets::alarm_count(&world.handler(ZJJ)).await, Ok(0));
        let query = AlarmQuery {
            alarm: Alarm::Queue,
            cursor: None,
            limit: 50,
        };
        let refused = tickets::alarms(&world.handler(ZJJ), query).await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);

        let proposed = Dispatch {
            review: Ticked(true),
            ..dispatch(&world, waits.version).await
        };
        waits.took(tickets::act(&world.dispatcher(), waits.id, proposed).await);
        assert!(rings(&leader, Alarm::Queue).await.is_empty());
        assert_eq!(rings(&leader, Alarm::Review).await, [waits.id]);
    })
    .await;
}

async fn pushes(world: &World) -> u64 {
    let known = jobs::JOBS.iter().find(|job| job.name == "alarms");
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs").count
}

async fn told(ctx: &Ctx) -> Vec<Vec<TicketId>> {
    let page = bell::page(ctx, false, None, bell::PAGE).await;
    let items = page.expect("a page").items.into_iter();
    let items = items.filter(|notice| notice.kind == NoticeKind::Alarm);
    items
        .map(|notice| notice.tickets.iter().map(|it| it.id).collect())
        .collect()
}

#[tokio::test]
async fn who_is_responsible_hears_each_morning_and_of_what_is_new() {
    on_each_database(|world| async move {
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        let elsewhere = world.hires(Role::Supervisor, SUZHOU_CENTRE).await;
        world.time("2026-03-02T20:00");
        let first = world.files(a_complaint()).await;
        // It crosses the line at night.
        world.time("2026-03-02T22:30");
        assert_eq!(pushes(&world).await, 0);
        world.time("2026-03-03T07:30");
        assert_eq!(pushes(&world).await, 0, "before work begins");
        world.time("2026-03-03T10:00");
        pushes(&world).await;
        assert_eq!(told(&dispatcher).await, [vec![first.id]]);
        assert_eq!(pushes(&world).await, 0, "once");

        let second = world.files(a_complaint()).await;
        world.time("2026-03-03T10:45");
        pushes(&world).await;
        let all = told(&dispatcher).await;
        assert_eq!(all.first(), Some(&vec![second.id]), "what is new alone");
        assert_eq!(all.len(), 2);

        world.time("2026-03-04T10:00");
        pushes(&world).await;
        let all = told(&dispatcher).await;
        assert_eq!(all.first(), Some(&vec![first.id, second.id]));
        assert!(told(&elsewhere).await.is_empty(), "of its own area");
    })
    .await;
}

#[tokio::test]
async fn the_hours_in_which_people_hear_of_it_are_the_offices() {
    on_each_database(|world| async move {
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        world.time("2026-03-02T20:00");
        let first = world.files(a_complaint()).await;
        world.time("2026-03-02T21:30");
        assert_eq!(pushes(&world).await, 0, "as shipped until nine");
        world
            .tampers("insert into settings (key, value) values ('office.alarm.to_minute', '1320')")
            .await;
        pushes(&world).await;
        assert_eq!(told(&dispatcher).await, [vec![first.id]]);
        let second = world.files(a_complaint()).await;
        world.time("2026-03-02T22:05");
        assert_eq!(pushes(&world).await, 0, "now until ten");
        world
            .tampers("insert into settings (key, value) values ('office.alarm.from_minute', '660')")
            .await;
        world.time("2026-03-03T10:30");
        assert_eq!(pushes(&world).await, 0, "not before eleven");
        world.time("2026-03-03T11:00");
        pushes(&world).await;
        let all = told(&dispatcher).await;
        assert_eq!(all.first(), Some(&vec![first.id, second.id]));
    })
    .await;
}
