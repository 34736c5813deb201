//! Acting for an organisation, by pages without script and by REST: asking, the answer, filing. Deliberately absent: who may and when it holds (tests
//! of `services`).
//! Bad input comes back at its field, with what was typed.

use axum::http::StatusCode;
use serde_json::json;

use super::{PHONE, signs_in, token};
use crate::{
    person::{Person, form},
    rest::complaint,
    support::World,
};

const FIRM: &str = "91350100M000100Y43";

fn wish(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("credit_code", code),
        ("organisation", "南京明理科技有限公司"),
        ("acts_as", "agent"),
        ("name", "陈明理"),
        ("city", "320100"),
        ("valid_until", "2026-12-31"),
        ("evidence", "授权书 2026-17 号"),
    ]
}

#[tokio::test]
async fn it_is_asked_for_decided_and_chosen_without_script() {
    let world = World::new().await;
    let cookie = signs_in(&world, PHONE).await.cookies();
    let reads = async |path: &str| world.get(path, &[("cookie", &cookie)]).await;
    let page = reads("/me/mandates").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("name=\"credit_code\""), "{}", page.text);
    assert!(!page.text.contains("modulepreload"), "no browser code");
    let (ask, _) = form(&page.text, "/ask");
    let wrong = world
        .submit(&ask, &cookie, &wish("91350100M000100Y44"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("请对照营业执照"), "{}", wrong.text);
    assert!(wrong.text.contains("value=\"91350100M000100Y44\""));
    assert!(wrong.text.contains("value=\"南京明理科技有限公司\""));
    let asked = world.submit(&ask, &cookie, &wish(FIRM)).await;
    assert_eq!(asked.header("location"), "/me/mandates?done=ask");
    let file = reads("/file").await;
    assert!(!file.text.contains("name=\"mandate\""), "not yet");

    let agent = Person::signed_in(&world, "agent").await;
    let closed = agent.reads("/staff/mandates").await;
    assert_eq!(closed.status, StatusCode::FORBIDDEN);
    let mut office = Person::signed_in(&world, "business").await;
    let list = office.sees("/staff/mandates").await;
    assert!(list.contains("南京明理科技有限公司") && list.contains(FIRM));
    assert!(list.contains("138****5678") && !list.contains(PHONE));
    let refused = office
        .sends("/staff/mandates", "/decide", &[("refuse", "1")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = office.does("/staff/mandates", "/decide", &[]).await;
    assert_eq!(done, "/staff/mandates?done=decide");

    let file = reads("/file").await;
    assert!(file.text.contains("name=\"mandate\""), "{}", file.text);
    assert!(file.text.contains("南京明理科技有限公司"));
    let mine = reads("/me/mandates").await;
    let (end, _) = form(&mine.text, "/end");
    let holding = "/staff/mandates?shelf=holding";
    let without = office.sends(holding, "/end", &[("reason", "")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("field-error"), "{}", without.text);
    let ended = world.submit(&end, &cookie, &[]).await;
    assert_eq!(ended.header("location"), "/me/mandates?done=end");
    let file = reads("/file").await;
    assert!(!file.text.contains("name=\"mandate\""), "no longer");
}

#[tokio::test]
async fn programs_of_both_sides_do_the_same() {
    let world = World::new().await;
    let citizen = token(&world, PHONE).await;
    let wish: serde_json::Map<String, serde_json::Value> = wish(FIRM)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    let path = "/api/v1/citizen/mandates";
    let asked = world.post(path, &citizen, &json!(wish)).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.text);
    let id = asked.json()["id"].as_str().expect("an id").to_owned();
    let mut request = complaint();
    request["mandate"] = json!(id);
    let filing = "/api/v1/citizen/requests";
    let early = world.post(filing, &citizen, &request).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains("mandate.unusable"), "{}", early.text);

    let office = world.token("business").await;
    let bearer = format!("Bearer {office}");
    let headers = [("authorization", bearer.as_str())];
    let list = world.get("/api/v1/mandates?shelf=waiting", &headers).await;
    assert_eq!(list.json()["items"][0]["id"], json!(id), "{}", list.text);
    let decide = format!("/api/v1/mandates/{id}/decide");
    let yes = json!({"version": 1, "agrees": true});
    let done = world.post(&decide, &office, &yes).await;
    assert_eq!(done.json()["state"], "holds", "{}", done.text);
    let again = world.post(&decide, &office, &yes).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);

    let filed = world.post(filing, &citizen, &request).await;
    assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.text);
    let bearer = format!("Bearer {citizen}");
    let headers = [("authorization", bearer.as_str())];
    let own = world.get(filing, &headers).await;
    let first = own.json()["items"][0].clone();
    assert_eq!(first["organisation"], "南京明理科技有限公司");
    let other = token(&world, "13911112222").await;
    let anothers = world.post(filing, &other, &request).await;
    assert!(
        anothers.text.contains("mandate.unusable"),
        "{}",
        anothers.text
    );
    let end = format!("/api/v1/mandates/{id}/end");
    let body = json!({"version": 2, "reason": "委托已撤销"});
    let ended = world.post(&end, &office, &body).await;
    assert_eq!(ended.json()["state"], "ended", "{}", ended.text);
    let late = world.post(filing, &citizen, &request).await;
    assert!(late.text.contains("mandate.unusable"), "{}", late.text);
}
