//! Lists of hostile texts (statements, markup, commands, ends of lines, paths, templates, directories, documents, entities, ways on, odd strings) at every
//! argument of every entrance: no defect, no word of the inside, nothing that runs, nothing that leads elsewhere, nothing that sleeps, nothing gone.
//! Deliberately absent: what each kind is after in the single attacks (`data`, `session`, `edge`). A seeded sample here, all by `cargo xtask attack --full`.

mod arguments;
mod lists;
mod signs;

use std::collections::BTreeSet;
use std::time::Instant;

use axum::body::Body;
use serde_json::json;
use server::access::{Entry, Kind};
use shared::access::{Role, scope_for};

use super::{
    campaign::{Campaign, Chance, SEED, is_full},
    entrances::{self, asked},
    on_each, quiet,
};
use crate::rest::complaint;
use crate::rights::calls::{Caller, Objects, request_for};
use crate::support::{Answer, World, request};
use arguments::{Argument, Called};
use lists::List;

/// One of so many pairs of an argument and a list is tried in the small round.
const SAMPLE: u64 = 60;
/// Pages take names that are none of theirs, and heads are read by one piece of code: one of so many of these is tried in the whole.
const ALIKE: u64 = 6;
/// One of so many texts goes to the places that take every text.
const OF_ALL: u64 = 40;

/// People of the small centre, each with the rights of a role.
const PEOPLE: [(&str, Role); 8] = [
    ("manager", Role::ProvincialManager),
    ("system", Role::SystemAdmin),
    ("security", Role::SecurityAdmin),
    ("auditor", Role::Auditor),
    ("business", Role::BusinessAdmin),
    ("dispatcher", Role::Dispatcher),
    ("agent", Role::Agent),
    ("handler", Role::Handler),
];

/// What would end the session that calls, or close its door.
const ENDINGS: [&str; 9] = [
    "sign-out",
    "everywhere",
    "account/close",
    "sessions",
    "password",
    "factor",
    "passkeys",
    "keys",
    "sign-in",
];

/// What an attack is made with.
struct Attack<'c, 'w> {
    campaign: &'c mut Campaign<'w>,
    chance: Chance,
    /// Texts that a page would carry as markup, as they were sent.
    markup: BTreeSet<String>,
}

#[test]
fn no_text_of_the_lists_is_more_than_a_text_anywhere() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let Some(lists) = lists::all() else {
        return;
    };
    let objects = Objects::make(&world).await;
    let mut people = Vec::new();
    for (name, role) in PEOPLE {
        people.push((role, Caller::of(&world, name).await));
    }
    let description = entrances::description();
    let mut campaign = Campaign::begin("X-04 lists", &world);
    let mut attack = Attack {
        campaign: &mut campaign,
        chance: Chance::seeded(SEED),
        markup: BTreeSet::new(),
    };
    for entry in entrances::all() {
        if ENDINGS.iter().any(|word| entry.name.contains(word)) {
            continue;
        }
        let called = Called::of(&entry, &objects, caller(&entry, &people)).await;
        for argument in called.arguments(&description) {
            attack.sends_to(&called, &argument, &lists).await;
        }
    }
    let manager = &people[0].1;
    for list in &lists {
        attack.everywhere(manager, list).await;
    }
    attack.stays_as_it_was(&objects, manager).await;
    campaign.ends(500);
}

/// Somebody who has the right, so that the words are read at all.
fn caller<'p>(entry: &Entry, people: &'p [(Role, Caller)]) -> &'p Caller {
    let has = |role: Role| {
        let permission = entry.need.permission();
        permission.is_none_or(|permission| scope_for(role, permission).is_some())
    };
    let mut able = people.iter().filter(|(role, _)| has(*role));
    able.next().map_or(&people[0].1, |(_, caller)| caller)
}

