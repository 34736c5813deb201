//! The nightly look of the rules of quality: tickets that were broken past every verb give their findings, mended ones close by themselves, rules are
//! switched off by a city, and what people say about a finding. Not here: each rule's own cases (unit tests of `shared::quality`).

use services::jobs;
use services::quality::desk::{self, Asked};
use services::register::{self, Publishing};
use services::{Ctx, quality};
use shared::access::Role;
use shared::command::Version;
use shared::fault::Code;
use shared::quality::{
    AskDismissal, DecideDismissal, FindingState, FixFinding, QualityFindingView, QualityRule,
    Severity, Standing,
};
use shared::register::ListCode;
use shared::ticket::command::{CitizenBlock, Register};
use shared::ticket::verbs::Close;
use shared::ticket::{Satisfaction, Solved};
use uuid::Uuid;

use crate::register::row;
use crate::support::{CENTRE, CGJ, Filed, World, ZJJ, a_complaint, on_each_database, said};

use QualityRule as Q;

/// One night's look, from its beginning to its end.
pub(super) async fn night(world: &World, day: &str) {
    world.time(&format!("{day}T02:00"));
    for name in ["quality", "host"] {
        let job = jobs::JOBS.iter().find(|job| job.name == name);
        let job = job.expect("a job");
        while job.once(&world.services).await.expect("runs").more {}
    }
}

pub(super) async fn listed(ctx: &Ctx, state: Option<&str>) -> Vec<QualityFindingView> {
    let asked = Asked {
        state: state.map(str::to_owned),
        limit: 200,
        ..Asked::default()
    };
    desk::list(ctx, asked).await.expect("listed").items
}

fn rules(found: &[QualityFindingView]) -> Vec<QualityRule> {
    let mut rules: Vec<QualityRule> = found.iter().map(|it| it.rule).collect();
    rules.sort();
    rules
}

async fn damaged(world: &World, filed: &Filed, what: &str) {
    let no = filed.claim.ticket_no.as_str();
    world
        .tampers(&format!(
            "update tickets set {what} where ticket_no = '{no}'"
        ))
        .await;
}

/// Someone else's complaint, so that it is no duplicate.
pub(super) fn of_somebody(phone: &str) -> Register {
    let mut complaint = a_complaint();
    complaint.citizen.0 = CitizenBlock {
        phone: Some(said(phone)),
        ..CitizenBlock::default()
    };
    complaint
}

/// Handled by a unit and closed after a call.
pub(super) async fn closed(world: &World, phone: &str, unit: &str) -> Filed {
    let mut filed = world.takes_call(of_somebody(phone)).await;
    world.dispatches(&mut filed, unit, &[]).await;
    world.unit_answers(&mut filed, unit).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, Satisfaction::Satisfied, Solved::Yes)
        .await;
    let close = Close {
        version: Version(filed.version),
        exempt: None,
    };
    filed.took(services::tickets::act(&world.caller(), filed.id, close).await);
    filed
}

#[tokio::test]
async fn what_was_broken_past_every_verb_is_found_and_closes_when_it_is_mended() {
    on_each_database(|world| async move {
        let done = closed(&world, "13812345601", ZJJ).await;
        let open = world.files(of_somebody("13812345602")).await;
        let lead = world.supervisor();
        assert!(listed(&lead, None).await.is_empty(), "nobody has looked");
        assert_eq!(desk::rules(&lead).await.expect("told").looked_at, None);
        night(&world, "2026-03-03").await;
        let found = listed(&lead, None).await;
        assert!(found.is_empty(), "a healthy house: {found:?}");

        damaged(&world, &done, "closed_at = accepted_at - 1, answer = null").await;
        damaged(
            &world,
            &open,
            "due_at = due_at + 60000, region = '329999', city = '3299'",
        )
        .await;
        night(&world, "2026-03-04").await;
        // The open one lies in no city by now, so only the province sees it.
        let found = listed(&lead, None).await;
        assert_eq!(rules(&found), [Q::V05, Q::V19]);
        assert!(
            found
                .iter()
                .all(|it| it.ticket == done.id && it.unit.is_none())
        );
        let province = world.person(Role::ProvincialManager, "320000-12345");
        let all = listed(&province, None).await;
        assert_eq!(rules(&all), [Q::V01, Q::V05, Q::V06, Q::V19]);
        let v06 = all.iter().find(|it| it.rule == Q::V06).expect("there");
        let told = shared::text::quality::facts(&v06.facts, shared::text::Locale::Zh);
        assert!(told.contains("2026"), "{told}");
        // Two working days from that night.
        assert_eq!(v06.due_at.rfc3339(), "2026-03-06T17:30:00+08:00");
        night(&world, "2026-03-05").await;
        assert_eq!(listed(&province, None).await.len(), 4, "each once");

        damaged(
            &world,
            &open,
            "due_at = due_at - 60000, region = '320106', city = '3201'",
        )
        .await;
        night(&world, "2026-03-06").await;
        assert_eq!(rules(&listed(&province, None).await), [Q::V05, Q::V19]);
        let gone = listed(&province, Some("gone")).await;
        assert_eq!(rules(&gone), [Q::V01, Q::V06]);
        assert!(
            gone.iter()
                .all(|it| it.closed_by.is_none() && it.closed_at.is_some())
        );
        let db = world.services.store().reader();
        let (_, report) = quality::last(&db).await.expect("asks").expect("ended");
        assert_eq!((report.broken, report.gone, report.whole), (2, 2, false));
    })
    .await;
}

