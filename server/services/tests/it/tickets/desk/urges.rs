//! Leaders urge: a card or a call a working day to whoever works on the ticket, apart from the citizen's own urge; and what a danger may not.

use services::{public, tickets};
use shared::access::Role;
use shared::fault::Code;
use shared::notice::NoticeKind;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Press, Urge, Withdraw};
use shared::ticket::{PressKind, Urgency, Verb};

use super::super::notices::{delivered, kinds};
use crate::support::{CENTRE, CGJ, World, ZJJ, a_complaint, example, on_each_database, said};

fn press(press: PressKind) -> Press {
    Press {
        press,
        message: said("请加快办理。"),
    }
}

async fn leader(world: &World) -> services::Ctx {
    world.hires(Role::CentreLeader, CENTRE).await
}

#[tokio::test]
async fn leaders_urge_once_a_working_day_apart_from_the_citizen() {
    on_each_database(|world| async move {
        world.time("2026-03-06T10:00");
        let leader = leader(&world).await;
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let head = world.hires(Role::UnitReviewer, ZJJ).await;
        let other = world.hires(Role::UnitLiaison, CGJ).await;
        let mut filed = world.files(a_complaint()).await;
        let early = tickets::act(&leader, filed.id, press(PressKind::Yellow)).await;
        assert_eq!(early.expect_err("nobody has it").code, Code::FlowNotAllowed);
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let message = Urge { message: None };
        let urged = public::urge(&world.visitor(), filed.claim.clone(), message).await;
        urged.expect("the citizen's own");
        filed.took(tickets::act(&leader, filed.id, press(PressKind::Yellow)).await);
        let again = tickets::act(&world.supervisor(), filed.id, press(PressKind::Red)).await;
        assert_eq!(again.expect_err("the same day").code, Code::UrgedToday);
        delivered(&world).await;
        assert!(kinds(&liaison).await.contains(&NoticeKind::Pressed));
        assert!(!kinds(&head).await.contains(&NoticeKind::Pressed));
        assert!(!kinds(&other).await.contains(&NoticeKind::Pressed));

        world.time("2026-03-09T10:00");
        filed.took(tickets::act(&world.supervisor(), filed.id, press(PressKind::Red)).await);
        delivered(&world).await;
        assert!(kinds(&head).await.contains(&NoticeKind::Pressed));
        let detail = tickets::get(&leader, filed.id).await.expect("seen");
        assert_eq!(detail.row.urge_count, 1, "the citizen's alone");
        let history = tickets::history(&leader, filed.id).await;
        let history = history.expect("the history");
        let mut lines = history.iter().rev();
        let last = lines.find(|line| line.verb == Verb::Press);
        let last = last.expect("a line");
        assert_eq!(last.facts.get("press").map(String::as_str), Some("red"));
    })
    .await;
}

#[tokio::test]
async fn a_report_of_danger_is_not_withdrawn() {
    on_each_database(|world| async move {
        let danger = Register {
            urgency: Some(Urgency::Critical),
            urgency_reason: Some(said("燃气泄漏")),
            ..a_complaint()
        };
        let filed = world.takes_call(danger).await;
        let withdraw = example::<Withdraw>(filed.version);
        let refused = tickets::act(&world.agent(), filed.id, withdraw).await;
        assert_eq!(refused.expect_err("a danger").code, Code::WithdrawDanger);
        let own = public::lookup(&world.visitor(), filed.claim.clone()).await;
        assert!(!own.expect("seen").may_withdraw);
        let detail = tickets::get(&world.agent(), filed.id).await.expect("seen");
        assert!(!detail.actions.contains(&Verb::Withdraw));
    })
    .await;
}
