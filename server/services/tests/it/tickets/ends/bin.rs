//! Tickets that are none: into the bin, out of lists and figures, and back for some days.

use services::{consistency, tickets};
use shared::access::Role;
use shared::fault::Code;
use shared::query::TicketFilter;
use shared::ticket::verbs::{Decline, Recycle, Restore};
use shared::ticket::{AssignmentStatus, TicketState, Verb};

use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, example, on_each_database};

async fn recycles(world: &World, filed: &mut Filed) {
    let leader = world.person(Role::CentreLeader, CENTRE);
    let bin = example::<Recycle>(filed.version);
    filed.took(tickets::act(&leader, filed.id, bin).await);
}

async fn restores(world: &World, filed: &Filed) -> Result<TicketState, Code> {
    let leader = world.person(Role::CentreLeader, CENTRE);
    let back = example::<Restore>(filed.version);
    let acted = tickets::act(&leader, filed.id, back).await;
    acted.map(|acted| acted.state).map_err(|fault| fault.code)
}

async fn listed(world: &World) -> i64 {
    let count = tickets::count(&world.dispatcher(), &TicketFilter::default()).await;
    count.expect("counted").n
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn what_was_open_goes_and_waits_for_its_dispatch_once_restored() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        assert_eq!(listed(&world).await, 1);
        recycles(&world, &mut filed).await;
        let acted = filed.acted.as_ref().expect("acted");
        assert_eq!(acted.state, TicketState::Recycled);
        assert_eq!(acted.assignments[0].status, AssignmentStatus::Recalled);
        assert_eq!(listed(&world).await, 0, "in no list");
        fits(&world).await;

        assert_eq!(restores(&world, &filed).await, Ok(TicketState::ToDispatch));
        let detail = tickets::get(&world.dispatcher(), filed.id).await;
        let detail = detail.expect("seen");
        filed.version = detail.row.version;
        assert!(detail.actions.contains(&Verb::Dispatch));
        assert_eq!(listed(&world).await, 1);
        fits(&world).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_over_is_so_again_and_nothing_comes_back_after_the_days() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let mut filed = world.takes_call(a_complaint()).await;
        let decline = example::<Decline>(filed.version);
        filed.took(tickets::act(&world.agent(), filed.id, decline).await);
        let confirm = shared::ticket::verbs::ConfirmDecline {
            version: shared::command::Version(filed.version),
            confirm: true,
            opinion: None,
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, confirm).await);
        recycles(&world, &mut filed).await;
        fits(&world).await;
        world.time("2026-04-01T10:00");
        assert_eq!(restores(&world, &filed).await, Ok(TicketState::NotAccepted));
        filed.version += 1;
        fits(&world).await;

        recycles(&world, &mut filed).await;
        world.time("2026-05-02T10:00");
        assert_eq!(restores(&world, &filed).await, Err(Code::RestoreLate));
        let supervisor = world.supervisor();
        let by = tickets::act(&supervisor, filed.id, example::<Restore>(filed.version));
        assert_eq!(by.await.expect_err("a leader's").code, Code::AccessDenied);
    })
    .await;
}
