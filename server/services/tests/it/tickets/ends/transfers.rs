//! Handed over to other bodies: the ticket ends with it or goes on, the citizen is told, receipts come later.

use services::{consistency, public, tickets};
use shared::command::{Ticked, Version};
use shared::fault::Code;
use shared::ticket::verbs::{EnterReceipt, Transfer};
use shared::ticket::view::TicketDetail;
use shared::ticket::{AssignmentStatus, TicketState, Verb};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

fn transfer(version: i32, body: &str, goes_on: bool) -> Transfer {
    Transfer {
        version: Version(version),
        body: said(body),
        explanation: said("来电反映楼下有人持械斗殴，已三方通话转接指挥中心。"),
        public_words: said("您反映的情况已转接有关机构，请保持电话畅通。"),
        receipt: None,
        goes_on: Ticked(goes_on),
    }
}

fn receipt(version: i32, nth: &str) -> EnterReceipt {
    EnterReceipt {
        version: Version(version),
        transfer: said(nth),
        receipt: said("J2026030112345"),
        note: None,
    }
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
async fn what_is_an_emergency_ends_with_the_transfer_and_gets_its_receipt_later() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        let agent = world.agent();
        let offered = tickets::get(&agent, filed.id).await.expect("seen").bodies;
        assert!(offered.iter().any(|body| body.code == "110"));
        let unknown = transfer(filed.version, "999", false);
        let unknown = tickets::act(&agent, filed.id, unknown).await;
        let unknown = unknown.expect_err("no such body");
        assert_eq!(unknown.fields[0].field, "body");
        let handed = transfer(filed.version, "110", false);
        filed.took(tickets::act(&agent, filed.id, handed).await);
        fits(&world).await;
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::External);
        assert!(detail.row.closed_at.is_some());
        assert_eq!(detail.transfers[0].body_zh, "110 公安报警");
        assert_eq!(detail.transfers[0].receipt, None);
        let public = public::lookup(&world.visitor(), filed.claim.clone()).await;
        let public = public.expect("it is found");
        assert_eq!(public.steps.last().expect("a step").stage, "transferred");
        assert!(public.reply.expect("words").contains("保持电话畅通"));

        let wrong = receipt(filed.version, "2");
        let wrong = tickets::act(&agent, filed.id, wrong).await;
        assert_eq!(wrong.expect_err("one").code, Code::TransferReceipt);
        let entered = receipt(filed.version, "1");
        filed.took(tickets::act(&agent, filed.id, entered).await);
        let detail = seen(&world, &filed).await;
        let kept = detail.transfers[0].receipt.as_deref();
        assert_eq!(kept, Some("J2026030112345"));
        assert!(!detail.actions.contains(&Verb::EnterReceipt));
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn the_hotline_goes_on_beside_the_other_body() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let dispatcher = world.dispatcher();
        let handed = transfer(filed.version, "12329", true);
        filed.took(tickets::act(&dispatcher, filed.id, handed).await);
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::Dispatched);
        assert_eq!(detail.assignments[0].status, AssignmentStatus::ToSign);
        assert!(detail.transfers[0].goes_on);
        fits(&world).await;
        let handed = transfer(filed.version, "120", false);
        filed.took(tickets::act(&dispatcher, filed.id, handed).await);
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::External);
        assert_eq!(detail.assignments[0].status, AssignmentStatus::Recalled);
        assert_eq!(detail.transfers.len(), 2);
        fits(&world).await;
    })
    .await;
}
