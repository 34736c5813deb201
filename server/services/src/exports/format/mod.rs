//! How rows of an export are written: CSV in two encodings, JSON lines, and the rows of a workbook while they are gathered.
//! Every part can stand behind the one before, so that a job that was killed goes on with the next part.
//! Not here: what stands in a row (`columns`), the workbook that the gathered rows become (`book`), formulas in cells (`cell`).

pub(super) mod about;
pub(super) mod book;
mod chain;

use std::borrow::Cow;

use encoding_rs::GB18030;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::job::ExportFormat;

use super::cell::cell;

pub(super) use chain::Chain;

/// The mark by which Excel knows UTF-8.
pub const BOM: &[u8] = "\u{FEFF}".as_bytes();

/// What stands in one column of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// A word or number of ours.
    #[serde(rename = "w")]
    Word(String),
    /// What people or their browsers wrote.
    #[serde(rename = "s")]
    Said(String),
    /// A moment, where there is one.
    #[serde(rename = "t")]
    At(Option<Instant>),
    /// A count.
    #[serde(rename = "n")]
    Count(i64),
}

impl Value {
    /// As a cell that no spreadsheet takes for a formula.
    fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Word(text) => Cow::Borrowed(text),
            Self::Said(text) => cell(text),
            Self::At(at) => Cow::Owned(minute(*at)),
            Self::Count(count) => Cow::Owned(count.to_string()),
        }
    }

    /// As a program reads it: texts as they are, moments with their offset.
    fn json(&self) -> serde_json::Value {
        match self {
            Self::Word(text) | Self::Said(text) => text.as_str().into(),
            Self::At(at) => at.map(Instant::rfc3339).into(),
            Self::Count(count) => (*count).into(),
        }
    }
}

/// `2026-02-14 09:30` in +08:00, which every spreadsheet reads as a time; empty without one.
fn minute(at: Option<Instant>) -> String {
    at.map(|at| at.local().format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// What stands before the first row.
pub(super) fn head(format: ExportFormat, heads: &[String]) -> anyhow::Result<Vec<u8>> {
    match format {
        ExportFormat::Csv => Ok([BOM, &csv_of(&[words(heads)])?].concat()),
        ExportFormat::Gb18030 => gb18030(&csv_of(&[words(heads)])?),
        ExportFormat::Book | ExportFormat::Lines => Ok(Vec::new()),
    }
}

fn words(heads: &[String]) -> Vec<Value> {
    heads.iter().cloned().map(Value::Said).collect()
}

/// Rows; `keys` are the names of their columns.
pub(super) fn rows(
    format: ExportFormat,
    keys: &[String],
    rows: &[Vec<Value>],
) -> anyhow::Result<Vec<u8>> {
    match format {
        ExportFormat::Csv => csv_of(rows),
        ExportFormat::Gb18030 => gb18030(&csv_of(rows)?),
        ExportFormat::Lines => {
            let mut out = Vec::with_capacity(256 * 1024);
            for row in rows {
                object(keys, row, &mut out)?;
            }
            Ok(out)
        }
        ExportFormat::Book => {
            let mut out = Vec::with_capacity(256 * 1024);
            for row in rows {
                serde_json::to_writer(&mut out, row)?;
                out.push(b'\n');
            }
            Ok(out)
        }
    }
}

/// One JSON object on a line, its members in the order of the columns.
fn object(keys: &[String], row: &[Value], out: &mut Vec<u8>) -> anyhow::Result<()> {
    out.push(b'{');
    for (at, (key, value)) in keys.iter().zip(row).enumerate() {
        if at > 0 {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, key)?;
        out.push(b':');
        serde_json::to_writer(&mut *out, &value.json())?;
    }
    out.extend_from_slice(b"}\n");
    Ok(())
}

fn csv_of(rows: &[Vec<Value>]) -> anyhow::Result<Vec<u8>> {
    let mut out = writer();
    for row in rows {
        for value in row {
            out.write_field(value.shown().as_bytes())?;
        }
        out.write_record(None::<&[u8]>)?;
    }
    finish(out)
}

/// A part of a CSV, line by line.
pub(crate) fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::with_capacity(256 * 1024))
}

/// The bytes of a part.
pub(crate) fn finish(out: csv::Writer<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    out.into_inner()
        .map_err(|error| anyhow::anyhow!("finishing a part of an export: {error}"))
}

/// The same text in the state's own encoding, which has every character.
fn gb18030(text: &[u8]) -> anyhow::Result<Vec<u8>> {
    let text = std::str::from_utf8(text)?;
    let (bytes, _, _) = GB18030.encode(text);
    Ok(bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Vec<Value> {
        vec![
            Value::Word("32010020260302".to_owned()),
            Value::Said("=1+1，“屋顶”\n漏水𠮷".to_owned()),
            Value::At(Instant::parse("2026-03-02T09:30:15+08:00")),
            Value::At(None),
            Value::Count(2),
        ]
    }

    fn keys() -> Vec<String> {
        ["no", "text", "at", "due_at", "count"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn csv_in_both_encodings_says_the_same() {
        let usual = rows(ExportFormat::Csv, &keys(), &[row()]).expect("written");
        let text = String::from_utf8(usual).expect("UTF-8");
        assert_eq!(
            text,
            "32010020260302,\"'=1+1，“屋顶”\n漏水𠮷\",2026-03-02 09:30,,2\r\n"
        );
        let other = rows(ExportFormat::Gb18030, &keys(), &[row()]).expect("written");
        let (decoded, _, damaged) = GB18030.decode(&other);
        assert!(!damaged);
        assert_eq!(decoded, text);
    }

    #[test]
    fn a_line_of_json_says_what_was_written() {
        let line = rows(ExportFormat::Lines, &keys(), &[row()]).expect("written");
        let text = String::from_utf8(line).expect("UTF-8");
        assert!(text.starts_with("{\"no\":\"32010020260302\",\"text\":\"=1+1"));
        let read: serde_json::Value = serde_json::from_str(&text).expect("one object");
        assert_eq!(read["at"], "2026-03-02T09:30:15+08:00");
        assert!(read["due_at"].is_null());
        assert_eq!(read["count"], 2);
    }

    #[test]
    fn only_csv_in_utf_8_begins_with_a_mark() {
        let heads = ["工单编号".to_owned()];
        let begins = |format| head(format, &heads).expect("written");
        assert!(begins(ExportFormat::Csv).starts_with(BOM));
        assert_eq!(begins(ExportFormat::Gb18030).len(), 10);
        assert!(begins(ExportFormat::Book).is_empty());
    }
}
