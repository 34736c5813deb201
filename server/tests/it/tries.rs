//! Limits by address: one count for every spelling of a call, and one for everybody's look-ups together.
//! Deliberately absent: locks of names and numbers (tests of `services`).
//! Read next: `services::tries`.

use axum::{body::Body, http::StatusCode};
use serde_json::json;
use services::Ctx;

use crate::support::{Answer, World, request};

const ADDRESS: (&str, &str) = ("x-forwarded-for", "203.0.113.5");

async fn json(world: &World, path: &str, body: &str, from: &str) -> Answer {
    let headers = [
        ("content-type", "application/json"),
        ("sec-fetch-site", "same-origin"),
        ("x-forwarded-for", from),
    ];
    let body = Body::from(body.to_owned());
    world.send(request("POST", path, &headers, body)).await
}

async fn plain(world: &World, path: &str) -> Answer {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ADDRESS,
    ];
    world
        .send(request("POST", path, &headers, Body::from("a=1")))
        .await
}

/// Every way to write one form in a call of the page's script.
fn spellings(path: &str) -> [String; 3] {
    [
        json!({"posted": {"path": path, "fields": []}}).to_string(),
        json!({"posted": [path, []]}).to_string(),
        json!([{"path": path, "fields": []}]).to_string(),
    ]
}

#[tokio::test]
async fn every_spelling_of_a_call_counts_once() {
    for (path, api) in [
        ("/sign-in", "/api/v1/sessions"),
        ("/file", ""),
        ("/track", "/api/v1/public/lookup"),
    ] {
        let world = World::with(|settings| {
            settings.limits.sign_in = 3;
            settings.limits.filing = 3;
            settings.limits.lookup = 3;
        })
        .await;
        for body in spellings(path) {
            let answer = json(&world, "/fn/form", &body, ADDRESS.1).await;
            assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{body}");
        }
        for body in spellings(path) {
            let answer = json(&world, "/fn/form", &body, ADDRESS.1).await;
            let code = &answer.json()["Again"]["fault"]["code"];
            assert_eq!(code, "rate.limited", "{body}: {}", answer.text);
        }
        let page = plain(&world, path).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert!(!page.header("retry-after").is_empty());
        if !api.is_empty() {
            let body = r#"{"username":"x","password":"y"}"#;
            let body = if path == "/track" {
                r#"{"ticket_no":"1","code":"2"}"#
            } else {
                body
            };
            let answer = json(&world, api, body, ADDRESS.1).await;
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{api}");
        }
    }
}

#[tokio::test]
async fn a_path_has_one_spelling() {
    let world = World::new().await;
    for path in [
        "/sign-in/",
        "//sign-in",
        "/SIGN-IN",
        "/sign%2Din",
        "/sign-in/.",
        "/track/",
        "/file/",
        "/./file",
    ] {
        let answer = plain(&world, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        for body in spellings(path) {
            let answer = json(&world, "/fn/form", &body, ADDRESS.1).await;
            let code = &answer.json()["Again"]["fault"]["code"];
            assert_eq!(code, "not_found", "{path}: {}", answer.text);
        }
    }
    // Headers that ask for another method are nobody's business here.
    let headers = [
        ("x-http-method", "POST"),
        ("x-http-method-override", "POST"),
        ("x-method-override", "POST"),
    ];
    let answer = world.get("/api/v1/public/lookup", &headers).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn look_ups_from_many_addresses_end_and_alarm() {
    let world = World::with(|settings| settings.limits.lookup_all = 3).await;
    let body = r#"{"ticket_no":"32010020260302029999","code":"123456"}"#;
    let mut last = StatusCode::OK;
    for host in 1..=6 {
        let from = format!("203.0.113.{host}");
        last = json(&world, "/api/v1/public/lookup", body, &from)
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let owner = Ctx::system(&world.state.services);
    let rows = services::audit::list(&owner, store::audit::AuditQuery::default())
        .await
        .expect("the owner reads the audit");
    let alarms = rows
        .items
        .iter()
        .filter(|row| row.entry.action == "lookup.flood");
    assert_eq!(alarms.count(), 1, "one alarm for all of them");
}

#[tokio::test]
async fn drafts_and_photos_are_counted_by_person_or_address() {
    let world = World::with(|settings| {
        settings.limits.drafts = 2;
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(
            json(&world, "/fn/photos/draft", "{}", ADDRESS.1)
                .await
                .status,
        );
    }
    assert_eq!(
        statuses[1..],
        [StatusCode::OK, StatusCode::TOO_MANY_REQUESTS]
    );
    let other = json(&world, "/fn/photos/draft", "{}", "203.0.113.6").await;
    assert_eq!(other.status, StatusCode::OK, "another address");
}
