//! Verbs that decide and send about: sending back, taking back, signers; what each leaves behind, and who may not.

use services::approvals;
use shared::approval::verbs::{AddSigner, Correct, Reject, RemoveSigner, TakeBack};
use shared::approval::{ApprovalStatus, ApprovalVerb as V, Part, SignPlace};
use shared::command::{PartNo, Version};
use shared::fault::Code;

use super::story::{Case, Office, fields};
use crate::support::{on_each_database, said};

fn reject(case: &Case, task: i64, to: &str) -> Reject {
    Reject {
        version: Version(case.version()),
        task,
        to: said(to),
        opinion: said("材料与现场不符"),
    }
}

#[tokio::test]
async fn sent_back_to_the_step_before_to_a_chosen_one_and_to_the_initiator() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        case.decides(&office.intake, "intake", true)
            .await
            .decides(&office.first, "countersign", true)
            .await;
        // 驳回上一步: the countersigning begins anew, with all its people.
        let task = case.task_of(&office.decider, "decide").await;
        let targets: Vec<&str> = task.back_to.iter().map(|step| step.code.as_str()).collect();
        assert_eq!(targets, ["countersign", "intake"]);
        let back = approvals::act(
            &office.decider,
            case.id(),
            reject(&case, task.task, "previous"),
        )
        .await;
        case.took(back);
        assert_eq!(case.at(), ["countersign"]);
        case.decides(&office.second, "countersign", true).await;
        // 驳回指定环节: intake, again by whoever did it.
        let task = case.task_of(&office.decider, "decide").await;
        let back = approvals::act(
            &office.decider,
            case.id(),
            reject(&case, task.task, "intake"),
        )
        .await;
        case.took(back);
        assert_eq!(case.at(), ["intake"]);
        let again = case.task_of(&office.intake, "intake").await;
        assert_eq!(again.holder, office.intake.actor.name);
        case.decides(&office.intake, "intake", true)
            .await
            .decides(&office.first, "countersign", true)
            .await;
        // 驳回发起人: the first step waits until the initiator has corrected.
        let task = case.task_of(&office.decider, "decide").await;
        let back = approvals::act(
            &office.decider,
            case.id(),
            reject(&case, task.task, "initiator"),
        )
        .await;
        case.took(back);
        assert_eq!(case.0.status, ApprovalStatus::Correcting);
        let detail = case.seen_by(&office.initiator).await;
        assert_eq!(detail.correction.as_deref(), Some("材料与现场不符"));
        assert!(detail.actions.contains(&V::Correct));
        let corrected = approvals::act(
            &office.initiator,
            case.id(),
            Correct {
                version: Version(case.version()),
                note: said("已更换图纸"),
                fields: fields(&[
                    ("applicant", "南京某建设公司"),
                    ("project", "管线改造"),
                    ("place", "中山路 2 号"),
                    ("days", "10"),
                    ("reviewers", &office.first.actor.username),
                    ("vote", "one"),
                ]),
            },
        )
        .await;
        case.took(corrected);
        assert_eq!(case.0.status, ApprovalStatus::Running);
        case.decides(&office.intake, "intake", true).await;
        let detail = case.seen_by(&office.first).await;
        assert_eq!(detail.tasks.len(), 1, "one reviewer now");
        assert!(detail.facts.iter().any(|fact| fact.value == "中山路 2 号"));
    })
    .await;
}

#[tokio::test]
async fn a_step_that_was_not_done_is_no_target() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = office.files("one").await;
        let task = case.task_of(&office.intake, "intake").await;
        for to in ["previous", "decide", "nowhere"] {
            let fault = approvals::act(&office.intake, case.id(), reject(&case, task.task, to))
                .await
                .expect_err(to);
            assert_eq!(fault.fields[0].code, Code::ApprovalTarget, "{to}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_decision_is_taken_back_until_somebody_acts_on_it() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        case.decides(&office.intake, "intake", true).await;
        let back = |case: &Case| TakeBack {
            version: Version(case.version()),
            reason: Some(said("看错了")),
        };
        let fault = approvals::act(&office.first, case.id(), back(&case))
            .await
            .expect_err("not one's own");
        assert_eq!(fault.code, Code::ApprovalTooLate);
        let done = approvals::act(&office.intake, case.id(), back(&case)).await;
        case.took(done);
        assert_eq!(case.at(), ["intake"]);
        case.decides(&office.intake, "intake", true)
            .await
            .decides(&office.first, "countersign", true)
            .await;
        let fault = approvals::act(&office.intake, case.id(), back(&case))
            .await
            .expect_err("too late");
        assert_eq!(fault.code, Code::ApprovalTooLate);
    })
    .await;
}

