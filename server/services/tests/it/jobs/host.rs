//! The host of long jobs: who holds one, what a killed runner leaves, stopping, failing.
//! Not here: results of exports (`exports`), killed imports and migrations (beside those).

use futures::future::join_all;
use services::jobs::{self, host};
use services::{Ctx, import};
use shared::access::{Role, Scope};
use shared::calendar::Instant;
use shared::fault::Code;
use shared::ids::{BatchId, JobId};
use shared::job::{JobPhase, JobState};
use shared::process::mismatch::Line;
use store::jobs::{Ending, Held, Job, New, Pick, Seen, Stand};

use crate::approvals::story::hire;
use crate::import::{Desk, TEXT};
use crate::support::{
    Kind, SUZHOU_CENTRE, World, a_complaint, killed_after, lives, on_each_database,
};

/// One run of one of the server's jobs.
async fn runs(world: &World, name: &str) -> jobs::Done {
    let known = jobs::JOBS.iter().find(|job| job.name == name);
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs")
}

async fn written<T: Send + 'static>(
    world: &World,
    work: impl for<'t> FnOnce(
        &'t store::Tx,
    ) -> futures::future::BoxFuture<'t, Result<T, store::StoreError>>
    + Clone
    + Send
    + 'static,
) -> T {
    let done = world.services.store().write(work).await;
    done.expect("written")
}

fn new(world: &World, kind: &'static str, once: Option<&str>) -> New {
    New {
        id: JobId(world.services.new_id()),
        kind,
        once: once.map(str::to_owned),
        owner: None,
        owner_name: "system".to_owned(),
        region: String::new(),
        subject: String::new(),
        scope: "{}".to_owned(),
        at: world.services.now(),
    }
}

async fn put(world: &World, new: &New) -> bool {
    let new = new.clone();
    written(world, move |tx| {
        Box::pin(async move { store::jobs::put(tx, &new).await })
    })
    .await
}

async fn claim(world: &World, pick: &Pick, holder: &str) -> Option<Held> {
    let now = world.services.now();
    let (pick, holder) = (pick.clone(), holder.to_owned());
    written(world, move |tx| {
        Box::pin(async move {
            let times = (now, Instant(now.0 + 60_000));
            store::jobs::claim(tx, &pick, &holder, times).await
        })
    })
    .await
}

async fn found(world: &World, id: JobId) -> Job {
    let all = Seen {
        own: None,
        scope: Some(Scope::All),
    };
    let db = world.services.store().reader();
    let job = store::jobs::get(&db, &all, id).await.expect("reads");
    job.expect("there")
}

async fn newest(world: &World, kind: &str) -> Option<Job> {
    let db = world.services.store().reader();
    let all = store::jobs::newest(&db, kind, 5).await.expect("lists");
    all.into_iter().next()
}

