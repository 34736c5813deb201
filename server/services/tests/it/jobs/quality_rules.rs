//! Each rule of quality that is looked at, on both databases: tickets that keep all of them, and for each rule one that breaks it past every verb, found
//! by the night; and what never comes to be kept, since registering and the verbs refuse it.
//! Not here: each rule by its facts alone (unit tests of `shared::quality`), what becomes of a finding (`quality`).

use std::collections::BTreeSet;

use services::quality::desk;
use services::{Ctx, tickets};
use shared::access::{Role, Scope};
use shared::application::ExtensionReason;
use shared::command::{Command as _, Sent, Version};
use shared::ids::TicketId;
use shared::quality::{QualityRule, Standing};
use shared::ticket::command::{Citizen, Register};
use shared::ticket::verbs::{CaseVerb as _, Close, Extend, Reply, Sign};
use shared::ticket::{Channel, TicketNo};
use store::bulk::BulkTicket;

use super::quality::{closed, listed, night, of_somebody};
use crate::support::{CGJ, Filed, World, ZJJ, a_reply, on_each_database, said};

use QualityRule as Q;

/// Rules that are looked at: each has a ticket below.
const LOOKED: [QualityRule; 22] = [
    Q::V01,
    Q::V02,
    Q::V03,
    Q::V04,
    Q::V05,
    Q::V06,
    Q::V07,
    Q::V08,
    Q::V09,
    Q::V11,
    Q::V13,
    Q::V14,
    Q::V16,
    Q::V17,
    Q::V18,
    Q::V19,
    Q::V20,
    Q::V21,
    Q::V22,
    Q::V23,
    Q::V24,
    Q::V30,
];

/// Forty days, in milliseconds.
const LONG: i64 = 40 * 24 * 3_600_000;

/// What is done to the rows of one ticket, `$ID` being its id, and what follows of it.
const DAMAGE: [(QualityRule, &str); 15] = [
    (
        Q::V01,
        "update tickets set region = '329999', city = '3299' where id in $ID",
    ),
    (
        Q::V05,
        "update tickets set first_dispatched_at = accepted_at - 1 where id in $ID",
    ),
    (
        Q::V06,
        "update tickets set due_at = due_at + 60000 where id in $ID",
    ),
    (
        Q::V07,
        "update assignments set extended_days = 11 where ticket_id in $ID",
    ),
    (
        Q::V08,
        "update assignments set status = 'RT' where ticket_id in $ID",
    ),
    (
        Q::V09,
        "update tickets set category = '0101' where id in $ID",
    ),
    (
        Q::V14,
        "update tickets set content = '楼道里有燃气泄漏的味道' where id in $ID",
    ),
    (
        Q::V16,
        "update assignments set reply = replace(reply, '确认屋面防水层破损，已责成物业动用维修资金修复并复查。', '') where ticket_id in $ID",
    ),
    (
        Q::V18,
        "update assignments set reply = replace(reply, '感谢', '请打13812345678感谢') where ticket_id in $ID",
    ),
    (Q::V20, "delete from tasks where case_id in $ID"),
    (Q::V21, "update tickets set state = 'TR' where id in $ID"),
    (
        Q::V22,
        "update tickets set not_counted = true where id in $ID",
    ),
    (
        Q::V23,
        "insert into events (case_id, seq, verb, at, by_user, by_name, unit, assignment_id, to_state)
         select case_id, seq + 100, verb, at, by_user, by_name, unit, assignment_id, to_state from events where case_id in $ID",
    ),
    (
        Q::V13,
        "update tickets set accused_unit = lead_unit where id in $ID",
    ),
    (
        Q::V24,
        "update tickets set latest_satisfaction = '4' where id in $ID",
    ),
];

fn phone(n: usize) -> String {
    format!("138123456{n:02}")
}

async fn breaks(world: &World, filed: &Filed, sql: &str) {
    let no = filed.claim.ticket_no.as_str();
    let its = format!("(select id from tickets where ticket_no = '{no}')");
    world.tampers(&sql.replace("$ID", &its)).await;
}

/// The ticket once more under another number and with something else about its citizen, past every form.
async fn once_more(world: &World, filed: &Filed, n: u32, set: fn(&mut Citizen)) -> TicketId {
    let db = world.services.store().reader();
    let known = store::tickets::get(&db, &Scope::All, filed.id).await;
    let mut ticket = known.expect("read").expect("the ticket");
    ticket.id = TicketId(world.services.new_id());
    ticket.ticket_no = TicketNo::new(
        "320106",
        ticket.accepted_at.date(),
        Channel::Phone,
        900_000 + n,
    );
    let mut citizen = ticket.citizen.clone().unwrap_or_default();
    set(&mut citizen);
    ticket.citizen = Some(citizen);
    let id = ticket.id;
    let bulk = BulkTicket {
        ticket,
        assignments: Vec::new(),
        applications: Vec::new(),
        follow_ups: Vec::new(),
        ratings: Vec::new(),
        events: Vec::new(),
        clock: Vec::new(),
        tasks: Vec::new(),
        timers: Vec::new(),
        instance: None,
    };
    let written = store::bulk::write(world.services.store(), vec![bulk]).await;
    written.expect("written");
    id
}

