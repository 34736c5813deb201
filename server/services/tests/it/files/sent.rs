//! Sending: parts, broken connections, who may, what is refused, limits.

use services::{Ctx, files, jobs};
use shared::fault::Code;
use shared::file::{FileKind, FilePlace, FileState, Hook};
use shared::ids::{FileId, UploadId};

use super::{CANARY, at_the_unit, begins, below, body, broken, opens, pdf, puts, sets};
use crate::support::{CGJ, Kind, World, ZJJ, a_complaint, killed_after, on_each_database};

#[tokio::test]
async fn an_upload_goes_on_where_it_broke_off() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let ctx = world.dispatcher();
        let hook = Hook::ticket(filed.id.0);
        let bytes = pdf(CANARY, 700_000);
        let upload = begins(&ctx, hook.clone(), "意见书.pdf", bytes.len())
            .await
            .expect("begins");
        let id = upload.id;
        let fault = files::append(&ctx, id, 0, broken(&bytes[..300_001]))
            .await
            .expect_err("broke off");
        assert_eq!(fault.code, Code::InputBody);
        let stands = files::state(&ctx, id).await.expect("stands");
        assert_eq!(stands.offset, 300_001, "what came is kept");
        assert!(
            below(&world, "uploads")
                .iter()
                .all(|raw| !String::from_utf8_lossy(raw).contains(CANARY)),
            "staged bytes are sealed"
        );
        for wrong in [0, 300_000, 300_002] {
            let fault = files::append(&ctx, id, wrong, body(&bytes[..10]))
                .await
                .expect_err("elsewhere");
            assert_eq!(fault.code, Code::FileOffset, "{wrong}");
            assert_eq!(fault.facts["offset"], "300001");
        }
        let sent = files::append(&ctx, id, 300_001, body(&bytes[300_001..500_000]))
            .await
            .expect("goes on");
        assert_eq!((sent.upload.offset, sent.file), (500_000, None));
        let too_much = [&bytes[500_000..], b"x".as_slice()].concat();
        let fault = files::append(&ctx, id, 500_000, body(&too_much))
            .await
            .expect_err("more than was said");
        assert_eq!(fault.code, Code::BodyTooLarge);
        let stands = files::state(&ctx, id).await.expect("stands").offset;
        let from = usize::try_from(stands).expect("small");
        let sent = files::append(&ctx, id, stands, body(&bytes[from..]))
            .await
            .expect("ends");
        let file = sent.file.expect("a file");
        assert_eq!(
            (file.kind, file.state, file.place, file.size),
            (
                FileKind::Pdf,
                FileState::Clean,
                FilePlace::Case,
                bytes.len() as i64
            )
        );
        // The answer was lost: the end sent again gives the same file.
        let again = files::append(&ctx, id, bytes.len() as i64, body(b""))
            .await
            .expect("again");
        assert_eq!(again.file.as_ref(), Some(&file));
        assert!(below(&world, "uploads").is_empty(), "nothing stays staged");
        let read = opens(&ctx, file.id).await.expect("opens").expect("whole");
        assert_eq!(read, bytes);
        let kept = below(&world, "files");
        assert_eq!(kept.len(), 1);
        assert!(!String::from_utf8_lossy(&kept[0]).contains(CANARY));
        let listed = files::list(&ctx, &hook).await.expect("lists").items;
        assert_eq!(listed, [file]);
        assert_eq!(world.audited("file.add").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_sees_the_case_sees_its_files_and_nobody_else() {
    on_each_database(|world| async move {
        let filed = at_the_unit(&world).await;
        let hook = Hook::ticket(filed.id.0);
        let (assignment, _) = filed.at_unit(ZJJ);
        let reply = Hook {
            assignment: Some(assignment.0),
            ..hook.clone()
        };
        let bytes = pdf(CANARY, 100);
        let handler = world.handler(ZJJ);
        let answer = puts(&handler, reply.clone(), "现场.pdf", &bytes)
            .await
            .expect("the unit adds to its reply");
        assert_eq!(answer.place, FilePlace::Reply);
        let denied = begins(&handler, hook.clone(), "a.pdf", 10).await;
        assert_eq!(denied.expect_err("not its papers").code, Code::AccessDenied);
        let denied = begins(&world.dispatcher(), reply.clone(), "a.pdf", 10).await;
        assert_eq!(denied.expect_err("not its reply").code, Code::AccessDenied);
        let papers = puts(&world.dispatcher(), hook.clone(), "派单.pdf", &bytes)
            .await
            .expect("the centre adds to the papers");
        for ctx in [world.dispatcher(), handler.clone()] {
            for file in [&answer, &papers] {
                opens(&ctx, file.id).await.expect("opens").expect("whole");
            }
        }
        let upload = begins(&world.dispatcher(), hook.clone(), "b.pdf", 10)
            .await
            .expect("begins");
        let nobody = world.visitor();
        let strangers = [world.handler(CGJ), world.suzhou_dispatcher()];
        for ctx in &strangers {
            let codes = [
                files::open(ctx, papers.id).await.err().map(|it| it.code),
                files::get(ctx, answer.id).await.err().map(|it| it.code),
                files::get(ctx, FileId(uuid::Uuid::nil()))
                    .await
                    .err()
                    .map(|it| it.code),
                files::list(ctx, &hook).await.err().map(|it| it.code),
                begins(ctx, hook.clone(), "a.pdf", 10)
                    .await
                    .err()
                    .map(|it| it.code),
                files::state(ctx, upload.id).await.err().map(|it| it.code),
                files::append(ctx, upload.id, 0, body(b"0123456789"))
                    .await
                    .err()
                    .map(|it| it.code),
                files::pass_on(ctx, papers.id, hook.clone())
                    .await
                    .err()
                    .map(|it| it.code),
            ];
            assert_eq!(codes, [Some(Code::NotFound); 8]);
        }
        let fault = files::open(&nobody, papers.id).await.err();
        assert_eq!(fault.map(|it| it.code), Some(Code::SignedOut));
        let other = files::state(&world.supervisor(), upload.id).await;
        assert_eq!(other.expect_err("another's").code, Code::NotFound);
        assert_eq!(
            files::state(&world.dispatcher(), UploadId(uuid::Uuid::nil()))
                .await
                .expect_err("none")
                .code,
            Code::NotFound
        );
        files::give_up(&world.dispatcher(), upload.id)
            .await
            .expect("given up");
        assert!(below(&world, "uploads").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_what_it_says_is_refused_and_leaves_nothing() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let ctx = world.dispatcher();
        let hook = Hook::ticket(filed.id.0);
        let page = [pdf("x", 50).as_slice(), b"<script>alert(1)</script>"].concat();
        for (name, bytes, why) in [
            ("a.exe", b"MZ program".to_vec(), "unknown"),
            ("a.svg", b"<svg onload=x>".to_vec(), "unknown"),
            ("a.pdf", b"MZ program".to_vec(), "unknown"),
            ("a.docx", pdf("x", 50), "ending"),
            ("a.pdf", page, "more"),
        ] {
            let fault = puts(&ctx, hook.clone(), name, &bytes)
                .await
                .expect_err(name);
            assert_eq!(fault.code, Code::FileKind, "{name}");
            assert_eq!(fault.facts["why"], why, "{name}");
        }
        let fault = puts(&ctx, hook.clone(), "a.jpg", &[0xFF, 0xD8, 0xFF, 0xE0, 1])
            .await
            .expect_err("no picture");
        assert_eq!(fault.code, Code::PhotoType);
        let empty = begins(&ctx, hook.clone(), "a.pdf", 0).await;
        assert_eq!(empty.expect_err("empty").code, Code::FileKind);
        assert!(below(&world, "uploads").is_empty(), "nothing stays staged");
        assert!(below(&world, "files").is_empty(), "nothing was kept");
        let named = puts(&ctx, hook, "..\\..\\C:\\x\u{202E}fdp.pdf", &pdf("x", 50)).await;
        assert_eq!(named.expect("taken").name, "xfdp.pdf");
    })
    .await;
}

#[tokio::test]
async fn limits_are_settings() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let ctx = world.dispatcher();
        let hook = Hook::ticket(filed.id.0);
        let code = async |name: &str, size: usize| {
            let begun = begins(&ctx, hook.clone(), name, size).await;
            begun.err().map(|fault| fault.code)
        };
        assert_eq!(code("a.pdf", 50 << 20).await, None);
        assert_eq!(
            code("a.pdf", (50 << 20) + 1).await,
            Some(Code::FileTooLarge)
        );
        sets(&world, "files.document_mb", "1").await;
        assert_eq!(code("a.pdf", (1 << 20) + 1).await, Some(Code::FileTooLarge));
        let whole = files::put(&ctx, hook.clone(), "a.pdf", body(&pdf("x", 2 << 20))).await;
        assert_eq!(whole.expect_err("too large").code, Code::FileTooLarge);
        sets(&world, "files.kinds", "pdf, docx").await;
        assert_eq!(code("a.mp4", 10).await, Some(Code::FileKind));
        sets(&world, "files.per_case", "2").await;
        sets(&world, "files.case_mb", "1").await;
        puts(&ctx, hook.clone(), "a.pdf", &pdf("one", 600_000))
            .await
            .expect("the first");
        assert_eq!(code("b.pdf", 600_000).await, Some(Code::FileQuota));
        // The same bytes are kept once and counted once.
        let same = puts(&ctx, hook.clone(), "c.pdf", &pdf("one", 600_000)).await;
        assert_eq!(same.map_err(|it| it.code).err(), Some(Code::FileQuota));
        sets(&world, "files.case_mb", "2").await;
        puts(&ctx, hook.clone(), "c.pdf", &pdf("one", 600_000))
            .await
            .expect("the same bytes");
        assert_eq!(below(&world, "files").len(), 1);
        assert_eq!(code("d.pdf", 10).await, Some(Code::FileTooMany));
        sets(&world, "files.per_case", "50").await;
        for _ in 0..30 {
            let begun = begins(&ctx, hook.clone(), "e.pdf", 10).await;
            if begun.is_err_and(|fault| fault.code == Code::RateLimited) {
                return;
            }
        }
        panic!("uploads without end");
    })
    .await;
}

