//! Every registered route with every broken request: never 5xx, and always with a code or words.
//! Deliberately absent: what a good request does. Routes are read off the access table, so that a new one is swept without a word here.
//! Read next: `server/src/access.rs`.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use server::access::{self, Kind};

use crate::{
    person::Person,
    support::{World, request},
};

/// A request before it is made: kind of content and body.
const BROKEN: [(&str, &str, &[u8]); 9] = [
    ("no body", "", b""),
    ("no body of JSON", "application/json", b""),
    ("another content type", "text/csv", b"a,b"),
    ("an array", "application/json", b"[]"),
    (
        "a wrong type",
        "application/json",
        b"{\"posted\":7,\"query\":[],\"id\":{},\"version\":\"x\",\"draft\":1}",
    ),
    (
        "a huge number",
        "application/json",
        b"{\"posted\":1e999999,\"version\":99999999999999999999999}",
    ),
    (
        "no UTF-8",
        "application/json",
        b"{\"posted\":\"\xc2\xb7\xb5\xc6\xff\"}",
    ),
    (
        "GBK",
        "application/x-www-form-urlencoded",
        b"content=%C2%B7%B5%C6&%FF=%00",
    ),
    (
        "half a multipart",
        "multipart/form-data; boundary=xyz",
        b"--xyz\r\nContent-Disposition: form-data; name=",
    ),
];

/// Method and path of every route, with something in its holes.
fn routes() -> Vec<(String, String)> {
    let mut routes = Vec::new();
    for entry in access::table() {
        let (method, path) = match entry.kind {
            Kind::Page => ("GET", entry.name.clone()),
            Kind::Form | Kind::Function => ("POST", entry.name.clone()),
            Kind::Rest | Kind::Scim | Kind::File | Kind::Probe => {
                match entry.name.split_once(' ') {
                    Some((method, path)) => (method, path.to_owned()),
                    None => continue,
                }
            }
            _ => continue,
        };
        routes.push((method.to_owned(), filled(&path)));
    }
    routes
}

