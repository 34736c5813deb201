//! The manifest: which files are the copy, and up to which number of the change feed they say what the tables say.
//! Not here: what stands in the files (`segment`).
//! It is put whole, by one rename or one request, and carries its own checksum; a file that it does not name is nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use datafusion::object_store::path::Path;
use datafusion::object_store::{self, ObjectStore, ObjectStoreExt as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::fault::Fault;

/// The layout that this program writes.
pub(crate) const LAYOUT: u32 = 2;
/// Where it stands.
const NAME: &str = "manifest";

/// A file of the copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Segment {
    /// Its path in the store of files.
    pub(crate) path: String,
    /// Of one month; none for a piece of the tail.
    pub(crate) month: Option<String>,
    /// The months of its rows.
    pub(crate) months: BTreeSet<String>,
    /// How many rows.
    pub(crate) rows: u64,
    /// How many bytes.
    pub(crate) bytes: u64,
    /// Their checksum.
    pub(crate) sha256: String,
    /// The greatest number of the feed under which a row of it was written.
    pub(crate) seq: i64,
}

/// The copy as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Layout of rows and files.
    pub(crate) layout: u32,
    /// How often it was made anew.
    pub(crate) generation: u64,
    /// Number of the change feed up to which it has everything.
    pub(crate) watermark: i64,
    /// Its files.
    pub(crate) files: Vec<Segment>,
    /// Files of which it was made, which somebody may still be reading.
    pub(crate) retired: Vec<String>,
}

impl Manifest {
    /// Nothing yet.
    pub(crate) const fn empty() -> Self {
        Self {
            layout: LAYOUT,
            generation: 0,
            watermark: 0,
            files: Vec::new(),
            retired: Vec::new(),
        }
    }

    /// The pieces of the tail.
    pub(crate) fn tail(&self) -> impl Iterator<Item = &Segment> {
        self.files.iter().filter(|file| file.month.is_none())
    }

    /// The months that the tail says something about.
    pub(crate) fn touched(&self) -> BTreeSet<String> {
        self.tail().flat_map(|file| file.months.clone()).collect()
    }

    /// Reads it; none where nothing was built.
    pub(crate) async fn load(store: &Arc<dyn ObjectStore>) -> Result<Option<Self>, Fault> {
        let bytes = match store.get(&Path::from(NAME)).await {
            Ok(found) => found.bytes().await?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let damaged = || Fault::Damaged(NAME.to_owned());
        let text = std::str::from_utf8(&bytes).map_err(|_| damaged())?;
        let (sum, body) = text.split_once('\n').ok_or_else(damaged)?;
        if sum != checksum(body.as_bytes()) {
            return Err(damaged());
        }
        let read: Self = serde_json::from_str(body).map_err(|_| damaged())?;
        if read.layout == LAYOUT {
            Ok(Some(read))
        } else {
            Err(Fault::Layout(read.layout))
        }
    }

    /// Puts it in place of the one before.
    pub(crate) async fn put(&self, store: &Arc<dyn ObjectStore>) -> Result<(), Fault> {
        let body = serde_json::to_string(self).map_err(|error| Fault::Files(error.to_string()))?;
        let text = format!("{}\n{body}", checksum(body.as_bytes()));
        store
            .put(&Path::from(NAME), text.into_bytes().into())
            .await?;
        Ok(())
    }

    /// Leaves out files that were replaced, and remembers them until the next change.
    pub(crate) fn retire(&mut self, gone: &BTreeSet<String>) {
        self.files.retain(|file| !gone.contains(&file.path));
        self.retired = gone.iter().cloned().collect();
    }

    /// Names a file; what has the same bytes has the same name.
    pub(crate) fn enter(&mut self, segment: Segment) {
        self.files.retain(|file| file.path != segment.path);
        self.files.push(segment);
    }

    /// Whether a path is its own, or one that may still be read.
    pub(crate) fn knows(&self, path: &str) -> bool {
        path == NAME
            || self.files.iter().any(|file| file.path == path)
            || self.retired.iter().any(|retired| retired == path)
    }
}

/// The checksum of bytes, in hexadecimal digits.
pub(crate) fn checksum(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
