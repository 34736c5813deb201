//! whoever guesses names, numbers and links hears the same words for those that are there and for those that are not.
//! Deliberately absent: how long an answer takes (the decoy beside `services::sessions::password`), codes of citizens (`citizens::programs`).

use axum::{body::Body, http::HeaderName};
use serde_json::{Value, json};

use crate::rest::complaint;
use crate::security::{
    campaign::{Campaign, plain, start},
    on_each, quiet,
};
use crate::support::{Answer, World, request};

async fn posts(campaign: &mut Campaign<'_>, path: &str, body: &Value) -> Answer {
    let headers = [("content-type", "application/json")];
    let post = request("POST", path, &headers, Body::from(body.to_string()));
    campaign.sends(path, post).await
}

async fn submits(campaign: &mut Campaign<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", "http://127.0.0.1:3000"),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = serde_urlencoded::to_string(fields).expect("text");
    let post = request("POST", path, &headers, Body::from(body));
    campaign.sends(path, post).await
}

/// Names of cookies and headers, and the words, but for what was typed.
fn heard(answer: &Answer, typed: &str) -> String {
    let mut names: Vec<&str> = answer.headers.keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    let words = plain(&answer.text.replace(typed, "…"));
    format!("{} {names:?} {words}", answer.status)
}

fn same(campaign: &mut Campaign<'_>, what: &str, (one, two): (&str, &str)) {
    campaign.holds(one == two, || {
        format!("{what}: {}\n  and {}", start(one), start(two))
    });
}

#[test]
fn nobody_hears_who_is_there() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let token = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &token, &complaint()).await;
    let number = made.json()["ticket_no"]
        .as_str()
        .expect("a number")
        .to_owned();
    let mut campaign = Campaign::begin("X-16", &world);
    // One wrong try each, so that no lock tells them apart.
    for (there, not) in [("handler", "nobodys"), ("auditor", "strange")] {
        let wrong = |name: &str| json!({"username": name, "password": "Wrong-Word-42"});
        let one = posts(&mut campaign, "/api/v1/sessions", &wrong(there)).await;
        let two = posts(&mut campaign, "/api/v1/sessions", &wrong(not)).await;
        let (one, two) = (heard(&one, there), heard(&two, not));
        same(&mut campaign, "signing in by program", (&one, &two));
        let one = submits(
            &mut campaign,
            "/sign-in",
            &[("username", there), ("password", "Wrong-Word-42")],
        )
        .await;
        let two = submits(
            &mut campaign,
            "/sign-in",
            &[("username", not), ("password", "Wrong-Word-42")],
        )
        .await;
        let (one, two) = (heard(&one, there), heard(&two, not));
        same(&mut campaign, "signing in by page", (&one, &two));
    }
    let other = format!("{}9", &number[..number.len() - 1]);
    let looked = |no: &str| json!({"ticket_no": no, "code": "AAAA2222"});
    let one = posts(&mut campaign, "/api/v1/public/lookup", &looked(&number)).await;
    let two = posts(&mut campaign, "/api/v1/public/lookup", &looked(&other)).await;
    let (one, two) = (heard(&one, &number), heard(&two, &other));
    same(&mut campaign, "looking up by program", (&one, &two));
    links(&mut campaign).await;
    campaign.ends(12);
}

/// Links that were never given are all the same.
async fn links(campaign: &mut Campaign<'_>) {
    let link = |word: &str| json!({"token": word.repeat(16), "password": "Other-Word-42"});
    let one = posts(campaign, "/api/v1/password-resets", &link("ab")).await;
    let two = posts(campaign, "/api/v1/password-resets", &link("cd")).await;
    let (one, two) = (heard(&one, "abab"), heard(&two, "cdcd"));
    same(campaign, "links of resets", (&one, &two));
    for word in ["ab", "cd"] {
        let path = format!("/rate/{}", word.repeat(16));
        let get = request("GET", &path, &[], Body::empty());
        let answer = campaign.sends(&path, get).await;
        campaign.holds(!answer.status.is_redirection(), || {
            format!("{path} goes to {}", answer.header("location"))
        });
    }
}
