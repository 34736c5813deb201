//! Erasing by the clock: the citizen is taken out of old archived tickets, and case and seal stay whole.

use services::{citizens, consistency, jobs, tickets};
use shared::register::{Keep, setting_of};
use shared::ticket::{TicketState, Verb};

use super::closed;
use crate::support::{World, killed_after, lives, on_each_database};

async fn night(world: &World, name: &str, at: &str) {
    world.time(at);
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    while job.once(&world.services).await.expect("runs").more {}
}

async fn years(world: &World, years: &str) {
    let (key, years) = (setting_of(Keep::ERASING.key), years.to_owned());
    world
        .services
        .store()
        .write::<(), store::StoreError, _>(move |tx| {
            let (key, years) = (key.clone(), years.clone());
            Box::pin(async move { store::settings::set(tx, &key, &years).await })
        })
        .await
        .expect("set");
}

#[tokio::test]
async fn an_old_archived_ticket_loses_its_citizen_and_keeps_its_seal() {
    on_each_database(|world| async move {
        let filed = closed(&world).await;
        night(&world, "archive", "2026-05-21T02:00").await;
        let seen = tickets::get(&world.dispatcher(), filed.id).await;
        assert_eq!(seen.expect("seen").row.state, TicketState::Archived);
        let citizen = || async {
            let seen = tickets::get(&world.dispatcher(), filed.id).await;
            seen.expect("seen").citizen
        };
        night(&world, "erasing", "2027-04-01T02:00").await;
        assert!(citizen().await.is_some(), "nothing is set");
        years(&world, "2").await;
        night(&world, "erasing", "2027-04-02T02:00").await;
        assert!(citizen().await.is_some(), "too early");
        night(&world, "erasing", "2028-04-03T12:00").await;
        assert!(citizen().await.is_some(), "by day");
        night(&world, "erasing", "2028-04-04T02:00").await;
        assert!(citizen().await.is_none(), "erased");
        let seen = tickets::get(&world.dispatcher(), filed.id).await;
        let seen = seen.expect("it stays");
        assert!(seen.content.contains("屋顶漏水"));
        assert_eq!(seen.archive.expect("a seal").broken, None, "as it was");
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let last = history.expect("read").pop().expect("a line");
        assert_eq!(last.verb, Verb::EraseCitizen);
        let rows = world.audited("citizen.erase_old").await;
        assert_eq!(rows.len(), 1, "one portion, one row");
        night(&world, "erasing", "2028-04-05T02:00").await;
        assert_eq!(world.audited("citizen.erase_old").await.len(), 1);
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
        let owner = world.citizen("13812345678").await;
        let own = citizens::list(&owner, None).await.expect("the list");
        assert!(own.items.is_empty(), "found by the number no more");
    })
    .await;
}

#[tokio::test]
async fn a_night_that_is_killed_erases_each_once() {
    on_each_database(|world| async move {
        let mut filed = Vec::new();
        for _ in 0..3 {
            filed.push(closed(&world).await);
        }
        night(&world, "archive", "2026-05-21T02:00").await;
        years(&world, "1").await;
        world.time("2027-06-01T02:00");
        let job = jobs::JOBS.iter().find(|job| job.name == "erasing");
        let job = job.expect("a job");
        for wakes in lives() {
            let done = killed_after(wakes, job.once(&world.services)).await;
            if done.is_some_and(|done| done.expect("runs").count == 0) {
                break;
            }
        }
        for one in &filed {
            let seen = tickets::get(&world.dispatcher(), one.id).await;
            let seen = seen.expect("it stays");
            assert!(seen.citizen.is_none(), "erased");
            assert_eq!(seen.archive.expect("a seal").broken, None);
            let history = tickets::history(&world.dispatcher(), one.id).await;
            let lines = history.expect("read").into_iter();
            let erased = lines.filter(|line| line.verb == Verb::EraseCitizen);
            assert_eq!(erased.count(), 1, "once");
        }
        let rows = world.audited("citizen.erase_old").await;
        let counted = rows.iter().map(|row| row.facts["count"].parse::<usize>());
        let counted: usize = counted.map(|it| it.expect("a number")).sum();
        assert_eq!(counted, filed.len());
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
    })
    .await;
}
