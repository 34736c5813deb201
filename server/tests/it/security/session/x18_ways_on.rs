//! where a form goes on to when the address says so: inside this site, whatever is written there, and no header is ever broken in two.
//! Deliberately absent: the rule by itself (beside `app::forms::local_path`), functions (`sweep`).

use axum::body::Body;

use crate::rights::calls::Caller;
use crate::security::{campaign::Campaign, entrances::in_address, on_each, quiet};
use crate::support::{PASSWORD, World, request};

/// Ways out of the house.
const OUT: [&str; 20] = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/tickets\r\nset-cookie: x=y",
    "/tickets\nlocation: https://evil.example",
    "/%0d%0aset-cookie:%20x=y",
    "/\u{0}/evil.example",
    "evil.example",
    "/@evil.example:80\\..",
];

/// The field by which each form is told where to go on.
const FORMS: [(&str, &str); 5] = [
    ("/sign-in", "next"),
    ("/me/sign-in", "next"),
    ("/language", "back"),
    ("/text-size", "back"),
    ("/sign-out", "next"),
];

fn is_inside(location: &str) -> bool {
    let bytes = location.as_bytes();
    let leaves = location.starts_with("//") || location.contains('\\');
    location.is_empty() || (bytes[0] == b'/' && !leaves && !location.contains(['\r', '\n', '\t']))
}

#[test]
fn every_way_on_stays_inside() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let agent = Caller::of(&world, "agent").await;
    let mut campaign = Campaign::begin("X-18", &world);
    for (path, field) in FORMS {
        for out in OUT {
            let fields = [
                (field, out),
                ("username", "dispatcher"),
                ("password", PASSWORD),
                ("language", "en"),
                ("text", "large"),
            ];
            let body = serde_urlencoded::to_string(fields).expect("text");
            let elsewhere = "https://evil.example/";
            let headers = [
                ("content-type", "application/x-www-form-urlencoded"),
                ("origin", "http://127.0.0.1:3000"),
                ("sec-fetch-site", "same-origin"),
                ("referer", elsewhere),
            ];
            let post = request("POST", path, &headers, Body::from(body));
            let answer = campaign.sends(path, post).await;
            let location = answer.header("location");
            campaign.holds(is_inside(location), || {
                format!("{path} with {field}={out:?} goes to {location:?}")
            });
            let is_split = answer
                .headers
                .get_all("set-cookie")
                .iter()
                .any(|it| it == "x=y");
            campaign.holds(!is_split, || format!("{path} with {out:?} breaks a header"));
        }
    }
    pages(&mut campaign, &agent).await;
    campaign.ends(180);
}

/// Pages that are told where to go on carry no address of elsewhere as a link.
async fn pages(campaign: &mut Campaign<'_>, agent: &Caller) {
    for page in ["/sign-in", "/me/sign-in", "/tickets", "/tasks"] {
        for out in OUT {
            let path = format!("{page}?next={}", in_address(out));
            for cookies in ["", agent.cookies.as_str()] {
                let get = request("GET", &path, &[("cookie", cookies)], Body::empty());
                let answer = campaign.sends(&path, get).await;
                campaign.holds(is_inside(answer.header("location")), || {
                    format!("{path} goes to {}", answer.header("location"))
                });
                for link in ["href=\"//evil", "href=\"https:evil", "href=\"javascript:"] {
                    campaign.holds(!answer.text.contains(link), || {
                        format!("{path} carries {link}")
                    });
                }
            }
        }
    }
}
