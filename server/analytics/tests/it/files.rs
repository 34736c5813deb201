//! Files: what is half written is nothing, what is damaged or lost is said, and never counted.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard};

use analytics::object_store::path::Path;
use analytics::object_store::{ObjectStore, ObjectStoreExt as _};
use analytics::{Bucket, Copy, Fault, Object, Question, Remote, Row, Said};
use futures::future::BoxFuture;
use futures::{StreamExt as _, stream};
use shared::access::Scope;
use shared::query::TicketFilter;

use crate::model::{Dice, NOW, agree, built, open, query, row, store};

async fn paths(store: &dyn ObjectStore) -> Vec<Path> {
    let mut found: Vec<Path> = store
        .list(None)
        .map(|it| it.expect("listed").location)
        .collect()
        .await;
    found.sort();
    found
}

async fn asked(copy: &Copy, dice: &mut Dice) -> Result<(), Fault> {
    let mut query = query(dice);
    query.filter = TicketFilter::default();
    query.to = shared::calendar::days_after(query.from, 60);
    let question = Question {
        scope: &Scope::All,
        query: &query,
        led_by: &[],
        now: NOW,
    };
    copy.cube(question).await.map(|_| ())
}

#[tokio::test]
async fn without_a_copy_nothing_is_counted() {
    let copy = open(&store());
    let fault = asked(&copy, &mut Dice(3)).await.expect_err("absent");
    assert_eq!(
        (fault.code(), fault.needs_rebuild()),
        ("analytic.absent", true)
    );
    assert_eq!(copy.status().await.expect("read"), None);
}

