//! Where a scanner is configured, a file waits until it was looked at. What is infected loses its key at once and says so where it hangs;
//! a scanner that is away leaves everything waiting and is asked again, later and later.
//! Not here: the scanner's language (`scan`).

use shared::calendar::Instant;
use store::files::{self, Blob, Scan};

use super::Scanner;
use super::open::clear;
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::jobs::Done;

/// Files looked at in one run.
const BATCH: u32 = 8;
const MINUTE: i64 = 60_000;
/// The pause after failures doubles from a minute to this many.
const LONGEST: i64 = 60;

/// Shows waiting files to the scanner.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let Some(scanner) = services.scanner() else {
        return Ok(Done::default());
    };
    let waiting = files::to_scan(&services.store().reader(), services.now(), BATCH).await?;
    let mut count = 0;
    for blob in &waiting {
        match looked_at(services, scanner, blob).await {
            Ok(Some(scan)) => {
                settle(services, blob, scan).await?;
                count += 1;
            }
            // Destroyed meanwhile.
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(file.id = %blob.id, cause = format!("{error:#}"), "a file could not be checked for viruses; it waits");
                later(services, blob).await?;
            }
        }
    }
    Ok(Done {
        count,
        more: count > 0 && waiting.len() == BATCH as usize,
    })
}

/// What the scanner says; a file whose bytes are missing or damaged waits as well, and holds up no other.
async fn looked_at(
    services: &Services,
    scanner: &Scanner,
    blob: &Blob,
) -> anyhow::Result<Option<Scan>> {
    let bytes = match clear(services, blob).await {
        Ok(bytes) => bytes,
        Err(Failure::Broken(error)) => return Err(error),
        Err(other) => anyhow::bail!("{other:?}"),
    };
    match bytes {
        Some(bytes) => scanner.look(bytes).await.map(Some),
        None => Ok(None),
    }
}

async fn settle(services: &Services, blob: &Blob, scan: Scan) -> Result<(), Failure> {
    let ctx = Ctx::job(services, "quarantine");
    let (id, now) = (blob.id, services.now());
    let written = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let freed = files::scanned(tx, id, &scan, now).await?;
            if let (Some(_), Scan::Infected(finding)) = (&freed, &scan) {
                for file in files::of_blob(tx, id).await? {
                    let mut entry = ctx.audit("file.infected", super::object(&file.hook), "ok");
                    entry.facts.insert("file".to_owned(), file.id.to_string());
                    entry.facts.insert("finding".to_owned(), finding.clone());
                    store::audit::append(tx, std::slice::from_ref(&entry)).await?;
                }
            }
            Ok(freed.unwrap_or_default())
        })
    });
    let freed = written.await?;
    if !freed.sealed.is_empty() {
        tracing::warn!(file.id = %blob.id, "a file was infected; its bytes are destroyed");
        super::write::let_go(services, freed).await;
    }
    Ok(())
}

async fn later(services: &Services, blob: &Blob) -> Result<(), Failure> {
    let pause = 1_i64 << blob.tries.clamp(0, 6);
    let at = Instant(services.now().0 + pause.min(LONGEST) * MINUTE);
    let id = blob.id;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(files::scan_later(tx, id, at).await?) })
        })
        .await
}