#[tokio::test]
async fn a_unit_sees_its_own_findings_and_scores_follow() {
    on_each_database(|world| async move {
        let ours = closed(&world, "13812345601", ZJJ).await;
        closed(&world, "13812345602", CGJ).await;
        let reply = "update assignments set reply = replace(reply, '感谢', '请打13812345678感谢')";
        world.tampers(reply).await;
        night(&world, "2026-03-03").await;
        let unit = world.liaison(ZJJ);
        let found = listed(&unit, None).await;
        // Both units sent the same words; but no handler sent them twice.
        assert_eq!(rules(&found), [Q::V18]);
        assert_eq!(
            (found[0].ticket, found[0].severity),
            (ours.id, Severity::Block)
        );
        assert_eq!(
            found[0].unit.as_ref().map(|unit| unit.code.as_str()),
            Some(ZJJ)
        );
        assert!(!format!("{found:?}").contains("138123"), "nothing personal");
        assert_eq!(listed(&world.supervisor(), None).await.len(), 2);
        assert!(listed(&world.supervisor_of_suzhou(), None).await.is_empty());
        let refused = desk::list(&world.agent(), Asked::default()).await;
        assert_eq!(refused.map_err(|fault| fault.code), Err(Code::AccessDenied));

        let scores = desk::scores(&unit).await.expect("told").items;
        let [score] = &scores[..] else {
            panic!("its own only: {scores:?}")
        };
        assert_eq!(
            (score.tickets, score.open.block, score.score),
            (1, 1, Some(0))
        );
        let scores = desk::scores(&world.supervisor()).await.expect("told").items;
        let centre = scores.iter().find(|row| row.unit.is_none()).expect("there");
        assert_eq!(
            (centre.tickets, centre.score),
            (2, Some(1_000)),
            "none is the centre's"
        );
        assert_eq!(scores.len(), 3);

        let told = desk::rules(&unit).await.expect("told").items;
        assert_eq!(told.len(), 30);
        let standing = |code| {
            told.iter()
                .find(|row| row.rule == code)
                .map(|row| row.standing)
        };
        assert_eq!(
            standing(Q::V25),
            Some(Standing::Waits),
            "never shown as kept"
        );
    })
    .await;
}

