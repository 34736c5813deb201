//! Who reaches an approval, who may be given a task of it, and that nobody decides on what he filed himself: each verb from each side.

use services::Ctx;
use services::approvals::{self, views};
use shared::access::Role;
use shared::approval::command::{Start, Throw};
use shared::approval::verbs::{
    AddSigner, Cancel, Claim, Copy, Delegate, Jump, Message, SetVariables, Skip, Transfer,
};
use shared::approval::{EventKind, IncidentKind, SignPlace};
use shared::command::{PartNo, Ticked, Variables, Version};
use shared::fault::{Code, Fault};

use super::story::{
    Case, Office, audit_of, definition, deploys, fields, files_on, hire, reasoned, sample, settling,
};
use crate::support::{SUZHOU_ZJJ, World, ZJJ, on_each_database, said};

async fn count(ctx: &Ctx, shelf: &str) -> usize {
    let query = views::Query {
        shelf: shelf.to_owned(),
        ..views::Query::default()
    };
    views::list(ctx, &query).await.expect("listed").items.len()
}

#[tokio::test]
async fn each_scope_sees_what_lies_in_it_in_lists_and_one_by_one() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = office.files("one").await;
        let sees = [
            (Role::CentreLeader, "320000-12345", true),
            (Role::Supervisor, "320000-12345", true),
            (Role::CentreLeader, crate::support::CENTRE, true),
            (Role::UnitReviewer, ZJJ, true),
            (Role::CentreLeader, "320500-12345", false),
            (Role::UnitReviewer, SUZHOU_ZJJ, false),
            (Role::Supervisor, "320500-12345", false),
        ];
        for (role, unit, seen) in sees {
            let ctx = match (role, unit) {
                (Role::UnitReviewer, ZJJ) => office.decider.clone(),
                _ => hire(&world, role, unit).await,
            };
            assert_eq!(count(&ctx, "all").await, usize::from(seen), "{role} {unit}");
            let one = views::get(&ctx, case.id()).await;
            assert_eq!(one.is_ok(), seen, "{role} {unit}");
            let flow = views::flow(&ctx, case.id()).await;
            assert_eq!(flow.is_ok(), seen, "{role} {unit}");
        }
    })
    .await;
}

const POOL: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>"#;

#[tokio::test]
async fn a_task_of_a_role_waits_for_the_case_s_city_and_the_province() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("pool", POOL)).await;
        let case = files_on(&office.initiator, "pool").await;
        let suzhou = hire(&world, Role::Handler, SUZHOU_ZJJ).await;
        let province = hire(&world, Role::Handler, "320000-12345").await;
        for (ctx, waits) in [(&office.second, true), (&province, true), (&suzhou, false)] {
            assert_eq!(count(ctx, "todo").await, usize::from(waits));
            assert_eq!(views::count(ctx).await.expect("counted"), i64::from(waits));
            assert_eq!(views::get(ctx, case.id()).await.is_ok(), waits);
        }
        // Out of reach a wrong version and a right one are the same: there is no such case.
        for version in [case.version(), case.version() + 7, 0] {
            let claim = Claim {
                version: Version(version),
                task: 1,
            };
            let fault = approvals::act(&suzhou, case.id(), claim)
                .await
                .expect_err("out of reach");
            assert_eq!(fault.code, Code::NotFound, "{version}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_second_learns_nothing_of_a_case_that_is_no_longer_his() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("pool", POOL)).await;
        let mut case = files_on(&office.initiator, "pool").await;
        let task = case.task_of(&office.second, "work").await;
        let late = Claim {
            version: Version(case.version()),
            task: task.task,
        };
        case.decides(&office.second, "work", true).await;
        let fault = approvals::act(&office.intake, case.id(), late)
            .await
            .expect_err("over");
        assert_eq!(fault.code, Code::NotFound);
    })
    .await;
}

fn reason(fault: &Fault) -> (&str, Code, &str) {
    let field = fault.fields.first().expect("a field");
    let why = field.facts.get("reason").map_or("", String::as_str);
    (field.field.as_str(), field.code, why)
}

