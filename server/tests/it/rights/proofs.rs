//! Rows that ask no right but a proof: number and code, the device of a draft, the right of the form inside, the watcher's network or token, a gateway's signature.
//! Each is called with and without its proof.
//! Deliberately absent: rows of rights (`rights`), of the machine's owner (`commands`).

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};

use super::calls::{Caller, filed_with_photo, photo_form};
use crate::{
    rest::complaint,
    support::{Answer, World, request},
};

/// The rows that are tried here.
pub const ROWS: &[&str] = &[
    "/track/ticket/urge",
    "/track/ticket/withdraw",
    "/track/ticket/rate",
    "/track/ticket/reopen",
    "/fn/public/filed",
    "/fn/public/followed",
    "POST /api/v1/public/lookup",
    "/fn/photos/list",
    "/fn/photos/remove",
    "POST /photos/draft/{draft}",
    "/fn/form",
    "GET /metrics",
    // `gateway`: signed, forged, late.
    "POST /api/v1/notifications/receipts",
    "POST /api/v1/gateway/incoming/sms",
];

async fn function(world: &World, path: &str, cookies: &str, body: &Value) -> Answer {
    let headers = [
        ("cookie", cookies),
        ("content-type", "application/json"),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = Body::from(body.to_string());
    world.send(request("POST", path, &headers, body)).await
}

#[tokio::test]
async fn a_ticket_opens_by_number_and_code_only() {
    let world = World::new().await;
    let token = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &token, &complaint()).await;
    let number = made.json()["ticket_no"].clone();
    for (code, status) in [
        (json!("AAAA2222"), 404),
        (made.json()["query_code"].clone(), 200),
    ] {
        let body = json!({"ticket_no": number, "code": code});
        let answer = world.post("/api/v1/public/lookup", "", &body).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    }
    let cookies = filed_with_photo(&world).await.cookies();
    for path in ["/fn/public/filed", "/fn/public/followed"] {
        let closed = function(&world, path, "", &json!({})).await;
        assert_eq!(
            (closed.status, closed.json()),
            (StatusCode::OK, Value::Null),
            "{path}"
        );
        let open = function(&world, path, &cookies, &json!({})).await;
        assert!(
            open.text.contains("3201"),
            "{path}: {} {}",
            open.status,
            open.text
        );
    }
    let fields = [
        ("solved", "yes"),
        ("satisfaction", "satisfied"),
        ("fact", "昨夜下雨后原处又开始漏水。"),
    ];
    for (path, status) in [
        // Nothing is done yet that could be rated or opened again; the code opened it all the same.
        ("/track/ticket/rate", StatusCode::CONFLICT),
        ("/track/ticket/reopen", StatusCode::CONFLICT),
        ("/track/ticket/urge", StatusCode::SEE_OTHER),
        ("/track/ticket/withdraw", StatusCode::SEE_OTHER),
    ] {
        let closed = world.submit(path, "", &fields).await;
        assert_eq!(closed.status, StatusCode::UNAUTHORIZED, "{path}");
        let open = world.submit(path, &cookies, &fields).await;
        assert_eq!(open.status, status, "{path}: {}", open.text);
    }
}

#[tokio::test]
async fn a_draft_is_its_devices() {
    let world = World::new().await;
    let made = function(&world, "/fn/photos/draft", "", &json!({})).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let (draft, cookies) = (made.json(), made.cookies());
    let other = function(&world, "/fn/photos/draft", "", &json!({}))
        .await
        .cookies();
    let path = format!("/photos/draft/{}", draft.as_str().expect("an id"));
    let mut photo = json!("01900000-0000-7000-8000-000000000000");
    for (who, is_own) in [("", false), (&other, false), (&cookies, true)] {
        let headers = [
            ("cookie", who),
            ("content-type", "multipart/form-data; boundary=xyz"),
            ("sec-fetch-site", "same-origin"),
        ];
        let request = request("POST", &path, &headers, Body::from(photo_form(&[])));
        let sent = world.send(request).await;
        let status = if is_own { 201 } else { 404 };
        assert_eq!(sent.status.as_u16(), status, "{who}: {}", sent.text);
        if is_own {
            photo = sent.json()["id"].clone();
        }
    }
    // To others the draft is gone, and a form whose draft is gone has no photos.
    for (who, found, status) in [("", 0, 404), (&other, 0, 404), (&cookies, 1, 200)] {
        let listed = function(&world, "/fn/photos/list", who, &json!({"draft": draft})).await;
        let count = listed.json().as_array().map(Vec::len);
        assert_eq!(count, Some(found), "{who}: {}", listed.text);
        let body = json!({"draft": draft, "photo": photo});
        let removed = function(&world, "/fn/photos/remove", who, &body).await;
        assert_eq!(removed.status.as_u16(), status, "{who}: {}", removed.text);
    }
}

#[tokio::test]
async fn a_form_sent_by_script_asks_what_the_form_asks() {
    let world = World::new().await;
    let posted = json!({"posted": {"path": "/processes", "fields": [["xml", "<x/>"]]}});
    let refused = |answer: &Answer, code: &str| {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(
            answer.json()["Again"]["fault"]["code"],
            code,
            "{}",
            answer.text
        );
    };
    let nobody = function(&world, "/fn/form", "", &posted).await;
    refused(&nobody, "session.signed_out");
    let agent = Caller::of(&world, "agent").await;
    let without = function(&world, "/fn/form", &agent.cookies, &posted).await;
    refused(&without, "access.denied");
    let manager = Caller::of(&world, "manager").await;
    let with = function(&world, "/fn/form", &manager.cookies, &posted).await;
    refused(&with, "input.invalid");
}

#[tokio::test]
async fn figures_are_for_watchers_and_health_is_bare_for_others() {
    let token = "a-token-of-the-watcher";
    let world = World::with(|settings| {
        settings.web.metrics_networks = vec!["10.1.0.0/16".parse().expect("a network")];
        settings.web.metrics_token = Some(token.to_owned());
    })
    .await;
    let bearer = format!("Bearer {token}");
    for (headers, may) in [
        (vec![("x-forwarded-for", "203.0.113.9")], false),
        (
            vec![
                ("x-forwarded-for", "203.0.113.9"),
                ("authorization", "Bearer wrong"),
            ],
            false,
        ),
        (
            vec![
                ("x-forwarded-for", "203.0.113.9"),
                ("authorization", bearer.as_str()),
            ],
            true,
        ),
        (vec![("x-forwarded-for", "10.1.2.3")], true),
        (vec![], true),
    ] {
        let figures = world.get("/metrics", &headers).await;
        let status = if may {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        assert_eq!(figures.status, status, "{headers:?}");
        assert_eq!(
            figures.text.contains("metrics-networks"),
            !may,
            "words say where it is set"
        );
        let ready = world.get("/health/ready", &headers).await;
        assert_eq!(ready.status, StatusCode::OK, "{headers:?}");
        assert_eq!(ready.json()["disk"].is_boolean(), may, "{headers:?}");
        let live = world.get("/health/live", &headers).await;
        assert_eq!((live.status, live.text.as_str()), (StatusCode::OK, "ok"));
    }
}
