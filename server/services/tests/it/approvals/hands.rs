//! Verbs that pass a case on or let it rest: transfer, delegate, claim, copy, correction, missing papers, suspension.

use serde_json::json;
use services::approvals;
use shared::approval::ApprovalStatus;
use shared::approval::verbs::{
    AcceptLacking, AddSigner, AskCorrection, Cancel, Claim, Copy, Correct, Decide, Delegate,
    Reject, Release, Resume, Supply, Suspend, Transfer,
};
use shared::approval::view::ApprovalActed;
use shared::command::{PartNo, Version};
use shared::fault::{Code, Fault};

use super::story::{Case, Office, fields, reasoned, told};
use crate::support::{on_each_database, said};

#[tokio::test]
async fn handed_over_delegated_claimed_and_put_back() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let task = case.task_of(&office.intake, "intake").await.task;
        let claim = |case: &Case| Claim {
            version: Version(case.version()),
            task,
        };
        let done = approvals::act(&office.intake, case.id(), claim(&case)).await;
        case.took(done);
        let release = Release {
            version: Version(case.version()),
            task,
        };
        let done = approvals::act(&office.intake, case.id(), release).await;
        case.took(done);
        // 转办: for good.
        let transfer = |case: &Case, user: &str| Transfer {
            version: Version(case.version()),
            task,
            part: PartNo(0),
            user: said(user),
            note: Some(said("出差")),
        };
        let fault = approvals::act(&office.intake, case.id(), transfer(&case, "nobody"))
            .await
            .expect_err("nobody");
        assert_eq!(fault.fields[0].code, Code::InputPerson);
        let second = office.second.actor.username.clone();
        let done = approvals::act(&office.intake, case.id(), transfer(&case, &second)).await;
        case.took(done);
        let fault = approvals::act(&office.intake, case.id(), claim(&case))
            .await
            .expect_err("no longer theirs");
        assert_eq!(fault.code, Code::AccessDenied);
        // 委派: and back.
        let done = approvals::act(
            &office.second,
            case.id(),
            Delegate {
                version: Version(case.version()),
                task,
                user: said(&office.third.actor.username),
                note: None,
            },
        )
        .await;
        case.took(done);
        assert!(!case.seen_by(&office.second).await.tasks[0].mine);
        case.decides(&office.third, "intake", true).await;
        let mine = case.task_of(&office.second, "intake").await;
        assert_eq!(mine.note.as_deref(), Some("同意。"), "the delegate's words");
        case.decides(&office.second, "intake", true).await;
        assert_eq!(case.at(), ["countersign"]);
    })
    .await;
}

#[tokio::test]
async fn who_is_copied_reads_and_does_nothing() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let fault = approvals::views::get(&office.stranger, case.id())
            .await
            .expect_err("nobody's business");
        assert_eq!(fault.code, Code::NotFound);
        let done = approvals::act(
            &office.initiator,
            case.id(),
            Copy {
                version: Version(case.version()),
                users: said(&office.stranger.actor.username),
                note: None,
            },
        )
        .await;
        case.took(done);
        let detail = case.seen_by(&office.stranger).await;
        assert!(detail.actions.is_empty(), "{:?}", detail.actions);
        assert!(detail.tasks.iter().all(|task| task.actions.is_empty()));
        let decision = case.decision(&detail.tasks[0], true);
        let fault = approvals::act(&office.stranger, case.id(), decision)
            .await
            .expect_err("reads only");
        assert_eq!(fault.code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn a_correction_stops_the_clock_and_leaves_as_much_time_as_before() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let task = case.task_of(&office.intake, "intake").await;
        let due = task.deadline.due_at.expect("a limit");
        world.time("2026-03-03T09:00");
        let asked = approvals::act(
            &office.intake,
            case.id(),
            AskCorrection {
                version: Version(case.version()),
                task: task.task,
                missing: said("缺总平面图；缺交通疏导方案"),
            },
        )
        .await;
        case.took(asked);
        assert_eq!(case.0.status, ApprovalStatus::Correcting);
        let todo = approvals::views::Query {
            shelf: "todo".to_owned(),
            ..approvals::views::Query::default()
        };
        let waiting = approvals::views::list(&office.initiator, &todo)
            .await
            .expect("listed");
        assert_eq!(waiting.items.len(), 1, "the initiator has to act");
        let none = approvals::views::list(&office.intake, &todo)
            .await
            .expect("listed");
        assert!(none.items.is_empty());
        world.time("2026-03-05T09:00");
        let corrected = approvals::act(
            &office.initiator,
            case.id(),
            Correct {
                version: Version(case.version()),
                note: said("已补齐"),
                fields: fields(&[]),
            },
        )
        .await;
        case.took(corrected);
        let task = case.task_of(&office.intake, "intake").await;
        let later = task.deadline.due_at.expect("a limit");
        assert_eq!(
            (due.rfc3339(), later.rfc3339()),
            (
                "2026-03-05T17:30:00+08:00".to_owned(),
                "2026-03-09T17:30:00+08:00".to_owned()
            ),
            "two working days later, over a weekend"
        );
    })
    .await;
}