/// Gives a task on in each of the ways.
async fn gives(ctx: &Ctx, case: &Case, task: i64, user: &str) -> Vec<Fault> {
    let (version, user) = (case.version(), user.to_owned());
    let transfer = Transfer {
        version: Version(version),
        task,
        part: PartNo(0),
        user: said(&user),
        note: None,
    };
    let delegate = Delegate {
        version: Version(version),
        task,
        user: said(&user),
        note: None,
    };
    let mut faults = vec![
        approvals::act(ctx, case.id(), transfer)
            .await
            .expect_err("transfer"),
        approvals::act(ctx, case.id(), delegate)
            .await
            .expect_err("delegate"),
    ];
    for place in SignPlace::ALL {
        let signer = AddSigner {
            version: Version(version),
            task,
            user: said(&user),
            place: *place,
            note: None,
        };
        faults.push(
            approvals::act(ctx, case.id(), signer)
                .await
                .expect_err("signer"),
        );
    }
    faults
}

#[tokio::test]
async fn a_task_goes_only_to_somebody_who_may_do_it_and_works_there() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = office.files("one").await;
        let task = case.task_of(&office.intake, "intake").await.task;
        let admin = hire(&world, Role::SystemAdmin, crate::support::CENTRE).await;
        let suzhou = hire(&world, Role::Handler, SUZHOU_ZJJ).await;
        let cases = [
            (office.initiator.actor.username.clone(), "filed"),
            (admin.actor.username.clone(), "no_right"),
            // Who is out of reach does not exist, so that accounts cannot be tried out.
            (suzhou.actor.username.clone(), ""),
            ("nobody-at-all".to_owned(), ""),
        ];
        for (user, why) in &cases {
            for fault in gives(&office.intake, &case, task, user).await {
                assert_eq!(reason(&fault), ("user", Code::InputPerson, *why), "{user}");
            }
        }
        // The owner of the process reaches everybody, and is told why.
        let transfer = Transfer {
            version: Version(case.version()),
            task,
            part: PartNo(0),
            user: said(&suzhou.actor.username),
            note: None,
        };
        let fault = approvals::act(&office.owner, case.id(), transfer)
            .await
            .expect_err("another city");
        assert_eq!(reason(&fault), ("user", Code::InputPerson, "elsewhere"));
        for (user, why) in [(&admin, "no_right"), (&suzhou, "")] {
            let copy = Copy {
                version: Version(case.version()),
                users: said(&user.actor.username),
                note: None,
            };
            let fault = approvals::act(&office.initiator, case.id(), copy)
                .await
                .expect_err("cannot read along");
            assert_eq!(reason(&fault), ("users", Code::InputPerson, why));
        }
        // Named in a form it is the same.
        let mut start = sample(&office, "one");
        let mut typed = start.fields.all().clone();
        typed.insert("reviewers".to_owned(), suzhou.actor.username.clone());
        start.fields = typed.into();
        let fault = approvals::start(&office.initiator, start)
            .await
            .expect_err("out of reach");
        assert_eq!(reason(&fault), ("fields.reviewers", Code::InputPerson, ""));
    })
    .await;
}

