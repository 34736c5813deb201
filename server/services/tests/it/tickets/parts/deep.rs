//! Three units below each other: how deep a part is given on, and that each limit ends before the one above.
//! Not here: two units (`tree`).
//! The third unit is a community's, which only this story has.

use services::{Ctx, tickets};
use shared::access::{Role, Who};
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::organisation::{Unit, UnitLevel};
use shared::ticket::verbs::{SetLimit, Sign, SubAssign, TakeBack, UnitReview};
use shared::ticket::view::Acted;
use shared::ticket::{AssignmentStatus, LimitUnit, TicketState, Verb};
use uuid::Uuid;

use super::{fits, seen, signed, signs};
use crate::support::{Filed, STREET, World, ZJJ, a_reply, on_each_database, said};

/// A community's office below the street.
const COMMUNITY: &str = "320106001-SQ";

/// Puts the community below the street.
async fn founds(world: &World) -> Unit {
    let reference = world.services.reference().await.expect("reads");
    let street = reference.units.get(STREET).expect("the street").clone();
    let community = Unit {
        code: COMMUNITY.to_owned(),
        name: "宁海路社区居民委员会".to_owned(),
        parent: Some(street.code.clone()),
        path: format!("{}{COMMUNITY}/", street.path),
        level: UnitLevel::Street,
        ..street
    };
    let unit = community.clone();
    let put = world
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            let unit = unit.clone();
            Box::pin(async move { store::units::put(tx, &unit).await })
        });
    put.await.expect("the community is put");
    world.services.bust_reference().await;
    community
}

/// Somebody of the community.
fn neighbour(world: &World, unit: &Unit, role: Role) -> Ctx {
    let mut actor = world.person(role, STREET).actor;
    let number = 0xc0_u128 + u128::try_from(role.as_str().len()).expect("a short word");
    actor.who = Who::Person(UserId(Uuid::from_u128(number)));
    actor.username = format!("{}-{COMMUNITY}", role.as_str());
    actor.unit = Some(unit.code.clone());
    actor.unit_path = Some(unit.path.clone());
    world.of(actor.with_roles(&[role]))
}

fn give(version: i32, below: &str, days: &str) -> SubAssign {
    SubAssign {
        version: Version(version),
        below: std::iter::once(below).map(said).collect(),
        part_limit: said(days),
        part_limit_unit: LimitUnit::WorkingDays,
        advice: None,
    }
}

fn limit(version: i32, below: &str, days: &str) -> SetLimit {
    SetLimit {
        version: Version(version),
        below: said(below),
        part_limit: said(days),
        part_limit_unit: LimitUnit::WorkingDays,
        reason: said("遇雨停工"),
    }
}

/// Code and field of a refusal.
fn refused(tried: Result<Acted, Fault>) -> (Code, String) {
    let fault = tried.expect_err("it is refused");
    let one = fault.fields.into_iter().next();
    one.map_or((fault.code, String::new()), |one| (one.code, one.field))
}

/// Down to the community: five working days, three, two.
async fn three_deep(world: &World, community: &Unit) -> Filed {
    let mut filed = signed(world).await;
    let (id, version) = filed.at_unit(ZJJ);
    let given = tickets::act(&world.liaison(ZJJ), id, give(version, STREET, "3")).await;
    filed.took(given);
    signs(world, &mut filed, STREET).await;
    let (id, version) = filed.at_unit(STREET);
    let street = world.liaison(STREET);
    for days in ["3", "5"] {
        let late = tickets::act(&street, id, give(version, COMMUNITY, days)).await;
        let told = (Code::BelowLimit, "part_limit".to_owned());
        assert_eq!(refused(late), told, "{days} days end with the street's");
    }
    let given = tickets::act(&street, id, give(version, COMMUNITY, "2")).await;
    filed.took(given);
    let (id, version) = filed.at_unit(COMMUNITY);
    let sign = Sign {
        version: Version(version),
    };
    let liaison = neighbour(world, community, Role::UnitLiaison);
    filed.took(tickets::act(&liaison, id, sign).await);
    filed
}

