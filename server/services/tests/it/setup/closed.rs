//! The office that a file made closes a complaint: every post that the look asks for does its part.
//! Not here: the same in a browser (`end2end`).
//! Each acts as the account that was made, with the roles that it holds.

use services::setup::Office;
use services::{Ctx, directory, tickets};
use shared::access::{Actor, Place, Who};
use shared::command::Version;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Close, Dispatch, FollowUp, Review, Sign, UnitReview};
use shared::ticket::view::Acted;
use shared::ticket::{Satisfaction, Solved, TicketState, VisitChannel};

use super::run;
use crate::support::{World, a_complaint, a_reply, example, on_each_empty_database, said};

/// Somebody with an account, signed in and past the second factor.
pub async fn person(world: &World, username: &str) -> Ctx {
    let db = world.services.store().reader();
    let user = store::users::find_by_name(&db, username).await;
    let user = user.expect("reads").expect("an account");
    let units = store::units::all(&db).await.expect("units");
    let unit = units.into_iter().find(|unit| unit.code == user.unit);
    let unit = unit.expect("the unit");
    let place = Place {
        unit: unit.code.clone(),
        path: unit.path.clone(),
        region: unit.region.clone(),
        team: Vec::new(),
    };
    let held = user.posts.iter();
    let posts = held.filter_map(|post| post.at(place.clone())).collect();
    world.of(Actor {
        who: Who::Person(user.id),
        username: user.username,
        name: user.name,
        unit: Some(unit.code),
        unit_path: Some(unit.path),
        region: Some(unit.region),
        posts,
        stands_for: Vec::new(),
        citizen: None,
        fresh: true,
        held: None,
    })
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn the_county_office_closes_a_complaint() {
    on_each_empty_database(|world| async move {
        run(&world, Office::read(&super::example("office-county.toml")))
            .await
            .expect("carried out");
        let complaint = Register {
            region: said("320581001"),
            address: Some(said("虞山街道方塔东街1号")),
            ..a_complaint()
        };
        let registered = tickets::register(&world.visitor(), complaint)
            .await
            .expect("taken in");
        let elsewhere = Register {
            region: said("320106"),
            ..a_complaint()
        };
        assert!(
            tickets::register(&world.visitor(), elsewhere)
                .await
                .is_err(),
            "not its county"
        );
        let offered = async |parent: &str| {
            let found = directory::divisions_below(&world.visitor(), parent).await;
            let codes = found.expect("places").into_iter().map(|it| it.code);
            codes.collect::<Vec<_>>()
        };
        assert_eq!(offered("").await, ["320500"], "only its city");
        assert_eq!(offered("320500").await, ["320581"], "and of that itself");
        assert!(offered("320581").await.len() > 10, "with all its towns");
        let id = registered.id;
        let unit = "320581-ZJJ";
        let dispatch = Dispatch {
            version: Version(registered.version),
            lead: said(unit),
            assisting: Vec::new(),
            category: Some(said("010101")),
            advice: None,
            urgency: None,
            urgency_reason: None,
            tags: Vec::new(),
            own: shared::command::Typed::default(),
            assist_due: None,
            retag: shared::command::Ticked(false),
            review: shared::command::Ticked(false),
        };
        let acted = tickets::act(&person(&world, "cs.dispatcher").await, id, dispatch).await;
        let acted = acted.expect("dispatched");
        let assignment = acted.assignments.first().expect("an assignment").clone();
        let handler = person(&world, "cs.zjj.handler").await;
        let sign = Sign {
            version: Version(assignment.version),
        };
        let acted = tickets::act(&handler, assignment.id, sign)
            .await
            .expect("signed");
        let version = |acted: &Acted| acted.assignments.first().map_or(0, |it| it.version);
        let acted = tickets::act(&handler, assignment.id, a_reply(version(&acted))).await;
        let review = UnitReview {
            version: Version(version(&acted.expect("replied"))),
            pass: true,
            opinion: None,
        };
        let reviewer = person(&world, "cs.zjj.review").await;
        let acted = tickets::act(&reviewer, assignment.id, review).await;
        let review = Review {
            version: Version(acted.expect("passed").version),
            pass: true,
            opinion: None,
            cause: None,
            checked: Vec::new(),
        };
        let acted = tickets::act(&person(&world, "cs.review").await, id, review).await;
        let call = FollowUp {
            version: Version(acted.expect("reviewed").version),
            channel: Some(VisitChannel::Call),
            connected: true,
            outcome: None,
            appointed_at: None,
            staff_contacted: Some(true),
            report_true: Some(true),
            solved: Some(Solved::Yes),
            satisfaction: Some(Satisfaction::Satisfied),
            opinion: None,
        };
        let caller = person(&world, "cs.followup").await;
        let acted = tickets::act(&caller, id, call).await.expect("called");
        let close = Close {
            version: Version(acted.version),
            ..example(acted.version)
        };
        let acted = tickets::act(&caller, id, close).await.expect("closed");
        assert_eq!(acted.state, TicketState::Closed);
    })
    .await;
}
