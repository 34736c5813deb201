//! statements of a database in every query parameter of every GET, and in what server functions are asked: never a defect, never more rows,
//! never a word of the database. Deliberately absent: which texts statements are made of (`cargo xtask test tidy` and the store's own rules).

use axum::body::Body;
use serde_json::{Value, json};
use server::access::{self, Kind};

use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::{Campaign, Chance, SEED, is_full, start},
    deep,
    entrances::{self, asked, in_address},
    on_each, quiet,
};
use crate::support::{World, request};

/// Errors, unions, stacked statements, time, wild cards, casts, documents, sizes.
const STATEMENTS: [&str; 18] = [
    "'",
    "\"",
    "') or 1=1--",
    "'; drop table tickets;--",
    "' union select null,null,null--",
    "1); select pg_sleep(5)--",
    "'||(select version())||'",
    "cast('a' as integer)",
    "%' or '%'='",
    "%_%",
    "\\",
    "$1",
    "?1",
    "{\"$ne\":null}",
    "a' collate nocase--",
    "-1",
    "9223372036854775808",
    "\u{0}",
];

/// Two conditions of which one always holds: whoever is taken at his word answers them differently.
const ALWAYS: &str = "zzqx' or '1'='1";
const NEVER: &str = "zzqx' and '1'='2";

/// Words that only the database says.
const BETRAYALS: [&str; 9] = [
    "error returned from database",
    "sqlx",
    "sea_orm",
    "syntax error",
    "unrecognized token",
    "SQLSTATE",
    "no such column",
    "no such table",
    "constraint failed",
];

/// The rows of an answer, wherever they stand.
fn rows_of(answer: &Value) -> Value {
    for name in ["items", "rows", "cases", "cells"] {
        if !answer[name].is_null() {
            return answer[name].clone();
        }
    }
    Value::Null
}

fn betrayed(text: &str) -> Option<&'static str> {
    BETRAYALS.into_iter().find(|word| text.contains(word))
}

#[test]
fn statements_in_addresses_are_words() {
    deep(|| async { addresses(World::with(quiet).await).await });
}

#[test]
fn statements_in_addresses_are_words_on_postgres() {
    deep(|| async {
        if let Some(world) = World::on_postgres(quiet).await {
            addresses(world).await;
        }
    });
}

async fn addresses(world: World) {
    let objects = Objects::make(&world).await;
    let manager = Caller::of(&world, "manager").await;
    let description = entrances::description();
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("X-04", &world);
    for entry in entrances::read_only() {
        let base = request_for(&entry, &objects, &manager).uri().to_string();
        // Of pages it is not known which names they take, so that each takes all.
        let one_in = if entry.kind == Kind::Rest { 3 } else { 60 };
        for name in entrances::parameters(&description, &entry) {
            for statement in STATEMENTS {
                if !is_full() && !chance.is_one_in(one_in) {
                    continue;
                }
                let path = format!("{base}?{name}={}", in_address(statement));
                let answer = campaign.sends(&path, asked(&entry, &path, &manager)).await;
                let betrayal = betrayed(&answer.text);
                campaign.holds(betrayal.is_none(), || {
                    format!("{path} says {betrayal:?}: {}", start(&answer.text))
                });
            }
            if entry.kind != Kind::Rest {
                continue;
            }
            let path = |word| format!("{base}?{name}={}", in_address(word));
            let always = campaign
                .sends(&name, asked(&entry, &path(ALWAYS), &manager))
                .await;
            let never = campaign
                .sends(&name, asked(&entry, &path(NEVER), &manager))
                .await;
            let is_same =
                always.status == never.status && rows_of(&always.json()) == rows_of(&never.json());
            campaign.holds(is_same, || format!("{} is obeyed in {name}", entry.name));
        }
    }
    still_there(&mut campaign, &manager, &objects).await;
    campaign.ends(1_000);
}

#[test]
fn statements_in_what_functions_are_asked_are_words() {
    on_each(quiet, functions);
}

async fn functions(world: World) {
    let objects = Objects::make(&world).await;
    let manager = Caller::of(&world, "manager").await;
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("X-04", &world);
    for name in access::names(Kind::Function) {
        for statement in STATEMENTS.into_iter().chain([ALWAYS, NEVER]) {
            let asked = [
                json!({"query": format!("q={}", in_address(statement))}),
                json!({"query": format!("sort={}", in_address(statement))}),
                json!({"query": format!("where={}", in_address(statement))}),
                json!({"id": statement, "key": statement, "name": statement, "code": statement}),
                json!({"address": statement, "parent": statement, "no": statement}),
            ];
            for body in asked {
                if !is_full() && !chance.is_one_in(4) {
                    continue;
                }
                let headers = [
                    ("content-type", "application/json"),
                    ("sec-fetch-site", "same-origin"),
                    ("cookie", manager.cookies.as_str()),
                ];
                let post = request("POST", &name, &headers, Body::from(body.to_string()));
                let answer = campaign.sends(&name, post).await;
                let betrayal = betrayed(&answer.text);
                campaign.holds(betrayal.is_none(), || {
                    format!("{name} says {betrayal:?}: {}", start(&answer.text))
                });
            }
        }
    }
    still_there(&mut campaign, &manager, &objects).await;
    campaign.ends(1_000);
}

/// Nothing was dropped.
async fn still_there(campaign: &mut Campaign<'_>, manager: &Caller, objects: &Objects) {
    let bearer = format!("Bearer {}", manager.token.as_deref().unwrap_or_default());
    let headers = [("authorization", bearer.as_str())];
    let path = format!("/api/v1/tickets/{}", objects.waiting);
    let get = request("GET", &path, &headers, Body::empty());
    let answer = campaign.sends("the ticket", get).await;
    campaign.holds(answer.status.is_success(), || {
        format!("the ticket is gone: {}", answer.text)
    });
}
