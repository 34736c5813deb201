//! Notifications on their way out: a text message service and a mail server on this machine, receipts, the night, and those that nobody
//! could deliver. Deliberately absent: what a notification says (tests of `shared` and `services`).
//! The service is the simulator of `minsheng gateway simulate`; the mail server is a few lines below.

mod calls;
mod incoming;
mod mailbox;

use std::sync::Arc;

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};
use server::cli::gateway::simulator;
use services::{
    gateway::{Gateways, Quiet, call, signed::Secret, sms},
    jobs,
};
use shared::calendar::Instant;

use crate::{
    rest::complaint,
    support::{Answer, World, request},
};

const RECEIPTS: &str = "/api/v1/notifications/receipts";

fn secret() -> Secret {
    Secret::new("office", "a secret for this test")
}

/// A world whose text messages go to the simulator, and where that listens.
async fn with_service(quiet: Option<&str>, per_day: u32) -> (World, String) {
    let world = World::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let url = format!(
        "http://{}/messages",
        listener.local_addr().expect("an address")
    );
    let service = simulator(secret(), None, world.clock.clone()).expect("a service");
    tokio::spawn(async move { axum::serve(listener, service).await });
    world.state.services.send_through(Gateways {
        sms: Some(sms::Gateway::new(&url, secret()).expect("a good address")),
        mail: None,
        call: Some(call::Gateway::new(&calls_at(&url), secret()).expect("a good address")),
        mails_in: None,
        quiet: quiet.and_then(Quiet::parse),
        per_day,
    });
    (world, url)
}

/// Where the simulator takes calls.
fn calls_at(url: &str) -> String {
    url.replace("/messages", "/calls")
}

