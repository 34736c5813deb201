//! A photo while it comes in: written to the disk part by part, under a key that nobody keeps, and gone when it is dropped.
//! Not here: what a good photo is (`image`), where it is kept (`files::write`).

use std::io;
use std::sync::Arc;

use futures::{Stream, StreamExt as _};
use shared::fault::{Code, Fault};

use crate::context::Services;
use crate::fault::{Failure, disk};
use crate::files::staging::{Apart, Folder};

/// Largest file that is taken, in bytes.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;
/// What the person reads when it is larger.
const MAX_MB: u64 = 10;
/// Bytes that are written at once.
const PIECE: usize = 256 * 1024;

/// An upload on the disk, not yet looked at; removed when dropped.
pub(super) struct Incoming {
    file: Arc<Apart>,
    bytes: u64,
}

impl Incoming {
    /// How many bytes came in.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The bytes; at most `MAX_BYTES`. Blocking.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.bytes).unwrap_or(0);
        self.file.staged.read(0, length)
    }

    async fn write(&mut self, piece: Vec<u8>) -> Result<(), Failure> {
        let (file, at) = (Arc::clone(&self.file), self.bytes);
        self.bytes += piece.len() as u64;
        let written = tokio::task::spawn_blocking(move || file.staged.write(at, piece)).await;
        let written = written.map_err(anyhow::Error::new)?;
        written.map_err(|error| disk(error, "receiving a photo"))
    }
}

/// Writes an upload to the disk part by part; stops as soon as it is too large.
pub(super) async fn receive<S, B>(
    services: &Services,
    name: String,
    body: S,
) -> Result<Incoming, Failure>
where
    S: Stream<Item = io::Result<B>> + Send,
    B: AsRef<[u8]> + Send,
{
    let mut key = vec![0; 32];
    services.ids().fill(&mut key);
    let folder = Folder::below(&services.config().data_dir);
    let file = tokio::task::spawn_blocking(move || folder.apart(&name, &key)).await;
    let mut incoming = Incoming {
        file: Arc::new(file.map_err(anyhow::Error::new)??),
        bytes: 0,
    };
    let mut waiting = Vec::with_capacity(PIECE);
    let mut body = std::pin::pin!(body);
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| Fault::new(Code::InputBody).fact("detail", "photo"))?;
        let part = part.as_ref();
        if incoming.bytes + (waiting.len() + part.len()) as u64 > MAX_BYTES {
            return Err(Fault::new(Code::PhotoTooLarge)
                .fact("max_mb", MAX_MB)
                .into());
        }
        waiting.extend_from_slice(part);
        if waiting.len() >= PIECE {
            incoming.write(std::mem::take(&mut waiting)).await?;
        }
    }
    if !waiting.is_empty() {
        incoming.write(waiting).await?;
    }
    Ok(incoming)
}
