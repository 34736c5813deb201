//! A workbook as offices send it: a title over everything, the unit in one merged cell for all of its people, and a formula.
//! Not here: what is refused of workbooks (`services::sheet::book`).

use std::io::{Cursor, Write as _};

use services::Ctx;
use services::register::{self, Table};
use services::sheet;
use services::users::{self, StaffTable};
use shared::fault::Code;
use shared::register::ListCode;

use super::roles_of;
use crate::support::on_each_database;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook of one sheet: cells as `A1` with their XML, and merged places.
fn workbook(cells: &[(&str, &str)], merged: &str) -> Vec<u8> {
    let mut rows = String::new();
    for (place, value) in cells {
        let row = place.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let cell = if value.starts_with('<') {
            format!("<c r=\"{place}\" t=\"str\">{value}</c>")
        } else {
            format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
        };
        rows.push_str(&format!("<row r=\"{row}\">{cell}</row>"));
    }
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"人员\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData>{merged}</worksheet>"
            ),
        ),
    ];
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a part begins");
        writer
            .write_all(text.as_bytes())
            .expect("a part is written");
    }
    writer.finish().expect("a workbook").into_inner()
}

#[tokio::test]
async fn people_come_from_a_workbook_with_merged_cells_and_formulas() {
    on_each_database(|world| async move {
        let bytes = workbook(
            &[
                ("A1", "住建局人员名单"),
                ("A2", "单位"),
                ("B2", "用户名"),
                ("C2", "姓名"),
                ("D2", "角色"),
                ("A3", "320100-ZJJ"),
                ("B3", "zhao"),
                ("C3", "赵一"),
                ("D3", "<f>E3</f><v>经办人</v>"),
                ("B4", "qian"),
                ("C4", "钱二"),
                ("B5", "zhao"),
                ("C5", "赵三"),
            ],
            "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A3:A5\"/></mergeCells>",
        );
        let (text, encoding) = sheet::text::decode_aside(bytes).await.expect("read");
        assert_eq!(encoding, "XLSX");
        let owner = Ctx::system(&world.services);
        let table = |text: &str| StaffTable {
            text: text.to_owned(),
            encoding: encoding.to_owned(),
            only_look: false,
        };
        let report = users::take_staff(&owner, table(&text)).await.expect("read");
        let told: Vec<_> = report
            .wrong
            .iter()
            .map(|line| (line.line, line.code))
            .collect();
        assert_eq!(told, [(5, Code::InputTaken)], "by the row of the sheet");
        let without: Vec<&str> = text.lines().take(4).collect();
        let report = users::take_staff(&owner, table(&without.join("\n")))
            .await
            .expect("taken");
        assert!(report.is_taken && report.new == 2, "{report:?}");
        assert_eq!(
            roles_of(&world, "zhao").await,
            [shared::access::Role::Handler]
        );
    })
    .await;
}

#[tokio::test]
async fn a_list_of_the_office_comes_from_a_workbook() {
    on_each_database(|world| async move {
        let bytes = workbook(
            &[
                ("A1", "环节"),
                ("B1", "时限"),
                ("C1", "单位"),
                ("D1", "事项编号"),
                ("A2", "办理"),
                ("B2", "<v>3</v>"),
                ("C2", "工作日"),
                ("D2", "0101"),
            ],
            "",
        );
        let (text, encoding) = sheet::text::decode(&bytes).expect("read");
        let ctx = world.person(shared::access::Role::BusinessAdmin, "320000-12345");
        let draft = register::begin(&ctx, ListCode::Limits, register::BASE)
            .await
            .expect("a draft");
        let order = Table {
            version: draft.version,
            text,
            encoding: encoding.to_owned(),
            replaces: false,
            only_look: false,
        };
        let report = register::take(&ctx, (ListCode::Limits, register::BASE), order)
            .await
            .expect("read");
        assert!(report.is_taken && report.new == 1, "{report:?}");
        assert_eq!(report.encoding, "XLSX");
    })
    .await;
}
