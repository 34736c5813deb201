//! Signed positions of the audit that are taken out, here or there, are missed.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait, Database};
use services::audit::{self, Verdict};
use services::{Ctx, jobs};

use crate::support::{World, a_complaint, on_each_database};

async fn verdict(world: &World, copies: &[PathBuf]) -> Verdict {
    audit::verify_with(&Ctx::system(&world.services), copies)
        .await
        .expect("verifies")
}

/// Three checkpoints, two minutes apart.
async fn checkpoints(world: &World) -> PathBuf {
    for _ in 0..3 {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(2);
        jobs::once(&world.services).await.expect("the jobs run");
    }
    let file = world
        .services
        .config()
        .data_dir
        .join("audit/checkpoints.jsonl");
    let lines = std::fs::read_to_string(&file)
        .expect("there")
        .lines()
        .count();
    assert!(lines >= 3, "{lines}");
    let whole = verdict(world, &[]).await;
    assert!(whole.is_whole(), "{whole}");
    file
}

#[tokio::test]
async fn a_line_that_was_taken_out_of_the_file_is_missed() {
    on_each_database(|world| async move {
        let file = checkpoints(&world).await;
        let text = std::fs::read_to_string(&file).expect("reads");
        let lines: Vec<&str> = text.lines().collect();
        for gone in 0..lines.len() {
            let mut rest = lines.clone();
            rest.remove(gone);
            std::fs::write(&file, rest.join("\n") + "\n").expect("writes");
            let found = verdict(&world, &[]).await;
            assert!(
                found.faults.len() == 1 && found.faults[0].contains("missing"),
                "line {gone}: {found}"
            );
        }
        std::fs::remove_file(&file).expect("there");
        let found = verdict(&world, &[]).await;
        assert!(!found.is_whole(), "the whole file is gone: {found}");
        std::fs::write(&file, format!("{text}{{\"seq\": 9")).expect("writes");
        let found = verdict(&world, &[]).await;
        assert!(
            found.is_whole(),
            "a write that broke off says nothing: {found}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_that_was_taken_out_everywhere_leaves_a_gap() {
    on_each_database(|world| async move {
        let file = checkpoints(&world).await;
        let text = std::fs::read_to_string(&file).expect("reads");
        let elsewhere = file.with_extension("copy");
        std::fs::write(&elsewhere, &text).expect("writes");
        let lines: Vec<&str> = text.lines().collect();
        let seq: serde_json::Value = serde_json::from_str(lines[1]).expect("json");
        let raw = Database::connect(&world.services.config().database_url)
            .await
            .expect("connects");
        let trigger = if world.services.store().kind() == "sqlite" {
            "drop trigger checkpoints_grow_delete"
        } else {
            "drop trigger checkpoints_grow on audit_checkpoints"
        };
        raw.execute_unprepared(trigger).await.expect("drops");
        let delete = format!("delete from audit_checkpoints where seq = {}", seq["seq"]);
        raw.execute_unprepared(&delete).await.expect("deletes");
        let found = verdict(&world, &[]).await;
        assert!(
            found
                .faults
                .iter()
                .any(|fault| fault.contains("taken out of it")),
            "the file still has it: {found}"
        );
        std::fs::write(&file, format!("{}\n{}\n", lines[0], lines[2..].join("\n")))
            .expect("writes");
        let found = verdict(&world, &[]).await;
        assert!(
            found
                .faults
                .iter()
                .any(|fault| fault.contains("were taken out")),
            "the one behind it says so: {found}"
        );
        let found = verdict(&world, &[elsewhere]).await;
        assert!(
            found.faults.len() >= 2,
            "the copy elsewhere has it: {found}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_that_was_not_copied_is_copied_by_the_next_run() {
    on_each_database(|world| async move {
        let file = checkpoints(&world).await;
        let text = std::fs::read_to_string(&file).expect("reads");
        let lines: Vec<&str> = text.lines().collect();
        // As a process leaves it that ended between commit and copy.
        let kept = &lines[..lines.len() - 1];
        std::fs::write(&file, kept.join("\n") + "\n").expect("writes");
        let seq: serde_json::Value = serde_json::from_str(kept[kept.len() - 1]).expect("json");
        let raw = Database::connect(&world.services.config().database_url)
            .await
            .expect("connects");
        let back = format!(
            "update settings set value = '{}' where key = 'audit.outside'",
            seq["seq"]
        );
        raw.execute_unprepared(&back).await.expect("set back");
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(std::fs::read_to_string(&file).expect("reads"), text);
        let found = verdict(&world, &[]).await;
        assert!(found.is_whole(), "{found}");
    })
    .await;
}
