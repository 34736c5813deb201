//! Test: what an installation of before has is carried over into the one set of tables, row by row, on both databases.
//! The rows are written as the old schema had them; what is read is read as the program reads it.
//! Not here: a whole installation with running cases (`services`).

use sea_orm::{ConnectionTrait as _, Database};
use sea_orm_migration::MigratorTrait as _;
use shared::access::Role;
use shared::application::{ApplicationSort, ApplicationStatus, ApplicationVerb};
use shared::approval::{EventKind, IncidentKind, Part};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId, TicketId, UserId};
use shared::process::obstacle::Obstacle;
use shared::ticket::{ReturnReason, TicketState, Verb};
use uuid::Uuid;

use super::{Basics, Migrator};
use crate::host::{
    calls, candidates, deliveries, events, incidents, listeners, people, tasks, timers,
};
use crate::record::{CaseKind, Delivery, Involved, Receiver, Task};
use crate::sql::{Sql, vals};
use crate::{OpenOptions, Seal, Store};

/// The last step before the house.
const BEFORE: u32 = 12;
const TICKET: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0001;
const APPROVAL: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0002;
const PERSON: u128 = 77;

fn ticket() -> CaseId {
    TicketId(Uuid::from_u128(TICKET)).into()
}

fn approval() -> CaseId {
    CaseId(Uuid::from_u128(APPROVAL))
}

fn person() -> UserId {
    UserId(Uuid::from_u128(PERSON))
}

pub(super) async fn opened(url: &str) -> Store {
    Store::open(
        url,
        Seal::in_memory().expect("keys"),
        OpenOptions::default(),
    )
    .await
    .expect("opens")
}

#[tokio::test]
async fn sqlite_carries_everything_over() {
    let dir = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", dir.path().join("old.db").display());
    carries(opened(&url).await).await;
}

#[tokio::test]
async fn postgres_carries_everything_over() {
    if let Some(url) = fresh_postgres("carried").await {
        carries(opened(&url).await).await;
    }
}

/// The address of an empty database on PostgreSQL; nothing where there is no cluster.
pub(super) async fn fresh_postgres(name: &str) -> Option<String> {
    let Ok(admin) = std::env::var("MINSHENG_TEST_POSTGRES") else {
        println!("skipped: MINSHENG_TEST_POSTGRES is not set");
        return None;
    };
    let name = format!("{name}_{}", std::process::id());
    let conn = Database::connect(&admin).await.expect("the cluster");
    for ddl in ["drop database if exists", "create database"] {
        let ddl = format!("{ddl} {name}");
        conn.execute_unprepared(&ddl).await.expect("a database");
    }
    let (before, options) = admin
        .split_once('?')
        .map_or((admin.as_str(), String::new()), |(a, b)| {
            (a, format!("?{b}"))
        });
    let server = before.rsplit_once('/').expect("a database name").0;
    Some(format!("{server}/{name}{options}"))
}

async fn carries(store: Store) {
    Migrator::up(store.main(), Some(BEFORE))
        .await
        .expect("the schema of before");
    let month = Instant(i64::try_from(TICKET >> 80).expect("a moment"));
    store.prepare_months(month, month).await.expect("its month");
    fill(&store).await;
    let basics = Basics {
        at: Instant(0),
        definitions: Vec::new(),
    };
    let done = store.migrate(basics).await.expect("migrates");
    assert!(done.steps.contains(&"0013_one_house"), "{done:?}");
    open_tasks(&store).await;
    histories(&store).await;
    hanging(&store).await;
    under_way(&store).await;
    standing(&store).await;
    applications(&store).await;
    for gone in [
        "ticket_tasks",
        "approval_tasks",
        "approval_events",
        "ticket_applications",
    ] {
        let sql = format!("select count(*) from {gone}");
        assert!(store.main().execute_unprepared(&sql).await.is_err());
    }
}

