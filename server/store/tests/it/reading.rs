//! A read that nobody waits for any more gives its connection back.
//! Not here: writes, which go on (`writing`).
//! The time limits below are only met when something is wrong.

use std::time::Duration;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use store::bare::Bare;

use crate::support::World;

on_both! { reads_that_were_given_up_leave_the_connections_to_others }

/// More than there are connections for pages.
const READS: usize = 12;

async fn reads_that_were_given_up_leave_the_connections_to_others(world: World) {
    let bare = Bare::of(&world.store);
    let endless = futures_of(&bare);
    let ended = tokio::time::timeout(Duration::from_millis(300), endless).await;
    assert!(ended.is_err(), "they do not end by themselves");
    let reader = world.store.reader();
    let list = store::users::list(&reader);
    let list = tokio::time::timeout(Duration::from_secs(20), list).await;
    assert!(
        list.expect("a connection is free")
            .expect("lists")
            .is_empty()
    );
    if world.store.kind() == "postgres" {
        let raw = world.raw().await;
        let still = async || {
            let sql = "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like 'with recursive n%'";
            let row = raw
                .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
                .await
                .expect("asks")
                .expect("a row");
            row.try_get_by_index::<i64>(0).expect("a number")
        };
        let over = async { while still().await > 0 {} };
        let over = tokio::time::timeout(Duration::from_secs(15), over).await;
        assert!(over.is_ok(), "the server has stopped them as well");
    }
}

async fn futures_of(bare: &Bare) {
    let mut reads: Vec<_> = (0..READS).map(|_| Box::pin(bare.endless())).collect();
    std::future::poll_fn(|cx| {
        for read in &mut reads {
            if read.as_mut().poll(cx).is_ready() {
                return std::task::Poll::Ready(());
            }
        }
        std::task::Poll::Pending
    })
    .await;
}