#[tokio::test]
async fn killed_at_any_point_nothing_acknowledged_is_lost() {
    for kind in Kind::available() {
        let world = World::open(kind).await;
        let filed = world.files(a_complaint()).await;
        let ctx = world.dispatcher();
        let hook = Hook::ticket(filed.id.0);
        let bytes = pdf(CANARY, 900_000);
        let upload = begins(&ctx, hook.clone(), "意见书.pdf", bytes.len())
            .await
            .expect("begins");
        let (mut wakes, mut lives, mut known) = (1, 0, 0);
        let file = loop {
            lives += 1;
            let stands = files::state(&ctx, upload.id).await.expect("stands");
            assert!(stands.offset >= known, "{kind:?}: acknowledged and lost");
            known = stands.offset;
            let from = usize::try_from(known).expect("small");
            let part = &bytes[from..(from + 250_000).min(bytes.len())];
            let life = killed_after(wakes, files::append(&ctx, upload.id, known, body(part)));
            match life.await {
                Some(Ok(sent)) => {
                    known = sent.upload.offset;
                    if let Some(file) = sent.file {
                        break file;
                    }
                }
                // What the killed one began still goes on behind it.
                Some(Err(fault)) => assert!(
                    matches!(fault.code, Code::FileHeld | Code::FileOffset),
                    "{fault}"
                ),
                None => wakes += 1 + wakes / 10,
            }
            assert!(lives < 2_000, "{kind:?}: it does not come to its end");
        };
        let read = opens(&ctx, file.id).await.expect("opens").expect("whole");
        assert!(read == bytes, "{kind:?}");
        let listed = files::list(&ctx, &hook).await.expect("lists").items;
        assert_eq!(listed.len(), 1, "{kind:?}: one file over all lives");
        let checked = files::check(&world.services).await;
        let checked = checked.expect("checks");
        assert_eq!((checked.rows, checked.wrong.len()), (1, 0), "{kind:?}");
        jobs::once(&world.services).await.expect("the jobs run");
        assert!(below(&world, "uploads").is_empty(), "{kind:?}");
    }
}

#[tokio::test]
async fn what_nobody_went_on_with_is_thrown_away() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let ctx: Ctx = world.dispatcher();
        let hook = Hook::ticket(filed.id.0);
        let upload = begins(&ctx, hook, "a.pdf", 1_000).await.expect("begins");
        files::append(&ctx, upload.id, 0, body(b"%PDF-1.7"))
            .await
            .expect("a part");
        assert_eq!(below(&world, "uploads").len(), 1);
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(below(&world, "uploads").len(), 1, "not before its time");
        world.clock.advance_minutes(49 * 60);
        let gone = files::state(&ctx, upload.id).await;
        assert_eq!(gone.expect_err("over").code, Code::NotFound);
        jobs::once(&world.services).await.expect("the jobs run");
        assert!(below(&world, "uploads").is_empty());
    })
    .await;
}
