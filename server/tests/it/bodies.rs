//! Bodies: asked for by right before they are read, bounded in memory, and told about in words when they cannot be taken.
//! Deliberately absent: bodies on a real connection (`listening`), every route with every broken body (`sweep`).
//! Read next: `server/src/web/bounds`.

use std::{path::Path, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use futures::StreamExt;

use crate::{
    person::Person,
    support::{Answer, World, request},
};

const MULTIPART: (&str, &str) = ("content-type", "multipart/form-data; boundary=xyz");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");
/// Longer than any answer here takes; a body that is waited for never comes.
const LONG: Duration = Duration::from_secs(20);

/// Nothing ever comes.
fn never() -> Body {
    Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>())
}

/// Some bytes, and then nothing.
fn then_never(first: Vec<u8>) -> Body {
    let first = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from(first))]);
    Body::from_stream(first.chain(futures::stream::pending()))
}

/// As it comes from a network.
fn in_parts(text: impl Into<Vec<u8>>) -> Body {
    let bytes: Vec<u8> = text.into();
    let parts = bytes
        .chunks(16 << 10)
        .map(|part| Ok(Bytes::copy_from_slice(part)));
    let parts: Vec<Result<Bytes, std::io::Error>> = parts.collect();
    Body::from_stream(futures::stream::iter(parts))
}

async fn posts(world: &World, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
    let answer = world.send(request("POST", path, headers, body));
    tokio::time::timeout(LONG, answer)
        .await
        .unwrap_or_else(|_| panic!("{path} waits for the body"))
}

/// A picture of one pixel, as a part of a form.
fn with_photo(file_name: &[u8]) -> Vec<u8> {
    let mut photo = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(2, 2)
        .write_to(&mut photo, image::ImageFormat::Jpeg)
        .expect("encodes");
    let mut body = b"--xyz\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nwords\r\n\
        --xyz\r\nContent-Disposition: form-data; name=\"photos\"; filename=\""
        .to_vec();
    body.extend(file_name);
    body.extend(b"\"\r\nContent-Type: image/jpeg\r\n\r\n");
    body.extend(photo.into_inner());
    body.extend(b"\r\n--xyz--\r\n");
    body
}

fn files_below(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let count = |entry: std::fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => files_below(&entry.path()),
        _ => 1,
    };
    entries.flatten().map(count).sum()
}

