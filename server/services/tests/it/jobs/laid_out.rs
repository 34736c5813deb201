//! What an export job can be made of: any number of rows while others write, archives under a password, related parts, personal data in the clear, templates.
//! Not here: killing and taking turns (`exports`), formats alone (`exports::formats`).
//! Everything is read back as whoever takes the file reads it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};
use services::jobs::host::desk;
use services::{Ctx, exports};
use shared::access::{Role, Scope};
use shared::export::{ExportPart, KeepTemplate};
use shared::fault::Code;
use shared::ids::JobId;
use shared::job::{AskExport, ExportFormat, JobPhase, JobView};
use store::jobs::Seen;
use zip::ZipArchive;

use super::exports::{asks, rows, run, taken};
use crate::approvals::story::hire;
use crate::import::Desk;
use crate::support::{CENTRE, CGJ, Kind, World, ZJJ, a_complaint, on_each_database};

async fn done(world: &World, ctx: &Ctx, id: JobId) -> JobView {
    while run(world, "host").await.more {}
    let job = desk::get(ctx, id).await.expect("mine");
    assert_eq!(job.state, JobPhase::Done, "{job:?}");
    job
}

/// The file of an export that is asked for, and its job.
async fn exported(world: &World, ctx: &Ctx, asked: AskExport) -> (Vec<u8>, JobView) {
    let job = exports::job::ask(ctx, asked).await.expect("asked");
    let job = done(world, ctx, job.id).await;
    (taken(ctx, job.id).await.expect("the file"), job)
}

fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).expect("UTF-8");
    text.trim_start_matches('\u{FEFF}').to_owned()
}

fn numbers(file: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.expect("a row")[0].to_owned());
    rows.collect()
}

#[tokio::test]
async fn what_was_there_at_the_start_comes_once_while_others_write() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        desk_.bring("board.csv", rows()).await.expect("imported");
        let mut before = world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        let ctx = hire(world, Role::Supervisor, CENTRE).await;
        // In this order a ticket that changes goes to the front: a job does not read in it.
        let asked = AskExport {
            query: "sort=-updated_at".to_owned(),
            ..AskExport::default()
        };
        let job = exports::job::ask(&ctx, asked).await.expect("asked");
        run(world, "host").await;
        let now = desk::get(&ctx, job.id).await.expect("mine");
        assert_eq!((now.state, now.done), (JobPhase::Running, 1_000));
        assert_eq!(now.total, Some(2_101));
        world.clock.advance_minutes(1);
        let later = world.files(a_complaint()).await;
        world.dispatches(&mut before, ZJJ, &[]).await;
        done(world, &ctx, job.id).await;
        let file = text(taken(&ctx, job.id).await.expect("the file"));
        let all = numbers(&file);
        let each: BTreeSet<&String> = all.iter().collect();
        assert_eq!((all.len(), each.len()), (2_101, 2_101), "{kind:?}");
        assert!(all.iter().any(|no| no == before.claim.ticket_no.as_str()));
        assert!(!all.iter().any(|no| no == later.claim.ticket_no.as_str()));
    }
}

#[tokio::test]
async fn an_archive_opens_with_the_password_that_was_told_once() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        let ctx = hire(&world, Role::Supervisor, CENTRE).await;
        let asked = AskExport {
            locked: true,
            ..asks()
        };
        let job = exports::job::ask(&ctx, asked).await.expect("asked");
        let password = job.password.expect("told");
        assert_eq!(password.len(), 23, "four groups of five");
        let job = done(&world, &ctx, job.id).await;
        assert_eq!(job.password, None, "told once");
        let bytes = taken(&ctx, job.id).await.expect("the file");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let name = archive
            .file_names()
            .next()
            .expect("a file")
            .expect("a name")
            .into_owned();
        assert!(name.starts_with("tickets-") && name.contains(".csv"));
        assert!(archive.by_name(&name).is_err(), "no password");
        let mut file = archive
            .by_name_decrypt(&name, password.as_bytes())
            .expect("opens");
        let mut inside = Vec::new();
        file.read_to_end(&mut inside).expect("reads");
        assert_eq!(numbers(&text(inside)).len(), 1);
        // Nothing of the password is left where the job is kept.
        let everybody = Seen {
            own: None,
            scope: Some(Scope::All),
        };
        let db = world.services.store().reader();
        let kept = store::jobs::get(&db, &everybody, job.id).await;
        let kept = kept.expect("reads").expect("there");
        assert_eq!(kept.cursor, None);
        assert!(!kept.scope.contains(&password));
    })
    .await;
}

