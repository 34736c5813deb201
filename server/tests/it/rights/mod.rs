//! Every row of the access table is called over its own channel: by nobody, by somebody without the right, by somebody with it (I6, I13).
//! Refused is told by status and code. Who has the right must get as far as the service, and the service must have asked what the row says;
//! so a row that says more, less or something else than is asked fails here. Deliberately absent: scopes and states (tests of `services`).
//! Read next: `rights::calls`, which makes a call of a row; `rights::proofs` for codes, drafts and probes; `rights::commands`.

mod acts;
mod audited;
pub mod calls;
mod commands;
mod partners;
mod phrases;
mod plain;
mod posts;
mod proofs;
mod sent;
mod teams;
mod views;

use axum::http::StatusCode;
use server::access::{self, Entry, Kind};
use shared::access::{Need, Role, scope_for};

use crate::support::{Answer, World, heard::Heard};
use calls::{Caller, Objects};

/// People of `World`: the first who has a right is taken, and the last who has not.
const PEOPLE: [(&str, Role); 12] = [
    ("auditor", Role::Auditor),
    ("security", Role::SecurityAdmin),
    ("business", Role::BusinessAdmin),
    ("dispatcher", Role::Dispatcher),
    ("agent", Role::Agent),
    ("handler", Role::Handler),
    ("unit.reviewer", Role::UnitReviewer),
    ("caller", Role::FollowUp),
    ("reviewer", Role::ClosingReviewer),
    ("supervisor", Role::Supervisor),
    ("manager", Role::ProvincialManager),
    ("system", Role::SystemAdmin),
];

/// Who has signed in by a code.
const CITIZEN: &str = "a citizen";
/// What ends the sessions of its caller, who is somebody else each time.
const LAST: [&str; 3] = [
    "/me/account/everywhere",
    "/me/account/close",
    "DELETE /api/v1/citizen/sessions",
];

/// Somebody who meets the need, and somebody who is signed in and does not.
fn people_for(need: Need) -> (Option<&'static str>, Option<&'static str>) {
    if need == Need::Citizen {
        return (Some(CITIZEN), Some(PEOPLE[0].0));
    }
    let Some(permission) = need.permission() else {
        return (Some(PEOPLE[0].0), None);
    };
    let has = |role: Role| scope_for(role, permission).is_some();
    let with = PEOPLE.iter().find(|(_, role)| has(*role));
    let without = PEOPLE.iter().rev().find(|(_, role)| !has(*role));
    (with.map(|(name, _)| *name), without.map(|(name, _)| *name))
}

/// Pages that show nothing of anybody until something is asked for: only the page itself is kept from others.
const BARE: [&str; 4] = [
    "/desk",
    "/persons",
    "/staff/import",
    "/staff/account-requests/new",
];

/// How long a row may take on the slowest machine.
const LONGEST: std::time::Duration = std::time::Duration::from_mins(2);

/// What was wrong with a row, in words; nothing is what the test wants.
struct Trial<'w> {
    world: &'w World,
    objects: Objects,
    callers: Vec<(&'static str, Caller)>,
    heard: Heard,
    wrong: Vec<String>,
}

