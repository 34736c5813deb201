//! A clock that was 400 days ahead for a minute: what it left behind must do no harm afterwards.

use services::{audit, clock, jobs, photos};
use shared::access::Role;

use crate::support::{World, ZJJ, a_complaint, at, on_each_database};

const AHEAD: &str = "2027-04-06T09:05:00+08:00";
const BACK: &str = "2026-03-02T09:06:00+08:00";

async fn runs(world: &World) {
    jobs::once(&world.services).await.expect("the jobs run");
}

#[tokio::test]
async fn a_clock_that_was_ahead_for_a_minute_stops_nothing_and_loses_nothing() {
    on_each_database(|world| async move {
        let visitor = world.visitor();
        let draft = photos::new_draft(&visitor).await.expect("a draft");
        let mut filed = world.files(a_complaint()).await;
        runs(&world).await;

        world.clock.jump(at(AHEAD));
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.files(a_complaint()).await;
        runs(&world).await;
        world.clock.advance_minutes(1);
        runs(&world).await;

        world.clock.jump(at(BACK));
        runs(&world).await;
        photos::list(&visitor, draft)
            .await
            .expect("the form that was being filled in is still there");
        world.unit_answers(&mut filed, ZJJ).await;
        let events = services::tickets::history(&world.dispatcher(), filed.id)
            .await
            .expect("a history");
        assert!(events.len() >= 5, "{}", events.len());
        let times: Vec<_> = events.iter().map(|event| event.at).collect();
        assert!(
            times.is_sorted(),
            "no event precedes its predecessor: {times:?}"
        );

        world.clock.advance_minutes(2);
        runs(&world).await;
        let auditor = world.person(Role::Auditor, "320000-12345");
        let verdict = audit::verify(&auditor).await.expect("verifies");
        assert!(verdict.is_whole() && verdict.pending == 0, "{verdict}");
        let vitals = store::vitals::read(&world.services.store().reader())
            .await
            .expect("figures");
        let unsigned = vitals.audit_sealed - vitals.audit_signed;
        assert_eq!(unsigned, 0, "the audit is signed on: {vitals:?}");
        assert_eq!(vitals.messages_waiting, 0, "every message left: {vitals:?}");
        let jump = clock::last_jump(&world.services)
            .await
            .expect("reads")
            .expect("noticed");
        assert_eq!((jump.count, jump.by < 0), (2, true), "{jump:?}");
    })
    .await;
}

#[tokio::test]
async fn time_that_passes_is_no_jump() {
    on_each_database(|world| async move {
        runs(&world).await;
        world.clock.advance_minutes(60 * 24 * 30);
        runs(&world).await;
        world.time("2026-09-01T09:00");
        runs(&world).await;
        assert_eq!(
            clock::last_jump(&world.services).await.expect("reads"),
            None
        );
    })
    .await;
}
