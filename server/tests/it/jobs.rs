//! Long jobs over HTTP: the page without script and the programs' interface, from asking for an export to taking its file.
//! Deliberately absent: steps, kills, rights that change (tests of `services`).
//! The server's own jobs do not run here: a test runs the host itself.

use axum::{body::Body, http::StatusCode};
use serde_json::json;
use services::jobs;

use crate::person::Person;
use crate::support::{Answer, World, request};

async fn host(world: &World) {
    let known = jobs::JOBS.iter().find(|job| job.name == "host");
    let known = known.expect("the host");
    while known.once(&world.state.services).await.expect("runs").more {}
}

async fn get(world: &World, path: &str, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    world
        .send(request("GET", path, &headers, Body::empty()))
        .await
}

#[tokio::test]
async fn an_export_is_asked_for_followed_and_taken_without_script() {
    let world = World::new().await;
    let supervisor = Person::signed_in(&world, "supervisor").await;
    let empty = supervisor.sees("/staff/jobs").await;
    assert!(empty.contains("还没有长任务") && empty.contains("action=\"/staff/jobs\""));
    assert!(empty.contains("href=\"/staff/jobs\""), "a door in the rail");
    let cookies = supervisor.cookies().to_owned();
    let fields = [("query", "state=CLOSED")];
    let asked = world.submit("/staff/jobs", &cookies, &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    assert_eq!(asked.header("location"), "/staff/jobs?done=export");
    let waiting = supervisor.sees("/staff/jobs?done=export").await;
    assert!(waiting.contains("已开始后台导出") && waiting.contains("排队"));
    // One of a person at a time; the page says so.
    let second = world.submit("/staff/jobs", &cookies, &fields).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text);
    assert!(second.text.contains("正在另一处运行"));
    host(&world).await;
    let done = supervisor.sees("/staff/jobs").await;
    assert!(done.contains("已完成") && done.contains("0 条"), "{done}");
    let at = done.find("result.csv").expect("a link to the file");
    let from = done[..at].rfind("/staff/jobs/").expect("its address");
    let path = format!("{}result.csv", &done[from..at]);
    let file = world.get(&path, &[("cookie", &cookies)]).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(
        file.header("content-disposition")
            .contains("tickets-20260303-")
    );
    assert_eq!(file.header("content-length"), file.text.len().to_string());
    assert!(file.text.contains("工单编号"));
    for (who, status) in [
        ("agent", StatusCode::FORBIDDEN),
        ("manager", StatusCode::NOT_FOUND),
    ] {
        let other = Person::signed_in(&world, who).await;
        let refused = world.get(&path, &[("cookie", other.cookies())]).await;
        assert_eq!(refused.status, status, "{who}");
    }
    let nobody = world.get(&path, &[]).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_archives_password_is_shown_once_and_a_template_is_kept_without_script() {
    let world = World::new().await;
    let supervisor = Person::signed_in(&world, "supervisor").await;
    let cookies = supervisor.cookies().to_owned();
    let page = supervisor.sees("/staff/exports?state=CLOSED").await;
    assert!(page.contains("导出模板") && page.contains("name=\"place.ticket_no\""));
    let fields = [("query", "state=CLOSED"), ("locked", "yes")];
    let asked = world.submit("/staff/jobs", &cookies, &fields).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    assert!(asked.text.contains("压缩包密码"), "{}", asked.text);
    let after = supervisor.sees("/staff/jobs").await;
    assert!(!after.contains("压缩包密码"), "once");
    let fields = [
        ("name", "月报"),
        ("place.state", "2"),
        ("place.ticket_no", "1"),
        ("format", "xlsx"),
    ];
    let kept = world.submit("/staff/exports", &cookies, &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    assert_eq!(kept.header("location"), "/staff/exports?done=keep");
    let page = supervisor.sees("/staff/exports?done=keep").await;
    assert!(page.contains("模板已保存") && page.contains("月报：2 列"));
    let at = page.find("/remove\"").expect("a button that removes it");
    let from = page[..at].rfind("/staff/exports/").expect("its address");
    let path = format!("{}/remove", &page[from..at]);
    let gone = world.submit(&path, &cookies, &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    let page = supervisor.sees("/staff/exports").await;
    assert!(page.contains("还没有模板"));
}

#[tokio::test]
async fn a_job_is_stopped_from_its_page() {
    let world = World::new().await;
    let supervisor = Person::signed_in(&world, "supervisor").await;
    let cookies = supervisor.cookies().to_owned();
    world
        .submit("/staff/jobs", &cookies, &[("query", "")])
        .await;
    let page = supervisor.sees("/staff/jobs").await;
    let at = page.find("/cancel\"").expect("a button that stops it");
    let from = page[..at].rfind("/staff/jobs/").expect("its address");
    let path = format!("{}/cancel", &page[from..at]);
    let other = Person::signed_in(&world, "agent").await;
    let refused = world.submit(&path, other.cookies(), &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", refused.text);
    let stopped = world.submit(&path, &cookies, &[]).await;
    assert_eq!(stopped.status, StatusCode::SEE_OTHER, "{}", stopped.text);
    let after = supervisor.sees("/staff/jobs?done=cancel").await;
    assert!(after.contains("已要求停止") && after.contains("已停止"));
    assert!(!after.contains("/cancel\""));
    let english = world
        .get(
            "/staff/jobs",
            &[("cookie", &format!("{cookies}; __Host-lang=en"))],
        )
        .await;
    assert!(
        english.text.contains("Long jobs") && english.text.contains("Stopped"),
        "{}",
        english.text
    );
}

#[tokio::test]
async fn programs_ask_follow_take_and_stop() {
    let world = World::new().await;
    let token = world.token("supervisor").await;
    let agent = world.token("agent").await;
    let denied = world
        .post("/api/v1/jobs", &agent, &json!({"query": ""}))
        .await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN, "{}", denied.text);
    let bad = world
        .post("/api/v1/jobs", &token, &json!({"query": "state=NOWHERE"}))
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bad.text);
    let asked = world
        .post("/api/v1/jobs", &token, &json!({"query": "sort=due_at"}))
        .await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text);
    let job = asked.json();
    assert_eq!(
        (job["state"].as_str(), job["kind"].as_str()),
        (Some("waiting"), Some("export"))
    );
    let id = job["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/jobs/{id}");
    let early = get(&world, &format!("{path}/result"), &token).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "{}", early.text);
    assert_eq!(early.json()["code"], "job.no_result");
    host(&world).await;
    let done = get(&world, &path, &token).await.json();
    assert_eq!(done["state"], "done", "{done}");
    assert_eq!(done["report"]["rows"], 0);
    assert!(
        done["result"]["until"]
            .as_str()
            .is_some_and(|at| at.starts_with("2026-03-06"))
    );
    let file = get(&world, &format!("{path}/result"), &token).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert!(file.text.contains("工单编号"));
    let late = world
        .post(&format!("{path}/cancel"), &token, &json!({}))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert_eq!(late.json()["code"], "job.ended");
    let hidden = get(&world, &path, &agent).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{}", hidden.text);
    let refused = get(&world, &format!("{path}/result"), &agent).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    // Newest first: of two that were asked for in one millisecond either may come first.
    world.clock.advance_minutes(1);
    world.post("/api/v1/jobs", &token, &json!({})).await;
    let page = get(&world, "/api/v1/jobs?limit=1", &token).await.json();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    let cursor = page["next_cursor"].as_str().expect("more").to_owned();
    let second = get(
        &world,
        &format!("/api/v1/jobs?limit=1&cursor={cursor}"),
        &token,
    )
    .await
    .json();
    assert_eq!(second["items"][0]["id"], id.as_str(), "{second}");
    assert_eq!(second["next_cursor"].as_str(), None);
    let newest = page["items"][0]["id"].as_str().expect("an id").to_owned();
    let stopped = world
        .post(&format!("/api/v1/jobs/{newest}/cancel"), &token, &json!({}))
        .await;
    assert_eq!(stopped.json()["state"], "cancelled", "{}", stopped.text);
    for wrong in ["/api/v1/jobs?cursor=x", "/api/v1/jobs?limit=0"] {
        let refused = get(&world, wrong, &token).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}
