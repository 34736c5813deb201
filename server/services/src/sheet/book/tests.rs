//! Workbooks as offices send them, put together here cell by cell.
//! Not here: texts and their encodings (`sheet::text`).

use std::fmt::Write as _;
use std::io::Write as _;

use super::*;

/// A workbook with these cells (`A1`, value in XML), and merged places.
pub(crate) fn book(cells: &[(&str, &str)], merged: &[&str]) -> Vec<u8> {
    let mut rows = String::new();
    for (place, value) in cells {
        let row = place.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let cell = if value.starts_with('<') {
            format!("<c r=\"{place}\">{value}</c>")
        } else {
            format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
        };
        let _ = write!(rows, "<row r=\"{row}\">{cell}</row>");
    }
    let mut places = String::new();
    for place in merged {
        let _ = write!(places, "<mergeCell ref=\"{place}\"/>");
    }
    let merged = if merged.is_empty() {
        String::new()
    } else {
        format!("<mergeCells>{places}</mergeCells>")
    };
    packed(&format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData>{merged}</worksheet>"
    ))
}

fn packed(sheet: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"说明\" sheetId=\"1\" state=\"hidden\" r:id=\"rId2\"/><sheet name=\"人员\" sheetId=\"2\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let hidden = format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>请勿修改</t></is></c></row></sheetData></worksheet>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/worksheets/sheet2.xml", &hidden),
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

fn why(bytes: &[u8]) -> (Code, String) {
    let fault = text(bytes).expect_err("refused");
    let why = fault.facts.get("why").or(fault.facts.get("max"));
    (fault.code, why.cloned().unwrap_or_default())
}

#[test]
fn a_row_of_the_sheet_is_a_line_and_hidden_sheets_are_not_read() {
    let bytes = book(
        &[
            ("A1", "人员名单"),
            ("A3", "用户名"),
            ("B3", "姓名"),
            ("A4", "wang"),
            ("B4", "王 &quot;小&quot; 明"),
        ],
        &["A1:D1"],
    );
    assert_eq!(
        text(&bytes).expect("read"),
        "\"人员名单\"\n\n\"用户名\",\"姓名\"\n\"wang\",\"王 \"\"小\"\" 明\"\n"
    );
}

#[test]
fn numbers_days_and_formulas_are_read_by_their_values() {
    let bytes = book(
        &[
            ("A1", "<v>13800138000</v>"),
            ("B1", "<v>1.5</v>"),
            ("C1", "<f>1+1</f><v>2</v>"),
            ("D1", "<f>VLOOKUP(A1,X:Y,2)</f>"),
            ("E1", "=1+1"),
        ],
        &[],
    );
    assert_eq!(
        text(&bytes).expect("read"),
        "\"13800138000\",\"1.5\",\"2\",\"=VLOOKUP(A1,X:Y,2)\",\"=1+1\"\n"
    );
    let day = packed(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>46083</v></c></row></sheetData></worksheet>",
    );
    assert_eq!(text(&day).expect("read"), "\"2026-03-02\"\n");
}

#[test]
fn a_merged_place_holds_for_each_of_its_rows() {
    let bytes = book(
        &[
            ("A1", "单位"),
            ("B1", "姓名"),
            ("A2", "住建局"),
            ("B2", "甲"),
            ("B3", "乙"),
            ("B4", "丙"),
        ],
        &["A2:A4"],
    );
    assert_eq!(
        text(&bytes).expect("read"),
        "\"单位\",\"姓名\"\n\"住建局\",\"甲\"\n\"住建局\",\"乙\"\n\"住建局\",\"丙\"\n"
    );
}

#[test]
fn what_is_no_workbook_or_too_much_is_refused() {
    let whole = book(&[("A1", "甲")], &[]);
    assert_eq!(
        why(&whole[..whole.len() / 2]),
        (Code::ImportFile, "broken".to_owned())
    );
    assert_eq!(why(&book(&[], &[])), (Code::ImportFile, "empty".to_owned()));
    assert_eq!(
        why(&book(&[("A1", "甲"), ("A1048576", "乙")], &[])),
        (Code::RegisterTooMany, MOST_LINES.to_string())
    );
    assert_eq!(
        why(&book(&[("A1", "甲"), ("XFD1", "乙")], &[])),
        (Code::ImportFile, "large".to_owned())
    );
    let bomb = packed(&" ".repeat(300 << 20));
    assert!(bomb.len() < 1 << 20, "small outside");
    assert_eq!(why(&bomb), (Code::ImportFile, "large".to_owned()));
    let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
    other
        .start_file("a.csv", zip::write::SimpleFileOptions::default())
        .expect("a part");
    let other = other.finish().expect("an archive").into_inner();
    assert_eq!(why(&other), (Code::ImportFile, "archive".to_owned()));
}
