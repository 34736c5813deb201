//! Events that find nobody, or stop on their way: kept for their time, delivered again, heard in their area only.

use services::approvals::{self, owner, views};
use services::{Ctx, host, jobs};
use shared::access::Role;
use shared::approval::command::Throw;
use shared::approval::verbs::{Retry, SetVariables};
use shared::approval::{ApprovalStatus, EventKind};
use shared::calendar::Instant;
use shared::command::Version;
use shared::ids::ApprovalId;

use crate::approvals::story::{Office, definition, deploys, files_on, hire, settling};
use crate::support::{SUZHOU_ZJJ, World, on_each_database, said};

const DAY: i64 = 86_400_000;
const WORK: &str =
    r#"<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler" ms:unit="initiator"/>"#;

fn with_events(id: &str, body: &str) -> String {
    definition(id, body).replacen(
        "<process",
        r#"<message id="m-go" name="go"/><signal id="s-flood" name="flood"/><process"#,
        1,
    )
}

/// Works, then waits for `go`.
fn waits_later() -> String {
    let body = format!(
        r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>{WORK}<sequenceFlow id="f2" sourceRef="work" targetRef="in"/>
<intermediateCatchEvent id="in"><messageEventDefinition messageRef="m-go"/></intermediateCatchEvent><sequenceFlow id="f3" sourceRef="in" targetRef="e"/><endEvent id="e"/>"#
    );
    with_events("waits", &body)
}

/// Begins with `go`.
fn begins() -> String {
    let body = format!(
        r#"<startEvent id="s"><messageEventDefinition messageRef="m-go"/></startEvent><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>{WORK}
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>"#
    );
    with_events("begins", &body)
}

/// Waits for `go`, and cannot decide behind it before `days` is set.
fn stops() -> String {
    let body = format!(
        r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="in"/>
<intermediateCatchEvent id="in"><messageEventDefinition messageRef="m-go"/></intermediateCatchEvent><sequenceFlow id="f2" sourceRef="in" targetRef="which"/>
<exclusiveGateway id="which" default="f4"/>
<sequenceFlow id="f3" sourceRef="which" targetRef="work"><conditionExpression>days &gt; 3</conditionExpression></sequenceFlow>{WORK}
<sequenceFlow id="f5" sourceRef="work" targetRef="e"/><sequenceFlow id="f4" sourceRef="which" targetRef="e"/><endEvent id="e"/>"#
    );
    with_events("stops", &body)
}

fn go(to: Option<&str>) -> Throw {
    Throw {
        kind: EventKind::Message,
        name: said("go"),
        approval_no: to.map(said),
        variables: said(serde_json::json!({"water": 3}).to_string()),
    }
}

async fn drains(world: &World) -> u64 {
    host::drain(&world.services).await.expect("the jobs run")
}

async fn later(world: &World, days: i64) {
    let now = world.services.now();
    world.clock.set(Instant(now.0 + days * DAY));
    jobs::once(&world.services).await.expect("the jobs run");
}

async fn count_of(owner: &Ctx, definition: &str) -> usize {
    let query = views::Query {
        shelf: "all".to_owned(),
        ..views::Query::default()
    };
    let page = views::list(owner, &query).await.expect("listed");
    let of = page.items.iter();
    of.filter(|row| row.definition.code == definition).count()
}

async fn status(owner: &Ctx, id: ApprovalId) -> ApprovalStatus {
    views::get(owner, id).await.expect("seen").row.status
}

#[tokio::test]
async fn a_message_waits_for_whoever_comes_within_its_time() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &waits_later()).await;
        let mut case = files_on(&office.initiator, "waits").await;
        let number = case.0.approval_no.clone();
        approvals::throw(&office.owner, go(Some(&number)))
            .await
            .expect("sent");
        assert_eq!(drains(&world).await, 0, "nobody waits yet");
        later(&world, 2).await;
        case.decides(&office.intake, "work", true).await;
        assert!(drains(&world).await >= 1, "it was kept");
        assert_eq!(
            status(&office.owner, case.id()).await,
            ApprovalStatus::Ended
        );

        let mut other = files_on(&office.initiator, "waits").await;
        let number = other.0.approval_no.clone();
        approvals::throw(&office.owner, go(Some(&number)))
            .await
            .expect("sent");
        drains(&world).await;
        later(&world, 8).await;
        other.decides(&office.intake, "work", true).await;
        assert_eq!(drains(&world).await, 0, "its time was over");
        assert_eq!(
            status(&office.owner, other.id()).await,
            ApprovalStatus::Running
        );
    })
    .await;
}