#[tokio::test]
async fn a_task_that_an_expression_gives_to_somebody_who_may_not_waits_for_the_owner() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let admin = hire(&world, Role::SystemAdmin, crate::support::CENTRE).await;
        let suzhou = hire(&world, Role::Handler, SUZHOU_ZJJ).await;
        let asks = r#"<startEvent id="s"><extensionElements><ms:field id="who" type="text"/></extensionElements></startEvent>"#;
        let body = |attribute: &str| {
            format!(r#"{asks}<sequenceFlow id="f1" sourceRef="s" targetRef="work"/><userTask id="work" name="办理" ms:name_en="Work" {attribute}/><sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>"#)
        };
        for (key, attribute) in [("by-name", r#"ms:assignee="${who}""#), ("by-some", r#"ms:candidateUsers="${who}""#)] {
            deploys(&office.owner, &definition(key, &body(attribute))).await;
            let cases = [
                (office.initiator.actor.username.clone(), "发起人不能办理自己发起的办件"),
                (admin.actor.username.clone(), "没有办理办件的权限"),
                (suzhou.actor.username.clone(), "属于其他地区"),
                ("gone".to_owned(), "没有叫 gone 的人"),
                (String::new(), "变量 who 没有值"),
            ];
            for (who, words) in cases {
                let start = Start {
                    definition: said(key),
                    title: said("试验办件"),
                    fields: fields(&[("who", &who)]),
                    own: fields(&[]),
                    done_at: None,
                };
                let mut case = Case(approvals::start(&office.initiator, start).await.expect("filed"));
                let detail = case.refresh(&office.owner).await;
                let incident = detail.incidents.first().unwrap_or_else(|| panic!("{key} {who}"));
                assert_eq!(incident.kind, IncidentKind::Assignment);
                assert!(incident.words.contains(words), "{who}: {}", incident.words);
                for ctx in [&office.initiator, &suzhou] {
                    assert_eq!(count(ctx, "todo").await, 0, "{who}");
                }
            }
        }
    })
    .await;
}

const OWN: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<userTask id="work" name="办理" ms:name_en="Work" WHO/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>"#;

