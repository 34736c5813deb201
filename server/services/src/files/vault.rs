//! Where sealed files lie: the folder `files` below the data folder, or a store that speaks S3. One small type over `object_store`.
//! A file is whole and on the disk, folders included, before its row is written (the library's fsync is off unless asked for).
//! Not here: what is in the files (`sealing`), their rows (`store::files`).

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use aws_lc_rs::digest;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{
    GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt as _, WriteMultipart,
};

use crate::fault::{Failure, disk};

/// Bytes of a part on its way to the store; S3 takes no smaller ones.
const PART: usize = 5 << 20;

/// The store of sealed files. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Place);

#[derive(Clone)]
enum Place {
    Folder(PathBuf),
    #[cfg(feature = "s3")]
    Remote(Arc<dyn ObjectStore>),
}

/// What lies in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its key.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// When it was written, in milliseconds since 1970 of whoever keeps it.
    pub at: i64,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) size: i64,
    pub(super) sha256: Vec<u8>,
}

/// The key of a file: two digits as a folder, so that none grows too large.
pub(super) fn key_of(id: uuid::Uuid) -> String {
    let hex = id.simple().to_string();
    format!("{}/{hex}", &hex[30..])
}

impl Vault {
    /// The folder below the data folder. Nothing is made before something is written.
    pub fn below(data_dir: &Path) -> Self {
        Self(Place::Folder(data_dir.join("files")))
    }

    /// A bucket that speaks S3; address, bucket and keys come from the usual `AWS_…` variables.
    ///
    /// # Errors
    /// When they do not say enough.
    #[cfg(feature = "s3")]
    pub fn bucket(name: &str) -> anyhow::Result<Self> {
        let store = object_store::aws::AmazonS3Builder::from_env()
            .with_bucket_name(name)
            .build()
            .context("the bucket for files cannot be used")?;
        Ok(Self(Place::Remote(Arc::new(store))))
    }

    /// The folder, where it is one.
    pub fn folder(&self) -> Option<&Path> {
        match &self.0 {
            Place::Folder(folder) => Some(folder),
            #[cfg(feature = "s3")]
            Place::Remote(_) => None,
        }
    }

    /// Makes the folder, and waits until it is on the disk: the library syncs what lies in it. Blocking.
    fn make(&self) -> Result<(), Failure> {
        let Some(folder) = self.folder() else {
            return Ok(());
        };
        crate::installation::private_folder(folder)?;
        let above = folder.parent().unwrap_or(folder);
        let synced = std::fs::File::open(above).and_then(|above| above.sync_all());
        synced.map_err(|error| disk(error, "the store of files"))
    }

    fn open(&self) -> Result<Option<Arc<dyn ObjectStore>>, Failure> {
        match &self.0 {
            Place::Folder(folder) => {
                if !folder.is_dir() {
                    return Ok(None);
                }
                let store = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
                Ok(Some(Arc::new(store.with_fsync(true))))
            }
            #[cfg(feature = "s3")]
            Place::Remote(store) => Ok(Some(Arc::clone(store))),
        }
    }

    /// Begins a file; nobody sees it before it is finished.
    pub(super) async fn begin(&self, key: &str) -> Result<Writing, Failure> {
        let place = self.clone();
        let made = tokio::task::spawn_blocking(move || place.make()).await;
        made.map_err(anyhow::Error::new)??;
        let store = self.open()?.context("no store for files")?;
        let upload = store.put_multipart(&Key::from(key)).await.map_err(failed)?;
        Ok(Writing {
            upload: WriteMultipart::new_with_chunk_size(upload, PART),
            digest: digest::Context::new(&digest::SHA256),
            size: 0,
            file: self.folder().map(|folder| folder.join(key)),
        })
    }

