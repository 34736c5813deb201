//! Moving cases to another version as a job: killed in the middle and taken up by another runner, no case is moved twice; stopped half way
//! it is taken back.
//! Not here: what moves where (`versions`).

use services::approvals::owner;
use services::jobs::{self, host::desk};
use shared::approval::ApprovalVerb as V;
use shared::job::JobPhase;

use super::story::{Case, Office, definition, deploys, files_on};
use crate::support::{World, killed_after, lives, on_each_database};

const STEP: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="check"/>
<userTask id="check" name="审查" ms:name_en="Check" ms:role="handler" ms:unit="initiator"/>
<sequenceFlow id="f2" sourceRef="check" targetRef="e"/><endEvent id="e"/>"#;

fn order() -> owner::MigrationPlan {
    owner::MigrationPlan {
        key: "moved".to_owned(),
        from: 1,
        to: 2,
        mapping: std::collections::BTreeMap::new(),
        dry_run: false,
        patience: None,
    }
}

/// More cases than one step moves, on the first of two versions.
async fn cases(office: &Office) -> Vec<Case> {
    deploys(&office.owner, &definition("moved", STEP)).await;
    let mut cases = Vec::new();
    for _ in 0..23 {
        cases.push(files_on(&office.initiator, "moved").await);
    }
    let longer = STEP.replace("审查", "核查");
    deploys(&office.owner, &definition("moved", &longer)).await;
    cases
}

async fn host(world: &World) -> jobs::Done {
    let known = jobs::JOBS.iter().find(|job| job.name == "host");
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs")
}

async fn versions(cases: &mut [Case], office: &Office) -> (usize, usize) {
    let (mut moved, mut twice) = (0, 0);
    for case in cases {
        let detail = case.refresh(&office.intake).await;
        moved += usize::from(detail.row.definition_version == 2);
        let events = detail.history.iter();
        twice += usize::from(events.filter(|event| event.verb == V::Migrate).count() > 1);
    }
    (moved, twice)
}

#[tokio::test]
async fn killed_at_any_point_no_case_is_moved_twice() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut cases = cases(&office).await;
        // The one who asks dies somewhere; the job is there, and the server's own runner does the rest.
        let mut wakes = 1;
        let id = loop {
            let asked = killed_after(wakes, owner::migrate(&office.owner, order())).await;
            let jobs = desk::list(&office.owner, None, 50)
                .await
                .expect("lists")
                .items;
            if let Some(job) = jobs.first() {
                assert!(asked.is_none(), "it was killed");
                break job.id;
            }
            wakes += 1;
        };
        for wakes in lives() {
            world.clock.advance_minutes(3);
            killed_after(wakes, host(&world)).await;
            let job = desk::get(&office.owner, id).await.expect("mine");
            if !job.state.is_open() {
                break;
            }
        }
        let job = desk::get(&office.owner, id).await.expect("mine");
        assert_eq!((job.state, job.done), (JobPhase::Done, 23), "{job:?}");
        assert_eq!(job.report.expect("a report")["moved"], 23);
        assert_eq!(versions(&mut cases, &office).await, (23, 0));
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_was_stopped_half_way_is_taken_back() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut cases = cases(&office).await;
        let patient = owner::MigrationPlan {
            patience: Some(std::time::Duration::ZERO),
            ..order()
        };
        let begun = owner::migrate(&office.owner, patient).await.expect("begun");
        assert!(!begun.is_finished);
        assert!(host(&world).await.more, "one step");
        let jobs = desk::list(&office.owner, None, 50)
            .await
            .expect("lists")
            .items;
        let stopped = desk::cancel(&office.owner, jobs[0].id)
            .await
            .expect("stopped");
        assert_eq!((stopped.state, stopped.done), (JobPhase::Cancelled, 20));
        assert_eq!(stopped.subject, "moved 1 → 2");
        assert_eq!(versions(&mut cases, &office).await, (20, 0));
        let id = begun.id.expect("a migration");
        let undone = owner::undo_migration(&office.owner, id)
            .await
            .expect("undone");
        assert_eq!((undone.back, undone.stayed), (20, 0));
        assert_eq!(versions(&mut cases, &office).await, (0, 0));
    })
    .await;
}
