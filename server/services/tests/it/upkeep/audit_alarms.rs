//! Rules along the audit: beyond a threshold one alarm, told once, dismissed with a reason by auditors alone.

use services::audit::alarms;
use services::{jobs, tickets};
use shared::access::{AuditRule, DismissAuditAlarm, Role};
use shared::fault::Code;
use shared::ticket::command::Reveal;

use crate::support::{CENTRE, World, a_complaint, on_each_database, said};

/// One look at each of so many tickets.
async fn looks(world: &World, count: usize) {
    let dispatcher = world.dispatcher();
    for _ in 0..count {
        let filed = world.files(a_complaint()).await;
        let reason = said("核对来电人的联系方式。");
        tickets::reveal(&dispatcher, filed.id, Reveal { reason })
            .await
            .expect("revealed");
    }
}

async fn run(world: &World) {
    let known = jobs::JOBS.iter().find(|job| job.name == "audit_alarms");
    known
        .expect("a job")
        .once(&world.services)
        .await
        .expect("looks");
}

async fn waiting(world: &World) -> Vec<AuditRule> {
    let auditor = world.person(Role::Auditor, CENTRE);
    let page = alarms::page(&auditor, false, None, 50)
        .await
        .expect("lists");
    page.items.into_iter().map(|alarm| alarm.rule).collect()
}

#[tokio::test]
async fn many_looks_are_told_once_and_dismissed() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        looks(&world, 19).await;
        run(&world).await;
        assert!(waiting(&world).await.is_empty(), "below the threshold");
        looks(&world, 1).await;
        run(&world).await;
        run(&world).await;
        assert_eq!(waiting(&world).await, [AuditRule::Lookups]);
        assert_eq!(world.audited("alarm").await.len(), 1, "one row");
        let auditor = world.person(Role::Auditor, CENTRE);
        let page = alarms::page(&auditor, false, None, 50)
            .await
            .expect("lists");
        let id = page.items[0].id;
        assert_eq!(page.items[0].counted, 20);
        let reason = || DismissAuditAlarm {
            reason: said("当班复核，已核对排班表。"),
        };
        let other = world.person(Role::SystemAdmin, CENTRE);
        let refused = alarms::dismiss(&other, id, reason()).await;
        assert_eq!(refused.expect_err("refused").code, Code::AccessDenied);
        alarms::dismiss(&auditor, id, reason())
            .await
            .expect("dismissed");
        let again = alarms::dismiss(&auditor, id, reason()).await;
        assert_eq!(again.expect_err("once").code, Code::NotFound);
        assert!(waiting(&world).await.is_empty());
        let gone = alarms::page(&auditor, true, None, 50).await.expect("lists");
        assert!(gone.items[0].reason.is_some() && gone.items[0].dismissed_by.is_some());
    })
    .await;
}

#[tokio::test]
async fn at_night_fewer_looks_are_many_and_a_threshold_of_zero_is_none() {
    on_each_database(|world| async move {
        world.time("2026-03-02T23:00");
        looks(&world, 10).await;
        world
            .tampers("insert into settings (key, value) values ('audit.night_reads', '0')")
            .await;
        run(&world).await;
        assert!(waiting(&world).await.is_empty(), "switched off");
        world
            .tampers("update settings set value = '10' where key = 'audit.night_reads'")
            .await;
        run(&world).await;
        assert_eq!(waiting(&world).await, [AuditRule::NightReads]);
    })
    .await;
}

#[tokio::test]
async fn an_account_freezes_where_the_office_wants_that() {
    on_each_database(|world| async move {
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        world.time("2026-03-02T10:00");
        for _ in 0..20 {
            let filed = world.files(a_complaint()).await;
            let reason = said("核对来电人的联系方式。");
            tickets::reveal(&dispatcher, filed.id, Reveal { reason })
                .await
                .expect("revealed");
        }
        world
            .tampers("insert into settings (key, value) values ('audit.lookups_freeze', '1')")
            .await;
        run(&world).await;
        assert_eq!(waiting(&world).await, [AuditRule::Lookups]);
        let db = world.services.store().reader();
        let user = store::users::find_by_name(&db, &dispatcher.actor.username)
            .await
            .expect("reads")
            .expect("there");
        assert_eq!(user.state, shared::account::life::AccountState::Frozen);
        assert_eq!(world.audited("account.freeze").await.len(), 1);
    })
    .await;
}
