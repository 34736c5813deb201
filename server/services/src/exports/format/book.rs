//! A workbook of gathered rows, in constant memory: sheets with the rows, then one that says what they are.
//! Texts are typed as texts and get the same apostrophe as in CSV, so that saving the sheet as CSV brings no formula back; moments are
//! real ones, in Beijing's time; empty cells are not written.
//! Not here: gathering the rows (`format`), what the second sheet says (`about`). Blocking work.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read, Write};
use std::iter::Peekable;
use std::path::PathBuf;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use shared::calendar::Instant;
use shared::text::{Locale, export};

use super::Value;
use super::cell;

/// Rows that a sheet has at most, beside its headings.
pub const MOST_ROWS: u32 = 1_048_575;
/// Length that a cell has at most, as the format counts it.
const MOST_TEXT: usize = 32_767;
/// Width of a column that is not ours.
const WIDTH: u16 = 20;
/// How moments are shown.
const TIME: &str = "yyyy-mm-dd hh:mm";

/// The table of a sheet.
#[derive(Debug, Clone)]
pub struct Table {
    /// What the sheet is called; a number follows from the second one on.
    pub name: String,
    /// The headings.
    pub heads: Vec<String>,
    /// Widths of the columns in characters; the usual one where there is none.
    pub widths: Vec<Option<u16>>,
}

/// By what a copy of a workbook is known: seen in every page's header and footer, hidden in the document's properties. No cell has anything of it.
#[derive(Debug, Clone, Default)]
pub struct Mark {
    /// Number of the export.
    pub export: String,
    /// Who had it made, and when.
    pub by: String,
    /// A word on every page, such as that there are personal data in the clear.
    pub word: String,
    /// Digest of the rows.
    pub digest: String,
}

/// What a workbook says beside its rows.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Language of the sheets' names.
    pub locale: Locale,
    /// The list itself.
    pub table: Table,
    /// By what it is known.
    pub mark: Mark,
    /// What the rows are: name and value.
    pub facts: Vec<(String, String)>,
    /// Rows of a sheet at most; more go on another one.
    pub most: u32,
    /// Folder for what grows beside the workbook.
    pub scratch: PathBuf,
}

struct Formats {
    head: Format,
    time: Format,
}

/// Writes the workbook of gathered rows, and of those of related parts, each below its table.
pub fn make(
    rows: impl Read,
    related: Vec<(Table, File)>,
    out: impl Write + Send,
    plan: &Plan,
) -> anyhow::Result<()> {
    let mut book = Workbook::new();
    book.set_tempdir(&plan.scratch)?;
    book.set_properties(&properties(&plan.mark));
    sheets(&mut book, rows, &plan.table, plan)?;
    for (table, rows) in related {
        sheets(&mut book, rows, &table, plan)?;
    }
    let head = Format::new().set_bold();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(export::ABOUT.get(plan.locale))?;
    marked(sheet, &plan.mark);
    sheet.set_column_width(0, 28)?;
    sheet.set_column_width(1, 80)?;
    for (row, (name, value)) in (0..).zip(&plan.facts) {
        sheet.write_string_with_format(row, 0, cell(name), &head)?;
        sheet.write_string(row, 1, fitting(cell(value), plan.locale))?;
    }
    let mut out = BufWriter::new(out);
    book.save_to_writer(&mut out)?;
    out.flush()?;
    Ok(())
}

/// What stands in the file and is seen nowhere in it.
fn properties(mark: &Mark) -> DocProperties {
    let properties = DocProperties::new();
    if mark.export.is_empty() {
        return properties;
    }
    properties
        .set_custom_property("MinshengExport", mark.export.as_str())
        .set_custom_property("MinshengRows", mark.digest.as_str())
}

/// What stands on every page when the sheet is printed.
fn marked(sheet: &mut Worksheet, mark: &Mark) {
    let plain = |text: &str| text.replace('&', "&&");
    sheet.set_header(format!("&L{}&R {}", plain(&mark.word), plain(&mark.by)));
    sheet.set_footer(format!("&L# {}&R&P / &N", plain(&mark.export)));
}

