//! Files on cases from upload to destruction: sent in parts and gone on with, told by their bytes, kept sealed, seen by whoever sees the case.
//! Not here: kinds one by one, sealing, staging (beside `services::files`); addresses and headers (tests of `server`).

mod anew;
mod kept;
mod sent;
mod told;
mod viruses;

use std::io;
use std::path::Path;

use futures::{Stream, StreamExt as _};
use services::{Ctx, files};
use shared::fault::Fault;
use shared::file::{BeginUpload, FileView, Hook, UploadView};
use shared::ids::FileId;

use crate::support::{Filed, World, a_complaint};

/// Words of a file that stand nowhere else.
const CANARY: &str = "canary-7f3a-意见书全文";

/// A small PDF with words in it, of at least so many bytes.
pub(crate) fn pdf(words: &str, at_least: usize) -> Vec<u8> {
    let mut bytes = format!("%PDF-1.7\n% {words}\n").into_bytes();
    while bytes.len() < at_least {
        bytes.extend_from_slice(b"% 0123456789 abcdefghijklmnopqrstuvwxyz\n");
    }
    bytes.extend_from_slice(b"%%EOF\n");
    bytes
}

fn body(bytes: &[u8]) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + use<> {
    let parts: Vec<_> = bytes.chunks(40_000).map(|part| Ok(part.to_vec())).collect();
    futures::stream::iter(parts)
}

/// A body that breaks off after so many bytes.
fn broken(bytes: &[u8]) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + use<> {
    body(bytes).chain(futures::stream::iter([Err(io::Error::other("cut off"))]))
}

async fn begins(ctx: &Ctx, hook: Hook, name: &str, size: usize) -> Result<UploadView, Fault> {
    let wanted = BeginUpload {
        hook,
        name: name.to_owned(),
        size: i64::try_from(size).expect("small"),
    };
    files::begin(ctx, wanted).await
}

/// A file sent in one part.
pub(crate) async fn puts(
    ctx: &Ctx,
    hook: Hook,
    name: &str,
    bytes: &[u8],
) -> Result<FileView, Fault> {
    let upload = begins(ctx, hook, name, bytes.len()).await?;
    let sent = files::append(ctx, upload.id, 0, body(bytes)).await?;
    Ok(sent.file.expect("it was the end"))
}

/// The bytes of a file as they are sent.
async fn opens(ctx: &Ctx, id: FileId) -> Result<io::Result<Vec<u8>>, Fault> {
    let opened = files::open(ctx, id).await?;
    let mut parts = opened.whole().await?;
    let mut whole = Vec::new();
    while let Some(part) = parts.next().await {
        match part {
            Ok(part) => whole.extend(part),
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(whole))
}

/// A ticket at the housing department.
async fn at_the_unit(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, crate::support::ZJJ, &[]).await;
    filed
}

/// Every file below a folder of the data folder, with its content.
pub(crate) fn below(world: &World, name: &str) -> Vec<Vec<u8>> {
    fn walk(folder: &Path, found: &mut Vec<Vec<u8>>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                walk(&entry.path(), found);
            } else {
                found.push(std::fs::read(entry.path()).expect("reads"));
            }
        }
    }
    let mut found = Vec::new();
    walk(&world.services.config().data_dir.join(name), &mut found);
    found
}

async fn sets(world: &World, key: &'static str, value: &'static str) {
    let set = world
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::settings::set(tx, key, value).await })
        });
    set.await.expect("the setting is written");
}
