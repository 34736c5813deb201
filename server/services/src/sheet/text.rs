//! A table that came as bytes in a request: decoded, and opened at its heads.
//! Not here: files of any size on the disk (`Sheet`), the inside of workbooks (`book`).
//! Damaged bytes are refused, never read as other letters in silence.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{Encoding, GB18030, UTF_8};
use shared::fault::{Code, Fault};

use shared::import::NoTable;

use super::{Rows, best, book, no_heads, sep_line};

/// The text of bytes, with the name of their encoding; of a workbook, its first sheet as CSV.
///
/// # Errors
/// `input.encoding` for what is neither UTF-8 nor UTF-16 with a mark nor GBK; `import.file` for a workbook that cannot be read;
/// `register.too_many`.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), Fault> {
    if book::is_packed(bytes) {
        return book::text(bytes).map(|text| (text, book::NAME));
    }
    if book::is_old(bytes) {
        return Err(book::refused(NoTable::OldBook));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return whole(encoding, bytes).map(|text| (text, encoding.name()));
    }
    if let Ok(text) = whole(UTF_8, bytes) {
        return Ok((text, "UTF-8"));
    }
    whole(GB18030, bytes).map(|text| (text, "GBK (GB18030)"))
}

/// The same beside everything else that the program does: a workbook takes its time.
///
/// # Errors
/// Of `decode`.
pub async fn decode_aside(bytes: Vec<u8>) -> Result<(String, &'static str), Fault> {
    let read = tokio::task::spawn_blocking(move || decode(&bytes)).await;
    read.unwrap_or_else(|_| Err(book::refused(NoTable::Broken)))
}

/// The text of a table that a program sent as text or as a file in base64, and how it was read.
///
/// # Errors
/// `input.body` for what is no base64; of `decode`.
pub async fn sent(text: String, file: Option<String>) -> Result<(String, String), Fault> {
    let Some(file) = file else {
        let text = text.trim_start_matches('\u{feff}').to_owned();
        return Ok((text, "UTF-8".to_owned()));
    };
    let bytes = STANDARD
        .decode(file.trim())
        .map_err(|_| Fault::new(Code::InputBody).fact("detail", "base64"))?;
    let (text, encoding) = decode_aside(bytes).await?;
    Ok((text, encoding.to_owned()))
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Fault> {
    let (text, _, damaged) = encoding.decode(bytes);
    if damaged || text.contains('\0') {
        return Err(Fault::new(Code::InputEncoding));
    }
    Ok(text.into_owned())
}

/// The heads of a table and the rows behind them.
///
/// # Errors
/// `import.mapping` for heads that nobody knows.
pub fn open(
    text: String,
    known: &dyn Fn(&[String]) -> usize,
) -> Result<(Vec<String>, Rows), Fault> {
    let given = sep_line(&text);
    let (separator, found) = best(&text, given, known);
    let Some(head) = found else {
        return Err(no_heads(&text, separator, "UTF-8"));
    };
    let mut rows = Rows::new(Box::new(Cursor::new(text.into_bytes())), separator);
    let mut filled = 0;
    while let Ok(Some(row)) = rows.read() {
        let is_sep = given.is_some() && row.line == 1;
        if row.is_blank() || is_sep {
            continue;
        }
        if filled == head {
            rows.expect_width(row.cells.len());
            return Ok((row.cells, rows));
        }
        filled += 1;
    }
    Err(Fault::new(Code::ImportMapping).fact("why", "heads"))
}
