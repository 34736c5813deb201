//! What stops a case waits as an incident with words, and goes on when its owner has settled it: nothing is lost, nothing happens twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use bpmn::{Value, Vars};
use futures::future::BoxFuture;
use services::Services;
use services::approvals;
use services::host::{
    self,
    services::{NamedService, Request, ServiceTrouble},
};
use shared::approval::command::Start;
use shared::approval::verbs::{Jump, Retry, SetVariables, Skip, Transfer};
use shared::approval::{ApprovalStatus, IncidentKind};
use shared::command::{PartNo, Ticked, Version};
use shared::fault::Code;
use shared::process::obstacle::Obstacle;

use super::story::{Office, definition, deploys, files_on, settling};
use crate::support::{World, on_each_database, said};

/// A partner that fails so many times before it answers.
struct Shaky {
    failures: AtomicI32,
    trouble: ServiceTrouble,
    calls: AtomicI32,
}

impl Shaky {
    fn new(failures: i32, trouble: ServiceTrouble) -> Arc<Self> {
        Arc::new(Self {
            failures: AtomicI32::new(failures),
            trouble,
            calls: AtomicI32::new(0),
        })
    }
}

impl NamedService for Shaky {
    fn call<'a>(
        &'a self,
        _services: &'a Services,
        request: Request,
    ) -> Option<BoxFuture<'a, Result<Vars, ServiceTrouble>>> {
        Some(Box::pin(async move {
            self.calls.fetch_add(1, Ordering::SeqCst);
            if self.failures.fetch_sub(1, Ordering::SeqCst) > 0 {
                return Err(self.trouble.clone());
            }
            let answer = Value::Text(format!("{} ok", request.number));
            Ok([("answer".to_owned(), answer)].into())
        }))
    }
}

const CALLING: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="ask"/>
<serviceTask id="ask" name="查询" ms:name_en="Ask" ms:service="partner.ask"/><sequenceFlow id="f2" sourceRef="ask" targetRef="work"/>
<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler" ms:unit="initiator"/>
<sequenceFlow id="f3" sourceRef="work" targetRef="e"/><endEvent id="e"/>
<boundaryEvent id="known" attachedToRef="ask"><errorEventDefinition errorRef="none"/></boundaryEvent>
<sequenceFlow id="f4" sourceRef="known" targetRef="e2"/><endEvent id="e2" name="查无此人" ms:name_en="Unknown"/>"#;

async fn calling(world: &World, office: &Office, service: Arc<Shaky>) -> super::story::Case {
    world
        .services
        .machinery()
        .add_service("partner.ask", service);
    let xml = definition("calling", CALLING).replace(
        "<process ",
        r#"<error id="none" errorCode="UNKNOWN"/><process "#,
    );
    deploys(&office.owner, &xml).await;
    files_on(&office.initiator, "calling").await
}

fn again(words: &str) -> ServiceTrouble {
    ServiceTrouble::Again(Obstacle::said(words))
}

#[tokio::test]
async fn a_service_is_tried_again_later_each_time_and_then_waits_for_its_owner() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let service = Shaky::new(5, again("no answer"));
        let mut case = calling(&world, &office, service.clone()).await;
        for minute in 0..5 {
            world.time(&format!("2026-03-02T09:{:02}", minute * 10));
            host::drain(&world.services).await.expect("tried");
        }
        assert_eq!(service.calls.load(Ordering::SeqCst), 5);
        let detail = case.refresh(&office.owner).await;
        let incident = detail.incidents.first().expect("an incident");
        assert_eq!(
            (incident.kind, incident.words.as_str()),
            (IncidentKind::Service, "no answer")
        );
        let seen = case.seen_by(&office.initiator).await;
        assert_eq!(
            seen.incidents[0].words, "",
            "the engine's words are for the owner"
        );
        world.time("2026-03-02T12:00");
        assert_eq!(host::drain(&world.services).await.expect("waits"), 0);
        let settle: Retry = settling(case.version(), incident.number, "对方已恢复");
        let fault = approvals::act(&office.intake, case.id(), settle.clone())
            .await
            .expect_err("not the owner");
        assert_eq!(fault.code, Code::AccessDenied);
        let done = approvals::act(&office.owner, case.id(), settle).await;
        case.took(done);
        host::drain(&world.services).await.expect("served");
        let detail = case.refresh(&office.owner).await;
        assert!(detail.incidents.is_empty());
        assert_eq!(case.seen_by(&office.intake).await.tasks.len(), 1);
        assert_eq!(service.calls.load(Ordering::SeqCst), 6);
    })
    .await;
}

