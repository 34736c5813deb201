//! A Parquet file of rows: written whole, named after its checksum, checked when it is first read and whenever it looks changed.
//! Not here: which files there are (`manifest`), what stands in them (`row`).

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::object_store::path::Path;
use datafusion::object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::WriterProperties;

use crate::fault::Fault;
use crate::manifest::{Segment, checksum};
use crate::row::SCHEMA;

/// Rows of a group inside a file; groups are skipped by their least and greatest values.
const GROUP: usize = 128 * 1024;

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        Self::Engine(error.to_string())
    }
}

/// Where a file belongs.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// How often the copy was made anew.
    pub(crate) generation: u64,
    /// Of one month; none for the tail.
    pub(crate) month: Option<String>,
    /// The months of its rows.
    pub(crate) months: BTreeSet<String>,
    /// The greatest number of the feed in it.
    pub(crate) seq: i64,
}

/// A file that is being written.
pub(crate) struct Writing {
    inner: ArrowWriter<Vec<u8>>,
    /// How many rows it has.
    pub(crate) rows: u64,
}

impl Writing {
    /// An empty file.
    pub(crate) fn new() -> Result<Self, Fault> {
        let properties = WriterProperties::builder()
            .set_created_by("minsheng".to_owned())
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let schema: SchemaRef = SCHEMA.clone();
        Ok(Self {
            inner: ArrowWriter::try_new(Vec::new(), schema, Some(properties))?,
            rows: 0,
        })
    }

    /// Takes rows in.
    pub(crate) fn add(&mut self, batch: &RecordBatch) -> Result<(), Fault> {
        self.rows += batch.num_rows() as u64;
        Ok(self.inner.write(batch)?)
    }

    /// Puts the file into the store.
    pub(crate) async fn put(
        self,
        store: &Arc<dyn ObjectStore>,
        place: Place,
    ) -> Result<Segment, Fault> {
        let rows = self.rows;
        let bytes = self.inner.into_inner()?;
        let sha256 = checksum(&bytes);
        let name: String = sha256.chars().take(16).collect();
        let what = place.month.as_deref().unwrap_or("tail");
        let path = format!(
            "g{:06}/{what}-{}-{name}.parquet",
            place.generation, place.seq
        );
        let segment = Segment {
            path,
            month: place.month,
            months: place.months,
            rows,
            bytes: bytes.len() as u64,
            sha256,
            seq: place.seq,
        };
        store
            .put(&Path::from(segment.path.as_str()), bytes.into())
            .await?;
        Ok(segment)
    }
}

/// What a file looked like when it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    size: u64,
    changed: i64,
    tag: Option<String>,
}

impl Look {
    fn of(meta: &ObjectMeta) -> Self {
        Self {
            size: meta.size,
            changed: meta.last_modified.timestamp_micros(),
            tag: meta.e_tag.clone(),
        }
    }
}

/// Which files were checked.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    looks: Mutex<HashMap<String, Look>>,
}

impl Checked {
    /// Checks a file that was not yet, or that looks changed since.
    pub(crate) async fn check(
        &self,
        store: &Arc<dyn ObjectStore>,
        segment: &Segment,
    ) -> Result<(), Fault> {
        let path = Path::from(segment.path.as_str());
        let look = Look::of(&store.head(&path).await?);
        if look.size != segment.bytes {
            return Err(Fault::Damaged(segment.path.clone()));
        }
        if self.lock().get(&segment.path) == Some(&look) {
            return Ok(());
        }
        self.read(store, segment).await?;
        self.lock().insert(segment.path.clone(), look);
        Ok(())
    }

    /// Reads every byte of a file and compares it with what was written.
    pub(crate) async fn read(
        &self,
        store: &Arc<dyn ObjectStore>,
        segment: &Segment,
    ) -> Result<(), Fault> {
        let path = Path::from(segment.path.as_str());
        let bytes = store.get(&path).await?.bytes().await?;
        if checksum(&bytes) == segment.sha256 {
            return Ok(());
        }
        self.lock().remove(&segment.path);
        Err(Fault::Damaged(segment.path.clone()))
    }

    /// Forgets what is no longer named.
    pub(crate) fn keep(&self, is_named: impl Fn(&str) -> bool) {
        self.lock().retain(|path, _| is_named(path));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Look>> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
