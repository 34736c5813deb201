//! A ticket's deadlines as timers: each rings once, is told, and moves with what it is the deadline of.

use crate::support::said;
use services::{consistency, host, tickets};
use shared::calendar::Instant;
use shared::command::Version;
use shared::ticket::Verb;
use shared::ticket::verbs::{Recall, Sign};
use shared::ticket::view::TicketDetail;

use crate::support::{CGJ, Filed, World, ZJJ, a_complaint, on_each_database};

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    tickets::get(&world.supervisor(), filed.id)
        .await
        .expect("seen")
}

/// Stages whose end the history tells.
async fn told(world: &World, filed: &Filed) -> Vec<String> {
    let events = tickets::history(&world.supervisor(), filed.id)
        .await
        .expect("seen");
    let rung = events.into_iter().filter(|event| event.verb == Verb::Ring);
    rung.filter_map(|event| event.facts.get("stage").cloned())
        .collect()
}

/// Whose deadline it was that the history tells first.
async fn whose(world: &World, filed: &Filed) -> Option<String> {
    let events = tickets::history(&world.supervisor(), filed.id)
        .await
        .expect("seen");
    let mut rung = events.into_iter().filter(|event| event.verb == Verb::Ring);
    Some(rung.next()?.unit?.code)
}

async fn rings(world: &World, at: Instant) -> u64 {
    world.clock.set(at);
    host::drain(&world.services).await.expect("the jobs run")
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services)
        .await
        .expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

fn after(at: Option<Instant>) -> Instant {
    Instant(at.expect("a deadline").0 + 1_000)
}

async fn dispatched(world: &World) -> Filed {
    let mut filed = world.takes_call(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    filed
}

#[tokio::test]
async fn a_deadline_that_passes_is_told_once_and_nobodys_form_is_stale() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        fits(&world).await;
        let detail = seen(&world, &filed).await;
        let sign = detail.assignments[0].sign_deadline.due_at;
        assert_eq!(rings(&world, Instant(after(sign).0 - 5_000)).await, 0);
        assert_eq!(rings(&world, after(sign)).await, 1);
        assert_eq!(told(&world, &filed).await, ["sign"]);
        assert_eq!(whose(&world, &filed).await.as_deref(), Some(ZJJ));
        let late = seen(&world, &filed).await;
        assert_eq!(late.row.version, detail.row.version);
        assert_eq!(late.row.state, detail.row.state);
        assert_eq!(late.actions, detail.actions);
        assert_eq!(rings(&world, after(sign)).await, 0, "once");
        fits(&world).await;

        let (id, version) = filed.at_unit(ZJJ);
        filed.took(
            tickets::act(
                &world.liaison(ZJJ),
                id,
                Sign {
                    version: Version(version),
                },
            )
            .await,
        );
        let due = late.assignments[0].deadline.due_at;
        assert_eq!(rings(&world, after(due)).await, 1);
        assert_eq!(told(&world, &filed).await, ["sign", "handle"]);
        world.unit_replies(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        fits(&world).await;
        let month = Instant(after(due).0 + 30 * 86_400_000);
        assert_eq!(rings(&world, month).await, 1);
        assert_eq!(told(&world, &filed).await, ["sign", "handle", "visit"]);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_recall_sets_the_deadlines_of_the_new_unit() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let old = seen(&world, &filed).await.assignments.remove(0);
        world.time("2026-03-02T09:20");
        let recall = Recall {
            version: Version(filed.version),
            assignment: Some(old.id),
            to: Some(said(CGJ)),
            reason: said("职责不符，改派城管"),
            cause: None,
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, recall).await);
        fits(&world).await;
        assert_eq!(rings(&world, after(old.sign_deadline.due_at)).await, 0);
        let detail = seen(&world, &filed).await;
        let new = detail.assignments.iter().find(|a| a.id != old.id);
        let sign = new.expect("another unit").sign_deadline.due_at;
        assert!(sign > old.sign_deadline.due_at);
        assert_eq!(rings(&world, after(sign)).await, 1);
        let (id, version) = filed.at_unit(CGJ);
        filed.took(
            tickets::act(
                &world.liaison(CGJ),
                id,
                Sign {
                    version: Version(version),
                },
            )
            .await,
        );
        world.unit_replies(&mut filed, CGJ).await;
        let handled = after(new.expect("another unit").deadline.due_at);
        assert_eq!(rings(&world, handled).await, 0, "it was done before");
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn tickets_of_the_first_version_stay_on_it() {
    on_each_database(|world| async move {
        let now = world.services.now();
        let switch = |active: bool| {
            let store = world.services.store().clone();
            async move {
                let done = store.write::<_, store::StoreError, _>(move |tx| {
                    Box::pin(async move {
                        if active {
                            store::definitions::activate(tx, "ticket-main", 2, now).await
                        } else {
                            store::definitions::withdraw(tx, "ticket-main", 2, now).await
                        }
                    })
                });
                assert!(done.await.expect("written"));
            }
        };
        switch(false).await;
        world.services.bust_reference().await;
        let mut old = dispatched(&world).await;
        switch(true).await;
        world.services.bust_reference().await;
        let new = dispatched(&world).await;
        let sign = seen(&world, &old).await.assignments[0].sign_deadline.due_at;
        assert_eq!(rings(&world, after(sign)).await, 1);
        assert!(told(&world, &old).await.is_empty());
        assert_eq!(told(&world, &new).await, ["sign"]);
        world.unit_answers(&mut old, ZJJ).await;
        world.centre_passes(&mut old).await;
        fits(&world).await;
    })
    .await;
}
