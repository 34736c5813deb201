//! Calls without the number through the simulator: asked for once with both numbers, told by a receipt, and given up when they wait too long.
//! Deliberately absent: what the unit sees (tests of `services`).

use serde_json::{Value, json};

use super::{calls_at, files, receipt, secret, sends, taken, with_service};
use crate::support::{LEAD, World};

/// Does a verb, which is allowed; what it gives back.
async fn does(world: &World, who: &str, path: &str, body: &Value) -> Value {
    let answer = world.post(path, &world.token(who).await, body).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()
}

/// A ticket that the unit has signed for, and asks a call for; the path of its part, and the part's version.
async fn asked(world: &World, phone: &str) -> (String, i64) {
    let filed = files(world, json!({"name": "王小明", "phone": phone})).await;
    let path = format!(
        "/api/v1/tickets/{}/dispatch",
        filed["id"].as_str().expect("an id")
    );
    let dispatch = json!({"version": filed["version"], "lead": LEAD, "category": "120101"});
    let sent = does(world, "dispatcher", &path, &dispatch).await;
    let part = &sent["assignments"][0];
    let path = format!(
        "/api/v1/assignments/{}",
        part["id"].as_str().expect("an id")
    );
    let sign = json!({"version": part["version"]});
    let signed = does(world, "handler", &format!("{path}/sign"), &sign).await;
    let version = signed["assignments"][0]["version"].as_i64();
    let version = version.expect("a version");
    let call = json!({"version": version, "own_number": "13700137000"});
    let called = does(world, "handler", &format!("{path}/place-call"), &call).await;
    let version = called["assignments"][0]["version"].as_i64();
    (path, version.expect("a version"))
}

#[tokio::test]
async fn a_call_is_asked_for_once_and_a_receipt_tells_what_came_of_it() {
    let (world, url) = with_service(None, 0).await;
    asked(&world, "13800138000").await;
    assert!(sends(&world).await > 0);
    sends(&world).await;
    let calls = taken(&calls_at(&url)).await;
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(calls[0]["first"], "13700137000");
    assert_eq!(calls[0]["second"], "13800138000");
    let id = calls[0]["id"].as_str().expect("an id").replace('-', "");
    let connected = json!([{"no": format!("C{id}"), "state": "delivered"}]);
    let answer = receipt(&world, &connected, &secret()).await;
    assert_eq!(answer.json()["taken"], 1, "{}", answer.text);
}

#[tokio::test]
async fn a_call_that_waits_too_long_is_not_made_later() {
    let (world, url) = with_service(None, 0).await;
    asked(&world, "13800138000").await;
    world.clock.advance_minutes(5);
    sends(&world).await;
    let calls = taken(&calls_at(&url)).await;
    assert!(calls.is_empty(), "{calls:?}");
}
