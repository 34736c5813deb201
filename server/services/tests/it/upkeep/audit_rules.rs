//! Rules along the audit that people seldom meet: a jump of rights, signing in from elsewhere, files taken in every way, one file of very many rows.
//! Not here: looks (`audit_alarms`, `audit_looks`), how an alarm is dismissed (`audit_alarms`).

use futures::StreamExt as _;
use services::audit::alarms;
use services::sessions::{self, SignIn};
use services::{Ctx, exports, jobs, users};
use shared::access::{AuditAlarmView, AuditRule, Role};
use shared::query::{Sort, TicketFilter};

use crate::support::{CENTRE, World, ZJJ, a_complaint, on_each_database};

const PASSWORD: &str = "correct-Horse-7";

async fn run(world: &World) {
    let known = jobs::JOBS.iter().find(|job| job.name == "audit_alarms");
    known
        .expect("a job")
        .once(&world.services)
        .await
        .expect("looks");
}

/// What waits after the rules have looked.
async fn found(world: &World) -> Vec<AuditAlarmView> {
    run(world).await;
    let auditor = world.person(Role::Auditor, CENTRE);
    let page = alarms::page(&auditor, false, None, 50).await;
    page.expect("lists").items
}

fn rules(found: &[AuditAlarmView]) -> Vec<AuditRule> {
    found.iter().map(|alarm| alarm.rule).collect()
}

async fn sets(world: &World, key: &'static str, value: &'static str) {
    let store = world.services.store();
    store
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::settings::set(tx, key, value).await })
        })
        .await
        .expect("set");
}

async fn has_account(world: &World, username: &str, roles: &[Role]) {
    let command = users::Create {
        username: username.to_owned(),
        name: "王测试".to_owned(),
        unit: ZJJ.to_owned(),
        password: PASSWORD.to_owned(),
        given: false,
        roles: roles.to_vec(),
    };
    users::create(&Ctx::system(&world.services), command)
        .await
        .expect("the account is made");
}

async fn signs_in(world: &World, ip: &str) -> sessions::SignedIn {
    let command = SignIn {
        username: "wang".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let signed_in = sessions::sign_in(&world.stranger(ip), command).await;
    signed_in.expect("signs in")
}

#[tokio::test]
async fn many_changes_of_rights_by_one_person_are_told() {
    on_each_database(|world| async move {
        let security = world.hires(Role::SecurityAdmin, CENTRE).await;
        sets(&world, "audit.rights_jump", "3").await;
        let people = ["wang", "lisi", "zhao"];
        for who in people {
            has_account(&world, who, &[Role::Handler]).await;
        }
        for who in people {
            assert!(found(&world).await.is_empty(), "before {who}");
            users::grant_role(&security, who, Role::UnitReviewer)
                .await
                .expect("granted");
        }
        let alarms = found(&world).await;
        assert_eq!(rules(&alarms), [AuditRule::RightsJump]);
        assert_eq!(alarms[0].who, security.actor.username);
        assert_eq!(alarms[0].counted, 3);
        assert_eq!(found(&world).await.len(), 1, "told once");
    })
    .await;
}

#[tokio::test]
async fn signing_in_from_a_network_that_was_never_used_is_told() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        signs_in(&world, "192.0.2.1").await;
        assert!(found(&world).await.is_empty(), "the first is from anywhere");
        world.clock.advance_minutes(30);
        signs_in(&world, "192.0.77.9").await;
        assert!(found(&world).await.is_empty(), "a neighbour");
        world.clock.advance_minutes(30);
        sets(&world, "audit.far_sign_in", "0").await;
        signs_in(&world, "203.0.113.9").await;
        assert!(found(&world).await.is_empty(), "switched off");
        sets(&world, "audit.far_sign_in", "1").await;
        let alarms = found(&world).await;
        assert_eq!(rules(&alarms), [AuditRule::FarSignIn]);
        assert_eq!(alarms[0].who, "wang");
        world.clock.advance_minutes(30);
        signs_in(&world, "203.0.200.1").await;
        assert_eq!(found(&world).await.len(), 1, "it is known by now");
    })
    .await;
}

/// What takes data away, each by its act.
const TAKEN: [&str; 5] = [
    "export.tickets",
    "job.result",
    "export.audit",
    "report.file",
    "data.take",
];

#[tokio::test]
async fn files_of_every_kind_count_together() {
    on_each_database(|world| async move {
        sets(&world, "audit.mass_exports", "5").await;
        let supervisor = world.supervisor();
        for act in TAKEN {
            assert!(found(&world).await.is_empty(), "before {act}");
            let entry = supervisor.audit(act, format!("trial:{act}"), "ok");
            let store = world.services.store();
            store
                .write::<_, store::StoreError, _>(move |tx| {
                    let entry = entry.clone();
                    Box::pin(async move { store::audit::append(tx, &entry).await })
                })
                .await
                .expect("written");
        }
        let alarms = found(&world).await;
        assert_eq!(rules(&alarms), [AuditRule::MassExports]);
        assert_eq!(alarms[0].counted, 5);
    })
    .await;
}

#[tokio::test]
async fn one_export_of_very_many_rows_is_told_by_itself() {
    on_each_database(|world| async move {
        for _ in 0..3 {
            world.files(a_complaint()).await;
        }
        let supervisor = world.supervisor();
        let parts =
            exports::tickets_csv(&supervisor, TicketFilter::default(), Sort::AcceptedAsc, &[]);
        let parts: Vec<_> = parts.await.expect("exports").collect().await;
        assert!(parts.iter().all(Result::is_ok));
        sets(&world, "audit.export_rows", "4").await;
        assert!(found(&world).await.is_empty(), "too few rows");
        sets(&world, "audit.export_rows", "0").await;
        assert!(found(&world).await.is_empty(), "switched off");
        sets(&world, "audit.export_rows", "3").await;
        let alarms = found(&world).await;
        assert_eq!(rules(&alarms), [AuditRule::ManyRows]);
        assert_eq!(alarms[0].counted, 3);
        assert_eq!(alarms[0].who, supervisor.actor.username);
        assert_eq!(found(&world).await.len(), 1, "told once");
    })
    .await;
}
