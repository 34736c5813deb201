//! Exports as jobs: the same file as the download, page by page, for whoever asked, as long as the right is what it was.
//! Not here: what stands in a row (`exports`), the host itself (`host`), archives, related parts and templates (`laid_out`).

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use futures::StreamExt as _;
use services::jobs::{self, host::desk};
use services::{Ctx, exports};
use shared::access::Role;
use shared::fault::Code;
use shared::ids::JobId;
use shared::job::{AskExport, ExportFormat, JobPhase};
use shared::query::{Sort, TicketFilter};

use crate::approvals::story::hire;
use crate::import::{Desk, TEXT};
use crate::support::{CENTRE, Kind, World, killed_after, lives};

/// More rows than two pages of an export have.
pub(super) fn rows() -> String {
    let mut file = "编号,时间,区域,内容,电话\n".to_owned();
    for n in 0..2_100 {
        let day = n % 28 + 1;
        file += &format!("{n},2026-01-{day:02},南京市鼓楼区,{TEXT}{n},13800000001\n");
    }
    file
}

/// Two rows.
fn two() -> String {
    format!("编号,区域,内容\n1,南京市鼓楼区,{TEXT}\n2,南京市鼓楼区,{TEXT}二\n")
}

/// Where an export of more than one row waits for a second person: who asks, and who may agree.
async fn asking(desk: &Desk) -> (Ctx, Ctx) {
    let world = &desk.world;
    desk.bring("board.csv", two()).await.expect("imported");
    let set = world
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::settings::set(tx, exports::APPROVAL, "1").await })
        });
    set.await.expect("the setting is written");
    let ctx = hire(world, Role::Supervisor, CENTRE).await;
    (ctx, hire(world, Role::CentreLeader, CENTRE).await)
}

pub(super) async fn run(world: &World, name: &str) -> jobs::Done {
    let known = jobs::JOBS.iter().find(|job| job.name == name);
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs")
}

pub(super) async fn taken(ctx: &Ctx, id: JobId) -> Result<Vec<u8>, Code> {
    let taken = desk::result(ctx, id).await.map_err(|fault| fault.code)?;
    let desk::Taken::Sealed(opened) = taken else {
        panic!("a result lies in the clear");
    };
    let parts = opened.whole().await.map_err(|fault| fault.code)?;
    let parts: Vec<_> = parts.collect().await;
    let parts: Result<Vec<Vec<u8>>, _> = parts.into_iter().collect();
    let bytes = parts.expect("whole").concat();
    assert_eq!(
        bytes.len() as i64,
        opened.view.size,
        "the length that was told"
    );
    Ok(bytes)
}

async fn downloaded(ctx: &Ctx) -> Vec<u8> {
    let parts = exports::tickets_csv(ctx, TicketFilter::default(), Sort::AcceptedAsc, &[]).await;
    let parts: Vec<_> = parts.expect("exports").collect().await;
    let parts: Result<Vec<_>, _> = parts.into_iter().collect();
    parts.expect("whole").concat()
}

pub(super) fn asks() -> AskExport {
    AskExport {
        query: "sort=accepted_at".to_owned(),
        ..AskExport::default()
    }
}

