//! The checkpoints outside the database: one line of JSON each, appended, on the disk before it counts (P-32).
//! A line that broke off (no room, a power cut) is left as it is; the next one begins on a line of its own and the broken one is repeated.
//! Not here: making checkpoints (`jobs::seal`), comparing them (`verify`).

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use store::audit::Checkpoint;

/// Looked at, at the end of the file, for the newest whole line, in bytes. A line has less than 400.
const TAIL: u64 = 8_192;

/// The file of checkpoints outside the database.
pub(crate) fn checkpoints_file(data_dir: &Path) -> PathBuf {
    data_dir.join("audit").join("checkpoints.jsonl")
}

/// A checkpoint as it stands in the file.
#[derive(Debug, Deserialize)]
pub(crate) struct Outside {
    pub(crate) seq: i64,
    pub(crate) link: String,
}

/// A line of the file.
#[derive(Debug)]
pub(crate) enum Line {
    Good(Outside),
    /// Begins as a checkpoint does and breaks off.
    Torn,
    Bad,
}

impl Line {
    fn of(text: &[u8]) -> Self {
        match serde_json::from_slice(text) {
            Ok(checkpoint) => Self::Good(checkpoint),
            Err(error) if error.is_eof() && text.first().is_none_or(|it| *it == b'{') => Self::Torn,
            Err(_) => Self::Bad,
        }
    }
}

/// Every line; an absent file has none.
pub(crate) fn read(path: &Path) -> io::Result<Vec<Line>> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let text = text.strip_suffix(b"\n").unwrap_or(&text);
    if text.is_empty() {
        return Ok(Vec::new());
    }
    Ok(text.split(|it| *it == b'\n').map(Line::of).collect())
}

/// The newest position in the file, 0 without one.
pub(crate) fn newest(path: &Path) -> io::Result<i64> {
    match File::open(path) {
        Ok(mut file) => Ok(end_of(&mut file)?.0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// The newest position, and whether the file ends with a whole line.
fn end_of(file: &mut File) -> io::Result<(i64, bool)> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    let newest = tail
        .rsplit(|it| *it == b'\n')
        .find_map(|text| match Line::of(text) {
            Line::Good(checkpoint) => Some(checkpoint.seq),
            _ => None,
        });
    Ok((
        newest.unwrap_or(0),
        tail.last().is_none_or(|it| *it == b'\n'),
    ))
}

/// Appends those that are newer than the file's newest, and waits until file and folders are on the disk. Two servers may share the file.
pub(crate) fn append(path: &Path, checkpoints: &[Checkpoint]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut file = File::options()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?;
    file.lock()?;
    let (newest, whole) = end_of(&mut file)?;
    let mut text = String::new();
    if !whole {
        text.push('\n');
    }
    for one in checkpoints.iter().filter(|one| one.seq > newest) {
        let line = serde_json::json!({
            "seq": one.seq, "link": hex::encode(&one.link), "at": one.at,
            "key_id": one.key_id, "signature": hex::encode(&one.signature),
        });
        text.push_str(&format!("{line}\n"));
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    File::open(folder)?.sync_all()?;
    folder
        .parent()
        .map_or(Ok(()), |above| File::open(above)?.sync_all())
}

#[cfg(test)]
mod tests {
    use shared::calendar::Instant;

    use super::*;

    fn checkpoint(seq: i64) -> Checkpoint {
        Checkpoint {
            seq,
            link: vec![7; 32],
            at: Instant(seq),
            key_id: "k".to_owned(),
            signature: vec![9; 64],
        }
    }

    #[test]
    fn a_torn_line_is_passed_over_and_what_it_said_is_said_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = checkpoints_file(dir.path());
        append(&path, &[checkpoint(1), checkpoint(5)]).expect("written");
        let whole = std::fs::read(&path).expect("read");
        let first = whole.iter().position(|it| *it == b'\n').expect("a line") + 1;
        // At every byte of the second line.
        for length in first..whole.len() {
            std::fs::write(&path, &whole[..length]).expect("torn");
            let all = [checkpoint(1), checkpoint(5), checkpoint(9)];
            append(&path, &all).expect("written");
            let lines = read(&path).expect("read");
            let seqs: Vec<i64> = lines
                .iter()
                .filter_map(|line| match line {
                    Line::Good(one) => Some(one.seq),
                    _ => None,
                })
                .collect();
            assert_eq!(seqs, [1, 5, 9], "{length}");
            assert!(!lines.iter().any(|it| matches!(it, Line::Bad)), "{length}");
            assert_eq!(newest(&path).expect("read"), 9);
        }
    }

    #[test]
    fn what_is_there_is_not_said_twice() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = checkpoints_file(dir.path());
        assert_eq!(newest(&path).expect("none"), 0);
        for _ in 0..2 {
            append(&path, &[checkpoint(1), checkpoint(2)]).expect("written");
        }
        assert_eq!(read(&path).expect("read").len(), 2);
    }
}
