//! Jobs: each may run twice with one effect. Sealing, delivery, provisional deadlines.
//! Long jobs: `host` (held, killed, stopped, failing), `exports` (results), `laid_out` (what they can be made of), `bounds` (how much may leave, full disks), `quality` (the look of the rules), `quality_rules` (each of them), `derived` (what the nightly check makes anew), `slow` (statements that take too long). Not here: drafts (`photos`), figures (`reports`).
//! The clock stands; `jobs::once` runs everything that is due.

mod bounds;
mod derived;
mod exports;
mod host;
mod laid_out;
mod quality;
mod quality_rules;
mod slow;

use services::{Ctx, audit, calendar, jobs, tickets};
use shared::access::Role;
use shared::fault::Code;
use shared::ticket::command::Register;

use crate::support::{World, ZJJ, a_complaint, on_each_database};

async fn runs(world: &World) -> u64 {
    jobs::once(&world.services).await.expect("the jobs run")
}

#[tokio::test]
async fn the_audit_is_sealed_and_proves_itself() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let auditor = world.person(Role::Auditor, "320000-12345");
        assert!(
            audit::verify(&auditor).await.expect("verifies").pending > 0,
            "rows wait for the sealer"
        );
        assert!(runs(&world).await > 0);
        world.clock.advance_minutes(2);
        runs(&world).await;
        let verdict = audit::verify(&auditor).await.expect("verifies");
        assert!(verdict.is_whole(), "{verdict}");
        assert!(
            verdict.sealed > 0 && verdict.pending == 0 && verdict.checkpoints >= 2,
            "inside and outside: {verdict}"
        );
        for ctx in [
            world.supervisor(),
            world.person(Role::SystemAdmin, ZJJ),
            world.visitor(),
        ] {
            assert_eq!(
                audit::verify(&ctx)
                    .await
                    .expect_err("only the auditor")
                    .code,
                Code::AccessDenied
            );
        }
        let outside = world
            .services
            .config()
            .data_dir
            .join("audit/checkpoints.jsonl");
        let text = std::fs::read_to_string(&outside).expect("a second place");
        let forged = text.replacen("\"link\":\"", "\"link\":\"00", 1);
        std::fs::write(&outside, forged).expect("writes");
        assert!(
            !audit::verify(&auditor).await.expect("verifies").is_whole(),
            "a chain that was written anew does not fit"
        );
    })
    .await;
}

#[tokio::test]
async fn a_message_is_delivered_once() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let folder = services::gateway::messages_folder(&world.services.config().data_dir)
            .join("2026-03-02");
        runs(&world).await;
        runs(&world).await;
        let files: Vec<_> = std::fs::read_dir(&folder)
            .expect("messages")
            .flatten()
            .collect();
        assert_eq!(files.len(), 1, "the citizen gets number and code");
        let text = std::fs::read_to_string(files[0].path()).expect("reads");
        assert!(text.contains("13812345678"), "{text}");
        world.clock.advance_minutes(24 * 60);
        runs(&world).await;
        assert_eq!(std::fs::read_dir(&folder).expect("messages").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_provisional_deadline_moves_once_when_the_notice_comes() {
    on_each_database(|world| async move {
        world.time("2026-12-30T10:00");
        let filed = world.files(Register { occurred_at: None, ..a_complaint() }).await;
        let deadline = async || tickets::get(&world.dispatcher(), filed.id).await.expect("sees it").row.deadline;
        let before = deadline().await;
        assert!(before.provisional, "there is no notice of 2027");
        runs(&world).await;
        assert_eq!(deadline().await.due_at, before.due_at, "nothing to move yet");

        let notice = "date,name,kind,notice_year\n2027-01-01,元旦,off,2027\n2027-01-04,元旦,off,2027\n2027-01-05,元旦,off,2027\n";
        assert_eq!(calendar::import(&world.supervisor(), notice).await.expect_err("no right").code, Code::AccessDenied);
        let owner = Ctx::system(&world.services);
        assert_eq!(calendar::missing_years(&owner).await.expect("looks"), [2027]);
        let entered = calendar::import(&owner, notice).await.expect("entered");
        assert_eq!((entered.years, entered.thin), (vec![2027], vec![(2027, 3)]), "three days are no whole notice");
        let after = deadline().await;
        assert!(!after.provisional && after.due_at > before.due_at, "{before:?} {after:?}");
        assert_eq!(calendar::missing_years(&owner).await.expect("looks"), [0_i32; 0]);
        calendar::import(&owner, notice).await.expect("entered again");
        runs(&world).await;
        assert_eq!(deadline().await.due_at, after.due_at, "moved once");
    })
    .await;
}
