//! Rows of a text with separators and quotes (RFC 4180), with the line of each, and with every quote that does not fit.
//! A quote that is never closed does not swallow the file: the row is read again with that quote as a letter.
//! Not here: encodings (`bytes`). A library would drop such quotes in silence, and cannot say on which line a row begins.

use shared::import::Doubtful;
use std::io::{BufRead as _, BufReader, Read};

/// Bytes of one row at most inside quotes.
const LONGEST: usize = 1 << 20;
/// Lines of one field at most inside quotes.
const MOST_LINES: u64 = 2_000;

/// What does not fit about the quotes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Letters behind a closing quote: the quotes are letters of the text.
    Behind,
    /// A quote is never closed, or only by one of a later row.
    Unclosed,
    /// A field of several lines of which one looks like a row of its own.
    Swallowed,
}

impl Trouble {
    /// The doubt that it is.
    pub const fn doubt(self) -> Doubtful {
        match self {
            Self::Behind => Doubtful::QuoteBehind,
            Self::Unclosed => Doubtful::QuoteOpen,
            Self::Swallowed => Doubtful::Swallowed,
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Lines that it fills.
    pub lines: u64,
    /// Its cells as they stand in the file, line breaks as `\n`.
    pub cells: Vec<String>,
    /// What does not fit about its quotes.
    pub trouble: Option<Trouble>,
}

impl Row {
    /// Nothing but blanks and separators.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Reads row by row.
pub struct Rows {
    from: BufReader<Box<dyn Read + Send>>,
    /// Bytes of a row that is read again, in front of what still comes.
    again: Vec<u8>,
    again_at: usize,
    separator: u8,
    line: u64,
    /// Columns of the heads.
    width: usize,
}

/// Where in a field the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    Quoted,
    /// Behind a quote that may close the field.
    Closing,
}

/// A row under way.
struct RowSoFar {
    row: Row,
    field: Vec<u8>,
    at: At,
    /// All bytes since the row's begin.
    raw: Vec<u8>,
    /// From this field on quotes are letters.
    literal_from: usize,
    /// Separators on this line of a quoted field.
    signs: usize,
    inner_lines: u64,
    looks_like_rows: bool,
    /// The quoted field had several lines.
    spans: bool,
    line: u64,
}

impl RowSoFar {
    fn new(line: u64) -> Self {
        Self {
            row: Row {
                line,
                lines: 1,
                ..Row::default()
            },
            field: Vec::new(),
            at: At::Start,
            raw: Vec::new(),
            literal_from: usize::MAX,
            signs: 0,
            inner_lines: 0,
            looks_like_rows: false,
            spans: false,
            line,
        }
    }

    fn end_field(&mut self) {
        // No database keeps them, and nobody sees them.
        self.field.retain(|byte| *byte != 0);
        self.row
            .cells
            .push(String::from_utf8_lossy(&self.field).into_owned());
        self.field.clear();
        self.at = At::Start;
        if self.looks_like_rows && self.row.trouble.is_none() {
            self.row.trouble = Some(Trouble::Swallowed);
        }
        (
            self.inner_lines,
            self.signs,
            self.looks_like_rows,
            self.spans,
        ) = (0, 0, false, false);
    }
}

/// What a byte did.
enum Step {
    Go,
    /// The row is over.
    End,
    /// The quote that opened the present field is a letter.
    Literal,
}

impl Rows {
    /// Reads a text.
    pub fn new(text: Box<dyn Read + Send>, separator: u8) -> Self {
        Self {
            from: BufReader::with_capacity(1 << 16, text),
            again: Vec::new(),
            again_at: 0,
            separator,
            line: 1,
            width: 0,
        }
    }

    /// Line on which the next row begins.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many columns a row has; a line inside quotes with as many is in doubt.
    pub fn expect_width(&mut self, width: usize) {
        self.width = width;
    }

    /// The next row; blank lines are rows without cells.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&mut self) -> std::io::Result<Option<Row>> {
        let mut so_far = RowSoFar::new(self.line);
        let mut began = false;
        loop {
            let Some(byte) = self.next()? else {
                if !began {
                    return Ok(None);
                }
                if so_far.at == At::Quoted {
                    self.literal(&mut so_far);
                    continue;
                }
                so_far.end_field();
                return Ok(Some(self.finish(so_far)));
            };
            began = true;
            so_far.raw.push(byte);
            match self.step(&mut so_far, byte)? {
                Step::Go => {}
                Step::Literal => self.literal(&mut so_far),
                Step::End => {
                    so_far.end_field();
                    return Ok(Some(self.finish(so_far)));
                }
            }
        }
    }

    fn finish(&mut self, so_far: RowSoFar) -> Row {
        let mut row = so_far.row;
        row.lines = so_far.line - row.line;
        // The last line may lack its line break.
        if !so_far.raw.ends_with(b"\n") && !so_far.raw.ends_with(b"\r") {
            row.lines += 1;
        }
        self.line = row.line + row.lines;
        row
    }

    /// Reads the row again, with the quote of the present field as a letter.
    fn literal(&mut self, so_far: &mut RowSoFar) {
        let from = so_far.row.cells.len().min(so_far.literal_from);
        let rest = self.again.split_off(self.again_at);
        self.again = std::mem::take(&mut so_far.raw);
        self.again.extend(rest);
        self.again_at = 0;
        let line = so_far.row.line;
        *so_far = RowSoFar::new(line);
        so_far.literal_from = from;
        so_far.row.trouble = Some(Trouble::Unclosed);
    }

    fn step(&mut self, so_far: &mut RowSoFar, byte: u8) -> std::io::Result<Step> {
        match so_far.at {
            At::Quoted => Ok(self.quoted(so_far, byte)),
            At::Closing if byte == b'"' => {
                so_far.field.push(b'"');
                so_far.at = At::Quoted;
                Ok(Step::Go)
            }
            _ if byte == self.separator => {
                so_far.end_field();
                Ok(Step::Go)
            }
            _ if byte == b'\n' || byte == b'\r' => {
                if byte == b'\r' && self.peek()? == Some(b'\n') {
                    self.next()?;
                    so_far.raw.push(b'\n');
                }
                so_far.line += 1;
                Ok(Step::End)
            }
            At::Closing if byte == b' ' => Ok(Step::Go),
            At::Closing if so_far.spans => Ok(Step::Literal),
            At::Closing => {
                // The quotes belong to the text.
                so_far.row.trouble.get_or_insert(Trouble::Behind);
                so_far.field.insert(0, b'"');
                so_far.field.push(b'"');
                so_far.field.push(byte);
                so_far.at = At::Plain;
                Ok(Step::Go)
            }
            At::Start if byte == b'"' && so_far.row.cells.len() < so_far.literal_from => {
                so_far.field.clear();
                so_far.at = At::Quoted;
                Ok(Step::Go)
            }
            // A blank before a quote is no letter of the field.
            At::Start if byte == b' ' => {
                so_far.field.push(byte);
                Ok(Step::Go)
            }
            At::Start | At::Plain => {
                so_far.at = At::Plain;
                so_far.field.push(byte);
                Ok(Step::Go)
            }
        }
    }

    fn quoted(&mut self, so_far: &mut RowSoFar, byte: u8) -> Step {
        match byte {
            b'"' => so_far.at = At::Closing,
            b'\n' | b'\r' => {
                let twin = byte == b'\n' && so_far.raw.ends_with(b"\r\n");
                if !twin {
                    // The first line of the field begins in the middle of a row.
                    so_far.looks_like_rows |= so_far.spans
                        && self.width > 3
                        && so_far.signs + 1 == self.width
                        && begins_like_a_row(&so_far.field, self.separator);
                    so_far.field.push(b'\n');
                    so_far.line += 1;
                    so_far.spans = true;
                    so_far.inner_lines += 1;
                    so_far.signs = 0;
                }
            }
            _ => {
                so_far.signs += usize::from(byte == self.separator);
                so_far.field.push(byte);
            }
        }
        if so_far.raw.len() > LONGEST || so_far.inner_lines > MOST_LINES {
            Step::Literal
        } else {
            Step::Go
        }
    }

    fn next(&mut self) -> std::io::Result<Option<u8>> {
        if let Some(byte) = self.again.get(self.again_at) {
            self.again_at += 1;
            return Ok(Some(*byte));
        }
        let byte = self.from.fill_buf()?.first().copied();
        if byte.is_some() {
            self.from.consume(1);
        }
        Ok(byte)
    }

    fn peek(&mut self) -> std::io::Result<Option<u8>> {
        if let Some(byte) = self.again.get(self.again_at) {
            return Ok(Some(*byte));
        }
        Ok(self.from.fill_buf()?.first().copied())
    }
}

/// Whether the last line of a field begins with a number or a code and a separator, as rows do and sentences do not.
fn begins_like_a_row(field: &[u8], separator: u8) -> bool {
    let from = field
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let first = field[from..].split(|byte| *byte == separator).next();
    first.is_some_and(|first| {
        (1..=64).contains(&first.len())
            && first
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    })
}
