//! From gathered rows to a workbook: at once, while somebody waits, or as the last step of a job.
//! What lies beside it on the disk has no name there: when the process ends, nothing of it is left.
//! Not here: the workbook's inside (`format::book`), gathering (`mod`, `job`).

use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use futures::StreamExt as _;
use futures::stream::BoxStream;
use shared::fault::Fault;
use tokio_util::io::ReaderStream;

use super::Export;
use super::format::{about, book};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle, disk};

/// The folder of what grows.
fn scratch(services: &Services) -> PathBuf {
    services.config().data_dir.join("results")
}

/// A file of its owner's alone that has no name any more.
fn nameless(folder: &Path, name: &str) -> std::io::Result<File> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let path = folder.join(format!("{name}.part"));
    let file = File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// Makes the workbook of gathered rows beside everything else; the file stands at its beginning.
pub(super) async fn made(
    services: &Services,
    rows: impl Read + Send + 'static,
    plan: book::Plan,
) -> Result<File, Failure> {
    let name = services.new_id().to_string();
    let make = move || -> Result<File, Failure> {
        let mut file =
            nameless(&plan.scratch, &name).map_err(|error| disk(error, "beginning a workbook"))?;
        book::make(rows, &mut file, &plan)?;
        file.seek(SeekFrom::Start(0))
            .map_err(|error| disk(error, "writing a workbook"))?;
        Ok(file)
    };
    tokio::task::spawn_blocking(make)
        .await
        .map_err(anyhow::Error::new)?
}

/// How a workbook is laid out for whoever asked for it.
pub(super) fn plan(ctx: &Ctx, heads: Vec<String>, facts: Vec<(String, String)>) -> book::Plan {
    book::Plan {
        locale: ctx.locale,
        heads,
        facts,
        most: book::MOST_ROWS,
        scratch: scratch(&ctx.services),
    }
}

/// The whole workbook, and then its bytes.
pub(super) async fn at_once(
    mut export: Export,
) -> Result<BoxStream<'static, Result<Vec<u8>, Fault>>, Fault> {
    let ctx = export.end.ctx.clone();
    let services = &ctx.services;
    let (folder, name) = (scratch(services), services.new_id().to_string());
    let begun = tokio::task::spawn_blocking(move || nameless(&folder, &name)).await;
    let begun = begun.map_err(anyhow::Error::new).settle(services)?;
    let mut gathered = begun
        .map_err(|error| disk(error, "gathering a workbook"))
        .settle(services)?;
    while let Some(part) = export.part().await? {
        gathered = written(gathered, part).await.settle(services)?;
    }
    gathered
        .seek(SeekFrom::Start(0))
        .map_err(|error| disk(error, "gathering a workbook"))
        .settle(services)?;
    let sum = (export.end.rows, export.end.chain.to_hex());
    let facts = about::facts(
        &ctx,
        &export.reference,
        &export.query,
        (sum.0, &sum.1),
        export.now,
    );
    let plan = plan(&ctx, export.columns().heads(), facts);
    let file = made(services, gathered, plan).await.settle(services)?;
    let bytes = ReaderStream::new(tokio::fs::File::from_std(file));
    // The person's place among the exports is free when the last byte has gone.
    let held = (bytes, export.running, services.clone());
    let parts = futures::stream::unfold(held, |(mut bytes, running, services)| async move {
        let part = bytes.next().await?.map(|part| part.to_vec());
        let part = part.map_err(|error| services.fault(disk(error, "sending a workbook")));
        Some((part, (bytes, running, services)))
    });
    Ok(parts.boxed())
}

async fn written(mut file: File, part: Vec<u8>) -> Result<File, Failure> {
    let write = move || file.write_all(&part).map(|()| file);
    tokio::task::spawn_blocking(write)
        .await
        .map_err(anyhow::Error::new)?
        .map_err(|error| disk(error, "gathering a workbook"))
}
