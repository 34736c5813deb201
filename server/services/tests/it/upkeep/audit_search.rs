//! What auditors find: by filters, by questions, by pages, as a file; and that their looks stand in the audit themselves.

use services::audit::questions;
use services::audit::search::{self, Asked};
use services::{Ctx, tickets};
use shared::access::{AuditRows, KeepAuditQuestion, Role};
use shared::command::Ticked;
use shared::fault::{Code, Fault};
use shared::ticket::command::Reveal;

use crate::support::{CENTRE, SUZHOU_CENTRE, World, a_complaint, on_each_database, said};

fn asked(pairs: &[(&str, &str)], limit: u32) -> Asked {
    let of = |name: &str| {
        let found = pairs.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Asked::of(of, None, limit)
}

async fn finds(ctx: &Ctx, pairs: &[(&str, &str)]) -> Result<AuditRows, Fault> {
    search::page(ctx, &asked(pairs, 50)).await
}

/// A ticket that was looked at, by day and at night, and a look that was refused.
async fn a_day(world: &World) -> String {
    let filed = world.files(a_complaint()).await;
    let reason = || Reveal {
        reason: said("核对来电人的联系方式。"),
    };
    let mut dispatcher = world.dispatcher();
    dispatcher.ip = Some("10.1.2.3".to_owned());
    tickets::reveal(&dispatcher, filed.id, reason())
        .await
        .expect("by day");
    world.time("2026-03-02T23:00");
    tickets::reveal(&dispatcher, filed.id, reason())
        .await
        .expect("at night");
    let refused = tickets::reveal(&world.suzhou_dispatcher(), filed.id, reason()).await;
    assert!(refused.is_err());
    filed.claim.ticket_no.to_string()
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "a table: a line a search")]
async fn an_auditor_finds_by_filter_question_and_number() {
    on_each_database(|world| async move {
        let no = a_day(&world).await;
        let auditor = world.person(Role::Auditor, CENTRE);
        for (pairs, count) in [
            (&[("action", "reveal"), ("outcome", "ok")][..], 2),
            (&[("action", "reveal"), ("outcome", "failed")][..], 1),
            (
                &[
                    ("action", "reveal"),
                    ("off_hours", "true"),
                    ("outcome", "ok"),
                ][..],
                1,
            ),
            (&[("question", "off_hours"), ("outcome", "ok")][..], 1),
            (&[("ip", "10.1.2.3")][..], 2),
            (&[("ip", "10.1.2.4")][..], 0),
            (
                &[
                    ("number", no.as_str()),
                    ("action", "reveal"),
                    ("outcome", "ok"),
                ][..],
                2,
            ),
            (
                &[("kind", "ticket"), ("action", "reveal"), ("outcome", "ok")][..],
                2,
            ),
            (&[("kind", "user"), ("action", "reveal")][..], 0),
            (&[("from", "2026-03-03")][..], 0),
            (&[("to", "2026-03-01"), ("action", "reveal")][..], 0),
            (
                &[
                    ("from", "2026-03-02"),
                    ("to", "2026-03-02"),
                    ("action", "reveal"),
                    ("outcome", "ok"),
                ][..],
                2,
            ),
            (&[("person", "nobody-of-this-name")][..], 0),
        ] {
            let found = finds(&auditor, pairs).await.expect("finds");
            assert_eq!(found.items.len(), count, "{pairs:?}: {found:?}");
        }
        let found = finds(&auditor, &[("action", "reveal"), ("outcome", "ok")])
            .await
            .expect("finds");
        let why: Vec<_> = found
            .items
            .iter()
            .filter_map(|row| row.why.clone())
            .collect();
        assert_eq!(why.len(), 2, "the reason is told: {found:?}");
        let looks = finds(&auditor, &[("question", "auditors")])
            .await
            .expect("finds");
        assert!(looks.items.len() >= 14, "each look stands in it: {looks:?}");
        for (name, value, code) in [
            ("question", "none", Code::InputCode),
            ("from", "yesterday", Code::InputDate),
            ("number", "12", Code::InputCode),
        ] {
            let fault = finds(&auditor, &[(name, value)]).await.expect_err(name);
            assert_eq!(
                (&*fault.fields[0].field, fault.fields[0].code),
                (name, code)
            );
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_in_both_orders() {
    on_each_database(|world| async move {
        for _ in 0..7 {
            world.files(a_complaint()).await;
        }
        let auditor = world.person(Role::Auditor, CENTRE);
        for pairs in [
            &[("kind", "ticket")][..],
            &[("from", "2026-03-01"), ("to", "2026-03-02")],
        ] {
            let (mut numbers, mut cursor) = (Vec::new(), None);
            loop {
                let mut asked = asked(pairs, 3);
                asked.cursor = cursor;
                let page = search::page(&auditor, &asked).await.expect("finds");
                numbers.extend(page.items.iter().map(|row| row.n));
                cursor = page.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            let mut sorted = numbers.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            sorted.dedup();
            assert!(numbers.len() >= 7, "{pairs:?}: {numbers:?}");
            assert_eq!(numbers, sorted, "{pairs:?}: none twice, the newest first");
        }
        let mut wrong = asked(&[("kind", "ticket")][..], 3);
        wrong.cursor = Some("x".to_owned());
        let fault = search::page(&auditor, &wrong).await.expect_err("no cursor");
        assert!(fault.status() < 500, "{fault:?}");
    })
    .await;
}

#[tokio::test]
async fn a_file_has_its_digest_in_the_audit_and_is_the_auditors_alone() {
    on_each_database(|world| async move {
        a_day(&world).await;
        let auditor = world.person(Role::Auditor, CENTRE);
        let (name, bytes) = search::file(&auditor, &asked(&[("action", "reveal")], 50))
            .await
            .expect("written");
        let text = String::from_utf8(bytes).expect("text");
        assert_eq!(text.lines().count(), 4, "heads and three rows: {text}");
        let rows = world.audited("export.audit").await;
        let hash = rows[0].facts.get("sha256").expect("the digest");
        assert!(name.contains(&hash[..12]), "{name} {hash}");
        for role in [
            Role::SystemAdmin,
            Role::SecurityAdmin,
            Role::Supervisor,
            Role::CentreLeader,
        ] {
            let other = world.person(role, CENTRE);
            let fault = finds(&other, &[]).await.expect_err("refused");
            assert_eq!(fault.code, Code::AccessDenied, "{role:?}");
            let file = search::file(&other, &asked(&[], 50)).await;
            assert_eq!(
                file.map(drop).expect_err("refused").code,
                Code::AccessDenied
            );
        }
    })
    .await;
}

#[tokio::test]
async fn questions_are_kept_for_oneself_or_for_all_auditors_and_deleted_by_their_owner() {
    on_each_database(|world| async move {
        let auditor = world.person(Role::Auditor, CENTRE);
        let other = world.person(Role::Auditor, SUZHOU_CENTRE);
        let keep = |name: &str, query: &str, shared: bool| KeepAuditQuestion {
            name: said(name),
            query: said(query),
            shared: Ticked(shared),
        };
        let asks = "cursor=7&outcome=failed&question=off_hours";
        let own = questions::keep(&auditor, keep("夜间", asks, false)).await;
        let own = own.expect("kept");
        let shared = questions::keep(&auditor, keep("导出", "question=exports", true)).await;
        let shared = shared.expect("kept");
        let seen = async |who: &Ctx| finds(who, &[]).await.expect("finds").kept;
        let mine = seen(&auditor).await;
        assert_eq!(mine.len(), 2);
        assert!(mine.iter().all(|it| it.by.is_none()));
        let kept = mine.iter().find(|it| it.id == own).expect("is there");
        assert_eq!(kept.query, "question=off_hours&outcome=failed");
        let theirs = seen(&other).await;
        assert_eq!(theirs.len(), 1, "what is shared");
        assert!(theirs[0].id == shared && theirs[0].by.is_some());

        let wrong = questions::keep(&auditor, keep("无", "question=none", false)).await;
        assert_eq!(
            wrong.expect_err("no question").fields[0].code,
            Code::InputCode
        );
        let empty = questions::keep(&auditor, keep("无", "colour=red", false)).await;
        assert_eq!(
            empty.expect_err("nothing").fields[0].code,
            Code::InputRequired
        );
        let refused = questions::keep(&world.supervisor(), keep("无", asks, false)).await;
        assert_eq!(refused.expect_err("refused").code, Code::AccessDenied);
        let refused = questions::delete(&other, shared).await;
        assert_eq!(refused.expect_err("another's").code, Code::NotFound);
        questions::delete(&auditor, shared).await.expect("deleted");
        assert!(seen(&other).await.is_empty());
        assert_eq!(world.audited("audit.question.keep").await.len(), 3);
        assert_eq!(world.audited("audit.question.delete").await.len(), 2);
    })
    .await;
}
