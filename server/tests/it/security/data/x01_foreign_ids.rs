//! ids of another city, ids beside those that were given, ids that never were, on every path with a hole and of every server function: one answer, byte for byte.
//! Deliberately absent: drafts and photos of others (`services`, `access::foreign`), sessions of others (`accounts`).

use server::access::{Entry, Kind};
use shared::access::{Need, ScopeKind, scope_for};
use uuid::Uuid;

use crate::rights::calls::{Objects, request_for};
use crate::security::{
    campaign::{Campaign, plain, start},
    entrances, on_each,
    province::{Province, Somebody},
    quiet,
};
use crate::support::World;

/// Rows with an id in their path or in what they are asked, but for those that end the session that calls them.
fn rows() -> Vec<Entry> {
    let mut rows = entrances::all();
    rows.retain(|entry| {
        let has_id = entry.name.contains("{id}")
            || entry.name.contains("{assignment}")
            || entry.kind == Kind::Function;
        let is_own = matches!(
            entry.need,
            Need::Citizen | Need::Account | Need::Begun | Need::Draft | Need::Signature
        );
        has_id && !is_own && entry.kind != Kind::Probe && !is_sent_in_parts(entry)
    });
    rows
}

/// Multipart forms and parts of uploads, whose body is no form of fields.
fn is_sent_in_parts(entry: &Entry) -> bool {
    entry.kind == Kind::File && !entry.name.starts_with("GET ")
}

/// Somebody of Suzhou who has the right there, and nowhere else; the unit's people where their right is the unit's.
fn outsider<'p>(entry: &Entry, province: &'p Province) -> Option<&'p Somebody> {
    let people = province
        .people
        .iter()
        .filter(|one| one.unit.starts_with("3205"));
    let mut people = people.filter(|one| match entry.need.permission() {
        Some(permission) => {
            let kind = scope_for(one.role, permission);
            kind.is_some_and(|kind| kind != ScopeKind::Province)
        }
        None => one.role == shared::access::Role::UnitLiaison,
    });
    people.next()
}

/// Each id one further or one less.
fn beside(objects: &Objects, step: i128) -> Objects {
    let moved = |id: &str| {
        let id = Uuid::parse_str(id).expect("an id").as_u128();
        let id = id.wrapping_add_signed(step);
        Uuid::from_u128(id).to_string()
    };
    Objects {
        waiting: moved(&objects.waiting),
        handled: moved(&objects.handled),
        assignment: moved(&objects.assignment),
        approval: moved(&objects.approval),
        photo: moved(&objects.photo),
    }
}

fn missing() -> Objects {
    let id = || entrances::MISSING.to_owned();
    Objects {
        waiting: id(),
        handled: id(),
        assignment: id(),
        approval: id(),
        photo: id(),
    }
}

#[test]
fn what_is_anothers_is_answered_as_what_never_was() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let province = Province::make(&world).await;
    let there = Objects::make(&world).await;
    let mut campaign = Campaign::begin("X-01", &world);
    let foreign = [
        ("of another city", copied(&there)),
        ("one further", beside(&there, 1)),
        ("one less", beside(&there, -1)),
    ];
    for entry in rows() {
        let Some(who) = outsider(&entry, &province) else {
            continue;
        };
        let name = format!("{:?} {} as {}", entry.kind, entry.name, who.username);
        for (what, objects) in &foreign {
            let what = format!("{name}, {what}");
            let answer = campaign
                .sends(&what, request_for(&entry, objects, &who.caller))
                .await;
            let none = campaign
                .sends(&what, request_for(&entry, &missing(), &who.caller))
                .await;
            let is_same = answer.status == none.status && plain(&answer.text) == plain(&none.text);
            campaign.holds(is_same, || {
                let (one, two) = (start(&answer.text), start(&none.text));
                format!(
                    "{what}: {} {one}\n  and {} {two}",
                    answer.status, none.status
                )
            });
        }
    }
    campaign.ends(600);
}

fn copied(objects: &Objects) -> Objects {
    Objects {
        waiting: objects.waiting.clone(),
        handled: objects.handled.clone(),
        assignment: objects.assignment.clone(),
        approval: objects.approval.clone(),
        photo: objects.photo.clone(),
    }
}
