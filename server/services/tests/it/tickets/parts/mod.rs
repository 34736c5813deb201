//! Units' parts of a ticket: given on to units below and gathered again, and who is responsible.

mod assist;
mod deep;
mod plan;
mod responsible;
mod tree;

use services::{consistency, tickets};
use shared::command::Version;
use shared::ticket::verbs::Sign;
use shared::ticket::view::{AssignmentView, TicketDetail};

use crate::support::{Filed, World, ZJJ, a_complaint};

/// Dispatched to the housing department and signed for by its liaison.
async fn signed(world: &World) -> Filed {
    let mut filed = world.takes_call(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    signs(world, &mut filed, ZJJ).await;
    filed
}

async fn signs(world: &World, filed: &mut Filed, unit: &str) {
    let (id, version) = filed.at_unit(unit);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(unit), id, sign).await);
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("the dispatcher sees it")
}

/// The unit's part as its liaison sees it.
async fn part(world: &World, filed: &Filed, unit: &str) -> AssignmentView {
    let detail = tickets::get(&world.liaison(unit), filed.id).await;
    let mut parts = detail.expect("the unit sees it").assignments.into_iter();
    parts
        .rfind(|part| part.unit.code == unit)
        .expect("the unit's part")
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}
