//! A partner's program at the programs' entrance: its token, its networks, the number of its message, and what it may.
//! Deliberately absent: one effect for one message on both databases (tests of `services`), reading the file of partners (`config`).
//! Read next: `server::web::rest`.

use axum::{body::Body, http::StatusCode};
use serde_json::Value;

use crate::{
    rest::complaint,
    support::{Answer, World, partner, request},
};

/// The token of `support::partner`.
const TOKEN: &str = "test";

async fn world() -> World {
    World::with(|settings| {
        settings.partners = vec![partner("nj-water", "agent")];
    })
    .await
}

/// What a program sends, through a proxy on this machine.
async fn sends(
    world: &World,
    (method, path): (&str, &str),
    more: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let bearer = format!("Bearer {TOKEN}");
    let mut headers = vec![
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
        ("x-forwarded-for", "192.0.2.7"),
    ];
    headers.retain(|(name, _)| more.iter().all(|(other, _)| name != other));
    headers.extend(more);
    let body = if method == "GET" {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    world.send(request(method, path, &headers, body)).await
}

const REGISTER: (&str, &str) = ("POST", "/api/v1/tickets");

#[tokio::test]
async fn each_message_of_a_partner_is_taken_once() {
    let world = world().await;
    let first = sends(&world, REGISTER, &[("message-id", "M-1")], &complaint()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let again = sends(&world, REGISTER, &[("message-id", "M-1")], &complaint()).await;
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    let mut other = complaint();
    other["address"] = "中山路二号".into();
    let reused = sends(&world, REGISTER, &[("message-id", "M-1")], &other).await;
    assert_eq!(
        reused.json()["code"],
        "idempotency.reused",
        "{}",
        reused.text
    );
    // A key of its own making counts for nothing beside the number.
    let keyed = [("message-id", "M-2"), ("idempotency-key", "k-1")];
    let second = sends(&world, REGISTER, &keyed, &complaint()).await;
    assert_ne!(second.json()["ticket_no"], first.json()["ticket_no"]);
    let long = "m".repeat(129);
    for none in [
        &[("idempotency-key", "k-1")][..],
        &[("message-id", "")],
        &[("message-id", &long)],
    ] {
        let refused = sends(&world, REGISTER, none, &complaint()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{none:?}");
        assert_eq!(refused.json()["code"], "input.message_id", "{none:?}");
    }
}

#[tokio::test]
async fn a_program_reads_its_own_and_decides_nothing() {
    let world = world().await;
    let taken = sends(&world, REGISTER, &[("message-id", "M-1")], &complaint()).await;
    let path = format!(
        "/api/v1/tickets/{}",
        taken.json()["id"].as_str().expect("an id")
    );
    let seen = sends(&world, ("GET", &path), &[], &Value::Null).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
    assert_eq!(seen.json()["source_system"], "nj-water");
    let history = sends(
        &world,
        ("GET", &format!("{path}/history")),
        &[],
        &Value::Null,
    )
    .await;
    assert_eq!(history.json()[0]["actor"], "partner", "{}", history.text);
    assert_eq!(history.json()[0]["actor_code"], "nj-water");
    let reveal = format!("{path}/reveal");
    let reason = serde_json::json!({"reason": "核实诉求人的住址"});
    let refused = sends(&world, ("POST", &reveal), &[("message-id", "M-2")], &reason).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
}

#[tokio::test]
async fn a_token_is_good_from_its_networks_only_and_while_its_account_is_open() {
    let world = world().await;
    let list = ("GET", "/api/v1/tickets");
    let from = |ip: &'static str| [("x-forwarded-for", ip)];
    let status = async |more: &[(&str, &str)]| sends(&world, list, more, &Value::Null).await.status;
    assert_eq!(status(&[]).await, StatusCode::OK);
    assert_eq!(status(&from("192.0.3.7")).await, StatusCode::FORBIDDEN);
    assert_eq!(
        status(&[("authorization", "Bearer Test")]).await,
        StatusCode::UNAUTHORIZED
    );
    let owner = services::Ctx::system(&world.state.services);
    let page = services::audit::list(
        &owner,
        services::audit::AuditQuery {
            action: Some("entrance".to_owned()),
            limit: 10,
            ..Default::default()
        },
    );
    let page = page.await.expect("the audit is read");
    let row = &page.items.first().expect("the refusal").entry;
    assert_eq!(
        (row.actor_name.as_str(), row.facts["why"].as_str()),
        ("partner:nj-water", "network")
    );
    services::users::set_active(&owner, "agent", false)
        .await
        .expect("closed");
    assert_eq!(status(&[]).await, StatusCode::FORBIDDEN);
}
