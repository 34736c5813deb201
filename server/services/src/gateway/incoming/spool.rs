//! The folder of mails that came in: a mail server puts each there as a file (`*.eml`, or a Maildir's `new/`), a job takes them each minute.
//! Not here: reading one (`mail`). A file goes to `done/` when its message is committed and not before; what is no mail goes to `bad/`.
//! Whoever keeps the mail server empties both.

use std::io;
use std::path::{Path, PathBuf};

use shared::fault::Code;

use super::{mail, take};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;

/// Files of one run.
const BATCH: usize = 50;
/// Bytes of a mail at most; a larger one is put to `bad/`.
const LARGEST: u64 = 25 << 20;

/// Where mails lie, unless the configuration names another folder.
#[must_use]
pub fn mails_folder(data_dir: &Path) -> PathBuf {
    data_dir.join("mail-in")
}

/// One batch.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let named = services.gateways().mails_in.clone();
    let folder = named.unwrap_or_else(|| mails_folder(&services.config().data_dir));
    let looked = folder.clone();
    let files = blocking(move || waiting(&looked)).await?;
    let more = files.len() > BATCH;
    let mut done = Done { count: 0, more };
    for file in files.into_iter().take(BATCH) {
        let path = file.clone();
        let raw = blocking(move || content(&path)).await?;
        let parcel = raw.and_then(|raw| mail::read(&raw, services.now()));
        let kept = match parcel {
            None => false,
            Some(parcel) => match take(services, parcel).await {
                Ok(_) => true,
                Err(fault) if fault.code == Code::InputBody => false,
                // It stays where it is, and is taken the next time.
                Err(fault) => return Err(fault.into()),
            },
        };
        if !kept {
            tracing::warn!(file = %file.display(), "a file among the incoming mails is none, or larger than is taken; it lies in bad/");
            metrics::counter!("minsheng_incoming_bad_total").increment(1);
        }
        let to = folder.join(if kept { "done" } else { "bad" });
        blocking(move || put_away(&file, &to)).await?;
        done.count += 1;
    }
    Ok(done)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done
        .map_err(anyhow::Error::new)?
        .map_err(anyhow::Error::new)?)
}

/// The files that wait, one more than a batch at most; none where there is no folder.
fn waiting(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = files_of(folder, is_mail)?;
    found.extend(files_of(&folder.join("new"), |_| true)?);
    found.sort();
    found.truncate(BATCH + 1);
    Ok(found)
}

fn is_mail(name: &str) -> bool {
    let end = Path::new(name).extension();
    end.is_some_and(|end| end.eq_ignore_ascii_case("eml"))
}

fn files_of(folder: &Path, is_one: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A link would lead out of the folder.
        if entry.file_type()?.is_file() && !name.starts_with('.') && is_one(&name) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// What a file holds; nothing for one that is too large.
fn content(path: &Path) -> io::Result<Option<Vec<u8>>> {
    if std::fs::metadata(path)?.len() > LARGEST {
        return Ok(None);
    }
    std::fs::read(path).map(Some)
}

fn put_away(file: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    match file.file_name() {
        Some(name) => std::fs::rename(file, to.join(name)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_found_and_put_away() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = mails_folder(dir.path());
        assert!(waiting(&folder).expect("nothing yet").is_empty());
        std::fs::create_dir_all(folder.join("new")).expect("a folder");
        for name in ["b.eml", "a.tmp", ".c.eml", "new/1.host"] {
            std::fs::write(folder.join(name), "x").expect("a file");
        }
        let found = waiting(&folder).expect("read");
        assert_eq!(found, [folder.join("b.eml"), folder.join("new/1.host")]);
        put_away(&found[0], &folder.join("done")).expect("moved");
        assert!(folder.join("done/b.eml").exists());
        assert_eq!(waiting(&folder).expect("read").len(), 1);
    }
}
