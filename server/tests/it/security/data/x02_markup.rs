//! markup in every text of a ticket, of a person and of a search: no page carries it as markup, wherever it stands, in a field, in what the page's
//! script reads, or in a text area. Deliberately absent: browsers that would run it; bytes of files and pictures (`services`, `files` and `photos`).

use axum::body::Body;
use serde_json::json;
use server::access::Kind;

use crate::rest::complaint;
use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::{Campaign, Chance, SEED, is_full},
    entrances::{self, address, asked, in_address},
    on_each, quiet,
};
use crate::support::{Answer, LEAD, World, request};

/// Markup with a mark that no page has of itself.
const MARKUP: [&str; 12] = [
    "<zzx02>",
    "</textarea><zzx02>",
    "</script><zzx02>",
    "</title><zzx02>",
    "--><zzx02>",
    "\"><zzx02>",
    "'><zzx02>",
    "<img src=x onerror=zzx02>",
    "<svg/onload=zzx02>",
    "\" onmouseover=zzx02 x=\"",
    "' onfocus=zzx02 x='",
    "javascript:zzx02",
];

/// What a browser would take for markup or for a program, with its mark.
const RUNS: [&str; 5] = [
    "<zzx02",
    "<img src=x onerror=zzx02",
    "<svg/onload=zzx02",
    "href=\"javascript:zzx02",
    "src=\"javascript:zzx02",
];
/// What would end the value of an attribute; between tags it is a text like any other.
const ENDS: &str = "\" onmouseover=zzx02";

/// What a page carries of it, if anything.
fn carried(text: &str) -> Option<&'static str> {
    let is_in_tag = |at: usize| text[..at].rfind('<') > text[..at].rfind('>');
    let ended = text.match_indices(ENDS).any(|(at, _)| is_in_tag(at));
    let runs = RUNS.into_iter().find(|markup| text.contains(markup));
    runs.or(ended.then_some(ENDS))
}

fn looked(campaign: &mut Campaign<'_>, what: &str, answer: &Answer) {
    if !answer.header("content-type").starts_with("text/html") {
        return;
    }
    let found = carried(&answer.text);
    campaign.holds(found.is_none(), || format!("{what} carries {found:?}"));
}

/// A ticket of which every text is markup, dispatched.
async fn planted(world: &World, campaign: &mut Campaign<'_>, markup: &str) -> Option<Objects> {
    let token = world.token("manager").await;
    let mut body = complaint();
    for field in ["title", "content", "address"] {
        body[field] = json!(format!(
            "{markup}路灯三天不亮，晚上行人看不清路，请尽快派人修理。"
        ));
    }
    body["citizen"]["name"] = json!(markup);
    let filed = world.post("/api/v1/tickets", &token, &body).await;
    if !filed.status.is_success() {
        let text = filed.text.clone();
        campaign.holds(filed.status.is_client_error(), || text);
        return None;
    }
    let id = filed.json()["id"].as_str()?.to_owned();
    let path = format!("/api/v1/tickets/{id}/dispatch");
    let body = json!({
        "version": filed.json()["version"], "lead": LEAD, "category": "010101", "advice": format!("{markup}请尽快处理。"),
    });
    let done = world.post(&path, &token, &body).await;
    let note = json!({"remark": format!("{markup}请注意。")});
    let path = format!("/api/v1/tickets/{id}/note");
    world.post(&path, &token, &note).await;
    let part = done.json()["assignments"][0]["id"].as_str()?.to_owned();
    Some(Objects {
        waiting: id.clone(),
        handled: id,
        assignment: part,
        approval: entrances::MISSING.to_owned(),
        photo: entrances::MISSING.to_owned(),
    })
}

#[test]
fn markup_stays_text_on_every_page() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let manager = Caller::of(&world, "manager").await;
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("X-02", &world);
    let mut taken = 0;
    for markup in MARKUP {
        let Some(objects) = planted(&world, &mut campaign, markup).await else {
            continue;
        };
        taken += 1;
        for entry in entrances::read_only() {
            let is_page = entry.kind == Kind::Page;
            let is_of_ticket = address(&entry).1.contains("/tickets");
            let is_drawn = is_full() || is_of_ticket || chance.is_one_in(6);
            if !is_page || !is_drawn {
                continue;
            }
            let request = request_for(&entry, &objects, &manager);
            let path = request.uri().to_string();
            let answer = campaign.sends(&path, request).await;
            looked(&mut campaign, &format!("{path} with {markup}"), &answer);
            let path = format!("{path}?q={0}&error={0}&done={0}", in_address(markup));
            let answer = campaign.sends(&path, asked(&entry, &path, &manager)).await;
            looked(&mut campaign, &path, &answer);
        }
        refused(&mut campaign, &manager, markup).await;
    }
    assert!(taken > 8, "only {taken} were taken");
    campaign.ends(300);
}

/// A form that comes back with what was typed, and with words about it.
async fn refused(campaign: &mut Campaign<'_>, manager: &Caller, markup: &str) {
    for path in ["/desk", "/file", "/sign-in", "/track", "/views"] {
        let fields = [
            ("kind", "complaint"),
            ("content", markup),
            ("address", markup),
            ("username", markup),
            ("ticket_no", markup),
            ("name", markup),
            ("query", markup),
            ("citizen.name", markup),
            ("citizen.phone", markup),
        ];
        let body = serde_urlencoded::to_string(fields).expect("text");
        let headers = [
            ("cookie", manager.cookies.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "http://127.0.0.1:3000"),
            ("sec-fetch-site", "same-origin"),
        ];
        let post = request("POST", path, &headers, Body::from(body));
        let answer = campaign.sends(path, post).await;
        looked(campaign, &format!("{path} with {markup}"), &answer);
    }
}

#[test]
fn markup_is_told_from_its_text() {
    assert_eq!(
        carried("<p>&lt;zzx02&gt; \" onmouseover=zzx02 x=\"</p>"),
        None
    );
    assert_eq!(carried("<p><zzx02></p>"), Some("<zzx02"));
    assert_eq!(
        carried("<p title=\"\" onmouseover=zzx02 x>a</p>"),
        Some(ENDS)
    );
}
