//! Send-backs as a small court: what one relies on, who is heard how often, the meeting, the final designation, and what is learned from it.

use services::{consistency, tickets};
use shared::access::Role;
use shared::application::{ApplicationStatus, DisputeStage};
use shared::command::Version;
use shared::fault::Code;
use shared::notice::NoticeKind;
use shared::ticket::verbs::{Confer, Redo, Rule, SendBack};
use shared::ticket::view::{ApplicationView, AssignmentView, UnitChoice};
use shared::ticket::{ReturnReason, Satisfaction, Solved, Verb};
use store::duties::Duty;

use super::notices::{delivered, kinds};
use crate::support::{
    CENTRE, CGJ, Filed, STREET, World, ZJJ, a_complaint, at, example, on_each_database, said,
};

fn back(version: i32) -> SendBack {
    SendBack {
        version: Version(version),
        reason: ReturnReason::WrongDuty,
        explanation: said("屋面维修由物业主管部门负责，不属于本单位职责。"),
        duty: None,
        basis: Some(said("市政府“三定”规定")),
        suggested_unit: None,
        cause: None,
    }
}

fn rule(version: i32, to: Option<&str>) -> Rule {
    Rule {
        version: Version(version),
        uphold: to.is_none(),
        to: to.map(said),
        opinion: said("依职责清单裁定"),
        final_ruling: None,
    }
}

fn confer(version: i32, to: &str) -> Confer {
    Confer {
        uphold: false,
        to: Some(said(to)),
        ..example::<Confer>(version)
    }
}

async fn sends_back(world: &World, filed: &mut Filed, unit: &str) {
    let (id, version) = filed.at_unit(unit);
    filed.took(tickets::act(&world.liaison(unit), id, back(version)).await);
}

/// The code of a try to send it back.
async fn refused(world: &World, filed: &Filed, unit: &str) -> Code {
    let (id, version) = filed.at_unit(unit);
    let tried = tickets::act(&world.liaison(unit), id, back(version)).await;
    tried.expect_err("it is refused").code
}

/// A unit's part as the dispatcher sees it.
async fn part(world: &World, filed: &Filed, unit: &str) -> AssignmentView {
    let (id, _) = filed.at_unit(unit);
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    let mut parts = detail.expect("the ticket").assignments.into_iter();
    parts.find(|part| part.id == id).expect("the part")
}

/// The newest send-back of a unit's part that is over.
async fn ruled(world: &World, filed: &Filed, unit: &str) -> ApplicationView {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    let parts = detail.expect("the ticket").assignments.into_iter();
    let mut of_unit = parts.filter(|part| part.unit.code == unit);
    let part = of_unit.next().expect("the part");
    part.applications
        .into_iter()
        .next()
        .expect("an application")
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services)
        .await
        .expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

/// The matter belongs to city management by the list.
async fn by_the_list(world: &World) {
    let category = world.a_leaf().await;
    let duty = Duty {
        category: category[..4].to_owned(),
        region: "320100".to_owned(),
        unit: CGJ.to_owned(),
    };
    let put = world.services.store().write(move |tx| {
        let duty = duty.clone();
        Box::pin(async move { store::duties::put(tx, &[duty]).await })
    });
    put.await.expect("put");
}

async fn choices(world: &World, filed: &Filed) -> Vec<UnitChoice> {
    let sheet = tickets::dispatch_sheet(&world.dispatcher(), filed.id).await;
    sheet.expect("a sheet").units
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn the_second_dispute_is_a_meetings_and_the_third_ends_it() {
    on_each_database(|world| async move {
        by_the_list(&world).await;
        let first = world.hires(Role::UnitLiaison, ZJJ).await;
        let second = world.hires(Role::UnitLiaison, CGJ).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        relies(&world, &mut filed).await;

        world.clock.advance_minutes(5);
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.dispatcher(), id, rule(version, Some(CGJ))).await);
        delivered(&world).await;
        assert_eq!(
            kinds(&first).await,
            [NoticeKind::Ruled, NoticeKind::Assigned]
        );
        assert_eq!(kinds(&second).await, [NoticeKind::Assigned]);
        let decided = ruled(&world, &filed, ZJJ).await;
        assert_eq!(decided.ruled_unit.expect("a unit").code, CGJ);
        let relieved = tickets::get(&world.liaison(ZJJ), filed.id).await;
        let own = &relieved.expect("its own part").assignments[0];
        assert_eq!(own.applications[0].ruled_unit, None, "not who has it now");

        sends_back(&world, &mut filed, CGJ).await;
        let waits = part(&world, &filed, CGJ).await;
        assert_eq!(waits.actions, [Verb::Confer]);
        let to_do = tickets::tasks(&world.dispatcher(), tickets::TaskQuery::default()).await;
        let rows = to_do.expect("to-dos").items;
        assert!(rows.iter().any(|row| row.verbs == [Verb::Confer]));
        let dispute = waits.dispute.expect("it is disputed");
        assert_eq!(
            (dispute.stage, dispute.waits),
            (DisputeStage::Meeting, true)
        );
        let (id, version) = filed.at_unit(CGJ);
        let alone = tickets::act(&world.dispatcher(), id, rule(version, None)).await;
        assert_eq!(alone.expect_err("a meeting").code, Code::ReturnMeeting);
        let tomorrow = Confer {
            held_on: at("2026-03-03T00:00:00+08:00").date(),
            ..confer(version, STREET)
        };
        let tried = tickets::act(&world.dispatcher(), id, tomorrow).await;
        let fault = tried.expect_err("it was not held yet");
        assert_eq!(fault.fields[0].code, Code::InputFutureDate);
        let leader = world.person(Role::CentreLeader, CENTRE);
        filed.took(tickets::act(&leader, id, confer(version, STREET)).await);
        let met = ruled(&world, &filed, CGJ).await;
        assert_eq!(met.status, ApplicationStatus::Granted);
        let meeting = met.meeting.expect("it was recorded");
        assert_eq!(meeting.held_on, "2026-03-02");
        assert_eq!(meeting.parties.len(), 3);
        assert!(!meeting.minutes.is_empty());
        fits(&world).await;

        sends_back(&world, &mut filed, STREET).await;
        let (id, version) = filed.at_unit(STREET);
        let again = tickets::act(&world.dispatcher(), id, confer(version, ZJJ)).await;
        let fault = again.expect_err("a meeting was held");
        assert_eq!(fault.code, Code::AssignmentNotAllowed);
        filed.took(tickets::act(&world.dispatcher(), id, rule(version, Some(ZJJ))).await);
        let last = ruled(&world, &filed, STREET).await;
        assert_eq!(last.stage, Some(DisputeStage::Designation));
        assert!(last.is_final, "the third is final by itself");
        assert!(part(&world, &filed, ZJJ).await.final_ruling);
        assert_eq!(refused(&world, &filed, ZJJ).await, Code::ReturnFinal);
        fits(&world).await;
        in_the_next_cycle(&world, &mut filed).await;
        learned(&world).await;
    })
    .await;
}