#[tokio::test]
async fn a_copy_that_was_broken_off_is_ignored_and_taken_away() {
    let (store, mut dice) = (store(), Dice(0x99));
    let (copy, truth) = built(&store, &mut dice, 900).await;
    let before = paths(store.as_ref()).await;
    let rows: Vec<Row> = (0..900).map(|nth| row(&mut dice, nth, 2)).collect();
    let broken = rows.into_iter().enumerate().map(|(nth, row)| {
        if nth < 800 {
            Ok(row)
        } else {
            Err(Fault::Files("killed".to_owned()))
        }
    });
    copy.rebuild(stream::iter(broken), 2)
        .await
        .expect_err("killed");
    assert!(paths(store.as_ref()).await.len() > before.len());
    // Another process comes after it.
    let copy = open(&store);
    agree(&copy, &truth, &mut dice, 20).await;
    copy.append(&[row(&mut dice, 0, 1)], 3)
        .await
        .expect("added");
    for seq in [4, 5] {
        copy.append(&[row(&mut dice, 1, seq)], seq)
            .await
            .expect("added");
        copy.compact().await.expect("compacted");
    }
    let left = paths(store.as_ref()).await;
    assert!(
        left.iter()
            .all(|path| !path.as_ref().starts_with("g000002")),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_damaged_file_is_found_wherever_the_damage_is() {
    let (store, mut dice) = (store(), Dice(0x42));
    let (copy, _) = built(&store, &mut dice, 900).await;
    copy.append(&[row(&mut dice, 0, 2)], 2)
        .await
        .expect("added");
    asked(&copy, &mut dice).await.expect("counted");
    for path in paths(store.as_ref()).await {
        let whole = store
            .get(&path)
            .await
            .expect("read")
            .bytes()
            .await
            .expect("read");
        let place = dice.roll(whole.len() as u64) as usize;
        let mut bytes = whole.to_vec();
        bytes[place] ^= 0x10;
        store.put(&path, bytes.into()).await.expect("damaged");
        let scrubbed = copy.scrub().await.expect_err("damaged");
        assert!(matches!(scrubbed, Fault::Damaged(_)), "{path} {scrubbed}");
        let fault = asked(&copy, &mut dice).await.expect_err("damaged");
        assert!(matches!(fault, Fault::Damaged(_)), "{path} {fault}");
        store.put(&path, whole.into()).await.expect("mended");
        asked(&copy, &mut dice).await.expect("counted");
    }
}

#[tokio::test]
async fn a_lost_file_is_said() {
    let (store, mut dice) = (store(), Dice(0x43));
    let (copy, _) = built(&store, &mut dice, 900).await;
    asked(&copy, &mut dice).await.expect("counted");
    let found = paths(store.as_ref()).await;
    let month = found.iter().find(|path| path.as_ref().contains("2026-10"));
    store.delete(month.expect("a month")).await.expect("lost");
    let fault = asked(&copy, &mut dice).await.expect_err("lost");
    assert_eq!(
        (fault.code(), fault.needs_rebuild()),
        ("analytic.missing", true)
    );
}

#[tokio::test]
async fn what_the_copy_cannot_know_is_refused() {
    let (copy, _) = built(&store(), &mut Dice(5), 20).await;
    let mut query = query(&mut Dice(6));
    query.filter = TicketFilter {
        unit: Some("U-3".to_owned()),
        ..TicketFilter::default()
    };
    let scope = Scope::Unit("U_1".to_owned());
    let question = Question {
        scope: &scope,
        query: &query,
        led_by: &[],
        now: NOW,
    };
    let fault = copy.cube(question).await.expect_err("refused");
    assert_eq!(fault.code(), "analytic.unsupported");
}

#[tokio::test]
async fn rows_come_in_their_order() {
    let copy = open(&store());
    let mut dice = Dice(8);
    let rows = [row(&mut dice, 5, 1), row(&mut dice, 5, 2)];
    let twice = copy
        .rebuild(stream::iter(rows.into_iter().map(Ok)), 1)
        .await;
    assert!(matches!(twice, Err(Fault::Order(_))));
    let rows = [row(&mut dice, 5, 1)];
    copy.rebuild(stream::iter(rows.into_iter().map(Ok)), 7)
        .await
        .expect("built");
    let earlier = copy.append(&[], 6).await;
    assert!(matches!(earlier, Err(Fault::Order(_))));
}

/// A bucket in memory.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, (Vec<u8>, i64)>>);

impl Shelf {
    fn objects(&self) -> MutexGuard<'_, BTreeMap<String, (Vec<u8>, i64)>> {
        self.0.lock().expect("no test broke off")
    }
}

fn object(key: &str, (bytes, at): &(Vec<u8>, i64)) -> Object {
    Object {
        key: key.to_owned(),
        size: bytes.len() as u64,
        at: *at,
        tag: Some(format!("{at}")),
    }
}

impl Bucket for Shelf {
    fn put<'a>(&'a self, key: &'a str, bytes: Vec<u8>) -> BoxFuture<'a, Said<()>> {
        let mut objects = self.objects();
        let at = 1 + objects.values().map(|(_, at)| *at).max().unwrap_or(0);
        objects.insert(key.to_owned(), (bytes, at));
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> BoxFuture<'a, Said<Option<Vec<u8>>>> {
        let found = self.objects().get(key).map(|(bytes, _)| match range {
            None => bytes.clone(),
            Some(range) => bytes[range.start as usize..range.end as usize].to_vec(),
        });
        Box::pin(async move { Ok(found) })
    }

    fn head<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Said<Option<Object>>> {
        let found = self.objects().get(key).map(|it| object(key, it));
        Box::pin(async move { Ok(found) })
    }

    fn list(&self) -> BoxFuture<'_, Said<Vec<Object>>> {
        let objects = self.objects();
        let all = objects.iter().map(|(key, it)| object(key, it)).collect();
        Box::pin(async move { Ok(all) })
    }

    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Said<()>> {
        self.objects().remove(key);
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn a_bucket_keeps_the_copy_as_a_folder_does() {
    let shelf = Arc::new(Shelf::default());
    let files: Arc<dyn ObjectStore> = Arc::new(Remote::over(shelf.clone()));
    let mut dice = Dice(0x0b0c_e710);
    let (copy, mut truth) = built(&files, &mut dice, 500).await;
    agree(&copy, &truth, &mut dice, 12).await;
    for seq in 2..5 {
        let newer: Vec<Row> = (0..30).map(|nth| row(&mut dice, nth, seq)).collect();
        copy.append(&newer, seq).await.expect("added");
        truth.take(&newer, seq);
    }
    copy.fold().await.expect("folded");
    copy.compact().await.expect("compacted");
    agree(&open(&files), &truth, &mut dice, 12).await;
    copy.scrub().await.expect("whole");
    for (key, (bytes, at)) in shelf.objects().iter_mut() {
        if key != "manifest" {
            bytes[9] ^= 1;
            *at += 100;
        }
    }
    let fault = asked(&copy, &mut dice).await.expect_err("damaged");
    assert_eq!(fault.code(), "analytic.damaged");
}
