//! Workbooks (XLSX, and from the machine's owner .xls) as the text that a CSV file would have: the first sheet that is shown, one line of text for each row
//! of the sheet, so that lines are told by the numbers that people see. Formulas count by the value that was saved with them.
//! Not here: what the rows mean. A workbook is unpacked once without keeping anything, to see that it is not larger than it says.

use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{Data, DataRef, Reader as _, SheetVisible, Xls, Xlsx, XlsxError};
use shared::fault::{Code, Fault};
use shared::import::NoTable;
use shared::register::MOST_LINES;

/// Columns at most in which anything stands.
const MOST_COLUMNS: usize = 256;
/// Files inside at most.
const MOST_PARTS: usize = 5_000;

/// How much of a workbook is taken.
struct Limits {
    /// Rows at most, blank ones between included.
    rows: usize,
    /// Bytes at most that a workbook has when it is unpacked.
    unpacked: u64,
    /// Bytes at most of the rows while they are held, blank cells counted as well.
    held: usize,
    /// Bytes at most of the text that it becomes.
    text: usize,
    /// What more rows are called.
    too_many: fn() -> Fault,
}

/// Of a table that comes in a request.
const SENT: Limits = Limits {
    rows: MOST_LINES + 1_000,
    unpacked: 256 << 20,
    held: 192 << 20,
    text: 64 << 20,
    too_many: || Fault::new(Code::RegisterTooMany).fact("max", MOST_LINES),
};

/// Of a file on the machine, which its owner reads in: as many rows as a sheet can have.
const OWNERS: Limits = Limits {
    rows: 1_048_576,
    unpacked: 2 << 30,
    held: 1 << 30,
    text: 512 << 20,
    too_many: || refused(NoTable::Large),
};

/// Bytes at most of a workbook on the machine.
const MOST_BYTES: u64 = 512 << 20;
/// What a cell takes beside its words.
const CELL: usize = size_of::<String>();
/// Merged places at most that are looked at.
const MOST_MERGED: usize = 20_000;

/// The name of what was read, beside the names of encodings.
pub(super) const NAME: &str = "XLSX";
/// The same of an old one.
const OLD_NAME: &str = "XLS";

/// Whether an encoding's name is that of a workbook.
pub(super) fn is_name(encoding: &str) -> bool {
    [NAME, OLD_NAME].contains(&encoding)
}

/// Whether bytes begin as a workbook or another packed file does.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether bytes begin as an old or a locked workbook does.
pub(super) fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// The fault of bytes that are no table.
pub(super) fn refused(why: NoTable) -> Fault {
    Fault::new(Code::ImportFile).fact("why", why)
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The first sheet that is shown, as CSV.
///
/// # Errors
/// `import.file` for what is no workbook or a broken one, `register.too_many` for more rows than any table has.
pub(super) fn text(bytes: &[u8]) -> Result<String, Fault> {
    new(bytes, &SENT)
}

/// The first sheet of a workbook on the machine as CSV, and what kind of workbook it is. An old one (.xls) is read here alone: what reads it was
/// not made for files of strangers.
///
/// # Errors
/// As `text`; `import.file` where the file cannot be read.
pub(super) fn file(path: &Path) -> Result<(String, &'static str), Fault> {
    let unreadable = |error| super::unreadable(path, &error);
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    if length > MOST_BYTES {
        return Err(named(refused(NoTable::Large), path));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let read = if is_old(&bytes) {
        old(&bytes, &OWNERS).map(|text| (text, OLD_NAME))
    } else {
        new(&bytes, &OWNERS).map(|text| (text, NAME))
    };
    read.map_err(|fault| named(fault, path))
}

fn named(fault: Fault, path: &Path) -> Fault {
    fault.fact("detail", path.display())
}

fn new(bytes: &[u8], limits: &Limits) -> Result<String, Fault> {
    measure(bytes, limits)?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let name = book.sheets_metadata().iter().find(shown);
    let name = name
        .map(|sheet| sheet.name.clone())
        .ok_or_else(|| refused(NoTable::Empty))?;
    let merged = Merged::of(&mut book, &name)?;
    let rows = rows(&mut book, &name, (&merged, limits))?;
    lines(&rows, limits)
}

/// An old workbook, which Excel wrote until 2003; one with a password says so.
fn old(bytes: &[u8], limits: &Limits) -> Result<String, Fault> {
    let locked = |_| refused(NoTable::OldBook);
    let mut book: Xls<Cursor<&[u8]>> = Xls::new(Cursor::new(bytes)).map_err(locked)?;
    let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let name = book.sheets_metadata().iter().find(shown);
    let name = name
        .map(|sheet| sheet.name.clone())
        .ok_or_else(|| refused(NoTable::Empty))?;
    let range = book.worksheet_range(&name).map_err(locked)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut held = Held::new(limits);
    for (row, column, value) in range.used_cells() {
        let at = (first_row as usize + row, first_column as usize + column);
        held.put(at, said_of_old(value))?;
    }
    lines(&held.rows, limits)
}

/// Unpacks everything without keeping it: what a file inside says about its size is not believed.
fn measure(bytes: &[u8], limits: &Limits) -> Result<(), Fault> {
    let damaged = |_| refused(NoTable::Broken);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let is_book = archive
        .file_names()
        .flatten()
        .any(|name| name.starts_with("xl/"));
    if !is_book {
        return Err(refused(NoTable::Archive));
    }
    if archive.len() > MOST_PARTS {
        return Err(refused(NoTable::Large));
    }
    let mut left = limits.unpacked;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let mut part = part.take(left + 1);
        let read = std::io::copy(&mut part, &mut std::io::sink());
        let read = read.map_err(|_| refused(NoTable::Broken))?;
        left = left
            .checked_sub(read)
            .ok_or_else(|| refused(NoTable::Large))?;
    }
    Ok(())
}

fn broken(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => refused(NoTable::OldBook),
        _ => refused(NoTable::Broken),
    }
}

