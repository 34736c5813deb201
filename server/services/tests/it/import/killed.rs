//! An import that is killed goes on with the same command: every row once, the report whole.
//! Not here: taking back (`jobs::host`), reading files (`reading`).

use std::collections::BTreeSet;

use services::import;
use shared::fault::Code;
use shared::ids::BatchId;

use super::{Desk, TEXT};
use crate::support::{Kind, killed_after};

/// Rows of a transaction and a bit; every hundredth has no text.
fn rows() -> String {
    let mut file = "编号,时间,内容\n".to_owned();
    for n in 0..2_100 {
        let text = if n % 100 == 7 {
            String::new()
        } else {
            format!("{TEXT}{n}")
        };
        file += &format!("{n},2026-01-05,{text}\n");
    }
    file
}

#[tokio::test]
async fn killed_at_any_point_every_row_is_taken_once() {
    for kind in Kind::available() {
        let desk = Desk::on(kind).await;
        let order = desk.order(desk.file("board.csv", rows()));
        let owner = desk.owner();
        let db = desk.services().store().reader();
        let filter = shared::query::TicketFilter::default();
        let mut lives = 0;
        let mut wakes = 3;
        let done = loop {
            lives += 1;
            let run = import::run(&owner, order.clone());
            if let Some(done) = killed_after(wakes, run).await {
                break done.expect("imported");
            }
            if lives == 1 {
                let held = import::run(&owner, order.clone());
                if let Some(Err(fault)) = killed_after(wakes, held).await {
                    assert_eq!(fault.code, Code::JobHeld, "{fault}");
                }
            }
            desk.world.clock.advance_minutes(3);
            wakes = wakes * 3 / 2 + 1;
            // What a killed run has written without counting it, while there are rows to come.
            let jobs = store::jobs::newest(&db, "import", 1).await;
            let is_through = jobs.expect("lists").first().map(|job| job.done) == Some(2_100);
            let report = order.file.with_file_name("board.rejected.csv");
            if let Ok(mut text) = std::fs::read(&report)
                && !is_through
            {
                text.extend_from_slice(b"99,half");
                std::fs::write(&report, text).expect("writes");
            }
        };
        assert!(lives > 3, "{kind:?}: killed {lives} times");
        let c = done.tally;
        assert_eq!(
            (c.read, c.imported, c.duplicate, c.rejected),
            (2_100, 2_079, 0, 21),
            "{kind:?}"
        );
        assert_eq!(done.lines.rows, 2_100);
        let report = std::fs::read_to_string(done.report.expect("a report")).expect("reads");
        assert_eq!(report.lines().count(), 22, "{kind:?}");
        assert!(!report.contains("half"), "{kind:?}");
        assert_eq!(done.rejected[0].count, 21);
        let batches: BTreeSet<BatchId> = store::batches::list(&db)
            .await
            .expect("lists")
            .into_iter()
            .map(|batch| batch.id)
            .collect();
        assert_eq!(batches.len(), 1, "{kind:?}: one batch over all lives");
        let total = store::tickets::count_capped(
            &db,
            &shared::access::Scope::All,
            &filter,
            10_000,
            desk.services().now(),
        );
        assert_eq!(total.await.expect("counts"), 2_079, "{kind:?}");
        let found = services::consistency::check(desk.services(), None).await;
        assert_eq!(found.expect("checks").count, 0, "{kind:?}");
        let again = import::run(&desk.owner(), order).await.expect("known");
        assert_eq!((again.tally.imported, again.tally.duplicate), (0, 2_079));
    }
}