/// The first send-back relies on a row of the list, and on no other.
async fn relies(world: &World, filed: &mut Filed) {
    let (id, version) = filed.at_unit(ZJJ);
    let wrong = [
        (Some(STREET), None, "duty", Code::InputUnit),
        (Some(ZJJ), None, "duty", Code::ReturnOwnUnit),
        (None, Some(ZJJ), "suggested_unit", Code::ReturnOwnUnit),
        (None, Some(CENTRE), "suggested_unit", Code::InputUnit),
    ];
    for (duty, suggested, field, code) in wrong {
        let tried = SendBack {
            duty: duty.map(said),
            suggested_unit: suggested.map(said),
            ..back(version)
        };
        let tried = tickets::act(&world.liaison(ZJJ), id, tried).await;
        let fault = tried.expect_err(field);
        assert_eq!(
            (&*fault.fields[0].field, fault.fields[0].code),
            (field, code)
        );
    }
    let by_list = SendBack {
        duty: Some(said(CGJ)),
        basis: None,
        ..back(version)
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, by_list).await);
    let asked = part(world, filed, ZJJ).await.applications.remove(0);
    assert_eq!(asked.suggested_unit.expect("that of the row").code, CGJ);
    let duty = asked.duty.expect("the row");
    assert_eq!((&*duty.unit.code, &*duty.place.code), (CGJ, "320100"));
    assert_eq!(duty.category.map(|it| it.code.len()), Some(4));
}

/// A final ruling holds in the next cycle as well.
async fn in_the_next_cycle(world: &World, filed: &mut Filed) {
    world.unit_answers(filed, ZJJ).await;
    world.centre_passes(filed).await;
    let (satisfaction, solved) = (Satisfaction::Dissatisfied, Solved::No);
    world
        .citizen_answers_call(filed, satisfaction, solved)
        .await;
    let redo = Redo {
        version: Version(filed.version),
        reason: said("屋面仍在漏水，请重新维修"),
        cause: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, redo).await);
    assert_eq!(refused(world, filed, ZJJ).await, Code::ReturnFinal);
}

/// Whoever dispatches such a matter the next time is told what became of it.
async fn learned(world: &World) {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, STREET, &[]).await;
    let all = choices(world, &filed).await;
    let of = |code: &str| {
        let mut units = all.iter();
        let unit = units.find(|one| one.unit.code == code).expect(code);
        (unit.returned, unit.ruled)
    };
    assert_eq!((of(ZJJ), of(CGJ), of(STREET)), ((1, 1), (1, 1), (1, 1)));
    world.clock.advance_minutes(366 * 24 * 60);
    let old = choices(world, &filed).await;
    assert!(old.iter().all(|one| (one.returned, one.ruled) == (0, 0)));
}

#[tokio::test]
async fn each_unit_is_heard_once_in_a_round_and_never_after_its_answer() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        let offered = part(&world, &filed, ZJJ).await.dispute.expect("it may");
        assert_eq!(
            (offered.stage, offered.refused),
            (DisputeStage::Ruling, None)
        );
        sends_back(&world, &mut filed, ZJJ).await;
        assert_eq!(refused(&world, &filed, ZJJ).await, Code::ReturnPending);
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.dispatcher(), id, rule(version, None)).await);
        assert_eq!(refused(&world, &filed, ZJJ).await, Code::ReturnHeard);
        let stands = part(&world, &filed, ZJJ).await;
        let dispute = stands.dispute.expect("it is told why");
        assert_eq!(dispute.refused, Some(Code::ReturnHeard));
        assert_eq!(dispute.stage, DisputeStage::Meeting);
        let kept = ruled(&world, &filed, ZJJ).await;
        assert_eq!(kept.ruled_unit.expect("it keeps it").code, ZJJ);

        // The assisting unit's part is another matter, and its own say.
        sends_back(&world, &mut filed, CGJ).await;
        let other = part(&world, &filed, CGJ).await;
        assert_eq!(other.actions, [Verb::Rule], "its first dispute");
        let (id, version) = filed.at_unit(CGJ);
        filed.took(tickets::act(&world.dispatcher(), id, rule(version, None)).await);
        world.unit_answers(&mut filed, CGJ).await;
        let answered = part(&world, &filed, CGJ).await;
        assert!(answered.dispute.is_none(), "nothing is disputed any more");
        fits(&world).await;
    })
    .await;
}
