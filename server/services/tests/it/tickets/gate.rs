//! The gate: answering directly, declining, and the three flags anonymous, confidential and no reply wanted.

use crate::support::said;
use services::tickets;
use shared::command::{Block, Ticked, Version};
use shared::fault::Code;
use shared::ticket::command::{CitizenBlock, Register, Reveal};
use shared::ticket::verbs::{Answer, ConfirmDecline, Decline, Withdraw};
use shared::ticket::{DeclineReason, RequestKind, TicketState, Verb};

use crate::support::{ZJJ, a_complaint, at, on_each_database};

#[tokio::test]
async fn an_inquiry_is_answered_at_the_desk() {
    on_each_database(|world| async move {
        let inquiry = Register {
            kind: RequestKind::Inquiry,
            ..a_complaint()
        };
        let mut filed = world.takes_call(inquiry).await;
        let detail = tickets::get(&world.agent(), filed.id)
            .await
            .expect("the agent sees the own ticket");
        assert_eq!(
            detail.row.deadline.due_at,
            Some(at("2026-03-03T17:30:00+08:00")),
            "one working day"
        );
        assert_eq!(
            detail.actions,
            [
                Verb::Answer,
                Verb::Decline,
                Verb::Transfer,
                Verb::Urge,
                Verb::Withdraw,
                Verb::ThreeWay
            ]
        );
        let answer = Answer {
            version: Version(filed.version),
            answer: said("维修资金可由业委会申请使用，流程如下。"),
        };
        filed.took(tickets::act(&world.agent(), filed.id, answer).await);
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::Closed
        );
        let steps = services::public::lookup(&world.visitor(), filed.claim.clone())
            .await
            .expect("seen")
            .steps;
        assert_eq!(
            steps
                .iter()
                .map(|step| step.stage.as_str())
                .collect::<Vec<_>>(),
            ["registered", "replied", "closed"]
        );
    })
    .await;
}

#[tokio::test]
async fn declining_is_proposed_by_the_agent_and_ruled_on_by_the_dispatcher() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        let decline = |version| Decline {
            version: Version(version),
            reason: DeclineReason::Litigation,
            explanation: said("该事项已由法院受理，请依诉讼程序解决。"),
            cause: None,
        };
        filed.took(tickets::act(&world.agent(), filed.id, decline(filed.version)).await);
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::ToDispatch,
            "nothing is decided yet"
        );
        let twice = tickets::act(&world.agent(), filed.id, decline(filed.version)).await;
        assert_eq!(twice.expect_err("one waits").code, Code::FlowNotAllowed);
        let refuse = ConfirmDecline {
            version: Version(filed.version),
            confirm: false,
            opinion: Some(said("法院未受理")),
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, refuse).await);
        let detail = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        assert_eq!(
            (
                detail.decline_reason,
                detail.actions.contains(&Verb::Dispatch)
            ),
            (None, true)
        );

        filed.took(tickets::act(&world.agent(), filed.id, decline(filed.version)).await);
        let confirm = ConfirmDecline {
            version: Version(filed.version),
            confirm: true,
            opinion: None,
        };
        let by_agent = tickets::act(&world.agent(), filed.id, confirm.clone()).await;
        assert_eq!(by_agent.expect_err("four eyes").code, Code::AccessDenied);
        filed.took(tickets::act(&world.dispatcher(), filed.id, confirm).await);
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::NotAccepted
        );
        let seen = services::public::lookup(&world.visitor(), filed.claim.clone())
            .await
            .expect("seen");
        assert_eq!(
            seen.reply.as_deref(),
            Some("该事项已由法院受理，请依诉讼程序解决。")
        );
    })
    .await;
}

#[tokio::test]
async fn anonymous_tickets_hold_nobody_and_close_at_the_review() {
    on_each_database(|world| async move {
        let citizen = Block(CitizenBlock {
            name: Some(said("应当丢弃")),
            phone: Some(said("13900000000")),
            ..CitizenBlock::default()
        });
        let mut filed = world
            .files(Register {
                anonymous: Ticked(true),
                citizen,
                ..a_complaint()
            })
            .await;
        let detail = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        assert!(detail.citizen.is_none());
        let reason = Reveal {
            reason: said("上门核实需要门牌号"),
        };
        let shown = tickets::reveal(&world.dispatcher(), filed.id, reason)
            .await
            .expect("the exact place is all that is hidden");
        assert_eq!(
            (shown.name, shown.phone, shown.address.as_deref()),
            (None, None, Some("宁海路12号3幢201室"))
        );
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        assert_eq!(filed.acted.expect("acted").state, TicketState::Closed);
    })
    .await;
}

#[tokio::test]
async fn no_reply_wanted_closes_at_the_review() {
    on_each_database(|world| async move {
        let mut filed = world
            .files(Register {
                reply_required: Some(false),
                ..a_complaint()
            })
            .await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::Closed
        );
        let history = tickets::history(&world.supervisor(), filed.id)
            .await
            .expect("a history");
        assert_eq!(
            history.last().expect("an event").facts["exempt"],
            "no_reply"
        );
    })
    .await;
}

#[tokio::test]
async fn a_caller_withdraws_before_the_answer_only() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let withdraw = |version| Withdraw {
            version: Version(version),
            reason: Some(said("邻里已经和解")),
        };
        filed.took(tickets::act(&world.agent(), filed.id, withdraw(filed.version)).await);
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::Withdrawn
        );
        assert_eq!(
            tickets::task_count(&world.liaison(ZJJ)).await,
            Ok(0),
            "the unit's task is gone"
        );

        let mut late = world.takes_call(a_complaint()).await;
        world.dispatches(&mut late, ZJJ, &[]).await;
        world.unit_answers(&mut late, ZJJ).await;
        let refused = tickets::act(&world.agent(), late.id, withdraw(late.version)).await;
        assert_eq!(
            refused.expect_err("a unit has answered").code,
            Code::FlowNotAllowed
        );
    })
    .await;
}

#[tokio::test]
async fn a_wrong_registration_names_every_field() {
    on_each_database(|world| async move {
        let wrong = Register {
            region: said("999999"),
            occurred_at: Some(at("2027-01-01T00:00:00+08:00")),
            category: Some(said("999999")),
            ..a_complaint()
        };
        let fault = tickets::register(&world.visitor(), wrong)
            .await
            .expect_err("nothing fits");
        let fields: Vec<(&str, Code)> = fault
            .fields
            .iter()
            .map(|at| (at.field.as_str(), at.code))
            .collect();
        assert_eq!(
            fields,
            [
                ("region", Code::InputPlace),
                ("occurred_at", Code::InputFutureDate),
                ("category", Code::InputCategory)
            ]
        );
        for region in ["999999", "320000", "110101"] {
            let elsewhere = Register {
                region: said(region),
                ..a_complaint()
            };
            let fault = tickets::register(&world.visitor(), elsewhere)
                .await
                .expect_err(region);
            assert_eq!(
                (fault.fields[0].field.as_str(), fault.fields[0].code),
                ("region", Code::InputPlace)
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_missing_decree_makes_the_deadline_provisional() {
    on_each_database(|world| async move {
        world.time("2040-03-05T09:00");
        let registered = tickets::register(&world.visitor(), a_complaint())
            .await
            .expect("still accepted");
        assert!(registered.provisional && registered.due_at.is_some());
    })
    .await;
}
