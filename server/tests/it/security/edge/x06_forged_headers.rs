//! headers by which a proxy, a gateway or another framework would say who somebody is, where they are or what they want: believed from
//! nobody. Deliberately absent: the proxies that are trusted, and what they may say (beside `web::client`).

use std::net::SocketAddr;

use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode},
};
use serde_json::json;
use server::{access::Kind, web::Peer};

use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::{Campaign, Chance, SEED, is_full, plain, start},
    entrances, on_each, quiet,
};
use crate::support::{World, request};

/// What is claimed.
const CLAIMS: [(&str, &str); 20] = [
    ("x-forwarded-for", "127.0.0.1"),
    ("x-forwarded-for", "10.0.0.1, 127.0.0.1"),
    ("x-real-ip", "127.0.0.1"),
    ("x-client-ip", "127.0.0.1"),
    ("true-client-ip", "127.0.0.1"),
    ("cf-connecting-ip", "127.0.0.1"),
    ("forwarded", "for=127.0.0.1;proto=https;host=localhost"),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-user", "manager"),
    ("x-forwarded-email", "manager@example.com"),
    ("x-remote-user", "manager"),
    ("remote-user", "manager"),
    ("x-auth-request-user", "manager"),
    ("x-user", "manager"),
    ("x-user-roles", "provincial_manager"),
    ("authorization", "Basic bWFuYWdlcjpTdHJlZXQtTGFtcC00Mg=="),
    ("x-original-url", "/tickets"),
    ("x-rewrite-url", "/tickets"),
    ("x-http-method-override", "DELETE"),
    ("x-method-override", "DELETE"),
];

/// The request as it comes from a machine that is no proxy of ours.
fn from_afar(mut request: Request<Body>) -> Request<Body> {
    let address: SocketAddr = "203.0.113.9:4711".parse().expect("an address");
    request.extensions_mut().insert(Peer(address));
    request
}

#[test]
fn nobody_is_who_a_header_says() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let objects = Objects::make(&world).await;
    let nobody = Caller::default();
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("X-06", &world);
    for entry in entrances::read_only() {
        let call = || from_afar(request_for(&entry, &objects, &nobody));
        let bare = campaign.sends(&entry.name, call()).await;
        for (name, value) in CLAIMS {
            if !is_full() && entry.kind != Kind::Rest && !chance.is_one_in(4) {
                continue;
            }
            let mut request = call();
            let headers = request.headers_mut();
            headers.insert(name, HeaderValue::from_static(value));
            let what = format!("{} with {name}: {value}", entry.name);
            let answer = campaign.sends(&what, request).await;
            let is_same = answer.status == bare.status && plain(&answer.text) == plain(&bare.text);
            // Figures differ from one moment to the next.
            let is_probe = entry.kind == Kind::Probe && answer.status == bare.status;
            campaign.holds(is_same || is_probe, || {
                format!("{what}: {} {}", answer.status, start(&answer.text))
            });
        }
    }
    campaign.ends(1_000);
}

#[test]
fn figures_are_not_for_who_claims_to_be_here() {
    on_each(quiet, figures);
}

async fn figures(world: World) {
    let mut campaign = Campaign::begin("X-06", &world);
    for (name, value) in CLAIMS {
        let request = request("GET", "/metrics", &[(name, value)], Body::empty());
        let answer = campaign.sends(name, from_afar(request)).await;
        campaign.holds(!answer.status.is_success(), || {
            format!("figures are given for {name}: {value}")
        });
    }
    campaign.ends(CLAIMS.len());
}

#[test]
fn another_claimed_address_is_no_new_try() {
    on_each(|settings| settings.limits.sign_in = 5, tries);
}

async fn tries(world: World) {
    let mut campaign = Campaign::begin("X-06", &world);
    let mut last = StatusCode::OK;
    for at in 0..12 {
        let claimed = format!("198.51.100.{at}");
        let headers = [
            ("content-type", "application/json"),
            ("x-forwarded-for", claimed.as_str()),
            ("x-real-ip", claimed.as_str()),
        ];
        let body = json!({"username": format!("nobody{at}"), "password": "Wrong-Word-42"});
        let body = Body::from(body.to_string());
        let post = request("POST", "/api/v1/sessions", &headers, body);
        last = campaign.sends("a try", from_afar(post)).await.status;
    }
    campaign.holds(last == StatusCode::TOO_MANY_REQUESTS, || {
        format!("twelve tries with claimed addresses end with {last}")
    });
    campaign.ends(12);
}
