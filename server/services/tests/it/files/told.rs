//! What a file leaves behind on its case: a line of the history and a row of the feed, its place (task, line), and what happens when it is taken away.

use std::sync::{Arc, Mutex};

use services::{files, views};
use shared::fault::Code;
use shared::file::{FilePlace, Hook};
use shared::ticket::Verb;
use shared::ticket::command::Register;
use store::feed::{Batch, Consumer};

use super::{CANARY, at_the_unit, below, opens, pdf, puts};
use crate::support::{World, ZJJ, a_complaint, on_each_database};

/// Words of the feed since it was last read.
async fn fed(world: &World) -> Vec<(String, bool)> {
    let store = world.services.store();
    let now = world.services.now();
    let numbered = store.write::<_, store::StoreError, _>(move |tx| {
        Box::pin(async move { store::feed::number(tx, now, 500).await })
    });
    numbered.await.expect("numbers");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let consumer = Consumer {
        name: "told",
        most: 500,
    };
    let consumed = store::feed::consume::<store::StoreError, _>(
        store,
        consumer,
        now,
        move |_, batch: Arc<Batch>| {
            Box::pin(async move {
                let rows = batch.changes.iter();
                let rows = rows.map(|row| (row.verb.clone(), row.discreet));
                *kept.lock().expect("ours") = rows.collect();
                Ok(())
            })
        },
    );
    consumed.await.expect("reads");
    std::mem::take(&mut *seen.lock().expect("ours"))
}

#[tokio::test]
async fn a_file_that_comes_and_goes_is_told_in_history_and_feed() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        fed(&world).await;
        fed(&world).await;
        let (ctx, hook) = (world.dispatcher(), Hook::ticket(filed.id.0));
        let before = views::get(&ctx, filed.id).await.expect("reads").row.version;
        let file = puts(&ctx, hook.clone(), "现场.pdf", &pdf(CANARY, 100)).await;
        let file = file.expect("sent");
        let history = views::history(&ctx, filed.id).await.expect("reads");
        let line = history.last().expect("a line");
        assert_eq!((line.verb, line.seq), (Verb::AddFile, history.len() as i32));
        assert_eq!(line.by.as_deref(), Some(ctx.actor.name.as_str()));
        assert_eq!(line.facts["file_kind"], "pdf");
        assert_eq!(line.facts["file_name"], "现场.pdf");
        assert_eq!(fed(&world).await, [("add-file".to_owned(), false)]);
        let listed = files::list(&ctx, &hook).await.expect("lists").items;
        assert!(listed[0].may_remove);
        let other = world.reviewer();
        let seen = files::list(&other, &hook).await.expect("lists").items;
        assert!(!seen[0].may_remove, "somebody else's");
        let denied = files::remove(&other, file.id).await;
        assert_eq!(
            denied.expect_err("somebody else's").code,
            Code::AccessDenied
        );
        let away = files::remove(&world.suzhou_dispatcher(), file.id).await;
        assert_eq!(away.expect_err("elsewhere").code, Code::NotFound);
        assert_eq!(below(&world, "files").len(), 1);

        files::remove(&ctx, file.id).await.expect("removed");
        assert!(below(&world, "files").is_empty(), "its bytes are gone");
        let twice = files::remove(&ctx, file.id).await;
        assert_eq!(twice.expect_err("gone").code, Code::NotFound);
        let gone = opens(&ctx, file.id).await;
        assert_eq!(gone.expect_err("gone").code, Code::NotFound);
        let history = views::history(&ctx, filed.id).await.expect("reads");
        let told: Vec<_> = history.iter().rev().take(2).map(|line| line.verb).collect();
        assert_eq!(told, [Verb::RemoveFile, Verb::AddFile]);
        let names = history
            .iter()
            .filter(|line| line.facts.contains_key("file_name"));
        assert_eq!(names.count(), 0, "the name went with the file");
        assert_eq!(fed(&world).await, [("remove-file".to_owned(), false)]);
        let after = views::get(&ctx, filed.id).await.expect("reads").row.version;
        assert_eq!(before, after, "nobody's form is out of date by it");
        let audited = world.audited("file.remove").await;
        let done = audited.iter().filter(|row| row.outcome == "ok");
        assert_eq!(done.count(), 1);
        let all = services::consistency::check_all(&world.services).await;
        assert_eq!(all.expect("checks").count, 0);
    })
    .await;
}