#[tokio::test]
async fn a_service_that_never_will_is_skipped_and_a_known_error_takes_its_own_way() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let never = Shaky::new(1, ServiceTrouble::Never(Obstacle::said("not configured")));
        let mut case = calling(&world, &office, never).await;
        host::drain(&world.services).await.expect("tried");
        let detail = case.refresh(&office.owner).await;
        let settle: Skip = settling(case.version(), detail.incidents[0].number, "人工核对过");
        let done = approvals::act(&office.owner, case.id(), settle).await;
        case.took(done);
        assert_eq!(case.at(), ["work"]);
        let known = Shaky::new(1, ServiceTrouble::Error("UNKNOWN".to_owned()));
        let mut case = calling(&world, &office, known).await;
        host::drain(&world.services).await.expect("served");
        let detail = case.refresh(&office.initiator).await;
        assert_eq!(detail.row.status, ApprovalStatus::Ended);
        assert_eq!(detail.outcome.as_deref(), Some("查无此人"));
        let odd = Shaky::new(1, ServiceTrouble::Error("ODD".to_owned()));
        let mut case = calling(&world, &office, odd).await;
        host::drain(&world.services).await.expect("noted");
        let detail = case.refresh(&office.owner).await;
        assert_eq!(detail.incidents[0].kind, IncidentKind::Service);
        assert!(
            detail.incidents[0].words.contains("ODD"),
            "{}",
            detail.incidents[0].words
        );
    })
    .await;
}

#[tokio::test]
async fn a_service_that_is_not_there_is_an_incident() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let xml = definition("calling", CALLING)
            .replace("partner.ask", "partner.gone")
            .replace(
                "<process ",
                r#"<error id="none" errorCode="UNKNOWN"/><process "#,
            );
        deploys(&office.owner, &xml).await;
        let mut case = files_on(&office.initiator, "calling").await;
        host::drain(&world.services).await.expect("noted");
        let detail = case.refresh(&office.owner).await;
        assert_eq!(
            detail.incidents[0].words, "没有名为 partner.gone 的服务",
            "in the reader's language"
        );
    })
    .await;
}

const DIVIDING: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler" ms:unit="initiator"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="g"/><exclusiveGateway id="g"/>
<sequenceFlow id="f3" sourceRef="g" targetRef="e"><conditionExpression xsi:type="tFormalExpression">total / parts &gt; 3</conditionExpression></sequenceFlow>
<sequenceFlow id="f4" sourceRef="g" targetRef="e2"><conditionExpression xsi:type="tFormalExpression">total / parts &lt;= 3</conditionExpression></sequenceFlow>
<endEvent id="e" name="多" ms:name_en="Many"/><endEvent id="e2" name="少" ms:name_en="Few"/>"#;

#[tokio::test]
async fn a_condition_that_cannot_be_computed_leaves_the_case_where_it_is() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("dividing", DIVIDING)).await;
        let mut case = files_on(&office.initiator, "dividing").await;
        let task = case.task_of(&office.intake, "work").await;
        for words in ["变量 total 没有值", "除数为零"] {
            let fault = approvals::act(&office.intake, case.id(), case.decision(&task, true))
                .await
                .expect_err("stopped");
            assert_eq!(fault.code, Code::ApprovalStopped);
            let detail = case.refresh(&office.owner).await;
            assert_eq!(
                detail.incidents.len(),
                1,
                "the same trouble is one incident"
            );
            assert!(
                detail.incidents[0].words.contains(words),
                "{}",
                detail.incidents[0].words
            );
            assert_eq!(detail.row.steps, ["办理"], "still where it was");
            let set = SetVariables {
                version: Version(case.version()),
                variables: said(r#"{"total": 12, "parts": 0}"#),
                reason: said("补录"),
            };
            let done = approvals::act(&office.owner, case.id(), set).await;
            case.took(done);
        }
        let set = SetVariables {
            version: Version(case.version()),
            variables: said(serde_json::json!({"parts": 3}).to_string()),
            reason: said("更正"),
        };
        let done = approvals::act(&office.owner, case.id(), set).await;
        case.took(done);
        case.decides(&office.intake, "work", true).await;
        let detail = case.seen_by(&office.owner).await;
        assert_eq!(detail.outcome.as_deref(), Some("多"));
        assert!(detail.incidents.is_empty());
    })
    .await;
}

