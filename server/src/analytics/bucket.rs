//! A bucket of the services as the copy's store of files. Only in a program that was built with the features `analytics` and `s3`.
//! Deliberately absent: S3 itself (`services::files::Objects`), the files of the copy.

use std::ops::Range;

use ::analytics::{Bucket, Object, Said};
use futures::future::BoxFuture;
use services::files::{Objects, objects};

/// The bucket that the copy lies in.
pub(super) struct Shelf(pub(super) Objects);

/// Words for the log.
fn said(error: anyhow::Error) -> String {
    format!("{error:#}")
}

fn object(found: objects::Object) -> Object {
    Object {
        key: found.key,
        size: found.size,
        at: found.at,
        tag: found.tag,
    }
}

impl Bucket for Shelf {
    fn put<'a>(&'a self, key: &'a str, bytes: Vec<u8>) -> BoxFuture<'a, Said<()>> {
        Box::pin(async move { self.0.put(key, bytes).await.map_err(said) })
    }

    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> BoxFuture<'a, Said<Option<Vec<u8>>>> {
        Box::pin(async move { self.0.get(key, range).await.map_err(said) })
    }

    fn head<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Said<Option<Object>>> {
        Box::pin(async move {
            let found = self.0.head(key).await.map_err(said)?;
            Ok(found.map(object))
        })
    }

    fn list(&self) -> BoxFuture<'_, Said<Vec<Object>>> {
        Box::pin(async move {
            let found = self.0.list().await.map_err(said)?;
            Ok(found.into_iter().map(object).collect())
        })
    }

    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Said<()>> {
        Box::pin(async move { self.0.delete(key).await.map_err(said) })
    }
}