#[tokio::test]
async fn a_nightly_check_goes_on_where_another_runner_died() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        jobs::once(&world.services).await.expect("runs");
        assert_eq!(newest(&world, "check").await, None, "not by day");
        world.time("2026-03-03T02:00");
        runs(&world, "nightly").await;
        runs(&world, "nightly").await;
        assert!(runs(&world, "host").await.more);
        let one = newest(&world, "check").await.expect("there");
        assert_eq!((one.steps, one.done), (1, 1), "the ticket was looked at");
        let dead = claim(&world, &Pick::One(one.id), "dead").await;
        let dead = dead.expect("free");
        assert!(!runs(&world, "host").await.more, "it is held");
        world.clock.advance_minutes(2);
        for _ in ["approvals", "applications"] {
            assert!(runs(&world, "host").await.more);
        }
        let one = found(&world, one.id).await;
        assert_eq!((one.state, one.done), (JobState::Done, 1), "looked at once");
        // Whoever comes back late writes nothing.
        let now = world.services.now();
        let stand = Stand {
            cursor: "{}".to_owned(),
            done: 0,
            total: None,
        };
        let ending = Ending {
            state: JobState::Failed,
            done: 0,
            report: None,
            fault: None,
            file: None,
        };
        let late = written(&world, move |tx| {
            Box::pin(async move {
                let stood = store::jobs::stand(tx, &dead, &stand, now).await?;
                Ok((stood, store::jobs::end(tx, &dead, &ending, now).await?))
            })
        });
        assert_eq!(late.await, (false, false), "the dead runner was overtaken");
        let db = world.services.store().reader();
        let last = async || host::last_check(&db).await.expect("asks").expect("ended");
        let (_, report) = last().await;
        assert_eq!((report.tickets, report.approvals, report.count), (1, 0, 0));
        assert_eq!(world.audited("job.end").await.len(), 1);
        runs(&world, "nightly").await;
        assert!(!runs(&world, "host").await.more, "once a night");

        world.damage(filed.claim.ticket_no.as_str()).await;
        world.time("2026-03-04T03:00");
        runs(&world, "nightly").await;
        while runs(&world, "host").await.more {}
        let (_, report) = last().await;
        assert_eq!(report.count, 1, "{report:?}");
        let [Line::Found(found)] = &report.lines[..] else {
            panic!("a code with its facts: {report:?}");
        };
        assert_eq!((found.id, found.what.rule()), (filed.id.0, "deadline"));
        let ends = world.audited("job.end").await;
        assert_eq!(
            ends.last().map(|row| row.outcome.as_str()),
            Some("findings")
        );
    })
    .await;
}

