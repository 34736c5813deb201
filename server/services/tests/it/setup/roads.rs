//! City variants walk the same roads: extensions up to their caps, a dispute up to its final ruling, a redo, a suspension, a merger and the whole ladder, under
//! each profile that ships, by the process that ships and by a version of the office's own.
//! Not here: the main road and when things are due (`profiles`), each road's other turnings (`tickets`, `together`).
//! A road asks nothing of the profile but what its row says.

use services::setup::Office;
use services::{consistency, jobs, public, tickets};
use shared::access::Role;
use shared::application::{ExtensionReason, SuspensionReason};
use shared::calendar::{Instant, WorkCalendar};
use shared::command::Version;
use shared::fault::Code;
use shared::ids::TicketId;
use shared::notice::NoticeKind;
use shared::ticket::command::Register;
use shared::ticket::verbs::{
    Close, Confer, Extend, Merge, Redo, Rule, RuleExtension, RuleSuspension, SendBack, Sign,
    SuspendWork,
};
use shared::ticket::view::{AssignmentView, LadderView};
use shared::ticket::{ReturnReason, Satisfaction, Solved, TicketState, Verb};

use super::profiles::other_process;
use super::{example, run};
use crate::support::{
    CENTRE, CGJ, Filed, World, ZJJ, a_complaint, at, example as example_of_verb, on_each_database,
    said,
};

/// When a clock of Monday morning reaches which rungs.
type Way = &'static [(&'static str, &'static [&'static str])];

/// What differs between cities, as their files say it.
#[derive(Clone, Copy)]
struct Profile {
    file: &'static str,
    /// Extensions of one part.
    extensions: usize,
    /// Working days for a complaint's handling, and for its redo.
    handling: i32,
    redo: i32,
    /// How often the supervisor of the centre is told on the way of one clock, where the ticket's and the part's clock end together.
    supervised: Option<usize>,
    way: Way,
}

const FIVE_DAYS: Way = &[
    ("2026-03-04T17:30", &["half"]),
    ("2026-03-06T16:06", &["most"]),
    ("2026-03-09T12:00", &["last_hours"]),
    ("2026-03-09T17:30", &["overdue"]),
    ("2026-03-10T17:30", &["phone"]),
    ("2026-03-11T17:30", &["supervision"]),
    ("2026-03-16T17:30", &["listed"]),
];

/// Urged the day after the deadline, criticised six days after it.
const TWELVE_DAYS: Way = &[
    ("2026-03-10T14:00", &["half"]),
    ("2026-03-16T11:48", &["most"]),
    ("2026-03-18T12:00", &["last_hours"]),
    ("2026-03-19T17:30", &["overdue", "phone"]),
    ("2026-03-20T17:30", &["supervision"]),
    ("2026-03-25T17:30", &["listed"]),
    ("2026-03-26T17:30", &["criticism"]),
];

const PROFILES: [Profile; 3] = [
    Profile {
        file: "profile-jinan.toml",
        extensions: 1,
        handling: 5,
        redo: 3,
        supervised: Some(3),
        way: FIVE_DAYS,
    },
    Profile {
        file: "profile-shandong.toml",
        extensions: 1,
        handling: 5,
        redo: 3,
        supervised: Some(4),
        way: FIVE_DAYS,
    },
    Profile {
        file: "profile-bureau.toml",
        extensions: 2,
        handling: 12,
        redo: 6,
        supervised: None,
        way: TWELVE_DAYS,
    },
];

/// Sets a profile over the working office, and another version of the process for complaints where that is asked for; which version is walked.
async fn set(world: &World, profile: Profile, is_own: bool) -> Option<i32> {
    let made = run(world, Office::read(&example(profile.file))).await;
    assert!(made.expect("carried out").is_empty(), "no accounts");
    if is_own {
        Some(other_process(world).await)
    } else {
        None
    }
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

async fn dispatched(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    filed
}

async fn signs(world: &World, filed: &mut Filed, unit: &str) {
    let (id, version) = filed.at_unit(unit);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(unit), id, sign).await);
}

/// The newest part, as the dispatcher sees it.
async fn part(world: &World, id: TicketId) -> AssignmentView {
    let detail = tickets::get(&world.dispatcher(), id).await;
    let mut parts = detail.expect("the dispatcher sees it").assignments;
    parts.pop().expect("a part")
}

async fn closes(world: &World, filed: &mut Filed) {
    world
        .citizen_answers_call(filed, Satisfaction::Satisfied, Solved::Yes)
        .await;
    let close = Close {
        version: Version(filed.version),
        exempt: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, close).await);
    let seen = tickets::get(&world.dispatcher(), filed.id).await;
    assert_eq!(seen.expect("seen").row.state, TicketState::Closed);
}

/// The unit asks for days; the code where it may not.
async fn asks(world: &World, filed: &mut Filed, days: u8) -> Option<Code> {
    let (id, version) = filed.at_unit(ZJJ);
    let extend = Extend {
        version: Version(version),
        reason: ExtensionReason::Works,
        days,
        explanation: said("防水层已铲除，须晾干后重做，已电话告知诉求人。"),
        cause: None,
    };
    match tickets::act(&world.handler(ZJJ), id, extend).await {
        Ok(acted) => {
            filed.took(Ok(acted));
            None
        }
        Err(fault) => Some(fault.code),
    }
}