impl Attack<'_, '_> {
    /// One text of each list at one place, where the draw falls on it.
    async fn sends_to(&mut self, called: &Called<'_>, argument: &Argument, lists: &[List]) {
        let is_alike = match argument {
            Argument::Query(_) => called.entry.kind == Kind::Page,
            Argument::Head(_) => true,
            Argument::Field(_) | Argument::Whole | Argument::Path => false,
        };
        for list in lists {
            let one_in = match (is_full(), is_alike) {
                (true, false) => 1,
                (true, true) => ALIKE,
                (false, false) => SAMPLE,
                (false, true) => SAMPLE * ALIKE,
            };
            if !self.chance.is_one_in(one_in) {
                continue;
            }
            let many = u64::try_from(list.texts.len()).expect("a number");
            let at = usize::try_from(self.chance.draw() % many).expect("a place");
            let text = &list.texts[at];
            let what = format!("{} {argument:?} {}[{at}]", called.entry.name, list.name);
            let Some(request) = called.with(argument, text).await else {
                continue;
            };
            let begun = Instant::now();
            let answer = self.campaign.sends(&what, request).await;
            self.judge(&what, text, &answer);
            if signs::is_late(text, begun.elapsed()) {
                // A busy machine is late once.
                let begun = Instant::now();
                if let Some(request) = called.with(argument, text).await {
                    self.campaign.sends(&what, request).await;
                }
                let took = begun.elapsed();
                let holds = !signs::is_late(text, took);
                self.campaign
                    .holds(holds, || format!("{what} sleeps {took:?}"));
            }
        }
    }

    fn judge(&mut self, what: &str, text: &str, answer: &Answer) {
        let found = signs::found(text, answer);
        self.campaign
            .holds(found.is_none(), || format!("{what}: {found:?}"));
        if signs::is_markup(text) {
            self.markup.insert(text.to_owned());
        }
    }

    /// Every text of a list (in the small round some) at the places that most people type at.
    async fn everywhere(&mut self, manager: &Caller, list: &List) {
        let bearer = format!("Bearer {}", manager.token.as_deref().unwrap_or_default());
        let json = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        let browser = [
            ("cookie", manager.cookies.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "http://127.0.0.1:3000"),
            ("sec-fetch-site", "same-origin"),
        ];
        for (at, text) in list.texts.iter().enumerate() {
            if !is_full() && !self.chance.is_one_in(OF_ALL) {
                continue;
            }
            let mut filed = complaint();
            filed["content"] = json!(format!(
                "路灯三天不亮，晚上行人看不清路，请尽快派人修理。{text}"
            ));
            filed["citizen"]["name"] = json!(text);
            let word = entrances::in_address(text);
            let signs_in = json!({"username": text, "password": text}).to_string();
            let looks = json!({"ticket_no": text, "code": text}).to_string();
            let all = [
                request(
                    "GET",
                    &format!("/tickets?q={word}"),
                    &browser,
                    Body::empty(),
                ),
                request(
                    "GET",
                    &format!("/api/v1/tickets?q={word}"),
                    &json,
                    Body::empty(),
                ),
                request(
                    "GET",
                    &format!("/sign-in?next={word}"),
                    &browser[1..],
                    Body::empty(),
                ),
                request(
                    "POST",
                    "/language",
                    &browser,
                    Body::from(format!("language=en&back={word}")),
                ),
                request("POST", "/api/v1/sessions", &json[1..], Body::from(signs_in)),
                request(
                    "POST",
                    "/api/v1/public/lookup",
                    &json[1..],
                    Body::from(looks),
                ),
                request(
                    "POST",
                    "/api/v1/tickets",
                    &json,
                    Body::from(filed.to_string()),
                ),
            ];
            for post in all {
                let what = format!(
                    "{} {} {}[{at}]",
                    post.method(),
                    post.uri().path(),
                    list.name
                );
                let answer = self.campaign.sends(&what, post).await;
                self.judge(&what, text, &answer);
            }
        }
    }

    /// The ticket is there, and no page carries what was typed as markup, wherever it was kept.
    async fn stays_as_it_was(self, objects: &Objects, manager: &Caller) {
        let path = format!("/api/v1/tickets/{}", objects.waiting);
        let entry = Entry {
            kind: Kind::Rest,
            name: "GET /api/v1/tickets/{id}".to_owned(),
            need: shared::access::needs::TICKETS,
        };
        let get = asked(&entry, &path, manager);
        let answer = self.campaign.sends("the ticket", get).await;
        self.campaign.holds(answer.status.is_success(), || {
            format!("the ticket is gone: {}", answer.text)
        });
        for entry in entrances::read_only() {
            if entry.kind != Kind::Page {
                continue;
            }
            let answer = self
                .campaign
                .sends(&entry.name, request_for(&entry, objects, manager))
                .await;
            let carried = self.markup.iter().find(|it| answer.text.contains(*it));
            let carried = carried.cloned();
            self.campaign.holds(carried.is_none(), || {
                format!("{} carries {carried:?}", entry.name)
            });
        }
    }
}
