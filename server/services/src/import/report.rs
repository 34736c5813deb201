//! What became of the lines: rejected rows in a file beside the source, equal reasons counted for the terminal.
//! Rows go to the file as they are met, so that memory does not depend on how many there are.
//! Not here: why a row is rejected (`row`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use shared::import::Reason;
use shared::text::Locale;
use shared::text::import::{REPORT, column};

use super::row::{Note, Rejected};
use crate::fault::Failure;

/// Reasons and notes of one kind that are told at most.
const KINDS: usize = 200;
/// Longest value of the report in characters.
const VALUE: usize = 200;

/// Equal reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Our name of the column; empty for the whole row.
    pub column: Cow<'static, str>,
    /// Why.
    pub reason: Reason,
    /// How often.
    pub count: u64,
    /// The first line.
    pub line: u64,
    /// What stands there.
    pub value: String,
}

/// How far a report has come, for whoever goes on with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Noted {
    /// Where the rejected rows are listed, when there are any.
    pub path: Option<PathBuf>,
    /// As much of that file as counts.
    pub bytes: u64,
    /// Why rows were rejected.
    pub rejected: Vec<Tally>,
    /// What was kept in the source's words.
    pub kept: Vec<Tally>,
}

impl Tally {
    /// One line for the terminal.
    pub fn say(&self, locale: Locale) -> String {
        let (column, reason) = (column(&self.column).get(locale), self.reason.label(locale));
        let value: String = self.value.chars().take(40).collect();
        let (count, line) = (self.count, self.line);
        match locale {
            Locale::Zh if value.is_empty() => {
                format!("{column}{reason}：{count} 处，第一处在第 {line} 行")
            }
            Locale::Zh => format!("{column}{reason}：{count} 处，第一处在第 {line} 行“{value}”"),
            Locale::En if value.is_empty() => {
                format!("{column} {reason}: {count}, the first on line {line}")
            }
            Locale::En => format!("{column} {reason}: {count}, the first on line {line}: {value}"),
        }
    }
}

/// The report under way.
pub(super) struct Report {
    locale: Locale,
    beside: PathBuf,
    instead: PathBuf,
    out: Option<(PathBuf, csv::Writer<File>)>,
    rejected: Reasons,
    kept: Reasons,
}

/// Equal reasons by column and reason.
type Reasons = BTreeMap<(Cow<'static, str>, Reason), Tally>;

impl Report {
    /// A report beside the file, or in a folder where that cannot be written; what another run has written without counting it is cut off.
    pub fn on(file: &Path, folder: &Path, locale: Locale, so_far: &Noted) -> Result<Self, Failure> {
        let name = format!("{}.rejected.csv", super::name_of(file));
        let out = match &so_far.path {
            Some(path) => {
                let again = || -> std::io::Result<File> {
                    let mut file = File::options()
                        .write(true)
                        .create(true)
                        .truncate(false)
                        .open(path)?;
                    file.set_len(so_far.bytes)?;
                    file.seek(SeekFrom::End(0))?;
                    Ok(file)
                };
                let file = again().with_context(|| path.display().to_string())?;
                Some((path.clone(), csv::Writer::from_writer(file)))
            }
            None => None,
        };
        let by_reason = |all: &[Tally]| {
            let each = all.iter().cloned();
            each.map(|tally| ((tally.column.clone(), tally.reason), tally))
                .collect()
        };
        Ok(Self {
            locale,
            beside: file.with_file_name(&name),
            instead: folder.join(&name),
            out,
            rejected: by_reason(&so_far.rejected),
            kept: by_reason(&so_far.kept),
        })
    }

    /// One rejected row.
    pub fn reject(&mut self, line: u64, why: &Rejected) -> Result<(), Failure> {
        count(
            &mut self.rejected,
            line,
            (why.column, why.reason),
            &why.value,
        );
        let locale = self.locale;
        let cells = [
            line.to_string(),
            guarded(&why.id),
            column(why.column).get(locale).to_owned(),
            guarded(&why.value),
            why.reason.label(locale).to_owned(),
        ];
        let out = self.writer()?;
        out.write_record(&cells).context("report")?;
        Ok(())
    }

    /// Something that was kept in the source's words.
    pub fn note(&mut self, line: u64, note: &Note) {
        count(
            &mut self.kept,
            line,
            (note.column, note.reason),
            &note.value,
        );
    }

    fn writer(&mut self) -> Result<&mut csv::Writer<File>, Failure> {
        if self.out.is_none() {
            let (path, mut file) = if let Ok(file) = File::create(&self.beside) {
                (self.beside.clone(), file)
            } else {
                let file = File::create(&self.instead)
                    .with_context(|| self.instead.display().to_string())?;
                (self.instead.clone(), file)
            };
            // Excel takes a file without this mark for GBK.
            std::io::Write::write_all(&mut file, "\u{FEFF}".as_bytes()).context("report")?;
            let mut out = csv::Writer::from_writer(file);
            out.write_record(REPORT.map(|head| head.get(self.locale)))
                .context("report")?;
            self.out = Some((path, out));
        }
        match &mut self.out {
            Some((_, out)) => Ok(out),
            None => Err(anyhow::anyhow!("the report was opened just now").into()),
        }
    }

    /// Where the report is, how much of it is on the disk now, the reasons, and what was kept.
    pub fn end(self) -> Result<Noted, Failure> {
        let mut noted = Noted {
            rejected: listed(self.rejected),
            kept: listed(self.kept),
            ..Noted::default()
        };
        if let Some((path, mut out)) = self.out {
            let mut on_disk = || -> std::io::Result<u64> {
                out.flush()?;
                out.get_ref().sync_all()?;
                Ok(out.get_ref().metadata()?.len())
            };
            noted.bytes = on_disk().context("report")?;
            noted.path = Some(path);
        }
        Ok(noted)
    }
}

fn listed(tallies: Reasons) -> Vec<Tally> {
    let mut all: Vec<Tally> = tallies.into_values().collect();
    all.sort_by_key(|tally| (std::cmp::Reverse(tally.count), tally.line));
    all
}

fn count(into: &mut Reasons, line: u64, (column, reason): (&'static str, Reason), value: &str) {
    let column = Cow::Borrowed(column);
    if let Some(tally) = into.get_mut(&(column.clone(), reason)) {
        tally.count += 1;
    } else if into.len() < KINDS {
        let tally = Tally {
            column: column.clone(),
            reason,
            count: 1,
            line,
            value: shared::input::line(value),
        };
        into.insert((column, reason), tally);
    }
}

/// A value as a cell that no spreadsheet runs, cut for the eye with its length told.
fn guarded(value: &str) -> String {
    let length = value.chars().count();
    let short: String = value.chars().take(VALUE).collect();
    let cell = crate::exports::cell(&short).into_owned();
    if length > VALUE {
        format!("{cell}… ({length})")
    } else {
        cell
    }
}