/// As many sheets as the rows of a table need.
fn sheets(book: &mut Workbook, rows: impl Read, table: &Table, plan: &Plan) -> anyhow::Result<()> {
    let formats = Formats {
        head: Format::new().set_bold(),
        time: Format::new().set_num_format(TIME),
    };
    let mut lines = BufReader::new(rows).lines().peekable();
    let mut number = 1;
    loop {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(&table.name, number))?;
        marked(sheet, &plan.mark);
        fill(sheet, &mut lines, (table, plan), &formats)?;
        if lines.peek().is_none() {
            return Ok(());
        }
        number += 1;
    }
}

fn sheet_name(name: &str, number: u32) -> String {
    if number == 1 {
        name.to_owned()
    } else {
        format!("{name} {number}")
    }
}

/// Headings and as many rows as fit.
fn fill(
    sheet: &mut Worksheet,
    lines: &mut Peekable<impl Iterator<Item = std::io::Result<String>>>,
    (table, plan): (&Table, &Plan),
    formats: &Formats,
) -> anyhow::Result<()> {
    let widths = table.widths.iter().copied();
    let widths = widths.chain(std::iter::repeat(None));
    let mut last = 0;
    sheet.set_freeze_panes(1, 0)?;
    for ((column, head), width) in (0_u16..).zip(&table.heads).zip(widths) {
        sheet.set_column_width(column, width.unwrap_or(WIDTH))?;
        sheet.write_string_with_format(0, column, cell(head), &formats.head)?;
        last = column;
    }
    let mut row = 0;
    while row < plan.most {
        let Some(line) = lines.next() else { break };
        row += 1;
        let values: Vec<Value> = serde_json::from_str(&line?)?;
        for (column, value) in (0_u16..).zip(&values) {
            match value {
                Value::At(None) => {}
                Value::At(Some(at)) => {
                    sheet.write_datetime_with_format(row, column, moment(*at)?, &formats.time)?;
                }
                Value::Count(count) => {
                    let count = i32::try_from(*count).unwrap_or(i32::MAX);
                    sheet.write_number(row, column, count)?;
                }
                Value::Word(_) | Value::Said(_) => {
                    sheet.write_string(row, column, fitting(value.shown(), plan.locale))?;
                }
            }
        }
    }
    sheet.autofilter(0, 0, row, last)?;
    Ok(())
}

/// The moment as the clock on the wall showed it.
fn moment(at: Instant) -> anyhow::Result<ExcelDateTime> {
    let seconds = at.local().naive_local().and_utc().timestamp();
    Ok(ExcelDateTime::from_timestamp(seconds)?)
}

