//! Sending back, ruling, recalling: the slot stays, the unit changes.

use services::tickets;
use shared::fault::Code;
use shared::ids::AssignmentId;
use shared::ticket::command::{Recall, Rule, SendBack};
use shared::ticket::view::AssignmentView;
use shared::ticket::{AssignmentStatus, ReturnReason, TicketState, Verb};

use crate::support::{
    CGJ, Filed, SUZHOU_ZJJ, World, ZJJ, a_complaint, a_reply, at, on_each_database,
};

fn back(version: i32) -> SendBack {
    let explanation = "该小区公共部位维修属于城市管理部门职责，依据三定方案应由其承办。".to_owned();
    SendBack {
        version,
        reason: ReturnReason::WrongDuty,
        explanation,
        suggested_unit: Some(CGJ.to_owned()),
    }
}

fn redispatch(version: i32, to: &str, final_ruling: bool) -> Rule {
    Rule {
        version,
        uphold: false,
        to: Some(to.to_owned()),
        opinion: "理由成立，改派城管".to_owned(),
        final_ruling,
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
        filed.took(tickets::send_back(&world.liaison(ZJJ), id, back(version)).await);
        let waiting = assignment(&world, &filed, id).await;
        assert_eq!(waiting.actions, [Verb::Rule]);
        assert_eq!(
            waiting
                .application
                .expect("an application")
                .suggested_unit
                .expect("a unit")
                .name,
            "南京市城市管理局"
        );
        let again = tickets::send_back(&world.liaison(ZJJ), id, back(waiting.version)).await;
        assert_eq!(again.expect_err("one is pending").code, Code::ReturnPending);

        let rule = Rule {
            version: waiting.version,
            uphold: true,
            to: None,
            opinion: "职责清楚，请继续办理".to_owned(),
            final_ruling: true,
        };
        filed.took(tickets::rule(&world.dispatcher(), id, rule).await);
        let (_, version) = filed.at_unit(ZJJ);
        let refused = tickets::send_back(&world.liaison(ZJJ), id, back(version)).await;
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
        filed.took(tickets::send_back(&world.liaison(ZJJ), id, back(version)).await);
        world.time("2026-03-04T10:00");
        let (_, version) = filed.at_unit(ZJJ);
        filed.took(tickets::rule(&world.dispatcher(), id, redispatch(version, CGJ, true)).await);
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
        let refused = tickets::send_back(&world.liaison(CGJ), new_id, back(new_version)).await;
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
            tickets::sign(
                &world.liaison(ZJJ),
                id,
                shared::ticket::command::Sign { version },
            )
            .await,
        );
        let (_, version) = filed.at_unit(ZJJ);
        filed.took(tickets::send_back(&world.liaison(ZJJ), id, back(version)).await);
        let (_, version) = filed.at_unit(ZJJ);
        let refused = tickets::reply(&world.handler(ZJJ), id, a_reply(version)).await;
        assert_eq!(
            refused.expect_err("a return waits").code,
            Code::ReturnPending
        );
        let uphold = Rule {
            version,
            uphold: true,
            to: None,
            opinion: "继续办理".to_owned(),
            final_ruling: false,
        };
        filed.took(tickets::rule(&world.dispatcher(), id, uphold).await);
        world.unit_replies(&mut filed, ZJJ).await;
        let (_, version) = filed.at_unit(ZJJ);
        let refused = tickets::send_back(&world.liaison(ZJJ), id, back(version)).await;
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
        filed.took(tickets::send_back(&world.liaison(ZJJ), id, back(version)).await);
        let command = Recall {
            version: filed.version,
            assignment: None,
            to: Some(CGJ.to_owned()),
            reason: "派单有误，改派".to_owned(),
        };
        filed.took(tickets::recall(&world.dispatcher(), filed.id, command).await);
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
            version: filed.version,
            assignment: Some(assisting),
            to: None,
            reason: "无需协办".to_owned(),
        };
        filed.took(tickets::recall(&world.dispatcher(), filed.id, command).await);
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
            let command = shared::ticket::command::Dispatch {
                version: filed.version,
                lead: lead.to_owned(),
                assisting: assisting.into_iter().map(str::to_owned).collect(),
                category: Some(world.a_leaf().await),
                advice: None,
                urgency: None,
            };
            let fault = tickets::dispatch(&world.dispatcher(), filed.id, command)
                .await
                .expect_err(lead);
            assert_eq!(fault.fields[0].code, Code::InputUnit, "{lead}");
        }
    })
    .await;
}
