//! Tickets that are linked: seen from both sides, by who sees both, and unlinked from either.

use services::{Ctx, consistency, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ticket::together::{LinkKind, LinkView};
use shared::ticket::verbs::{Close, Link, Unlink};
use shared::ticket::view::Acted;
use shared::ticket::{Satisfaction, Solved, TicketNo, Verb};

use crate::support::{Filed, SUZHOU_CENTRE, ZJJ, a_complaint, on_each_database, said};

async fn links(ctx: &Ctx, filed: &Filed) -> Vec<LinkView> {
    let detail = tickets::get(ctx, filed.id).await;
    detail.expect("seen").links
}

async fn link(ctx: &Ctx, filed: &Filed, other: &TicketNo, kind: LinkKind) -> Result<Acted, Fault> {
    let link = Link {
        version: Version(filed.version),
        ticket: other.clone(),
        link: kind,
        link_note: Some(said("同一小区，一并查看。")),
    };
    tickets::act(ctx, filed.id, link).await
}

async fn unlink(ctx: &Ctx, filed: &Filed, other: &TicketNo) -> Result<Acted, Fault> {
    let unlink = Unlink {
        version: Version(filed.version),
        ticket: other.clone(),
        reason: said("核实为不同地点。"),
    };
    tickets::act(ctx, filed.id, unlink).await
}

#[tokio::test]
async fn a_link_is_seen_from_both_sides_and_undone_from_either() {
    on_each_database(|world| async move {
        let dispatcher = world.dispatcher();
        let mut first = world.files(a_complaint()).await;
        let mut second = world.files(a_complaint()).await;
        let (one, two) = (
            first.claim.ticket_no.clone(),
            second.claim.ticket_no.clone(),
        );
        let own = link(&dispatcher, &first, &one, LinkKind::SamePlace).await;
        assert_eq!(own.expect_err("itself").fields[0].code, Code::LinkTicket);
        first.took(link(&dispatcher, &first, &two, LinkKind::FollowsUp).await);
        let twice = link(&dispatcher, &first, &two, LinkKind::FollowsUp).await;
        assert_eq!(twice.expect_err("known").code, Code::LinkKnown);
        let back = link(&dispatcher, &second, &one, LinkKind::FollowsUp).await;
        assert_eq!(back.expect_err("known there").code, Code::LinkKnown);

        let seen = links(&dispatcher, &first).await;
        assert_eq!((seen.len(), seen[0].other.id), (1, second.id));
        assert!(!seen[0].is_from_other && seen[0].kind == LinkKind::FollowsUp);
        let seen = links(&dispatcher, &second).await;
        assert_eq!((seen.len(), seen[0].other.id), (1, first.id));
        assert!(seen[0].is_from_other);

        // A unit that has one of the two does not see the other.
        world.dispatches(&mut first, ZJJ, &[]).await;
        assert!(links(&world.liaison(ZJJ), &first).await.is_empty());

        // Linking is a line of both.
        let there = tickets::history(&dispatcher, second.id).await;
        let there = there.expect("the history");
        let line = there.last().expect("a line");
        assert_eq!((line.verb, line.note.as_deref()), (Verb::Link, None));

        second.took(unlink(&dispatcher, &second, &one).await);
        let here = tickets::history(&dispatcher, first.id).await;
        let here = here.expect("the history");
        assert_eq!(here.last().map(|it| it.verb), Some(Verb::Unlink));
        assert!(links(&dispatcher, &first).await.is_empty());
        let history = tickets::history(&dispatcher, second.id).await;
        let history = history.expect("the history");
        assert_eq!(history.last().map(|it| it.verb), Some(Verb::Unlink));
        let over = unlink(&dispatcher, &second, &one).await;
        assert_eq!(over.expect_err("nothing").code, Code::FlowNotAllowed);

        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_out_of_reach_is_not_there() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let other = world.files(a_complaint()).await;
        let no = other.claim.ticket_no.clone();
        let elsewhere = world.person(Role::Dispatcher, SUZHOU_CENTRE);
        let refused = link(&elsewhere, &filed, &no, LinkKind::Related).await;
        assert_eq!(refused.expect_err("not there").code, Code::NotFound);
        let unit = world.handler(ZJJ);
        let refused = link(&unit, &filed, &no, LinkKind::Related).await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn what_is_closed_can_be_linked_to_and_has_the_line_too() {
    on_each_database(|world| async move {
        let dispatcher = world.dispatcher();
        let mut over = world.files(a_complaint()).await;
        world.dispatches(&mut over, ZJJ, &[]).await;
        world.unit_answers(&mut over, ZJJ).await;
        world.centre_passes(&mut over).await;
        let (satisfaction, solved) = (Satisfaction::Satisfied, Solved::Yes);
        world
            .citizen_answers_call(&mut over, satisfaction, solved)
            .await;
        let close = Close {
            version: Version(over.version),
            exempt: None,
        };
        over.took(tickets::act(&world.caller(), over.id, close).await);

        let mut filed = world.files(a_complaint()).await;
        let no = over.claim.ticket_no.clone();
        filed.took(link(&dispatcher, &filed, &no, LinkKind::FollowsUp).await);
        let before = tickets::get(&dispatcher, over.id).await.expect("seen");
        assert_eq!(
            before.row.version, over.version,
            "the ticket stays as it is"
        );
        for id in [filed.id, over.id] {
            let history = tickets::history(&dispatcher, id).await;
            let history = history.expect("the history");
            assert_eq!(history.last().map(|it| it.verb), Some(Verb::Link));
        }
        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
    })
    .await;
}