/// The text as far as a cell takes it.
fn fitting(text: Cow<'_, str>, locale: Locale) -> Cow<'_, str> {
    if text.encode_utf16().count() <= MOST_TEXT {
        return text;
    }
    let tail = export::CUT.get(locale);
    let room = MOST_TEXT - tail.encode_utf16().count();
    let mut used = 0;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used <= room
    });
    let kept: String = kept.collect();
    Cow::Owned(kept + tail)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};
    use shared::job::ExportFormat;

    use super::*;

    fn plan(most: u32) -> Plan {
        Plan {
            locale: Locale::Zh,
            table: Table {
                name: "工单".to_owned(),
                heads: ["编号", "内容", "时间", "次数"].map(str::to_owned).to_vec(),
                widths: Vec::new(),
            },
            mark: Mark {
                export: "0195a1b2".to_owned(),
                by: "A&B".to_owned(),
                word: "内部".to_owned(),
                digest: "digest of the rows".to_owned(),
            },
            facts: vec![("行数".to_owned(), "3".to_owned())],
            most,
            scratch: std::env::temp_dir(),
        }
    }

    fn row(no: i64, text: &str) -> Vec<Value> {
        vec![
            Value::Word(format!("32010020260302{no:08}")),
            Value::Said(text.to_owned()),
            Value::At(Instant::parse("2026-03-02T09:30:00+08:00")),
            Value::Count(no),
        ]
    }

    fn made(texts: &[&str], most: u32) -> Xlsx<Cursor<Vec<u8>>> {
        let rows: Vec<Vec<Value>> = (1..).zip(texts).map(|(no, text)| row(no, text)).collect();
        let lines = super::super::rows(ExportFormat::Book, &[], &rows).expect("gathered");
        let mut out = Vec::new();
        make(Cursor::new(lines), Vec::new(), &mut out, &plan(most)).expect("made");
        Xlsx::new(Cursor::new(out)).expect("a workbook")
    }

    #[test]
    fn cells_are_texts_moments_and_numbers() {
        let mut book = made(&["屋顶漏水", "=1+1", ""], MOST_ROWS);
        assert_eq!(book.sheet_names(), ["工单", "说明"]);
        let sheet = book.worksheet_range("工单").expect("rows");
        let at = |row: u32, column: u32| sheet.get_value((row, column)).cloned();
        assert_eq!(
            at(1, 0),
            Some(Data::String("3201002026030200000001".to_owned()))
        );
        assert_eq!(at(1, 1), Some(Data::String("屋顶漏水".to_owned())));
        assert_eq!(at(2, 1), Some(Data::String("'=1+1".to_owned())));
        assert!(matches!(at(3, 1), None | Some(Data::Empty)));
        let Some(Data::DateTime(time)) = at(1, 2) else {
            panic!("no moment: {:?}", at(1, 2));
        };
        let (year, month, day, hour, minute, _, _) = time.to_ymd_hms_milli();
        assert_eq!((year, month, day, hour, minute), (2026, 3, 2, 9, 30));
        assert_eq!(at(3, 3), Some(Data::Float(3.0)));
        let formulas = book.worksheet_formula("工单").expect("formulas");
        assert!(formulas.is_empty(), "nothing is a formula");
    }

    #[test]
    fn more_rows_than_fit_go_on_another_sheet() {
        let mut book = made(&["一", "二", "三", "四", "五"], 2);
        assert_eq!(book.sheet_names(), ["工单", "工单 2", "工单 3", "说明"]);
        let count = |book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str| {
            let sheet = book.worksheet_range(name).expect("rows");
            (sheet.height(), sheet.get_value((0, 0)).cloned())
        };
        let head = Some(Data::String("编号".to_owned()));
        assert_eq!(count(&mut book, "工单"), (3, head.clone()));
        assert_eq!(count(&mut book, "工单 2"), (3, head.clone()));
        assert_eq!(count(&mut book, "工单 3"), (2, head.clone()));
        let exactly = made(&["一", "二"], 2);
        assert_eq!(exactly.sheet_names(), ["工单", "说明"]);
        let none = made(&[], 2);
        assert_eq!(none.sheet_names(), ["工单", "说明"]);
    }

    #[test]
    fn a_text_that_no_cell_holds_is_cut() {
        let long = "漏".repeat(40_000);
        let mut book = made(&[&long], MOST_ROWS);
        let sheet = book.worksheet_range("工单").expect("rows");
        let Some(Data::String(text)) = sheet.get_value((1, 1)) else {
            panic!("no text");
        };
        assert!(text.encode_utf16().count() <= MOST_TEXT && text.ends_with("已截断）"));
    }
    /// One file inside a workbook.
    fn inside(book: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("an archive");
        let mut text = String::new();
        let mut file = archive.by_name(name).expect("a file");
        file.read_to_string(&mut text).expect("a text");
        text
    }

    #[test]
    fn a_copy_is_known_by_its_properties_and_its_pages_and_by_no_cell() {
        let rows = [row(1, "屋顶漏水")];
        let lines = super::super::rows(ExportFormat::Book, &[], &rows).expect("gathered");
        let mut out = Vec::new();
        make(Cursor::new(lines), Vec::new(), &mut out, &plan(MOST_ROWS)).expect("made");
        let custom = inside(&out, "docProps/custom.xml");
        assert!(custom.contains("MinshengExport") && custom.contains("0195a1b2"));
        assert!(custom.contains("digest of the rows"));
        let sheet = inside(&out, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("oddHeader") && sheet.contains("A&amp;&amp;B"));
        let mut book = Xlsx::new(Cursor::new(out)).expect("a workbook");
        let cells = book.worksheet_range("工单").expect("rows");
        let text = cells.get_value((1, 1)).map(ToString::to_string);
        assert_eq!(text.as_deref(), Some("屋顶漏水"), "no mark in a cell");
    }
}