#[tokio::test]
async fn a_job_is_held_by_one_runner_at_a_time_and_jobs_take_turns() {
    on_each_database(|world| async move {
        let jobs: Vec<New> = (0..3).map(|_| new(&world, "check", None)).collect();
        for job in &jobs {
            assert!(put(&world, job).await);
        }
        let pick = Pick::Kinds(vec!["check"]);
        for round in 0..10 {
            let runners = (0..12).map(|n| {
                let (world, pick) = (&world, &pick);
                async move { claim(world, pick, &format!("{round}-{n}")).await }
            });
            let held: Vec<Held> = join_all(runners).await.into_iter().flatten().collect();
            let mut ids: Vec<JobId> = held.iter().map(|held| held.job.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(
                (held.len(), ids.len()),
                (3, 3),
                "each once, in round {round}"
            );
            for held in held {
                let now = world.services.now();
                let stand = Stand {
                    cursor: round.to_string(),
                    done: round,
                    total: Some(10),
                };
                let stood = written(&world, move |tx| {
                    Box::pin(async move { store::jobs::stand(tx, &held, &stand, now).await })
                });
                assert!(stood.await);
            }
            world.clock.advance_minutes(1);
        }
        for job in &jobs {
            let job = found(&world, job.id).await;
            assert_eq!((job.steps, job.done, job.total), (10, 9, Some(10)));
        }
        // One that was let go goes behind the others.
        let first = claim(&world, &pick, "x").await.expect("one").job.id;
        let second = claim(&world, &pick, "y").await.expect("another").job.id;
        assert_ne!(first, second);
        // Only one of its kind at a time, and another when that has ended.
        let (one, two) = (
            new(&world, "check", Some("a")),
            new(&world, "check", Some("a")),
        );
        assert_eq!(
            (put(&world, &one).await, put(&world, &two).await),
            (true, false)
        );
    })
    .await;
}

#[tokio::test]
async fn a_lease_from_a_clock_that_was_ahead_does_not_hold_for_ever() {
    on_each_database(|world| async move {
        let job = new(&world, "check", None);
        put(&world, &job).await;
        world.time("2030-01-01T00:00");
        claim(&world, &Pick::One(job.id), "ahead")
            .await
            .expect("free");
        world.time("2026-03-02T10:00");
        assert!(claim(&world, &Pick::One(job.id), "now").await.is_some());
    })
    .await;
}

/// Rows for an import.
fn rows(count: usize) -> String {
    let mut file = "编号,时间,内容\n".to_owned();
    for n in 0..count {
        file += &format!("{n},2026-01-05,{TEXT}{n}\n");
    }
    file
}

#[tokio::test]
async fn killed_at_any_point_nothing_is_done_twice() {
    for kind in Kind::available() {
        let desk = Desk::on(kind).await;
        let done = desk.bring("board.csv", rows(310)).await.expect("imported");
        let batch = done.batch.expect("a batch");
        let world = &desk.world;
        // Each life is a little longer than the one before; what the dead held is free after their lease.
        let mut is_over = false;
        for wakes in lives() {
            let undo = killed_after(wakes, import::undo(&ctx_of(world), batch)).await;
            if let Some(undone) = undo {
                undone.expect("undone");
                is_over = true;
                break;
            }
            world.clock.advance_minutes(3);
        }
        assert!(is_over, "{kind:?}");
        let mut seen = 0;
        for ticket in all(world).await {
            let history = services::tickets::history(&ctx_of(world), ticket)
                .await
                .expect("reads");
            let withdrawn = history
                .iter()
                .filter(|event| event.verb == shared::ticket::Verb::Withdraw)
                .count();
            assert_eq!(withdrawn, 1, "{kind:?}");
            seen += 1;
        }
        assert_eq!(seen, 310);
        // Whoever died behind the end asked once more, for nothing.
        let undone = world.audited("import.undo").await;
        let told: Vec<&str> = undone
            .iter()
            .map(|row| row.facts["tickets"].as_str())
            .collect();
        assert_eq!(told[0], "310", "{kind:?}");
        assert!(told[1..].iter().all(|count| *count == "0"), "{told:?}");
    }
}

fn ctx_of(world: &World) -> Ctx {
    Ctx::system(&world.services)
}

async fn all(world: &World) -> Vec<shared::ids::TicketId> {
    let mut query = shared::query::TicketQuery {
        limit: 200,
        filter: shared::query::TicketFilter {
            state: vec![shared::ticket::TicketState::Recycled],
            ..Default::default()
        },
        ..Default::default()
    };
    let db = world.services.store().reader();
    let mut ids = Vec::new();
    loop {
        let page = store::tickets::list(&db, &Scope::All, &query, world.services.now())
            .await
            .expect("a page");
        ids.extend(page.items.iter().map(|ticket| ticket.id));
        let Some(cursor) = page.next_cursor else {
            return ids;
        };
        query.cursor = Some(cursor);
    }
}

#[tokio::test]
async fn a_job_is_stopped_between_steps_by_whoever_may() {
    for kind in Kind::available() {
        let desk = Desk::on(kind).await;
        let world = &desk.world;
        let done = desk.bring("board.csv", rows(310)).await.expect("imported");
        let batch = done.batch.expect("a batch");
        let owner = hire(world, Role::Supervisor, "320100-12345").await;
        let admin = hire(world, Role::SystemAdmin, "320000-12345").await;
        let leader = hire(world, Role::CentreLeader, "320100-12345").await;
        let other = hire(world, Role::CentreLeader, SUZHOU_CENTRE).await;
        let mut one = new(world, "undo_import", None);
        one.owner = owner.actor.user();
        one.region = "320100".to_owned();
        one.scope = format!("{{\"batch\":\"{batch}\",\"tickets\":310}}");
        put(world, &one).await;
        assert!(runs(world, "host").await.more, "300 of 310");
        let mine = host::desk::get(&owner, one.id).await.expect("mine");
        assert_eq!(
            (mine.state, mine.done, mine.total, mine.is_own),
            (JobPhase::Running, 300, Some(310), true)
        );
        assert_eq!(mine.percent(), Some(96));
        for stranger in [&other, &world.agent(), &world.dispatcher()] {
            let fault = host::desk::cancel(stranger, one.id)
                .await
                .expect_err("not theirs");
            assert_eq!(fault.code, Code::NotFound);
            let page = host::desk::list(stranger, None, 50)
                .await
                .expect("their own");
            assert!(page.items.is_empty());
        }
        let nobody = host::desk::list(&world.visitor(), None, 50).await;
        assert_eq!(nobody.expect_err("nobody").code, Code::SignedOut);
        for manager in [&admin, &leader] {
            let seen = host::desk::list(manager, None, 50)
                .await
                .expect("lists")
                .items;
            assert!(seen.iter().any(|job| job.id == one.id && !job.is_own));
        }
        // The import itself is nobody's of a city: the application's.
        assert_eq!(
            host::desk::list(&leader, None, 50)
                .await
                .expect("lists")
                .items
                .len(),
            1
        );
        assert_eq!(
            host::desk::list(&admin, None, 50)
                .await
                .expect("lists")
                .items
                .len(),
            2
        );
        stopped_under_way(world, one.id, (&owner, &leader)).await;
        // One that came to its end is too late.
        let import = newest(world, "import").await.expect("there").id;
        let late = host::desk::cancel(&admin, import).await.expect_err("done");
        assert_eq!(late.code, Code::JobEnded);
        let rows = world.audited("job.cancel").await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        // What was done stays, and the rest can be done.
        assert_eq!(
            import::undo(&ctx_of(world), batch).await.expect("the rest"),
            10
        );
        // One that nobody works on ends at once.
        let idle = new(world, "undo_import", None);
        put(world, &idle).await;
        let gone = host::desk::cancel(&admin, idle.id).await.expect("stopped");
        assert_eq!(gone.state, JobPhase::Cancelled);
    }
}

/// Somebody works on it: it ends before the next step.
async fn stopped_under_way(world: &World, id: JobId, (owner, leader): (&Ctx, &Ctx)) {
    let held = claim(world, &Pick::One(id), "busy").await.expect("free");
    let asked = host::desk::cancel(leader, id).await.expect("asked");
    assert_eq!(asked.state, JobPhase::Stopping);
    let now = world.services.now();
    let stand = Stand {
        cursor: held.job.cursor.clone().expect("stood"),
        done: 300,
        total: Some(310),
    };
    let stood = written(world, move |tx| {
        Box::pin(async move { store::jobs::stand(tx, &held, &stand, now).await })
    });
    assert!(stood.await, "its step is kept");
    while runs(world, "host").await.more {}
    let ended = host::desk::get(owner, id).await.expect("mine");
    assert_eq!((ended.state, ended.done), (JobPhase::Cancelled, 300));
    assert_eq!(ended.cancelled_by, Some(leader.actor.name.clone()));
    // Once more is as good.
    host::desk::cancel(owner, id).await.expect("as asked");
}

#[tokio::test]
async fn a_step_that_fails_is_tried_again_and_then_no_more() {
    on_each_database(|world| async move {
        let mut bad = new(&world, "undo_import", Some("bad"));
        bad.scope = "no json".to_owned();
        put(&world, &bad).await;
        for tries in 1..5 {
            assert!(runs(&world, "host").await.more, "try {tries}");
            let job = found(&world, bad.id).await;
            assert_eq!((job.state, job.tries), (JobState::Open, tries));
            assert_eq!(job.fault.as_deref(), Some("broken"));
            assert!(job.facts.contains_key("incident"), "{:?}", job.facts);
            assert!(!runs(&world, "host").await.more, "not at once");
            world.clock.advance_minutes(15);
        }
        runs(&world, "host").await;
        let job = found(&world, bad.id).await;
        assert_eq!(
            (job.state, job.fault.as_deref()),
            (JobState::Failed, Some("broken"))
        );
        assert!(job.ended_at.is_some());
        let ends = world.audited("job.end").await;
        assert_eq!(ends.last().map(|row| row.outcome.as_str()), Some("broken"));
        // Another of the same may be asked for now.
        assert!(put(&world, &new(&world, "undo_import", Some("bad"))).await);
        // A rule that refuses ends it at once: whoever asked has no account any more.
        let mut theirs = new(&world, "undo_import", None);
        theirs.owner = world.supervisor().actor.user();
        theirs.scope = format!(
            "{{\"batch\":\"{}\",\"tickets\":0}}",
            BatchId(world.services.new_id())
        );
        put(&world, &theirs).await;
        while runs(&world, "host").await.more {}
        let job = found(&world, theirs.id).await;
        assert_eq!(
            (job.state, job.fault.as_deref()),
            (JobState::Failed, Some("access.denied"))
        );
    })
    .await;
}
