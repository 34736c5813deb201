//! How a ticket counts: asked for, a first opinion, decided by a third person, marked, found in lists, revoked, and looked at by the rules of quality.

use services::{Ctx, consistency, tickets};
use shared::access::Role;
use shared::application::{ApplicationStatus, RulingOn, RulingReason};
use shared::command::{Ticked, Version};
use shared::fault::{Code, Fault};
use shared::measure::Predicate;
use shared::query::{TicketFilter, TicketQuery};
use shared::ticket::verbs::{AdviseRuling, AskRuling, DecideRuling};
use shared::ticket::view::{Acted, TicketDetail};
use shared::ticket::{Satisfaction, Solved, TicketState};

use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, on_each_database, said};

fn ask(version: i32, ruling: RulingOn, reason: RulingReason, revoke: bool) -> AskRuling {
    AskRuling {
        version: Version(version),
        ruling,
        revoke: Ticked(revoke),
        reason,
        explanation: said("该路段列入明年改造计划，现阶段不具备施工条件，计划文件附后。"),
        legal_basis: Some(said("《城市道路年度改造计划》")),
    }
}

async fn answered(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    filed
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("the dispatcher sees it")
}

async fn advises(ctx: &Ctx, filed: &Filed, support: bool) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let advise = AdviseRuling {
        version: Version(version),
        support,
        opinion: said("计划文件属实，建议同意"),
    };
    tickets::act(ctx, id, advise).await
}

async fn decides(ctx: &Ctx, filed: &Filed, grant: bool) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let decide = DecideRuling {
        version: Version(version),
        grant,
        opinion: said("情况属实，同意"),
    };
    tickets::act(ctx, id, decide).await
}

async fn ruled(world: &World, filed: &mut Filed, asked: AskRuling, grant: bool) {
    let (id, _) = filed.at_unit(ZJJ);
    filed.took(tickets::act(&world.unit_reviewer(ZJJ), id, asked).await);
    filed.took(advises(&world.reviewer(), filed, grant).await);
    let leader = world.person(Role::CentreLeader, CENTRE);
    filed.took(decides(&leader, filed, grant).await);
}

async fn found(world: &World, ruling: RulingOn) -> usize {
    let query = TicketQuery {
        filter: TicketFilter {
            ruling: Some(ruling),
            ..TicketFilter::default()
        },
        ..TicketQuery::default()
    };
    let page = tickets::list(&world.dispatcher(), query).await;
    page.expect("a page").items.len()
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn three_people_take_a_ticket_out_of_the_count_and_bring_it_back() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        let (_, version) = filed.at_unit(ZJJ);
        let on = RulingOn::NotCounted;
        ruled(
            &world,
            &mut filed,
            ask(version, on, RulingReason::Objective, false),
            true,
        )
        .await;
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::ToReview);
        assert!(detail.row.not_counted && !detail.row.unreasonable);
        let application = &detail.assignments[0].applications[0];
        assert_eq!(application.status, ApplicationStatus::Granted);
        let ruling = application.ruling.clone().expect("a ruling");
        assert_eq!((ruling.supported, ruling.revokes), (Some(true), false));
        assert!(ruling.advised_by.is_some() && ruling.decided_by.is_some());
        assert_eq!(found(&world, on).await, 1);
        assert_eq!(found(&world, RulingOn::Unreasonable).await, 0);
        fits(&world).await;

        let (id, version) = filed.at_unit(ZJJ);
        let again = ask(version, on, RulingReason::Powers, false);
        let again = tickets::act(&world.unit_reviewer(ZJJ), id, again).await;
        assert_eq!(again.expect_err("it stands").code, Code::RulingStands);
        let revoke = ask(version, on, RulingReason::Mistaken, true);
        ruled(&world, &mut filed, revoke, true).await;
        assert!(!seen(&world, &filed).await.row.not_counted);
        assert_eq!(found(&world, on).await, 0);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_unreasonable_is_not_counted_and_what_is_refused_changes_nothing() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        let (_, version) = filed.at_unit(ZJJ);
        let on = RulingOn::Unreasonable;
        let asked = ask(version, on, RulingReason::Excessive, false);
        ruled(&world, &mut filed, asked, false).await;
        let row = seen(&world, &filed).await.row;
        assert!(!row.not_counted && !row.unreasonable);
        let (_, version) = filed.at_unit(ZJJ);
        let asked = ask(version, on, RulingReason::Untrue, false);
        ruled(&world, &mut filed, asked, true).await;
        let row = seen(&world, &filed).await.row;
        assert!(row.not_counted && row.unreasonable);
        assert_eq!(found(&world, on).await, 1);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_does_two_of_the_three_and_the_order_holds() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        let manager = world.person(Role::ProvincialManager, "320000-12345");
        let (id, version) = filed.at_unit(ZJJ);
        let nothing = ask(version, RulingOn::NotCounted, RulingReason::Mistaken, true);
        let nothing = tickets::act(&manager, id, nothing).await;
        assert_eq!(nothing.expect_err("none stands").code, Code::RulingStands);
        let asked = ask(version, RulingOn::NotCounted, RulingReason::Powers, false);
        filed.took(tickets::act(&manager, id, asked).await);
        let early = decides(&world.person(Role::CentreLeader, CENTRE), &filed, true).await;
        let early = early.expect_err("the opinion comes first").code;
        assert_eq!(early, Code::AssignmentNotAllowed);
        let own = advises(&manager, &filed, true).await;
        assert_eq!(own.expect_err("asked").code, Code::RulingSamePerson);
        let leader = world.person(Role::CentreLeader, CENTRE);
        filed.took(advises(&leader, &filed, true).await);
        for who in [&leader, &manager] {
            let twice = decides(who, &filed, true).await;
            assert_eq!(twice.expect_err("twice").code, Code::RulingSamePerson);
        }
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_counted_is_in_no_rate_and_in_every_number() {
    on_each_database(|world| async move {
        let mut filed = answered(&world).await;
        world.centre_passes(&mut filed).await;
        world
            .citizen_answers_call(&mut filed, Satisfaction::VeryDissatisfied, Solved::No)
            .await;
        let many = async |predicate: Predicate| {
            let filter = TicketFilter {
                measure: Some(predicate),
                ..TicketFilter::default()
            };
            let count = tickets::count(&world.dispatcher(), &filter).await;
            count.expect("counted").n
        };
        assert_eq!(many(Predicate::SatisfiedDenominator).await, 1);
        let (_, version) = filed.at_unit(ZJJ);
        let asked = ask(version, RulingOn::NotCounted, RulingReason::Misrated, false);
        ruled(&world, &mut filed, asked, true).await;
        assert_eq!(many(Predicate::SatisfiedDenominator).await, 0);
        assert_eq!(many(Predicate::Accepted).await, 1);
        let rated = seen(&world, &filed).await.row.satisfaction;
        assert_eq!(rated, Satisfaction::VeryDissatisfied, "it stays as it was");
    })
    .await;
}