    /// A file's bytes; nothing when there is none.
    ///
    /// # Errors
    /// Of the disk or of the store's connection.
    pub async fn read(
        &self,
        key: &str,
    ) -> Result<Option<BoxStream<'static, std::io::Result<Vec<u8>>>>, Failure> {
        let Some(store) = self.open()? else {
            return Ok(None);
        };
        match store.get(&Key::from(key)).await {
            Ok(found) => Ok(Some(plain(found))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Some of a file's bytes; nothing when there is none.
    pub(super) async fn read_range(
        &self,
        key: &str,
        range: Range<u64>,
    ) -> Result<Option<BoxStream<'static, std::io::Result<Vec<u8>>>>, Failure> {
        let Some(store) = self.open()? else {
            return Ok(None);
        };
        let options = GetOptions {
            range: Some(GetRange::Bounded(range.clone())),
            ..GetOptions::default()
        };
        match store.get_opts(&Key::from(key), options).await {
            Ok(found) => Ok(Some(plain(found))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => {
                // A range behind the end is no trouble of the store: the file was cut.
                let there = store.head(&Key::from(key)).await;
                if there.is_ok_and(|there| there.size < range.end) {
                    return Err(anyhow::anyhow!("the file {key} was cut").into());
                }
                Err(failed(error))
            }
        }
    }

    /// Removes a file; one that is already gone is as good.
    pub(super) async fn drop_file(&self, key: &str) -> Result<(), Failure> {
        let Some(store) = self.open()? else {
            return Ok(());
        };
        match store.delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// Makes a file of the folder as if it were written now, so that the sweep leaves it for another day to whoever reads it by the row of a moment
    /// ago. Whoever misses one of a bucket looks for its row again.
    pub(super) async fn touch(&self, key: &str) {
        let Some(path) = self.folder().map(|folder| folder.join(key)) else {
            return;
        };
        let touched = tokio::task::spawn_blocking(move || touch(&path)).await;
        let touched = touched.map_err(std::io::Error::other).and_then(|it| it);
        if let Err(error) = touched {
            tracing::warn!(file.path = key, cause = %error, "the time of a file could not be set");
        }
    }

    /// Everything that lies there.
    ///
    /// # Errors
    /// Of the disk or of the store's connection.
    pub async fn list(&self) -> Result<Vec<Kept>, Failure> {
        let Some(store) = self.open()? else {
            return Ok(Vec::new());
        };
        let mut found = store.list(None);
        let mut all = Vec::new();
        while let Some(object) = found.next().await {
            let object = object.map_err(failed)?;
            all.push(Kept {
                path: object.location.to_string(),
                size: object.size,
                at: object.last_modified.timestamp_millis(),
            });
        }
        Ok(all)
    }
}

fn plain(found: GetResult) -> BoxStream<'static, std::io::Result<Vec<u8>>> {
    let bytes = found.into_stream().map(|part| {
        part.map(|part| part.to_vec())
            .map_err(std::io::Error::other)
    });
    bytes.boxed()
}

/// A file that is being written.
pub(super) struct Writing {
    upload: WriteMultipart,
    digest: digest::Context,
    size: u64,
    file: Option<PathBuf>,
}

impl Writing {
    pub(super) async fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.upload.wait_for_capacity(1).await.map_err(failed)?;
        self.digest.update(bytes);
        self.size += bytes.len() as u64;
        self.upload.write(bytes);
        Ok(())
    }

    /// Gives the file its name when it is on the disk.
    pub(super) async fn finish(self) -> Result<Written, Failure> {
        self.upload.finish().await.map_err(failed)?;
        if let Some(file) = self.file {
            let tightened = tokio::task::spawn_blocking(move || private(&file)).await;
            tightened.map_err(anyhow::Error::new)??;
        }
        Ok(Written {
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
            sha256: self.digest.finish().as_ref().to_vec(),
        })
    }

    /// Leaves nothing behind.
    pub(super) async fn abort(self) {
        if let Err(error) = self.upload.abort().await {
            tracing::warn!(cause = %error, "a file that was not finished could not be removed; the sweep takes it");
        }
    }
}

/// Sets the time of a file to now.
pub(crate) fn touch(path: &Path) -> std::io::Result<()> {
    use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, UTIME_OMIT, utimensat};
    let time = |tv_nsec| Timespec { tv_sec: 0, tv_nsec };
    let times = Timestamps {
        last_access: time(UTIME_OMIT),
        last_modification: time(UTIME_NOW),
    };
    utimensat(CWD, path, &times, AtFlags::empty()).map_err(std::io::Error::from)
}

/// The library makes files and folders as the process's mask says; here they are their owner's alone.
fn private(file: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
            .map_err(|error| disk(error, "closing a file to others"))
    };
    set(file, 0o600)?;
    file.parent().map_or(Ok(()), |folder| set(folder, 0o700))
}

/// A failure of the store; of a disk that is full it says so.
fn failed(error: object_store::Error) -> Failure {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return disk(
                std::io::Error::new(io.kind(), error.to_string()),
                "the store of files",
            );
        }
        source = inner.source();
    }
    disk(std::io::Error::other(error), "the store of files")
}
