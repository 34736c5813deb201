//! A table that came as bytes in a request: decoded, and opened at its heads.
//! Not here: files of any size on the disk (`Sheet`).
//! Damaged bytes are refused, never read as other letters in silence.

use std::io::Cursor;

use encoding_rs::{Encoding, GB18030, UTF_8};
use shared::fault::{Code, Fault};

use super::{Rows, best, no_heads, sep_line};

/// The text of bytes, with the name of their encoding.
///
/// # Errors
/// `input.encoding` for what is neither UTF-8 nor UTF-16 with a mark nor GBK.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), Fault> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return whole(encoding, bytes).map(|text| (text, encoding.name()));
    }
    if let Ok(text) = whole(UTF_8, bytes) {
        return Ok((text, "UTF-8"));
    }
    whole(GB18030, bytes).map(|text| (text, "GBK (GB18030)"))
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
