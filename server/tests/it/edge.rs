//! What every answer has in common: headers, limits, refusals, probes.
//! Deliberately absent: what the product's pages show (`pages`).
//! Read next: `server/src/web/edge.rs`.

use std::fmt::Write as _;

use axum::{body::Body, http::StatusCode};
use serde_json::json;

use crate::support::{Answer, World, request};

/// Headers without what differs between two answers.
fn lines(answer: &Answer) -> String {
    let mut names: Vec<_> = answer
        .headers
        .keys()
        .map(axum::http::HeaderName::as_str)
        .collect();
    names.sort_unstable();
    let mut out = format!("{}\n", answer.status.as_u16());
    for name in names {
        let value = match name {
            "content-length" | "x-request-id" => "…".to_owned(),
            "content-security-policy" => without_nonce(answer.header(name)),
            _ => answer.header(name).to_owned(),
        };
        let _ = writeln!(out, "{name}: {value}");
    }
    out
}

fn without_nonce(policy: &str) -> String {
    let Some(start) = policy.find("'nonce-") else {
        return policy.to_owned();
    };
    let end = policy[start + 7..]
        .find('\'')
        .map_or(policy.len(), |length| start + 8 + length);
    format!("{}'nonce-…'{}", &policy[..start], &policy[end..])
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let world = World::new().await;
    let mut out = String::new();
    for (name, path, headers) in [
        ("a probe", "/health/live", vec![]),
        ("a page", "/", vec![]),
        ("a page that does not exist", "/nothing/here", vec![]),
        ("a program without a token", "/api/v1/tickets", vec![]),
        ("an unknown server function", "/fn/nothing", vec![]),
        ("a file that does not exist", "/pkg/nothing.js", vec![]),
        (
            "a page over https",
            "/",
            vec![("x-forwarded-proto", "https"), ("host", "example.org")],
        ),
        ("a page over plain http", "/", vec![("host", "example.org")]),
    ] {
        let answer = world.get(path, &headers).await;
        let _ = writeln!(out, "# {name}\n{}", lines(&answer));
    }
    insta::assert_snapshot!("headers", out);
}

#[tokio::test]
async fn posts_from_elsewhere_have_no_effect() {
    let world = World::new().await;
    let fields = "username=agent&password=Street-Lamp-42";
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "http://127.0.0.1:4000"),
        ("origin", "null"),
    ] {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            (name, value),
            ("accept-language", "en"),
        ];
        let answer = world
            .send(request("POST", "/sign-in", &headers, Body::from(fields)))
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert_eq!(answer.cookies(), "", "{name}: {value}");
        assert!(answer.header("content-type").starts_with("text/html"));
        let answer = world
            .send(request(
                "POST",
                "/fn/form",
                &[(name, value)],
                Body::from("{}"),
            ))
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert_eq!(answer.json()["code"], "access.cross_site");
    }
}

#[tokio::test]
async fn plain_http_from_afar_gets_words() {
    let world = World::new().await;
    let page = world
        .get(
            "/file",
            &[("host", "hotline.example.org"), ("accept-language", "en")],
        )
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(
        page.text.contains("https://hotline.example.org/"),
        "{}",
        page.text
    );
    let program = world
        .get("/api/v1/tickets", &[("host", "hotline.example.org")])
        .await;
    assert_eq!(program.json()["facts"]["reason"], "https_required");
    let probe = world
        .get("/health/live", &[("host", "10.1.2.3:3000")])
        .await;
    assert_eq!(probe.status, StatusCode::OK);
}

#[tokio::test]
async fn bodies_have_a_limit_on_every_road() {
    let world = World::new().await;
    let large = || Body::from("a".repeat(300 << 10));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let page = world.send(request("POST", "/file", &form, large())).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    let function = world.send(request("POST", "/fn/form", &[], large())).await;
    assert_eq!(function.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Without a length the body is counted while it is read.
    let parts = (0..40).map(|_| Ok::<_, std::io::Error>(vec![b'a'; 10 << 10]));
    let endless = Body::from_stream(futures::stream::iter(parts));
    let page = world.send(request("POST", "/file", &form, endless)).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", page.text);
}

#[tokio::test]
async fn wrong_methods_and_odd_paths_are_plain_faults() {
    let world = World::new().await;
    assert_eq!(
        world
            .send(request("DELETE", "/", &[], Body::empty()))
            .await
            .status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    for path in [
        "//",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/pkg/../Cargo.toml",
        "/pkg/%2e%2e/%2e%2e/Cargo.toml",
        "/fn/",
        "/api/",
    ] {
        let answer = world.get(path, &[]).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.text.contains("[workspace]"), "{path}");
    }
    let multipart = [("content-type", "multipart/form-data")];
    let answer = world
        .send(request("POST", "/file", &multipart, Body::from("x")))
        .await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "no boundary is no panic"
    );
}

#[tokio::test]
async fn too_many_sign_ins_from_one_address_are_slowed_down() {
    let world = World::with(|settings| settings.limits.sign_in = 3).await;
    let body = json!({"username": "nobody", "password": "wrong"}).to_string();
    let mut last = StatusCode::OK;
    for _ in 0..=world.settings.limits.sign_in {
        let headers = [
            ("content-type", "application/json"),
            ("x-forwarded-for", "203.0.113.5"),
        ];
        last = world
            .send(request(
                "POST",
                "/api/v1/sessions",
                &headers,
                Body::from(body.clone()),
            ))
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        !world.token("agent").await.is_empty(),
        "another address is not slowed down"
    );
}

#[tokio::test]
async fn probes_tell_the_truth() {
    server::web::recorder();
    let world = World::new().await;
    assert_eq!(world.get("/health/live", &[]).await.text, "ok");
    let ready = world.get("/health/ready", &[]).await;
    assert_eq!(ready.json()["database"], true, "{}", ready.text);
    assert_eq!(ready.json()["schema"], true, "{}", ready.text);
    let figures = world.get("/metrics", &[]).await;
    let line = "minsheng_requests_total{method=\"GET\",route=\"/health/live\",status=\"200\"}";
    assert!(figures.text.contains(line), "{}", figures.text);
    assert!(!figures.text.contains("203.0.113.5"));
}
