//! Versions side by side: activation from a date, withdrawal, what is called stays as it was, migration with preview and undo.

use services::approvals::{self, owner};
use services::host;
use shared::approval::command::Start;
use shared::approval::difference::{DifferenceHow as How, ElementSort as Sort};
use shared::approval::{ApprovalStatus, ApprovalVerb as V};
use shared::fault::Code;

use super::story::{Office, definition, deploys, fields, files_on};
use crate::support::{World, at, on_each_database, said};

const OLD: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="check"/>
<userTask id="check" name="审查" ms:name_en="Check" ms:role="handler" ms:unit="initiator" ms:limit="2 wd"/>
<sequenceFlow id="f2" sourceRef="check" targetRef="sign"/>
<userTask id="sign" name="签发" ms:name_en="Sign" ms:role="unit_reviewer" ms:unit="initiator"/>
<sequenceFlow id="f3" sourceRef="sign" targetRef="e"/><endEvent id="e"/>
<boundaryEvent id="late" attachedToRef="check" cancelActivity="false"><timerEventDefinition><timeDuration>PT4H</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f4" sourceRef="late" targetRef="e2"/><endEvent id="e2"/>"#;

/// The check has another id, a timer is new, signing is gone.
const NEW: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="examine"/>
<userTask id="examine" name="核查" ms:name_en="Examine" ms:role="handler" ms:unit="initiator" ms:limit="2 wd"/>
<sequenceFlow id="f2" sourceRef="examine" targetRef="e"/><endEvent id="e"/>
<boundaryEvent id="later" attachedToRef="examine" cancelActivity="false"><timerEventDefinition><timeDuration>PT8H</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f4" sourceRef="later" targetRef="e2"/><endEvent id="e2"/>"#;

fn order(dry_run: bool, mapping: &[(&str, &str)]) -> owner::MigrationPlan {
    owner::MigrationPlan {
        key: "versions".to_owned(),
        from: 1,
        to: 2,
        mapping: mapping
            .iter()
            .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
            .collect(),
        dry_run,
        patience: None,
    }
}

async fn two_versions(_world: &World, office: &Office) {
    assert_eq!(
        deploys(&office.owner, &definition("versions", OLD)).await,
        1
    );
}

