//! every form, every server function and every upload posted from foreign pages with the cookies of somebody who may: refused, and nothing set.
//! Deliberately absent: posts from our own pages. The interface knows no cookies at all, which is tried here as well.

use axum::http::{HeaderValue, StatusCode};
use server::access::{Entry, Kind};

use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::{Campaign, start},
    entrances::{self, address},
    on_each, quiet,
};
use crate::support::{World, request};

/// What a browser says of a page that is not ours; old ones name the page alone.
const FOREIGN: [&[(&str, &str)]; 6] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "cross-site"), ("origin", "null")],
    &[("origin", "https://evil.example")],
    &[("origin", "http://127.0.0.1:4000")],
    &[("origin", "https://127.0.0.1:3000.evil.example")],
];

fn rows() -> Vec<Entry> {
    let mut rows = entrances::all();
    rows.retain(|entry| {
        let is_of_browsers = matches!(entry.kind, Kind::Form | Kind::Function | Kind::File);
        is_of_browsers && address(entry).0 != "GET"
    });
    rows
}

#[test]
fn posts_of_foreign_pages_have_no_effect() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let objects = Objects::make(&world).await;
    let manager = Caller::of(&world, "manager").await;
    let mut campaign = Campaign::begin("X-15", &world);
    for entry in rows() {
        for foreign in FOREIGN {
            for kind in ["", "text/plain", "multipart/form-data; boundary=xyz"] {
                let mut request = request_for(&entry, &objects, &manager);
                let headers = request.headers_mut();
                headers.remove("origin");
                headers.remove("sec-fetch-site");
                for (name, value) in foreign {
                    headers.insert(*name, HeaderValue::from_static(value));
                }
                if !kind.is_empty() {
                    headers.insert("content-type", HeaderValue::from_static(kind));
                }
                let what = format!("{} {foreign:?} {kind}", entry.name);
                let answer = campaign.sends(&what, request).await;
                let is_refused =
                    answer.status == StatusCode::FORBIDDEN && answer.cookies().is_empty();
                campaign.holds(is_refused, || {
                    format!("{what}: {} {}", answer.status, start(&answer.text))
                });
            }
        }
    }
    by_get(&mut campaign, &objects, &manager).await;
    by_cookie(&mut campaign, &objects, &manager).await;
    campaign.ends(2_000);
}

/// A form's fields in an address do what an address does: they show a page, or nothing is there.
async fn by_get(campaign: &mut Campaign<'_>, objects: &Objects, manager: &Caller) {
    for entry in rows() {
        let post = request_for(&entry, objects, manager);
        let path = format!("{}?version=1&reason=x&confirm=yes", post.uri());
        let headers = [
            ("cookie", manager.cookies.as_str()),
            ("sec-fetch-site", "cross-site"),
        ];
        let get = request("GET", &path, &headers, "".into());
        let answer = campaign.sends(&path, get).await;
        // A redirect is what a form that was taken answers; a page only answers with itself.
        campaign.holds(answer.status != StatusCode::SEE_OTHER, || {
            format!("GET {path} goes to {}", answer.header("location"))
        });
    }
}

/// The interface takes no cookie for a token.
async fn by_cookie(campaign: &mut Campaign<'_>, objects: &Objects, manager: &Caller) {
    for entry in entrances::all() {
        let wants_somebody = entry.need.permission().is_some();
        if entry.kind != Kind::Rest || !wants_somebody {
            continue;
        }
        let mut request = request_for(&entry, objects, &Caller::default());
        let cookies = HeaderValue::from_str(&manager.cookies).expect("cookies");
        request.headers_mut().insert("cookie", cookies);
        let answer = campaign.sends(&entry.name, request).await;
        campaign.holds(answer.status == StatusCode::UNAUTHORIZED, || {
            format!("{} takes a cookie: {}", entry.name, answer.status)
        });
    }
}
