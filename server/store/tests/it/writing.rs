//! One write is one transaction: group commit, failures, panics, races.

use std::sync::Arc;

use shared::ticket::Channel;
use store::StoreError;

use crate::support::{NOW, World, registered, ticket};

on_both! { many_writers_at_once_lose_nothing numbers_are_never_drawn_twice a_lost_caller_does_not_lose_the_write crossing_writers_are_repeated }

async fn many_writers_at_once_lose_nothing(world: World) {
    let store = Arc::new(world.store.clone());
    let mut writers = Vec::new();
    for i in 0..60 {
        let store = store.clone();
        writers.push(tokio::spawn(async move {
            let change = registered(ticket(NOW));
            let wrote: Result<(), StoreError> = store
                .write(move |tx| {
                    Box::pin(async move {
                        store::tickets::case::save(tx, &crate::support::decided(change.clone()))
                            .await?;
                        match i % 10 {
                            3 => Err(StoreError::Unfit("refused".to_owned())),
                            7 => panic!("a defect in a verb"),
                            _ => Ok(()),
                        }
                    })
                })
                .await;
            (i, wrote)
        }));
    }
    for writer in writers {
        let (i, wrote) = writer.await.expect("the caller lives");
        match i % 10 {
            3 => assert!(matches!(wrote, Err(StoreError::Unfit(_))), "{wrote:?}"),
            7 => assert!(matches!(wrote, Err(StoreError::Broken(_))), "{wrote:?}"),
            _ => wrote.expect("written"),
        }
    }
    let all = store::tickets::count_capped(
        &world.store.reader(),
        &shared::access::Scope::All,
        &shared::query::TicketFilter::default(),
        1_000,
        NOW,
    )
    .await;
    assert_eq!(
        all.expect("counts"),
        48,
        "refused and broken writes left nothing"
    );
}

async fn numbers_are_never_drawn_twice(world: World) {
    let mut drawn = Vec::new();
    for _ in 0..40 {
        let store = world.store.clone();
        drawn.push(tokio::spawn(async move {
            store
                .write(move |tx| {
                    Box::pin(async move {
                        store::numbers::next(tx, "320100", NOW.date(), Channel::Phone).await
                    })
                })
                .await
                .expect("drawn")
        }));
    }
    let mut numbers = Vec::new();
    for number in drawn {
        numbers.push(number.await.expect("drawn").to_string());
    }
    numbers.sort();
    assert_eq!(
        numbers.first().map(String::as_str),
        Some("3201002026030201000001")
    );
    numbers.dedup();
    assert_eq!(numbers.len(), 40);
}

async fn a_lost_caller_does_not_lose_the_write(world: World) {
    let change = registered(ticket(NOW));
    let id = change.after.ticket.id;
    let store = world.store.clone();
    let caller = tokio::spawn(async move {
        store
            .write::<(), StoreError, _>(move |tx| {
                Box::pin(async move {
                    store::tickets::case::save(tx, &crate::support::decided(change.clone())).await
                })
            })
            .await
    });
    tokio::task::yield_now().await;
    tokio::task::yield_now().await;
    caller.abort();
    let _ = caller.await;
    // Behind it in the queue, or after it; either way the first one is through or never began.
    for _ in 0..200 {
        if store::tickets::case::load(&world.store.reader(), &shared::access::Scope::All, id)
            .await
            .expect("loads")
            .is_some()
        {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Two transactions that lock two rows in opposite orders: one is the victim, is repeated, and both come through.
async fn crossing_writers_are_repeated(world: World) {
    let mut both = Vec::new();
    for names in [["a", "b"], ["b", "a"]] {
        for _ in 0..2 {
            let store = world.store.clone();
            both.push(tokio::spawn(async move {
                store
                    .write::<(), StoreError, _>(move |tx| {
                        Box::pin(async move {
                            for name in names {
                                store::settings::set(tx, name, "x").await?;
                                tokio::task::yield_now().await;
                            }
                            Ok(())
                        })
                    })
                    .await
            }));
        }
    }
    for writer in both {
        writer.await.expect("lives").expect("written");
    }
}
