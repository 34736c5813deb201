//! Findings of the rules of quality over HTTP: the programs' list, and the work list as a page without script, up to the second person's word.
//! Deliberately absent: what the rules find (tests of `services` and `shared`).
//! The server's own jobs do not run here: the test looks itself, at night.

use axum::http::StatusCode;
use serde_json::{Value, json};
use services::jobs;

use super::complaint;
use crate::person::Person;
use crate::support::World;

async fn night(world: &World) {
    world.clock.advance_minutes(17 * 60);
    for name in ["quality", "host"] {
        let known = jobs::JOBS.iter().find(|job| job.name == name);
        let known = known.expect("a job");
        while known.once(&world.state.services).await.expect("runs").more {}
    }
}

async fn read(world: &World, who: &str, path: &str) -> (StatusCode, Value) {
    let bearer = format!("Bearer {}", world.token(who).await);
    let answer = world
        .get(&format!("/api/v1{path}"), &[("authorization", &bearer)])
        .await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn a_finding_is_listed_and_dismissed_by_two_without_script() {
    let world = World::new().await;
    let agent = world.token("agent").await;
    let mut call = complaint();
    call["content"] = json!("中山路一号楼道里有燃气泄漏的味道，请尽快派人查看。");
    let made = world.post("/api/v1/tickets", &agent, &call).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let ticket = made.json()["id"].clone();
    let before = Person::signed_in(&world, "supervisor").await;
    let page = before.sees("/office/quality").await;
    assert!(page.contains("还没有检查过") && page.contains("没有待处理的问题"));
    night(&world).await;

    let (status, list) = read(&world, "supervisor", "/findings").await;
    assert_eq!(status, StatusCode::OK);
    let items = list["items"].as_array().expect("a list");
    let [one] = &items[..] else {
        panic!("{list}");
    };
    assert_eq!((&one["rule"], &one["ticket"]), (&json!("V14"), &ticket));
    assert_eq!(one["facts"]["word"], "燃气泄漏");
    let (_, none) = read(&world, "supervisor", "/findings?rule=V18&state=gone").await;
    assert_eq!(none["items"], json!([]));
    let (status, wrong) = read(&world, "supervisor", "/findings?rule=V99").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    assert_eq!(wrong["fields"][0]["field"], "rule");
    let (_, rules) = read(&world, "supervisor", "/findings/rules").await;
    assert_eq!(rules["items"].as_array().map(Vec::len), Some(30));
    let (_, scores) = read(&world, "supervisor", "/findings/scores").await;
    assert_eq!(scores["items"][0]["open"]["warn"], 1, "{scores}");
    for who in ["agent", "handler", "auditor"] {
        assert_eq!(
            read(&world, who, "/findings").await.0,
            StatusCode::FORBIDDEN
        );
    }

    let mut first = Person::signed_in(&world, "supervisor").await;
    let list = "/office/quality";
    let page = first.sees(list).await;
    assert!(page.contains("href=\"/office/quality\""), "a door");
    assert!(page.contains("内容有紧急词语") && page.contains("词语：燃气泄漏"));
    assert!(page.contains("尚不适用"), "what is not looked at says so");
    let short = first.sends(list, "/dismiss", &[("reason", "不")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("reason", "燃气公司已到场，是饭菜气味。")];
    let to = first.does(list, "/dismiss", &why).await;
    assert_eq!(to, "/office/quality?done=dismiss");
    let page = first.sees(&to).await;
    assert!(page.contains("待第二人确认") && !page.contains("/decide\""));
    let mut second = Person::signed_in(&world, "leader").await;
    let to = second.does(list, "/decide", &[("agreed", "true")]).await;
    assert_eq!(to, "/office/quality?done=decide");
    assert!(second.sees(list).await.contains("没有待处理的问题"));
    let (_, gone) = read(&world, "leader", "/findings?state=dismissed").await;
    assert_eq!(gone["items"][0]["reason"], "燃气公司已到场，是饭菜气味。");
}