/// The names of a workbook's sheets, and how many rows each has below its headings.
fn sheets(bytes: Vec<u8>) -> Vec<(String, usize)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let height = |name: &String| book.worksheet_range(name).expect("rows").height();
    let heights: Vec<usize> = names.iter().map(height).collect();
    let below = heights.into_iter().map(|height| height.saturating_sub(1));
    names.into_iter().zip(below).collect()
}

#[tokio::test]
async fn related_parts_are_sheets_or_files() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        world.clock.advance_minutes(1);
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        let ctx = hire(&world, Role::Supervisor, CENTRE).await;
        let with = AskExport {
            parts: ExportPart::ALL.to_vec(),
            ..asks()
        };
        let book = AskExport {
            format: Some(ExportFormat::Book),
            ..with.clone()
        };
        let (bytes, _) = exported(&world, &ctx, book).await;
        let found = sheets(bytes);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["工单", "承办", "办理过程", "回访", "说明"]);
        assert_eq!((found[0].1, found[1].1), (2, 2), "{found:?}");
        assert!(found[2].1 >= 3, "{found:?}");
        let (bytes, _) = exported(&world, &ctx, with).await;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let names: Vec<String> = archive
            .file_names()
            .map(|name| name.expect("a name").into_owned())
            .collect();
        assert_eq!(names.len(), 4, "{names:?}");
        for name in &names {
            let mut inside = Vec::new();
            let mut file = archive.by_name(name).expect("opens");
            file.read_to_end(&mut inside).expect("reads");
            let inside = text(inside);
            assert!(inside.starts_with("工单编号"), "{name}: {inside}");
            assert!(!inside.contains("13812345678"), "{name}");
        }
        // A unit has its own tickets with what their pages show, and nothing of others.
        let unit = hire(&world, Role::UnitReviewer, CGJ).await;
        let book = AskExport {
            format: Some(ExportFormat::Book),
            parts: ExportPart::ALL.to_vec(),
            ..asks()
        };
        let (bytes, _) = exported(&world, &unit, book).await;
        let found = sheets(bytes);
        assert_eq!(found[0].1, 1, "{found:?}");
        assert!(found[1].1 >= 1, "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn personal_data_in_the_clear_wait_for_a_second_person_always() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        let ctx = hire(&world, Role::Supervisor, CENTRE).await;
        let leader = hire(&world, Role::CentreLeader, CENTRE).await;
        let analyst = hire(&world, Role::Analyst, CENTRE).await;
        let masked = AskExport {
            purpose: Some("回访核对".to_owned()),
            ..asks()
        };
        let clear = AskExport {
            clear: true,
            ..masked.clone()
        };
        let denied = exports::job::ask(&analyst, clear.clone()).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
        let silent = AskExport {
            purpose: None,
            ..clear.clone()
        };
        let silent = exports::job::ask(&ctx, silent).await.expect_err("why?");
        assert_eq!(silent.fields[0].code, Code::InputRequired);
        let job = exports::job::ask(&ctx, clear.clone()).await.expect("asked");
        assert!(job.awaits, "few rows, and a second person all the same");
        let looks = desk::get(&leader, job.id).await.expect("seen");
        assert!(looks.asks.iter().any(|line| line.contains("未脱敏")));
        desk::approve(&leader, job.id, 7).await.expect("agreed");
        done(&world, &ctx, job.id).await;
        let file = text(taken(&ctx, job.id).await.expect("the file"));
        assert!(file.contains("电话（未脱敏）") && file.contains("13812345678"));
        let told = world.audited("export.tickets.done").await;
        assert_eq!(told[0].facts["personal"], "clear");
        // The approval stands for the same once more; it would not for a masked one's sake.
        let (file, again) = exported(&world, &ctx, clear).await;
        assert!(text(file).contains("13812345678") && again.approved_by.is_none());
        let (file, _) = exported(&world, &ctx, masked).await;
        assert!(!text(file).contains("13812345678"), "masked as usual");
    })
    .await;
}