#[tokio::test]
async fn accepted_with_papers_missing_and_decided_only_when_they_are_there() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let task = case.task_of(&office.intake, "intake").await;
        let accepted = approvals::act(
            &office.intake,
            case.id(),
            AcceptLacking {
                version: Version(case.version()),
                task: task.task,
                papers: said("交通疏导方案"),
                working_days: said("5"),
                opinion: Some(said("容缺受理")),
                fields: fields(&[]),
            },
        )
        .await;
        case.took(accepted);
        case.decides(&office.first, "countersign", true).await;
        let decide = case.task_of(&office.decider, "decide").await;
        let fault = approvals::act(&office.decider, case.id(), case.decision(&decide, true))
            .await
            .expect_err("a paper is missing");
        assert_eq!(fault.code, Code::ApprovalPapers);
        let supply = Supply {
            version: Version(case.version()),
            paper: 1,
            note: None,
        };
        let fault = approvals::act(&office.intake, case.id(), supply.clone())
            .await
            .expect_err("the initiator's");
        assert_eq!(fault.code, Code::AccessDenied);
        let supplied = approvals::act(&office.initiator, case.id(), supply).await;
        case.took(supplied);
        case.decides(&office.decider, "decide", true).await;
        assert_eq!(case.at(), ["number"]);
    })
    .await;
}

#[tokio::test]
async fn suspended_resumed_and_cancelled() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("one").await;
        let why = "等待专家评审";
        let fault = approvals::act(
            &office.initiator,
            case.id(),
            reasoned::<Suspend>(&case, why),
        )
        .await
        .expect_err("holds nothing");
        assert_eq!(fault.code, Code::AccessDenied);
        let done = approvals::act(&office.intake, case.id(), reasoned::<Suspend>(&case, why)).await;
        case.took(done);
        let task = case.seen_by(&office.intake).await.tasks[0].clone();
        assert!(!task.active && task.actions.is_empty());
        let decision = Decide {
            task: task.task,
            ..case.decision(&task, true)
        };
        let fault = approvals::act(&office.intake, case.id(), decision)
            .await
            .expect_err("suspended");
        assert_eq!(fault.code, Code::ApprovalNotAllowed);
        let done = approvals::act(&office.intake, case.id(), reasoned::<Resume>(&case, why)).await;
        case.took(done);
        let done =
            approvals::act(&office.initiator, case.id(), reasoned::<Cancel>(&case, why)).await;
        case.took(done);
        assert_eq!(case.0.status, ApprovalStatus::Cancelled);
        assert!(case.at().is_empty());
        let fault = approvals::act(&office.initiator, case.id(), reasoned::<Cancel>(&case, why))
            .await
            .expect_err("over");
        assert_eq!(fault.code, Code::ApprovalNotAllowed);
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_form_is_told_at_once() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = office.files("one").await;
        let task = case.task_of(&office.intake, "intake").await.task;
        let (version, id) = (case.version(), case.id());
        let long = "长".repeat(1_001);
        let wrong = |told: Result<_, Fault>| {
            let fault = told.map(|_: ApprovalActed| ()).expect_err("two faults");
            let fields: Vec<_> = fault.fields.into_iter().map(|it| it.field).collect();
            fields.join(" ")
        };
        let given =
            json!({"version": version, "task": task, "user": "nobody", "note": long.clone()});
        let heard = told::<Transfer>(&office.intake, id, given.clone()).await;
        assert_eq!(wrong(heard), "note user");
        let heard = told::<Delegate>(&office.intake, id, given.clone()).await;
        assert_eq!(wrong(heard), "note user");
        let mut signer = given;
        signer["place"] = json!("before");
        let heard = told::<AddSigner>(&office.intake, id, signer).await;
        assert_eq!(wrong(heard), "note user");
        let copy = json!({"version": version, "users": ["nobody"], "note": long.clone()});
        let heard = told::<Copy>(&office.intake, id, copy).await;
        assert_eq!(wrong(heard), "note users");
        let back = json!({"version": version, "task": task, "to": "", "opinion": "短"});
        let heard = told::<Reject>(&office.intake, id, back).await;
        assert_eq!(wrong(heard), "to opinion");
        let lacking = json!({"version": version, "task": task, "papers": [], "working_days": 0, "opinion": long});
        let heard = told::<AcceptLacking>(&office.intake, id, lacking).await;
        assert_eq!(wrong(heard), "papers working_days opinion");
        // Who may not do it at all is told only that.
        let copy = json!({"version": version, "users": []});
        let fault = told::<Copy>(&office.stranger, id, copy).await;
        assert_eq!(fault.expect_err("nobody's").code, Code::NotFound);
    })
    .await;
}
