//! The one person of a unit who answers for its part: who signs, who took it before, and a colleague to whom it is handed over.

use services::todo::{self, ShelfQuery};
use services::{Ctx, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::Code;
use shared::ids::TicketId;
use shared::query::TicketFilter;
use shared::ticket::verbs::{HandOver, Take};
use shared::todo::Shelf;

use super::{part, signed, signs};
use crate::support::{CGJ, ZJJ, a_complaint, on_each_database, said};

fn over(version: i32, to: &str) -> HandOver {
    HandOver {
        version: Version(version),
        colleague: said(to),
        reason: said("本人外出培训，请接手办理"),
    }
}

async fn mine(ctx: &Ctx) -> Vec<TicketId> {
    let query = ShelfQuery {
        shelf: Shelf::Mine,
        cursor: None,
        limit: 50,
    };
    let page = todo::page(ctx, query).await.expect("the list");
    let rows = page.items.into_iter();
    rows.filter_map(|row| row.ticket.map(|ticket| ticket.id))
        .collect()
}

/// How many tickets the list has of those that somebody answers for.
async fn listed(ctx: &Ctx) -> i64 {
    let filter = TicketFilter {
        mine: Some(true),
        ..TicketFilter::default()
    };
    let found = tickets::count(ctx, &filter).await;
    found.expect("counted").n
}

#[tokio::test]
async fn who_signs_is_responsible_until_it_is_handed_over() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        let liaison = world.liaison(ZJJ);
        let is = part(&world, &filed, ZJJ).await.responsible;
        let is = is.expect("who signed");
        assert_eq!((is.name.as_str(), is.is_own), (&*liaison.actor.name, true));
        assert_eq!(mine(&liaison).await, [filed.id]);

        let (id, version) = filed.at_unit(ZJJ);
        let take = Take {
            version: Version(version),
        };
        let taken = tickets::act(&world.handler(ZJJ), id, take).await;
        let taken = taken.expect_err("somebody is responsible");
        assert_eq!(taken.code, Code::AssignmentNotAllowed);
        let colleague = world.hires(Role::Handler, ZJJ).await;
        let stranger = world.hires(Role::Handler, CGJ).await;
        let offered = part(&world, &filed, ZJJ).await.colleagues;
        assert_eq!(offered.len(), 1);
        assert_eq!(offered[0].username, colleague.actor.username);
        let wrong = over(version, &stranger.actor.username);
        let wrong = tickets::act(&liaison, id, wrong).await;
        let wrong = wrong.expect_err("not of the unit");
        assert_eq!(wrong.fields[0].code, Code::InputPerson);
        let to = over(version, &colleague.actor.username);
        filed.took(tickets::act(&liaison, id, to).await);
        assert_eq!(mine(&liaison).await, []);
        assert_eq!((listed(&liaison).await, listed(&colleague).await), (0, 1));
        assert_eq!(mine(&colleague).await, [filed.id]);
        let is = part(&world, &filed, ZJJ).await.responsible;
        assert_eq!(is.expect("somebody").name, colleague.actor.name);
        assert_eq!(world.audited("hand-over").await.len(), 1);

        // Answered: nobody has to answer for it any more.
        world.unit_replies(&mut filed, ZJJ).await;
        assert_eq!(mine(&colleague).await, []);
    })
    .await;
}

#[tokio::test]
async fn who_took_it_stays_responsible_when_somebody_else_signs() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (id, version) = filed.at_unit(ZJJ);
        let handler = world.handler(ZJJ);
        let take = Take {
            version: Version(version),
        };
        filed.took(tickets::act(&handler, id, take).await);
        signs(&world, &mut filed, ZJJ).await;
        let is = part(&world, &filed, ZJJ).await.responsible;
        assert_eq!(is.expect("who took it").name, handler.actor.name);
        assert_eq!(mine(&handler).await, [filed.id]);
        assert_eq!(mine(&world.liaison(ZJJ)).await, [], "one person, not two");
    })
    .await;
}