#[tokio::test]
async fn new_cases_start_on_the_version_that_is_active_and_old_ones_stay() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        two_versions(&world, &office).await;
        let mut old = files_on(&office.initiator, "versions").await;
        let later = at("2026-03-03T00:00:00+08:00");
        let deployed = owner::deploy(&office.owner, &definition("versions", NEW), Some(later))
            .await
            .expect("deployed");
        assert_eq!((deployed.version, deployed.is_new), (2, true));
        let again = owner::deploy(&office.owner, &definition("versions", NEW), None)
            .await
            .expect("the same text");
        assert_eq!((again.version, again.is_new), (2, false));
        assert_eq!(
            files_on(&office.initiator, "versions").await.at(),
            ["check"]
        );
        world.time("2026-03-03T09:00");
        assert_eq!(
            files_on(&office.initiator, "versions").await.at(),
            ["examine"]
        );
        owner::withdraw(&office.owner, "versions", 2)
            .await
            .expect("withdrawn");
        assert_eq!(
            files_on(&office.initiator, "versions").await.at(),
            ["check"]
        );
        owner::withdraw(&office.owner, "versions", 1)
            .await
            .expect("withdrawn");
        let start = Start {
            definition: said("versions"),
            title: said("试验办件"),
            fields: fields(&[]),
            own: fields(&[]),
            done_at: None,
        };
        let fault = approvals::start(&office.initiator, start)
            .await
            .expect_err("none is active");
        assert_eq!(fault.code, Code::ProcessNotActive);
        // A definition withdrawn while cases run: they go on.
        old.decides(&office.intake, "check", true)
            .await
            .decides(&office.decider, "sign", true)
            .await;
        assert_eq!(old.0.status, ApprovalStatus::Ended);
        let row = owner::list(&office.owner)
            .await
            .expect("listed")
            .into_iter()
            .find(|row| row.key == "versions")
            .expect("there");
        assert_eq!((row.running, row.versions.len()), (3, 2));
    })
    .await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn running_cases_are_moved_and_moved_back() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        two_versions(&world, &office).await;
        let mut checked = files_on(&office.initiator, "versions").await;
        let mut signing = files_on(&office.initiator, "versions").await;
        signing.decides(&office.intake, "check", true).await;
        let mut touched = files_on(&office.initiator, "versions").await;
        deploys(&office.owner, &definition("versions", NEW)).await;
        let fault = owner::migrate(&office.intake, order(true, &[]))
            .await
            .expect_err("not the owner");
        assert_eq!(fault.code, Code::AccessDenied);
        let none = owner::migrate(&office.owner, order(true, &[]))
            .await
            .expect("counted");
        assert_eq!((none.cases, none.fits, none.moved), (3, 0, 0));
        let mapping = [("check", "examine")];
        let preview = owner::migrate(&office.owner, order(true, &mapping))
            .await
            .expect("counted");
        assert_eq!((preview.cases, preview.fits, preview.moved), (3, 2, 0));
        assert_eq!(
            (
                preview.places[0].from.as_str(),
                preview.places[0].to.as_str(),
                preview.places[0].count
            ),
            ("check", "examine", 2)
        );
        assert_eq!(
            (
                preview.problems[0].element.as_str(),
                preview.problems[0].kind.as_str()
            ),
            ("sign", "missing")
        );
        let due = checked.seen_by(&office.intake).await.tasks[0]
            .deadline
            .due_at;
        let done = owner::migrate(&office.owner, order(false, &mapping))
            .await
            .expect("moved");
        assert_eq!((done.moved, done.fits), (2, 2));
        let id = done.id.expect("a migration");
        for case in [&mut checked, &mut touched] {
            let detail = case.refresh(&office.intake).await;
            assert_eq!(detail.row.definition_version, 2);
            assert_eq!(detail.tasks[0].element, "examine");
            assert_eq!(detail.tasks[0].deadline.due_at, due, "its clock runs on");
            assert_eq!(detail.history.last().map(|e| e.verb), Some(V::Migrate));
        }
        // The old timer is gone, the new one runs.
        world.time("2026-03-02T14:00");
        assert_eq!(host::drain(&world.services).await.expect("none"), 0);
        touched.decides(&office.intake, "examine", true).await;
        let undone = owner::undo_migration(&office.owner, id)
            .await
            .expect("undone");
        assert_eq!((undone.back, undone.stayed), (1, 1));
        let detail = checked.refresh(&office.intake).await;
        assert_eq!(
            (
                detail.row.definition_version,
                detail.tasks[0].element.as_str()
            ),
            (1, "check")
        );
        let fault = owner::undo_migration(&office.owner, id)
            .await
            .expect_err("once");
        assert_eq!(fault.code, Code::MigrationUndone);
        checked
            .decides(&office.intake, "check", true)
            .await
            .decides(&office.decider, "sign", true)
            .await;
        assert_eq!(checked.0.status, ApprovalStatus::Ended);
        signing.decides(&office.decider, "sign", true).await;
        assert_eq!(signing.0.status, ApprovalStatus::Ended);
    })
    .await;
}

const CALLER: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="call"/>
<callActivity id="call" name="子流程" ms:name_en="Part" calledElement="called"/><sequenceFlow id="f2" sourceRef="call" targetRef="e"/><endEvent id="e"/>"#;

#[tokio::test]
async fn what_a_case_calls_stays_as_it_was_when_it_was_filed() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let called = |task: &str| {
            definition(
                "called",
                &format!(
                    r#"<startEvent id="cs"/><sequenceFlow id="cf1" sourceRef="cs" targetRef="{task}"/>
<userTask id="{task}" name="子环节" ms:name_en="Part" ms:role="handler" ms:unit="initiator"/><sequenceFlow id="cf2" sourceRef="{task}" targetRef="ce"/><endEvent id="ce"/>"#
                ),
            )
        };
        deploys(&office.owner, &called("one")).await;
        deploys(&office.owner, &definition("caller", CALLER)).await;
        let mut old = files_on(&office.initiator, "caller").await;
        deploys(&office.owner, &called("two")).await;
        let mut new = files_on(&office.initiator, "caller").await;
        old.decides(&office.intake, "one", true).await;
        new.decides(&office.intake, "two", true).await;
        for case in [&old, &new] {
            assert_eq!(case.0.status, ApprovalStatus::Ended);
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_run_is_refused_with_words() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let broken = definition(
            "broken",
            r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="x"/><complexGateway id="x"/>"#,
        );
        for xml in [broken.as_str(), "<not xml", "", "<definitions/>"] {
            let fault = owner::deploy(&office.owner, xml, None)
                .await
                .expect_err("refused");
            assert_eq!(fault.code, Code::ProcessRefused, "{xml}");
        }
        let ticket = services::process::SHIPPED;
        let same = owner::deploy(&office.owner, ticket, None)
            .await
            .expect("the product's own");
        assert_eq!((same.version, same.is_new), (2, false));
        let fault = owner::deploy(&office.intake, &definition("x", OLD), None)
            .await
            .expect_err("no right");
        assert_eq!(fault.code, Code::AccessDenied);
        let view = owner::view(&office.owner, approvals::SAMPLE, None)
            .await
            .expect("seen");
        assert!(view.svg.is_some());
        assert!(view.findings.is_empty(), "{:?}", view.findings);
    })
    .await;
}

