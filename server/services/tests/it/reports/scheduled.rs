//! Reports that make themselves: kept in their owner's scope when their turn comes, told by number, suspended without the right.
//! Not here: when a turn comes (beside `shared::report`).

use services::gateway::bell;
use services::{jobs, reports};
use shared::access::Role;
use shared::fault::Code;
use shared::notice::NoticeKind;
use shared::report::{AskSchedule, ReportName, Rhythm, ScheduleState};

use super::a_week;
use crate::support::{CENTRE, World, on_each_database};

fn daily(receivers: &[&str]) -> AskSchedule {
    AskSchedule {
        name: ReportName::Daily,
        rhythm: Rhythm::Daily,
        hour: 8,
        region: None,
        receivers: receivers.iter().copied().map(str::to_owned).collect(),
    }
}

async fn runs(world: &World, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    job.once(&world.services).await.expect("it runs");
}

#[tokio::test]
async fn a_report_is_kept_when_its_turn_comes_and_people_are_told() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let owner = world.hires(Role::Supervisor, CENTRE).await;
        let name = owner.actor.username.clone();
        reports::schedule(&owner, daily(&[&name]))
            .await
            .expect("scheduled");
        runs(&world, "reports").await;
        let rows = reports::schedules(&owner).await.expect("a list");
        assert_eq!((rows.len(), &rows[0].last), (1, &None), "not yet");
        world.time("2026-03-26T08:30");
        runs(&world, "reports").await;
        runs(&world, "reports").await;
        let rows = reports::schedules(&owner).await.expect("a list");
        assert_eq!(rows[0].last.as_deref(), Some("daily-2026-03-25-1"));
        assert_eq!(rows[0].next_at.rfc3339(), "2026-03-27T08:00:00+08:00");
        let page = reports::kept_list(&owner, None).await.expect("a page");
        assert_eq!(page.items.len(), 1, "once");
        runs(&world, "notices").await;
        let told = bell::page(&owner, false, None, 10).await.expect("notices");
        let told = told.items.iter();
        let told = told.filter(|it| it.kind == NoticeKind::ReportMade);
        assert_eq!(told.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_owner_who_is_nobody_any_more_suspends_it() {
    on_each_database(|world| async move {
        let owner = world.supervisor();
        reports::schedule(&owner, daily(&[]))
            .await
            .expect("scheduled");
        world.time("2026-03-26T08:30");
        runs(&world, "reports").await;
        let rows = reports::schedules(&owner).await.expect("a list");
        assert_eq!(rows[0].state, ScheduleState::Suspended);
        assert!(rows[0].trouble.is_some() && rows[0].last.is_none());
        let id = rows[0].id.parse().expect("an id");
        reports::reschedule(&owner, id).await.expect("goes on");
        let rows = reports::schedules(&owner).await.expect("a list");
        assert_eq!(rows[0].state, ScheduleState::Active);
        reports::unschedule(&owner, id).await.expect("gone");
        let rows = reports::schedules(&owner).await.expect("a list");
        assert!(rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_sees_no_reports_is_told_of_none() {
    on_each_database(|world| async move {
        let owner = world.supervisor();
        let agent = world.hires(Role::Agent, CENTRE).await;
        for name in [agent.actor.username.as_str(), "nobody"] {
            let fault = reports::schedule(&owner, daily(&[name])).await;
            let fault = fault.expect_err("no reader");
            assert_eq!(fault.fields[0].field, "receivers", "{name}");
        }
        let fault = reports::schedule(&agent, daily(&[])).await;
        assert_eq!(fault.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}
