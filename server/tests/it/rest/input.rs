//! What programs send wrongly, and how they are told.
//! Deliberately absent: the good road (`rest`).
//! Every answer is a coded fault with a sentence in the caller's language, and nothing is half-written.

use axum::{body::Body, http::StatusCode};
use serde_json::json;

use crate::{
    rest::complaint,
    support::{World, request},
};

#[tokio::test]
async fn errors_have_one_shape_in_both_languages() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("agent").await);
    let mut body = complaint();
    body["kind"] = json!("nonsense");
    for (language, word) in [("zh-CN", "选"), ("en", "list")] {
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("accept-language", language),
        ];
        let answer = world
            .send(request(
                "POST",
                "/api/v1/tickets",
                &headers,
                Body::from(body.to_string()),
            ))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fault = answer.json();
        assert_eq!(fault["code"], "input.invalid");
        assert_eq!(fault["fields"][0]["field"], "kind");
        assert_eq!(fault["fields"][0]["code"], "input.code");
        let message = fault["fields"][0]["message"].as_str().expect("a sentence");
        assert!(
            !message.is_empty() && (language == "en") == message.is_ascii(),
            "{word}: {message}"
        );
        assert!(fault["facts"].is_object());
    }
}

#[tokio::test]
async fn bad_bodies_are_refused_with_their_field() {
    let world = World::new().await;
    let token = world.token("agent").await;
    let with = |name: &str, value: serde_json::Value| {
        let mut body = complaint();
        body[name] = value;
        body
    };
    let cases = [
        (with("extra", json!(1)), "extra"),
        (with("content", json!(7)), "content"),
        (with("content", json!("短")), "content"),
        (with("content", json!("路".repeat(4001))), "content"),
        (
            with("content", json!("路灯不亮了，请修理一下吧\u{0}谢谢")),
            "content",
        ),
        (
            with("content", json!("路灯不亮了，请修理一下吧\u{202e}谢谢")),
            "content",
        ),
        (with("region", json!("999999")), "region"),
        (
            with("occurred_at", json!("2099-01-01T00:00:00+08:00")),
            "occurred_at",
        ),
        (with("citizen", json!({"phone": "123"})), "citizen.phone"),
        (
            with(
                "citizen",
                json!({"phone": "13800138000", "id_number": "11010519491231002Y"}),
            ),
            "citizen.id_number",
        ),
    ];
    for (body, field) in cases {
        let answer = world.post("/api/v1/tickets", &token, &body).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field}: {}",
            answer.text
        );
        let fields = answer.json()["fields"].clone();
        let named = fields
            .as_array()
            .is_some_and(|all| all.iter().any(|it| it["field"] == field));
        assert!(named, "{field}: {}", answer.text);
    }
    let bearer = format!("Bearer {token}");
    let list = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await
        .json();
    assert_eq!(
        list["items"].as_array().map(Vec::len),
        Some(0),
        "nothing was written"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_request_or_a_look_up_is_told_at_once() {
    let world = World::new().await;
    let token = world.token("agent").await;
    let fields = async |path: &str, body: serde_json::Value| {
        let answer = world.post(path, &token, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = answer.json()["fields"].clone();
        let all = fields.as_array().expect("fields").iter();
        all.map(|it| format!("{} {}", it["field"], it["code"]).replace('"', ""))
            .collect::<Vec<String>>()
    };
    let body = json!({"content": "短", "lon": 1.5, "citizen": {"phone": "12", "nmae": "x"}});
    assert_eq!(
        fields("/api/v1/tickets", body).await,
        [
            "kind input.required",
            "content input.too_short",
            "region input.required",
            "lon input.number",
            "citizen.nmae input.body",
            "citizen.phone input.phone",
            "lat input.required",
        ]
    );
    let body = json!({"ticket_no": "1", "code": ""});
    assert_eq!(
        fields("/api/v1/public/lookup", body).await,
        ["ticket_no input.code", "code input.required"]
    );
}

#[tokio::test]
async fn what_is_no_json_or_too_large_is_told() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("agent").await);
    let send = async |kind: &str, body: String| {
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        let answer = world
            .send(request(
                "POST",
                "/api/v1/tickets",
                &headers,
                Body::from(body),
            ))
            .await;
        (
            answer.status.as_u16(),
            answer.json()["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    };
    assert_eq!(
        send("application/json", "{".into()).await,
        (422, "input.body".into())
    );
    assert_eq!(
        send("text/plain", complaint().to_string()).await,
        (422, "input.body".into())
    );
    assert_eq!(
        send("application/json", " ".repeat(300 << 10)).await,
        (413, "body.too_large".into())
    );
}

#[tokio::test]
async fn unknown_filters_paths_and_ids_are_told() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("supervisor").await);
    let get = async |path: &str| {
        let answer = world.get(path, &[("authorization", &bearer)]).await;
        (
            answer.status.as_u16(),
            answer.json()["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    };
    assert_eq!(get("/api/v1/tickets?colour=red").await.0, 422);
    assert_eq!(get("/api/v1/tickets?state=NONSENSE").await.0, 422);
    assert_eq!(get("/api/v1/tickets?limit=0").await.0, 422);
    assert_eq!(get("/api/v1/tickets?cursor=nonsense").await.0, 422);
    assert_eq!(get("/api/v1/tickets/7").await, (404, "not_found".into()));
    assert_eq!(
        get("/api/v1/tickets/00000000-0000-7000-8000-000000000000").await,
        (404, "not_found".into())
    );
    assert_eq!(get("/api/v1/nothing").await, (404, "not_found".into()));
    assert_eq!(get("/api/v1/reports/overview?from=yesterday").await.0, 422);
}

#[tokio::test]
async fn five_wrong_codes_lock_the_pair() {
    let world = World::new().await;
    let body = json!({"ticket_no": "3201002026030301000001", "code": "000000"});
    for _ in 0..5 {
        let answer = world.post("/api/v1/public/lookup", "", &body).await;
        assert_eq!(answer.json()["code"], "lookup.wrong", "{}", answer.text);
    }
    let answer = world.post("/api/v1/public/lookup", "", &body).await;
    assert_eq!(
        answer.status,
        StatusCode::TOO_MANY_REQUESTS,
        "{}",
        answer.text
    );
    assert_eq!(answer.json()["code"], "lookup.locked");
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn years_far_away_are_refused_everywhere() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("supervisor").await);
    let person = crate::person::Person::signed_in(&world, "supervisor").await;
    for day in [
        "262142-12-31",
        "-262143-01-01",
        "2101-01-01",
        "1899-12-31",
        "0000-00-00",
    ] {
        for query in [
            format!("from={day}&to={day}"),
            format!("to={day}"),
            format!("from={day}"),
        ] {
            let path = format!("/api/v1/reports/overview?{query}");
            let answer = world.get(&path, &[("authorization", &bearer)]).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{path}: {}",
                answer.text
            );
            let page = person.reads(&format!("/reports/overview?{query}")).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        for name in [
            "accepted_from",
            "accepted_to",
            "due_from",
            "due_to",
            "closed_from",
            "closed_to",
        ] {
            for value in [day.to_owned(), format!("{day}T00:00:00Z")] {
                let path = format!("/api/v1/tickets?{name}={value}");
                let answer = world.get(&path, &[("authorization", &bearer)]).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            }
        }
    }
}
