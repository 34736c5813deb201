//! A case whose process cannot be begun is there all the same: it waits at its start as an incident, which its owner sees and settles.

use services::approvals::{self, owner};
use services::host;
use shared::approval::command::Throw;
use shared::approval::verbs::{Cancel, Retry, SetVariables, Skip};
use shared::approval::{ApprovalStatus, EventKind};
use shared::command::{Command, Variables, Version};
use shared::fault::Code;
use shared::text::Locale;

use super::story::{Case, Office, definition, deploys, files_on, reasoned, settling};
use crate::support::{on_each_database, said};

const SIGNED: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="sign"/>
<userTask id="sign" name="会签" ms:name_en="Sign" flowable:assignee="${a}"><multiInstanceLoopCharacteristics isSequential="false" flowable:collection="people" flowable:elementVariable="a"/></userTask>
<sequenceFlow id="f2" sourceRef="sign" targetRef="e"/><endEvent id="e"/>"#;

fn xml(key: &str, body: &str) -> String {
    definition(key, body).replace(
        "xmlns:xsi",
        r#"xmlns:flowable="http://flowable.org/bpmn" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi"#,
    )
}

fn settle<V: Command>(case: &Case, incident: i32) -> V {
    settling(case.version(), incident, "已补上人员")
}

#[tokio::test]
async fn a_collection_that_nobody_sets_waits_until_the_owner_has_set_it() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &xml("signed", SIGNED)).await;
        let mut case = files_on(&office.initiator, "signed").await;
        assert_eq!(case.at(), ["s"], "it waits at its start");
        let detail = case.refresh(&office.owner).await;
        let incident = detail.incidents.first().expect("an incident").clone();
        assert!(
            incident.words.contains("变量 people 没有值"),
            "{}",
            incident.words
        );
        let seen = case.seen_by(&office.initiator).await;
        assert_eq!(
            (seen.incidents.len(), seen.incidents[0].words.as_str()),
            (1, "")
        );
        let rows = owner::list(&office.owner).await.expect("listed");
        let row = rows.iter().find(|row| row.key == "signed").expect("there");
        assert_eq!((row.running, row.incidents), (1, 1));
        let page = owner::view(&office.owner, "signed", None)
            .await
            .expect("seen");
        assert_eq!((page.incidents.len(), page.standing.len()), (1, 1));
        // Tried again it is the same; what cannot be passed over is not.
        let again = approvals::act(
            &office.owner,
            case.id(),
            settle::<Retry>(&case, incident.number),
        )
        .await;
        assert_eq!(again.expect_err("the same").code, Code::ApprovalStopped);
        let skipped = approvals::act(
            &office.owner,
            case.id(),
            settle::<Skip>(&case, incident.number),
        )
        .await;
        assert_eq!(
            skipped.expect_err("nothing to pass").code,
            Code::ApprovalNotAllowed
        );
        let detail = case.refresh(&office.owner).await;
        assert_eq!((detail.incidents.len(), detail.incidents[0].tries), (1, 2));
        let names = [&office.first, &office.second].map(|ctx| ctx.actor.username.clone());
        let set = SetVariables {
            version: Version(case.version()),
            variables: said(serde_json::json!({"people": names}).to_string()),
            reason: said("补上人员"),
        };
        let done = approvals::act(&office.owner, case.id(), set).await;
        case.took(done);
        let done = approvals::act(
            &office.owner,
            case.id(),
            settle::<Retry>(&case, incident.number),
        )
        .await;
        case.took(done);
        case.decides(&office.first, "sign", true)
            .await
            .decides(&office.second, "sign", true)
            .await;
        assert_eq!(case.0.status, ApprovalStatus::Ended);
        assert!(case.seen_by(&office.owner).await.incidents.is_empty());
    })
    .await;
}

