//! From gathered rows to a workbook: at once, while somebody waits, or as the last step of a job.
//! What lies beside it on the disk has no name there: when the process ends, nothing of it is left.
//! Not here: the workbook's inside (`format::book`), gathering (`mod`, `job`).

use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use futures::StreamExt as _;
use futures::stream::BoxStream;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::text::export as words;
use tokio_util::io::ReaderStream;

use super::Export;
use super::columns::Columns;
use super::format::{about, book};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle, disk};
use crate::jobs::host::desk::name_of;

/// The folder of what grows.
pub(super) fn scratch(services: &Services) -> PathBuf {
    services.config().data_dir.join("results")
}

/// A file of its owner's alone that has no name any more.
pub(super) fn nameless(folder: &Path, name: &str) -> std::io::Result<File> {
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
    related: Vec<(book::Table, File)>,
    plan: book::Plan,
) -> Result<File, Failure> {
    let name = services.new_id().to_string();
    let make = move || -> Result<File, Failure> {
        let mut file =
            nameless(&plan.scratch, &name).map_err(|error| disk(error, "beginning a workbook"))?;
        book::make(rows, related, &mut file, &plan)?;
        file.seek(SeekFrom::Start(0))
            .map_err(|error| disk(error, "writing a workbook"))?;
        Ok(file)
    };
    tokio::task::spawn_blocking(make)
        .await
        .map_err(anyhow::Error::new)?
}

/// How a workbook is laid out for whoever asked for it.
pub(super) fn plan(
    ctx: &Ctx,
    columns: &Columns<'_>,
    facts: Vec<(String, String)>,
    mark: book::Mark,
) -> book::Plan {
    book::Plan {
        locale: ctx.locale,
        table: book::Table {
            name: words::SHEET.get(ctx.locale).to_owned(),
            heads: columns.heads(),
            widths: columns.widths(),
        },
        mark,
        facts,
        most: book::MOST_ROWS,
        scratch: scratch(&ctx.services),
    }
}

/// By what a copy of a workbook is known.
pub(super) fn mark(
    ctx: &Ctx,
    (export, digest): (String, &str),
    (clear, at): (bool, Instant),
) -> book::Mark {
    let word = if clear {
        words::CLEAR_MARK
    } else {
        words::MASKED_MARK
    };
    let at = at.local().format("%Y-%m-%d %H:%M");
    book::Mark {
        export,
        by: format!("{} {at}", name_of(ctx)),
        word: word.get(ctx.locale).to_owned(),
        digest: digest.to_owned(),
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
    let told = about::Told {
        rows: sum.0,
        digest: &sum.1,
        export: export.end.export.clone(),
        at: export.now,
        clear: false,
        purpose: None,
        left_out: &[],
    };
    let facts = about::facts(&ctx, &export.reference, &export.query, &told);
    let mark = mark(&ctx, (told.export.clone(), &sum.1), (false, export.now));
    let plan = plan(&ctx, &export.columns(), facts, mark);
    let file = made(services, gathered, Vec::new(), plan)
        .await
        .settle(services)?;
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
