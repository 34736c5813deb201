//! A report as a file: a workbook with a sheet for each table, CSV with one table below the other, or a print where the program has one.
//! Numbers are numbers; words that a spreadsheet would take for a formula get an apostrophe.
//! Not here: what the report says (`standard`), the print itself (who starts the program says it).

use std::sync::Arc;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::report::{Align, Cell, Part, Report, ReportForm, Table};
use shared::text::{Locale, export};

use crate::context::{Ctx, Services};
use crate::exports::BOM;
use crate::exports::cell::cell;
use crate::fault::{Failure, Settle};
use crate::watch::{noted, watched};

/// Width of a column of words, and of one of numbers.
const WIDTHS: [u16; 2] = [28, 16];
/// Length of a sheet's name.
const MOST_NAME: usize = 24;

/// Makes a print of a report. A build without one has none.
pub trait Printer: Send + Sync {
    /// The report as PDF.
    ///
    /// # Errors
    /// A coded fault, such as a font that is missing.
    fn pdf(&self, report: &Report, locale: Locale) -> Result<Vec<u8>, Fault>;
}

/// A file with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A report that the reader has, as a file. What was taken stands in the audit.
///
/// # Errors
/// `access.denied`, `report.no_print` where the build has none.
pub async fn file(
    ctx: &Ctx,
    (report, stem): (Report, &str),
    form: ReportForm,
) -> Result<ReportFile, Fault> {
    let taking = Box::pin(taken(ctx, (report, stem), form));
    watched(ctx, "report.file", stem, taking).await
}

async fn taken(
    ctx: &Ctx,
    (report, stem): (Report, &str),
    form: ReportForm,
) -> Result<ReportFile, Fault> {
    ctx.ask(needs::REPORT)?;
    let (locale, services) = (ctx.locale, ctx.services.clone());
    let making = move || -> Result<(Vec<u8>, &'static str), Failure> {
        Ok(match form {
            ReportForm::Csv => (csv(&report)?, "text/csv; charset=utf-8"),
            ReportForm::Book => (
                book(&report, locale)?,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ReportForm::Pdf => (print(&services, &report, locale)?, "application/pdf"),
        })
    };
    let made = tokio::task::spawn_blocking(making).await;
    let made = made.map_err(anyhow::Error::new).settle(&ctx.services)?;
    let (bytes, media) = made.settle(&ctx.services)?;
    let mut entry = ctx.audit("report.file", format!("report:{stem}"), "ok");
    entry
        .facts
        .insert("form".to_owned(), form.as_str().to_owned());
    noted(ctx, entry).await?;
    Ok(ReportFile {
        name: format!("{stem}.{form}"),
        media,
        bytes,
    })
}

fn print(services: &Services, report: &Report, locale: Locale) -> Result<Vec<u8>, Fault> {
    let printer: Arc<dyn Printer> = services
        .printer()
        .ok_or_else(|| Fault::new(Code::ReportNoPrint))?;
    printer.pdf(report, locale)
}

fn tables(report: &Report) -> impl Iterator<Item = &Table> {
    report.parts.iter().filter_map(|part| match part {
        Part::Table(table) => Some(table),
        _ => None,
    })
}

/// The rows of a table, the total last.
fn rows(table: &Table) -> impl Iterator<Item = &Vec<Cell>> {
    table.rows.iter().chain(&table.total)
}

/// One table below the other, each under its name.
fn csv(report: &Report) -> anyhow::Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(BOM.to_vec());
    out.write_record([&*cell(&report.title), &*cell(&report.subtitle)])?;
    for (name, value) in &report.facts {
        out.write_record([&*cell(name), &*cell(value)])?;
    }
    for table in tables(report) {
        out.write_record([""])?;
        out.write_record([&*cell(&table.caption)])?;
        let heads = table
            .columns
            .iter()
            .map(|(name, _)| cell(name).into_owned());
        out.write_record(heads)?;
        for row in rows(table) {
            let values = row.iter().map(|it| match &it.number {
                Some(number) => number.clone(),
                None => cell(&it.text).into_owned(),
            });
            out.write_record(values)?;
        }
    }
    for line in &report.foot {
        out.write_record([&*cell(line)])?;
    }
    Ok(out.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

/// A sheet for each table, and one that says what they are.
fn book(report: &Report, locale: Locale) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    for (number, table) in (1..).zip(tables(report)) {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(number, &table.caption))?;
        fill(sheet, table)?;
    }
    let head = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(export::ABOUT.get(locale))?;
    sheet.set_column_width(0, 28)?;
    sheet.set_column_width(1, 80)?;
    let title = [(report.title.clone(), report.subtitle.clone())];
    let foot = report.foot.iter().map(|line| (String::new(), line.clone()));
    let told = title.into_iter().chain(report.facts.clone()).chain(foot);
    for (row, (name, value)) in (0_u32..).zip(told) {
        sheet.write_string_with_format(row, 0, cell(&name), &head)?;
        sheet.write_string(row, 1, cell(&value))?;
    }
    Ok(book.save_to_buffer()?)
}

fn sheet_name(number: u32, caption: &str) -> String {
    let plain = caption
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''));
    let plain: String = plain.take(MOST_NAME).collect();
    format!("{number} {plain}")
}

fn fill(sheet: &mut Worksheet, table: &Table) -> anyhow::Result<()> {
    let head = Format::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (column, (name, align)) in (0_u16..).zip(&table.columns) {
        let [words, numbers] = WIDTHS;
        let width = if *align == Align::End { numbers } else { words };
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, cell(name), &head)?;
    }
    for (row, cells) in (1_u32..).zip(rows(table)) {
        for (column, it) in (0_u16..).zip(cells) {
            let number = it.number.as_deref().and_then(|it| it.parse::<f64>().ok());
            match number {
                Some(number) => sheet.write_number(row, column, number)?,
                None => sheet.write_string(row, column, cell(&it.text))?,
            };
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};

    use super::*;

    fn report() -> Report {
        let number = |text: &str, number: &str| Cell {
            text: text.to_owned(),
            number: Some(number.to_owned()),
            href: None,
        };
        Report {
            title: "月报".to_owned(),
            subtitle: "2026年3月".to_owned(),
            facts: vec![("条件".to_owned(), "=1+1".to_owned())],
            parts: vec![Part::Table(Table {
                caption: "按地区/市".to_owned(),
                columns: vec![
                    ("地区".to_owned(), Align::Start),
                    ("环比".to_owned(), Align::End),
                ],
                rows: vec![vec![Cell::words("=SUM(A1)"), number("-1.50 %", "-1.50")]],
                total: Some(vec![Cell::words("合计"), Cell::words("—")]),
            })],
            ..Report::default()
        }
    }

    #[test]
    fn numbers_are_numbers_and_nothing_is_a_formula() {
        let bytes = book(&report(), Locale::Zh).expect("a workbook");
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("readable");
        assert_eq!(book.sheet_names(), ["1 按地区市", "说明"]);
        let sheet = book.worksheet_range("1 按地区市").expect("rows");
        let at = |row: u32, column: u32| sheet.get_value((row, column)).cloned();
        assert_eq!(at(1, 0), Some(Data::String("'=SUM(A1)".to_owned())));
        assert_eq!(at(1, 1), Some(Data::Float(-1.5)));
        assert_eq!(at(2, 1), Some(Data::String("—".to_owned())));
        let text = String::from_utf8(csv(&report()).expect("rows")).expect("text");
        assert!(text.contains("'=SUM(A1),-1.50\n") && text.contains("条件,'=1+1\n"));
    }
}
