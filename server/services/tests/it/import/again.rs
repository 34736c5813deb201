//! An import that was taken back is imported once more; the report names every rejected row; the same file twice is known.
//! Not here: reading files (`reading`).
//! On both databases, since keys are freed in SQL.

use services::import;
use shared::ticket::TicketState;

use super::{Desk, TEXT};
use crate::support::Kind;

#[tokio::test]
async fn an_import_that_was_undone_is_imported_again() {
    for kind in Kind::available() {
        let desk = Desk::on(kind).await;
        let file = format!("编号,时间,内容\n1,2026-01-05,{TEXT}\n2,2026-01-06,{TEXT}二\n");
        let first = desk.bring("board.csv", &file).await.expect("imported");
        let again = desk.bring("board.csv", &file).await.expect("known");
        assert_eq!(
            (again.tally.imported, again.tally.duplicate),
            (0, 2),
            "{again}"
        );
        let batch = first.batch.expect("a batch");
        assert_eq!(import::undo(&desk.owner(), batch).await.expect("undone"), 2);
        let third = desk.bring("board.csv", &file).await.expect("once more");
        assert_eq!(
            (third.tally.imported, third.tally.duplicate),
            (2, 0),
            "{third}"
        );
        assert_eq!(
            import::undo(&desk.owner(), batch).await.expect("undone"),
            0,
            "the first batch is empty"
        );
        let open = desk
            .tickets()
            .await
            .into_iter()
            .filter(|ticket| ticket.state != TicketState::Recycled)
            .count();
        assert_eq!(open, 2);
    }
}

#[tokio::test]
async fn equal_reasons_are_counted_and_every_row_is_named() {
    let desk = Desk::new().await;
    let mut file = "编号,时间,内容,备注\n".to_owned();
    for n in 0..400 {
        file += &format!("A{n},26-1-2,{TEXT},\n");
    }
    file += &format!("B1,2026-01-02,,说明\n,2026-01-02,{TEXT},\nC1,2026-01-02,{TEXT},=1+1\n");
    let done = desk.bring("many.csv", &file).await.expect("imported");
    assert_eq!(
        (done.tally.imported, done.tally.rejected),
        (1, 402),
        "{done}"
    );
    let lines = done.say(shared::text::Locale::Zh);
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.contains("年份只有两位"))
            .count(),
        1,
        "{lines:?}"
    );
    assert!(
        lines.iter().any(|line| line.contains("400 处")),
        "{lines:?}"
    );
    let report = std::fs::read_to_string(done.report.expect("a report")).expect("reads");
    assert!(
        report.starts_with("\u{FEFF}行号,编号,列,值,原因\n"),
        "{report:.80}"
    );
    assert_eq!(report.lines().count(), 403);
    assert!(report.contains("402,B1,内容,,没有填"), "{report}");
    let kept = desk.ticket("C1").await.source_words;
    assert_eq!(kept.get("备注").map(String::as_str), Some("=1+1"));
}

#[tokio::test]
async fn the_last_six_digits_and_what_cannot_be_searched() {
    for kind in Kind::available() {
        let desk = Desk::on(kind).await;
        desk.bring("one.csv", format!("编号,内容\n1,{TEXT}\n"))
            .await
            .expect("imported");
        let number = desk.ticket("1").await.ticket_no;
        for words in [
            number.as_str(),
            &number.as_str()[16..],
            &format!("工单号：{number}"),
        ] {
            assert_eq!(desk.finds(words).await, ["1"], "{words}");
        }
        let query = |q: &str| {
            shared::query::TicketQuery::from_pairs(&[("q".to_owned(), q.to_owned())])
                .expect("a query")
        };
        let fault = services::views::list(&desk.owner(), query("。。"))
            .await
            .expect_err("signs");
        assert_eq!(fault.fields[0].facts["why"], "signs");
        let page = services::views::list(&desk.owner(), query("路"))
            .await
            .expect("looks through the newest");
        assert_eq!((page.items.len(), page.looked), (1, Some(1)));
    }
}

#[tokio::test]
async fn search_rows_of_before_are_made_anew() {
    use sea_orm::{ConnectionTrait as _, Database};
    for kind in Kind::available() {
        let desk = Desk::on(kind).await;
        let file = format!("编号,内容\n1,{TEXT}\n2,幸福里路燈壞了，請盡快維修。\n");
        desk.bring("one.csv", file).await.expect("imported");
        let raw = Database::connect(&desk.services().config().database_url)
            .await
            .expect("connects");
        for statement in [
            "delete from ticket_search",
            "insert into search_rebuild (id) values (1)",
        ] {
            raw.execute_unprepared(statement).await.expect(statement);
        }
        assert!(desk.finds("路灯").await.is_empty(), "{kind:?}");
        services::jobs::once(desk.services()).await.expect("runs");
        let mut found = desk.finds("路灯").await;
        found.sort();
        assert_eq!(found, ["1", "2"], "{kind:?}");
        assert!(
            !store::tickets::reindex::is_waiting(&desk.services().store().reader())
                .await
                .expect("looks"),
            "{kind:?}"
        );
    }
}

#[tokio::test]
async fn settled_figures_are_counted_again_after_an_import() {
    for kind in Kind::available() {
        let desk = Desk::on(kind).await;
        desk.world.time("2026-04-10T10:00");
        let once = async || services::jobs::once(desk.services()).await.expect("runs");
        once().await;
        let figures = async || {
            let counted = services::public::figures(&desk.world.visitor()).await;
            counted.expect("reads")
        };
        // What nobody would count, to see whether it is counted again.
        let mut other = figures().await;
        assert_eq!(other.month, "2026-03", "{kind:?}");
        other.satisfied.denominator = 77;
        let (text, now) = (
            serde_json::to_string(&other).expect("json"),
            desk.services().now(),
        );
        desk.services()
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::figures::put(tx, "public", &text, now).await })
            })
            .await
            .expect("put");
        once().await;
        assert_eq!(figures().await, other, "{kind:?}: the month is settled");
        let done = desk
            .bring("one.csv", format!("编号,内容\n1,{TEXT}\n"))
            .await;
        let batch = done.expect("imported").batch.expect("a batch");
        once().await;
        assert_eq!(figures().await.satisfied.denominator, 0, "{kind:?}");
        let text = serde_json::to_string(&other).expect("json");
        desk.services()
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::figures::put(tx, "public", &text, now).await })
            })
            .await
            .expect("put");
        // The mark was numbered, is not read, and waits for another number.
        let numbered = desk
            .services()
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::feed::number(tx, now, 100).await })
            });
        let again = desk
            .bring("two.csv", format!("编号,内容\n2,{TEXT}\n"))
            .await;
        let second = again.expect("imported").batch.expect("a batch");
        numbered.await.expect("numbered");
        for batch in [second, batch] {
            services::import::undo(&desk.owner(), batch)
                .await
                .expect("undone");
        }
        services::reports::refresh_figures(desk.services())
            .await
            .expect("it ends");
        once().await;
        assert_eq!(figures().await.satisfied.denominator, 0, "{kind:?}: undone");
    }
}
