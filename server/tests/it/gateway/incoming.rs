//! The door of text messages that come in: signed by the gateway, kept once, seen by the desk.

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};
use services::gateway::signed::Secret;

use super::{files, secret, with_service};
use crate::person::Person;
use crate::support::{Answer, World, request};

const DOOR: &str = "/api/v1/gateway/incoming/sms";

async fn comes(world: &World, list: &Value, signer: &Secret, ago: i64) -> Answer {
    let at = shared::calendar::Instant(world.state.services.now().0 - ago);
    let body = list.to_string();
    let (time, signature) = (at.0.to_string(), signer.sign(at, DOOR, body.as_bytes()));
    let headers = [
        ("content-type", "application/json"),
        ("x-minsheng-key", "office"),
        ("x-minsheng-time", time.as_str()),
        ("x-minsheng-signature", signature.as_str()),
    ];
    world
        .send(request("POST", DOOR, &headers, Body::from(body)))
        .await
}

#[tokio::test]
async fn a_text_message_comes_in_once_by_the_signed_door() {
    let (world, _) = with_service(None, 0).await;
    let list =
        json!([{"no": "R1", "from": "13900001111", "to": "12345", "text": "路灯不亮，请派人修。"}]);
    let forged = comes(&world, &list, &Secret::new("office", "a guess"), 0).await;
    assert_eq!(forged.status, StatusCode::UNAUTHORIZED, "{}", forged.text);
    let late = comes(&world, &list, &secret(), 10 * 60_000).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED, "{}", late.text);
    let broken = comes(&world, &json!({"no": "R1"}), &secret(), 0).await;
    assert_eq!(broken.json()["code"], "input.body");
    for _ in 0..2 {
        let taken = comes(&world, &list, &secret(), 0).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
        assert_eq!(taken.json()["taken"], 1);
    }
    let db = world.state.services.store().reader();
    let new = shared::incoming::IncomingState::New;
    let kept = store::incoming::count(&db, "", new).await;
    assert_eq!(kept.expect("counted"), 1);
}

#[tokio::test]
async fn a_message_is_linked_registered_and_dismissed_without_script() {
    let (world, _) = with_service(None, 0).await;
    let citizen = json!({"name": "王小明", "phone": "13800138000"});
    let ticket = files(&world, citizen.clone()).await;
    files(&world, citizen).await;
    // Of two open tickets nobody knows which is meant: they wait at the desk of the area.
    let says = ["请问进展如何？", "小区路灯三天不亮，晚上看不清路。", "退订"];
    for (no, text) in says.iter().enumerate() {
        let one = json!([{"no": format!("W{no}"), "from": "13800138000", "text": text}]);
        let taken = comes(&world, &one, &secret(), 0).await;
        assert_eq!(taken.json()["taken"], 1, "{}", taken.text);
        world.clock.advance_minutes(1);
    }

    let mut agent = Person::signed_in(&world, "agent").await;
    let page = agent.sees("/incoming").await;
    for words in says {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("138****8000") && !page.contains("13800138000"));
    let ids: Vec<String> = page
        .split("/desk?incoming=")
        .skip(1)
        .map(|behind| behind.chars().take(36).collect())
        .collect();
    assert_eq!(ids.len(), 3);

    let no = ticket["ticket_no"].as_str().expect("a number");
    let link = format!("{}/link", ids[0]);
    agent.does("/incoming", &link, &[("ticket_no", no)]).await;
    let linked = agent.sees("/incoming?state=linked").await;
    let id = ticket["id"].as_str().expect("an id");
    assert!(linked.contains(id) && !linked.contains(says[0]), "{linked}");

    let desk = agent.sees(&format!("/desk?incoming={}", ids[1])).await;
    assert!(desk.contains(says[1]) && desk.contains("13800138000"));
    assert!(desk.contains(&format!("value=\"{}\"", ids[1])), "{desk}");

    let dismiss = format!("{}/dismiss", ids[2]);
    let refused = agent.sends("/incoming", &dismiss, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("reason", "no_matter"), ("words", "只有退订二字")];
    agent.does("/incoming", &dismiss, &why).await;
    let dismissed = agent.sees("/incoming?state=dismissed").await;
    assert!(dismissed.contains("只有退订二字"), "{dismissed}");
    assert!(!agent.sees("/incoming").await.contains(&ids[2]));
}
