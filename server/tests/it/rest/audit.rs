//! The audit over HTTP: the auditor's pages without script, the file, the programs' list, and an alarm that is dismissed.
//! Deliberately absent: what is found (tests of `services`).

use axum::http::StatusCode;
use serde_json::Value;
use services::jobs;

use crate::person::Person;
use crate::support::World;

async fn read(world: &World, who: &str, path: &str) -> (StatusCode, Value) {
    let bearer = format!("Bearer {}", world.token(who).await);
    let answer = world
        .get(&format!("/api/v1{path}"), &[("authorization", &bearer)])
        .await;
    (answer.status, answer.json())
}

async fn looks(world: &World) {
    let known = jobs::JOBS.iter().find(|job| job.name == "audit_alarms");
    known
        .expect("a job")
        .once(&world.state.services)
        .await
        .expect("looks");
}

#[tokio::test]
async fn an_auditor_searches_takes_the_file_and_dismisses_an_alarm_without_script() {
    let world = World::new().await;
    let mut auditor = Person::signed_in(&world, "auditor").await;
    let page = auditor.sees("/audit").await;
    assert!(page.contains("href=\"/audit\""), "a door");
    assert!(page.contains("审计查阅") && page.contains("session.sign_in"));
    let found = auditor.sees("/audit?question=auditors").await;
    assert!(found.contains("audit.read"), "the look before stands in it");
    let none = auditor.sees("/audit?person=nobody-of-this-name").await;
    assert!(none.contains("没有记录"));
    let file = auditor.reads("/audit/export.csv?action=audit.read").await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert!(file.header("content-type").starts_with("text/csv"));
    let request = file.header("x-request-id").to_owned();
    let of_request = auditor.sees(&format!("/audit?request={request}")).await;
    assert!(of_request.contains("export.audit"), "what was done in it");
    let asked = "/audit?question=exports";
    let typed = [("name", "本月导出"), ("shared", "yes")];
    let to = auditor.does(asked, "/audit/questions", &typed).await;
    assert_eq!(to, "/audit?done=keep");
    let page = auditor.sees(&to).await;
    assert!(page.contains("本月导出") && page.contains("/audit?question=exports"));
    let to = auditor.does("/audit", "/delete", &[]).await;
    assert_eq!(to, "/audit?done=delete");
    assert!(!auditor.sees("/audit").await.contains("本月导出"));

    let (status, list) = read(&world, "auditor", "/audit?action=audit.read&limit=2").await;
    assert_eq!(status, StatusCode::OK, "{list}");
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
    assert!(list["next_cursor"].is_string(), "{list}");
    let (status, wrong) = read(&world, "auditor", "/audit?question=none").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    for who in ["agent", "supervisor", "leader"] {
        for path in ["/audit", "/audit-alarms", "/audit-reports"] {
            let (status, _) = read(&world, who, path).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{who} {path}");
        }
    }

    let list = "/audit/alarms";
    assert!(auditor.sees(list).await.contains("没有告警"));
    let store = world.state.services.store();
    store
        .write::<_, store::StoreError, _>(|tx| {
            Box::pin(async move { store::settings::set(tx, "audit.mass_exports", "1").await })
        })
        .await
        .expect("set");
    looks(&world).await;
    assert!(
        auditor.sees(list).await.contains("/dismiss\""),
        "an alarm waits"
    );
    let why = [("reason", "月度检查，已核对申请单。")];
    let to = auditor.does(list, "/dismiss", &why).await;
    assert_eq!(to, "/audit/alarms?done=dismiss");
    assert!(auditor.sees(&to).await.contains("没有告警"));
    let gone = auditor.sees("/audit/alarms?shelf=dismissed").await;
    assert!(gone.contains("月度检查"));
    assert!(auditor.sees("/audit/reports").await.contains("还没有月报"));
}
