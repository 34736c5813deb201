//! ends of lines, colours of terminals and signs that turn the direction of a text, in every field and head that is sent: no word of the log
//! carries one, so that an event is a line whatever writes it, and nothing that citizens typed stands there.
//! Deliberately absent: the writers themselves, which escape as well (`tracing-subscriber`), messages to citizens (`services`, `gateway`).

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue},
};
use serde_json::{Map, Value, json};
use server::access::Kind;

use crate::rest::complaint;
use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::Campaign,
    entrances::{self, address, in_address, with_body},
    on_each, quiet,
};
use crate::support::{World, heard::Written, request};

/// A mark that is found again.
const MARK: &str = "zzlogmark";

/// What would make one line two, or another one of it.
const TRICKS: [&str; 6] = [
    "\r\n2026-03-03T10:00:00Z ERROR forged: all is lost",
    "\n{\"level\":\"ERROR\"}",
    "\u{1b}[31m\u{1b}[2J",
    "\u{202e}desrever",
    "\u{2028}another line",
    "\u{0}\u{7}\u{8}",
];

fn is_trick(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The body with tricks behind each of its texts.
fn tricked(body: &str, trick: &str, is_json: bool) -> String {
    if !is_json {
        return format!("{body}&note={}", in_address(&format!("{MARK}{trick}")));
    }
    let mut fields: Map<String, Value> = serde_json::from_str(body).unwrap_or_default();
    for value in fields.values_mut() {
        if let Some(text) = value.as_str() {
            *value = json!(format!("{text}{MARK}{trick}"));
        }
    }
    Value::Object(fields).to_string()
}

#[test]
fn no_word_of_the_log_breaks_its_line() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let objects = Objects::make(&world).await;
    let manager = Caller::of(&world, "manager").await;
    let mut campaign = Campaign::begin("X-22", &world);
    let written = Written::begin();
    for (at, entry) in entrances::all().into_iter().enumerate() {
        let trick = TRICKS[at % TRICKS.len()];
        let is_json = matches!(entry.kind, Kind::Rest | Kind::Function);
        let (method, _) = address(&entry);
        let ends = entry.name.contains("sign-out") || entry.name.contains("sessions");
        if ends {
            continue;
        }
        let mut request = request_for(&entry, &objects, &manager);
        if method == "POST" {
            request = with_body(request, |body| tricked(&body, trick, is_json)).await;
        }
        heads(&mut request, trick);
        campaign.sends(&entry.name, request).await;
    }
    citizens_words(&mut campaign, &manager).await;
    let words = written.words();
    assert!(words.len() > 100, "only {} words were written", words.len());
    for word in &words {
        campaign.holds(!word.contains(is_trick), || format!("{word:?} is written"));
        let is_typed = word.contains(MARK);
        campaign.holds(!is_typed, || format!("what was typed is written: {word:?}"));
    }
    drop(written);
    campaign.ends(400);
}

/// Heads that carry as much of it as a head can.
fn heads(request: &mut axum::http::Request<Body>, trick: &str) {
    for name in ["user-agent", "referer", "x-request-id", "accept-language"] {
        let bytes: Vec<u8> = format!("{MARK}{trick}")
            .into_bytes()
            .into_iter()
            .filter(|byte| *byte >= 32 && *byte != 127)
            .collect();
        let name = HeaderName::from_static(name);
        if let Ok(value) = HeaderValue::from_bytes(&bytes) {
            request.headers_mut().insert(name, value);
        }
    }
}

/// Complaints with tricks in what a citizen says.
async fn citizens_words(campaign: &mut Campaign<'_>, manager: &Caller) {
    let bearer = format!("Bearer {}", manager.token.as_deref().unwrap_or_default());
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    for trick in TRICKS {
        let mut body = complaint();
        for field in ["title", "content", "address"] {
            body[field] = json!(format!("{MARK}路灯三天不亮，请尽快派人修理。{trick}"));
        }
        body["citizen"]["name"] = json!(format!("{MARK}{trick}"));
        let post = request("POST", "/api/v1/tickets", &headers, body.to_string().into());
        campaign.sends("a complaint", post).await;
        let path = format!("/tickets?q={}", in_address(&format!("{MARK}{trick}")));
        let headers = [("cookie", manager.cookies.as_str())];
        let get = request("GET", &path, &headers, Body::empty());
        campaign.sends("a search", get).await;
    }
}