/// A unit below replies and passes its reply.
async fn answers(world: &World, filed: &mut Filed, community: &Unit) {
    let (id, version) = filed.at_unit(COMMUNITY);
    let handler = neighbour(world, community, Role::Handler);
    filed.took(tickets::act(&handler, id, a_reply(version)).await);
    let (id, version) = filed.at_unit(COMMUNITY);
    let pass = UnitReview {
        version: Version(version),
        pass: true,
        opinion: None,
    };
    let reviewer = neighbour(world, community, Role::UnitReviewer);
    filed.took(tickets::act(&reviewer, id, pass).await);
}

async fn level(world: &World, filed: &Filed, unit: &str) -> i32 {
    let parts = seen(world, filed).await.assignments;
    let mut parts = parts.into_iter();
    let part = parts.find(|part| part.unit.code == unit);
    part.expect("a part").tree.level
}

#[tokio::test]
async fn the_third_level_is_the_last_and_each_limit_ends_before_the_one_above() {
    on_each_database(|world| async move {
        let community = founds(&world).await;
        let mut filed = three_deep(&world, &community).await;
        fits(&world).await;
        assert_eq!(level(&world, &filed, COMMUNITY).await, 3);
        let parts = seen(&world, &filed).await.assignments;
        let due = |unit: &str| {
            let mut parts = parts.iter();
            let part = parts.find(|part| part.unit.code == unit);
            part.expect("a part").deadline.due_at.expect("a deadline")
        };
        assert!(due(COMMUNITY) < due(STREET) && due(STREET) < due(ZJJ));

        // No fourth level, and no button for it.
        let (id, version) = filed.at_unit(COMMUNITY);
        let liaison = neighbour(&world, &community, Role::UnitLiaison);
        let deeper = tickets::act(&liaison, id, give(version, STREET, "1")).await;
        let fault = deeper.expect_err("deep enough");
        assert_eq!(
            (fault.code, fault.facts["max"].as_str()),
            (Code::BelowDepth, "3")
        );
        let own = tickets::get(&liaison, filed.id).await.expect("its part");
        let offered = own.assignments.iter().flat_map(|part| &part.actions);
        assert!(offered.copied().all(|verb| verb != Verb::SubAssign));

        // The street's limit moves between the community's and the department's.
        let above = world.liaison(ZJJ);
        let (id, version) = filed.at_unit(ZJJ);
        for days in ["1", "2", "5"] {
            let tried = tickets::act(&above, id, limit(version, STREET, days)).await;
            assert_eq!(refused(tried).0, Code::BelowLimit, "{days} days");
        }
        filed.took(tickets::act(&above, id, limit(version, STREET, "4")).await);
        fits(&world).await;

        // Up again, one level at a time.
        let (id, version) = filed.at_unit(STREET);
        let early = tickets::act(&world.handler(STREET), id, a_reply(version)).await;
        assert_eq!(refused(early).0, Code::BelowOpen);
        answers(&world, &mut filed, &community).await;
        fits(&world).await;
        world.unit_replies(&mut filed, STREET).await;
        world.unit_replies(&mut filed, ZJJ).await;
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::ToReview);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_in_the_middle_takes_the_lowest_along() {
    on_each_database(|world| async move {
        let community = founds(&world).await;
        let mut filed = three_deep(&world, &community).await;
        let (id, version) = filed.at_unit(ZJJ);
        let back = TakeBack {
            version: Version(version),
            below: said(STREET),
            reason: said("由本单位直接办理"),
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, back).await);
        let parts = seen(&world, &filed).await.assignments;
        for unit in [STREET, COMMUNITY] {
            let part = parts.iter().find(|part| part.unit.code == unit);
            let status = part.expect("a part").status;
            assert_eq!(status, AssignmentStatus::Recalled, "{unit}");
        }
        fits(&world).await;
        world.unit_replies(&mut filed, ZJJ).await;
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::ToReview);
    })
    .await;
}
