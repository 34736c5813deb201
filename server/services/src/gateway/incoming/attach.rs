//! Files that hang on a mail: those that the house takes are sealed before the message has its row and hung on it in its transaction; of the others the
//! message says in words why they are not kept.
//! Not here: what is taken (`files`), reading a mail (`mail`). What belongs to a ticket goes over to it (`fact`, `shelf`).

use shared::fault::Code;
use shared::file::Hook;
use shared::ids::FileId;
use shared::incoming::{FileRefusal, MOST_FILES, MOST_REFUSED, RefusedFile};
use store::Tx;
use store::files::{self, Reference, Totals};
use store::incoming::IncomingMessage;

use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::files::Limits;
use crate::files::letter::{self, Sealed};
use crate::files::write;

/// Files of a mail that are looked at; more are counted.
pub(super) const LOOKED_AT: usize = MOST_FILES + MOST_REFUSED;
/// Characters of the name of a file that is not kept.
const NAME: usize = 120;

/// A file as it hangs on a mail.
#[derive(Debug, Clone)]
pub(crate) struct Attached {
    /// The sender's name of it.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// What comes of the files of a message.
#[derive(Debug, Clone, Default)]
pub(super) struct Looked {
    /// Sealed, and in no row yet.
    pub(super) kept: Vec<Sealed>,
    /// Not taken.
    pub(super) refused: Vec<RefusedFile>,
    /// Not taken, and not named.
    pub(super) more: u32,
}

impl Looked {
    fn refuse(&mut self, name: &str, why: FileRefusal) {
        if self.refused.len() < MOST_REFUSED {
            let name = shared::input::line(name);
            let name = name.chars().filter(|c| !matches!(c, '\0' | '\u{202E}'));
            self.refused.push(RefusedFile {
                name: name.take(NAME).collect(),
                why,
            });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Takes away what was sealed and has no row.
    pub(super) async fn undo(&self, services: &Services, failure: Option<&Failure>) {
        let paths: Vec<String> = self.kept.iter().map(|it| it.blob.path.clone()).collect();
        if !paths.is_empty() {
            write::undo(services, failure, &paths).await;
        }
    }
}

/// Seals what is taken of the files of a message.
///
/// # Errors
/// `storage.full` and those of disk and store: then nothing is kept, and the message comes again.
pub(super) async fn look(services: &Services, files: Vec<Attached>) -> Result<Looked, Failure> {
    let mut looked = Looked::default();
    if files.is_empty() {
        return Ok(looked);
    }
    let limits = Limits::read(&services.store().reader()).await?;
    let config = services.config();
    write::leaves_room(&config.data_dir, config.limits.free_mb)?;
    let mut has = Totals::default();
    for Attached { name, bytes } in files {
        if looked.kept.len() >= MOST_FILES {
            looked.refuse(&name, FileRefusal::Many);
            continue;
        }
        match letter::sealed(services, (&limits, has), (&name, bytes)).await {
            Ok(sealed) => {
                has.count += 1;
                has.bytes += sealed.blob.size;
                looked.kept.push(sealed);
            }
            Err(failure) => {
                let Some(why) = why(&failure) else {
                    looked.undo(services, Some(&failure)).await;
                    return Err(failure);
                };
                looked.refuse(&name, why);
            }
        }
    }
    Ok(looked)
}

/// Why a file is not taken; nothing where that is no matter of the file.
fn why(failure: &Failure) -> Option<FileRefusal> {
    let Failure::Fault(fault) = failure else {
        return None;
    };
    match fault.code {
        Code::FileKind => Some(FileRefusal::Kind),
        Code::FileTooLarge => Some(FileRefusal::Large),
        Code::PhotoType | Code::PhotoDimensions => Some(FileRefusal::Picture),
        Code::FileTooMany | Code::FileQuota => Some(FileRefusal::Many),
        _ => None,
    }
}

/// Hangs what was sealed on its message.
pub(super) async fn hang(
    tx: &Tx,
    ctx: &Ctx,
    message: &IncomingMessage,
    kept: &[Sealed],
) -> Result<(), Failure> {
    for file in kept {
        files::put(tx, &file.blob, &file.key).await?;
        let reference = Reference {
            id: FileId(ctx.services.new_id()),
            blob: file.blob.id,
            hook: Hook::message(message.id),
            version: 0,
            name: file.name.clone(),
            by: None,
            by_name: String::new(),
            at: message.kept_at,
        };
        files::refer(tx, &reference).await?;
    }
    Ok(())
}
