//! Each verb by each role on a ticket at each stage, made from the register of verbs: what is offered is done or refused for what it says, what is not
//! offered is refused by a code that says why, and a refusal leaves nothing but its row in the audit.
//! A sample here; all of it by `cargo xtask test matrix`.
//! Not here: visitors, other units and cities (`refusals`, `verbs`).

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use services::{Ctx, jobs, tickets};
use shared::access::Role;
use shared::calendar::days_after;
use shared::fault::{Class, Code, Fault};
use shared::ticket::verbs::{self, On};
use shared::ticket::view::{Acted, TicketDetail};
use shared::ticket::{TicketState, Verb};
use uuid::Uuid;

use super::verbs::{done, insider, ready, unit_of};
use crate::support::{CENTRE, Filed, World, ZJJ, example, example_of, on_each_database};

/// One of so many tries is made in the small round.
const SAMPLE: usize = 61;

/// What a refused verb must leave as it is; the sums of versions come after these.
const KEPT: [&str; 9] = [
    "events",
    "clock_entries",
    "outbox",
    "tasks",
    "assignments",
    "applications",
    "follow_ups",
    "contacts",
    "feed",
];

/// The state that no stage brings a ticket to. A draft is no ticket yet: what is typed into the form is kept for its owner alone (`todo::typed`).
const WITHOUT: TicketState = TicketState::Draft;

/// Where a ticket stands.
#[derive(Debug, Clone, Copy)]
enum Stage {
    /// The verb may be done to it.
    Before(Verb),
    /// The verb was done a moment ago.
    After(Verb),
    /// It is sealed.
    Archived,
}

/// So many refusals of one person, verb and reason in a minute have a row each in the audit; more are summed later.
const ROWS: u32 = 10;
/// Days after which what was closed is archived, whatever an office has set.
const LATER: u64 = 90;

/// Verbs with a form of their own.
fn verbs_of_people() -> Vec<Verb> {
    let all = Verb::of_people();
    all.filter(|verb| !matches!(verb, Verb::Register | Verb::Rate | Verb::Reveal))
        .collect()
}

/// A verb by its example, as it fits the ticket.
async fn does(ctx: &Ctx, verb: Verb, filed: &Filed) -> Result<Acted, Fault> {
    macro_rules! each {
        ($($command:ident),+) => {
            match verb {
                $(Verb::$command => Box::pin(done::<verbs::$command>(ctx, filed)).await,)+
                _ => Err(Fault::new(Code::SignedOut)),
            }
        };
    }
    shared::ticket_verbs!(each)
}

async fn brought(world: &World, stage: Stage) -> Filed {
    let verb = match stage {
        Stage::Before(verb) | Stage::After(verb) => verb,
        Stage::Archived => Verb::Close,
    };
    let mut filed = Box::pin(ready(world, verb)).await;
    if !matches!(stage, Stage::Before(_)) {
        let acted = does(&insider(world, verb), verb, &filed).await;
        filed.took(acted);
    }
    if matches!(stage, Stage::Archived) {
        let day = days_after(world.services.now().date(), LATER);
        world.time(&format!("{day}T02:00"));
        let job = jobs::JOBS.iter().find(|job| job.name == "archive");
        let job = job.expect("a job");
        while job.once(&world.services).await.expect("runs").more {}
    }
    filed
}

/// What a try is about: the ticket, or the newest part of the unit that does the verb.
struct Aim {
    at: Uuid,
    version: i32,
}

fn aim(verb: Verb, filed: &Filed, stands: &TicketDetail) -> Option<Aim> {
    if verb.descriptor().on != On::Assignment {
        return Some(Aim {
            at: filed.id.0,
            version: stands.row.version,
        });
    }
    let unit = unit_of(verb);
    let mut parts = stands.assignments.iter().rev();
    let part = parts.find(|part| part.unit.code == unit)?;
    Some(Aim {
        at: part.id.0,
        version: part.version,
    })
}

