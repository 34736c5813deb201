//! Tables of other systems: what a file is, how its bytes, separators, quotes and heads are read, and what of it is doubtful.
//! The whole file is looked through once before the first row is given out; memory does not depend on its size, but for workbooks, whose first
//! sheet is held as the text that a CSV file would have.
//! Not here: what a column means and what becomes of a row (`import`, `calendar`).

mod book;
mod bytes;
pub(crate) mod described;
mod encoding;
mod head;
mod kind;
mod rows;
#[cfg(test)]
mod tests;
pub mod text;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;
use shared::fault::{Code, Fault};
use shared::import::{Doubtful, NoTable};
use shared::text::import as words;

pub use head::plain_head;
pub use rows::{Row, Rows, Trouble};

/// Rows among which the heads are looked for.
const TOP: usize = 10;
/// Bytes of text from which separator and heads are told.
const TOP_BYTES: u64 = 256 * 1024;
/// Separators that are tried, the usual one first.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Doubts that are told one by one.
const TOLD: usize = 5;

/// What the caller says about the file.
pub struct Ask<'a> {
    /// Label of the encoding, when it should not be told from the bytes.
    pub encoding: Option<&'a str>,
    /// How many columns of a row are heads that the caller knows; 0 when the row is none.
    pub known: &'a dyn Fn(&[String]) -> usize,
}

/// Something about the reading itself that may be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Line of the file, from 1; 0 for the whole.
    pub line: u64,
    /// What is doubtful.
    pub why: Doubtful,
    /// How often.
    pub count: u64,
}

/// How a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Name of the encoding, such as `UTF-8` or `GBK (GB18030)`.
    pub encoding: &'static str,
    /// The file begins with a byte order mark.
    pub marked: bool,
    /// Packed with gzip.
    pub packed: bool,
    /// Between the cells.
    pub separator: char,
    /// The first line is Excel's `sep=`.
    pub told: bool,
    /// Lines before the heads that are none, with their text.
    pub titles: Vec<(u64, String)>,
    /// Lines that those fill.
    pub title_lines: u64,
    /// Line of the heads.
    pub head_line: u64,
    /// Lines that the heads fill.
    pub head_lines: u64,
    /// The heads as they stand in the file.
    pub heads: Vec<String>,
    /// Lines of the file.
    pub lines: u64,
    /// Rows behind the heads.
    pub rows: u64,
    /// Lines without anything in them.
    pub blank: u64,
    /// What may be wrong.
    pub doubts: Vec<Doubt>,
}

impl Reading {
    /// Whether it was a workbook.
    pub fn is_book(&self) -> bool {
        book::is_name(self.encoding)
    }
}

/// A file that can be read row by row, from the row behind the heads.
pub struct Sheet {
    /// How it is read.
    pub reading: Reading,
    path: PathBuf,
    source: Source,
    separator: u8,
}

/// Where the text of a table is.
#[derive(Clone)]
enum Source {
    /// In the file, in an encoding.
    File(&'static Encoding),
    /// Taken out of a workbook.
    Book(Arc<[u8]>),
}

impl Source {
    /// How a file is read, and its text.
    fn of(path: &Path, label: Option<&str>) -> Result<(Self, encoding::Told), Fault> {
        match kind::check(path)? {
            kind::Kind::Text => {
                let told = encoding::tell(path, label)?;
                Ok((Self::File(told.encoding), told))
            }
            kind::Kind::Book => {
                let (text, name) = book::file(path)?;
                let text = Arc::from(text.into_bytes());
                Ok((Self::Book(text), encoding::Told::of_book(name)))
            }
        }
    }

    fn text(&self, path: &Path) -> std::io::Result<Box<dyn Read + Send>> {
        match self {
            Self::File(encoding) => bytes::text(path, encoding),
            Self::Book(text) => Ok(Box::new(Cursor::new(Arc::clone(text)))),
        }
    }
}

impl Sheet {
    /// Looks through a file.
    ///
    /// # Errors
    /// `import.file` for what is no table, `import.mapping` for heads that nobody knows.
    pub fn open(path: &Path, ask: &Ask<'_>) -> Result<Self, Fault> {
        let (source, told) = Source::of(path, ask.encoding)?;
        let top = top_of(path, &source)?;
        let given = sep_line(&top);
        let (separator, found) = best(&top, given, ask.known);
        let Some(found) = found else {
            return Err(no_heads(&top, separator, told.name));
        };
        let mut reading = Reading {
            encoding: told.name,
            marked: told.marked,
            packed: told.packed,
            separator: char::from(separator),
            told: given.is_some(),
            titles: Vec::new(),
            title_lines: 0,
            head_line: 0,
            head_lines: 0,
            heads: Vec::new(),
            lines: 0,
            rows: 0,
            blank: 0,
            doubts: told.doubts,
        };
        let mut sheet = Self {
            reading: reading.clone(),
            path: path.to_owned(),
            source,
            separator,
        };
        sheet.survey(&mut reading, found)?;
        sheet.reading = reading;
        Ok(sheet)
    }

    /// The rows behind the heads; blank ones are left out.
    ///
    /// # Errors
    /// `import.file` when the file cannot be opened any more.
    pub fn rows(&self) -> Result<Rows, Fault> {
        let mut rows = self.all_rows()?;
        rows.expect_width(self.reading.heads.len());
        while rows.line() < self.reading.head_line + self.reading.head_lines {
            if rows
                .read()
                .map_err(|error| unreadable(&self.path, &error))?
                .is_none()
            {
                break;
            }
        }
        Ok(rows)
    }

    fn all_rows(&self) -> Result<Rows, Fault> {
        let text = self
            .source
            .text(&self.path)
            .map_err(|error| unreadable(&self.path, &error))?;
        Ok(Rows::new(text, self.separator))
    }

