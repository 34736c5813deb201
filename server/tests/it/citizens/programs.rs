//! The same for programs such as a city's app: a token of a citizen, and what it opens.

use axum::{body::Body, http::StatusCode};
use serde_json::json;

use super::{PHONE, filed, token};
use crate::support::{World, request};

#[tokio::test]
async fn a_program_follows_its_citizens_requests() {
    let world = World::new().await;
    let (open, _) = filed(&world, PHONE, false).await;
    let (hidden, code) = filed(&world, PHONE, true).await;
    let (others, _) = filed(&world, "13900000000", false).await;
    let citizen = token(&world, PHONE).await;
    let bearer = format!("Bearer {citizen}");
    let headers = [("authorization", bearer.as_str())];
    let list = world.get("/api/v1/citizen/requests", &headers).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    let items = list.json()["items"].as_array().expect("items").clone();
    assert_eq!(items.len(), 2, "{}", list.text);
    let of = |no: &str| items.iter().find(|row| row["ticket_no"] == no);
    assert!(of(&open).expect("the open one")["title"].is_string());
    assert!(of(&hidden).expect("the other")["title"].is_null());
    let path = |no: &str| format!("/api/v1/citizen/requests/{no}");
    let one = world.get(&path(&open), &headers).await;
    assert_eq!(one.status, StatusCode::OK, "{}", one.text);
    for no in [&hidden, &others] {
        let none = world.get(&path(no), &headers).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{}", none.text);
    }
    let by_code = json!({"ticket_no": hidden, "code": code});
    let by_code = world.post("/api/v1/public/lookup", "", &by_code).await;
    assert_eq!(by_code.status, StatusCode::OK);
    let urge = format!("{}/urge", path(&open));
    let urged = world
        .post(&urge, &citizen, &json!({"message": "请快些"}))
        .await;
    assert_eq!(urged.status, StatusCode::OK, "{}", urged.text);
    let twice = world.post(&urge, &citizen, &json!({})).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let taken = format!("{}/withdraw", path(&open));
    let taken = world
        .post(&taken, &citizen, &json!({"reason": "自己修好了"}))
        .await;
    assert_eq!(taken.json()["state"], "WITHDRAWN", "{}", taken.text);

    let staff = world.get("/api/v1/tickets", &headers).await;
    assert_eq!(staff.status, StatusCode::UNAUTHORIZED, "no door of staff");
    let agent = format!("Bearer {}", world.token("agent").await);
    let mine = world
        .get("/api/v1/citizen/requests", &[("authorization", &agent)])
        .await;
    assert_eq!(mine.status, StatusCode::FORBIDDEN, "nor the other way");
    let out = request(
        "DELETE",
        "/api/v1/citizen/sessions",
        &headers,
        Body::empty(),
    );
    assert_eq!(world.send(out).await.status, StatusCode::NO_CONTENT);
    let over = world.get("/api/v1/citizen/account", &headers).await;
    assert_eq!(over.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_answer_is_the_same_for_every_number() {
    let world = World::new().await;
    filed(&world, PHONE, false).await;
    token(&world, PHONE).await;
    world.clock.advance_minutes(2);
    let mut answers = Vec::new();
    for phone in [PHONE, "13911112222"] {
        let ask = world
            .post("/api/v1/citizen/codes", "", &json!({"phone": phone}))
            .await;
        let body = json!({"phone": phone, "sms_code": "000000"});
        let wrong = world.post("/api/v1/citizen/sessions", "", &body).await;
        answers.push((ask.status, ask.text, wrong.status, wrong.json()));
    }
    assert_eq!(answers[0], answers[1]);
}