async fn grants(world: &World, filed: &mut Filed) {
    let (id, version) = filed.at_unit(ZJJ);
    let rule = RuleExtension {
        version: Version(version),
        grant: true,
        days: None,
        opinion: None,
    };
    filed.took(tickets::act(&world.dispatcher(), id, rule).await);
}

/// As many extensions as the profile has, no day more than it has; then it is answered and closed.
async fn extended(world: &World, profile: Profile) {
    let mut filed = dispatched(world).await;
    signs(world, &mut filed, ZJJ).await;
    let first = part(world, filed.id).await.deadline;
    assert_eq!(first.limit_value, Some(profile.handling));
    assert_eq!(
        asks(world, &mut filed, 11).await,
        Some(Code::InputInvalid),
        "ten days are the most"
    );
    let mut given = 0;
    for days in [6, 4].into_iter().take(profile.extensions) {
        assert_eq!(asks(world, &mut filed, days).await, None);
        grants(world, &mut filed).await;
        given += i32::from(days);
    }
    assert_eq!(
        asks(world, &mut filed, 1).await,
        Some(Code::ExtensionExhausted)
    );
    let last = part(world, filed.id).await.deadline;
    assert_eq!(last.extended_days, given);
    let (before, after) = (first.due_at.expect("due"), last.due_at.expect("due"));
    let calendar = WorkCalendar::shipped();
    assert_eq!(
        calendar.working_days_between(before.date(), after.date()),
        i64::from(given)
    );
    world.unit_replies(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    closes(world, &mut filed).await;
}

async fn sends_back(world: &World, filed: &mut Filed, unit: &str) -> Option<Code> {
    let (id, version) = filed.at_unit(unit);
    let back = SendBack {
        version: Version(version),
        reason: ReturnReason::WrongDuty,
        explanation: said("屋面维修由物业主管部门负责，不属于本单位职责。"),
        duty: None,
        basis: Some(said("市政府“三定”规定")),
        suggested_unit: None,
        cause: None,
    };
    match tickets::act(&world.liaison(unit), id, back).await {
        Ok(acted) => {
            filed.took(Ok(acted));
            None
        }
        Err(fault) => Some(fault.code),
    }
}

/// Sent back, given to another unit, sent back by that, upheld by a meeting; both have been heard, and the second answers.
async fn disputed(world: &World) {
    let mut filed = dispatched(world).await;
    assert_eq!(sends_back(world, &mut filed, ZJJ).await, None);
    let (id, version) = filed.at_unit(ZJJ);
    let rule = Rule {
        version: Version(version),
        uphold: false,
        to: Some(said(CGJ)),
        opinion: said("依职责清单裁定"),
        final_ruling: None,
    };
    filed.took(tickets::act(&world.dispatcher(), id, rule).await);
    assert_eq!(sends_back(world, &mut filed, CGJ).await, None);
    let (id, version) = filed.at_unit(CGJ);
    let alone = Rule {
        version: Version(version),
        uphold: true,
        to: None,
        opinion: said("依职责清单裁定"),
        final_ruling: None,
    };
    let refused = tickets::act(&world.dispatcher(), id, alone).await;
    assert_eq!(refused.expect_err("a meeting").code, Code::ReturnMeeting);
    let confer = Confer {
        uphold: true,
        to: None,
        ..example_of_verb::<Confer>(version)
    };
    filed.took(tickets::act(&world.dispatcher(), id, confer).await);
    assert!(sends_back(world, &mut filed, CGJ).await.is_some(), "heard");
    world.unit_answers(&mut filed, CGJ).await;
    world.centre_passes(&mut filed).await;
    closes(world, &mut filed).await;
}

/// The citizen is not content: half of the limit once more, then closed.
async fn redone(world: &World, profile: Profile) {
    let mut filed = dispatched(world).await;
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, Satisfaction::Dissatisfied, Solved::No)
        .await;
    let redo = Redo {
        version: Version(filed.version),
        reason: said("屋面仍在漏水，请重新维修"),
        cause: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, redo).await);
    let again = part(world, filed.id).await;
    assert_eq!(again.deadline.limit_value, Some(profile.redo));
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    closes(world, &mut filed).await;
}

/// Somebody else's complaint about the same is merged, and closes with the leading one.
async fn merged(world: &World) {
    let mut lead = dispatched(world).await;
    let mut other: Register = a_complaint();
    other.citizen.0.phone = Some(said("13900000001"));
    let mut other = world.files(other).await;
    let merge = Merge {
        version: Version(other.version),
        into: lead.claim.ticket_no.clone(),
        reason: None,
    };
    other.took(tickets::act(&world.dispatcher(), other.id, merge).await);
    world.unit_answers(&mut lead, ZJJ).await;
    world.centre_passes(&mut lead).await;
    closes(world, &mut lead).await;
    runs(world, "together").await;
    let told = public::lookup(&world.visitor(), other.claim.clone()).await;
    assert_eq!(told.expect("followed").state, TicketState::Closed);
}

