//! Sending back, ruling, recalling: the slot stays, the unit changes.

use crate::support::said;
use services::tickets;
use shared::command::{Ticked, Typed, Version};
use shared::fault::Code;
use shared::ids::AssignmentId;
use shared::ticket::verbs::{Recall, Rule, SendBack};
use shared::ticket::view::AssignmentView;
use shared::ticket::{AssignmentStatus, ReturnReason, TicketState, Verb};

use crate::support::{
    CGJ, Filed, SUZHOU_ZJJ, World, ZJJ, a_complaint, a_reply, at, on_each_database,
};

fn back(version: i32) -> SendBack {
    let explanation = "该小区公共部位维修属于城市管理部门职责，依据三定方案应由其承办。".to_owned();
    SendBack {
        version: Version(version),
        reason: ReturnReason::WrongDuty,
        explanation: said(&explanation),
        duty: None,
        basis: Some(said("市政府部门“三定”规定")),
        suggested_unit: Some(said(CGJ)),
        cause: None,
    }
}

fn redispatch(version: i32, to: &str, final_ruling: bool) -> Rule {
    Rule {
        version: Version(version),
        uphold: false,
        to: Some(said(to)),
        opinion: said("理由成立，改派城管"),
        final_ruling: Some(final_ruling),
    }
}

async fn dispatched(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    filed
}

async fn assignment(world: &World, filed: &Filed, id: AssignmentId) -> AssignmentView {
    let detail = tickets::get(&world.dispatcher(), filed.id)
        .await
        .expect("the dispatcher sees it");
    detail
        .assignments
        .into_iter()
        .find(|a| a.id == id)
        .expect("the assignment is there")
}

#[tokio::test]
async fn a_return_is_upheld_and_the_unit_handles() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.liaison(ZJJ), id, back(version)).await);
        let waiting = assignment(&world, &filed, id).await;
        assert_eq!(waiting.actions, [Verb::Rule]);
        assert_eq!(
            waiting.applications[0]
                .suggested_unit
                .as_ref()
                .expect("a unit")
                .name,
            "南京市城市管理局"
        );
        let again = tickets::act(&world.liaison(ZJJ), id, back(waiting.version)).await;
        assert_eq!(again.expect_err("one is pending").code, Code::ReturnPending);

        let rule = Rule {
            version: Version(waiting.version),
            uphold: true,
            to: None,
            opinion: said("职责清楚，请继续办理"),
            final_ruling: Some(true),
        };
        filed.took(tickets::act(&world.dispatcher(), id, rule).await);
        let (_, version) = filed.at_unit(ZJJ);
        let refused = tickets::act(&world.liaison(ZJJ), id, back(version)).await;
        assert_eq!(
            refused.expect_err("the ruling is final").code,
            Code::ReturnFinal
        );
        world.unit_answers(&mut filed, ZJJ).await;
        assert_eq!(filed.acted.expect("acted").state, TicketState::ToReview);
    })
    .await;
}

#[tokio::test]
async fn a_return_is_granted_and_another_unit_gets_the_slot_with_a_fresh_clock() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.liaison(ZJJ), id, back(version)).await);
        world.time("2026-03-04T10:00");
        let (_, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.dispatcher(), id, redispatch(version, CGJ, true)).await);
        let old = assignment(&world, &filed, id).await;
        assert_eq!(
            (old.status, old.return_count),
            (AssignmentStatus::Returned, 1)
        );
        let (new_id, new_version) = filed.at_unit(CGJ);
        let new = assignment(&world, &filed, new_id).await;
        assert_eq!(
            (new.status, new.final_ruling),
            (AssignmentStatus::ToSign, true)
        );
        assert_eq!(
            new.deadline.due_at,
            Some(at("2026-03-11T17:30:00+08:00")),
            "five working days from Wednesday"
        );
        let ticket = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("the ticket")
            .row;
        assert_eq!(
            ticket.deadline.due_at,
            Some(at("2026-03-09T17:30:00+08:00")),
            "the ticket's clock goes on"
        );
        assert_eq!(ticket.lead_unit.expect("a lead").code, CGJ);
        let refused = tickets::act(&world.liaison(CGJ), new_id, back(new_version)).await;
        assert_eq!(
            refused.expect_err("the ruling is final").code,
            Code::ReturnFinal
        );
        world.unit_answers(&mut filed, CGJ).await;
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::ToReview
        );

        // The unit that was relieved keeps sight of its own part only.
        let detail = tickets::get(&world.liaison(ZJJ), filed.id)
            .await
            .expect("it keeps its own part");
        assert_eq!(
            detail.assignments.iter().map(|a| a.id).collect::<Vec<_>>(),
            [id]
        );
        assert!(detail.citizen.is_none() && detail.answer.is_none() && detail.actions.is_empty());
        let history = tickets::history(&world.liaison(ZJJ), filed.id)
            .await
            .expect("its own history");
        assert!(
            history.iter().all(|event| event.verb != Verb::Reply),
            "another unit's reply is not its own part"
        );
    })
    .await;
}