#[tokio::test]
async fn whatever_stops_a_process_at_once_leaves_a_case_that_can_be_cancelled() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let gate = |condition: &str| {
            format!(r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="g"/><exclusiveGateway id="g"/><sequenceFlow id="f2" sourceRef="g" targetRef="e"><conditionExpression>{condition}</conditionExpression></sequenceFlow><endEvent id="e"/>"#)
        };
        let repeated = |count: &str| {
            format!(r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="w"/><userTask id="w" ms:role="handler"><multiInstanceLoopCharacteristics><loopCardinality>{count}</loopCardinality></multiInstanceLoopCharacteristics></userTask><sequenceFlow id="f2" sourceRef="w" targetRef="e"/><endEvent id="e"/>"#)
        };
        let bodies = [
            gate("1 / 0 == 1"),
            gate("amount &gt; 5"),
            gate("1 &gt; 2"),
            gate("initiator &gt; 5"),
            repeated("${initiator}"),
            repeated("5000"),
            SIGNED.replace(r#"flowable:collection="people""#, r#"flowable:collection="initiator""#),
            r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="e"/><endEvent id="e"><errorEventDefinition errorRef="x"/></endEvent>"#.to_owned(),
            r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/><callActivity id="c" calledElement="nowhere"/><sequenceFlow id="f2" sourceRef="c" targetRef="e"/><endEvent id="e"/>"#.to_owned(),
        ];
        for (n, body) in bodies.iter().enumerate() {
            let key = format!("stops-{n}");
            deploys(&office.owner, &xml(&key, body)).await;
            let mut case = files_on(&office.initiator, &key).await;
            let detail = case.refresh(&office.owner).await;
            assert_eq!(detail.incidents.len(), 1, "{body}");
            assert!(!detail.incidents[0].words.is_empty());
            assert_eq!(detail.row.steps.len(), 1, "{body}");
            let cancel: Cancel = reasoned(&case, "不办了");
            let done = approvals::act(&office.initiator, case.id(), cancel).await;
            case.took(done);
            assert_eq!(case.0.status, ApprovalStatus::Cancelled);
        }
    })
    .await;
}

