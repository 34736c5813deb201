//! Archiving: what was closed long enough ago is sealed at night and read only from then on; what was changed past every verb is found.

use services::{consistency, jobs, public, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::Code;
use shared::process::mismatch::Mismatch;
use shared::ticket::together::LinkKind;
use shared::ticket::verbs::{Close, Link, Redo, Reopen, Unlink};
use shared::ticket::view::TicketDetail;
use shared::ticket::{Satisfaction, SealPart, Solved, TicketState, Verb};

use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, on_each_database, said};

/// Closed on the second of March.
async fn closed(world: &World) -> Filed {
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

async fn night(world: &World, at: &str) {
    world.time(at);
    let job = jobs::JOBS.iter().find(|job| job.name == "archive");
    let job = job.expect("a job");
    while job.once(&world.services).await.expect("runs").more {}
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("the dispatcher sees it")
}

fn a_fact() -> Reopen {
    Reopen {
        fact: said("昨夜下雨后原处又开始漏水，附近新出现一道裂缝。"),
    }
}

#[tokio::test]
async fn what_can_be_opened_no_more_is_sealed_and_read_only() {
    on_each_database(|world| async move {
        let filed = closed(&world).await;
        for early in ["2026-03-20T02:00", "2026-04-01T02:00", "2026-04-20T12:00"] {
            night(&world, early).await;
            let state = seen(&world, &filed).await.row.state;
            assert_eq!(state, TicketState::Closed, "{early}");
        }
        night(&world, "2026-04-21T02:00").await;
        let over = seen(&world, &filed).await;
        assert_eq!(over.row.state, TicketState::Archived);
        assert_eq!(over.actions, [Verb::Link]);
        let sealed = over.archive.expect("a seal");
        assert_eq!((sealed.seal.len(), sealed.broken), (64, None));
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let history = history.expect("seen");
        assert_eq!(history.last().map(|it| it.verb), Some(Verb::Archive));
        assert_eq!(usize::try_from(sealed.events), Ok(history.len()));
        // Once is enough.
        night(&world, "2026-04-22T02:00").await;
        let again = seen(&world, &filed).await;
        assert_eq!(again.row.version, over.row.version);

        let redo = Redo {
            version: Version(over.row.version),
            reason: said("屋面仍在漏水，请重新维修"),
            cause: None,
        };
        let refused = tickets::act(&world.caller(), filed.id, redo).await;
        assert_eq!(refused.expect_err("sealed").code, Code::TicketArchived);
        let lead = world.person(Role::ShiftLead, CENTRE);
        let refused = tickets::act(&lead, filed.id, a_fact()).await;
        assert_eq!(refused.expect_err("sealed").code, Code::TicketArchived);
        let late = public::reopen(&world.visitor(), filed.claim.clone(), a_fact()).await;
        assert_eq!(late.expect_err("sealed").code, Code::TicketArchived);
        let public = public::lookup(&world.visitor(), filed.claim.clone()).await;
        let public = public.expect("it is found");
        assert!(!public.may_rate && !public.may_reopen && !public.may_urge);
        assert!(public.steps.iter().all(|step| step.progress == "done"));
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_for_keeps_a_ticket_from_the_archive() {
    on_each_database(|world| async move {
        let filed = closed(&world).await;
        let asked = public::reopen(&world.visitor(), filed.claim.clone(), a_fact()).await;
        asked.expect("it is taken");
        night(&world, "2026-06-01T02:00").await;
        assert_eq!(seen(&world, &filed).await.row.state, TicketState::Closed);
    })
    .await;
}

#[tokio::test]
async fn what_is_sealed_is_linked_behind_its_seal() {
    on_each_database(|world| async move {
        let filed = closed(&world).await;
        night(&world, "2026-04-21T02:00").await;
        let before = seen(&world, &filed).await;
        let dispatcher = world.dispatcher();
        let later = world.files(a_complaint()).await;
        let link = Link {
            version: Version(before.row.version),
            ticket: later.claim.ticket_no.clone(),
            link: LinkKind::FollowsUp,
            link_note: None,
        };
        let linked = tickets::act(&dispatcher, filed.id, link).await;
        let linked = linked.expect("it is linked");
        assert_eq!(linked.state, TicketState::Archived);
        // From the other side as well.
        let another = world.files(a_complaint()).await;
        let back = Link {
            version: Version(another.version),
            ticket: filed.claim.ticket_no.clone(),
            link: LinkKind::SamePlace,
            link_note: None,
        };
        let back = tickets::act(&dispatcher, another.id, back).await;
        back.expect("it is linked");

        let over = seen(&world, &filed).await;
        assert_eq!(over.links.len(), 2);
        let sealed = over.archive.expect("a seal");
        let first = before.archive.expect("a seal");
        assert_eq!(sealed.broken, None);
        assert_eq!((sealed.events, &sealed.seal), (first.events, &first.seal));
        for id in [filed.id, later.id, another.id] {
            let history = tickets::history(&dispatcher, id).await;
            let history = history.expect("the history");
            assert_eq!(history.last().map(|it| it.verb), Some(Verb::Link));
        }
        let unlink = Unlink {
            version: Version(over.row.version),
            ticket: later.claim.ticket_no.clone(),
            reason: said("核实为不同地点。"),
        };
        let ended = tickets::act(&dispatcher, filed.id, unlink).await;
        ended.expect("it is unlinked");
        let over = seen(&world, &filed).await;
        assert_eq!(over.links.len(), 1);
        assert_eq!(over.archive.expect("a seal").broken, None);
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);

        // Any other line behind the seal is a difference.
        let sql = format!("update archives set events = {}", sealed.events - 1);
        world.tampers(&sql).await;
        let broken = seen(&world, &filed).await.archive.expect("a seal").broken;
        assert_eq!(broken, Some(SealPart::History));
    })
    .await;
}

#[tokio::test]
async fn what_is_changed_past_every_verb_breaks_the_seal() {
    on_each_database(|world| async move {
        let filed = closed(&world).await;
        night(&world, "2026-04-21T02:00").await;
        let no = filed.claim.ticket_no.as_str();
        let sql = format!("update tickets set title = '改过的标题' where ticket_no = '{no}'");
        world.tampers(&sql).await;
        let broken = seen(&world, &filed).await.archive.expect("a seal").broken;
        assert_eq!(broken, Some(SealPart::Head));
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        let part = SealPart::Head.as_str().to_owned();
        assert_eq!(found.count, 1, "{:?}", found.first);
        assert_eq!(found.first[0].what, Mismatch::Seal { part });
    })
    .await;
}
