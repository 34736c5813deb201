//! What people look at is counted apart by whether they have a task on it; many tickets outside the own queue, and one text on many tickets,
//! are alarms. An account's page says how many alarms about it wait.

use std::sync::Arc;

use services::audit::alarms;
use services::{Ctx, SeededIds, Services, jobs, tickets, users};
use shared::access::{AuditAlarms, AuditLook, AuditRule, Role};
use shared::ticket::command::Reveal;

use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, on_each_database, said};

async fn run(world: &World, name: &str) {
    let known = jobs::JOBS.iter().find(|job| job.name == name);
    known
        .expect("a job")
        .once(&world.services)
        .await
        .expect("done");
}

/// Writes what was counted and looks by every rule.
async fn alarmed(world: &World) -> AuditAlarms {
    run(world, "reads").await;
    run(world, "audit_alarms").await;
    let auditor = world.person(Role::Auditor, CENTRE);
    alarms::page(&auditor, false, None, 50)
        .await
        .expect("lists")
}

fn rules(page: &AuditAlarms) -> Vec<AuditRule> {
    page.items.iter().map(|alarm| alarm.rule).collect()
}

/// Tickets on which a unit has a task, and the centre none.
async fn at_the_unit(world: &World, count: usize) -> Vec<Filed> {
    let mut all = Vec::new();
    for _ in 0..count {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        all.push(filed);
    }
    all
}

async fn opens(who: &Ctx, filed: &[Filed]) {
    for filed in filed {
        tickets::sheet(who, filed.id).await.expect("is seen");
    }
}

#[tokio::test]
async fn many_tickets_outside_the_own_queue_are_told_once() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let filed = at_the_unit(&world, 20).await;
        let supervisor = world.supervisor();
        opens(&world.handler(ZJJ), &filed).await;
        opens(&supervisor, &filed[..19]).await;
        opens(&supervisor, &filed[..19]).await;
        assert!(alarmed(&world).await.items.is_empty(), "below, or at work");
        opens(&supervisor, &filed).await;
        let page = alarmed(&world).await;
        assert_eq!(rules(&page), [AuditRule::OutsideReads]);
        let told = &page.items[0];
        assert_eq!(told.who, supervisor.actor.username);
        assert_eq!((told.counted, told.last_row), (20, 0));
        let mut looks = page.looks.iter();
        let most = looks.find(|it| it.look == AuditLook::Outside);
        let most = most.map(|it| (it.who.as_str(), it.counted));
        assert_eq!(most, Some((supervisor.actor.username.as_str(), 20)));
        assert_eq!(alarmed(&world).await.items.len(), 1, "once");
    })
    .await;
}

#[tokio::test]
async fn looks_at_two_servers_are_counted_together_and_outlive_both() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let filed = at_the_unit(&world, 20).await;
        let supervisor = world.supervisor();
        let other = Services::open_with(
            world.services.config().clone(),
            world.clock.clone(),
            Arc::new(SeededIds::new(999)),
        )
        .await
        .expect("a second server opens");
        let there = Ctx {
            services: other,
            ..supervisor.clone()
        };
        opens(&supervisor, &filed[..12]).await;
        // Some of them at both: a ticket is one.
        opens(&there, &filed[8..]).await;
        // Nothing that waits in the memory of a server is asked.
        run(&world, "audit_alarms").await;
        let auditor = world.person(Role::Auditor, CENTRE);
        let page = alarms::page(&auditor, false, None, 50).await;
        let page = page.expect("lists");
        assert_eq!(rules(&page), [AuditRule::OutsideReads]);
        assert_eq!(page.items[0].counted, 20);
    })
    .await;
}

#[tokio::test]
async fn the_minutes_in_which_looks_are_counted_are_the_offices() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let filed = at_the_unit(&world, 20).await;
        let supervisor = world.supervisor();
        opens(&supervisor, &filed[..10]).await;
        world.time("2026-03-02T10:20");
        opens(&supervisor, &filed[10..]).await;
        assert!(alarmed(&world).await.items.is_empty(), "not in ten minutes");
        world
            .tampers("insert into settings (key, value) values ('audit.look_minutes', '30')")
            .await;
        let page = alarmed(&world).await;
        assert_eq!(rules(&page), [AuditRule::OutsideReads]);
        world.time("2026-03-02T10:25");
        assert_eq!(
            alarmed(&world).await.items.len(),
            1,
            "once, as nobody went on"
        );
    })
    .await;
}

#[tokio::test]
async fn tickets_that_wait_at_the_centre_are_the_centres_own() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let mut all = Vec::new();
        for _ in 0..20 {
            all.push(world.files(a_complaint()).await);
        }
        opens(&world.supervisor(), &all).await;
        assert!(alarmed(&world).await.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_text_on_many_tickets_is_told() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        for mut filed in at_the_unit(&world, 9).await {
            world.unit_answers(&mut filed, ZJJ).await;
        }
        assert!(alarmed(&world).await.items.is_empty(), "below");
        for mut filed in at_the_unit(&world, 1).await {
            world.unit_answers(&mut filed, ZJJ).await;
        }
        let page = alarmed(&world).await;
        assert_eq!(rules(&page), [AuditRule::SameText]);
        assert_eq!(page.items[0].who, world.handler(ZJJ).actor.username);
        assert_eq!(page.items[0].counted, 10);
        let rows = world.audited("reply").await;
        let mac = rows[0].facts.get("text_mac").map(String::len);
        assert_eq!(mac, Some(16), "a hash, and nothing of the text");
    })
    .await;
}

#[tokio::test]
async fn an_accounts_page_says_how_many_alarms_wait() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        let owner = Ctx::system(&world.services);
        let name = dispatcher.actor.username.clone();
        let sheet = users::sheet(&owner, &name).await.expect("an account");
        assert_eq!(sheet.alarms, 0);
        for _ in 0..20 {
            let filed = world.files(a_complaint()).await;
            let reason = said("核对来电人的联系方式。");
            tickets::reveal(&dispatcher, filed.id, Reveal { reason })
                .await
                .expect("revealed");
        }
        assert_eq!(rules(&alarmed(&world).await), [AuditRule::Lookups]);
        let sheet = users::sheet(&owner, &name).await.expect("an account");
        assert_eq!(sheet.alarms, 1);
    })
    .await;
}