    /// Once through the whole file: heads, lines, and rows whose quotes or letters are in doubt.
    fn survey(&self, reading: &mut Reading, head: usize) -> Result<(), Fault> {
        let mut rows = self.all_rows()?;
        let mut doubts = Doubts(&mut reading.doubts);
        let mut filled = 0;
        loop {
            let row = rows
                .read()
                .map_err(|error| unreadable(&self.path, &error))?;
            let Some(row) = row else { break };
            let is_sep = reading.told && row.line == 1;
            if row.is_blank() {
                reading.blank += row.lines;
                continue;
            }
            if reading.heads.is_empty() && !is_sep {
                if filled == head {
                    reading.head_line = row.line;
                    reading.head_lines = row.lines;
                    reading.heads.clone_from(&row.cells);
                    rows.expect_width(row.cells.len());
                } else {
                    reading.titles.push((row.line, shown(&row.cells)));
                    reading.title_lines += row.lines;
                }
                filled += 1;
                continue;
            }
            reading.rows += u64::from(!is_sep);
            if let Some(trouble) = row.trouble {
                doubts.add(row.line, trouble.doubt());
            }
        }
        reading.lines = rows.line() - 1;
        Ok(())
    }
}

/// Doubts of one kind are one, with its first line.
struct Doubts<'a>(&'a mut Vec<Doubt>);

impl Doubts<'_> {
    fn add(&mut self, line: u64, why: Doubtful) {
        match self.0.iter_mut().filter(|doubt| doubt.why == why).count() {
            told if told < TOLD => self.0.push(Doubt {
                line,
                why,
                count: 1,
            }),
            _ => {
                if let Some(last) = self.0.iter_mut().rev().find(|doubt| doubt.why == why) {
                    last.count += 1;
                }
            }
        }
    }
}

/// The first doubt as the fault that stops an import.
pub fn doubtful(doubts: &[Doubt]) -> Option<Fault> {
    let first = doubts.first()?;
    let count: u64 = doubts.iter().map(|doubt| doubt.count).sum();
    Some(
        Fault::new(Code::ImportDoubtful)
            .fact("count", count)
            .fact("line", first.line)
            .fact("why", first.why),
    )
}

fn top_of(path: &Path, source: &Source) -> Result<String, Fault> {
    let mut text = Vec::new();
    source
        .text(path)
        .and_then(|from| from.take(TOP_BYTES).read_to_end(&mut text))
        .map_err(|error| unreadable(path, &error))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The separator of a first line `sep=;`.
fn sep_line(top: &str) -> Option<u8> {
    let line = top.lines().next()?.trim_matches('"').trim();
    let sign = line
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("sep="))
        .map(|_| line[4..].trim_matches('"'))?;
    match sign.as_bytes() {
        [sign] => Some(*sign),
        _ if sign.eq_ignore_ascii_case("\\t") || sign.is_empty() => Some(b'\t'),
        _ => None,
    }
}

/// The separator whose rows hold the most known heads, and which row that is among those that are not blank.
fn best(top: &str, given: Option<u8>, known: &dyn Fn(&[String]) -> usize) -> (u8, Option<usize>) {
    let candidates = given.map_or_else(|| SEPARATORS.to_vec(), |one| vec![one]);
    let mut found = (candidates[0], None, (0, 0));
    for separator in candidates {
        let rows = first_rows(top, separator, given.is_some());
        for (index, cells) in rows.iter().enumerate() {
            let heads = known(cells);
            let score = (heads, usize::from(heads > 0) * cells.len());
            if score > found.2 {
                found = (separator, Some(index), score);
            }
        }
    }
    if found.1.is_none()
        && let Some(separator) = SEPARATORS.into_iter().max_by_key(|sign| {
            top.lines()
                .take(TOP)
                .flat_map(str::bytes)
                .filter(|b| b == sign)
                .count()
        })
    {
        found.0 = given.unwrap_or(separator);
    }
    (found.0, found.1)
}

fn first_rows(top: &str, separator: u8, skip_first: bool) -> Vec<Vec<String>> {
    let text = std::io::Cursor::new(top.as_bytes().to_vec());
    let mut rows = Rows::new(Box::new(text), separator);
    let mut out = Vec::new();
    while out.len() < TOP
        && let Ok(Some(row)) = rows.read()
    {
        let is_skipped = skip_first && row.line == 1;
        if !is_skipped && !row.is_blank() {
            out.push(row.cells);
        }
    }
    out
}

fn no_heads(top: &str, separator: u8, encoding: &str) -> Fault {
    let first = first_rows(top, separator, false)
        .into_iter()
        .next()
        .unwrap_or_default();
    Fault::new(Code::ImportMapping)
        .fact("why", "heads")
        .fact("encoding", encoding)
        .fact("separator", words::separator_word(char::from(separator)))
        .fact("detail", shown(&first))
}

/// Cells for a message: at most 120 characters.
fn shown(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| shared::input::line(cell))
        .filter(|cell| !cell.is_empty())
        .collect();
    cells.join(" | ").chars().take(120).collect()
}

/// The file cannot be read: why, as far as its owner can do something about it.
fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => NoTable::Missing,
        std::io::ErrorKind::PermissionDenied => NoTable::Denied,
        std::io::ErrorKind::IsADirectory => NoTable::Folder,
        std::io::ErrorKind::UnexpectedEof
        | std::io::ErrorKind::InvalidInput
        | std::io::ErrorKind::InvalidData => NoTable::Broken,
        _ => NoTable::Unreadable,
    };
    file_fault(path, why)
}

fn file_fault(path: &Path, why: NoTable) -> Fault {
    Fault::new(Code::ImportFile)
        .fact("why", why)
        .fact("detail", path.display())
}
