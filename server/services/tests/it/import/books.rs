//! Workbooks of historical tickets, new and old: the same tickets and the same report, line by line, as from CSV.
//! Not here: single cells (beside `services::sheet`), text files (`reading`).
//! `files/history.xls` was written once by a program that still makes such files.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use shared::calendar::Instant;
use shared::fault::Code;
use shared::text::Locale;

use super::Desk;

/// The old workbook: a title, the heads, two tickets and one whose time cannot be read.
const OLD: &[u8] = include_bytes!("files/history.xls");

const HEADS: [&str; 5] = ["编号", "时间", "区域", "内容", "电话"];
const FIRST: &str = "中山路路灯不亮，请尽快维修，谢谢。";
const SECOND: &str = "小区电梯停运三天，老人下楼不便，请协调。";

/// The same as a new one.
fn new() -> Vec<u8> {
    let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let at = |day: u8, hour: u16, minute: u8| {
        ExcelDateTime::from_ymd(2026, 1, day)
            .and_then(|at| at.and_hms(hour, minute, 0))
            .expect("a time")
    };
    sheet
        .write_string(0, 0, "某市热线历史数据")
        .expect("written");
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string(1, column, head).expect("written");
    }
    let rows = [
        (101, FIRST),
        (102, SECOND),
        (103, "垃圾清运不及时，夜里有异味，请处理。"),
    ];
    for (row, (number, text)) in (2..).zip(rows) {
        sheet.write_number(row, 0, number).expect("written");
        sheet.write_string(row, 2, "南京市鼓楼区").expect("written");
        sheet.write_string(row, 3, text).expect("written");
    }
    for (row, at) in [(2, at(5, 9, 30)), (3, at(6, 14, 5))] {
        sheet
            .write_datetime_with_format(row, 1, &at, &time)
            .expect("written");
    }
    sheet.write_string(4, 1, "五月初").expect("written");
    sheet.write_number(2, 4, 13_800_000_001.0).expect("written");
    sheet.write_string(3, 4, "13800000002").expect("written");
    book.save_to_buffer().expect("a workbook")
}

#[tokio::test]
async fn old_and_new_workbooks_give_the_same_tickets_and_report() {
    for (name, bytes, kind) in [
        ("history.xls", OLD.to_vec(), "XLS"),
        ("history.xlsx", new(), "XLSX"),
    ] {
        let desk = Desk::new().await;
        let order = desk.order(desk.file(name, &bytes));
        let opened = services::import::open(&desk.owner(), order.clone()).expect(name);
        assert_eq!(
            (opened.reading().encoding, opened.reading().rows),
            (kind, 3)
        );
        let said = opened.say(Locale::Zh).join("\n");
        assert!(
            said.contains("工作簿") && said.contains("表头在第 2 行"),
            "{said}"
        );
        let done = desk.take(order).await.expect(name);
        assert_eq!(done.source, "history");
        assert_eq!((done.tally.imported, done.tally.rejected), (2, 1), "{done}");
        let first = desk.ticket("101").await;
        assert_eq!(first.content, FIRST, "{name}");
        let at = Instant::parse("2026-01-05T09:30:00+08:00");
        assert_eq!(Some(first.accepted_at), at, "{name}");
        assert_eq!(desk.ticket("102").await.content, SECOND, "{name}");
        let report = std::fs::read_to_string(done.report.expect("a report")).expect("read");
        assert!(
            report.contains('5') && report.contains("五月初"),
            "{report}"
        );
        // The same file again brings nothing new.
        let again = desk.bring(name, &bytes).await.expect(name);
        assert_eq!(
            (again.tally.imported, again.tally.duplicate),
            (0, 2),
            "{again}"
        );
    }
}

#[tokio::test]
async fn a_workbook_that_cannot_be_read_says_why() {
    let desk = Desk::new().await;
    let locked = OLD[..8].to_vec();
    let whole = new();
    for (name, bytes, why) in [
        ("locked.xls", locked, "old_book"),
        ("half.xlsx", whole[..whole.len() / 2].to_vec(), "broken"),
    ] {
        let fault = desk.bring(name, bytes).await.expect_err(name);
        assert_eq!(fault.code, Code::ImportFile);
        assert_eq!(fault.facts["why"], why);
    }
}