#[tokio::test]
async fn the_right_is_asked_before_the_body_is_read() {
    let world = World::new().await;
    let agent = Person::signed_in(&world, "agent").await;
    let id = "00000000-0000-7000-8000-000000000000";
    for kind in [MULTIPART, FORM] {
        for path in ["/processes".to_owned(), format!("/tickets/{id}/dispatch")] {
            let visitor = posts(&world, &path, &[kind, OURS], never()).await;
            assert_eq!(visitor.status, StatusCode::UNAUTHORIZED, "{path}");
            let headers = [kind, OURS, ("cookie", agent.cookies())];
            let denied = posts(&world, &path, &headers, never()).await;
            assert_eq!(denied.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    let bearer = format!("Bearer {}", world.token("agent").await);
    let json = ("content-type", "application/json");
    for path in ["/api/v1/processes", "/api/v1/processes/check"] {
        let none = posts(&world, path, &[json], never()).await;
        assert_eq!(none.status, StatusCode::UNAUTHORIZED, "{path}");
        let denied = posts(&world, path, &[json, ("authorization", &bearer)], never()).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN, "{path}");
    }
    let path = format!("/photos/draft/{id}");
    let missing = posts(&world, &path, &[MULTIPART, OURS], never()).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_photo_is_stored_for_a_form_that_has_none() {
    let world = World::new().await;
    let agent = Person::signed_in(&world, "agent").await;
    let photos = world.settings.data_dir.join("files");
    for path in [
        "/language",
        "/text-size",
        "/sign-in",
        "/track",
        "/sign-out",
        "/processes",
        "/desk",
    ] {
        for cookies in ["", agent.cookies()] {
            let headers = [MULTIPART, OURS, ("cookie", cookies)];
            let body = Body::from(with_photo(b"a.jpg"));
            let answer = posts(&world, path, &headers, body).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            assert_eq!(files_below(&photos), 0, "{path}");
        }
    }
    let answer = posts(
        &world,
        "/file",
        &[MULTIPART, OURS],
        Body::from(with_photo(b"a.jpg")),
    )
    .await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text
    );
    assert_eq!(
        files_below(&photos),
        2,
        "the form that takes photos keeps one, and its small picture"
    );
}

#[tokio::test]
async fn a_full_disk_takes_no_photo() {
    let world = World::with(|settings| settings.limits.free_mb = u32::MAX).await;
    let answer = posts(
        &world,
        "/file",
        &[MULTIPART, OURS],
        Body::from(with_photo(b"a.jpg")),
    )
    .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("存储空间"), "{}", answer.text);
    assert_eq!(files_below(&world.settings.data_dir.join("files")), 0);
}

#[tokio::test]
async fn an_address_has_so_many_megabytes_a_day() {
    let world = World::with(|settings| settings.limits.photo_mb = 1).await;
    let post = async || {
        let body = Body::from(with_photo(b"a.jpg"));
        posts(&world, "/file", &[MULTIPART, OURS], body).await
    };
    assert!(!post().await.text.contains("太频繁"));
    // Each photo counts a megabyte at least.
    assert!(post().await.text.contains("太频繁"));
    assert_eq!(files_below(&world.settings.data_dir.join("files")), 2);
}

#[tokio::test]
async fn a_photo_named_in_another_encoding_comes_through() {
    let world = World::new().await;
    // 路灯.jpg in GBK.
    let body = Body::from(with_photo(b"\xc2\xb7\xb5\xc6.jpg"));
    let answer = posts(&world, "/file", &[MULTIPART, OURS], body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("name=\"draft\""), "{}", answer.text);
    assert_eq!(files_below(&world.settings.data_dir.join("files")), 2);
}

#[tokio::test]
async fn a_text_in_another_encoding_is_refused_at_its_field() {
    let world = World::new().await;
    let body = Body::from("kind=complaint&content=%C2%B7%B5%C6%B2%BB%C1%C1&citizen.name=%E6%9D%8E");
    let answer = posts(&world, "/file", &[FORM, OURS], body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("UTF-8"), "{}", answer.text);
    assert!(!answer.text.contains('\u{fffd}') && answer.text.contains('李'));
    let query = world.get("/api/v1/tickets?q=%C2%B7%B5%C6", &[]).await;
    assert_eq!(query.status, StatusCode::UNAUTHORIZED, "first who");
    let bearer = format!("Bearer {}", world.token("agent").await);
    let query = world
        .get(
            "/api/v1/tickets?q=%C2%B7%B5%C6",
            &[("authorization", &bearer)],
        )
        .await;
    assert_eq!(query.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_form_over_the_limit_comes_back_with_words_and_what_was_typed() {
    let world = World::new().await;
    let most = world.settings.web.body_limit;
    let long = "a".repeat(most);
    let plain = format!("kind=complaint&content=streetlight&address={long}");
    let answer = posts(&world, "/file", &[FORM, OURS], in_parts(plain)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(
        answer.text.contains("streetlight") && answer.text.contains("太大"),
        "{}",
        answer.text
    );
    let part = |name: &str, value: &str| {
        format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    // Many fields, each within its own bound.
    let mut many = part("content", "streetlight");
    for _ in 0..20 {
        many += &part("address", &"a".repeat(60 << 10));
    }
    let answer = posts(&world, "/file", &[MULTIPART, OURS], in_parts(many)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("streetlight"), "{}", answer.text);
    assert_eq!(world.state.bodies.held(), 0, "everything was given back");
}

#[tokio::test]
async fn the_head_of_a_part_is_bounded_as_well() {
    let world = World::new().await;
    let mut body = b"--xyz\r\nX-Long: ".to_vec();
    body.resize(2 << 20, b'a');
    let answer = posts(&world, "/file", &[MULTIPART, OURS], in_parts(body)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.state.bodies.held(), 0);
}

#[tokio::test]
async fn all_bodies_together_have_one_memory() {
    let world = World::with(|settings| settings.web.bodies = 1 << 20).await;
    let piece = 200 << 10;
    let mut waiting = Vec::new();
    for _ in 0..5 {
        let router = world.router.clone();
        let body = then_never(vec![b'a'; piece]);
        let asked = request("POST", "/language", &[FORM, OURS], body);
        waiting.push(tokio::spawn(tower::ServiceExt::oneshot(router, asked)));
    }
    let filled = async {
        while world.state.bodies.held() < 5 * piece {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, filled)
        .await
        .expect("five bodies are held");
    let body = Body::from(vec![b'a'; piece]);
    let answer = posts(&world, "/language", &[FORM, OURS], body).await;
    assert_eq!(
        answer.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        answer.text
    );
    assert!(!answer.header("retry-after").is_empty());
    assert!(answer.text.contains("人太多"), "{}", answer.text);
    for one in waiting {
        one.abort();
        let _ = one.await;
    }
    assert_eq!(
        world.state.bodies.held(),
        0,
        "whoever goes away gives it back"
    );
}

#[tokio::test]
async fn behind_a_proxy_an_address_has_so_many_requests_under_way() {
    let world = World::with(|settings| {
        settings.web.connections_per_address = 3;
        settings.web.office_connections = 100;
        settings.web.office_networks = vec!["198.51.100.0/24".parse().expect("a network")];
    })
    .await;
    let asked = |from: &'static str| {
        let from = ("x-forwarded-for", from);
        request("POST", "/language", &[FORM, OURS, from], never())
    };
    let mut waiting = Vec::new();
    for _ in 0..6 {
        let router = world.router.clone();
        let one = tower::ServiceExt::oneshot(router, asked("203.0.113.5"));
        waiting.push(tokio::spawn(one));
    }
    let refused = async {
        loop {
            let answer = world
                .get("/health/live", &[("x-forwarded-for", "203.0.113.5")])
                .await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, refused)
        .await
        .expect("three are under way");
    for from in ["203.0.113.6", "198.51.100.7"] {
        let other = world
            .get("/health/live", &[("x-forwarded-for", from)])
            .await;
        assert_eq!(other.status, StatusCode::OK, "{from}");
    }
    for one in waiting {
        one.abort();
        let _ = one.await;
    }
    let free = world
        .get("/health/live", &[("x-forwarded-for", "203.0.113.5")])
        .await;
    assert_eq!(
        free.status,
        StatusCode::OK,
        "whoever goes away frees the place"
    );
}
