//! What one did, what of it is under way and what one follows: the latest first, page by page, as far as one reaches.

use services::todo::{self, Followed, ShelfQuery};
use services::{Ctx, tickets};
use shared::command::Version;
use shared::fault::Code;
use shared::ids::{ApprovalId, TicketId};
use shared::ticket::verbs::Close;
use shared::ticket::{Satisfaction, Solved};
use shared::todo::{Shelf, ShelfPage};
use uuid::Uuid;

use crate::approvals::story::Office;
use crate::support::{CGJ, ZJJ, a_complaint, on_each_database};

async fn page(ctx: &Ctx, shelf: Shelf, cursor: Option<String>, limit: u32) -> ShelfPage {
    let query = ShelfQuery {
        shelf,
        cursor,
        limit,
    };
    todo::page(ctx, query).await.expect("a page")
}

async fn shelf(ctx: &Ctx, shelf: Shelf) -> Vec<Uuid> {
    let found = page(ctx, shelf, None, 50).await;
    let ticket = |row: &shared::todo::ShelfRow| row.ticket.as_ref().map(|it| it.id.0);
    let approval = |row: &shared::todo::ShelfRow| row.approval.as_ref().map(|it| it.id.0);
    let ids = found.items.iter();
    ids.filter_map(|row| ticket(row).or(approval(row)))
        .collect()
}

#[tokio::test]
async fn what_one_did_stands_by_the_last_act_and_is_under_way_until_it_is_closed() {
    on_each_database(|world| async move {
        let mut first = world.files(a_complaint()).await;
        let mut second = world.files(a_complaint()).await;
        let ctx = world.dispatcher();
        assert!(shelf(&ctx, Shelf::Done).await.is_empty());
        world.dispatches(&mut first, ZJJ, &[]).await;
        world.clock.advance_minutes(5);
        world.dispatches(&mut second, ZJJ, &[]).await;
        world.clock.advance_minutes(5);
        let both = [second.id.0, first.id.0];
        assert_eq!(shelf(&ctx, Shelf::Done).await, both);
        assert_eq!(shelf(&ctx, Shelf::Running).await, both);
        let one = page(&ctx, Shelf::Done, None, 1).await;
        assert_eq!(one.items.len(), 1);
        let rest = page(&ctx, Shelf::Done, one.next_cursor, 1).await;
        let last = rest.items[0].ticket.as_ref().map(|it| it.id);
        assert_eq!((last, rest.next_cursor), (Some(first.id), None));

        world.unit_answers(&mut first, ZJJ).await;
        assert_eq!(shelf(&world.liaison(ZJJ), Shelf::Done).await, [first.id.0]);
        assert!(shelf(&world.liaison(CGJ), Shelf::Done).await.is_empty());
        world.centre_passes(&mut first).await;
        world
            .citizen_answers_call(&mut first, Satisfaction::Satisfied, Solved::Yes)
            .await;
        let close = Close {
            version: Version(first.version),
            exempt: None,
        };
        first.took(tickets::act(&world.caller(), first.id, close).await);
        assert_eq!(shelf(&ctx, Shelf::Running).await, [second.id.0]);
        assert_eq!(shelf(&ctx, Shelf::Done).await, both, "what I did is as old");
        assert!(shelf(&world.liaison(ZJJ), Shelf::Running).await.is_empty());

        let wrong = ShelfQuery {
            shelf: Shelf::Done,
            cursor: Some("x".to_owned()),
            limit: 50,
        };
        let fault = todo::page(&ctx, wrong).await.expect_err("no cursor");
        assert_eq!(fault.fields[0].code, Code::InputCursor);
    })
    .await;
}

#[tokio::test]
async fn tickets_and_approvals_are_followed_in_one_list() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let approval = office.files("all").await.id();
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let ctx = &office.initiator;
        assert_eq!(shelf(ctx, Shelf::Done).await, [approval.0]);
        assert_eq!(shelf(ctx, Shelf::Running).await, [approval.0]);
        let cases = [Followed::Approval(approval), Followed::Ticket(filed.id)];
        for case in cases {
            world.clock.advance_minutes(1);
            assert_eq!(todo::follows(ctx, case).await, Ok(false));
            todo::follow(ctx, case, true).await.expect("followed");
            assert_eq!(todo::follows(ctx, case).await, Ok(true));
        }
        assert_eq!(shelf(ctx, Shelf::Followed).await, [filed.id.0, approval.0]);
        todo::follow(ctx, cases[0], false).await.expect("let go");
        assert_eq!(shelf(ctx, Shelf::Followed).await, [filed.id.0]);

        let nowhere = Uuid::from_u128(7);
        for case in [
            Followed::Ticket(TicketId(nowhere)),
            Followed::Approval(ApprovalId(nowhere)),
        ] {
            let fault = todo::follow(ctx, case, true).await.expect_err("nothing");
            assert_eq!(fault.code, Code::NotFound);
        }
        let foreign = todo::follow(&world.liaison(CGJ), cases[1], true).await;
        assert_eq!(foreign.expect_err("out of reach").code, Code::NotFound);
        let nobody = todo::follow(&world.visitor(), cases[1], true).await;
        assert_eq!(nobody.expect_err("nobody").code, Code::SignedOut);
    })
    .await;
}
