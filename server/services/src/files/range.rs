//! Some of a file's clear bytes: only the parts that hold them are read and opened, one after the other.
//! Each part is proven for itself, so that a file that was changed or cut breaks off here as well.
//! Not here: which range somebody asks for (`server/web/files`).

use std::io;
use std::ops::Range;

use futures::stream::{StreamExt as _, try_unfold};
use store::files::Blob;

use super::open::{Bytes, keyed};
use super::sealing::{Cut, CutOpener};
use crate::context::Services;
use crate::fault::Failure;

/// The bytes of a range that lies inside the file and is not empty; nothing when the key was destroyed in between.
pub(super) async fn clear(
    services: &Services,
    blob: &Blob,
    range: Range<u64>,
) -> Result<Option<Bytes>, Failure> {
    if let Some(path) = &blob.open_path {
        let bytes = crate::photos::older::read(services, path).await?;
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let part = bytes.get(place(range.start)..place(range.end));
        let part = part.ok_or_else(|| anyhow::anyhow!("the photo {path} was cut"))?;
        return Ok(Some(futures::stream::iter([Ok(part.to_vec())]).boxed()));
    }
    // Parts lie at the same places under whichever key and provider.
    let cut = Cut::of(&range, blob.size.unsigned_abs());
    let found = keyed(services, blob.id, Some(cut.sealed.clone())).await?;
    let Some((key, sealed)) = found else {
        return Ok(None);
    };
    let opener = CutOpener::new(&key, blob.id, &cut).map_err(anyhow::Error::new)?;
    let opened = try_unfold((sealed, Some(opener)), async |(mut sealed, opener)| {
        let Some(mut opener) = opener else {
            return Ok::<_, io::Error>(None);
        };
        while let Some(part) = sealed.next().await {
            let clear = opener.push(&part?).map_err(io::Error::other)?;
            if !clear.is_empty() {
                return Ok(Some((clear, (sealed, Some(opener)))));
            }
        }
        let last = opener.finish().map_err(io::Error::other)?;
        Ok(Some((last, (sealed, None))))
    });
    // What stands before and behind the range in its first and last part is left out.
    let (mut skip, mut left) = (cut.skip, range.end - range.start);
    let bytes = opened.map(move |part| {
        let mut part = part?;
        let before = usize::try_from(skip).unwrap_or(usize::MAX).min(part.len());
        part.drain(..before);
        skip -= before as u64;
        part.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        left -= part.len() as u64;
        Ok(part)
    });
    Ok(Some(bytes.boxed()))
}
