//! A bucket that speaks S3, for what is neither sealed nor a file of a case: the analytic copy. Address and keys come from the usual `AWS_…` variables.
//! Not here: files of cases (`vault`), what the objects are. Only in a program that was built with the feature `s3`.

use std::ops::Range;
use std::sync::Arc;

use anyhow::Context as _;
use futures::StreamExt as _;
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _};

/// An object as it lies there.
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

/// A bucket. Cheap to clone.
#[derive(Clone)]
pub struct Objects(Arc<dyn ObjectStore>);

impl Objects {
    /// A bucket by its name.
    ///
    /// # Errors
    /// When the variables do not say enough.
    pub fn of(name: &str) -> anyhow::Result<Self> {
        let store = object_store::aws::AmazonS3Builder::from_env()
            .with_bucket_name(name)
            .build()
            .context("the bucket for the analytic copy cannot be used")?;
        Ok(Self(Arc::new(store)))
    }

    /// Puts an object in place of the one before.
    ///
    /// # Errors
    /// Of the connection.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        self.0.put(&Key::from(key), bytes.into()).await?;
        Ok(())
    }

    /// An object's bytes, or some of them; none where there is none.
    ///
    /// # Errors
    /// Of the connection.
    pub async fn get(
        &self,
        key: &str,
        range: Option<Range<u64>>,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        match self.0.get_opts(&Key::from(key), options).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What an object is; none where there is none.
    ///
    /// # Errors
    /// Of the connection.
    pub async fn head(&self, key: &str) -> anyhow::Result<Option<Object>> {
        match self.0.head(&Key::from(key)).await {
            Ok(found) => Ok(Some(object(found))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Everything that lies there.
    ///
    /// # Errors
    /// Of the connection.
    pub async fn list(&self) -> anyhow::Result<Vec<Object>> {
        let mut found = self.0.list(None);
        let mut all = Vec::new();
        while let Some(one) = found.next().await {
            all.push(object(one?));
        }
        Ok(all)
    }

    /// Removes an object; one that is already gone is as good.
    ///
    /// # Errors
    /// Of the connection.
    pub async fn delete(&self, key: &str) -> anyhow::Result<()> {
        match self.0.delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn object(found: ObjectMeta) -> Object {
    Object {
        key: found.location.to_string(),
        size: found.size,
        at: found.last_modified.timestamp_millis(),
        tag: found.e_tag,
    }
}