#[tokio::test]
async fn killed_at_any_point_the_file_is_the_download() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        desk_.bring("board.csv", rows()).await.expect("imported");
        let ctx = hire(world, Role::Supervisor, CENTRE).await;
        let job = exports::job::ask(&ctx, asks()).await.expect("asked");
        assert_eq!(job.state, JobPhase::Waiting);
        let again = exports::job::ask(&ctx, asks())
            .await
            .expect_err("one at a time");
        assert_eq!(again.code, Code::JobHeld);
        assert_eq!(taken(&ctx, job.id).await, Err(Code::JobNoResult));
        let file = world
            .services
            .config()
            .data_dir
            .join(format!("results/{}.csv", job.id));
        for wakes in lives() {
            if killed_after(wakes, run(world, "host"))
                .await
                .is_some_and(|done| !done.more)
            {
                let now = desk::get(&ctx, job.id).await.expect("mine");
                if now.state == JobPhase::Done {
                    break;
                }
            }
            world.clock.advance_minutes(3);
            // What a step left that was never written counts for nothing.
            if let Ok(mut text) = std::fs::read(&file)
                && desk::get(&ctx, job.id).await.expect("mine").state != JobPhase::Done
            {
                text.extend_from_slice(b"half a li");
                std::fs::write(&file, text).expect("writes");
            }
        }
        let done = desk::get(&ctx, job.id).await.expect("mine");
        assert_eq!((done.state, done.done), (JobPhase::Done, 2_100), "{done:?}");
        world.time("2026-03-02T09:00");
        assert_eq!(
            taken(&ctx, job.id).await.expect("the file").len(),
            downloaded(&ctx).await.len(),
            "{kind:?}"
        );
        assert_eq!(
            taken(&ctx, job.id).await.expect("the file"),
            downloaded(&ctx).await
        );
        let told = world.audited("export.tickets.done").await;
        assert_eq!(told[0].facts["rows"], "2100");
        assert_eq!(told[0].facts["job"], job.id.to_string());
    }
}

#[tokio::test]
async fn everybody_has_one_and_the_exports_take_turns() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        desk_.bring("board.csv", rows()).await.expect("imported");
        let mut asked = Vec::new();
        for role in [Role::Supervisor, Role::Analyst, Role::CentreLeader] {
            let ctx = hire(world, role, CENTRE).await;
            let job = exports::job::ask(&ctx, asks()).await.expect("asked");
            let second = exports::job::ask(&ctx, asks()).await;
            assert_eq!(second.expect_err("one at a time").code, Code::JobHeld);
            asked.push((ctx, job.id));
            world.clock.advance_minutes(1);
        }
        let stand = async |(ctx, id): &(Ctx, JobId)| {
            let job = desk::get(ctx, *id).await.expect("mine");
            (job.state, job.done)
        };
        // The first has three pages, and waits behind the others after each.
        for (at, one) in asked.iter().enumerate() {
            run(world, "host").await;
            assert_eq!(stand(one).await, (JobPhase::Running, 1_000));
            for later in &asked[at + 1..] {
                assert_eq!(stand(later).await, (JobPhase::Waiting, 0));
            }
            world.clock.advance_minutes(1);
        }
        while run(world, "host").await.more {
            world.clock.advance_minutes(1);
        }
        for one in &asked {
            assert_eq!(stand(one).await, (JobPhase::Done, 2_100));
        }
    }
}

#[tokio::test]
async fn more_rows_than_the_office_says_wait_for_a_second_person() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        let (ctx, leader) = asking(&desk_).await;
        let admin = hire(world, Role::SystemAdmin, "320000-12345").await;
        let at_once =
            exports::tickets_csv(&ctx, TicketFilter::default(), Sort::AcceptedAsc, &[]).await;
        assert_eq!(
            at_once.err().map(|fault| fault.code),
            Some(Code::ExportApproval)
        );
        let silent = exports::job::ask(&ctx, asks()).await.expect_err("why?");
        assert_eq!(silent.fields[0].code, Code::InputRequired);
        let with = AskExport {
            purpose: Some("季度分析".to_owned()),
            ..asks()
        };
        let job = exports::job::ask(&ctx, with.clone()).await.expect("asked");
        assert!(job.awaits && !job.may_approve);
        while run(world, "host").await.more {}
        let waits = desk::get(&ctx, job.id).await.expect("mine");
        assert_eq!((waits.state, waits.done), (JobPhase::Waiting, 0));
        // Who asked is no second person, nor who may not export.
        let own = desk::approve(&ctx, job.id, 0).await.expect_err("no right");
        assert_eq!(own.code, Code::AccessDenied);
        let technical = desk::approve(&admin, job.id, 0)
            .await
            .expect_err("no right");
        assert_eq!(technical.code, Code::AccessDenied);
        let seen = desk::get(&admin, job.id).await.expect("seen");
        assert!(seen.asks.is_empty() && !seen.may_approve);
        let looks = desk::get(&leader, job.id).await.expect("seen");
        assert!(looks.may_approve);
        assert!(
            looks.asks.contains(&"用途：季度分析".to_owned()),
            "{looks:?}"
        );
        assert!(looks.asks.contains(&"行数：2".to_owned()), "{looks:?}");
        let agreed = desk::approve(&leader, job.id, 0).await.expect("agreed");
        assert!(!agreed.awaits && agreed.approved_by.is_some());
        desk::approve(&leader, job.id, 0)
            .await
            .expect("agreed once");
        assert_eq!(world.audited("job.approve").await.len(), 1);
        while run(world, "host").await.more {}
        assert!(taken(&ctx, job.id).await.is_ok());
        // A leader's own export is for another leader.
        let mine = exports::job::ask(&leader, with).await.expect("asked");
        let own = desk::approve(&leader, mine.id, 0).await.expect_err("own");
        assert_eq!(own.code, Code::ExportSamePerson);
        let gone = desk::cancel(&leader, mine.id).await.expect("stopped");
        assert_eq!(gone.state, JobPhase::Cancelled);
    }
}

