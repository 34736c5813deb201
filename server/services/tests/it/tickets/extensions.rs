//! More time: asking, ruling, the caps, and what moves with a deadline.

use crate::support::said;
use services::{consistency, host, tickets};
use shared::application::{ApplicationSort, ApplicationStatus, ExtensionCaps, ExtensionReason};
use shared::calendar::{Instant, StepKind};
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::verbs::{Extend, RuleExtension, SendBack, Sign};
use shared::ticket::view::{AssignmentView, TicketDetail};
use shared::ticket::{Light, ReturnReason, Solved, Verb};
use store::record::ClockKind;

use crate::support::{Filed, World, ZJJ, a_complaint, at, on_each_database};

fn extend(version: i32, days: u8) -> Extend {
    Extend {
        version: Version(version),
        reason: ExtensionReason::Works,
        days,
        explanation: said("防水层已铲除，须晾干后重做，已电话告知诉求人。"),
        cause: None,
    }
}

fn rule(version: i32, days: Option<u8>) -> RuleExtension {
    RuleExtension {
        version: Version(version),
        grant: true,
        days,
        opinion: None,
    }
}

/// Filed on Monday morning, due at the end of the next Monday, and signed for.
async fn signed(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
    filed
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    tickets::get(&world.dispatcher(), filed.id)
        .await
        .expect("the dispatcher sees it")
}

async fn part(world: &World, filed: &Filed) -> AssignmentView {
    let mut detail = seen(world, filed).await;
    detail.assignments.pop().expect("an assignment")
}

async fn asks(world: &World, filed: &mut Filed, days: u8) {
    let (id, version) = filed.at_unit(ZJJ);
    filed.took(tickets::act(&world.handler(ZJJ), id, extend(version, days)).await);
}

async fn rules(world: &World, filed: &mut Filed, days: Option<u8>) {
    let (id, version) = filed.at_unit(ZJJ);
    filed.took(tickets::act(&world.dispatcher(), id, rule(version, days)).await);
}

/// The code of a try to ask.
async fn refused(world: &World, filed: &Filed, days: u8) -> Code {
    let (id, version) = filed.at_unit(ZJJ);
    let tried = tickets::act(&world.handler(ZJJ), id, extend(version, days)).await;
    tried.expect_err("it is refused").code
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services)
        .await
        .expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

async fn waiting(world: &World) -> Vec<Vec<Verb>> {
    let page = tickets::tasks(&world.dispatcher(), tickets::TaskQuery::default())
        .await
        .expect("to-dos");
    page.items.into_iter().map(|row| row.verbs).collect()
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_unit_asks_is_refused_asks_again_and_gets_fewer_days() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        let first = part(&world, &filed).await.deadline.due_at;
        let before = seen(&world, &filed).await.row.deadline.due_at;
        asks(&world, &mut filed, 3).await;
        fits(&world).await;
        assert_eq!(waiting(&world).await, [[Verb::RuleExtension]]);
        assert_eq!(refused(&world, &filed, 1).await, Code::ExtensionPending);
        let asked = part(&world, &filed).await;
        let offered = [Verb::RuleExtension, Verb::AskAssistance];
        assert_eq!(asked.actions, offered);
        assert_eq!(asked.deadline.due_at, first, "the clock goes on");

        let (id, version) = filed.at_unit(ZJJ);
        let no = RuleExtension {
            version: Version(version),
            grant: false,
            days: None,
            opinion: Some(said("理由不充分，请按期办理")),
        };
        filed.took(tickets::act(&world.dispatcher(), id, no).await);
        assert_eq!(part(&world, &filed).await.deadline.due_at, first);
        assert!(waiting(&world).await.is_empty());
        fits(&world).await;

        asks(&world, &mut filed, 4).await;
        rules(&world, &mut filed, Some(2)).await;
        fits(&world).await;
        let given = part(&world, &filed).await;
        let stands: Vec<_> = given
            .applications
            .iter()
            .map(|it| (it.sort, it.status, it.days, it.granted_days))
            .collect();
        let extend = ApplicationSort::Extend;
        assert_eq!(
            stands,
            [
                (extend, ApplicationStatus::Granted, Some(4), Some(2)),
                (extend, ApplicationStatus::Refused, Some(3), None),
            ]
        );
        assert_eq!(given.deadline.extended_days, 2);
        let due = given.deadline.due_at.expect("a deadline");
        let calendar = shared::calendar::WorkCalendar::shipped();
        let first = first.expect("a deadline");
        assert_eq!(calendar.working_days_between(first.date(), due.date()), 2);
        let sheet = tickets::sheet(&world.dispatcher(), filed.id)
            .await
            .expect("the page");
        assert!(before < Some(due));
        assert_eq!(
            sheet.detail.row.deadline.due_at,
            Some(due),
            "the ticket follows"
        );
        let told = sheet
            .explained
            .iter()
            .find(|it| it.kind == StepKind::Extended);
        assert_eq!(
            told.map(|it| (it.date, it.counted)),
            Some((first.date(), 2))
        );
        assert_eq!(sheet.explained.last().map(|it| it.date), Some(due.date()));
        let line = sheet
            .history
            .iter()
            .rfind(|it| it.verb == Verb::RuleExtension);
        assert_eq!(line.expect("a line").facts["days"], "2");
        ledger(&world, &filed, due).await;
        rings_at_the_new_deadline(&world, &filed, (first, due)).await;
    })
    .await;
}

