//! A citizen erased from an archived ticket: the place goes with the person, and the seal fits before and after; what is put back past the verb is found.

use services::citizens::wishes::{self, WishAnswer};
use services::{consistency, jobs, tickets};
use shared::access::Role;
use shared::citizen::wish::{AskErasure, WishState};
use shared::ticket::view::TicketDetail;
use shared::ticket::{SealPart, TicketState, Verb};

use super::closed;
use crate::support::{CENTRE, Filed, World, on_each_database, said};

const PHONE: &str = "13812345678";

async fn archived(world: &World) -> Filed {
    let filed = closed(world).await;
    world.time("2026-04-21T02:00");
    let job = jobs::JOBS.iter().find(|job| job.name == "archive");
    let job = job.expect("a job");
    while job.once(&world.services).await.expect("runs").more {}
    filed
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    let detail = tickets::get(&world.supervisor(), filed.id).await;
    detail.expect("the supervisor sees it")
}

/// The citizen asks, and the leader of the centre agrees.
async fn granted(world: &World, filed: &Filed) {
    let citizen = world.citizen(PHONE).await;
    let asks = AskErasure {
        reason: said("不想再留个人信息。"),
    };
    let asked = wishes::erase(&citizen, &filed.claim.ticket_no, asks).await;
    let asked = asked.expect("asked");
    let answer = WishAnswer {
        version: asked.version,
        agrees: true,
        reason: None,
    };
    let leader = world.person(Role::CentreLeader, CENTRE);
    let done = wishes::answer(&leader, asked.id, answer).await;
    assert_eq!(done.expect("done").state, WishState::Done);
}

#[tokio::test]
async fn an_erasure_is_granted_in_the_archive_and_the_seal_stays() {
    on_each_database(|world| async move {
        let filed = archived(&world).await;
        let before = seen(&world, &filed).await;
        assert_eq!(before.row.state, TicketState::Archived);
        assert!(before.address.is_some(), "there is something to erase");
        assert!(before.actions.contains(&Verb::EraseCitizen));
        let sealed = before.archive.expect("a seal");
        assert_eq!((sealed.broken, sealed.erased_at), (None, None));
        granted(&world, &filed).await;
        let after = seen(&world, &filed).await;
        assert!(after.citizen.is_none() && after.address.is_none());
        assert!(after.content.contains("屋顶漏水"), "the case stays");
        assert!(!after.actions.contains(&Verb::EraseCitizen), "once");
        let kept = after.archive.expect("a seal");
        assert_eq!((kept.broken, &kept.seal), (None, &sealed.seal));
        assert!(kept.erased_at.is_some());
        let history = tickets::history(&world.supervisor(), filed.id).await;
        let last = history.expect("read").pop().expect("a line");
        assert_eq!(last.verb, Verb::EraseCitizen);
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
    })
    .await;
}

#[tokio::test]
async fn a_place_that_is_put_back_or_an_erasure_that_nobody_signed_is_found() {
    on_each_database(|world| async move {
        let filed = archived(&world).await;
        granted(&world, &filed).await;
        let no = filed.claim.ticket_no.as_str();
        let broken = || async {
            let sealed = seen(&world, &filed).await.archive;
            sealed.expect("a seal").broken
        };
        for (set, back) in [("'别处'", "null"), ("''", "null")] {
            let put = |value: &str| {
                format!("update tickets set address = {value} where ticket_no = '{no}'")
            };
            world.tampers(&put(set)).await;
            assert_eq!(broken().await, Some(SealPart::Head), "{set}");
            world.tampers(&put(back)).await;
            assert_eq!(broken().await, None);
        }
        world
            .tampers("update archives set erased_at = erased_at + 1")
            .await;
        assert_eq!(broken().await, Some(SealPart::Head), "signed otherwise");
    })
    .await;
}
