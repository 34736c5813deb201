//! Files in a bucket, as the engine's library of stores asks for them. The library's own client for buckets wants other versions of what the program has, so
//! whoever opens the copy brings a bucket.
//! Not here: how a bucket is spoken to (`services`), which files there are (`manifest`).
//! A file never changes once it is written, but for the manifest, which is read whole.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::DateTime;
use datafusion::object_store::path::Path;
use datafusion::object_store::{
    Attributes, CopyOptions, Error, GetOptions, GetResult, GetResultPayload, ListResult,
    MultipartUpload, ObjectMeta, ObjectStore, PutMode, PutMultipartOptions, PutOptions, PutPayload,
    PutResult, Result,
};
use futures::future::BoxFuture;
use futures::stream::{self, BoxStream};
use futures::{StreamExt as _, TryStreamExt as _};

/// What lies in a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its key.
    pub key: String,
    /// Bytes.
    pub size: u64,
    /// When it was written, in milliseconds since 1970 of whoever keeps it.
    pub at: i64,
    /// What changes with its bytes.
    pub tag: Option<String>,
}

/// What a bucket comes to, or why not, in words.
pub type Said<T> = std::result::Result<T, String>;

/// A bucket that keeps the files of the copy.
pub trait Bucket: Send + Sync + 'static {
    /// Puts an object in place of the one before.
    fn put<'a>(&'a self, key: &'a str, bytes: Vec<u8>) -> BoxFuture<'a, Said<()>>;

    /// An object's bytes, or some of them; none where there is none.
    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> BoxFuture<'a, Said<Option<Vec<u8>>>>;

    /// What an object is; none where there is none.
    fn head<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Said<Option<Object>>>;

    /// Everything that lies there.
    fn list(&self) -> BoxFuture<'_, Said<Vec<Object>>>;

    /// Removes an object; one that is already gone is as good.
    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Said<()>>;
}

/// A bucket as the engine's store of files.
pub struct Remote(Arc<dyn Bucket>);

impl Remote {
    /// Over a bucket.
    #[must_use]
    pub fn over(bucket: Arc<dyn Bucket>) -> Self {
        Self(bucket)
    }

    async fn meta(&self, location: &Path) -> Result<ObjectMeta> {
        let found = self.0.head(location.as_ref()).await.map_err(failed)?;
        meta(found.ok_or_else(|| missing(location))?)
    }

    async fn bytes(&self, location: &Path, range: Option<Range<u64>>) -> Result<Vec<u8>> {
        let found = self.0.get(location.as_ref(), range).await;
        found.map_err(failed)?.ok_or_else(|| missing(location))
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Remote")
    }
}

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a bucket")
    }
}

fn failed(why: String) -> Error {
    Error::Generic {
        store: "bucket",
        source: why.into(),
    }
}

fn missing(location: &Path) -> Error {
    Error::NotFound {
        path: location.to_string(),
        source: "there is none".into(),
    }
}

fn unasked(what: &str) -> Error {
    Error::NotSupported {
        source: what.to_owned().into(),
    }
}

fn meta(object: Object) -> Result<ObjectMeta> {
    Ok(ObjectMeta {
        location: Path::parse(object.key)?,
        last_modified: DateTime::from_timestamp_millis(object.at).unwrap_or_default(),
        size: object.size,
        e_tag: object.tag,
        version: None,
    })
}

/// Bytes in one piece, of the kind that the library has.
fn piece<T: From<Vec<u8>> + Send + 'static>(bytes: Vec<u8>) -> BoxStream<'static, Result<T>> {
    stream::once(async move { Ok(T::from(bytes)) }).boxed()
}

#[async_trait]
impl ObjectStore for Remote {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        opts: PutOptions,
    ) -> Result<PutResult> {
        if !matches!(opts.mode, PutMode::Overwrite) {
            return Err(unasked("putting on a condition"));
        }
        let mut bytes = Vec::with_capacity(payload.content_length());
        for part in &payload {
            bytes.extend_from_slice(part);
        }
        let put = self.0.put(location.as_ref(), bytes).await;
        put.map_err(failed)?;
        Ok(PutResult {
            e_tag: None,
            version: None,
        })
    }

    async fn put_multipart_opts(
        &self,
        _: &Path,
        _: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        Err(unasked("putting in parts"))
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        let mut meta = self.meta(location).await?;
        options.check_preconditions(&meta)?;
        let (bytes, range) = match &options.range {
            _ if options.head => (Vec::new(), 0..meta.size),
            Some(range) => {
                let range = range.as_range(meta.size);
                let range = range.map_err(|error| failed(error.to_string()))?;
                (self.bytes(location, Some(range.clone())).await?, range)
            }
            None => {
                // It may have been put anew since it was looked at.
                let bytes = self.bytes(location, None).await?;
                meta.size = bytes.len() as u64;
                (bytes, 0..meta.size)
            }
        };
        Ok(GetResult {
            payload: GetResultPayload::Stream(piece(bytes)),
            meta,
            range,
            attributes: Attributes::new(),
        })
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        let bucket = Arc::clone(&self.0);
        let each = locations.then(move |location| {
            let bucket = Arc::clone(&bucket);
            async move {
                let location = location?;
                let gone = bucket.delete(location.as_ref()).await;
                gone.map_err(failed)?;
                Ok(location)
            }
        });
        each.boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let (bucket, prefix) = (Arc::clone(&self.0), prefix.cloned());
        let all = async move {
            let found = bucket.list().await.map_err(failed)?;
            let all: Vec<ObjectMeta> = found.into_iter().map(meta).collect::<Result<_>>()?;
            let is_below = move |it: &ObjectMeta| {
                let prefix = prefix.as_ref();
                prefix.is_none_or(|prefix| it.location.prefix_matches(prefix))
            };
            let below: Vec<Result<ObjectMeta>> = all.into_iter().filter(is_below).map(Ok).collect();
            Ok::<_, Error>(stream::iter(below))
        };
        stream::once(all).try_flatten().boxed()
    }

    async fn list_with_delimiter(&self, _: Option<&Path>) -> Result<ListResult> {
        Err(unasked("listing by folders"))
    }

    async fn copy_opts(&self, _: &Path, _: &Path, _: CopyOptions) -> Result<()> {
        Err(unasked("copying"))
    }
}
