//! Whether every row has its sealed bytes, whole: each object is read once and held against the digest in its row.
//! Not here: opening them; what is sealed is proven without its key.
//! What was destroyed has no bytes and is not asked for.

use aws_lc_rs::digest;
use futures::StreamExt as _;
use store::files::{self, Blob};

use crate::context::Services;
use crate::fault::Failure;

/// Rows read at once.
const PAGE: u32 = 200;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Rows.
    pub rows: u64,
    /// Keys of objects that are missing, cut or changed.
    pub wrong: Vec<String>,
}

/// Reads everything; takes as long as that takes.
///
/// # Errors
/// Of the database, or of the store's connection.
pub async fn check(services: &Services) -> Result<Checked, Failure> {
    let mut checked = Checked::default();
    let mut after = None;
    loop {
        let page = files::page(&services.store().reader(), after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(checked);
        };
        after = Some(last.id);
        for blob in page {
            checked.rows += 1;
            if !is_whole(services, &blob).await? && is_still_there(services, &blob).await? {
                checked.wrong.push(blob.path);
            }
        }
    }
}

async fn is_whole(services: &Services, blob: &Blob) -> Result<bool, Failure> {
    let Some(mut bytes) = services.vault().read(&blob.path).await? else {
        return Ok(false);
    };
    let (mut digest, mut size) = (digest::Context::new(&digest::SHA256), 0);
    while let Some(part) = bytes.next().await {
        let Ok(part) = part else { return Ok(false) };
        digest.update(&part);
        size += part.len() as i64;
    }
    Ok(size == blob.sealed_size && digest.finish().as_ref() == blob.sealed_sha256)
}

/// It may have been destroyed, or sealed anew elsewhere, while it was looked for.
async fn is_still_there(services: &Services, blob: &Blob) -> Result<bool, Failure> {
    let found = files::keyed(&services.store().reader(), blob.id).await?;
    Ok(found.is_some_and(|(_, path)| path == blob.path))
}
