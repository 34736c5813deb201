//! The monthly report of the audit: made once, signed, and told when somebody changed it.

use services::audit::reports;
use services::jobs;
use shared::access::{AuditReports, Role};
use shared::fault::Code;

use crate::support::{CENTRE, World, a_complaint, on_each_database};

async fn run(world: &World) {
    let known = jobs::JOBS.iter().find(|job| job.name == "audit_reports");
    known
        .expect("a job")
        .once(&world.services)
        .await
        .expect("counts");
}

async fn all(world: &World) -> AuditReports {
    let auditor = world.person(Role::Auditor, CENTRE);
    reports::list(&auditor).await.expect("lists")
}

#[tokio::test]
async fn a_month_is_counted_once_and_what_was_changed_does_not_hold() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        run(&world).await;
        assert!(all(&world).await.items.is_empty(), "the month is not over");
        let store = world.services.store();
        let content =
            r#"{"month":"2026-02","last_row":1,"questions":{"exports":3},"alarms":{},"acts":[]}"#;
        let at = world.services.now();
        let kept = store
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(
                    async move { store::audit::reports::keep(tx, ("2026-02", at), content).await },
                )
            })
            .await
            .expect("kept");
        assert!(kept);
        let found = all(&world).await;
        assert!(found.items[0].holds, "{found:?}");
        assert_eq!(found.items[0].report.questions.get("exports"), Some(&3));
        let trigger = if store.kind() == "sqlite" {
            "drop trigger audit_reports_stay_update"
        } else {
            "drop trigger audit_reports_stay on audit_reports"
        };
        world.tampers(trigger).await;
        world
            .tampers("update audit_reports set content = replace(content, '3', '0')")
            .await;
        assert!(!all(&world).await.items[0].holds, "somebody changed it");
        let other = world.person(Role::SecurityAdmin, CENTRE);
        let refused = reports::list(&other).await;
        assert_eq!(refused.expect_err("refused").code, Code::AccessDenied);
    })
    .await;
}
