//! The product's pages through the router: sessions in cookies, forms without script, refusals.
//! Deliberately absent: what the pages say in detail (tests of `app`, browser journeys).
//! Read next: `server/src/web/pages.rs`.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::http::StatusCode;

use crate::support::{PASSWORD, World};

async fn sign_in(world: &World, username: &str) -> String {
    let answer = world
        .submit(
            "/sign-in",
            "",
            &[("username", username), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.cookies()
}

#[tokio::test]
async fn pages_read_without_script_and_carry_a_nonce() {
    let world = World::new().await;
    let page = world.get("/", &[("accept-language", "en")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("lang=\"en\""));
    let policy = page.header("content-security-policy").to_owned();
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .expect("a nonce");
    assert!(page.text.contains(nonce), "the scripts carry the nonce");
    assert!(!page.text.contains(" style=\""), "no inline style");
    assert_eq!(page.header("cache-control"), "no-store");
    let other = world.get("/", &[]).await;
    assert!(
        !other.header("content-security-policy").contains(nonce),
        "each page has its own"
    );
    assert!(other.text.contains("lang=\"zh-CN\""));
}

#[tokio::test]
async fn the_language_is_kept_in_a_cookie() {
    let world = World::new().await;
    let answer = world
        .submit("/language", "", &[("language", "en"), ("back", "/track")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/track");
    let cookie = answer.cookies();
    assert_eq!(cookie, "__Host-lang=en");
    let page = world
        .get("/track", &[("cookie", &cookie), ("accept-language", "zh")])
        .await;
    assert!(page.text.contains("lang=\"en\""));
    let evil = world
        .submit(
            "/language",
            "",
            &[("language", "en"), ("back", "//evil.example")],
        )
        .await;
    assert_eq!(evil.header("location"), "/");
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed() {
    let world = World::new().await;
    let answer = world
        .submit(
            "/sign-in",
            "",
            &[("username", "agent"), ("password", "wrong")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.text);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(answer.text.contains("agent") && !answer.text.contains("wrong\""));
    assert!(
        !answer.cookies().contains("session"),
        "{}",
        answer.cookies()
    );
    let filed = world
        .submit(
            "/file",
            "",
            &[("content", "太短</textarea><script>alert(1)</script>")],
        )
        .await;
    assert_eq!(filed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(filed.text.contains("太短") && !filed.text.contains("<script>alert(1)"));
}

#[tokio::test]
async fn an_expired_access_token_is_renewed_inside_the_request() {
    let world = World::new().await;
    let cookies = sign_in(&world, "dispatcher").await;
    let page = world.get("/questions", &[("cookie", &cookies)]).await;
    assert_eq!(
        (page.status, page.cookies().as_str()),
        (StatusCode::OK, ""),
        "{}",
        page.text
    );
    world.clock.advance_minutes(11);
    let page = world.get("/questions", &[("cookie", &cookies)]).await;
    assert_eq!(page.status, StatusCode::OK);
    let renewed = page.cookies();
    assert!(
        renewed.contains("__Host-session=") && renewed.contains("__Host-refresh="),
        "{renewed}"
    );
    world.clock.advance_minutes(11);
    let post = world
        .submit(
            "/language",
            &renewed,
            &[("language", "en"), ("back", "/questions")],
        )
        .await;
    assert!(
        post.cookies().contains("__Host-session="),
        "a POST renews as well"
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere() {
    let world = World::new().await;
    let cookies = sign_in(&world, "dispatcher").await;
    let out = world.submit("/sign-out", &cookies, &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(out.cookies(), "", "every cookie is emptied");
    let page = world.get("/questions", &[("cookie", &cookies)]).await;
    assert!(
        !page.text.contains("dispatcher"),
        "the old cookies are worth nothing"
    );
}

#[tokio::test]
async fn a_citizen_files_without_script_and_follows_the_ticket() {
    let world = World::new().await;
    let fields = [
        ("idempotency_key", "form-1"),
        ("kind", "complaint"),
        (
            "content",
            "中山路一号门前的路灯三天不亮，晚上行人看不清路，请尽快派人修理。",
        ),
        ("city", "320100"),
        ("county", "320102"),
        ("address", "中山路一号"),
        ("identity", "open"),
        ("citizen.name", "王小明"),
        ("citizen.phone", "13800138000"),
    ];
    let filed = world.submit("/file", "", &fields).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    assert_eq!(filed.header("location"), "/filed");
    let cookies = filed.cookies();
    assert!(
        cookies.contains("__Host-track=") && cookies.contains("__Host-filed="),
        "{cookies}"
    );
    let shown = world.get("/filed", &[("cookie", &cookies)]).await;
    assert!(
        shown.text.contains("32010"),
        "the number is shown: {}",
        shown.text
    );
    let progress = world.get("/track/ticket", &[("cookie", &cookies)]).await;
    assert_eq!(progress.status, StatusCode::OK);
    let again = world.submit("/file", "", &fields).await;
    assert_eq!(
        again.status,
        StatusCode::SEE_OTHER,
        "a replayed form is the same ticket"
    );
    let agent = format!("Bearer {}", world.token("supervisor").await);
    let list = world
        .get("/api/v1/tickets", &[("authorization", &agent)])
        .await
        .json();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_export_needs_its_right() {
    let world = World::new().await;
    let visitor = world.get("/tickets/export.csv", &[]).await;
    assert_eq!(visitor.status, StatusCode::UNAUTHORIZED, "{}", visitor.text);
    let agent = sign_in(&world, "agent").await;
    let denied = world
        .get("/tickets/export.csv", &[("cookie", &agent)])
        .await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let supervisor = sign_in(&world, "supervisor").await;
    let file = world
        .get(
            "/tickets/export.csv?state=CLOSED",
            &[("cookie", &supervisor)],
        )
        .await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(file.header("content-disposition").starts_with("attachment"));
}

/// Leptos keeps what begins to read in the moment of a listing waiting for ever, in the whole process.
#[tokio::test]
async fn a_page_comes_while_another_router_is_made() {
    let world = World::new().await;
    let done = Arc::new(AtomicBool::new(false));
    let lists = {
        let done = Arc::clone(&done);
        tokio::task::spawn_blocking(move || {
            while !done.load(Ordering::Relaxed) {
                server::web::pages::listing();
            }
        })
    };
    for path in ["/file", "/track", "/public"] {
        let page = tokio::time::timeout(Duration::from_secs(20), world.get(path, &[])).await;
        done.store(page.is_err(), Ordering::Relaxed);
        let page = page.expect("the page ends");
        assert!(!page.status.is_server_error(), "{path}: {}", page.status);
    }
    done.store(true, Ordering::Relaxed);
    lists.await.expect("lists");
}
