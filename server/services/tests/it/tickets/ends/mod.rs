//! Ends before the end, and beginnings after it: terminated by the centre at the word of the unit, and opened again for a new fact.

mod archive;
mod archived_data;
mod bin;
mod by_the_clock;
mod citizen_data;
mod difficult;
mod links;
mod rulings;
mod transfers;

use services::{Ctx, consistency, public, tickets};
use shared::access::Role;
use shared::application::ApplicationStatus;
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::verbs::{Close, Redo, Reopen, RuleReopening, RuleTermination, Sign, Terminate};
use shared::ticket::view::PublicTicket;
use shared::ticket::{AssignmentStatus, DeclineReason, Satisfaction, Solved, TicketState, Verb};

use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, on_each_database, said};

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

async fn followed(world: &World, filed: &Filed) -> PublicTicket {
    let ticket = public::lookup(&world.visitor(), filed.claim.clone()).await;
    ticket.expect("the code is right")
}

async fn terminates(world: &World, filed: &mut Filed, grant: bool) {
    let (id, version) = filed.at_unit(ZJJ);
    let terminate = Terminate {
        version: Version(version),
        reason: DeclineReason::Litigation,
        public_words: said("该事项法院已立案受理，请通过诉讼途径解决。"),
        explanation: said("办理中查明诉求人已就同一事项起诉，案号附后。"),
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, terminate).await);
    let (id, version) = filed.at_unit(ZJJ);
    let rule = RuleTermination {
        version: Version(version),
        grant,
        opinion: (!grant).then(|| said("案由不同，请继续办理")),
    };
    filed.took(tickets::act(&world.reviewer(), id, rule).await);
}

#[tokio::test]
async fn what_is_terminated_is_over_and_says_why() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (id, version) = filed.at_unit(ZJJ);
        let sign = Sign {
            version: Version(version),
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
        terminates(&world, &mut filed, false).await;
        let going = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        assert_eq!(going.row.state, TicketState::Handling);
        terminates(&world, &mut filed, true).await;
        fits(&world).await;
        let over = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        assert_eq!(over.row.state, TicketState::Terminated);
        assert_eq!(over.decline_reason, Some(DeclineReason::Litigation));
        assert!(over.row.closed_at.is_some());
        assert_eq!(over.assignments[0].status, AssignmentStatus::Recalled);
        let public = followed(&world, &filed).await;
        assert_eq!(public.steps.last().expect("a step").stage, "terminated");
        assert!(public.reply.expect("why").contains("诉讼途径"));
        assert!(!public.may_reopen && !public.may_urge && !public.may_rate);
    })
    .await;
}

pub(crate) async fn closed(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, Satisfaction::Dissatisfied, Solved::Yes)
        .await;
    let close = Close {
        version: Version(filed.version),
        exempt: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, close).await);
    filed
}

fn a_fact() -> Reopen {
    Reopen {
        fact: said("昨夜下雨后原处又开始漏水，附近新出现一道裂缝。"),
    }
}

/// The ticket's and its lead's versions as they are now.
async fn rules(world: &World, ctx: &Ctx, filed: &mut Filed, grant: bool) {
    let detail = tickets::get(ctx, filed.id).await.expect("seen");
    let part = detail.assignments.last().expect("a part");
    assert_eq!(part.actions, [Verb::RuleReopening]);
    let rule = RuleReopening {
        version: Version(part.version),
        grant,
        opinion: said("裂缝是新情况，请重新勘察并维修"),
    };
    filed.took(tickets::act(&world.dispatcher(), part.id, rule).await);
}

#[tokio::test]
async fn a_new_fact_opens_the_next_cycle() {
    on_each_database(|world| async move {
        let mut filed = closed(&world).await;
        world.time("2026-03-10T10:00");
        assert!(followed(&world, &filed).await.may_reopen);
        let asked = public::reopen(&world.visitor(), filed.claim.clone(), a_fact()).await;
        let asked = asked.expect("it is taken");
        assert!(!asked.may_reopen && asked.state == TicketState::Closed);
        let waits = asked.reopening.expect("it waits");
        assert_eq!(waits.status, ApplicationStatus::Open);
        let twice = public::reopen(&world.visitor(), filed.claim.clone(), a_fact()).await;
        assert_eq!(twice.expect_err("once").code, Code::AskedAlready);
        fits(&world).await;
        let page = tickets::tasks(&world.dispatcher(), tickets::TaskQuery::default()).await;
        let rows = page.expect("to-dos").items.into_iter();
        let verbs: Vec<Vec<Verb>> = rows.map(|row| row.verbs).collect();
        assert_eq!(verbs, [[Verb::RuleReopening]]);
        rules(&world, &world.dispatcher(), &mut filed, true).await;
        fits(&world).await;
        let again = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        assert_eq!(
            (again.row.state, again.row.cycle_no),
            (TicketState::Dispatched, 1)
        );
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        let public = followed(&world, &filed).await;
        let granted = public.reopening.map(|it| it.status);
        assert_eq!(granted, Some(ApplicationStatus::Granted));
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_matter_is_said_to_be_the_same_and_what_is_long_over_stays_so() {
    on_each_database(|world| async move {
        let mut filed = closed(&world).await;
        let lead = world.person(Role::ShiftLead, CENTRE);
        filed.took(tickets::act(&lead, filed.id, a_fact()).await);
        rules(&world, &world.dispatcher(), &mut filed, false).await;
        let public = followed(&world, &filed).await;
        assert_eq!(public.state, TicketState::Closed);
        let told = public.reopening.expect("an answer");
        assert_eq!(told.status, ApplicationStatus::Refused);
        assert!(told.words.expect("why").contains("裂缝"));
        fits(&world).await;
        world.time("2026-04-10T10:00");
        assert!(!followed(&world, &filed).await.may_reopen);
        let late = public::reopen(&world.visitor(), filed.claim.clone(), a_fact()).await;
        assert_eq!(late.expect_err("too late").code, Code::ReopenLate);
    })
    .await;
}

#[tokio::test]
async fn a_redo_leaves_nothing_to_decide() {
    on_each_database(|world| async move {
        let mut filed = closed(&world).await;
        let asked = public::reopen(&world.visitor(), filed.claim.clone(), a_fact()).await;
        asked.expect("it is taken");
        let detail = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        let redo = Redo {
            version: Version(detail.row.version),
            reason: said("屋面仍在漏水，请重新维修"),
            cause: None,
        };
        filed.took(tickets::act(&world.caller(), filed.id, redo).await);
        let public = followed(&world, &filed).await;
        assert_eq!(
            public.reopening.map(|it| it.status),
            Some(ApplicationStatus::Lapsed)
        );
        fits(&world).await;
    })
    .await;
}
