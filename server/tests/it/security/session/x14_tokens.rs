//! every form of a token that was not given: other algorithms, no signature, heads that ask for more, names twice, times as words, the token of
//! another purpose. Deliberately absent: the reader by itself, with keys of its own (beside `services::sessions::token`).

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};

use crate::security::{campaign::Campaign, on_each, quiet};
use crate::support::{PASSWORD, World, request};

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base 64 as tokens have it.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let sum = chunk
            .iter()
            .fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
        let sum = sum << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let at = (sum >> (18 - 6 * place)) & 63;
            out.push(char::from(SIGNS[at]));
        }
    }
    out
}

/// The text of a part of a token.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let (mut sum, mut bits) = (0_usize, 0_u32);
    for sign in part.bytes() {
        let at = SIGNS.iter().position(|known| *known == sign);
        sum = (sum << 6) | at.expect("a sign of base 64");
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((sum >> bits) & 255).expect("a byte"));
            sum &= (1 << bits) - 1;
        }
    }
    String::from_utf8(bytes).expect("text")
}

/// The same with a field of the head or of the claims changed.
fn changed(part: &str, name: &str, value: &Value) -> String {
    let mut fields: Value = serde_json::from_str(&decoded(part)).expect("JSON");
    fields[name] = value.clone();
    encoded(&fields.to_string())
}

/// Forms of a good token that are none, with what is done to each.
fn forged(token: &str, refresh: &str) -> Vec<(String, String)> {
    let parts: Vec<&str> = token.split('.').collect();
    let [head, claims, signature] = parts[..] else {
        panic!("a token has three parts");
    };
    let mut all = vec![
        ("no signature".to_owned(), format!("{head}.{claims}.")),
        ("two parts".to_owned(), format!("{head}.{claims}")),
        ("four parts".to_owned(), format!("{token}.{signature}")),
        (
            "a signature of nothing".to_owned(),
            format!("{head}.{claims}.AAAA"),
        ),
        (
            "another's signature".to_owned(),
            format!("{head}.{claims}.{}", &signature[2..]),
        ),
        ("the refresh token".to_owned(), refresh.to_owned()),
        ("nothing".to_owned(), String::new()),
        (
            "a huge one".to_owned(),
            format!("{head}.{}.{signature}", "A".repeat(40_000)),
        ),
        (
            "blanks inside".to_owned(),
            format!("{head}. {claims}.{signature}"),
        ),
        ("claims twice".to_owned(), {
            let twice = decoded(claims).replacen('{', "{\"exp\":9999999999,", 1);
            format!("{head}.{}.{signature}", encoded(&twice))
        }),
        ("a name twice in the head".to_owned(), {
            let twice = decoded(head).replacen('{', "{\"alg\":\"none\",", 1);
            format!("{}.{claims}.{signature}", encoded(&twice))
        }),
    ];
    all.extend(heads([head, claims, signature]));
    all.extend(contents([head, claims, signature]));
    all
}

/// Heads that ask for another key or another way.
fn heads([head, claims, signature]: [&str; 3]) -> Vec<(String, String)> {
    let key = json!({"kty": "oct", "k": "AAAA"});
    let mut all = Vec::new();
    for (name, value) in [
        ("alg", json!("none")),
        ("alg", json!("None")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("alg", json!("ES256")),
        ("typ", json!("JWT")),
        ("kid", json!("../../keys.json")),
        ("kid", json!("' or '1'='1")),
        ("kid", json!("https://evil.example/key")),
        ("kid", json!("")),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/cert")),
        ("jwk", key),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
    ] {
        let head = changed(head, name, &value);
        all.push((
            format!("{name} {value}"),
            format!("{head}.{claims}.{signature}"),
        ));
        all.push((
            format!("{name} {value}, unsigned"),
            format!("{head}.{claims}."),
        ));
    }
    all
}

/// Claims that say more, or something else.
fn contents([head, claims, signature]: [&str; 3]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, value) in [
        ("exp", json!(9_999_999_999_i64)),
        ("exp", json!("9999999999")),
        ("exp", Value::Null),
        ("nbf", json!("0")),
        ("iss", json!("evil")),
        ("aud", json!(["minsheng", "evil"])),
        ("sub", json!("01900000-0000-7000-8000-000000000000")),
        ("roles", json!(["system_admin"])),
    ] {
        let claims = changed(claims, name, &value);
        all.push((
            format!("{name} {value}"),
            format!("{head}.{claims}.{signature}"),
        ));
    }
    all
}

#[test]
fn only_a_token_that_was_given_is_somebody() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let mut campaign = Campaign::begin("X-14", &world);
    let body = json!({"username": "manager", "password": PASSWORD});
    let given = world.post("/api/v1/sessions", "", &body).await.json();
    let token = given["access_token"].as_str().expect("a token");
    let fields = [("username", "manager"), ("password", PASSWORD)];
    let cookies = world.submit("/sign-in", "", &fields).await.cookies();
    let refresh = cookies
        .split("; ")
        .find_map(|pair| pair.strip_prefix("__Host-refresh="));
    let refresh = refresh.expect("a refresh token");
    assert_eq!(
        encoded(&decoded(token.split('.').next().expect("a head"))),
        token.split('.').next().expect("a head")
    );
    for (what, forged) in forged(token, refresh) {
        for path in ["/api/v1/tickets", "/api/v1/account/sessions"] {
            let bearer = format!("Bearer {forged}");
            let headers = [("authorization", bearer.as_str())];
            let get = request("GET", path, &headers, Body::empty());
            let answer = campaign.sends(&what, get).await;
            campaign.holds(answer.status == StatusCode::UNAUTHORIZED, || {
                format!("{what} opens {path}: {} {}", answer.status, answer.text)
            });
        }
        let cookie = format!("__Host-session={forged}");
        let headers = [("cookie", cookie.as_str())];
        let get = request("GET", "/account", &headers, Body::empty());
        let answer = campaign.sends(&what, get).await;
        campaign.holds(answer.status != StatusCode::OK, || {
            format!("{what} opens the account's page")
        });
    }
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let get = request("GET", "/api/v1/tickets", &headers, Body::empty());
    let good = campaign.sends("the token itself", get).await;
    assert_eq!(good.status, StatusCode::OK, "{}", good.text);
    campaign.ends(120);
}
