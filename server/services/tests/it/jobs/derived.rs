//! Values that are kept beside what they follow from: each is broken past every verb, and exactly that is found.
//! Not here: deadlines from their limits and states (`host`, the store's tests), seals (`tickets::ends`).

use services::{Services, consistency, public, tickets};
use shared::command::Version;
use shared::process::mismatch::{Derived, Mismatch};
use shared::ticket::verbs::{Redo, Urge};
use shared::ticket::{Satisfaction, Solved};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

async fn found(services: &Services) -> Vec<Mismatch> {
    let all = consistency::check_all(services).await.expect("checked");
    let kinds: i64 = all.kinds.values().map(|of| of.count).sum();
    assert_eq!(kinds, all.count, "each is of a kind");
    all.first.into_iter().map(|one| one.what).collect()
}

async fn healthy(world: &World) {
    let seen = found(&world.services).await;
    assert!(seen.is_empty(), "{seen:?}");
}

/// Urged, answered, called, handled once more, answered again: it waits for its second call.
async fn handled_twice(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    let urge = Urge {
        message: Some(said("请尽快处理")),
    };
    let urged = public::urge(&world.visitor(), filed.claim.clone(), urge).await;
    urged.expect("urged");
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, Satisfaction::Dissatisfied, Solved::No)
        .await;
    let redo = Redo {
        version: Version(filed.version),
        reason: said("诉求人反映屋面仍在漏水，请重新维修"),
        cause: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, redo).await);
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    filed
}

/// Breaks a value, sees that it alone is found, and mends it.
async fn alone(world: &World, what: Derived, broken: &str, mended: &str) {
    world.tampers(broken).await;
    let seen = found(&world.services).await;
    let [Mismatch::Derived { what: told, .. }] = &seen[..] else {
        panic!("{what:?}: {seen:?}");
    };
    assert_eq!(told, what.as_str());
    world.tampers(mended).await;
    healthy(world).await;
}

#[tokio::test]
async fn every_derived_value_is_made_anew_and_compared() {
    on_each_database(|world| async move {
        handled_twice(&world).await;
        healthy(&world).await;
        for (what, broken, mended) in [
            (
                Derived::Urges,
                "update tickets set urge_count = urge_count + 1",
                "update tickets set urge_count = urge_count - 1",
            ),
            (
                Derived::FirstRating,
                "update tickets set first_satisfaction = '5'",
                "update tickets set first_satisfaction = '2'",
            ),
            (
                Derived::LatestRating,
                "update tickets set latest_satisfaction = '5'",
                "update tickets set latest_satisfaction = '2'",
            ),
            (
                Derived::City,
                "update tickets set city = '3299'",
                "update tickets set city = '3201'",
            ),
            (
                Derived::LeadDue,
                "update tickets set lead_due_at = lead_due_at + 1",
                "update tickets set lead_due_at = lead_due_at - 1",
            ),
            (
                Derived::LeadReplied,
                "update tickets set lead_replied_at = lead_replied_at + 1",
                "update tickets set lead_replied_at = lead_replied_at - 1",
            ),
            (
                Derived::Returns,
                "update assignments set return_count = 1 where cycle_no = 1",
                "update assignments set return_count = 0 where cycle_no = 1",
            ),
            (
                Derived::Calls,
                "update follow_up_pool set tries = tries + 1",
                "update follow_up_pool set tries = tries - 1",
            ),
            (
                Derived::Ladder,
                "update ladder_clocks set due_at = due_at + 1",
                "update ladder_clocks set due_at = due_at - 1",
            ),
        ] {
            alone(&world, what, broken, mended).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_lead_unit_and_the_ledger_are_compared_while_a_unit_works() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        healthy(&world).await;
        let lead = format!("update tickets set lead_unit = '{ZJJ}'");
        let none = "update tickets set lead_unit = null";
        alone(&world, Derived::LeadUnit, none, &lead).await;
        // What the ledger does not know: a deadline that nobody moved; without a limit nothing else is reckoned from.
        let clock = "limit_value = null, due_at = due_at";
        let broken = format!("update assignments set {clock} + 60000, extended_days = 0");
        world.tampers(&broken).await;
        let seen = found(&world.services).await;
        let words: Vec<&str> = seen.iter().map(Mismatch::kind).collect();
        assert!(words.contains(&Derived::Ledger.as_str()), "{seen:?}");
        assert!(words.contains(&Derived::LeadDue.as_str()), "{seen:?}");
    })
    .await;
}
