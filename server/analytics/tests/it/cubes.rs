//! Numbers: the copy counts what plain Rust counts, whatever was added, folded or made anew in between.

use analytics::{Digest, Question, Row, month_of};
use chrono::NaiveDate;
use futures::{StreamExt as _, stream};
use shared::access::Scope;
use shared::measure::{CubeQuery, Measure, UnitsOf};
use shared::query::TicketFilter;

use crate::model::{
    DAY, Dice, HOUR, NOW, START, Truth, agree, built, open, query, row, scope, store,
};

/// Jobs and requests move between threads.
fn moves<T: Send>(future: T) -> T {
    future
}

#[tokio::test]
async fn all_that_is_asked_of_it_moves_between_threads() {
    let copy = open(&store());
    let mut dice = Dice(1);
    let rows = stream::iter([Ok(row(&mut dice, 1, 1))]).boxed();
    moves(copy.rebuild(rows, 1)).await.expect("built");
    moves(copy.append(&[row(&mut dice, 1, 2)], 2))
        .await
        .expect("added");
    moves(copy.fold()).await.expect("folded");
    moves(copy.compact()).await.expect("compacted");
    moves(copy.scrub()).await.expect("whole");
    let found = moves(copy.verify("2026-09")).await.expect("compared");
    assert_eq!(found.digest.rows, 1);
    let query = query(&mut dice);
    let question = Question {
        scope: &Scope::All,
        query: &query,
        led_by: &[],
        now: NOW,
    };
    moves(copy.cube(question)).await.expect("counted");
}

#[tokio::test]
async fn random_cubes_of_random_rows_come_out_as_in_plain_rust() {
    let mut dice = Dice(0x1234_5678_9abc);
    let (copy, truth) = built(&store(), &mut dice, 900).await;
    let filled = agree(&copy, &truth, &mut dice, 80).await;
    assert!(filled > 40, "{filled} of 80 had numbers");
}

#[tokio::test]
async fn the_newest_version_counts_and_compaction_changes_nothing() {
    let mut dice = Dice(0xfeed_beef);
    let (copy, mut truth) = built(&store(), &mut dice, 400).await;
    for seq in 2..14 {
        // Old versions among them, which must not count.
        let rows: Vec<Row> = (0..40)
            .map(|_| {
                let (nth, version) = (dice.roll(450), 1 + dice.roll(6) as i64);
                row(&mut dice, nth, version)
            })
            .collect();
        copy.append(&rows, seq).await.expect("added");
        truth.take(&rows, seq);
        agree(&copy, &truth, &mut dice, 6).await;
        match seq % 4 {
            1 => copy.fold().await.expect("folded"),
            3 => copy.compact().await.expect("compacted"),
            _ => {}
        }
        agree(&copy, &truth, &mut dice, 6).await;
    }
    copy.compact().await.expect("compacted");
    let status = copy.status().await.expect("read").expect("built");
    assert_eq!((status.tail_files, status.rows), (0, truth.0.len() as u64));
    assert_eq!(status.watermark, 13);
}

#[tokio::test]
async fn a_month_is_compared_by_rows_sums_and_hash() {
    let mut dice = Dice(0xabcd);
    let (copy, mut truth) = built(&store(), &mut dice, 700).await;
    let newer: Vec<Row> = (100..500).map(|nth| row(&mut dice, nth, 2)).collect();
    copy.append(&newer, 2).await.expect("added");
    truth.take(&newer, 2);
    for month in ["2026-09", "2026-10", "2026-11"] {
        let of_month = truth
            .rows()
            .filter(|row| month_of(row.accepted_at) == month);
        let wanted: Digest = of_month.collect::<Vec<_>>().into_iter().collect();
        let found = copy.verify(month).await.expect("compared");
        assert_eq!((found.digest, found.watermark), (wanted, 2), "{month}");
    }
}

#[tokio::test]
async fn a_new_copy_keeps_what_was_added_meanwhile() {
    let mut dice = Dice(0x77);
    let (copy, _) = built(&store(), &mut dice, 300).await;
    let added: Vec<Row> = (0..50).map(|nth| row(&mut dice, nth, 5)).collect();
    copy.append(&added, 9).await.expect("added");
    let rows: Vec<Row> = (0..300).map(|nth| row(&mut dice, nth, 3)).collect();
    let mut truth = Truth::default();
    truth.take(&rows, 4);
    truth.take(&added, 9);
    copy.rebuild(stream::iter(rows.into_iter().map(Ok)), 4)
        .await
        .expect("built");
    agree(&copy, &truth, &mut dice, 40).await;
    let status = copy.status().await.expect("read").expect("built");
    assert_eq!((status.generation, status.watermark), (2, 9));
}

/// What was kept of months without a tail is given until a deadline passes, and after any change of the files it is counted anew: a copy that was
/// just opened, which has kept nothing, says the same at each moment.
#[tokio::test]
async fn what_is_kept_of_earlier_answers_is_what_would_be_counted() {
    let (files, mut dice) = (store(), Dice(0x0ddb_a115));
    let (copy, _) = built(&files, &mut dice, 900).await;
    let asked: Vec<_> = (0..6)
        .map(|_| (scope(&mut dice), query(&mut dice)))
        .collect();
    for step in 0..12_u64 {
        let now = shared::calendar::Instant(START + step as i64 * (14 * DAY + HOUR));
        for (scope, query) in &asked {
            let question = Question {
                scope,
                query,
                led_by: &[],
                now,
            };
            let found = copy.cube(question).await.expect("counted");
            let again = copy.cube(question).await.expect("counted again");
            let fresh = open(&files).cube(question).await.expect("counted afresh");
            assert_eq!(found, fresh, "{scope:?} {query:?} at {now:?}");
            assert_eq!(again, fresh, "{scope:?} {query:?} at {now:?}");
        }
        if step % 3 == 2 {
            let newer = 2 + step as i64;
            let rows = [row(&mut dice, 30 * step, newer)];
            copy.append(&rows, newer).await.expect("added");
        }
        if step % 6 == 5 {
            copy.compact().await.expect("compacted");
        }
    }
}

/// Moments at which a deadline is just reached.
#[tokio::test]
async fn a_deadline_that_passes_is_seen() {
    let (files, mut dice) = (store(), Dice(0xdead_011e));
    let (copy, truth) = built(&files, &mut dice, 12).await;
    let cube = CubeQuery {
        measures: vec![Measure::Overdue, Measure::OnTime, Measure::SignedOnTime],
        axes: Vec::new(),
        from: NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date"),
        to: NaiveDate::from_ymd_opt(2027, 3, 31).expect("a date"),
        filter: TicketFilter::default(),
        units: UnitsOf::Then,
    };
    let mut moments: Vec<i64> = truth
        .rows()
        .flat_map(|row| [row.due_at, row.lead_due_at, row.sign_from, row.sign_late])
        .flatten()
        .flat_map(|at| [at - 1, at, at + 1])
        .collect();
    moments.sort_unstable();
    moments.dedup();
    for at in moments {
        let question = Question {
            scope: &Scope::All,
            query: &cube,
            led_by: &[],
            now: shared::calendar::Instant(at),
        };
        let found = copy.cube(question).await.expect("counted");
        let fresh = open(&files).cube(question).await.expect("counted afresh");
        assert_eq!(found.rows, fresh.rows, "at {at}");
    }
}
