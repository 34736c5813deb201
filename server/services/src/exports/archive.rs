//! Several tables out of gathered rows, and one archive of several files, under a password where one is asked for (AES-256, the way of WinZip and 7-Zip).
//! Not here: gathering (`chunk`, `related`), workbooks (`workbook`). Blocking work in constant memory; what lies on the disk beside it has no name.
//! The names of the files inside an archive can be read without the password: they say the day and the job, and nothing else.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write as _};

use shared::export::ExportPart;
use shared::job::ExportFormat;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

use super::format::{self, Value};
use super::related::Line;
use super::workbook::{nameless, scratch};
use crate::context::Services;
use crate::fault::{Failure, disk};

/// Letters and digits that nobody takes for others.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How many of them a password has: a hundred bits.
const LENGTH: usize = 20;
/// Rows that are written at once.
const ROWS: usize = 500;

/// A password for one archive, in groups of five.
pub(super) fn password(services: &Services) -> String {
    let mut random = [0_u8; LENGTH];
    services.ids().fill(&mut random);
    let mut password = String::with_capacity(LENGTH + 3);
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 5 == 0 {
            password.push('-');
        }
        let sign = SIGNS.get(usize::from(byte % 32));
        password.push(char::from(*sign.unwrap_or(&b'X')));
    }
    password
}

/// One of the tables that gathered rows become.
pub(super) struct Target {
    /// Which related part; the list itself without one.
    pub(super) part: Option<ExportPart>,
    /// The headings.
    pub(super) heads: Vec<String>,
    /// Names of the columns that stay the same in every language.
    pub(super) keys: Vec<String>,
}

/// A table while it is written.
struct Table {
    target: Target,
    format: ExportFormat,
    file: BufWriter<File>,
    rows: Vec<Vec<Value>>,
}

impl Table {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = self.file.write_all(bytes);
        written.map_err(|error| disk(error, "writing a table"))
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let bytes = format::rows(self.format, &self.target.keys, &self.rows)?;
        self.rows.clear();
        self.put(&bytes)
    }

    fn add(&mut self, row: Vec<Value>) -> Result<(), Failure> {
        self.rows.push(row);
        if self.rows.len() >= ROWS {
            self.flush()?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<File, Failure> {
        self.flush()?;
        let file = self
            .file
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error);
        let file = file.and_then(|mut file| {
            file.seek(SeekFrom::Start(0))?;
            Ok(file)
        });
        file.map_err(|error| disk(error, "writing a table"))
    }
}

/// A gathered line: a row of the list, or one of a related part.
fn read(line: &str) -> Result<(Option<ExportPart>, Vec<Value>), Failure> {
    if line.starts_with('[') {
        let row = serde_json::from_str(line).map_err(anyhow::Error::new)?;
        return Ok((None, row));
    }
    let line: Line = serde_json::from_str(line).map_err(anyhow::Error::new)?;
    Ok((Some(line.part), line.row))
}

/// Writes the gathered rows as so many tables, in the order of the targets; each file stands at its beginning.
pub(super) async fn spread(
    services: &Services,
    rows: impl Read + Send + 'static,
    (targets, format): (Vec<Target>, ExportFormat),
) -> Result<Vec<File>, Failure> {
    let (folder, name) = (scratch(services), services.new_id().to_string());
    let spread = move || -> Result<Vec<File>, Failure> {
        let mut tables = Vec::with_capacity(targets.len());
        for (n, target) in targets.into_iter().enumerate() {
            let file = nameless(&folder, &format!("{name}-{n}"));
            let file = file.map_err(|error| disk(error, "beginning a table"))?;
            let mut table = Table {
                target,
                format,
                file: BufWriter::new(file),
                rows: Vec::with_capacity(ROWS),
            };
            let head = format::head(format, &table.target.heads)?;
            table.put(&head)?;
            tables.push(table);
        }
        for line in BufReader::new(rows).lines() {
            let line = line.map_err(|error| disk(error, "reading gathered rows"))?;
            let (part, row) = read(&line)?;
            let table = tables.iter_mut().find(|table| table.target.part == part);
            if let Some(table) = table {
                table.add(row)?;
            }
        }
        tables.into_iter().map(Table::end).collect()
    };
    tokio::task::spawn_blocking(spread)
        .await
        .map_err(anyhow::Error::new)?
}

/// A file for an archive: its name there, and what stands in it.
pub(super) type Entry = (String, Box<dyn Read + Send>);

/// Packs files, under a password where there is one; the archive stands at its beginning.
pub(super) async fn packed(
    services: &Services,
    entries: Vec<Entry>,
    password: Option<String>,
) -> Result<File, Failure> {
    let (folder, name) = (scratch(services), services.new_id().to_string());
    let make = move || -> Result<File, Failure> {
        let file = nameless(&folder, &name).map_err(|error| disk(error, "beginning an archive"))?;
        Ok(pack(entries, password.as_deref(), file)?)
    };
    tokio::task::spawn_blocking(make)
        .await
        .map_err(anyhow::Error::new)?
}

fn pack(entries: Vec<Entry>, password: Option<&str>, file: File) -> anyhow::Result<File> {
    let mut archive = ZipWriter::new(file);
    for (name, mut content) in entries {
        // Each may be longer than four gigabytes.
        let plain = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(true);
        match password {
            Some(password) => {
                let locked = plain.with_aes_encryption(AesMode::Aes256, password);
                archive.start_file(name, locked)?;
            }
            None => archive.start_file(name, plain)?,
        }
        std::io::copy(&mut content, &mut archive)?;
    }
    let mut file = archive.finish()?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zip::ZipArchive;

    use super::*;

    fn entries() -> Vec<Entry> {
        let content: Box<dyn Read + Send> = Box::new(Cursor::new(b"number,state\r\n".to_vec()));
        vec![("tickets.csv".to_owned(), content)]
    }

    fn packed_as(password: Option<&str>) -> ZipArchive<File> {
        let file = tempfile::tempfile().expect("a file");
        let file = pack(entries(), password, file).expect("packed");
        ZipArchive::new(file).expect("an archive")
    }

    #[test]
    fn an_archive_opens_with_its_password_alone() {
        let mut archive = packed_as(Some("AAAAA-BBBBB"));
        assert!(archive.by_name("tickets.csv").is_err(), "no password");
        let wrong = archive
            .by_name_decrypt("tickets.csv", b"AAAAA-CCCCC")
            .is_ok_and(|mut file| file.read_to_string(&mut String::new()).is_ok());
        assert!(!wrong, "another password");
        let mut file = archive
            .by_name_decrypt("tickets.csv", b"AAAAA-BBBBB")
            .expect("opens");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("reads");
        assert_eq!(text, "number,state\r\n");
    }

    #[test]
    fn without_a_password_it_is_a_usual_archive() {
        let mut archive = packed_as(None);
        let mut text = String::new();
        let mut file = archive.by_name("tickets.csv").expect("opens");
        file.read_to_string(&mut text).expect("reads");
        assert_eq!(text, "number,state\r\n");
    }

    #[test]
    fn lines_tell_of_which_table_they_are() {
        let (part, row) = read("[{\"w\":\"1\"}]").expect("a row");
        assert_eq!((part, row.len()), (None, 1));
        let line = "{\"p\":\"history\",\"r\":[{\"w\":\"1\"},{\"n\":2}]}";
        let (part, row) = read(line).expect("a line");
        assert_eq!((part, row.len()), (Some(ExportPart::History), 2));
    }
}