/// Both clocks tell that they were extended, and until when.
async fn ledger(world: &World, filed: &Filed, due: Instant) {
    let db = world.services.store().reader();
    let entries = store::host::clock_entries(&db, filed.id.into())
        .await
        .expect("the ledger");
    let extended: Vec<_> = entries
        .iter()
        .filter(|entry| entry.kind == ClockKind::Extend)
        .map(|entry| (entry.assignment_id.is_some(), entry.due_at))
        .collect();
    assert_eq!(extended, [(true, Some(due)), (false, Some(due))]);
}

async fn rings_at_the_new_deadline(world: &World, filed: &Filed, (first, due): (Instant, Instant)) {
    world.clock.set(Instant(first.0 + 1_000));
    assert_eq!(host::drain(&world.services).await.expect("jobs"), 0);
    assert_ne!(part(world, filed).await.deadline.light, Light::Red);
    world.clock.set(Instant(due.0 + 1_000));
    assert_eq!(host::drain(&world.services).await.expect("jobs"), 1);
    assert_eq!(part(world, filed).await.deadline.light, Light::Red);
    assert_eq!(refused(world, filed, 1).await, Code::ExtensionLate);
    fits(world).await;
}

#[tokio::test]
async fn the_caps_are_a_row_of_the_settings() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        assert_eq!(refused(&world, &filed, 11).await, Code::InputInvalid);
        asks(&world, &mut filed, 6).await;
        rules(&world, &mut filed, None).await;
        assert_eq!(refused(&world, &filed, 5).await, Code::InputInvalid);
        asks(&world, &mut filed, 1).await;
        let (id, version) = filed.at_unit(ZJJ);
        let more = tickets::act(&world.dispatcher(), id, rule(version, Some(2))).await;
        assert_eq!(
            more.expect_err("more than was asked for").fields[0].field,
            "days"
        );
        rules(&world, &mut filed, None).await;
        assert_eq!(refused(&world, &filed, 1).await, Code::ExtensionExhausted);

        let wider = r#"{"most":3,"days":2,"sum":9}"#;
        let stored = world
            .services
            .store()
            .write::<_, store::StoreError, _>(|tx| {
                Box::pin(store::settings::set(tx, ExtensionCaps::SETTING, wider))
            });
        stored.await.expect("set");
        world.services.bust_reference().await;
        assert_eq!(refused(&world, &filed, 3).await, Code::InputInvalid);
        asks(&world, &mut filed, 2).await;
        rules(&world, &mut filed, None).await;
        assert_eq!(part(&world, &filed).await.deadline.extended_days, 9);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_nobody_has_to_decide_any_more_lapses() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        asks(&world, &mut filed, 2).await;
        world.unit_replies(&mut filed, ZJJ).await;
        let lapsed = part(&world, &filed).await.applications.remove(0);
        assert_eq!(lapsed.status, ApplicationStatus::Lapsed);
        assert!(waiting(&world).await.is_empty());
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_redo_begins_without_what_was_given_before() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        asks(&world, &mut filed, 10).await;
        rules(&world, &mut filed, None).await;
        world.unit_replies(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        world
            .citizen_answers_call(
                &mut filed,
                shared::ticket::Satisfaction::Dissatisfied,
                Solved::No,
            )
            .await;
        let redo = shared::ticket::verbs::Redo {
            version: Version(filed.version),
            reason: said("屋面仍在漏水，请重新维修"),
            cause: None,
        };
        filed.took(tickets::act(&world.caller(), filed.id, redo).await);
        let sign = |version| Sign {
            version: Version(version),
        };
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.liaison(ZJJ), id, sign(version)).await);
        assert_eq!(part(&world, &filed).await.deadline.extended_days, 0);
        asks(&world, &mut filed, 2).await;
        rules(&world, &mut filed, None).await;
        assert_eq!(part(&world, &filed).await.deadline.extended_days, 2);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn who_asks_to_be_relieved_asks_for_no_more_time() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        asks(&world, &mut filed, 2).await;
        let (id, version) = filed.at_unit(ZJJ);
        let back = SendBack {
            version: Version(version),
            reason: ReturnReason::WrongDuty,
            explanation: said("屋面维修由物业主管部门负责，不属于本单位职责。"),
            duty: None,
            basis: Some(said("市政府部门“三定”规定")),
            suggested_unit: None,
            cause: None,
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, back).await);
        let both = part(&world, &filed).await;
        assert_eq!(both.actions, [Verb::Rule, Verb::RuleExtension]);
        assert_eq!(refused(&world, &filed, 1).await, Code::ReturnPending);
        rules(&world, &mut filed, None).await;
        assert_eq!(
            part(&world, &filed).await.actions,
            [Verb::Rule],
            "the other one still waits"
        );
        world.time("2026-03-05T10:00");
        assert!(part(&world, &filed).await.deadline.due_at > Some(at("2026-03-09T17:30:00+08:00")));
        fits(&world).await;
    })
    .await;
}