impl Trial<'_> {
    fn caller(&self, name: Option<&str>) -> Caller {
        let known = self.callers.iter().find(|(known, _)| Some(*known) == name);
        known.map(|(_, caller)| caller.clone()).unwrap_or_default()
    }

    async fn call(&self, entry: &Entry, name: Option<&str>) -> (Answer, Vec<String>) {
        // What is done to the own sessions would end those of the other rows.
        let caller = match (entry.need, name) {
            (Need::Citizen, Some(CITIZEN)) if LAST.contains(&entry.name.as_str()) => {
                let at = LAST.iter().position(|name| *name == entry.name);
                Caller::citizen(self.world, &format!("1380000000{}", at.unwrap_or(9))).await
            }
            (Need::Begun | Need::Account, Some(_)) => {
                Caller::for_row(self.world, "other.handler", entry).await
            }
            _ => self.caller(name),
        };
        self.heard.clear();
        let request = calls::request_for(entry, &self.objects, &caller);
        // A row that waits for ever is named instead of holding up all others.
        let answer = tokio::time::timeout(LONGEST, self.world.send(request)).await;
        let answer = answer.unwrap_or_else(|_| panic!("{entry:?} as {name:?} does not end"));
        (answer, self.heard.needs())
    }

    fn note(&mut self, entry: &Entry, who: &str, answer: &Answer, words: &str) {
        let text: String = answer.text.chars().take(300).collect();
        self.wrong.push(format!(
            "{:?} {} ({:?}), {who}: {words}; {} {text}",
            entry.kind, entry.name, entry.need, answer.status
        ));
    }

    async fn row(&mut self, entry: &Entry) {
        let (with, without) = people_for(entry.need);
        let wants_somebody = matches!(
            entry.need,
            Need::Begun
                | Need::Citizen
                | Need::Account
                | Need::SignedIn
                | Need::Permission(_)
                | Need::Fresh(_)
        );
        let (answer, asked) = self.call(entry, None).await;
        let sent_away = is_refused(entry, &answer, StatusCode::UNAUTHORIZED);
        if wants_somebody != sent_away {
            self.note(entry, "nobody", &answer, "refused or let in wrongly");
        }
        if !wants_somebody {
            if asked.iter().any(|need| need.starts_with("Permission")) {
                self.note(entry, "nobody", &answer, &format!("was asked {asked:?}"));
            }
            return;
        }
        if without.is_some() {
            let (answer, _) = self.call(entry, without).await;
            if !is_refused(entry, &answer, StatusCode::FORBIDDEN) {
                self.note(entry, without.unwrap_or_default(), &answer, "was let in");
            }
        }
        let (answer, asked) = self.call(entry, with).await;
        let who = with.unwrap_or("somebody");
        let refused = is_refused(entry, &answer, StatusCode::FORBIDDEN);
        // Nobody is asked for a second factor here, so that there is none to give.
        let is_second = entry.need == Need::Begun && entry.kind != Kind::Page;
        if is_second && answer.status == StatusCode::FORBIDDEN {
            return;
        }
        if refused || [401, 403, 500].contains(&answer.status.as_u16()) {
            self.note(entry, who, &answer, "was refused");
        } else if entry.need.permission().is_some()
            && !BARE.contains(&entry.name.as_str())
            && !asked.contains(&format!("{:?}", entry.need))
        {
            self.note(entry, who, &answer, &format!("the service asked {asked:?}"));
        }
    }
}

/// Refused for want of a right. The photos of a ticket that is none of the caller's do not exist.
pub fn is_refused(entry: &Entry, answer: &Answer, status: StatusCode) -> bool {
    if entry.name == "GET /photos/{id}" {
        return answer.status == StatusCode::NOT_FOUND;
    }
    let code = match status {
        StatusCode::UNAUTHORIZED => "session.signed_out",
        _ => "access.denied",
    };
    let is_page = matches!(entry.kind, Kind::Page | Kind::Form | Kind::File);
    let has_no_body = entry.name.starts_with("HEAD ");
    answer.status == status && (is_page || has_no_body || answer.json()["code"] == code)
}

/// Rendering pages wants more stack than a test's thread has; the program's threads have as much.
#[test]
fn every_row_is_asked_by_its_router_and_by_its_service() {
    let run = || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().expect("a runtime");
        runtime.block_on(every_row());
    };
    let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(run);
    let ended = thread.expect("a thread").join();
    if let Err(panic) = ended {
        std::panic::resume_unwind(panic);
    }
}

async fn every_row() {
    let world = World::new().await;
    let objects = Objects::make(&world).await;
    let mut callers = Vec::new();
    for (name, _) in PEOPLE {
        callers.push((name, Caller::of(&world, name).await));
    }
    callers.push((CITIZEN, Caller::citizen(&world, "13912345678").await));
    let heard = Heard::begin();
    let mut trial = Trial {
        world: &world,
        objects,
        callers,
        heard,
        wrong: Vec::new(),
    };
    let of_actors = |entry: &Entry| {
        matches!(
            entry.kind,
            Kind::Page | Kind::Form | Kind::Function | Kind::File | Kind::Rest | Kind::Scim
        ) && matches!(
            entry.need,
            Need::Nothing
                | Need::Begun
                | Need::Citizen
                | Need::Account
                | Need::SignedIn
                | Need::Permission(_)
                | Need::Fresh(_)
        )
    };
    let table = access::table();
    let rows: Vec<&Entry> = table.iter().filter(|entry| of_actors(entry)).collect();
    assert!(rows.len() > 150, "{} rows", rows.len());
    for entry in rows {
        trial.row(entry).await;
    }
    assert!(trial.wrong.is_empty(), "{}", trial.wrong.join("\n"));
}

#[test]
fn every_need_has_a_trial() {
    for entry in access::table() {
        let tried = match entry.need {
            Need::Nothing
            | Need::Begun
            | Need::Citizen
            | Need::Account
            | Need::SignedIn
            | Need::Permission(_)
            | Need::Fresh(_) => true,
            Need::Code | Need::Draft | Need::FormsOwn | Need::Watcher | Need::Signature => {
                proofs::ROWS.contains(&entry.name.as_str())
            }
            Need::Owner => entry.kind == Kind::Command,
            Need::System => entry.kind == Kind::Job,
        };
        assert!(tried, "{entry:?}");
        let (with, without) = people_for(entry.need);
        if entry.need.permission().is_some() {
            assert!(with.is_some() && without.is_some(), "{entry:?}");
        }
    }
}