/// Answered by its unit, in the centre's hands.
async fn answered(world: &World, n: usize, unit: &str) -> Filed {
    let mut filed = world.takes_call(of_somebody(&phone(n))).await;
    world.dispatches(&mut filed, unit, &[]).await;
    world.unit_answers(&mut filed, unit).await;
    filed
}

/// A ticket on which the rule can be broken, as it keeps it now.
async fn sound(world: &World, n: usize, rule: QualityRule) -> Filed {
    match rule {
        Q::V05 | Q::V07 | Q::V08 | Q::V13 => {
            let mut filed = world.takes_call(of_somebody(&phone(n))).await;
            world.dispatches(&mut filed, ZJJ, &[]).await;
            filed
        }
        // One ticket has one handler's only answer: the same words from one hand are another rule's.
        Q::V16 => answered(world, n, ZJJ).await,
        _ => world.takes_call(of_somebody(&phone(n))).await,
    }
}

async fn found(world: &World) -> BTreeSet<(TicketId, QualityRule)> {
    let province = world.person(Role::ProvincialManager, "320000-12345");
    let all = listed(&province, None).await;
    all.into_iter().map(|it| (it.ticket, it.rule)).collect()
}

/// What makes a citizen's block wrong.
type Spoils = fn(&mut Citizen);

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn each_rule_is_broken_by_one_ticket_and_kept_by_the_same_before() {
    on_each_database(|world| async move {
        let mut tickets: Vec<(QualityRule, Filed, &str)> = Vec::new();
        for (n, (rule, sql)) in DAMAGE.iter().enumerate() {
            // The answer that is damaged twice is one: it breaks both rules.
            let filed = if *rule == Q::V18 {
                let mut known = tickets.iter();
                let of_answer = known.find(|(rule, _, _)| *rule == Q::V16);
                of_answer.expect("the answer").1.clone()
            } else {
                sound(&world, n, *rule).await
            };
            tickets.push((*rule, filed, *sql));
        }
        let done = closed(&world, &phone(50), CGJ).await;
        let late = world.takes_call(of_somebody(&phone(51))).await;
        let mut first = of_somebody(&phone(52));
        first.category = Some(said(world.a_leaf().await));
        let twice = first.clone();
        world.takes_call(first).await;
        night(&world, "2026-03-03").await;
        let healthy = found(&world).await;
        assert!(healthy.is_empty(), "all keep every rule: {healthy:?}");

        world.time("2026-03-03T09:00");
        let mut wanted = BTreeSet::new();
        for (rule, filed, sql) in &tickets {
            breaks(&world, filed, sql).await;
            wanted.insert((filed.id, *rule));
        }
        breaks(
            &world,
            &done,
            "update tickets set answer = null where id in $ID",
        )
        .await;
        wanted.insert((done.id, Q::V19));
        let sql = format!("update tickets set due_at = due_at - {LONG} where id in $ID");
        breaks(&world, &late, &sql).await;
        wanted.insert((late.id, Q::V30));
        wanted.insert((world.takes_call(twice).await.id, Q::V11));
        wanted.insert((answered(&world, 53, CGJ).await.id, Q::V17));
        let whole = world.takes_call(of_somebody(&phone(54))).await;
        let wrong: [(QualityRule, Spoils); 3] = [
            (Q::V02, |it| it.phone = Some("1381234567".to_owned())),
            (Q::V03, |it| {
                it.id_number = Some("110105194912310021".to_owned());
            }),
            (Q::V04, |it| {
                it.credit_code = Some("91350100M000100Y44".to_owned());
            }),
        ];
        for (n, (rule, set)) in (1..).zip(wrong) {
            wanted.insert((once_more(&world, &whole, n, set).await, rule));
        }
        night(&world, "2026-03-04").await;
        let found = found(&world).await;
        let missed: Vec<_> = wanted.difference(&found).collect();
        assert!(missed.is_empty(), "not found: {missed:?} among {found:?}");
        assert!(
            found.iter().all(|(ticket, _)| *ticket != whole.id),
            "what was left alone keeps every rule"
        );
        let rules: BTreeSet<QualityRule> = wanted.iter().map(|(_, rule)| *rule).collect();
        assert_eq!(rules, BTreeSet::from(LOOKED));
    })
    .await;
}

#[tokio::test]
async fn every_rule_is_tried_here_or_says_why_it_is_not_looked_at() {
    on_each_database(|world| async move {
        let told = desk::rules(&world.supervisor()).await.expect("told").items;
        assert_eq!(told.len(), QualityRule::ALL.len());
        for row in told {
            let is_looked = row.standing == Standing::Looked;
            assert_eq!(is_looked, LOOKED.contains(&row.rule), "{}", row.rule);
        }
    })
    .await;
}