#[tokio::test]
async fn a_finding_is_fixed_by_a_person_or_dismissed_by_two() {
    on_each_database(|world| async move {
        let filed = closed(&world, "13812345601", ZJJ).await;
        let wrong = "answer = null, region = '320999', city = '3209'";
        damaged(&world, &filed, wrong).await;
        night(&world, "2026-03-03").await;
        let first = world.person(Role::ProvincialManager, "320000-12345");
        let second = world.person(Role::CentreLeader, "320000-12345");
        let id = async |rule: QualityRule| {
            let found = listed(&first, None).await;
            found.iter().find(|it| it.rule == rule).map(|it| it.id)
        };
        let note = || FixFinding {
            note: said("已补录答复"),
        };
        let why = || AskDismissal {
            reason: said("区划今年新设，尚未入表"),
        };
        let word = |agreed| DecideDismissal { agreed };
        let (v01, v19) = (
            id(Q::V01).await.expect("there"),
            id(Q::V19).await.expect("there"),
        );
        let code = |done: Result<(), shared::fault::Fault>| done.map_err(|fault| fault.code);

        desk::fix(&first, v19, note()).await.expect("noted");
        assert_eq!(
            code(desk::fix(&second, v19, note()).await),
            Err(Code::NotFound)
        );
        assert_eq!(
            code(desk::fix(&world.liaison(ZJJ), v01, note()).await),
            Err(Code::NotFound)
        );
        assert_eq!(
            code(desk::decide(&second, v01, word(true)).await),
            Err(Code::NotFound)
        );
        desk::ask_dismissal(&first, v01, why())
            .await
            .expect("asked");
        assert_eq!(
            code(desk::decide(&first, v01, word(true)).await),
            Err(Code::QualitySecond)
        );
        desk::decide(&second, v01, word(false))
            .await
            .expect("refused");
        desk::ask_dismissal(&first, v01, why())
            .await
            .expect("asked again");
        let waits = listed(&second, Some("asked")).await;
        assert!(waits.len() == 1 && waits[0].may_decide);
        assert!(!listed(&first, Some("asked")).await[0].may_decide);
        desk::decide(&second, v01, word(true))
            .await
            .expect("agreed");
        assert!(listed(&first, None).await.is_empty());

        // What was not corrected stands in the list again, what was dismissed does not.
        night(&world, "2026-03-04").await;
        let found = listed(&first, None).await;
        assert_eq!(rules(&found), [Q::V19]);
        assert_ne!(found[0].id, v19);
        assert_eq!(listed(&first, Some("fixed")).await[0].id, v19);
        let gone = listed(&first, Some("dismissed")).await;
        assert_eq!((gone[0].id, gone[0].state), (v01, FindingState::Dismissed));
        for (action, times) in [
            ("quality.fix", 1),
            ("quality.ask_dismissal", 2),
            ("quality.decide_dismissal", 2),
        ] {
            assert_eq!(world.audited(action).await.len(), times, "{action}");
        }
        let nobody = desk::fix(&first, Uuid::nil(), note()).await;
        assert_eq!(code(nobody), Err(Code::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_city_switches_a_rule_off_and_another_goes_on() {
    on_each_database(|world| async move {
        let nanjing = closed(&world, "13812345601", ZJJ).await;
        let mut suzhou = of_somebody("13812345602");
        suzhou.region = said("320508");
        let suzhou = world.files(suzhou).await;
        damaged(&world, &nanjing, "answer = null").await;
        damaged(&world, &suzhou, "content = '楼道里有燃气泄漏的味道'").await;
        let complaint = of_somebody("13812345603");
        let urgent = world.files(complaint).await;
        damaged(&world, &urgent, "content = '楼道里有燃气泄漏的味道'").await;
        night(&world, "2026-03-03").await;
        let province = world.person(Role::ProvincialManager, "320000-12345");
        assert_eq!(
            rules(&listed(&province, None).await),
            [Q::V14, Q::V14, Q::V19]
        );

        world.time("2026-03-03T10:00");
        let part = (ListCode::Quality, "320100");
        let city = world.person(Role::BusinessAdmin, CENTRE);
        let draft = register::begin(&city, part.0, part.1)
            .await
            .expect("a draft");
        let off = row(&[("rule", "V14"), ("on", "no")]);
        let draft = register::put_row(&city, part, draft.version, (None, &off))
            .await
            .expect("a row");
        let heavier = row(&[("rule", "V19"), ("on", "yes"), ("severity", "note")]);
        let draft = register::put_row(&city, part, draft.version, (None, &heavier))
            .await
            .expect("a row");
        let order = Publishing {
            version: draft.version,
            ..Publishing::default()
        };
        let leader = world.person(Role::CentreLeader, CENTRE);
        register::publish(&leader, part, order)
            .await
            .expect("published");
        jobs::once(&world.services).await.expect("runs");
        world.services.bust_reference().await;

        night(&world, "2026-03-04").await;
        let found = listed(&province, None).await;
        assert_eq!(rules(&found), [Q::V14, Q::V19]);
        let v14 = found.iter().find(|it| it.rule == Q::V14).expect("there");
        assert_eq!(v14.ticket, suzhou.id, "Suzhou's goes on");
        let v19 = found.iter().find(|it| it.rule == Q::V19).expect("there");
        assert_eq!(v19.severity, Severity::Note);
        let off = listed(&province, Some("off")).await;
        assert_eq!((off.len(), off[0].ticket), (1, urgent.id));
        let of_nanjing = desk::rules(&world.supervisor()).await.expect("told");
        assert!(
            of_nanjing
                .items
                .iter()
                .any(|row| row.rule == Q::V14 && !row.on)
        );
    })
    .await;
}
