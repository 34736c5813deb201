//! What hangs on one person goes to somebody else before the account closes.
//! Not here: the verb that moves a task (`approvals`).

use services::users::life::{self as lives, AskAccount};
use services::{approvals, tickets};
use shared::access::Role;
use shared::account::life::{AccountAct, AccountState};
use shared::approval::ApprovalVerb;
use shared::approval::verbs::Claim;
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::verbs::Take;

use super::{agree, asked, sheet};
use crate::approvals::story::{Office, hire, sent};
use crate::support::{CENTRE, ZJJ, a_complaint, on_each_database};

#[tokio::test]
async fn a_task_goes_to_who_takes_over_and_the_account_closes_only_then() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let system = hire(&world, Role::SystemAdmin, CENTRE).await;
        let chief = hire(&world, Role::CentreLeader, CENTRE).await;
        let case = office.files("all").await;
        let task = case.task_of(&office.intake, "intake").await.task;
        let claim: Claim = sent(serde_json::json!({"version": case.version(), "task": task}));
        approvals::act(&office.intake, case.id(), claim)
            .await
            .expect("claimed");
        let name = office.intake.actor.username.clone();

        let seen = lives::preview(&chief, &name, None)
            .await
            .expect("a preview");
        assert_eq!((seen.count, seen.left), (1, 1));
        let colleague = office.decider.actor.username.clone();
        let seen = lives::preview(&chief, &name, Some(&colleague))
            .await
            .expect("a preview");
        assert_eq!((seen.count, seen.left), (1, 0), "{seen:?}");

        let close = async |heir: Option<&str>| {
            let asked = AskAccount {
                heir: heir.map(str::to_owned),
                ..asked(AccountAct::Cancel, &name, &[])
            };
            lives::ask(&office.initiator, asked)
                .await
                .expect("asked for")
        };
        let request = close(None).await;
        let approved = agree(&office.decider, &request)
            .await
            .expect("approved")
            .request;
        let fault = agree(&system, &approved).await.expect_err("a task is open");
        assert_eq!(
            (fault.code, fault.facts["count"].as_str()),
            (Code::AccountTasks, "1")
        );
        lives::withdraw(&office.initiator, approved.id, approved.version)
            .await
            .expect("taken back");

        let request = close(Some(&colleague)).await;
        let approved = agree(&chief, &request).await.expect("approved").request;
        agree(&system, &approved).await.expect("closed");
        let closed = sheet(&world, &name).await;
        assert_eq!(closed.row.state, AccountState::Closed);
        let told: Vec<_> = closed
            .history
            .iter()
            .map(|line| line.kind.as_str())
            .collect();
        assert!(told.starts_with(&["closed", "handed_over"]), "{told:?}");
        let seen = case.seen_by(&office.decider).await;
        let moved = seen
            .history
            .iter()
            .any(|line| line.verb == ApprovalVerb::Transfer);
        assert!(moved, "the case tells it");
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_ticket_goes_to_who_takes_over() {
    on_each_database(|world| async move {
        let system = hire(&world, Role::SystemAdmin, CENTRE).await;
        let chief = hire(&world, Role::CentreLeader, CENTRE).await;
        let liaison = hire(&world, Role::UnitLiaison, ZJJ).await;
        let handler = hire(&world, Role::Handler, ZJJ).await;
        let heir = hire(&world, Role::UnitReviewer, ZJJ).await;
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (id, version) = filed.at_unit(ZJJ);
        let take = Take {
            version: Version(version),
        };
        filed.took(tickets::act(&handler, id, take).await);
        let (name, to) = (&handler.actor.username, &heir.actor.username);
        let seen = lives::preview(&chief, name, Some(to)).await;
        let seen = seen.expect("a preview");
        assert_eq!((seen.count, seen.left), (1, 0), "{seen:?}");

        let close = async |heir: Option<&str>| {
            let asked = AskAccount {
                heir: heir.map(str::to_owned),
                ..asked(AccountAct::Cancel, name, &[])
            };
            lives::ask(&liaison, asked).await.expect("asked for")
        };
        let request = close(None).await;
        let approved = agree(&chief, &request).await.expect("approved").request;
        let fault = agree(&system, &approved).await.expect_err("a part is open");
        assert_eq!(fault.code, Code::AccountTasks);
        lives::withdraw(&liaison, approved.id, approved.version)
            .await
            .expect("taken back");
        let request = close(Some(to)).await;
        let approved = agree(&chief, &request).await.expect("approved").request;
        agree(&system, &approved).await.expect("closed");
        let detail = tickets::get(&liaison, filed.id).await.expect("seen");
        let responsible = detail.assignments[0].responsible.as_ref();
        let responsible = responsible.expect("somebody is");
        assert_eq!(Some(responsible.id), heir.actor.user());
    })
    .await;
}
