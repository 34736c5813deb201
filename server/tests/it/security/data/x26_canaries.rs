//! names, numbers and addresses planted in a confidential ticket, a tip-off and a plain one: no GET and no server function of any role
//! shows them unmasked, and none of a unit shows anything of who speaks, or from where. Deliberately absent: exports as files and histories of the
//! services (`services`, `access::canaries`), looking at the citizen with a reason (`staff_pages`).

use serde_json::{Value, json};
use server::access::{Entry, Kind};
use shared::access::Role;

use crate::rest::complaint;
use crate::rights::calls::{Objects, request_for};
use crate::security::{
    campaign::{Campaign, Chance, SEED, is_full, start},
    entrances, on_each,
    province::{Province, Somebody},
    quiet,
};
use crate::support::{CENTRE, LEAD, World};

/// What nobody reads without a reason: name, telephone, another way, mail, document, organisation's number.
const PERSON: [(&str, &str); 6] = [
    ("name", "欧阳金丝雀"),
    ("phone", "13987654321"),
    ("backup_contact", "13612340000"),
    ("email", "canary.bird@example.com"),
    ("id_number", "11010519491231002X"),
    ("organisation", "南京金丝雀餐饮管理有限公司"),
];
/// What a unit does not read of a ticket that hides who speaks.
const PLACE: &str = "鸟笼巷12号3幢201室";

fn request_with_canaries(differs: &Value) -> Value {
    let mut body = complaint();
    for (field, value) in PERSON {
        body["citizen"][field] = json!(value);
    }
    body["address"] = json!(PLACE);
    for (field, value) in differs.as_object().expect("fields") {
        body[field] = value.clone();
    }
    body
}

/// Registers and dispatches to city management; where the ticket and the part are.
async fn planted(world: &World, province: &Province, differs: &Value) -> Objects {
    let token = |role| {
        let caller = &province.of(role, CENTRE).caller;
        caller.token.clone().unwrap_or_default()
    };
    let body = request_with_canaries(differs);
    let done = world
        .post("/api/v1/tickets", &token(Role::Agent), &body)
        .await;
    assert!(done.status.is_success(), "{}", done.text);
    let id = done.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/tickets/{id}/dispatch");
    let body = json!({"version": done.json()["version"], "lead": LEAD, "category": "010101"});
    let done = world.post(&path, &token(Role::Dispatcher), &body).await;
    assert!(done.status.is_success(), "{}", done.text);
    let part = done.json()["assignments"][0]["id"].clone();
    Objects {
        waiting: id.clone(),
        handled: id,
        assignment: part.as_str().expect("a part").to_owned(),
        approval: entrances::MISSING.to_owned(),
        photo: entrances::MISSING.to_owned(),
    }
}

/// Everything that only reads.
fn rows() -> Vec<Entry> {
    let mut rows = entrances::all();
    rows.retain(|entry| {
        let is_get = entrances::address(entry).0 == "GET";
        (is_get || entry.kind == Kind::Function) && entry.name != "/fn/form"
    });
    rows
}

const fn is_of_unit(role: Role) -> bool {
    matches!(role, Role::UnitLiaison | Role::Handler | Role::UnitReviewer)
}

#[test]
fn nobody_is_shown_who_speaks() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let province = Province::make(&world).await;
    let planted = [
        ("plain", planted(&world, &province, &json!({})).await),
        (
            "confidential",
            planted(&world, &province, &json!({"confidential": true})).await,
        ),
        (
            "a tip-off",
            planted(&world, &province, &json!({"kind": "tip_off"})).await,
        ),
    ];
    let mut campaign = Campaign::begin("X-26", &world);
    let mut is_shown = false;
    let mut chance = Chance::seeded(SEED);
    for who in &province.people {
        // The unit's people are who must not know; the small round asks them more.
        let one_in = match who.unit {
            LEAD => 2,
            CENTRE => 8,
            _ => 40,
        };
        for entry in rows() {
            let depends = entry.name.contains('{') || entry.kind == Kind::Function;
            // A list is the same whichever ticket was meant.
            let meant = if depends { &planted[..] } else { &planted[..1] };
            for (kind, objects) in meant {
                if !is_full() && !chance.is_one_in(one_in) {
                    continue;
                }
                let request = request_for(&entry, objects, &who.caller);
                let what = format!("{} as {}, {kind}", entry.name, who.username);
                let answer = campaign.sends(&what, request).await;
                is_shown |= answer.text.contains(&objects.waiting);
                looks(&mut campaign, &what, (who, *kind), &answer.text);
            }
        }
    }
    assert!(is_shown, "no ticket was shown to anybody");
    campaign.ends(1_500);
}

fn looks(campaign: &mut Campaign<'_>, what: &str, (who, kind): (&Somebody, &str), text: &str) {
    for (field, canary) in PERSON {
        campaign.holds(!text.contains(canary), || {
            format!("{what} shows the {field}: {}", around(text, canary))
        });
    }
    let is_one = what.contains('{')
        || what.starts_with("/fn/staff/ticket as")
        || what.starts_with("/fn/staff/flow as");
    let is_about_one = kind != "plain" && is_one;
    if is_of_unit(who.role) && is_about_one {
        campaign.holds(!text.contains(PLACE), || {
            format!("{what} shows the place: {}", around(text, PLACE))
        });
    }
}

/// The words around a canary.
fn around(text: &str, canary: &str) -> String {
    let at = text.find(canary).unwrap_or_default();
    let before: String = text[..at].chars().rev().take(60).collect();
    let before: String = before.chars().rev().collect();
    format!("…{before}{}", start(&text[at..]))
}