/// Three days are waited for, and come behind the deadline; last of the roads, as it takes them.
async fn suspended(world: &World) {
    let mut filed = dispatched(world).await;
    signs(world, &mut filed, ZJJ).await;
    let due = part(world, filed.id).await.deadline.due_at.expect("due");
    let (id, version) = filed.at_unit(ZJJ);
    let suspend = SuspendWork {
        version: Version(version),
        reason: SuspensionReason::Appraisal,
        until: said("2026-03-05"),
        explanation: said("已委托房屋安全鉴定，受理单号附后，等鉴定报告。"),
        files: Vec::new(),
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, suspend).await);
    let (id, version) = filed.at_unit(ZJJ);
    let rule = RuleSuspension {
        version: Version(version),
        grant: true,
        opinion: None,
    };
    let since = world.services.now();
    filed.took(tickets::act(&world.reviewer(), id, rule).await);
    let seen = tickets::get(&world.dispatcher(), filed.id).await;
    assert_eq!(seen.expect("seen").row.state, TicketState::Suspended);
    world.time("2026-03-05T00:01");
    jobs::once(&world.services).await.expect("the jobs run");
    let seen = tickets::get(&world.dispatcher(), filed.id).await;
    assert_eq!(seen.expect("seen").row.state, TicketState::Handling);
    let calendar = WorkCalendar::shipped();
    let waited = calendar.working_minutes_between(since, at("2026-03-05T00:00:00+08:00"));
    assert_eq!(
        part(world, filed.id).await.deadline.due_at,
        Some(calendar.after_working_minutes(due, waited))
    );
}

async fn runs(world: &World, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    while job.once(&world.services).await.expect("runs").more {}
}

#[tokio::test]
async fn the_same_roads_are_walked_under_each_profile_and_each_version_of_the_process() {
    for profile in PROFILES {
        for is_own in [false, true] {
            on_each_database(|world| async move {
                let version = set(&world, profile, is_own).await;
                if let Some(version) = version {
                    let filed = world.files(a_complaint()).await;
                    let flow = tickets::flow(&world.supervisor(), filed.id).await;
                    assert_eq!(flow.expect("seen").version, version);
                }
                extended(&world, profile).await;
                disputed(&world).await;
                redone(&world, profile).await;
                merged(&world).await;
                fits(&world).await;
                suspended(&world).await;
                fits(&world).await;
            })
            .await;
        }
    }
}

/// How the clock of the unit stands.
async fn climbs(world: &World, filed: &Filed) -> LadderView {
    let sheet = tickets::sheet(&world.dispatcher(), filed.id).await;
    let ladders = sheet.expect("the page").ladders.into_iter();
    let mut of_unit = ladders.filter(|it| it.assignment.is_some());
    of_unit.next().expect("the unit's clock runs")
}

/// The rungs that the history tells of the unit's part, those of one moment in the order of their names.
async fn rungs(world: &World, filed: &Filed) -> Vec<String> {
    let sheet = tickets::sheet(&world.dispatcher(), filed.id).await;
    let history = sheet.expect("the page").history.into_iter();
    let rung = history.filter(|it| it.verb == Verb::Ring && it.unit.is_some());
    rung.filter_map(|it| it.facts.get("rung").cloned())
        .collect()
}

#[tokio::test]
async fn each_profile_has_its_own_ladder() {
    for profile in PROFILES {
        for is_own in [false, true] {
            on_each_database(|world| async move {
                set(&world, profile, is_own).await;
                let supervisor = world.hires(Role::Supervisor, CENTRE).await;
                let filed = dispatched(&world).await;
                runs(&world, "ladder").await;
                let mut known: Vec<String> = Vec::new();
                for (time, codes) in profile.way {
                    let moment = at(&format!("{time}:00+08:00"));
                    world.clock.set(Instant(moment.0 - 60_000));
                    runs(&world, "ladder").await;
                    assert_eq!(rungs(&world, &filed).await, known, "before {time}");
                    let next = climbs(&world, &filed).await.next_at;
                    assert_eq!(next, Some(moment), "{}: {codes:?}", profile.file);
                    world.clock.set(moment);
                    runs(&world, "ladder").await;
                    let all = rungs(&world, &filed).await;
                    let mut new: Vec<&str> =
                        all[known.len()..].iter().map(String::as_str).collect();
                    new.sort_unstable();
                    assert_eq!(new, *codes, "{} at {time}", profile.file);
                    known = all;
                }
                assert_eq!(climbs(&world, &filed).await.next_at, None);
                if let Some(times) = profile.supervised {
                    let page = services::gateway::bell::page(&supervisor, false, None, 50).await;
                    let told = page.expect("a page").items;
                    let kinds: Vec<NoticeKind> = told.iter().map(|it| it.kind).collect();
                    assert_eq!(kinds, vec![NoticeKind::Overdue; times], "{}", profile.file);
                }
                fits(&world).await;
            })
            .await;
        }
    }
}