/// Places of several cells that are one: what stands in it holds for each of its rows, in its first column.
struct Merged(Vec<(u32, u32, u32)>);

impl Merged {
    fn of(book: &mut Book<'_>, sheet: &str) -> Result<Self, Fault> {
        let found = book.merge_cells_by_sheet_name(sheet).map_err(broken)?;
        if found.len() > MOST_MERGED {
            return Err(refused(NoTable::Large));
        }
        let tall = found.into_iter().filter(|it| it.end.0 > it.start.0);
        Ok(Self(
            tall.map(|it| (it.start.1, it.start.0, it.end.0)).collect(),
        ))
    }

    /// Writes the value of each place into its other rows, as far as there are rows.
    fn fill(&self, rows: &mut [Vec<String>]) {
        for (column, first, last) in &self.0 {
            let (column, first) = (*column as usize, *first as usize);
            let value = rows.get(first).and_then(|row| row.get(column)).cloned();
            let Some(value) = value.filter(|value| !value.is_empty()) else {
                continue;
            };
            let last = (*last as usize).min(rows.len().saturating_sub(1));
            for row in rows.iter_mut().take(last + 1).skip(first + 1) {
                // A row in which nothing else stands is none.
                if !row.is_empty() {
                    put(row, column, value.clone());
                }
            }
        }
    }
}

fn put(row: &mut Vec<String>, column: usize, value: String) {
    if row.len() <= column {
        row.resize(column + 1, String::new());
    }
    if let Some(cell) = row.get_mut(column) {
        *cell = value;
    }
}

/// Rows while they are read; blank ones are empty.
struct Held<'l> {
    limits: &'l Limits,
    rows: Vec<Vec<String>>,
    bytes: usize,
}

impl<'l> Held<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            rows: Vec::new(),
            bytes: 0,
        }
    }

    fn put(&mut self, (row, column): (usize, usize), value: String) -> Result<(), Fault> {
        if value.is_empty() {
            return Ok(());
        }
        if row >= self.limits.rows {
            return Err((self.limits.too_many)());
        }
        if self.rows.len() <= row {
            self.bytes += (row + 1 - self.rows.len()) * CELL;
            self.rows.resize(row + 1, Vec::new());
        }
        let wide = self.rows.get(row).map_or(0, Vec::len);
        self.bytes += value.len() + (column + 1).saturating_sub(wide) * CELL;
        if column >= MOST_COLUMNS || self.bytes > self.limits.held {
            return Err(refused(NoTable::Large));
        }
        if let Some(row) = self.rows.get_mut(row) {
            put(row, column, value);
        }
        Ok(())
    }
}

/// The rows up to the last one in which something stands; blank ones are empty.
fn rows(
    book: &mut Book<'_>,
    sheet: &str,
    (merged, limits): (&Merged, &Limits),
) -> Result<Vec<Vec<String>>, Fault> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut held = Held::new(limits);
    while let Some(cell) = cells.next_cell_with_formula().map_err(broken)? {
        let value = said(&cell.value, cell.formula.as_deref());
        held.put((cell.pos.0 as usize, cell.pos.1 as usize), value)?;
    }
    let mut rows = held.rows;
    merged.fill(&mut rows);
    Ok(rows)
}

/// What a cell of an old workbook says.
fn said_of_old(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_of(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(moment) => moment_of(moment),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// What a cell says. A formula without a saved value is told as it stands, and is refused where such words cannot be.
fn said(value: &DataRef<'_>, formula: Option<&str>) -> String {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_of(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => moment_of(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    };
    match formula {
        Some(formula) if text.is_empty() && !formula.is_empty() => format!("={formula}"),
        _ => text,
    }
}

/// Numbers without the point that a spreadsheet keeps for itself; numbers of telephones stay whole.
fn number_of(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// A day as `2026-03-02`, a time of day as `09:30`, both with a blank between.
fn moment_of(moment: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    };
    if moment.is_duration() || moment.as_f64() < 1.0 {
        time
    } else if moment.as_f64().fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}

/// The rows as CSV, each on the line of its number: a line break inside a cell becomes a blank.
///
/// # Errors
/// `import.file` for a sheet without anything, or with too much.
fn lines(rows: &[Vec<String>], limits: &Limits) -> Result<String, Fault> {
    if rows.iter().all(Vec::is_empty) {
        return Err(refused(NoTable::Empty));
    }
    let mut text = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            text.push('"');
            for c in cell.chars() {
                match c {
                    '"' => text.push_str("\"\""),
                    '\n' | '\r' => text.push(' '),
                    '\0' => {}
                    c => text.push(c),
                }
            }
            text.push('"');
        }
        text.push('\n');
        if text.len() > limits.text {
            return Err(refused(NoTable::Large));
        }
    }
    Ok(text)
}

#[cfg(test)]
pub(crate) mod tests;
