//! What a unit asks of the centre with its own leader's word first: passed on, stopped, and passed over where there is no other leader.

use services::{Ctx, consistency, tickets};
use shared::access::Role;
use shared::application::{ApplicationStatus, ExtensionReason};
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::notice::NoticeKind;
use shared::ticket::Verb;
use shared::ticket::verbs::{Endorse, Extend, RuleExtension, SendBack, Sign};
use shared::ticket::view::{Acted, AssignmentView};

use super::notices::{delivered, kinds};
use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, example, on_each_database, said};

async fn signed(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
    filed
}

async fn asks(ctx: &Ctx, filed: &mut Filed) {
    let (id, version) = filed.at_unit(ZJJ);
    let extend = Extend {
        version: Version(version),
        reason: ExtensionReason::Works,
        days: 3,
        explanation: said("防水层已铲除，须晾干后重做，已电话告知诉求人。"),
        cause: None,
    };
    filed.took(tickets::act(ctx, id, extend).await);
}

async fn says(ctx: &Ctx, filed: &Filed, endorse: bool) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let word = Endorse {
        version: Version(version),
        endorse,
        opinion: Some(said("情况属实。")),
    };
    tickets::act(ctx, id, word).await
}

async fn rules(world: &World, filed: &Filed) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let rule = example::<RuleExtension>(version);
    tickets::act(&world.dispatcher(), id, rule).await
}

async fn part(ctx: &Ctx, filed: &Filed) -> AssignmentView {
    let detail = tickets::get(ctx, filed.id).await;
    let mut parts = detail.expect("seen").assignments;
    parts.pop().expect("an assignment")
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
async fn the_units_leader_passes_it_on_before_the_centre_rules() {
    on_each_database(|world| async move {
        world.asks_unit_first(true).await;
        let leader = world.hires(Role::UnitReviewer, ZJJ).await;
        let mut filed = signed(&world).await;
        asks(&world.handler(ZJJ), &mut filed).await;
        assert!(to_do(&world.dispatcher()).await.is_empty());
        assert!(to_do(&leader).await.contains(&vec![Verb::Endorse]));
        let waits = part(&leader, &filed).await;
        assert!(waits.actions.contains(&Verb::Endorse));
        let word = waits.applications[0].endorsed.as_ref().expect("a step");
        assert!(word.waits);
        let early = rules(&world, &filed).await.expect_err("not yet");
        assert_eq!(early.code, Code::AssignmentNotAllowed);
        fits(&world).await;
        delivered(&world).await;
        assert!(kinds(&leader).await.contains(&NoticeKind::Asked));

        filed.took(says(&leader, &filed, true).await);
        let passed = part(&world.dispatcher(), &filed).await;
        let word = passed.applications[0].endorsed.as_ref().expect("a step");
        assert_eq!((word.waits, word.supported), (false, Some(true)));
        assert_eq!(passed.applications[0].status, ApplicationStatus::Open);
        assert_eq!(to_do(&world.dispatcher()).await, [[Verb::RuleExtension]]);
        assert!(!to_do(&leader).await.contains(&vec![Verb::Endorse]));
        fits(&world).await;
        filed.took(rules(&world, &filed).await);
        let given = part(&world.dispatcher(), &filed).await;
        assert_eq!(given.applications[0].status, ApplicationStatus::Granted);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_leader_stops_was_never_asked_of_the_centre() {
    on_each_database(|world| async move {
        world.asks_unit_first(true).await;
        let leader = world.hires(Role::UnitReviewer, ZJJ).await;
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        let mut filed = signed(&world).await;
        let back = |version| SendBack {
            suggested_unit: None,
            ..example::<SendBack>(version)
        };
        let (id, version) = filed.at_unit(ZJJ);
        let asked = tickets::act(&world.liaison(ZJJ), id, back(version)).await;
        filed.took(asked);
        filed.took(says(&leader, &filed, false).await);
        let stopped = part(&world.dispatcher(), &filed).await;
        assert_eq!(stopped.applications[0].status, ApplicationStatus::Refused);
        let word = stopped.applications[0].endorsed.as_ref().expect("a step");
        assert_eq!(word.supported, Some(false));
        delivered(&world).await;
        assert!(kinds(&dispatcher).await.is_empty());
        fits(&world).await;

        let (id, version) = filed.at_unit(ZJJ);
        let again = tickets::act(&world.liaison(ZJJ), id, back(version)).await;
        filed.took(again);
        filed.took(says(&leader, &filed, true).await);
        assert_eq!(to_do(&world.dispatcher()).await, [[Verb::Rule]]);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn without_another_leader_the_step_is_passed_and_said_so() {
    on_each_database(|world| async move {
        world.asks_unit_first(true).await;
        let mut filed = signed(&world).await;
        asks(&world.handler(ZJJ), &mut filed).await;
        let asked = part(&world.dispatcher(), &filed).await;
        let word = asked.applications[0].endorsed.as_ref().expect("a step");
        assert_eq!((word.waits, word.supported), (false, None));
        assert!(word.at.is_some(), "passed");
        filed.took(rules(&world, &filed).await);
        fits(&world).await;

        let leader = world.hires(Role::UnitReviewer, ZJJ).await;
        let mut own = signed(&world).await;
        asks(&leader, &mut own).await;
        assert_eq!(to_do(&world.dispatcher()).await, [[Verb::RuleExtension]]);
        fits(&world).await;

        world.asks_unit_first(false).await;
        let mut plain = signed(&world).await;
        asks(&world.handler(ZJJ), &mut plain).await;
        let asked = part(&world.dispatcher(), &plain).await;
        assert_eq!(asked.applications[0].endorsed, None);
    })
    .await;
}