async fn attempt(ctx: &Ctx, verb: Verb, filed: &Filed, aim: &Aim) -> Result<Acted, Fault> {
    // What stands beside the ticket is a colleague's name or another ticket's number.
    let beside = filed.beside.as_deref().unwrap_or_default();
    let is_number = beside.starts_with(|sign: char| sign.is_ascii_digit());
    let is_named = is_number != (verb == Verb::HandOver);
    macro_rules! each {
        ($($command:ident),+) => {
            match verb {
                $(Verb::$command => {
                    let command = if is_named {
                        example_of::<verbs::$command>(filed, aim.version)
                    } else {
                        example::<verbs::$command>(aim.version)
                    };
                    Box::pin(tickets::act(ctx, aim.at, command)).await
                })+
                _ => Err(Fault::new(Code::SignedOut)),
            }
        };
    }
    shared::ticket_verbs!(each)
}

/// Whether the page offers the verb.
fn is_offered(seen: Option<&TicketDetail>, verb: Verb, aim: &Aim) -> bool {
    let Some(seen) = seen else {
        return false;
    };
    if verb.descriptor().on != On::Assignment {
        return seen.actions.contains(&verb);
    }
    let mut parts = seen.assignments.iter();
    parts.any(|part| part.id.0 == aim.at && part.actions.contains(&verb))
}

/// What is wrong with an answer.
fn misfit(is_offered: bool, answer: &Result<Acted, Fault>) -> Option<String> {
    let fault = match (is_offered, answer) {
        (true, Ok(_)) => return None,
        (false, Ok(_)) => return Some("is done and not offered".to_owned()),
        (_, Err(fault)) => fault,
    };
    let refuses_stage = matches!(
        fault.code,
        Code::FlowNotAllowed | Code::AssignmentNotAllowed | Code::VersionStale
    );
    let fits = match fault.code.class() {
        // A field, or a rule about what was said.
        Class::Input => is_offered || !fault.fields.is_empty(),
        Class::Conflict if is_offered => !refuses_stage,
        Class::Conflict => fault.code != Code::VersionStale,
        Class::Denied | Class::Missing => !is_offered,
        _ => false,
    };
    (!fits).then(|| format!("offered {is_offered}, refused {fault:?}"))
}

/// Counts of what only grows, and the versions of tickets and parts.
async fn trace(db: &DatabaseConnection) -> Vec<i64> {
    let counts = KEPT.map(|table| format!("(select count(*) from {table})"));
    let sums = ["tickets", "assignments"]
        .map(|table| format!("(select cast(coalesce(sum(version), 0) as bigint) from {table})"));
    let all: Vec<String> = counts.into_iter().chain(sums).collect();
    let columns = all.iter().enumerate();
    let columns: Vec<String> = columns.map(|(n, sql)| format!("{sql} as c{n}")).collect();
    let sql = format!("select {}", columns.join(", "));
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.expect("counted");
    let row = row.expect("a row");
    (0..all.len())
        .map(|n| row.try_get_by_index(n).expect("a number"))
        .collect()
}

/// Rows of the audit.
async fn audited(db: &DatabaseConnection) -> i64 {
    let sql = "select count(*) as n from audit";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.expect("counted");
    let row = row.expect("a row");
    row.try_get_by_index(0).expect("a number")
}

/// Somebody of a role, in the unit that has the ticket, its centre, or above both.
fn person(world: &World, role: Role) -> Ctx {
    let place = match role {
        Role::UnitLiaison | Role::Handler | Role::UnitReviewer => ZJJ,
        Role::ProvincialManager => "320000-12345",
        _ => CENTRE,
    };
    world.person(role, place)
}

/// A ticket at a stage, as the supervisor sees it and as somebody else does.
struct Held {
    filed: Filed,
    stands: TicketDetail,
    seen: Option<(Role, Option<TicketDetail>)>,
}

impl Held {
    async fn at(world: &World, stage: Stage) -> Self {
        let filed = brought(world, stage).await;
        let stands = tickets::get(&world.supervisor(), filed.id).await;
        Self {
            filed,
            stands: stands.expect("the supervisor sees it"),
            seen: None,
        }
    }

    /// The page as somebody sees it, if at all.
    async fn seen_by(&mut self, world: &World, role: Role) -> Option<&TicketDetail> {
        if self.seen.as_ref().is_none_or(|(by, _)| *by != role) {
            let seen = tickets::get(&person(world, role), self.filed.id).await;
            self.seen = Some((role, seen.ok()));
        }
        self.seen.as_ref().and_then(|(_, seen)| seen.as_ref())
    }
}