#[tokio::test]
async fn signers_before_behind_and_beside() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let add = |case: &Case, task: i64, user: &str, place| AddSigner {
            version: Version(case.version()),
            task,
            user: said(user),
            place,
            note: Some(said("请把关")),
        };
        let task = case.task_of(&office.intake, "intake").await.task;
        let (first, second, third) = (
            office.first.actor.username.clone(),
            office.second.actor.username.clone(),
            office.third.actor.username.clone(),
        );
        for (user, place) in [(&first, SignPlace::Before), (&third, SignPlace::Beside)] {
            let detail = case.seen_by(&office.intake).await;
            if detail.tasks[0].mine {
                let added =
                    approvals::act(&office.intake, case.id(), add(&case, task, user, place)).await;
                case.took(added);
            }
        }
        // The one before is at it: the task itself waits.
        let detail = case.seen_by(&office.intake).await;
        assert!(!detail.tasks[0].active);
        let fault = approvals::act(
            &office.intake,
            case.id(),
            case.decision(&detail.tasks[0], true),
        )
        .await
        .expect_err("not yet");
        assert_eq!(fault.code, Code::ApprovalNotAllowed);
        case.decides(&office.first, "intake", true).await;
        for (user, place) in [(&second, SignPlace::Beside), (&third, SignPlace::After)] {
            let added =
                approvals::act(&office.intake, case.id(), add(&case, task, user, place)).await;
            case.took(added);
        }
        let mine = case.task_of(&office.intake, "intake").await;
        let fault = approvals::act(&office.intake, case.id(), case.decision(&mine, true))
            .await
            .expect_err("the one beside has not answered");
        assert_eq!(fault.code, Code::ApprovalSigners);
        case.decides(&office.second, "intake", false)
            .await
            .decides(&office.intake, "intake", true)
            .await;
        assert_eq!(case.at(), ["intake"], "one more signs behind");
        case.decides(&office.third, "intake", true).await;
        assert_eq!(case.at(), ["countersign"]);
    })
    .await;
}

#[tokio::test]
async fn a_signer_behind_can_refuse_and_an_added_one_can_be_removed() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let task = case.task_of(&office.intake, "intake").await.task;
        for user in [&office.first, &office.second] {
            let added = approvals::act(
                &office.intake,
                case.id(),
                AddSigner {
                    version: Version(case.version()),
                    task,
                    user: said(&user.actor.username),
                    place: SignPlace::After,
                    note: None,
                },
            )
            .await;
            case.took(added);
        }
        let detail = case.seen_by(&office.intake).await;
        let part = detail
            .tasks
            .iter()
            .find(|t| t.kind == Part::After && t.holder == office.first.actor.name)
            .expect("added");
        assert!(part.actions.contains(&V::RemoveSigner));
        let remove = RemoveSigner {
            version: Version(case.version()),
            task,
            part: PartNo(part.part),
            note: None,
        };
        let fault = approvals::act(&office.second, case.id(), remove.clone())
            .await
            .expect_err("not theirs");
        assert_eq!(fault.code, Code::AccessDenied);
        let removed = approvals::act(&office.intake, case.id(), remove).await;
        case.took(removed);
        case.decides(&office.intake, "intake", true)
            .await
            .decides(&office.second, "intake", false)
            .await;
        assert_eq!(case.0.status, ApprovalStatus::Ended, "refused behind");
    })
    .await;
}

#[tokio::test]
async fn one_more_and_one_fewer_of_those_who_countersign() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("all").await;
        case.decides(&office.intake, "intake", true).await;
        let task = case.task_of(&office.first, "countersign").await;
        let added = approvals::act(
            &office.first,
            case.id(),
            AddSigner {
                version: Version(case.version()),
                task: task.task,
                user: said(&office.decider.actor.username),
                place: SignPlace::Beside,
                note: None,
            },
        )
        .await;
        case.took(added);
        assert_eq!(case.seen_by(&office.initiator).await.tasks.len(), 4);
        let third = case.task_of(&office.third, "countersign").await;
        let removed = approvals::act(
            &office.initiator,
            case.id(),
            RemoveSigner {
                version: Version(case.version()),
                task: third.task,
                part: PartNo(0),
                note: Some(said("不涉及")),
            },
        )
        .await;
        case.took(removed);
        case.decides(&office.first, "countersign", true)
            .await
            .decides(&office.second, "countersign", true)
            .await;
        assert_eq!(case.at(), ["countersign"]);
        case.decides(&office.decider, "countersign", true).await;
        assert_eq!(case.at(), ["decide"]);
    })
    .await;
}