#[tokio::test]
async fn a_message_waits_for_a_definition_that_begins_with_it() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        approvals::throw(&office.owner, go(None))
            .await
            .expect("sent");
        drains(&world).await;
        deploys(&office.owner, &begins()).await;
        later(&world, 1).await;
        drains(&world).await;
        assert_eq!(count_of(&office.owner, "begins").await, 1);
        later(&world, 1).await;
        assert_eq!(count_of(&office.owner, "begins").await, 1, "once");
    })
    .await;
}

#[tokio::test]
async fn what_stops_at_a_condition_is_delivered_again_from_its_incident() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &stops()).await;
        let mut case = files_on(&office.initiator, "stops").await;
        let number = case.0.approval_no.clone();
        approvals::throw(&office.owner, go(Some(&number)))
            .await
            .expect("sent");
        drains(&world).await;
        let detail = case.refresh(&office.owner).await;
        let [incident] = detail.incidents.as_slice() else {
            panic!("one incident: {:?}", detail.incidents)
        };
        let set = SetVariables {
            version: Version(case.version()),
            variables: said(serde_json::json!({"days": 5}).to_string()),
            reason: said("补上天数"),
        };
        case.took(approvals::act(&office.owner, case.id(), set).await);
        let settle: Retry = settling(case.version(), incident.number, "再送一次");
        case.took(approvals::act(&office.owner, case.id(), settle).await);
        assert!(drains(&world).await >= 1);
        let detail = case.refresh(&office.intake).await;
        let open: Vec<&str> = detail.tasks.iter().map(|task| &*task.element).collect();
        assert_eq!(open, ["work"]);
        let view = owner::view(&office.owner, "stops", None)
            .await
            .expect("seen");
        assert!(view.incidents.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_signal_for_a_city_is_heard_there_only() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let hears = format!(
            r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>{WORK}<sequenceFlow id="f2" sourceRef="work" targetRef="done"/><endEvent id="done"/>
<boundaryEvent id="heard" attachedToRef="work"><signalEventDefinition signalRef="s-flood"/></boundaryEvent>
<sequenceFlow id="f3" sourceRef="heard" targetRef="stopped"/><endEvent id="stopped"/>"#
        );
        deploys(&office.owner, &with_events("hears", &hears)).await;
        let throws = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="out"/>
<intermediateThrowEvent id="out" ms:area="city"><signalEventDefinition signalRef="s-flood"/></intermediateThrowEvent>
<sequenceFlow id="f2" sourceRef="out" targetRef="e"/><endEvent id="e"/>"#;
        deploys(&office.owner, &with_events("throws", throws)).await;
        let starts = |area: &str| {
            let body = format!(
                r#"<startEvent id="s" ms:area="{area}"><signalEventDefinition signalRef="s-flood"/></startEvent><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>{WORK}
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>"#
            );
            with_events(&format!("from-{area}"), &body)
        };
        for area in ["320100", "320500"] {
            deploys(&office.owner, &starts(area)).await;
        }
        let suzhou = hire(&world, Role::UnitLiaison, SUZHOU_ZJJ).await;
        let near = files_on(&office.initiator, "hears").await;
        let far = files_on(&suzhou, "hears").await;
        files_on(&office.initiator, "throws").await;
        drains(&world).await;
        assert_eq!(status(&office.owner, near.id()).await, ApprovalStatus::Ended);
        assert_eq!(status(&office.owner, far.id()).await, ApprovalStatus::Running);
        assert_eq!(count_of(&office.owner, "from-320100").await, 1);
        assert_eq!(count_of(&office.owner, "from-320500").await, 0);
    })
    .await;
}
