//! Internal notes: who reads which, who can be named and hears of it, and that nothing else of the ticket changes.

use services::gateway::bell;
use services::tickets::notes;
use services::todo::{self, ShelfQuery};
use services::{Ctx, consistency, jobs, tickets};
use shared::access::Role;
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::notice::NoticeKind;
use shared::ticket::Verb;
use shared::ticket::command::WriteNote;
use shared::todo::Shelf;

use crate::support::{CGJ, World, ZJJ, a_complaint, on_each_database, said};

async fn writes(ctx: &Ctx, ticket: TicketId, words: &str) -> Result<(), Fault> {
    let note = WriteNote {
        remark: said(words),
    };
    notes::add(ctx, ticket, note).await
}

/// The notes that somebody reads.
async fn read(ctx: &Ctx, ticket: TicketId) -> Vec<String> {
    let history = tickets::history(ctx, ticket).await.expect("a history");
    let notes = history.into_iter().filter(|line| line.verb == Verb::Note);
    notes.filter_map(|line| line.note).collect()
}

async fn copied(ctx: &Ctx) -> Vec<TicketId> {
    let query = ShelfQuery {
        shelf: Shelf::Copied,
        cursor: None,
        limit: 50,
    };
    let page = todo::page(ctx, query).await.expect("a page");
    let rows = page.items.into_iter();
    rows.filter_map(|row| row.ticket.map(|it| it.id)).collect()
}

async fn kinds(ctx: &Ctx) -> Vec<NoticeKind> {
    let page = bell::page(ctx, false, None, bell::PAGE).await;
    let items = page.expect("a page").items.into_iter();
    items.map(|notice| notice.kind).collect()
}

async fn version(world: &World, ticket: TicketId) -> i32 {
    let detail = tickets::get(&world.supervisor(), ticket).await;
    detail.expect("the ticket").row.version
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn who_is_named_is_told_and_other_units_read_nothing() {
    on_each_database(|world| async move {
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let handler = world.hires(Role::Handler, ZJJ).await;
        let other = world.hires(Role::UnitLiaison, CGJ).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        jobs::once(&world.services).await.expect("the jobs run");
        let before = version(&world, filed.id).await;

        let words = format!("请 @{} 核对产权。", liaison.actor.username);
        writes(&handler, filed.id, &words).await.expect("written");
        assert_eq!(read(&liaison, filed.id).await, [words.as_str()]);
        assert_eq!(read(&world.dispatcher(), filed.id).await, [words.as_str()]);
        assert!(read(&other, filed.id).await.is_empty(), "another unit's");
        assert_eq!(version(&world, filed.id).await, before, "nobody is stale");
        jobs::once(&world.services).await.expect("the jobs run");
        assert!(kinds(&liaison).await.contains(&NoticeKind::Mentioned));
        assert!(!kinds(&other).await.contains(&NoticeKind::Mentioned));
        assert_eq!(copied(&liaison).await, [filed.id]);
        assert!(copied(&handler).await.is_empty());

        let words = format!("抄送@{}，请协助。", other.actor.username);
        writes(&handler, filed.id, &words).await.expect("written");
        assert_eq!(read(&other, filed.id).await, [words.as_str()]);
        assert_eq!(copied(&other).await, [filed.id]);

        let keyed = Ctx {
            idempotency_key: Some("a-note".to_owned()),
            ..handler.clone()
        };
        for _ in 0..2 {
            writes(&keyed, filed.id, "只写一次").await.expect("written");
        }
        assert_eq!(read(&handler, filed.id).await.len(), 3);
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_named_who_does_not_see_the_ticket() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let other = world.hires(Role::UnitLiaison, CGJ).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let at = |fault: Fault| (fault.fields[0].field.clone(), fault.fields[0].code);
        let words = format!("请@{}看一下", other.actor.username);
        let refused = writes(&handler, filed.id, &words).await;
        assert_eq!(
            at(refused.expect_err("he does not see it")),
            ("remark".to_owned(), Code::NoteUnseen)
        );
        let refused = writes(&handler, filed.id, "请@nobody.here看一下").await;
        assert_eq!(
            at(refused.expect_err("nobody")),
            ("remark".to_owned(), Code::InputPerson)
        );
        assert!(read(&handler, filed.id).await.is_empty());

        for (ctx, code) in [
            (world.visitor(), Code::SignedOut),
            (
                world.person(Role::Auditor, crate::support::CENTRE),
                Code::AccessDenied,
            ),
            (other, Code::NotFound),
        ] {
            let refused = writes(&ctx, filed.id, "看一下").await;
            assert_eq!(refused.expect_err("refused").code, code);
        }
    })
    .await;
}