#[tokio::test]
async fn an_approval_of_masked_rows_covers_none_in_the_clear() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        let set = world
            .services
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::settings::set(tx, exports::APPROVAL, "1").await })
            });
        set.await.expect("the setting is written");
        let ctx = hire(&world, Role::Supervisor, CENTRE).await;
        let leader = hire(&world, Role::CentreLeader, CENTRE).await;
        let masked = AskExport {
            purpose: Some("回访核对".to_owned()),
            ..asks()
        };
        let job = exports::job::ask(&ctx, masked.clone())
            .await
            .expect("asked");
        desk::approve(&leader, job.id, 30).await.expect("agreed");
        done(&world, &ctx, job.id).await;
        let more = AskExport {
            parts: vec![ExportPart::History],
            ..masked.clone()
        };
        let clear = AskExport {
            clear: true,
            ..masked
        };
        for other in [more, clear] {
            let job = exports::job::ask(&ctx, other).await.expect("asked");
            assert!(job.awaits, "not what was agreed to");
            desk::cancel(&ctx, job.id).await.expect("stopped");
        }
    })
    .await;
}

#[tokio::test]
async fn a_template_says_columns_order_and_format_and_gives_no_right() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        let ctx = hire(&world, Role::Supervisor, CENTRE).await;
        let leader = hire(&world, Role::CentreLeader, CENTRE).await;
        let keep = KeepTemplate {
            name: "月报".to_owned(),
            columns: ["phone", "own.nothing", "ticket_no"]
                .map(str::to_owned)
                .to_vec(),
            shared: false,
            ..KeepTemplate::default()
        };
        let odd = KeepTemplate {
            columns: vec!["password".to_owned()],
            ..keep.clone()
        };
        let odd = exports::templates::keep(&ctx, odd).await.expect_err("none");
        assert_eq!(odd.fields[0].field, "columns");
        let nameless = KeepTemplate::default();
        let nameless = exports::templates::keep(&ctx, nameless).await;
        assert_eq!(
            nameless.expect_err("nameless").fields[0].code,
            Code::InputRequired
        );
        let kept = exports::templates::keep(&ctx, keep.clone()).await;
        let kept = kept.expect("kept");
        assert_eq!((kept.len(), kept[0].is_own), (1, true));
        let others = exports::templates::list(&leader).await.expect("lists");
        assert!(others.is_empty(), "a private one");
        let by_template = AskExport {
            template: Some(kept[0].id.clone()),
            ..asks()
        };
        let stranger = exports::job::ask(&leader, by_template.clone()).await;
        assert_eq!(stranger.expect_err("private").code, Code::NotFound);
        let (file, job) = exported(&world, &ctx, by_template.clone()).await;
        let file = text(file);
        assert!(file.starts_with("电话（已脱敏）,工单编号\r\n138****5678,"));
        let report = job.report.expect("a report");
        assert_eq!(report["left_out"][0], "own.nothing");
        // Kept again under the same name it is another one, and now the unit's.
        let shared = KeepTemplate {
            columns: vec!["ticket_no".to_owned()],
            shared: true,
            ..keep
        };
        let kept = exports::templates::keep(&ctx, shared).await.expect("kept");
        assert_eq!((kept.len(), kept[0].columns.len()), (1, 1));
        let others = exports::templates::list(&leader).await.expect("lists");
        assert_eq!((others.len(), others[0].is_own), (1, false));
        let id = others[0].id.clone();
        let theirs = exports::templates::remove(&leader, &id).await;
        assert_eq!(theirs.expect_err("not own").code, Code::NotFound);
        let (file, _) = exported(&world, &leader, by_template).await;
        assert!(text(file).starts_with("工单编号\r\n"));
        exports::templates::remove(&ctx, &id).await.expect("gone");
        let none = exports::templates::list(&leader).await.expect("lists");
        assert!(none.is_empty());
        let denied = exports::templates::list(&world.agent()).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn what_became_of_a_ticket_stands_in_a_file_that_asks_for_it() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        world.clock.advance_minutes(1);
        let ctx = hire(&world, Role::Supervisor, CENTRE).await;
        let keys = [
            "ticket_no",
            "assisting_units",
            "returns",
            "urges",
            "counted",
            "difficult",
        ];
        let asked = AskExport {
            columns: keys.map(str::to_owned).to_vec(),
            ..asks()
        };
        let (file, job) = exported(&world, &ctx, asked).await;
        let reference = world.services.reference().await.expect("names");
        let assisting = reference.unit(CGJ).name;
        let line = format!("{},{assisting},0,0,是,否", filed.claim.ticket_no.as_str());
        assert_eq!(text(file).lines().nth(1), Some(line.as_str()));
        assert!(job.report.expect("a report").get("left_out").is_none());
        let (usual, _) = exported(&world, &ctx, asks()).await;
        assert!(
            !text(usual).contains("协办单位"),
            "no file has them unasked"
        );
    })
    .await;
}
