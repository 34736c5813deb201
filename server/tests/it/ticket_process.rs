//! The tickets' own process on the owner's pages and for programs: deployed when it has what the verbs need, activated for an area and a
//! kind, fetched again as it was. Deliberately absent: which version a ticket gets (tests of `services`).
//! Read next: `process_pages` (everything that holds for any process).

use axum::http::StatusCode;
use serde_json::json;

use crate::person::Person;
use crate::process_pages::upload;
use crate::support::World;

const SHIPPED: &str = include_str!("../../bpmn/definitions/ticket-main-2.bpmn");
const PAGE: &str = "/processes/ticket-main/3";

/// Triage has another name.
fn own() -> String {
    SHIPPED.replace(
        r#"name="派单" ms:name_en="Triage""#,
        r#"name="区里派单" ms:name_en="Triage here""#,
    )
}

async fn in_english(world: &World, person: &Person<'_>, path: &str) -> String {
    let cookies = format!("{}; __Host-lang=en", person.cookies());
    let answer = world.get(path, &[("cookie", &cookies)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.text
}

#[tokio::test]
async fn a_version_is_refused_deployed_and_activated_for_some_tickets() {
    let world = World::new().await;
    let mut owner = Person::signed_in(&world, "manager").await;
    let lacking = own().replace(r#"ms:limit="review" ms:verb="review""#, "");
    let file = Some(("t.bpmn", lacking.as_str()));
    let refused = upload(&world, &owner, "/processes", &[], file).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("没有任务等待这个动作") && refused.text.contains("closing_review")
    );
    let own = own();
    let file = Some(("t.bpmn", own.as_str()));
    let done = upload(&world, &owner, "/processes", &[], file).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(done.header("location"), format!("{PAGE}?done=deploy"));
    let shown = owner.sees(PAGE).await;
    assert!(shown.contains("按区域、类型启用") && shown.contains("没有区域或类型单独启用版本"));
    assert!(shown.contains("南京市鼓楼区") && shown.contains("未启用"));
    let empty = owner.sends(PAGE, "/3/activate-part", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("part-area-error"), "{}", empty.text);
    let part = [("area", "320106"), ("kind", "complaint")];
    let to = owner.does(PAGE, "/3/activate-part", &part).await;
    let set = owner.sees(&to).await;
    assert!(
        set.contains("已按区域、类型启用")
            && set.contains("action=\"/processes/ticket-main/3/withdraw-part\"")
    );
    let english = in_english(&world, &owner, PAGE).await;
    for words in [
        "By area and kind",
        "Complaint",
        "Activate version 3 for some tickets",
        "Download the file",
    ] {
        assert!(english.contains(words), "{words}: {english}");
    }
    let to = owner.does(PAGE, "/3/withdraw-part", &[]).await;
    let after = owner.sees(&to).await;
    assert!(after.contains("已停用，在办的工单留在这个版本"));
    assert!(!after.contains("action=\"/processes/ticket-main/3/withdraw-part\""));
}

#[tokio::test]
async fn what_was_deployed_is_saved_and_never_shown() {
    let world = World::new().await;
    let owner = Person::signed_in(&world, "manager").await;
    let page = owner.sees("/processes/ticket-main/2").await;
    let path = "/processes/ticket-main/2/definition.bpmn";
    assert!(page.contains(&format!("href=\"{path}\"")) && page.contains("下载流程文件"));
    let file = world.get(path, &[("cookie", owner.cookies())]).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.text, SHIPPED);
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"ticket-main-2.bpmn\""
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let digest = file.header("etag").to_owned();
    assert_eq!(digest.len(), 66, "{digest}");
    let missing = "/processes/ticket-main/9/definition.bpmn";
    let missing = world.get(missing, &[("cookie", owner.cookies())]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);

    let token = world.token("manager").await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let path = "/api/v1/processes/ticket-main/versions/2/definition";
    let fetched = world.get(path, &headers).await;
    assert_eq!(fetched.status, StatusCode::OK, "{}", fetched.text);
    assert_eq!(
        (fetched.text.as_str(), fetched.header("etag")),
        (SHIPPED, digest.as_str())
    );
}

#[tokio::test]
async fn programs_activate_for_a_kind_and_fetch_tables() {
    let world = World::new().await;
    let token = world.token("manager").await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let deployed = world
        .post("/api/v1/processes", &token, &json!({"xml": own()}))
        .await;
    assert_eq!(deployed.json()["version"], 3, "{}", deployed.text);
    let path = "/api/v1/processes/ticket-main/versions/3/activate";
    let body = json!({"kind": "inquiry", "active_from": "2026-03-09T00:00:00+08:00"});
    let set = world.post(path, &token, &body).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    let rows = set.json();
    let row = rows
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["key"] == "ticket-main"))
        .expect("the tickets' process");
    let part = &row["activations"][0];
    assert_eq!(
        (
            part["version"].as_i64(),
            part["kind"].as_str(),
            part["counts"].as_bool()
        ),
        (Some(3), Some("inquiry"), Some(false))
    );
    let id = part["id"].as_str().expect("an id");
    let path = format!("/api/v1/processes/ticket-main/activations/{id}/withdraw");
    let withdrawn = world.post(&path, &token, &json!({})).await;
    assert_eq!(withdrawn.status, StatusCode::OK, "{}", withdrawn.text);
    let again = world.post(&path, &token, &json!({})).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "{}", again.text);

    let tables = r#"<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="fees_file" name="fees" namespace="https://minsheng.example">
  <decision id="fees" name="收费 Fees"><decisionTable hitPolicy="FIRST">
    <input id="i"><inputExpression><text>days</text></inputExpression></input>
    <output id="o" name="fee"/>
    <rule id="r"><inputEntry id="ie"><text>&gt; 3</text></inputEntry><outputEntry id="oe"><text>5</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>
"#;
    let deployed = world
        .post("/api/v1/processes", &token, &json!({"xml": tables}))
        .await;
    assert_eq!(deployed.json()["key"], "fees", "{}", deployed.text);
    let path = "/api/v1/decisions/fees/versions/1/definition";
    let fetched = world.get(path, &headers).await;
    assert_eq!(fetched.text, tables);
    assert!(fetched.header("content-disposition").contains("fees-1.dmn"));
}
