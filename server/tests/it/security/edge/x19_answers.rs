//! what keeps an answer out of frames, caches and other sites stands on every answer: of each entrance, of each refusal, of files, of methods that
//! are none. Deliberately absent: the words of the policy (`edge`, a snapshot).

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode},
};

use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{campaign::Campaign, entrances, on_each, quiet};
use crate::support::{Answer, World, request};

/// Headers with what they must say.
const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Headers that tell what runs here, or open the answer to other sites.
const NEVER: [&str; 5] = [
    "server",
    "x-powered-by",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "x-aspnet-version",
];

fn judged(campaign: &mut Campaign<'_>, what: &str, answer: &Answer) {
    for (name, value) in ALWAYS {
        campaign.holds(answer.header(name) == value, || {
            format!("{what}: {name} is {:?}", answer.header(name))
        });
    }
    let policy = answer.header("content-security-policy");
    // What lies in a sandbox has no base that scripts could use.
    let is_bare = policy.contains("base-uri 'none'") || policy.contains("sandbox");
    campaign.holds(is_bare, || format!("{what}: a base may be set"));
    for words in ["frame-ancestors 'none'", "default-src 'none'"] {
        campaign.holds(policy.contains(words), || format!("{what}: no {words}"));
    }
    for words in ["'unsafe-inline'", "'unsafe-eval'", " *"] {
        campaign.holds(!policy.contains(words), || format!("{what}: {words}"));
    }
    for name in NEVER {
        campaign.holds(!answer.headers.contains_key(name), || {
            format!("{what}: {name} is {}", answer.header(name))
        });
    }
    let kept = answer.header("cache-control");
    campaign.holds(!kept.is_empty(), || {
        format!("{what}: nothing about caching")
    });
    campaign.holds(!answer.header("x-request-id").is_empty(), || {
        format!("{what}: no id")
    });
}

/// What nobody but the caller may keep.
fn is_private(campaign: &mut Campaign<'_>, what: &str, answer: &Answer) {
    let kept = answer.header("cache-control");
    let is_private = kept.contains("no-store") || kept.contains("private");
    campaign.holds(is_private, || format!("{what}: may be kept, {kept}"));
}

#[test]
fn every_answer_is_kept_out_of_frames_and_caches() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let objects = Objects::make(&world).await;
    let callers = [
        ("nobody", Caller::default()),
        ("auditor", Caller::of(&world, "auditor").await),
        ("manager", Caller::of(&world, "manager").await),
    ];
    let mut campaign = Campaign::begin("X-19", &world);
    for entry in entrances::all() {
        // What ends a session is called by nobody alone.
        let ends = entry.name.contains("sign-out") || entry.name.contains("sessions");
        for (name, caller) in callers
            .iter()
            .filter(|(name, _)| *name == "nobody" || !ends)
        {
            let mut request = request_for(&entry, &objects, caller);
            // A page of elsewhere asks, to see whether the answer is opened to it.
            if entrances::address(&entry).0 == "GET" {
                let origin = HeaderValue::from_static("https://evil.example");
                request.headers_mut().insert("origin", origin);
            }
            let what = format!("{} as {name}", entry.name);
            let answer = campaign.sends(&what, request).await;
            judged(&mut campaign, &what, &answer);
            let is_somebodys = *name != "nobody" && entry.need.permission().is_some();
            if is_somebodys && answer.status == StatusCode::OK {
                is_private(&mut campaign, &what, &answer);
            }
        }
    }
    odd(&mut campaign).await;
    campaign.ends(1_500);
}

/// Files, methods and paths that are none.
async fn odd(campaign: &mut Campaign<'_>) {
    for (method, path) in [
        ("GET", "/favicon.ico"),
        ("GET", "/favicon.svg"),
        ("GET", "/pkg/nothing.js"),
        ("GET", "/nothing/here"),
        ("GET", "/fn/nothing"),
        ("GET", "/api/v1/nothing"),
        ("TRACE", "/"),
        ("TRACE", "/api/v1/tickets"),
        ("CONNECT", "/"),
        ("OPTIONS", "/api/v1/tickets"),
        ("PUT", "/tickets"),
        ("BREW", "/"),
        ("GET", "/..%2f..%2fetc/passwd"),
    ] {
        let headers = [("origin", "https://evil.example")];
        let what = format!("{method} {path}");
        let asked = request(method, path, &headers, Body::empty());
        let answer = campaign.sends(&what, asked).await;
        judged(campaign, &what, &answer);
        let is_echoed = method == "TRACE" && answer.text.contains("evil.example");
        campaign.holds(!is_echoed, || format!("{what} sends the request back"));
    }
}