/// A request as a program sends it, with something else about its citizen.
fn sent(name: &str, value: &str) -> Result<Register, Vec<String>> {
    let mut fields = serde_json::json!({
        "kind": "complaint",
        "content": "金丝雀小区三幢二单元屋顶漏水半年，请求查明原因并维修。",
        "region": "320106",
        "citizen": {"name": "王金丝雀", "phone": "13812345678"},
    });
    fields["citizen"][name] = value.into();
    let fields = fields.as_object().expect("an object").clone();
    let named = |fault: shared::fault::Fault| {
        let fields = fault.fields.into_iter();
        fields.map(|field| field.field).collect()
    };
    Register::read(Sent::json(fields)).map_err(named)
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn what_breaks_a_rule_is_refused_where_it_is_written() {
    // V02, V03, V04: no command arrives with such a number.
    for (name, good, bad) in [
        ("phone", "13812345678", "1381234567"),
        ("id_number", "11010519491231002X", "110105194912310021"),
        ("credit_code", "91350100M000100Y43", "91350100M000100Y44"),
    ] {
        assert!(sent(name, good).is_ok(), "{name}");
        let faults = sent(name, bad).expect_err(name);
        assert_eq!(faults, [format!("citizen.{name}")]);
    }
    on_each_database(|world| async move {
        // V01, V09: no such place, no leaf.
        for (field, region, category) in [
            ("region", "329999", None),
            ("category", "320106", Some("0101")),
        ] {
            let mut wrong = of_somebody("13812345601");
            wrong.region = said(region);
            wrong.category = category.map(said);
            wrong.channel = Some(Channel::Phone);
            let refused = tickets::register(&world.agent(), wrong).await;
            let refused = refused.expect_err(field);
            assert_eq!(refused.fields[0].field, field);
        }
        let mut filed = world.takes_call(of_somebody("13812345602")).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (id, version) = filed.at_unit(ZJJ);
        let sign = Sign {
            version: Version(version),
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
        // V07: beyond the cap.
        let (id, version) = filed.at_unit(ZJJ);
        let extend = Extend {
            version: Version(version),
            reason: ExtensionReason::Works,
            days: 11,
            explanation: said("防水层已铲除，须晾干后重做，已电话告知诉求人。"),
            cause: None,
        };
        assert!(tickets::act(&world.handler(ZJJ), id, extend).await.is_err());
        // V16: too little was done, or the citizen was not tried often enough.
        let whole: serde_json::Value = serde_json::from_str(Reply::EXAMPLE).expect("JSON");
        for (name, value) in [
            ("handling", serde_json::json!("已处理")),
            ("contacted", serde_json::json!(false)),
        ] {
            let mut fields = whole.as_object().expect("an object").clone();
            fields.insert(name.to_owned(), value);
            fields.insert("contact_tries".to_owned(), 2.into());
            assert!(Reply::read(Sent::json(fields)).is_err(), "{name}");
        }
        // V18: a number is told first, and goes out only when the sender says so.
        let telling = |is_meant: bool| {
            let mut fields = whole.as_object().expect("an object").clone();
            let words = "您反映的问题已处理，请与住户13812345678核对，感谢您的监督。";
            fields.insert("version".to_owned(), version.into());
            fields.insert("public_reply".to_owned(), words.into());
            fields.insert("anyway".to_owned(), is_meant.into());
            Reply::read(Sent::json(fields))
        };
        let told = telling(false).expect_err("a number of somebody");
        assert_eq!(told.fields[0].field, "public_reply");
        let meant = telling(true).expect("it is meant");
        filed.took(tickets::act(&world.handler(ZJJ), id, meant).await);
        // V19: nothing closes before somebody has called.
        world.unit_passes(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        let close = Close {
            version: Version(filed.version),
            exempt: None,
        };
        assert!(
            tickets::act(&world.caller(), filed.id, close)
                .await
                .is_err()
        );
    })
    .await;
}

/// How much the first part's answer is like an earlier one, as somebody is told.
async fn alike(ctx: &Ctx, filed: &Filed) -> Option<i32> {
    let seen = tickets::get(ctx, filed.id).await.expect("seen");
    let reply = seen.assignments.first().and_then(|it| it.reply.clone());
    reply.expect("an answer").alike
}

#[tokio::test]
async fn an_answer_that_was_given_before_is_told_to_whoever_decides_about_it() {
    on_each_database(|world| async move {
        let first = answered(&world, 1, ZJJ).await;
        assert_eq!(alike(&world.reviewer(), &first).await, None);
        world.clock.advance_minutes(60);
        let mut second = world.takes_call(of_somebody(&phone(2))).await;
        world.dispatches(&mut second, ZJJ, &[]).await;
        let (id, version) = second.at_unit(ZJJ);
        let sign = Sign {
            version: Version(version),
        };
        second.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
        let (id, version) = second.at_unit(ZJJ);
        second.took(tickets::act(&world.handler(ZJJ), id, a_reply(version)).await);
        let leader = world.unit_reviewer(ZJJ);
        assert_eq!(alike(&leader, &second).await, Some(100));
        world.unit_passes(&mut second, ZJJ).await;
        assert_eq!(alike(&world.reviewer(), &second).await, Some(100));
        assert_eq!(alike(&world.reviewer(), &first).await, None);
    })
    .await;
}
