//! Notices about approvals: a task that comes, one that comes back, a correction, the end, a deadline that is near; to whoever goes on with it.
//! Not here: notices about tickets and how each wants them (`tickets::notices`).
//! Whoever does something is not told of it.

use services::approvals;
use services::gateway::bell;
use services::{Ctx, host, jobs};
use shared::approval::verbs::{AskCorrection, Correct, Reject, Transfer};
use shared::command::{PartNo, Version};
use shared::notice::NoticeKind::{self, Corrected, Decided, Due, SentBack, Task};

use super::story::{Office, fields};
use crate::support::{World, on_each_database, said};

/// What somebody is told that he has not read, the newest first; read with that.
async fn told(world: &World, ctx: &Ctx) -> Vec<NoticeKind> {
    jobs::once(&world.services).await.expect("the jobs run");
    let page = bell::page(ctx, true, None, bell::PAGE).await;
    let page = page.expect("a page");
    for notice in &page.items {
        assert!(notice.ticket.is_none() && notice.approval.is_some());
        assert!(notice.words.contains(&notice.ticket_no), "{}", notice.words);
        assert!(!notice.words.contains("中山路"), "{}", notice.words);
    }
    bell::read(ctx, None).await.expect("read");
    page.items.into_iter().map(|notice| notice.kind).collect()
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn whoever_goes_on_with_an_approval_is_told_of_it_once() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        assert!(
            told(&world, &office.intake).await.is_empty(),
            "nothing yet, and deadlines are told from now on"
        );
        let mut case = office.files("one").await;
        assert_eq!(told(&world, &office.intake).await, [Task]);
        assert!(told(&world, &office.intake).await.is_empty(), "once");
        assert!(told(&world, &office.initiator).await.is_empty(), "his own");

        let task = case.task_of(&office.intake, "intake").await;
        let asked = AskCorrection {
            version: Version(case.version()),
            task: task.task,
            missing: said("缺总平面图"),
        };
        case.took(approvals::act(&office.intake, case.id(), asked).await);
        assert_eq!(told(&world, &office.initiator).await, [SentBack]);
        let corrected = Correct {
            version: Version(case.version()),
            note: said("已补齐"),
            fields: fields(&[]),
        };
        case.took(approvals::act(&office.initiator, case.id(), corrected).await);
        assert_eq!(told(&world, &office.intake).await, [Corrected]);

        case.decides(&office.intake, "intake", true).await;
        for ctx in [&office.first, &office.second, &office.third] {
            assert_eq!(told(&world, ctx).await, [Task]);
        }
        case.decides(&office.first, "countersign", true).await;
        assert_eq!(told(&world, &office.decider).await, [Task]);
        let task = case.task_of(&office.decider, "decide").await;
        let back = Reject {
            version: Version(case.version()),
            task: task.task,
            to: said("intake"),
            opinion: said("材料与现场不符"),
        };
        case.took(approvals::act(&office.decider, case.id(), back).await);
        assert_eq!(told(&world, &office.intake).await, [SentBack]);
        assert!(told(&world, &office.decider).await.is_empty(), "his own");

        case.decides(&office.intake, "intake", true)
            .await
            .decides(&office.first, "countersign", true)
            .await
            .decides(&office.decider, "decide", true)
            .await;
        host::drain(&world.services).await.expect("served");
        assert_eq!(told(&world, &office.initiator).await, [Decided]);
        assert!(told(&world, &office.stranger).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_task_that_is_handed_on_or_nearly_due_is_told() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let other = &office.decider;
        told(&world, other).await;
        let mut case = office.files("one").await;
        assert!(told(&world, other).await.is_empty());
        assert_eq!(told(&world, &office.intake).await, [Task], "the role's");
        let task = case.task_of(&office.intake, "intake").await;
        let transfer = Transfer {
            version: Version(case.version()),
            task: task.task,
            part: PartNo(task.part),
            user: said(&other.actor.username),
            note: Some(said("外出")),
        };
        case.took(approvals::act(&office.intake, case.id(), transfer).await);
        assert_eq!(told(&world, other).await, [Task], "now hers");
        let due = task.deadline.due_at.expect("a limit");
        world.time(&due.local().format("%Y-%m-%dT%H:%M").to_string());
        // One round finds it, the next brings it.
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(told(&world, other).await, [Due]);
        assert!(told(&world, other).await.is_empty(), "once");
        assert!(told(&world, &office.intake).await.is_empty());
    })
    .await;
}
