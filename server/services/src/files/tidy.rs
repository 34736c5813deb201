//! Destroying a file for good, and removing what has had its time: uploads that nobody went on with, bytes to which nothing refers, objects
//! without a row. A row goes first and its object afterwards, so that no row is ever without its bytes.
//! Not here: what a citizen may ask to be erased.

use shared::access::Need;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{FileId, UploadId};
use store::files;

use super::staging::Folder;
use super::vault::Kept;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle as _, disk};
use crate::jobs::Done;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * 3_600_000;
/// Rows of one run.
const BATCH: u32 = 200;

/// Destroys the bytes of a file by destroying their key, wherever they hang; what is listed stays and says so. For the machine's owner.
///
/// # Errors
/// `not_found`; `access.denied` for everybody else.
pub async fn erase(ctx: &Ctx, id: FileId, reason: &str) -> Result<(), Fault> {
    ctx.ask(Need::Owner)?;
    let reason = shared::input::line(reason);
    let db = ctx.services.store().reader();
    let found = files::find(&db, id).await.settle(&ctx.services)?;
    let (_, blob) = found.ok_or_else(Fault::missing)?;
    let mut entry = ctx.audit("file.erase", format!("file:{id}"), "ok");
    entry.erasable.insert("reason".to_owned(), reason);
    let erased = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let erased = files::erase(tx, blob.id).await?;
            if erased.is_some() {
                store::audit::append(tx, std::slice::from_ref(&entry)).await?;
            }
            Ok(erased)
        })
    });
    if let Some(freed) = erased.await.settle(&ctx.services)? {
        super::write::let_go(&ctx.services, freed).await;
    }
    Ok(())
}

/// Uploads whose time is over, with what was staged of them; staged files without a row.
pub(crate) async fn uploads(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let db = services.store().reader();
    let old = files::expired(&db, services.now(), BATCH).await?;
    let gone = old.clone();
    if !gone.is_empty() {
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(files::give_up(tx, &gone).await?) })
            })
            .await?;
    }
    let folder = Folder::below(&services.config().data_dir);
    let list = folder.clone();
    let there = tokio::task::spawn_blocking(move || list.all()).await;
    let there = there.map_err(anyhow::Error::new)?;
    let there = there.map_err(|error| disk(error, "listing uploads"))?;
    let mut count = old.len() as u64;
    let (apart, before) = (folder.clone(), services.now().0 - HOUR);
    let swept = tokio::task::spawn_blocking(move || apart.sweep_apart(before)).await;
    let swept = swept.map_err(anyhow::Error::new)?;
    count += swept.map_err(|error| disk(error, "sweeping uploads"))? as u64;
    for group in there.chunks(BATCH as usize) {
        let needed = files::known_uploads(&db, group).await?;
        for id in group.iter().filter(|id| !needed.contains(id)) {
            folder.drop_file(UploadId(*id));
            count += 1;
        }
    }
    Ok(Done {
        count,
        more: old.len() == BATCH as usize,
    })
}

/// Bytes of yesterday to which nothing refers, and objects of yesterday that no row knows.
pub(crate) async fn sweep(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let before = Instant(services.now().0 - DAY);
    let free = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(files::unreferenced(tx, before, BATCH).await?) })
    });
    let free = free.await?;
    let freed = free.sealed.len() + free.open.len();
    super::write::let_go(services, free).await;
    let mut count = freed as u64;
    let old: Vec<Kept> = services.vault().list().await?;
    let old: Vec<String> = old
        .into_iter()
        .filter(|kept| kept.at < before.0)
        .map(|kept| kept.path)
        .collect();
    for group in old.chunks(BATCH as usize) {
        let known = files::known_paths(&services.store().reader(), group).await?;
        for path in group.iter().filter(|path| !known.contains(*path)) {
            tracing::info!(file.path = %path, "an object without a row was removed");
            services.vault().drop_file(path).await?;
            count += 1;
        }
    }
    Ok(Done {
        count,
        more: freed >= BATCH as usize,
    })
}
