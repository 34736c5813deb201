//! Dispatches that a second person looks at: by the office's switches or because the dispatcher asks; granted as proposed, or refused with words.

use services::{Ctx, consistency, tickets};
use shared::access::Role;
use shared::command::{Ticked, Version};
use shared::fault::{Code, Fault};
use shared::ticket::proposal::ReviewCause;
use shared::ticket::verbs::{Dispatch, ReviewDispatch, Withdraw};
use shared::ticket::view::{Acted, TicketDetail};
use shared::ticket::{TicketState, Urgency, Verb};

use crate::support::{
    CENTRE, CGJ, Filed, World, ZJJ, a_complaint, example, on_each_database, said,
};

async fn switch(world: &World, key: &str, value: &str) {
    world
        .tampers(&format!(
            "insert into settings (key, value) values ('{key}', '{value}')"
        ))
        .await;
    world.services.bust_reference().await;
}

async fn dispatch(world: &World, filed: &Filed, assisting: &[&str], asks: bool) -> Dispatch {
    Dispatch {
        version: Version(filed.version),
        lead: said(ZJJ),
        assisting: assisting.iter().map(said).collect(),
        category: Some(said(&world.a_leaf().await)),
        review: Ticked(asks),
        ..example::<Dispatch>(filed.version)
    }
}

async fn reviews(ctx: &Ctx, filed: &Filed, grant: bool) -> Result<Acted, Fault> {
    let review = ReviewDispatch {
        version: Version(filed.version),
        grant,
        opinion: Some(said("主办单位应为住建局，请核对权责清单。")),
    };
    tickets::act(ctx, filed.id, review).await
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("the dispatcher sees it")
}

async fn to_do(ctx: &Ctx) -> Vec<Vec<Verb>> {
    let page = tickets::tasks(ctx, tickets::TaskQuery::default()).await;
    let rows = page.expect("to-dos").items.into_iter();
    rows.map(|row| row.verbs).collect()
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn what_the_office_wants_reviewed_is_dispatched_by_the_review() {
    on_each_database(|world| async move {
        switch(&world, "office.switch.review_several", "yes").await;
        let reviewer = world.person(Role::Supervisor, CENTRE);
        let mut filed = world.files(a_complaint()).await;
        let proposes = dispatch(&world, &filed, &[CGJ], false).await;
        filed.took(tickets::act(&world.dispatcher(), filed.id, proposes).await);
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::ToDispatch, "only proposed");
        assert!(detail.assignments.is_empty());
        assert!(
            !detail.actions.contains(&Verb::Dispatch),
            "{:?}",
            detail.actions
        );
        let proposal = detail.proposal.expect("a proposal");
        assert_eq!(proposal.causes, [ReviewCause::Several]);
        assert_eq!((proposal.lead.code.as_str(), proposal.refused), (ZJJ, None));
        assert_eq!(to_do(&reviewer).await, [[Verb::ReviewDispatch]]);
        assert!(to_do(&world.dispatcher()).await.is_empty());
        fits(&world).await;

        filed.took(reviews(&reviewer, &filed, true).await);
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::Dispatched);
        assert_eq!(detail.assignments.len(), 2);
        assert_eq!(detail.proposal, None);
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let history = history.expect("the history");
        let last: Vec<Verb> = history.iter().rev().take(2).map(|it| it.verb).collect();
        assert_eq!(last, [Verb::Dispatch, Verb::ReviewDispatch]);
        let name = &world.dispatcher().actor.name;
        let facts = &history.last().expect("a line").facts;
        assert_eq!(facts.get("proposed_by"), Some(name), "whose dispatch it is");
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_refusal_gives_it_back_with_the_words_and_nobody_reviews_an_own_proposal() {
    on_each_database(|world| async move {
        let leader = world.person(Role::CentreLeader, CENTRE);
        let mut filed = world.files(a_complaint()).await;
        let proposes = dispatch(&world, &filed, &[], true).await;
        filed.took(tickets::act(&leader, filed.id, proposes).await);
        let own = reviews(&leader, &filed, true).await.map(|_| ());
        let own = own.expect_err("an own proposal");
        assert_eq!(own.code, Code::DispatchSamePerson);

        let reviewer = world.person(Role::Supervisor, CENTRE);
        filed.took(reviews(&reviewer, &filed, false).await);
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::ToDispatch);
        assert!(detail.actions.contains(&Verb::Dispatch));
        let proposal = detail.proposal.expect("kept");
        assert_eq!(proposal.causes, [ReviewCause::Asked]);
        let refused = proposal.refused.expect("refused");
        assert_eq!(refused.opinion, "主办单位应为住建局，请核对权责清单。");
        let twice = reviews(&reviewer, &filed, false).await;
        assert_eq!(twice.expect_err("over").code, Code::FlowNotAllowed);
        fits(&world).await;

        world.dispatches(&mut filed, ZJJ, &[]).await;
        assert_eq!(seen(&world, &filed).await.proposal, None, "gone with it");
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_emergency_is_never_kept_waiting_and_a_withdrawal_ends_a_proposal() {
    on_each_database(|world| async move {
        switch(&world, "dispatch.sensitive", "0").await;
        let mut filed = world.files(a_complaint()).await;
        let urgent = Dispatch {
            urgency: Some(Urgency::Critical),
            urgency_reason: Some(said("燃气泄漏")),
            ..dispatch(&world, &filed, &[], false).await
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, urgent).await);
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::Dispatched);
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let history = history.expect("the history");
        let facts = &history.last().expect("a line").facts;
        let skipped = facts.get("review_skipped").map(String::as_str);
        assert_eq!(skipped, Some("category"), "with a trace");

        let mut other = world.takes_call(a_complaint()).await;
        let proposes = dispatch(&world, &other, &[], false).await;
        other.took(tickets::act(&world.dispatcher(), other.id, proposes).await);
        let withdraw = Withdraw {
            version: Version(other.version),
            ..example::<Withdraw>(other.version)
        };
        other.took(tickets::act(&world.dispatcher(), other.id, withdraw).await);
        let detail = seen(&world, &other).await;
        assert_eq!(detail.proposal, None);
        fits(&world).await;
    })
    .await;
}
