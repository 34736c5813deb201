//! Messages and signals between cases, and definitions that begin with them or at a time: each delivered once, also by two servers.

use services::Ctx;
use services::approvals::{self, views};
use services::host;
use shared::approval::command::Throw;
use shared::approval::verbs::{Resume, Suspend};
use shared::approval::view::ApprovalDetail;
use shared::approval::{ApprovalStatus, ApprovalVerb as V, EventKind};
use shared::command::{Command as _, Sent, Variables};
use shared::fault::Code;

use super::story::{Case, Office, definition, deploys, files_on, reasoned};
use crate::support::{World, on_each_database, said};

/// Declares the messages and signals that the tests use.
fn with_events(id: &str, body: &str) -> String {
    definition(id, body).replacen(
        "<process",
        r#"<message id="m-ask" name="ask"/><message id="m-answer" name="answer"/><signal id="s-flood" name="flood"/><process"#,
        1,
    )
}

const WORK: &str =
    r#"<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler" ms:unit="initiator"/>"#;

/// Works, or hears the flood signal.
fn hears(id: &str) -> String {
    with_events(
        id,
        &format!(
            r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>{WORK}<sequenceFlow id="f2" sourceRef="work" targetRef="done"/><endEvent id="done"/>
<boundaryEvent id="heard" attachedToRef="work"><signalEventDefinition signalRef="s-flood"/></boundaryEvent>
<sequenceFlow id="f3" sourceRef="heard" targetRef="stopped"/><endEvent id="stopped"/>"#
        ),
    )
}

/// Throws the flood signal at once.
fn throws() -> String {
    with_events(
        "throws",
        r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="out"/>
<intermediateThrowEvent id="out"><signalEventDefinition signalRef="s-flood"/></intermediateThrowEvent>
<sequenceFlow id="f2" sourceRef="out" targetRef="e"/><endEvent id="e"/>"#,
    )
}

/// Sends `ask` and waits for `answer`.
fn asks() -> String {
    with_events(
        "asks",
        r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="out"/>
<intermediateThrowEvent id="out"><messageEventDefinition messageRef="m-ask"/></intermediateThrowEvent>
<sequenceFlow id="f2" sourceRef="out" targetRef="in"/>
<intermediateCatchEvent id="in"><messageEventDefinition messageRef="m-answer"/></intermediateCatchEvent>
<sequenceFlow id="f3" sourceRef="in" targetRef="e"/><endEvent id="e"/>"#,
    )
}

/// Begins with `ask`, works, and ends with `answer`.
fn answers() -> String {
    with_events(
        "answers",
        &format!(
            r#"<startEvent id="s"><messageEventDefinition messageRef="m-ask"/></startEvent><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>{WORK}
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"><messageEventDefinition messageRef="m-answer"/></endEvent>"#
        ),
    )
}

fn signal(name: &str) -> Throw {
    Throw {
        kind: EventKind::Signal,
        name: said(name),
        approval_no: None,
        variables: Variables::default(),
    }
}

fn message(name: &str, approval_no: Option<String>) -> Throw {
    Throw {
        kind: EventKind::Message,
        approval_no: approval_no.map(said),
        variables: said(serde_json::json!({"water": 3}).to_string()),
        ..signal(name)
    }
}

/// Every case that a person of the province's management sees, newest first.
async fn all(owner: &Ctx) -> Vec<ApprovalDetail> {
    let query = views::Query {
        shelf: "all".to_owned(),
        ..views::Query::default()
    };
    let page = views::list(owner, &query).await.expect("listed");
    let mut details = Vec::new();
    for row in page.items {
        details.push(views::get(owner, row.id).await.expect("seen"));
    }
    details
}

async fn of(owner: &Ctx, definition: &str) -> Vec<ApprovalDetail> {
    let mut found = all(owner).await;
    found.retain(|detail| detail.row.definition.code == definition);
    found
}

async fn drains(world: &World) -> u64 {
    host::drain(&world.services).await.expect("the jobs run")
}

#[tokio::test]
async fn a_signal_reaches_every_case_that_waits_once_and_starts_what_begins_with_it() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &hears("hears")).await;
        let started = hears("starts-at-flood").replacen(
            r#"<startEvent id="s"/>"#,
            r#"<startEvent id="s"><signalEventDefinition signalRef="s-flood"/></startEvent>"#,
            1,
        );
        deploys(&office.owner, &started).await;
        deploys(&office.owner, &throws()).await;
        let mut first = files_on(&office.initiator, "hears").await;
        let mut second = files_on(&office.initiator, "hears").await;
        let mut paused = files_on(&office.initiator, "hears").await;
        let done = approvals::act(
            &office.intake,
            paused.id(),
            reasoned::<Suspend>(&paused, "等一等"),
        )
        .await;
        paused.took(done);
        let sender = files_on(&office.initiator, "throws").await;
        assert_eq!(sender.0.status, ApprovalStatus::Ended);
        let (one, two) = tokio::join!(host::drain(&world.services), host::drain(&world.services));
        let told = one.expect("delivers") + two.expect("delivers");
        assert_eq!(told, 4, "handed out, to two cases, and one new case");
        for case in [&mut first, &mut second] {
            let detail = case.refresh(&office.owner).await;
            assert_eq!(case.0.status, ApprovalStatus::Ended);
            let heard = detail.history.iter().filter(|e| e.verb == V::Message);
            assert_eq!(heard.count(), 1, "told once");
        }
        let new = of(&office.owner, "starts-at-flood").await;
        assert_eq!(new.len(), 1);
        assert_eq!(new[0].row.title, "试验办件", "the sender's title");
        assert_eq!(drains(&world).await, 0, "the paused case waits");
        let done = approvals::act(
            &office.intake,
            paused.id(),
            reasoned::<Resume>(&paused, "等一等"),
        )
        .await;
        paused.took(done);
        assert_eq!(drains(&world).await, 1);
        paused.refresh(&office.owner).await;
        assert_eq!(paused.0.status, ApprovalStatus::Ended);
    })
    .await;
}

