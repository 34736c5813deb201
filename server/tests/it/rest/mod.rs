//! The programs' entrance: a ticket from registering to closing, and what is the same for all paths.
//! Deliberately absent: bad bodies (`input`), absurd filters (`absurd`), many tickets at once (`bulk`), findings (`quality`), the audit (`audit`).
//! Read next: `support`.

mod absurd;
mod audit;
mod bulk;
mod input;
mod quality;

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, LEAD, OTHER, World, request};

/// A complaint about a street lamp.
pub fn complaint() -> Value {
    json!({
        "kind": "complaint",
        "channel": "phone",
        "content": "中山路一号门前的路灯三天不亮，晚上行人看不清路，请尽快派人修理。",
        "region": "320102",
        "address": "中山路一号",
        "citizen": {"name": "王小明", "phone": "13800138000"},
    })
}

async fn act(world: &World, person: &str, path: &str, body: Value) -> Value {
    let token = world.token(person).await;
    let answer = world.post(path, &token, &body).await;
    assert_eq!(
        answer.status,
        StatusCode::OK,
        "{person} {path}: {}",
        answer.text
    );
    answer.json()
}

async fn register(world: &World) -> Value {
    let token = world.token("agent").await;
    let answer = world.post("/api/v1/tickets", &token, &complaint()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

async fn a_leaf(world: &World, token: &str) -> String {
    let bearer = format!("Bearer {token}");
    let tree = world
        .get("/api/v1/categories", &[("authorization", &bearer)])
        .await
        .json();
    tree[0]["children"][0]["children"][0]["code"]
        .as_str()
        .expect("a leaf")
        .to_owned()
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_ticket_goes_from_registering_to_closing() {
    let world = World::new().await;
    let registered = register(&world).await;
    assert_eq!(registered["state"], "TO_DISPATCH");
    assert_eq!(registered["query_code"].as_str().map(str::len), Some(8));
    assert!(
        registered["due_at"]
            .as_str()
            .is_some_and(|at| at.ends_with("+08:00"))
    );
    let ticket = format!(
        "/api/v1/tickets/{}",
        registered["id"].as_str().expect("an id")
    );
    let dispatcher = world.token("dispatcher").await;
    let category = a_leaf(&world, &dispatcher).await;
    let done = act(
        &world,
        "dispatcher",
        &format!("{ticket}/dispatch"),
        json!({"version": registered["version"], "lead": OTHER, "category": category}),
    )
    .await;
    let share = done["assignments"][0].clone();
    let path = format!(
        "/api/v1/assignments/{}",
        share["id"].as_str().expect("an id")
    );
    let done = act(
        &world,
        "other.handler",
        &format!("{path}/send-back"),
        json!({
            "version": share["version"], "reason": "wrong_duty", "suggested_unit": LEAD,
            "explanation": "路灯由城市管理部门负责维护，不属于房产部门职责。",
            "basis": "市政府部门“三定”规定",
        }),
    )
    .await;
    let returned = done["assignments"][0]["version"].clone();
    let done = act(&world, "dispatcher", &format!("{path}/rule"),
        json!({"version": returned, "uphold": false, "to": LEAD, "opinion": "同意退单，改派城管局。"})).await;
    let share = done["assignments"]
        .as_array()
        .expect("assignments")
        .iter()
        .find(|one| one["unit"] == LEAD)
        .expect("the new unit has a share")
        .clone();
    let path = format!(
        "/api/v1/assignments/{}",
        share["id"].as_str().expect("an id")
    );
    let version = |done: &Value| {
        let all = done["assignments"].as_array().expect("assignments");
        all.iter()
            .find(|one| one["id"] == share["id"])
            .expect("still there")["version"]
            .clone()
    };
    let done = act(
        &world,
        "handler",
        &format!("{path}/sign"),
        json!({"version": share["version"]}),
    )
    .await;
    let done = act(&world, "handler", &format!("{path}/reply"), json!({
        "version": version(&done), "fact_true": "true", "solved": "yes", "contacted": true, "contact_tries": 1,
        "handling": "当日派出维修班组更换损坏的灯泡和线路，并检查了全路段的其余路灯。",
        "public_reply": "您反映的路灯已于今日修好，感谢您的监督。",
    })).await;
    let done = act(
        &world,
        "unit.reviewer",
        &format!("{path}/unit-review"),
        json!({"version": version(&done), "pass": true}),
    )
    .await;
    assert_eq!(done["state"], "TO_REVIEW");
    let done = act(
        &world,
        "reviewer",
        &format!("{ticket}/review"),
        json!({"version": done["version"], "pass": true}),
    )
    .await;
    assert_eq!(done["state"], "TO_VISIT");
    let done = act(&world, "caller", &format!("{ticket}/follow-up"), json!({
        "version": done["version"], "connected": true, "staff_contacted": true, "report_true": true,
        "solved": "yes", "satisfaction": "very_satisfied",
    })).await;
    let done = act(
        &world,
        "caller",
        &format!("{ticket}/close"),
        json!({"version": done["version"]}),
    )
    .await;
    assert_eq!(done["state"], "CLOSED");
    reading_shows_it(&world, &ticket, &registered).await;
}

async fn reading_shows_it(world: &World, ticket: &str, registered: &Value) {
    let supervisor = format!("Bearer {}", world.token("supervisor").await);
    let bearer = [("authorization", supervisor.as_str())];
    let detail = world.get(ticket, &bearer).await.json();
    assert_eq!(detail["row"]["state"], "CLOSED");
    assert!(
        !detail.to_string().contains("13800138000"),
        "the phone number is masked"
    );
    let history = world
        .get(&format!("{ticket}/history"), &bearer)
        .await
        .json();
    let numbers: Vec<_> = history
        .as_array()
        .expect("events")
        .iter()
        .map(|it| it["seq"].as_i64())
        .collect();
    assert_eq!(
        numbers,
        (1..=numbers.len() as i64).map(Some).collect::<Vec<_>>(),
        "no gaps"
    );
    let number = registered["ticket_no"].as_str().expect("a number");
    let found = world
        .get(&format!("/api/v1/tickets?q={number}"), &bearer)
        .await
        .json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    let code = &registered["query_code"];
    let public = world
        .post(
            "/api/v1/public/lookup",
            "",
            &json!({"ticket_no": number, "code": code}),
        )
        .await;
    assert_eq!(public.status, StatusCode::OK, "{}", public.text);
    assert_eq!(public.json()["state"], "CLOSED");
    let report = world.get("/api/v1/reports/overview", &bearer).await;
    assert_eq!(report.json()["total"]["closed"], 1, "{}", report.text);
    let cube = world
        .get(
            "/api/v1/reports/cube?show=accepted,satisfied&by=kind",
            &bearer,
        )
        .await;
    assert_eq!(cube.json()["total"][0]["numerator"], 1, "{}", cube.text);
    let measures = world.get("/api/v1/measures", &bearer).await;
    assert_eq!(measures.status, StatusCode::OK, "{}", measures.text);
    let wrong = world.get("/api/v1/reports/cube?by=colour", &bearer).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_repeated_key_gives_the_same_answer_and_another_body_is_refused() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("agent").await);
    let send = async |body: Value, key: &str| -> Answer {
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        world
            .send(request(
                "POST",
                "/api/v1/tickets",
                &headers,
                Body::from(body.to_string()),
            ))
            .await
    };
    let first = send(complaint(), "key-1").await;
    let again = send(complaint(), "key-1").await;
    assert_eq!((first.status, &first.text), (again.status, &again.text));
    let mut other = complaint();
    other["address"] = json!("中山路二号");
    let refused = send(other, "key-1").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["code"], "idempotency.reused");
    let refused = send(complaint(), "with blank").await;
    assert_eq!(refused.json()["code"], "input.idempotency_key");
    let list = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await
        .json();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn only_a_bearer_token_counts() {
    let world = World::new().await;
    let cookies = world
        .submit(
            "/sign-in",
            "",
            &[
                ("username", "agent"),
                ("password", crate::support::PASSWORD),
            ],
        )
        .await
        .cookies();
    assert!(cookies.contains("__Host-session="), "{cookies}");
    let answer = world.get("/api/v1/tickets", &[("cookie", &cookies)]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json()["code"], "session.signed_out");
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    let answer = world
        .get("/api/v1/tickets", &[("authorization", "Bearer nonsense")])
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_stale_version_and_a_missing_right_are_told_apart() {
    let world = World::new().await;
    let registered = register(&world).await;
    let path = format!(
        "/api/v1/tickets/{}/dispatch",
        registered["id"].as_str().expect("an id")
    );
    let body = json!({"version": 99, "lead": LEAD});
    let stale = world
        .post(&path, &world.token("dispatcher").await, &body)
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(stale.json()["code"], "version.stale");
    assert_eq!(
        stale.json()["facts"]["current"],
        registered["version"].to_string()
    );
    let denied = world.post(&path, &world.token("caller").await, &body).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let unseen = world
        .post(&path, &world.token("handler").await, &body)
        .await;
    assert!(matches!(
        unseen.status,
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN
    ));
}
