//! Hard cases: asked for by the unit, voted on by a board, recorded by the centre's leader; the limit ends on the board's day.

use services::{consistency, tickets};
use shared::access::Role;
use shared::application::{ApplicationStatus, DifficultReason};
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ticket::TicketState;
use shared::ticket::verbs::{AskDifficult, RuleDifficult, Sign};
use shared::ticket::view::{Acted, TicketDetail};

use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, at, example, on_each_database, said};

async fn asked(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
    let (id, version) = filed.at_unit(ZJJ);
    let ask = AskDifficult {
        version: Version(version),
        reason: DifficultReason::SeveralUnits,
        until: said("2026-04-20"),
        explanation: said("涉及规划、消防、住建三部门，已两次协调，仍需现场鉴定后会审。"),
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, ask).await);
    filed
}

async fn rules(world: &World, filed: &Filed, rule: RuleDifficult) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let rule = RuleDifficult {
        version: Version(version),
        ..rule
    };
    let leader = world.person(Role::CentreLeader, CENTRE);
    tickets::act(&leader, id, rule).await
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("the dispatcher sees it")
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn a_board_that_agrees_gives_a_day_beyond_the_caps() {
    on_each_database(|world| async move {
        let mut filed = asked(&world).await;
        fits(&world).await;
        let ruled = rules(&world, &filed, example::<RuleDifficult>(1)).await;
        filed.took(ruled);
        fits(&world).await;
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::Handling);
        assert!(detail.row.difficult);
        let part = &detail.assignments[0];
        let due = part.deadline.due_at.expect("a deadline");
        assert_eq!(due.date(), at("2026-04-20T12:00:00+08:00").date());
        assert_eq!(detail.row.deadline.due_at, Some(due));
        let application = &part.applications[0];
        assert_eq!(application.status, ApplicationStatus::Granted);
        let board = application.meeting.clone().expect("a board");
        assert_eq!((board.agree.len(), board.against.len()), (2, 1));
        assert_eq!(board.parties.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_board_that_does_not_agree_changes_nothing() {
    on_each_database(|world| async move {
        let mut filed = asked(&world).await;
        let before = seen(&world, &filed).await.row.deadline.due_at;
        let future = RuleDifficult {
            held_on: said("2026-03-09"),
            ..example::<RuleDifficult>(1)
        };
        let future = rules(&world, &filed, future).await;
        let future = future.expect_err("not held yet");
        assert_eq!(future.fields[0].code, Code::InputFutureDate);
        let refuses = RuleDifficult {
            agree: vec![said("王主任")],
            against: vec![said("李科长"), said("张科长")],
            grant: false,
            until: None,
            ..example::<RuleDifficult>(1)
        };
        filed.took(rules(&world, &filed, refuses).await);
        let detail = seen(&world, &filed).await;
        assert!(!detail.row.difficult);
        assert_eq!(detail.row.deadline.due_at, before);
        let status = detail.assignments[0].applications[0].status;
        assert_eq!(status, ApplicationStatus::Refused);
        fits(&world).await;
    })
    .await;
}
