//! what a browser carried before signing in is worth nothing after it, and signing out kills both tokens on every road.
//! Deliberately absent: sessions that end by time, by a new password or by an administrator (`services`, `sessions`).

use axum::{body::Body, http::StatusCode};

use crate::security::{campaign::Campaign, on_each, quiet};
use crate::support::{Answer, PASSWORD, World, request};

/// Values that an attacker would put into a browser.
const PLANTED: [&str; 4] = [
    "0123456789abcdef0123456789abcdef",
    "",
    "eyJhbGciOiJub25lIn0.e30.",
    "../../etc",
];

async fn signs_in(campaign: &mut Campaign<'_>, cookies: &str, username: &str) -> Answer {
    let fields = [("username", username), ("password", PASSWORD)];
    let body = serde_urlencoded::to_string(fields).expect("text");
    let headers = [
        ("cookie", cookies),
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", "http://127.0.0.1:3000"),
        ("sec-fetch-site", "same-origin"),
    ];
    let post = request("POST", "/sign-in", &headers, Body::from(body));
    campaign.sends("signing in", post).await
}

/// One cookie of several.
fn one(cookies: &str, name: &str) -> String {
    let mut pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(known, _)| *known == name);
    found.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

/// Whether the account's own page opens.
async fn is_known(campaign: &mut Campaign<'_>, cookies: &str) -> bool {
    let headers = [("cookie", cookies)];
    let get = request("GET", "/account", &headers, Body::empty());
    campaign.sends("the account", get).await.status == StatusCode::OK
}

#[test]
fn a_session_is_made_by_signing_in_and_ends_by_signing_out() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let mut campaign = Campaign::begin("X-13", &world);
    for planted in PLANTED {
        let before = format!("__Host-session={planted}; __Host-refresh={planted}");
        let answer = signs_in(&mut campaign, &before, "agent").await;
        let after = answer.cookies();
        for name in ["__Host-session", "__Host-refresh"] {
            let value = one(&after, name);
            campaign.holds(!value.is_empty() && value != planted, || {
                format!("{name} was planted as {planted:?} and is {value}")
            });
        }
        let is_in = is_known(&mut campaign, &before).await;
        campaign.holds(!is_in, || format!("{planted:?} is somebody"));
    }
    let first = signs_in(&mut campaign, "", "agent").await.cookies();
    let second = signs_in(&mut campaign, &first, "agent").await.cookies();
    for name in ["__Host-session", "__Host-refresh"] {
        let (one, two) = (one(&first, name), one(&second, name));
        campaign.holds(one != two, || format!("{name} stays when signing in again"));
    }
    ended(&mut campaign, &world, &second).await;
    campaign.ends(15);
}

/// Signs out; neither token opens anything, alone or together, as a cookie or as a bearer.
async fn ended(campaign: &mut Campaign<'_>, world: &World, cookies: &str) {
    assert!(is_known(campaign, cookies).await, "signed in");
    let out = world.submit("/sign-out", cookies, &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text);
    let (access, refresh) = (
        one(cookies, "__Host-session"),
        one(cookies, "__Host-refresh"),
    );
    for kept in [
        cookies.to_owned(),
        format!("__Host-session={access}"),
        format!("__Host-refresh={refresh}"),
        format!("__Host-session={refresh}; __Host-refresh={access}"),
    ] {
        let is_in = is_known(campaign, &kept).await;
        campaign.holds(!is_in, || format!("{kept} still opens the account"));
    }
    for token in [&access, &refresh] {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        let get = request("GET", "/api/v1/tasks", &headers, Body::empty());
        let answer = campaign.sends("a program", get).await;
        campaign.holds(answer.status == StatusCode::UNAUTHORIZED, || {
            format!("{token} still opens the interface: {}", answer.status)
        });
    }
}