/// One row of each kind at least, in the words of the old schema.
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn fill(store: &Store) {
    let sqlite = store.kind() == "sqlite";
    let id = |id: u128| {
        let id = Uuid::from_u128(id);
        if sqlite {
            format!("x'{}'", id.simple())
        } else {
            format!("'{id}'")
        }
    };
    let bytes = |bytes: &[u8]| {
        if sqlite {
            format!("x'{}'", hex::encode(bytes))
        } else {
            format!("'\\x{}'", hex::encode(bytes))
        }
    };
    let (yes, no) = if sqlite {
        ("1", "0")
    } else {
        ("true", "false")
    };
    let (t, a, p) = (id(TICKET), id(APPROVAL), id(PERSON));
    let rid = if sqlite { ("rid, ", "1, ") } else { ("", "") };
    let (rid_, rid_of) = rid;
    let second = if sqlite { ("rid, ", "2, ") } else { rid };
    let sent = Uuid::from_u128(9);
    let sealed = store
        .seal()
        .seal(deliveries::PLACE, sent.as_bytes(), b"{\"a\":1}")
        .expect("seals");
    let all = [
        format!(
            "insert into tickets ({rid_}id, ticket_no, version, cycle_no, kind, channel, region, city, urgency, subject_type, anonymous, confidential, reply_required, state, is_open, accepted_at, updated_at, provisional, urge_count, first_satisfaction, latest_satisfaction, decline_proposed, query_code_hash, title, content) values ({rid_of}{t}, 'N1', 1, 0, '30', '01', '320102', '3201', '1', '1', {no}, {no}, {no}, 'TD', {yes}, 5, 5, {no}, 0, '0', '0', {no}, {}, 'x', 'x')",
            bytes(&[1])
        ),
        format!(
            "insert into tasks (ticket_id, task_no, element, assignment_id, role, unit, unit_path, region, city, verbs, opened_at, due_at, due_key, warn_at, provisional) values ({t}, 3, 'sign', {}, 'unit_liaison', '3201-A', 'JS/3201-A/', '320102', '3201', 'sign send-back', 6, 60, 60, 50, {yes})",
            id(4)
        ),
        format!(
            "insert into events (ticket_id, seq, verb, at, by_user, by_name, unit, assignment_id, from_state, to_state, note, facts) values ({t}, 1, 'register', 5, {p}, '王坐席', 'JS', {}, null, 'TD', '说明', '{{\"kind\":\"help\"}}')",
            id(4)
        ),
        format!(
            "insert into clock_entries (ticket_id, assignment_id, at, kind, due_at, limit_rule, provisional) values ({t}, null, 5, 'start', 60, 1, {no})"
        ),
        format!(
            "insert into approval_tasks (approval_id, task_no, part, kind, element, active, assignee, assignee_name, role, unit, unit_path, region, city, asked_by, asked_by_name, note, decision, opened_at, due_at, due_key, warn_at, provisional, barred) values ({a}, 1, 0, 'M', 'intake', {no}, null, null, 'handler', null, null, '320102', '3201', null, null, null, '{{}}', 7, null, 9223372036854775807, null, {no}, {p})"
        ),
        format!(
            "insert into approval_tasks (approval_id, task_no, part, kind, element, active, assignee, assignee_name, asked_by, asked_by_name, note, opened_at, due_key, provisional) values ({a}, 1, 1, 'A', 'intake', {yes}, {p}, '李', {p}, '李', '请看', 8, 9223372036854775807, {no})"
        ),
        format!(
            "insert into approval_candidates (user_id, approval_id, task_no) values ({p}, {a}, 1)"
        ),
        format!(
            "insert into approval_events (approval_id, seq, verb, at, by_user, by_name, unit, element, task_no, note, facts) values ({a}, 1, 'start', 7, {p}, '李', 'JS', 'begin', 2, null, null)"
        ),
        format!(
            "insert into approval_timers (approval_id, timer_no, element, due_at, held_at) values ({a}, 4, 'late', 90, null)"
        ),
        format!(
            "insert into approval_calls (approval_id, task_no, element, service, tries, next_try_at, claimed_until) values ({a}, 5, 'draw', 'licence.number', 2, 91, 17)"
        ),
        format!(
            "insert into approval_listeners (approval_id, kind, name) values ({a}, 'M', 'paid')"
        ),
        format!(
            "insert into approval_deliveries (id, sent_at, kind, name, sent_by, initiator, hops, approval_id, key_id, sealed) values ({}, 8, 'M', 'paid', null, {p}, 1, {a}, '{}', {})",
            id(9),
            store.seal().key_id(),
            bytes(&sealed)
        ),
        format!(
            "insert into approval_people (user_id, part, approval_id, name) values ({p}, 'I', {a}, '李')"
        ),
        format!(
            "insert into approval_places (definition, definition_version, element, approval_id, tokens) values ('permit', 2, 'intake', {a}, 1)"
        ),
        format!(
            "insert into approval_incidents (approval_id, n, kind, definition, element, task_no, timer_no, words, tries, opened_at) values ({a}, 1, 'service', 'permit', 'draw', 5, null, 'no \"answer\"', 2, 9)"
        ),
        assignment(rid, (&id(4), &t), no, "null"),
        assignment(second, (&id(5), &t), no, "70"),
        asked((&id(21), &t, &id(4)), 20, "'R', 30, null, '维持'"),
        asked((&id(22), &t, &id(4)), 40, "'O', null, null, null"),
        asked((&id(23), &t, &id(5)), 50, "'O', null, null, null"),
    ];
    for sql in all {
        let done = store.main().execute_unprepared(&sql).await;
        done.unwrap_or_else(|e| panic!("{e}: {sql}"));
    }
}