#[tokio::test]
async fn no_answer_while_a_return_waits_and_no_return_after_an_answer() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(
            tickets::act(
                &world.liaison(ZJJ),
                id,
                shared::ticket::verbs::Sign {
                    version: Version(version),
                },
            )
            .await,
        );
        let (_, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.liaison(ZJJ), id, back(version)).await);
        let (_, version) = filed.at_unit(ZJJ);
        let refused = tickets::act(&world.handler(ZJJ), id, a_reply(version)).await;
        assert_eq!(
            refused.expect_err("a return waits").code,
            Code::ReturnPending
        );
        let uphold = Rule {
            version: Version(version),
            uphold: true,
            to: None,
            opinion: said("继续办理"),
            final_ruling: Some(false),
        };
        filed.took(tickets::act(&world.dispatcher(), id, uphold).await);
        world.unit_replies(&mut filed, ZJJ).await;
        let (_, version) = filed.at_unit(ZJJ);
        let refused = tickets::act(&world.liaison(ZJJ), id, back(version)).await;
        assert_eq!(
            refused.expect_err("it has answered").code,
            Code::FlowNotAllowed
        );
    })
    .await;
}

#[tokio::test]
async fn a_recall_hands_the_work_on_and_settles_a_waiting_return() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.liaison(ZJJ), id, back(version)).await);
        let command = Recall {
            version: Version(filed.version),
            assignment: None,
            to: Some(said(CGJ)),
            reason: said("派单有误，改派"),
            cause: None,
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, command).await);
        assert_eq!(
            assignment(&world, &filed, id).await.status,
            AssignmentStatus::Recalled
        );
        let (new, _) = filed.at_unit(CGJ);
        let advice = assignment(&world, &filed, new)
            .await
            .advice
            .expect("the work is handed on");
        assert!(
            advice.contains("派单有误") && advice.contains("请核实"),
            "{advice}"
        );
        world.unit_answers(&mut filed, CGJ).await;
        assert_eq!(
            filed.acted.expect("acted").state,
            TicketState::ToReview,
            "no ruling is left open"
        );
    })
    .await;
}

#[tokio::test]
async fn an_assisting_unit_is_released_without_a_successor() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        let (assisting, _) = filed.at_unit(CGJ);
        let command = Recall {
            version: Version(filed.version),
            assignment: Some(assisting),
            to: None,
            reason: said("无需协办"),
            cause: None,
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, command).await);
        world.unit_answers(&mut filed, ZJJ).await;
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::ToReview
        );
    })
    .await;
}

#[tokio::test]
async fn units_outside_the_area_and_centres_get_nothing() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        for (lead, assisting) in [
            (SUZHOU_ZJJ, None),
            ("320100-12345", None),
            ("nowhere", None),
            (ZJJ, Some(SUZHOU_ZJJ)),
        ] {
            let command = shared::ticket::verbs::Dispatch {
                version: Version(filed.version),
                lead: said(lead),
                assisting: assisting.into_iter().map(said).collect(),
                category: Some(said(world.a_leaf().await)),
                advice: None,
                urgency: None,
                urgency_reason: None,
                tags: Vec::new(),
                own: Typed::default(),
                assist_due: None,
                retag: Ticked(false),
                review: Ticked(false),
            };
            let fault = tickets::act(&world.dispatcher(), filed.id, command)
                .await
                .expect_err(lead);
            assert_eq!(fault.fields[0].code, Code::InputUnit, "{lead}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_unit_sends_back_within_a_working_day_of_the_dispatch_unless_the_office_says_otherwise() {
    on_each_database(|world| async move {
        world.time("2026-03-06T16:00");
        let mut filed = dispatched(&world).await;
        let late = dispatched(&world).await;
        world.time("2026-03-09T17:00");
        let (id, version) = filed.at_unit(ZJJ);
        filed.took(tickets::act(&world.liaison(ZJJ), id, back(version)).await);
        world.time("2026-03-10T09:00");
        let (id, version) = late.at_unit(ZJJ);
        let refused = tickets::act(&world.liaison(ZJJ), id, back(version)).await;
        assert_eq!(refused.expect_err("too late").code, Code::ReturnLate);
        let stands = assignment(&world, &late, id).await;
        let dispute = stands.dispute.expect("it is told why");
        assert_eq!(dispute.refused, Some(Code::ReturnLate));
        assert!(!stands.actions.contains(&Verb::SendBack));

        let always =
            "insert into settings (key, value) values ('office.assignment.return_days', '0')";
        world.tampers(always).await;
        world.services.bust_reference().await;
        let back = tickets::act(&world.liaison(ZJJ), id, back(version)).await;
        assert!(back.is_ok(), "{back:?}");
    })
    .await;
}