#[tokio::test]
async fn cases_in_the_midst_of_a_countersigning_and_of_a_call_are_moved() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut voting = office.files("all").await;
        voting.decides(&office.intake, "intake", true).await;
        voting.decides(&office.first, "countersign", true).await;
        let newer = approvals::SHIPPED_SAMPLE.replace("负责人决定", "主要负责人决定");
        assert_eq!(deploys(&office.owner, &newer).await, 2);
        let moved = owner::migrate(
            &office.owner,
            owner::MigrationPlan {
                key: approvals::SAMPLE.to_owned(),
                ..order(false, &[])
            },
        )
        .await
        .expect("moved");
        assert_eq!((moved.cases, moved.moved), (1, 1));
        voting.refresh(&office.initiator).await;
        voting
            .decides(&office.second, "countersign", true)
            .await
            .decides(&office.third, "countersign", true)
            .await;
        let detail = voting.seen_by(&office.decider).await;
        assert_eq!(
            (detail.row.definition_version, detail.tasks[0].name.as_str()),
            (2, "主要负责人决定")
        );
        // A caller whose called process has a newer version: the pins move along.
        let called = |name: &str| {
            definition(
                "called",
                &format!(
                    r#"<startEvent id="cs"/><sequenceFlow id="cf1" sourceRef="cs" targetRef="part"/>
<userTask id="part" name="{name}" ms:role="handler" ms:unit="initiator"/><sequenceFlow id="cf2" sourceRef="part" targetRef="ce"/><endEvent id="ce"/>"#
                ),
            )
        };
        deploys(&office.owner, &called("甲环节")).await;
        deploys(&office.owner, &definition("caller", CALLER)).await;
        let mut calling = files_on(&office.initiator, "caller").await;
        deploys(&office.owner, &called("乙环节")).await;
        let second = definition("caller", CALLER).replace("\"子流程\"", "\"子流程二\"");
        assert_eq!(deploys(&office.owner, &second).await, 2);
        let moved = owner::migrate(
            &office.owner,
            owner::MigrationPlan {
                key: "caller".to_owned(),
                ..order(false, &[])
            },
        )
        .await
        .expect("moved");
        assert_eq!(moved.moved, 1);
        let detail = calling.refresh(&office.intake).await;
        assert_eq!(detail.tasks[0].name, "乙环节");
        calling.decides(&office.intake, "part", true).await;
        assert_eq!(calling.0.status, ApprovalStatus::Ended);
    })
    .await;
}

#[tokio::test]
async fn a_version_is_looked_at_beside_the_one_of_now() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        two_versions(&world, &office).await;
        let first = owner::view(&office.owner, "versions", Some(1)).await;
        assert_eq!(first.expect("the version of now").beside, None);
        files_on(&office.initiator, "versions").await;
        let later = at("2026-03-03T00:00:00+08:00");
        owner::deploy(&office.owner, &definition("versions", NEW), Some(later))
            .await
            .expect("deployed");
        let second = owner::view(&office.owner, "versions", Some(2)).await;
        let found = second.expect("a view").beside.expect("another version");
        assert_eq!(found.active, 1);
        let of = |id: &str| {
            let row = found.rows.iter().find(|row| row.element == id);
            row.map(|row| (row.how, row.sort, row.count))
        };
        assert_eq!(of("check"), Some((How::Gone, Sort::Task, 1)));
        assert_eq!(of("sign"), Some((How::Gone, Sort::Task, 0)));
        assert_eq!(of("examine"), Some((How::New, Sort::Task, 0)));
        assert_eq!(of("late"), Some((How::Gone, Sort::Timer, 0)));
        assert_eq!(of("later"), Some((How::New, Sort::Timer, 0)));
        assert_eq!(
            of("s"),
            Some((How::Changed, Sort::Event, 0)),
            "leads elsewhere"
        );
        assert_eq!(of("e"), None);
    })
    .await;
}