/// An assignment, ended or not.
fn assignment((rid, rid_of): (&str, &str), (id, t): (&str, &str), no: &str, ended: &str) -> String {
    format!(
        "insert into assignments ({rid}id, ticket_id, version, cycle_no, slot, role, unit, unit_path, status, dispatched_at, provisional, return_count, final_ruling, reply_passed, ended_at, updated_at) values ({rid_of}{id}, {t}, 1, 0, 'lead', 'L', '3201-A', 'JS/3201-A/', 'SI', 6, {no}, 1, {no}, {no}, {ended}, 6)"
    )
}

/// What a unit asked for, and what came of it.
fn asked((id, t, part): (&str, &str, &str), at: i64, came: &str) -> String {
    format!(
        "insert into applications (id, ticket_id, assignment_id, reason, explanation, suggested_unit, asked_at, asked_by, status, decided_at, decided_by, opinion) values ({id}, {t}, {part}, '2', '不属于本单位', '3201-B', {at}, null, {came})"
    )
}

/// Send-backs have become applications, each with its history; what nobody can decide any more has lapsed.
async fn applications(store: &Store) {
    let db = store.reader();
    let all = crate::applications::of_ticket(db.handle(), TicketId(ticket().0)).await;
    let all = all.expect("reads");
    let told: Vec<_> = all
        .iter()
        .map(|it| {
            let it = &it.application;
            (&*it.application_no, it.status, it.version, it.last_seq)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("N1-1", ApplicationStatus::Refused, 2, 2),
            ("N1-2", ApplicationStatus::Open, 1, 1),
            ("N1-3", ApplicationStatus::Lapsed, 2, 2),
        ]
    );
    let first = &all[0].application;
    assert_eq!(
        (first.sort, first.return_reason, first.opinion.as_deref()),
        (
            ApplicationSort::SendBack,
            Some(ReturnReason::WrongDuty),
            Some("维持")
        )
    );
    assert_eq!((&*first.unit, &*first.region), ("3201-A", "320102"));
    let lines = crate::applications::history(&db, first.id).await;
    let lines: Vec<_> = lines
        .expect("reads")
        .iter()
        .map(|line| (line.verb, line.at, line.to_state))
        .collect();
    assert_eq!(
        lines,
        [
            (ApplicationVerb::Ask, Instant(20), ApplicationStatus::Open),
            (
                ApplicationVerb::Decide,
                Instant(30),
                ApplicationStatus::Refused
            ),
        ]
    );
    let found = crate::consistency::applications(&db).await.expect("checks");
    assert_eq!(
        (found.cases, found.count),
        (3, 1),
        "only the one that waits has no task here: {found:?}"
    );
}

