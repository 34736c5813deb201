//! A file that came with a message: told by its bytes, bounded and sealed as an upload is, for whoever hangs it on the message in the transaction that
//! keeps it.
//! Not here: reading a mail, what is told of a file that is not taken (`gateway::incoming`).

use shared::file::{FileGroup, FileKind};
use shared::ids::BlobId;
use store::files::{Blob, Totals};

use super::keep::{cleaned, named};
use super::limits::Limits;
use super::look::{self, Source};
use super::write::{self, Clear};
use crate::context::Services;
use crate::fault::Failure;

/// Sealed bytes that no row knows yet.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    /// The name for saving.
    pub(crate) name: String,
    /// Their row.
    pub(crate) blob: Blob,
    /// The key that opens them.
    pub(crate) key: Vec<u8>,
}

/// Seals a file of a message that has so many already.
///
/// # Errors
/// `file.kind`, `file.too_large`, `file.too_many`, `file.quota`, `photo.type`, `photo.dimensions` for what is not taken; those of disk and store.
pub(crate) async fn sealed(
    services: &Services,
    (limits, has): (&Limits, Totals),
    (name, bytes): (&str, Vec<u8>),
) -> Result<Sealed, Failure> {
    let name = super::desk::plain_name(name);
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    limits.leaves(has, size)?;
    let (kind, bytes) = told(name.clone(), bytes).await?;
    limits.takes(kind, size, &name)?;
    let clear = if kind.group() == FileGroup::Photo {
        cleaned(services, move || Ok(bytes)).await?
    } else {
        Clear::of(kind, bytes)
    };
    let (blob, key) = write::sealed(services, BlobId(services.new_id()), &clear).await?;
    Ok(Sealed {
        name: named(&name, blob.kind),
        blob,
        key,
    })
}

/// What the bytes are, and the bytes again.
async fn told(name: String, bytes: Vec<u8>) -> Result<(FileKind, Vec<u8>), Failure> {
    let looked = tokio::task::spawn_blocking(move || {
        let read = |at: u64, most: usize| {
            let start = usize::try_from(at).unwrap_or(usize::MAX);
            let end = start.saturating_add(most).min(bytes.len());
            Ok::<_, std::io::Error>(bytes.get(start..end).unwrap_or_default().to_vec())
        };
        let source = Source {
            length: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            read: &read,
        };
        let kind = look::kind(&source, &name)?;
        Ok::<_, Failure>((kind, bytes))
    });
    looked.await.map_err(anyhow::Error::new)?
}