#[tokio::test]
async fn nobody_decides_on_what_he_filed_himself_unless_the_definition_lets_him() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        // A handler files what a handler of the same unit takes in.
        let me = &office.intake;
        let cases = [
            (
                "own-a",
                r#"ms:role="handler" ms:unit="initiator""#,
                "",
                false,
            ),
            ("own-b", r#"ms:role="handler""#, "", false),
            (
                "own-c",
                r#"ms:candidateUsers="${initiator},handler-320100-cgj""#,
                "",
                false,
            ),
            (
                "own-d",
                r#"ms:role="handler" ms:unit="initiator" ms:self="allowed""#,
                "",
                true,
            ),
            (
                "own-e",
                r#"ms:role="handler" ms:unit="initiator""#,
                r#" ms:self="allowed""#,
                true,
            ),
            ("own-f", r#"ms:assignee="${initiator}""#, "", true),
        ];
        for (key, who, process, may) in cases {
            let xml = definition(key, &OWN.replace("WHO", who)).replace(
                r#" isExecutable="true""#,
                &format!(r#" isExecutable="true"{process}"#),
            );
            deploys(&office.owner, &xml).await;
            let mut case = files_on(me, key).await;
            let waiting = count(me, "todo").await;
            assert_eq!(waiting, usize::from(may), "{key}");
            let detail = case.seen_by(me).await;
            let task = detail.tasks[0].clone();
            assert_eq!(task.mine, may, "{key}");
            if may {
                case.decides(me, "work", true).await;
                continue;
            }
            assert!(task.actions.is_empty(), "{key}: {:?}", task.actions);
            let decided = approvals::act(me, case.id(), case.decision(&task, true)).await;
            assert_eq!(decided.expect_err("own").code, Code::AccessDenied, "{key}");
            let claim = Claim {
                version: Version(case.version()),
                task: task.task,
            };
            let claimed = approvals::act(me, case.id(), claim).await;
            assert_eq!(claimed.expect_err("own").code, Code::AccessDenied, "{key}");
            let transfer = Transfer {
                version: Version(case.version()),
                task: task.task,
                part: PartNo(0),
                user: said(&office.second.actor.username),
                note: None,
            };
            let given = approvals::act(me, case.id(), transfer).await;
            assert_eq!(given.expect_err("own").code, Code::AccessDenied, "{key}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_owner_of_processes_does_not_take_his_own_case_past_its_steps() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("pool", POOL)).await;
        let case = files_on(&office.owner, "pool").await;
        let (id, version) = (case.id(), case.version());
        let denied = |done: Result<_, Fault>| {
            let done: Result<shared::approval::view::ApprovalActed, Fault> = done;
            assert_eq!(done.expect_err("own").code, Code::AccessDenied);
        };
        let jump = Jump {
            version: Version(version),
            leave: Vec::new(),
            go: said("e"),
            despite: Ticked(true),
            reason: said("跳过"),
        };
        denied(approvals::act(&office.owner, id, jump.clone()).await);
        let set = SetVariables {
            version: Version(version),
            variables: said(serde_json::json!({"approved": true}).to_string()),
            reason: said("改成同意"),
        };
        denied(approvals::act(&office.owner, id, set).await);
        let message = Message {
            version: Version(version),
            name: said("go"),
            variables: Variables::default(),
        };
        denied(approvals::act(&office.owner, id, message).await);
        let skip: Skip = settling(version, 1, "跳过");
        denied(approvals::act(&office.owner, id, skip).await);
        let detail = case.seen_by(&office.owner).await;
        let transfer = Transfer {
            version: Version(version),
            task: detail.tasks[0].task,
            part: PartNo(0),
            user: said(&office.second.actor.username),
            note: None,
        };
        denied(approvals::act(&office.owner, id, transfer).await);
        // Another owner may.
        let other = hire(&world, Role::ProvincialManager, crate::support::CENTRE).await;
        let done = approvals::act(&other, id, jump)
            .await
            .expect("another owner");
        assert!(done.at.is_empty());
        // Taking it back is the initiator's own.
        let case = files_on(&office.owner, "pool").await;
        let cancel: Cancel = reasoned(&case, "不办了");
        approvals::act(&office.owner, case.id(), cancel)
            .await
            .expect("one's own");
    })
    .await;
}

async fn denials(world: &World) -> Vec<(String, String)> {
    let query = audit_of(None);
    let page = store::audit::list(&world.services.store().reader(), &query)
        .await
        .expect("read");
    page.items
        .into_iter()
        .filter(|row| row.entry.outcome != "ok")
        .map(|row| (row.entry.action, row.entry.outcome))
        .collect()
}

#[tokio::test]
async fn what_is_refused_leaves_a_row_in_the_audit() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = office.files("one").await;
        // One request each: of one request one refusal is kept.
        let agent = || Ctx::of(&world.services, office.stranger.actor.clone());
        let throw = Throw {
            kind: EventKind::Message,
            name: said("go"),
            approval_no: Some(said("320100-none-1")),
            variables: Variables::default(),
        };
        assert!(
            approvals::start(&agent(), sample(&office, "one"))
                .await
                .is_err()
        );
        assert!(views::get(&agent(), case.id()).await.is_err());
        assert!(views::flow(&agent(), case.id()).await.is_err());
        assert!(approvals::owner::list(&agent()).await.is_err());
        assert!(approvals::owner::check(&agent(), "<x/>").await.is_err());
        assert!(
            approvals::owner::deploy(&agent(), "<x/>", None)
                .await
                .is_err()
        );
        assert!(
            approvals::owner::activate(&agent(), "permit-sample", 1, None)
                .await
                .is_err()
        );
        assert!(
            approvals::owner::withdraw(&agent(), "permit-sample", 1)
                .await
                .is_err()
        );
        assert!(approvals::throw(&agent(), throw.clone()).await.is_err());
        let fault = approvals::throw(&office.owner, throw)
            .await
            .expect_err("no such case");
        assert_eq!(fault.fields[0].code, Code::NotFound);
        let rows = denials(&world).await;
        let denied = |action: &str| (action.to_owned(), Code::AccessDenied.as_str().to_owned());
        for action in [
            "approval.start",
            "process.list",
            "process.check",
            "process.deploy",
            "process.activate",
            "process.withdraw",
            "process.throw",
        ] {
            assert!(rows.contains(&denied(action)), "{action}: {rows:?}");
        }
        let probes = rows.iter().filter(|row| row.0 == "approval.view");
        assert_eq!(probes.count(), 2);
    })
    .await;
}
