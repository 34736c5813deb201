//! The door of text messages that come in: signed by the gateway, kept once, seen by the desk.

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};
use services::gateway::signed::Secret;

use super::{secret, with_service};
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
