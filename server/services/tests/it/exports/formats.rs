//! The other formats of the export: the same cells as in CSV and in the list, masked for each role, and nothing that runs.
//! Not here: CSV itself (`mod`), sheets and cells alone (beside `services::exports::format`), jobs (`jobs::exports`).

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use futures::StreamExt as _;
use services::{Ctx, exports};
use shared::command::Block;
use shared::fault::Fault;
use shared::job::ExportFormat;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::command::{CitizenBlock, Register};

use super::{exported, rows};
use crate::support::{CGJ, World, ZJJ, a_complaint, on_each_database, said};

async fn written(ctx: &Ctx, format: ExportFormat) -> Result<Vec<u8>, Fault> {
    let query = TicketQuery {
        sort: Sort::AcceptedAsc,
        ..TicketQuery::default()
    };
    let parts: Vec<_> = exports::tickets_as(ctx, query, format)
        .await?
        .collect()
        .await;
    Ok(parts.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

/// The cells of a sheet as CSV shows them.
fn cells(book: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(book)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("the sheet");
    let shown = |cell: &Data| match cell {
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, _, _) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
        }
        other => other.to_string(),
    };
    let rows = range.rows().map(|row| row.iter().map(shown).collect());
    rows.collect()
}

async fn two_tickets(world: &World) {
    let attack = Register {
        content: said("=cmd|' /C calc'!A0 我的电话是13987654321，家住宁海路12号3幢202室，请处理。"),
        address: Some(said("@SUM(A1) 宁海路12号3幢201室")),
        citizen: Block(CitizenBlock {
            name: Some(said("+1+1")),
            phone: Some(said("13812345678")),
            ..CitizenBlock::default()
        }),
        ..a_complaint()
    };
    world.files(attack).await;
    world.clock.advance_minutes(1);
    world.files(a_complaint()).await;
}

#[tokio::test]
async fn a_workbook_says_what_csv_says_and_what_it_is() {
    on_each_database(|world| async move {
        two_tickets(&world).await;
        let ctx = world.supervisor();
        let book = written(&ctx, ExportFormat::Book).await.expect("exports");
        let table = exported(&ctx, TicketFilter::default())
            .await
            .expect("exports");
        let table: Vec<Vec<String>> = rows(&table)
            .iter()
            .map(|row| row.iter().map(str::to_owned).collect())
            .collect();
        assert_eq!(cells(&book, "工单"), table, "masks, apostrophes and times");
        let formulas = Xlsx::new(Cursor::new(&book[..]))
            .expect("a workbook")
            .worksheet_formula("工单")
            .expect("formulas");
        assert!(formulas.is_empty(), "nothing runs");
        let about = cells(&book, "说明");
        let says = |name: &str| {
            let line = about.iter().find(|line| line[0] == name);
            line.map(|line| line[1].clone())
        };
        assert_eq!(says("行数").as_deref(), Some("2"));
        assert_eq!(says("筛选条件").as_deref(), Some("不限"));
        assert!(says("导出人").is_some_and(|by| !by.is_empty()));
        let done = super::audited(&world, "export.tickets.done").await;
        let digests: Vec<&str> = done
            .iter()
            .map(|row| row.entry.facts["rows_sha256"].as_str())
            .collect();
        assert_eq!(digests.len(), 2);
        assert_eq!(digests[0], digests[1], "one digest in every format");
        assert_eq!(says("各行摘要（SHA-256）").as_deref(), Some(digests[0]));
        let begun = super::audited(&world, "export.tickets").await;
        assert_eq!(begun[1].entry.facts["format"], "xlsx");
    })
    .await;
}

#[tokio::test]
async fn a_workbook_is_masked_for_each_role() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        for (ctx, phone) in [
            (world.supervisor(), "138****5678"),
            (world.unit_reviewer(ZJJ), "138****5678"),
            (world.unit_reviewer(CGJ), ""),
        ] {
            let book = written(&ctx, ExportFormat::Book).await.expect("exports");
            let lines = written(&ctx, ExportFormat::Lines).await.expect("exports");
            let lines = String::from_utf8(lines).expect("UTF-8");
            assert_eq!(cells(&book, "工单")[1][12], phone);
            let line: serde_json::Value = serde_json::from_str(&lines).expect("one line");
            assert_eq!(line["phone"], phone);
            assert!(!lines.contains("13812345678"));
        }
        let refused = written(&world.agent(), ExportFormat::Book).await;
        assert!(refused.is_err(), "no right");
    })
    .await;
}

#[tokio::test]
async fn older_programs_and_programs_read_the_same() {
    on_each_database(|world| async move {
        two_tickets(&world).await;
        let ctx = world.supervisor();
        let table = exported(&ctx, TicketFilter::default())
            .await
            .expect("exports");
        let table = String::from_utf8(table).expect("UTF-8");
        let old = written(&ctx, ExportFormat::Gb18030).await.expect("exports");
        let (old, _, damaged) = encoding_rs::GB18030.decode(&old);
        assert!(!damaged);
        assert_eq!(old, table.trim_start_matches('\u{FEFF}'));
        let lines = written(&ctx, ExportFormat::Lines).await.expect("exports");
        let lines = String::from_utf8(lines).expect("UTF-8");
        let objects: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object"))
            .collect();
        assert_eq!(objects.len(), 2);
        let text = objects[0]["content"].as_str().expect("a text");
        assert!(
            text.starts_with("=cmd|"),
            "no apostrophe where nothing runs"
        );
        let at = objects[0]["accepted_at"].as_str().expect("a time");
        assert!(at.ends_with("+08:00"), "{at}");
    })
    .await;
}