#[tokio::test]
async fn a_standing_approval_covers_what_it_says_until_it_ends() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        let (ctx, leader) = asking(&desk_).await;
        let asked = async |purpose: &str| {
            let asked = AskExport {
                purpose: Some(purpose.to_owned()),
                ..asks()
            };
            let job = exports::job::ask(&ctx, asked).await.expect("asked");
            if job.awaits {
                return (job.id, true);
            }
            while run(world, "host").await.more {}
            (job.id, false)
        };
        let (first, awaits) = asked("季度分析").await;
        assert!(awaits);
        let odd = desk::approve(&leader, first, 8).await.expect_err("8 days");
        assert_eq!(odd.fields[0].code, Code::InputNumber);
        desk::approve(&leader, first, 7).await.expect("agreed");
        while run(world, "host").await.more {}
        let page = desk::list(&leader, None, 50).await.expect("lists");
        assert!(page.grants[0].may_withdraw && page.grants[0].most_rows == 2);
        let (_, awaits) = asked("季度分析").await;
        assert!(!awaits, "covered");
        let (other, awaits) = asked("别的用途").await;
        assert!(awaits, "another purpose");
        desk::cancel(&ctx, other).await.expect("stopped");
        let own = exports::grants::withdraw(&ctx, first).await;
        assert_eq!(own.expect_err("no right").code, Code::AccessDenied);
        exports::grants::withdraw(&leader, first)
            .await
            .expect("withdrawn");
        let again = exports::grants::withdraw(&leader, first).await;
        assert_eq!(again.expect_err("gone").code, Code::NotFound);
        let (last, awaits) = asked("季度分析").await;
        assert!(awaits, "withdrawn");
        desk::approve(&leader, last, 7).await.expect("agreed");
        while run(world, "host").await.more {}
        world.clock.advance_minutes(8 * 24 * 60);
        assert!(asked("季度分析").await.1, "its days are over");
    }
}

