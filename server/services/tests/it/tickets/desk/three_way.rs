//! Three-way calls: who was on the line, solved at once or left for the dispatch, and counted.

use services::{consistency, tickets};
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ticket::verbs::ThreeWay;
use shared::ticket::view::Acted;
use shared::ticket::{TicketState, Verb};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

async fn calls(world: &World, filed: &Filed, unit: &str, solved: bool) -> Result<Acted, Fault> {
    let call = ThreeWay {
        version: Version(filed.version),
        line_unit: said(unit),
        line_with: said("物业科 李工"),
        solved,
        answer: said("三方通话中已说明维修资金的申请流程和所需材料。"),
    };
    tickets::act(&world.agent(), filed.id, call).await
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn what_is_solved_on_the_line_closes_and_what_is_not_waits() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        let nobody = calls(&world, &filed, "320100-NOBODY", true).await;
        let nobody = nobody.expect_err("no unit");
        assert_eq!(nobody.fields[0].code, Code::InputUnit);
        filed.took(calls(&world, &filed, ZJJ, false).await);
        let acted = filed.acted.as_ref().expect("acted");
        assert_eq!(acted.state, TicketState::ToDispatch);
        fits(&world).await;

        filed.took(calls(&world, &filed, ZJJ, true).await);
        let acted = filed.acted.as_ref().expect("acted");
        assert_eq!(acted.state, TicketState::Closed);
        let history = tickets::history(&world.supervisor(), filed.id).await;
        let history = history.expect("the history");
        let last: Vec<Verb> = history.iter().rev().take(2).map(|it| it.verb).collect();
        assert_eq!(last, [Verb::Answer, Verb::ThreeWay]);
        let facts = &history[history.len() - 2].facts;
        assert_eq!(facts.get("line_unit").map(String::as_str), Some(ZJJ));
        let detail = tickets::get(&world.supervisor(), filed.id).await;
        let answer = detail.expect("seen").answer;
        assert!(answer.is_some_and(|it| it.contains("维修资金")));
        fits(&world).await;
    })
    .await;
}