#[tokio::test]
async fn a_message_starts_a_case_and_its_answer_comes_back_to_the_one_that_asked() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &asks()).await;
        deploys(&office.owner, &answers()).await;
        let mut one = files_on(&office.initiator, "asks").await;
        let mut two = files_on(&office.initiator, "asks").await;
        drains(&world).await;
        let children = of(&office.owner, "answers").await;
        assert_eq!(children.len(), 2, "one for each that asked");
        // The newest child belongs to the second.
        let mut child = Case(one.0.clone());
        child.0.id = children[0].row.id;
        child.refresh(&office.intake).await;
        child.decides(&office.intake, "work", true).await;
        drains(&world).await;
        one.refresh(&office.owner).await;
        two.refresh(&office.owner).await;
        let ended = [&one, &two]
            .into_iter()
            .filter(|case| case.0.status == ApprovalStatus::Ended)
            .count();
        assert_eq!(ended, 1, "the other still waits for its own answer");
        // From outside, by number.
        let waiting = if one.0.status == ApprovalStatus::Ended {
            &mut two
        } else {
            &mut one
        };
        let number = waiting.0.approval_no.clone();
        let denied =
            approvals::throw(&office.initiator, message("answer", Some(number.clone()))).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
        approvals::throw(&office.owner, message("answer", Some(number)))
            .await
            .expect("sent");
        drains(&world).await;
        waiting.refresh(&office.owner).await;
        assert_eq!(waiting.0.status, ApprovalStatus::Ended);
    })
    .await;
}

#[tokio::test]
async fn an_event_from_outside_starts_a_case_in_the_callers_name() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &answers()).await;
        approvals::throw(&office.owner, message("nobody-knows-it", None))
            .await
            .expect("sent");
        approvals::throw(&office.owner, message("ask", None))
            .await
            .expect("sent");
        assert_eq!(drains(&world).await, 2, "handed out and started");
        let found = of(&office.owner, "answers").await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].history[0].verb, V::Start);
        let nameless = serde_json::json!({"kind": "signal", "name": "", "approval_no": "320100-1"});
        let nameless = nameless.as_object().expect("an object").clone();
        let fault = Throw::read(Sent::json(nameless)).expect_err("no name, and a number");
        let fields: Vec<&str> = fault.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["name", "approval_no"]);
    })
    .await;
}

#[tokio::test]
async fn events_that_only_answer_each_other_come_to_an_end() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let again = with_events(
            "again",
            r#"<startEvent id="s"><signalEventDefinition signalRef="s-flood"/></startEvent><sequenceFlow id="f1" sourceRef="s" targetRef="e"/>
<endEvent id="e"><signalEventDefinition signalRef="s-flood"/></endEvent>"#,
        );
        deploys(&office.owner, &again).await;
        approvals::throw(&office.owner, signal("flood"))
            .await
            .expect("sent");
        let count = drains(&world).await;
        assert!((20..80).contains(&count), "{count}");
        let found = of(&office.owner, "again").await;
        assert!((20..30).contains(&found.len()), "{}", found.len());
        assert_eq!(drains(&world).await, 0, "it is over");
    })
    .await;
}

#[tokio::test]
async fn a_definition_begins_at_its_times_once_each_and_only_its_active_version() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let daily = |task: &str| {
            definition(
                "daily",
                &format!(
                    r#"<startEvent id="s"><timerEventDefinition><timeCycle>R3/PT24H</timeCycle></timerEventDefinition></startEvent>
<sequenceFlow id="f1" sourceRef="s" targetRef="{task}"/><userTask id="{task}" ms:role="handler" ms:unit="initiator"/>
<sequenceFlow id="f2" sourceRef="{task}" targetRef="e"/><endEvent id="e"/>"#
                ),
            )
        };
        let system = Ctx::system(&world.services);
        let refused =
            approvals::owner::deploy(&system, &daily("work"), Some(system.now())).await;
        assert_eq!(
            refused.expect_err("in nobody's name").code,
            Code::ProcessRefused
        );
        deploys(&office.owner, &daily("work")).await;
        assert_eq!(drains(&world).await, 0, "not yet");
        world.time("2026-03-03T09:01");
        let (one, two) = tokio::join!(host::drain(&world.services), host::drain(&world.services));
        assert_eq!(one.expect("rings") + two.expect("rings"), 1);
        let found = of(&office.owner, "daily").await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].row.title, "试验");
        // The next version takes over; the old one's timer rings for nobody.
        deploys(&office.owner, &daily("other")).await;
        world.time("2026-03-04T09:02");
        drains(&world).await;
        let found = of(&office.owner, "daily").await;
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].row.definition_version, 2);
        for time in ["2026-03-05T12:00", "2026-03-06T12:00", "2026-03-07T12:00", "2026-03-08T12:00"] {
            world.time(time);
            drains(&world).await;
        }
        assert_eq!(of(&office.owner, "daily").await.len(), 4, "three times on the second version");
    })
    .await;
}