#[tokio::test]
async fn nothing_tells_the_name_of_a_file_on_a_discreet_ticket() {
    on_each_database(|world| async move {
        let discreet = Register {
            confidential: shared::command::Ticked(true),
            ..a_complaint()
        };
        let filed = world.takes_call(discreet).await;
        fed(&world).await;
        fed(&world).await;
        let ctx = world.dispatcher();
        let file = puts(&ctx, Hook::ticket(filed.id.0), "张三举报.pdf", &pdf("x", 9)).await;
        file.expect("sent");
        let history = views::history(&ctx, filed.id).await.expect("reads");
        let line = history.last().expect("a line");
        assert_eq!(line.verb, Verb::AddFile);
        assert!(!line.facts.contains_key("file_name"), "{:?}", line.facts);
        let sheet = views::sheet(&ctx, filed.id).await.expect("reads");
        let line = sheet.history.last().expect("a line");
        assert!(!line.facts.contains_key("file_name"), "{:?}", line.facts);
        assert_eq!(fed(&world).await, [("add-file".to_owned(), true)]);
    })
    .await;
}

#[tokio::test]
async fn a_file_hangs_on_a_task_or_on_a_line_of_the_history() {
    on_each_database(|world| async move {
        let mut filed = at_the_unit(&world).await;
        let ctx = world.dispatcher();
        let on = |task: Option<i64>, event: Option<i32>| Hook {
            task,
            event,
            ..Hook::ticket(filed.id.0)
        };
        let bytes = pdf("x", 9);
        let file = puts(&ctx, on(None, Some(1)), "a.pdf", &bytes).await;
        let file = file.expect("sent");
        assert_eq!((file.place, file.event), (FilePlace::Event, Some(1)));
        let mut found = None;
        for no in 1..20 {
            let put = puts(&world.liaison(ZJJ), on(Some(no), None), "b.pdf", &bytes).await;
            if let Ok(file) = put {
                found = Some((no, file));
                break;
            }
        }
        let (no, file) = found.expect("the unit's own task");
        assert_eq!((file.place, file.task), (FilePlace::Task, Some(no)));
        let denied = puts(&ctx, on(Some(no), None), "c.pdf", &bytes).await;
        assert_eq!(denied.expect_err("not theirs").code, Code::AccessDenied);
        for (task, event) in [
            (Some(99), None),
            (None, Some(0)),
            (None, Some(999)),
            (Some(no), Some(1)),
        ] {
            let fault = puts(&ctx, on(task, event), "d.pdf", &bytes).await;
            let fault = fault.expect_err("there is no such place");
            assert_eq!(fault.fields[0].code, Code::InputCode, "{task:?} {event:?}");
        }
        // What follows is counted on: histories stay without a gap.
        world.unit_answers(&mut filed, ZJJ).await;
        let all = services::consistency::check_all(&world.services).await;
        assert_eq!(all.expect("checks").count, 0);
    })
    .await;
}

#[tokio::test]
async fn sixteen_files_at_once_leave_sixteen_lines() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let ctx = world.dispatcher();
        let hook = Hook::ticket(filed.id.0);
        let puts = (0..16).map(|n| {
            let (ctx, hook) = (ctx.clone(), hook.clone());
            async move {
                let words = format!("file {n}");
                puts(&ctx, hook, &format!("{n}.pdf"), &pdf(&words, 50)).await
            }
        });
        let done = futures::future::join_all(puts).await;
        assert!(done.iter().all(Result::is_ok), "{done:?}");
        let history = views::history(&ctx, filed.id).await.expect("reads");
        let lines = history.iter().filter(|line| line.verb == Verb::AddFile);
        assert_eq!(lines.count(), 16);
        let gapless = history.iter().zip(1..).all(|(line, seq)| line.seq == seq);
        assert!(gapless);
    })
    .await;
}