async fn files(world: &World, citizen: Value) -> Value {
    let mut body = complaint();
    body["citizen"] = citizen;
    let token = world.token("agent").await;
    let answer = world.post("/api/v1/tickets", &token, &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

async fn sends(world: &World) -> u64 {
    let job = jobs::JOBS.iter().find(|job| job.name == "deliver");
    let done = job.expect("the job").once(&world.state.services).await;
    done.expect("it runs").count
}

async fn taken(url: &str) -> Vec<Value> {
    let (host, path) = url
        .trim_start_matches("http://")
        .split_once('/')
        .expect("a path");
    let text = mailbox::get(host, path).await;
    serde_json::from_str(&text).expect("a list")
}

async fn receipt(world: &World, list: &Value, signer: &Secret) -> Answer {
    let now = Instant(services::context::Clock::now(&*world.clock).0);
    let body = list.to_string();
    let (time, signature) = (
        now.0.to_string(),
        signer.sign(now, RECEIPTS, body.as_bytes()),
    );
    let headers = [
        ("content-type", "application/json"),
        ("x-minsheng-key", "office"),
        ("x-minsheng-time", time.as_str()),
        ("x-minsheng-signature", signature.as_str()),
    ];
    world
        .send(request("POST", RECEIPTS, &headers, Body::from(body)))
        .await
}

async fn undelivered(world: &World, who: &str) -> Answer {
    let bearer = format!("Bearer {}", world.token(who).await);
    let headers = [("authorization", bearer.as_str())];
    world
        .get("/api/v1/notifications/undelivered", &headers)
        .await
}

#[tokio::test]
async fn a_message_is_handed_over_once_and_a_receipt_counts_once() {
    let (world, url) = with_service(None, 0).await;
    files(&world, json!({"name": "王小明", "phone": "13800138000"})).await;
    assert_eq!(sends(&world).await, 1);
    assert_eq!(sends(&world).await, 0, "nothing is left");
    let all = taken(&url).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["request"]["to"], "13800138000");
    let no = all[0]["taken"]["no"].as_str().expect("a number");
    let delivered = json!([{"no": no, "state": "delivered"}]);
    let forged = receipt(&world, &delivered, &Secret::new("office", "a guess")).await;
    assert_eq!(forged.status, StatusCode::UNAUTHORIZED, "{}", forged.text);
    for (list, news) in [
        (json!([{"no": "S0", "state": "lost"}]), 0),
        (delivered.clone(), 1),
        (delivered, 0),
        (json!([{"no": no, "state": "lost"}]), 0),
    ] {
        let answer = receipt(&world, &list, &secret()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json()["taken"], news, "{list}");
    }
    let broken = receipt(&world, &json!({"no": no}), &secret()).await;
    assert_eq!(
        broken.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        broken.text
    );
    let page = undelivered(&world, "caller").await;
    assert_eq!(page.json()["items"], json!([]), "{}", page.text);
    assert_eq!(page.json()["spent"]["sent"], 1);
    assert!(page.json()["spent"]["fee"].as_i64() > Some(0));
}

#[tokio::test]
async fn what_nobody_could_deliver_is_seen_to() {
    let (world, _) = with_service(None, 0).await;
    // The number wants none, and so does the second notification to it, which is not even tried.
    for _ in 0..2 {
        files(&world, json!({"name": "王小明", "phone": "13800130000"})).await;
    }
    assert_eq!(sends(&world).await, 0);
    let page = undelivered(&world, "caller").await;
    let items = page.json()["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(items.len(), 2, "{}", page.text);
    for item in &items {
        assert_eq!(item["why"], "unwanted");
        assert_eq!(item["about"], "accepted");
        assert_eq!(item["to"], "138****0000");
        assert!(item["ticket_no"].as_str().is_some_and(|no| no.len() == 22));
    }
    for who in ["agent", "handler", "auditor"] {
        let denied = undelivered(&world, who).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN, "{who}");
    }
    let id = |index: usize| items[index]["id"].as_str().expect("an id").to_owned();
    let token = world.token("caller").await;
    let settle = format!("/api/v1/notifications/{}/settle", id(0));
    for (status, how) in [
        (StatusCode::UNPROCESSABLE_ENTITY, "shouted"),
        (StatusCode::NO_CONTENT, "phoned"),
        (StatusCode::NOT_FOUND, "phoned"),
    ] {
        let answer = world.post(&settle, &token, &json!({"how": how})).await;
        assert_eq!(answer.status, status, "{how}: {}", answer.text);
    }
    let again = format!("/api/v1/notifications/{}/again", id(1));
    let answer = world.post(&again, &token, &json!({})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let page = undelivered(&world, "caller").await;
    assert_eq!(page.json()["items"], json!([]), "{}", page.text);
    assert_eq!(sends(&world).await, 0, "it is tried, and still not wanted");
    let page = undelivered(&world, "caller").await;
    assert_eq!(page.json()["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_service_that_is_away_is_asked_later() {
    let (world, url) = with_service(None, 0).await;
    files(&world, json!({"name": "王小明", "phone": "13800130003"})).await;
    world.clock.advance_minutes(1);
    files(&world, json!({"name": "李四", "phone": "13800138001"})).await;
    assert_eq!(
        sends(&world).await,
        0,
        "the second one is not tried against it"
    );
    assert!(taken(&url).await.is_empty());
    world.clock.advance_minutes(1);
    assert_eq!(
        sends(&world).await,
        1,
        "who was tried least comes first: one that fails each time holds up nobody"
    );
    let numbers: Vec<Value> = taken(&url).await;
    let numbers: Vec<_> = numbers
        .iter()
        .map(|it| it["request"]["to"].clone())
        .collect();
    assert_eq!(numbers, ["13800138001"]);
}

#[tokio::test]
async fn at_night_and_above_the_quota_only_what_is_urgent_goes() {
    let (world, url) = with_service(Some("22:00-07:30"), 1).await;
    let filed = files(&world, json!({"name": "王小明", "phone": "13800138000"})).await;
    assert_eq!(sends(&world).await, 1, "who files is told at once");
    let token = world.token("dispatcher").await;
    let path = format!(
        "/api/v1/tickets/{}/dispatch",
        filed["id"].as_str().expect("an id")
    );
    let dispatch =
        json!({"version": filed["version"], "lead": crate::support::LEAD, "category": "120101"});
    let answer = world.post(&path, &token, &dispatch).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(sends(&world).await, 0, "today's quota is used up");
    // 3 March, 10:00, and fourteen hours later: midnight, when the quota is new and people sleep.
    world.clock.advance_minutes(14 * 60);
    assert_eq!(sends(&world).await, 0);
    world.clock.advance_minutes(7 * 60 + 29);
    assert_eq!(sends(&world).await, 0, "07:29");
    world.clock.advance_minutes(1);
    assert_eq!(sends(&world).await, 1, "07:30");
    assert_eq!(taken(&url).await.len(), 2);
}

#[tokio::test]
async fn who_left_an_address_and_no_mobile_number_gets_a_mail() {
    let world = World::new().await;
    let (url, mails) = mailbox::open().await;
    world.state.services.send_through(Gateways {
        mail: Some(
            services::gateway::mail::Gateway::new(&url, "12345 <office@example.cn>")
                .expect("a good address"),
        ),
        ..Gateways::default()
    });
    files(
        &world,
        json!({"name": "王小明", "phone": "025-84412345", "email": "wang@example.cn"}),
    )
    .await;
    assert_eq!(sends(&world).await, 1);
    let mails = Arc::clone(&mails);
    let mails = mails.lock().expect("nobody panicked");
    assert_eq!(mails.len(), 1);
    let (to, text) = &mails[0];
    assert_eq!(to, "wang@example.cn");
    assert!(text.contains("From: 12345 <office@example.cn>"), "{text}");
    assert!(text.contains("Subject: =?utf-8?b?"), "{text}");
}