fn filled(path: &str) -> String {
    let id = "00000000-0000-7000-8000-000000000000";
    let part = |part: &str| {
        if part.starts_with('{') {
            id.to_owned()
        } else {
            part.to_owned()
        }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Whoever asks: a visitor, or the provincial manager by cookie and by token.
struct Asker {
    cookies: String,
    bearer: String,
}

impl Asker {
    fn asks(&self, method: &str, path: &str, more: &[(&str, &str)], body: Body) -> Request<Body> {
        let mut headers = vec![("sec-fetch-site", "same-origin")];
        if !self.cookies.is_empty() {
            headers.push(("cookie", &self.cookies));
            headers.push(("authorization", &self.bearer));
        }
        headers.extend(more);
        request(method, path, &headers, body)
    }
}

async fn askers(world: &World) -> [Asker; 2] {
    let person = Person::signed_in(world, "manager").await;
    let nobody = Asker {
        cookies: String::new(),
        bearer: String::new(),
    };
    let manager = Asker {
        cookies: person.cookies().to_owned(),
        bearer: format!("Bearer {}", world.token("manager").await),
    };
    [nobody, manager]
}

fn many(settings: &mut server::config::Settings) {
    let limits = &mut settings.limits;
    for each in [
        &mut limits.sign_in,
        &mut limits.filing,
        &mut limits.lookup,
        &mut limits.drafts,
        &mut limits.photos,
    ] {
        *each = 100_000;
    }
}

#[tokio::test]
async fn no_broken_body_is_a_defect_of_ours() {
    let world = World::with(many).await;
    let askers = askers(&world).await;
    let deep = [b"{\"posted\":".as_slice(), &vec![b'['; 100_000]].concat();
    let mut count = 0;
    for (method, path) in routes() {
        if method == "GET" {
            continue;
        }
        for asker in &askers {
            let deep = ("deep nesting", "application/json", deep.as_slice());
            for (name, kind, body) in BROKEN.iter().copied().chain([deep]) {
                let kind: &[_] = if kind.is_empty() {
                    &[]
                } else {
                    &[("content-type", kind)]
                };
                let asked = asker.asks(&method, &path, kind, Body::from(body.to_vec()));
                let answer = world.send(asked).await;
                count += 1;
                assert!(
                    !answer.status.is_server_error(),
                    "{method} {path}, {name}: {} {}",
                    answer.status,
                    answer.text
                );
                if answer.status.is_client_error() && path.starts_with("/fn/") {
                    assert!(
                        answer.json()["code"].is_string(),
                        "{path}, {name}: {}",
                        answer.text
                    );
                }
            }
        }
    }
    assert!((500..20_000).contains(&count), "{count} requests");
}

/// What is odd about it, the address, headers.
type Odd<'a> = (&'a str, String, &'a [(&'a str, &'a str)]);

#[tokio::test]
async fn no_odd_address_is_a_defect_of_ours() {
    let world = World::with(many).await;
    let askers = askers(&world).await;
    let long = "a".repeat(60_000);
    let mut count = 0;
    for (method, path) in routes() {
        for asker in &askers {
            let odd: [Odd; 6] = [
                ("a slash at the end", format!("{path}/"), &[]),
                ("a slash at the beginning", format!("/{path}"), &[]),
                (
                    "names twice and no UTF-8",
                    format!("{path}?limit=1&limit=2&q=%FF%C2&version=9&cursor=%00"),
                    &[],
                ),
                (
                    "years far away",
                    format!(
                        "{path}?from=262142-01-01&to=262142-12-31&accepted_from=-262142-01-01&due_to=262142-12-31"
                    ),
                    &[],
                ),
                (
                    "a long head",
                    path.clone(),
                    &[("accept-language", &long), ("user-agent", &long)],
                ),
                (
                    "HEAD",
                    path.clone(),
                    &[("x-http-method-override", "DELETE")],
                ),
            ];
            for (name, path, headers) in odd {
                let method = if name == "HEAD" { "HEAD" } else { &method };
                let answer = world
                    .send(asker.asks(method, &path, headers, Body::empty()))
                    .await;
                count += 1;
                assert!(
                    !answer.status.is_server_error(),
                    "{method} {path}, {name}: {} {}",
                    answer.status,
                    answer.text
                );
            }
        }
    }
    assert!((1_000..20_000).contains(&count), "{count} requests");
}

#[tokio::test]
async fn a_visitor_is_told_to_sign_in_where_that_would_help() {
    let world = World::new().await;
    let [visitor, _] = askers(&world).await;
    let body = serde_json::json!({
        "query": "", "id": "00000000-0000-7000-8000-000000000000", "address": "key=x", "phone": "13800138000",
        "region": "", "category": "", "name": "x", "parent": "", "key": "x", "version": 1, "definition": "x", "text": "x",
    });
    let json = [("content-type", "application/json")];
    let mut wrong = Vec::new();
    for name in access::names(Kind::Function) {
        let asked = visitor.asks("POST", &name, &json, Body::from(body.to_string()));
        let answer = world.send(asked).await;
        if answer.status == StatusCode::FORBIDDEN || answer.status.is_server_error() {
            wrong.push((name, answer.text));
        }
    }
    assert_eq!(wrong, Vec::new());
}

#[tokio::test]
async fn a_function_sends_nobody_elsewhere() {
    let world = World::new().await;
    let [visitor, _] = askers(&world).await;
    for name in access::names(Kind::Function) {
        for body in [
            "{}",
            "[",
            "{\"posted\":{\"path\":\"/language\",\"fields\":[[\"language\",\"en\"]]}}",
        ] {
            let headers = [
                ("content-type", "application/json"),
                ("accept", "text/html,*/*"),
                ("referer", "https://evil.example/"),
            ];
            let answer = world
                .send(visitor.asks("POST", &name, &headers, Body::from(body)))
                .await;
            assert!(!answer.status.is_redirection(), "{name}: {}", answer.status);
            assert_eq!(answer.header("location"), "", "{name}");
        }
    }
}