#[tokio::test]
async fn killed_at_any_point_the_workbook_is_whole() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        desk_.bring("board.csv", rows()).await.expect("imported");
        let ctx = hire(world, Role::Supervisor, CENTRE).await;
        let asked = AskExport {
            format: Some(ExportFormat::Book),
            ..asks()
        };
        let job = exports::job::ask(&ctx, asked).await.expect("asked");
        for wakes in lives() {
            killed_after(wakes, run(world, "host")).await;
            let now = desk::get(&ctx, job.id).await.expect("mine");
            if now.state == JobPhase::Done {
                break;
            }
            world.clock.advance_minutes(3);
        }
        let done = desk::get(&ctx, job.id).await.expect("mine");
        assert_eq!((done.state, done.done), (JobPhase::Done, 2_100), "{done:?}");
        world.time("2026-03-02T09:00");
        let bytes = taken(&ctx, job.id).await.expect("the file");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let sheet = book.worksheet_range("工单").expect("the rows");
        assert_eq!(sheet.height(), 2_101, "headings and all rows");
        let mut numbers: Vec<String> = sheet.rows().map(|row| row[0].to_string()).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), 2_101, "none twice");
        // The same rows as a download, whichever format: one digest.
        downloaded(&ctx).await;
        let told = world.audited("export.tickets.done").await;
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].facts["rows_sha256"], told[1].facts["rows_sha256"]);
        assert_eq!(
            done.report.expect("a report")["rows_sha256"],
            told[0].facts["rows_sha256"]
        );
    }
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_result_is_its_owners_while_the_right_is_what_it_was() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        desk_.bring("board.csv", two()).await.expect("imported");
        let ctx = hire(world, Role::Supervisor, CENTRE).await;
        let denied = exports::job::ask(&world.agent(), asks()).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
        let bad = AskExport {
            query: "state=NOWHERE".to_owned(),
            ..AskExport::default()
        };
        assert!(exports::job::ask(&ctx, bad).await.is_err());
        let job = exports::job::ask(&ctx, asks()).await.expect("asked");
        while run(world, "host").await.more {}
        let done = desk::get(&ctx, job.id).await.expect("mine");
        let result = done.result.expect("a result");
        assert!(result.until.is_some() && result.bytes > 0);
        assert_eq!(done.report.expect("a report")["rows"], 2);
        assert!(taken(&ctx, job.id).await.is_ok());
        let counted = desk::get(&ctx, job.id).await.expect("mine").result;
        assert_eq!((result.taken, counted.expect("a result").taken), (0, 1));
        let left = result.until.expect("an end").0 - world.services.now().0;
        assert_eq!(left / 3_600_000, 72, "kept for three days");
        // Who looks after jobs sees it, and has no result of it.
        let admin = hire(world, Role::SystemAdmin, "320000-12345").await;
        let seen = desk::get(&admin, job.id).await.expect("seen");
        assert!(seen.result.is_none() && !seen.is_own);
        assert_eq!(taken(&admin, job.id).await, Err(Code::AccessDenied));
        assert_eq!(
            taken(&world.supervisor_of_suzhou(), job.id).await,
            Err(Code::NotFound)
        );
        // The same person with another reach, and without the right.
        let with = |role: Role| {
            let mut other = ctx.clone();
            other.actor = other.actor.with_roles(&[role]);
            other
        };
        assert_eq!(
            taken(&with(Role::UnitReviewer), job.id).await,
            Err(Code::JobRights)
        );
        assert_eq!(
            taken(&with(Role::Agent), job.id).await,
            Err(Code::AccessDenied)
        );
        let rows = world.audited("job.result").await;
        let outcomes: Vec<&str> = rows.iter().map(|row| row.outcome.as_str()).collect();
        assert_eq!(
            outcomes,
            ["ok", "access.denied", "job.rights", "access.denied"]
        );
        // A job of somebody who lost the right in between comes to nothing.
        let second = exports::job::ask(&ctx, asks()).await.expect("asked");
        let user = ctx.actor.user().expect("a person");
        let now = world.services.now();
        world
            .services
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::users::set_active(tx, user, false, now).await })
            })
            .await
            .expect("closed");
        while run(world, "host").await.more {}
        let failed = desk::get(&ctx, second.id).await.expect("mine");
        assert_eq!(
            (failed.state, failed.fault.as_deref()),
            (JobPhase::Failed, Some("access.denied"))
        );
        // After its time a result is gone, and so is its file.
        let folder = world.services.config().data_dir.join("results");
        let count = || std::fs::read_dir(&folder).expect("a folder").count();
        let kept = || crate::files::below(world, "files").len();
        run(world, "results").await;
        assert_eq!(
            (count(), kept()),
            (0, 1),
            "sealed, and nothing in the clear"
        );
        world.time("2026-03-10T09:00");
        assert_eq!(taken(&ctx, job.id).await, Err(Code::JobNoResult));
        run(world, "results").await;
        assert_eq!((count(), kept()), (0, 0));
        assert_eq!(taken(&ctx, job.id).await, Err(Code::JobNoResult));
    }
}
