//! fields that nobody asked for (`role`, `status`, `version`, whose, by when) in every body that is posted: what is kept stays as it was.
//! Deliberately absent: bodies that are no bodies at all (`sweep`).

use axum::body::Body;
use serde_json::{Map, Value, json};
use server::access::{Entry, Kind};

use crate::rest::complaint;
use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::{Campaign, start},
    entrances::{self, address, with_body},
    on_each, quiet,
};
use crate::support::{World, request};

/// What an attacker would set.
const EXTRA: [(&str, &str); 14] = [
    ("role", "system_admin"),
    ("roles", "system_admin"),
    ("scope", "province"),
    ("city_id", "320500"),
    ("region", "320505"),
    ("status", "CLOSED"),
    ("state", "CLOSED"),
    ("created_by", "manager"),
    ("accepted_by", "manager"),
    ("satisfied", "true"),
    ("deadline", "2099-12-31T00:00:00+08:00"),
    ("due_at", "2099-12-31T00:00:00+08:00"),
    ("lead_unit", "320100-ZJJ"),
    ("is_admin", "true"),
];

/// What would end the session that calls.
const ENDINGS: [&str; 8] = [
    "sign-out",
    "everywhere",
    "account/close",
    "sessions",
    "password",
    "factor",
    "passkeys",
    "keys",
];

fn rows() -> Vec<Entry> {
    let mut rows = entrances::all();
    rows.retain(|entry| {
        let (method, pattern) = address(entry);
        let ends = ENDINGS.iter().any(|word| pattern.contains(word));
        let is_called = matches!(entry.kind, Kind::Form | Kind::Function | Kind::Rest);
        matches!(method, "POST" | "PATCH") && is_called && !ends
    });
    rows
}

/// The body with the fields, as it was sent.
fn with_extra(body: &str, is_json: bool, is_nested: bool) -> String {
    if !is_json {
        // What the form asks for itself is no extra field.
        let is_asked = |name: &str| {
            body.split('&')
                .any(|pair| pair.starts_with(&format!("{name}=")))
        };
        let more: Vec<_> = EXTRA
            .into_iter()
            .filter(|(name, _)| !is_asked(name))
            .collect();
        let more = serde_urlencoded::to_string(more).expect("text");
        return format!("{body}&{more}");
    }
    let mut fields: Map<String, Value> = serde_json::from_str(body).unwrap_or_default();
    for (name, value) in EXTRA {
        fields.entry(name).or_insert_with(|| json!(value));
    }
    fields.insert("version_".to_owned(), json!(1));
    if is_nested {
        let all = Value::Object(fields.clone());
        fields.insert("ticket".to_owned(), all.clone());
        fields.insert("citizen_account".to_owned(), all);
    }
    Value::Object(fields).to_string()
}

/// What is kept of tickets, parts and accounts, as the people who look after them read it.
async fn kept(campaign: &mut Campaign<'_>, objects: &Objects, callers: &[Caller; 3]) -> Vec<Value> {
    let mut kept = Vec::new();
    let ticket = |id: &str| format!("/api/v1/tickets/{id}");
    let paths = [
        (0, ticket(&objects.waiting)),
        (0, ticket(&objects.handled)),
        (0, format!("/api/v1/approvals/{}", objects.approval)),
        (1, "/api/v1/accounts/second.handler".to_owned()),
        (2, "/api/v1/accounts/second.handler/posts".to_owned()),
    ];
    for (who, path) in paths {
        let token = callers[who].token.as_deref().unwrap_or_default();
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        let get = request("GET", &path, &headers, Body::empty());
        let answer = campaign.sends(&path, get).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        let mut value = answer.json();
        for name in [
            "state",
            "due_at",
            "accepted_by",
            "region",
            "lead_unit",
            "posts",
        ] {
            kept.push(value[name].take());
        }
    }
    kept
}

#[test]
fn fields_that_nobody_asked_for_change_nothing() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let objects = Objects::make(&world).await;
    let callers = [
        Caller::of(&world, "manager").await,
        Caller::of(&world, "system").await,
        Caller::of(&world, "security").await,
    ];
    let mut campaign = Campaign::begin("X-05", &world);
    let before = kept(&mut campaign, &objects, &callers).await;
    for entry in rows() {
        for who in &callers {
            for is_nested in [false, true] {
                let is_json = entry.kind != Kind::Form;
                let request = request_for(&entry, &objects, who);
                let request =
                    with_body(request, |body| with_extra(&body, is_json, is_nested)).await;
                campaign.sends(&entry.name, request).await;
            }
        }
    }
    let after = kept(&mut campaign, &objects, &callers).await;
    campaign.holds(before == after, || {
        format!("{before:?}\n  became {after:?}")
    });
    registered(&mut campaign, &callers[0]).await;
    campaign.ends(800);
}

/// A new ticket is as a new ticket is, whatever its body says beside, or is not taken.
async fn registered(campaign: &mut Campaign<'_>, manager: &Caller) {
    let bearer = format!("Bearer {}", manager.token.as_deref().unwrap_or_default());
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    for (name, value) in EXTRA {
        if name == "region" {
            continue;
        }
        let mut body = complaint();
        body[name] = json!(value);
        let post = request("POST", "/api/v1/tickets", &headers, body.to_string().into());
        let answer = campaign.sends(name, post).await;
        let is_new = answer.json()["state"] == "TO_DISPATCH" && answer.json()["version"] == 1;
        campaign.holds(answer.status.is_client_error() || is_new, || {
            format!("{name}: {} {}", answer.status, start(&answer.text))
        });
    }
}