/// What is walked, and what was found on the way.
struct Walk<'w> {
    world: &'w World,
    db: DatabaseConnection,
    is_whole: bool,
    tried: usize,
    states: BTreeSet<String>,
    /// How often each was refused for want of a right or of the thing.
    probes: BTreeMap<(Role, Verb, Code), u32>,
    wrong: Vec<String>,
}

impl Walk<'_> {
    fn is_tried(&mut self) -> bool {
        self.tried += 1;
        self.is_whole || self.tried.is_multiple_of(SAMPLE)
    }

    /// What is wrong with the rows that a refusal has left in the audit: one for who wanted what is not theirs, none for another reason.
    fn misnoted(&mut self, tried: (Role, Verb), fault: &Fault, rows: i64) -> Option<String> {
        let is_probe = matches!(fault.code, Code::AccessDenied | Code::NotFound);
        let fits = if is_probe {
            let count = self
                .probes
                .entry((tried.0, tried.1, fault.code))
                .or_default();
            *count += 1;
            // Many a minute are summed.
            rows == 1 || *count > ROWS
        } else {
            rows == 0
        };
        (!fits).then(|| format!("is refused by {} and leaves {rows} rows", fault.code))
    }

    /// Every verb by every role on a ticket at a stage; it is brought there anew after each that was done.
    async fn at(&mut self, stage: Stage) {
        let mut held = None;
        for role in Role::ALL {
            for verb in verbs_of_people() {
                if !self.is_tried() {
                    continue;
                }
                let mut ticket = match held.take() {
                    Some(ticket) => ticket,
                    None => Held::at(self.world, stage).await,
                };
                if !self.tries((*role, verb), &mut ticket, stage).await {
                    held = Some(ticket);
                }
            }
        }
    }

    /// One try; whether the ticket has changed.
    async fn tries(&mut self, (role, verb): (Role, Verb), held: &mut Held, stage: Stage) -> bool {
        let state = held.stands.row.state;
        self.states.insert(state.to_string());
        let Some(aim) = aim(verb, &held.filed, &held.stands) else {
            return false;
        };
        let seen = held.seen_by(self.world, role).await;
        let offered = is_offered(seen, verb, &aim);
        let before = trace(&self.db).await;
        let noted = audited(&self.db).await;
        let ctx = person(self.world, role);
        let answer = attempt(&ctx, verb, &held.filed, &aim).await;
        let has_changed = trace(&self.db).await != before;
        let mut wrong = misfit(offered, &answer);
        if let Err(fault) = &answer {
            let rows = audited(&self.db).await - noted;
            wrong = wrong.or(self.misnoted((role, verb), fault, rows));
            if has_changed {
                wrong = Some("is refused and leaves a trace".to_owned());
            }
        }
        if answer.is_ok() && !has_changed {
            wrong = Some("is done and leaves no trace".to_owned());
        }
        if let Some(wrong) = wrong {
            self.wrong
                .push(format!("{role}: {verb} in {state} ({stage:?}): {wrong}"));
        }
        has_changed
    }
}

#[tokio::test]
async fn each_verb_by_each_role_at_each_stage_is_done_or_refused_without_a_trace() {
    on_each_database(|world| async move {
        let url = &world.services.config().database_url;
        let mut walk = Walk {
            world: &world,
            db: Database::connect(url).await.expect("connects"),
            is_whole: std::env::var("MINSHENG_MATRIX").is_ok_and(|word| word == "full"),
            tried: 0,
            states: BTreeSet::new(),
            probes: BTreeMap::new(),
            wrong: Vec::new(),
        };
        for verb in verbs_of_people() {
            for stage in [Stage::Before(verb), Stage::After(verb)] {
                Box::pin(walk.at(stage)).await;
            }
        }
        // Last: it goes on by months.
        Box::pin(walk.at(Stage::Archived)).await;
        let wrong = &walk.wrong;
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
        for state in TicketState::ALL {
            let is_met = walk.states.contains(state.as_str());
            assert!(is_met || *state == WITHOUT, "no ticket is {state}");
        }
        walk.db.close().await.expect("closes");
    })
    .await;
}