async fn open_tasks(store: &Store) {
    let db = store.reader();
    let kept = tasks::of_case(db.handle(), ticket()).await.expect("reads");
    let sign = Task {
        assignment_id: Some(AssignmentId(Uuid::from_u128(4))),
        role: Some(Role::UnitLiaison),
        unit: Some("3201-A".to_owned()),
        unit_path: Some("JS/3201-A/".to_owned()),
        region: Some("320102".to_owned()),
        verbs: "sign send-back".to_owned(),
        due_at: Some(Instant(60)),
        warn_at: Some(Instant(50)),
        provisional: true,
        ..Task::fresh((ticket(), CaseKind::Ticket), 3, "sign", Instant(6))
    };
    assert_eq!(kept, [sign]);
    let kept = tasks::of_case(db.handle(), approval())
        .await
        .expect("reads");
    let main = Task {
        active: false,
        role: Some(Role::Handler),
        region: Some("320102".to_owned()),
        decision: Some("{}".to_owned()),
        barred: Some(person()),
        ..Task::fresh((approval(), CaseKind::Approval), 1, "intake", Instant(7))
    };
    let signer = Task {
        part: 1,
        kind: Part::After,
        assignee: Some(person()),
        assignee_name: Some("李".to_owned()),
        asked_by: Some(person()),
        asked_by_name: Some("李".to_owned()),
        note: Some("请看".to_owned()),
        ..Task::fresh((approval(), CaseKind::Approval), 1, "intake", Instant(8))
    };
    assert_eq!(kept, [main, signer]);
    let who = candidates::of_case(db.handle(), approval()).await;
    assert_eq!(who.expect("reads"), [(1, vec![person()])].into());
}

async fn histories(store: &Store) {
    let db = store.reader();
    let kept = crate::tickets::case::history(&db, TicketId(ticket().0)).await;
    let kept = kept.expect("reads");
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].verb, kept[0].to_state, kept[0].by),
        (Verb::Register, TicketState::ToDispatch, Some(person()))
    );
    assert_eq!(kept[0].facts["kind"], "help");
    let kept: Vec<crate::record::ApprovalEvent> =
        events::of_case(&db, approval()).await.expect("reads");
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (
            kept[0].element.as_deref(),
            kept[0].task_no,
            kept[0].to_state
        ),
        (Some("begin"), Some(2), None)
    );
    let clock = Sql::new(
        "select count(*) from clock_entries where case_id = ?",
        vals![ticket()],
    );
    assert_eq!(db.handle().number(clock).await.expect("counts"), 1);
    for damage in [
        "update events set note = 'x'",
        "delete from events",
        "update clock_entries set at = 0",
        "delete from clock_entries",
    ] {
        let done = store.main().execute_unprepared(damage).await;
        assert!(done.is_err(), "{damage} goes through");
    }
}

async fn hanging(store: &Store) {
    let db = store.reader();
    let h = db.handle();
    let timers = timers::of_case(h, approval()).await.expect("reads");
    assert_eq!(timers[0].due_at, Some(Instant(90)));
    let due = crate::host::timers_due(&db, Instant(100), 9).await;
    let due = due.expect("reads");
    assert_eq!((due[0].case, due[0].kind), (approval(), CaseKind::Approval));
    let calls = calls::of_case(h, approval()).await.expect("reads");
    assert_eq!((calls[0].tries, &*calls[0].service), (2, "licence.number"));
    let claimed = Sql::new("select claimed_until from calls", vals![]);
    assert_eq!(h.number(claimed).await.expect("reads"), 17);
    let heard = listeners::of_case(h, approval()).await.expect("reads");
    assert_eq!(heard, [(EventKind::Message, "paid".to_owned())].into());
    let incidents = incidents::of_case(h, approval()).await.expect("reads");
    assert_eq!(incidents[0].kind, IncidentKind::Service);
    assert_eq!(incidents[0].task_no, Some(5));
    let told = Obstacle::Told {
        words: "no \"answer\"".to_owned(),
    };
    assert_eq!(incidents[0].obstacle, told);
    let people = people::of_case(h, approval()).await.expect("reads");
    assert_eq!(
        (people[0].user, people[0].part),
        (person(), Involved::Initiator)
    );
}

/// Sealed rows open where they are now.
async fn under_way(store: &Store) {
    let sent: Delivery = store
        .write::<_, crate::StoreError, _>(|tx| {
            Box::pin(async move {
                let taken = deliveries::take(tx, Uuid::from_u128(9)).await?;
                taken.ok_or_else(|| crate::StoreError::broken("nothing is under way"))
            })
        })
        .await
        .expect("taken");
    assert_eq!(
        sent.receiver,
        Receiver::Case(approval(), CaseKind::Approval)
    );
    assert_eq!(sent.variables, "{\"a\":1}");
}

async fn standing(store: &Store) {
    let sql = Sql::new(
        "select tokens from places where definition = 'permit' and case_id = ?",
        vals![approval()],
    );
    let tokens = store.reader().handle().number(sql).await;
    assert_eq!(tokens.expect("reads"), 1);
}
