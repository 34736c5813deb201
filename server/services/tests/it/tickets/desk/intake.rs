//! Tickets that go back to intake: with what is missing and a limit of its own to whoever took them down, corrected and submitted again.

use services::{Ctx, consistency, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::notice::NoticeKind;
use shared::query::TicketFilter;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Answer, Resubmit, ToIntake};
use shared::ticket::view::{Acted, TicketDetail};
use shared::ticket::{RequestKind, TicketState, Verb};

use super::super::notices::{delivered, kinds};
use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, at, example, on_each_database, said};

async fn gives_back(world: &World, filed: &mut Filed) {
    let back = example::<ToIntake>(filed.version);
    filed.took(tickets::act(&world.dispatcher(), filed.id, back).await);
}

async fn resubmits(ctx: &Ctx, filed: &Filed, change: Resubmit) -> Result<Acted, Fault> {
    tickets::act(ctx, filed.id, change).await
}

/// Nothing but what was done about it.
fn nothing(filed: &Filed) -> Resubmit {
    Resubmit {
        version: Version(filed.version),
        kind: None,
        title: None,
        content: None,
        region: None,
        address: None,
        category: None,
        note: said("已联系诉求人。"),
    }
}

async fn seen(ctx: &Ctx, filed: &Filed) -> TicketDetail {
    tickets::get(ctx, filed.id).await.expect("seen")
}

async fn to_do(ctx: &Ctx) -> Vec<Vec<Verb>> {
    let page = tickets::tasks(ctx, tickets::TaskQuery::default()).await;
    let rows = page.expect("to-dos").items.into_iter();
    rows.map(|row| row.verbs).collect()
}

async fn found(world: &World, words: &str) -> i64 {
    let filter = TicketFilter {
        q: Some(words.to_owned()),
        ..TicketFilter::default()
    };
    let count = tickets::count(&world.dispatcher(), &filter).await;
    count.expect("counted").n
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn what_is_incomplete_goes_back_and_is_dispatched_once_it_is_corrected() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        gives_back(&world, &mut filed).await;
        let detail = seen(&world.dispatcher(), &filed).await;
        assert_eq!(detail.row.state, TicketState::IntakeFix);
        assert!(!detail.actions.contains(&Verb::Dispatch));
        assert!(to_do(&world.dispatcher()).await.is_empty());
        let page = tickets::tasks(&world.agent(), tickets::TaskQuery::default()).await;
        let page = page.expect("to-dos");
        let task = page.items.first().expect("the agent's own");
        assert_eq!(task.verbs, [Verb::Resubmit, Verb::Answer, Verb::Decline]);
        assert!(task.due.due_at.is_some(), "with a clock");
        fits(&world).await;

        let right = Resubmit {
            kind: Some(RequestKind::Help),
            title: Some(said("屋顶漏水求助")),
            content: Some(said("青石小区五幢三单元屋顶漏水半年，请求查明原因并维修。")),
            region: Some(said("320102")),
            address: Some(said("北京东路41号5幢")),
            category: Some(said(&world.a_leaf().await)),
            ..nothing(&filed)
        };
        filed.took(resubmits(&world.agent(), &filed, right).await);
        let detail = seen(&world.dispatcher(), &filed).await;
        assert_eq!(detail.row.state, TicketState::ToDispatch);
        assert_eq!(detail.row.kind, RequestKind::Help);
        assert_eq!(detail.row.title, "屋顶漏水求助");
        assert_eq!(detail.row.region.code, "320102");
        assert!(detail.content.contains("青石小区"), "{}", detail.content);
        assert!(detail.row.category.is_some());
        assert_eq!(found(&world, "青石小区").await, 1);
        assert_eq!(
            found(&world, "金丝雀小区").await,
            0,
            "what it was is found no more"
        );
        let history = tickets::history(&world.supervisor(), filed.id).await;
        let history = history.expect("the history");
        let last = history.last().expect("a line");
        assert_eq!(last.verb, Verb::Resubmit);
        let before = last.facts.get("content_before").expect("what it was");
        assert!(before.contains("金丝雀小区"), "{before}");
        assert!(to_do(&world.agent()).await.is_empty());
        fits(&world).await;

        world.dispatches(&mut filed, ZJJ, &[]).await;
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_stays_is_kept_and_what_does_not_fit_is_refused() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        let early = resubmits(&world.agent(), &filed, nothing(&filed)).await;
        assert_eq!(early.expect_err("not back").code, Code::FlowNotAllowed);
        gives_back(&world, &mut filed).await;
        let elsewhere = Resubmit {
            region: Some(said("320505")),
            ..nothing(&filed)
        };
        let fault = resubmits(&world.agent(), &filed, elsewhere).await;
        let fault = fault.expect_err("another city");
        assert_eq!(fault.fields[0].code, Code::InputPlace);
        let no_leaf = Resubmit {
            category: Some(said("01")),
            ..nothing(&filed)
        };
        let fault = resubmits(&world.agent(), &filed, no_leaf).await;
        let fault = fault.expect_err("no leaf");
        assert_eq!(fault.fields[0].code, Code::InputCategory);
        let before = seen(&world.dispatcher(), &filed).await;
        filed.took(resubmits(&world.agent(), &filed, nothing(&filed)).await);
        let after = seen(&world.dispatcher(), &filed).await;
        assert_eq!(
            (
                after.row.title,
                after.content,
                after.address,
                after.row.region
            ),
            (
                before.row.title,
                before.content,
                before.address,
                before.row.region
            )
        );
        assert_eq!(after.row.deadline.due_at, before.row.deadline.due_at);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn who_took_it_down_is_told_and_the_shift_lead_of_what_came_by_itself() {
    on_each_database(|world| async move {
        let lead = world.hires(Role::ShiftLead, CENTRE).await;
        let agent = world.hires(Role::Agent, CENTRE).await;
        let call = tickets::register(&agent, a_complaint()).await;
        let call = call.expect("taken down");
        let back = example::<ToIntake>(call.version);
        let back = tickets::act(&world.dispatcher(), call.id, back).await;
        back.expect("given back");
        delivered(&world).await;
        assert_eq!(kinds(&agent).await, [NoticeKind::Incomplete]);
        assert!(kinds(&lead).await.is_empty());

        let mut filed = world.files(a_complaint()).await;
        gives_back(&world, &mut filed).await;
        delivered(&world).await;
        assert_eq!(kinds(&lead).await, [NoticeKind::Incomplete]);
        assert_eq!(to_do(&lead).await.len(), 2, "all that is back");
        assert_eq!(to_do(&agent).await.len(), 1, "the own alone");
        filed.took(resubmits(&lead, &filed, nothing(&filed)).await);
        assert_eq!(to_do(&lead).await.len(), 1);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_agent_may_answer_what_came_back_and_the_limit_is_two_working_hours() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let inquiry = Register {
            kind: RequestKind::Inquiry,
            occurred_at: None,
            ..a_complaint()
        };
        let mut filed = world.takes_call(inquiry).await;
        gives_back(&world, &mut filed).await;
        let page = tickets::tasks(&world.agent(), tickets::TaskQuery::default()).await;
        let page = page.expect("to-dos");
        let due = page.items.first().expect("a task").due.due_at;
        assert_eq!(due, Some(at("2026-03-02T12:00:00+08:00")));
        let answer = example::<Answer>(filed.version);
        filed.took(tickets::act(&world.agent(), filed.id, answer).await);
        let detail = seen(&world.agent(), &filed).await;
        assert_eq!(detail.row.state, TicketState::Closed);
        fits(&world).await;
    })
    .await;
}