#[tokio::test]
async fn a_case_that_an_event_begins_waits_as_an_incident_as_well() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let body = SIGNED.replace(
            r#"<startEvent id="s"/>"#,
            r#"<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>"#,
        );
        let xml =
            xml("called", &body).replace("<process ", r#"<message id="m" name="go"/><process "#);
        deploys(&office.owner, &xml).await;
        let throw = Throw {
            kind: EventKind::Message,
            name: said("go"),
            approval_no: None,
            variables: Variables::default(),
        };
        approvals::throw(&office.owner, throw).await.expect("sent");
        host::drain(&world.services).await.expect("delivered");
        let page = owner::view(&office.owner, "called", None)
            .await
            .expect("seen");
        assert_eq!(page.incidents.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_computed_of_a_task_is_told_and_never_dropped() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let body = |attributes: &str| {
            format!(r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="w"/><userTask id="w" name="办理" ms:name_en="Work" {attributes}/><sequenceFlow id="f2" sourceRef="w" targetRef="e"/><endEvent id="e"/>"#)
        };
        let cases = [
            (r#"ms:role="handler" ms:unit="initiator" ms:limit="${days}""#, "变量 days 没有值"),
            (r#"ms:role="handler" ms:unit="initiator" flowable:dueDate="${initiator}""#, "不是可以等待的时间"),
            (r#"flowable:assignee="${chief}""#, "变量 chief 没有值"),
            (r#"camunda:candidateGroups="${groups}""#, "变量 groups 没有值"),
            (r#"flowable:assignee="${initiator == 'x'}""#, "没有写明这一步由谁办"),
            ("", "没有写明这一步由谁办"),
        ];
        for (n, (attributes, words)) in cases.iter().enumerate() {
            let key = format!("told-{n}");
            deploys(&office.owner, &xml(&key, &body(attributes))).await;
            let mut case = files_on(&office.initiator, &key).await;
            let detail = case.refresh(&office.owner).await;
            let told = detail.incidents.first().unwrap_or_else(|| panic!("{attributes}"));
            assert!(told.words.contains(words), "{attributes}: {}", told.words);
            assert_eq!(detail.tasks.len(), 1, "the task is there");
        }
        // The variable that another engine's file names for whoever files is set.
        let start = r#"<startEvent id="s" flowable:initiator="applicant"/>"#;
        let body = body(r#"flowable:assignee="${applicant}""#).replace(r#"<startEvent id="s"/>"#, start);
        deploys(&office.owner, &xml("applicant", &body)).await;
        let mut case = files_on(&office.initiator, "applicant").await;
        case.decides(&office.initiator, "w", true).await;
        assert_eq!(case.0.status, ApprovalStatus::Ended);
    })
    .await;
}

#[tokio::test]
async fn what_the_check_passes_can_be_deployed_and_what_it_refuses_cannot() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let task = |key: &str, attributes: &str| {
            xml(key, &format!(r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="w"/><userTask id="w" {attributes}/><sequenceFlow id="f2" sourceRef="w" targetRef="e"/><endEvent id="e"/>"#))
        };
        let timer = |text: &str| {
            xml("timed", &format!(r#"<startEvent id="s"><timerEventDefinition><timeCycle>{text}</timeCycle></timerEventDefinition></startEvent><sequenceFlow id="f1" sourceRef="s" targetRef="e"/><endEvent id="e"/>"#))
        };
        let role = r#"ms:role="handler""#;
        let files = [
            task("good", role),
            task("请示流程", role),
            task("a b", role),
            task("ticket-main", role),
            task("k1", r#"ms:role="nobody""#),
            task("k2", r#"ms:role="handler" ms:unit="no-such-unit""#),
            task("k3", r#"ms:role="handler" ms:limit="tomorrow""#),
            task("k4", r#"ms:role="handler" flowable:dueDate="${dateTime().plusDays(2)}""#),
            task("k5", r#"flowable:assignee="${variables:query(a)}""#),
            task("k6", r#"flowable:assignee="nobody.known""#),
            task("k7", r#"camunda:candidateGroups="managers""#),
            timer("R/PT1H"),
            timer("${hours}"),
        ];
        let mut passed = 0;
        for xml in &files {
            let findings = owner::check(&office.owner, xml).await.expect("checked");
            let clean = findings.iter().all(|finding| finding.severity != "error");
            let deployed = owner::deploy(&office.owner, xml, Some(world.services.now())).await;
            assert_eq!(clean, deployed.is_ok(), "{xml}: {findings:?} {deployed:?}");
            if let Err(fault) = deployed {
                assert_eq!(fault.code, Code::ProcessRefused);
            }
            passed += i32::from(clean);
            // The command line says the same but for what only an installation knows.
            let (_, alone) = owner::judged(xml, Locale::Zh).expect("read");
            let refused = alone.iter().any(|finding| finding.severity == "error");
            assert!(!refused || !clean, "{xml}");
        }
        assert_eq!(passed, 4);
    })
    .await;
}

#[tokio::test]
async fn activating_says_on_which_version_new_cases_start() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let body = |name: &str| format!(r#"<startEvent id="s" name="{name}"/><sequenceFlow id="f1" sourceRef="s" targetRef="e"/><endEvent id="e"/>"#);
        let now = world.services.now();
        for name in ["a", "b", "c"] {
            let past = shared::calendar::Instant(0);
            let done = owner::deploy(&office.owner, &xml("old", &body(name)), None).await.expect("deployed");
            assert_eq!(done.active_from, None);
            let again = owner::deploy(&office.owner, &xml("new", &body(name)), Some(past)).await.expect("deployed");
            assert_eq!(again.active_from, Some(now), "the moment, not 1970");
        }
        let activate = |version: i32, from| owner::activate(&office.owner, "old", version, from);
        let done = activate(2, None).await.expect("activated");
        assert_eq!((done.active, done.from), (Some(2), now));
        let done = activate(1, None).await.expect("activated");
        assert_eq!((done.version, done.active), (1, Some(2)), "the newer one still counts");
        let later = shared::calendar::Instant(now.0 + 86_400_000);
        let done = activate(3, Some(later)).await.expect("activated");
        assert_eq!((done.active, done.from), (Some(2), later));
    })
    .await;
}