const FAR: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="wait"/>
<intermediateCatchEvent id="wait" name="等待" ms:name_en="Wait"><timerEventDefinition><timeDuration>${how_long}</timeDuration></timerEventDefinition></intermediateCatchEvent>
<sequenceFlow id="f2" sourceRef="wait" targetRef="work"/>
<userTask id="work" name="办理" ms:name_en="Work"/>
<sequenceFlow id="f3" sourceRef="work" targetRef="e"/><endEvent id="e"/>"#;

#[tokio::test]
async fn a_timer_beyond_the_calendar_and_a_task_for_nobody_wait_for_the_owner() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let xml = definition("far", FAR).replace(
            "<startEvent id=\"s\"/>",
            r#"<startEvent id="s"><extensionElements><ms:field id="how_long" name="多久" required="true"/></extensionElements></startEvent>"#,
        );
        deploys(&office.owner, &xml).await;
        for how_long in ["P9000Y", "3000 wd", "9999-12-31", "soon"] {
            let start = Start {
                definition: said("far"),
                title: said("很久以后"),
                fields: super::story::fields(&[("how_long", how_long)]),
                own: super::story::fields(&[]),
                done_at: None,
            };
            let acted = approvals::start(&office.initiator, start)
                .await
                .expect("filed");
            let mut case = super::story::Case(acted);
            let detail = case.refresh(&office.owner).await;
            let incident = detail.incidents.first().expect(how_long).clone();
            assert_eq!(incident.kind, IncidentKind::Timer, "{how_long}");
            // Skipped, the timer is gone; the owner takes the case on.
            let settle: Skip = settling(case.version(), incident.number, "不等了");
            let done = approvals::act(&office.owner, case.id(), settle).await;
            case.took(done);
            let jump = Jump {
                version: Version(case.version()),
                leave: vec![said("wait")],
                go: said("work"),
                despite: Ticked(false),
                reason: said("不等了"),
            };
            let done = approvals::act(&office.owner, case.id(), jump).await;
            case.took(done);
            let detail = case.refresh(&office.owner).await;
            assert_eq!(detail.incidents[0].kind, IncidentKind::Assignment);
            let transfer = Transfer {
                version: Version(case.version()),
                task: detail.tasks[0].task,
                part: PartNo(0),
                user: said(&office.intake.actor.username),
                note: None,
            };
            let done = approvals::act(&office.owner, case.id(), transfer).await;
            case.took(done);
            case.decides(&office.intake, "work", true).await;
            assert_eq!(case.0.status, ApprovalStatus::Ended, "{how_long}");
        }
    })
    .await;
}

#[tokio::test]
async fn jumps_are_refused_where_the_case_could_not_go_on() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let jump = |version, go: &str| Jump {
            version: Version(version),
            leave: Vec::new(),
            go: said(go),
            despite: Ticked(false),
            reason: said("更正流程"),
        };
        let fault = approvals::act(&office.owner, case.id(), jump(case.version(), "nowhere"))
            .await
            .expect_err("nowhere");
        assert_eq!(fault.code, Code::ApprovalTarget);
        let fault = approvals::act(&office.intake, case.id(), jump(case.version(), "decide"))
            .await
            .expect_err("not the owner");
        assert_eq!(fault.code, Code::AccessDenied);
        let done = approvals::act(&office.owner, case.id(), jump(case.version(), "decide")).await;
        case.took(done);
        assert_eq!(case.at(), ["decide"]);
    })
    .await;
}
