//! The jobs of the analytic copy: following the change feed from its own number, making it anew, comparing it with the tables at night.
//! Not here: the copy. Its place in the feed stands in its manifest, so that place and rows change together.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Timelike as _};
use futures::StreamExt as _;
use futures::stream::{self, BoxStream};
use shared::calendar::{self, Instant};
use shared::ids::TicketId;
use store::StoreError;
use store::feed::Kind;
use store::tickets::flat::{self, Flat};

use super::{Analytic, Unanswered};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;

/// Changes of one run.
const BATCH: u32 = 1_000;
/// Tickets of one page of a whole reading.
const PAGE: usize = 500;
/// The hour from which on the night's look begins.
const NIGHT: u32 = 3;
/// The setting with the day of the last look.
const LOOKED: &str = "analytic.looked";

impl From<Unanswered> for Failure {
    fn from(fault: Unanswered) -> Self {
        Self::Broken(anyhow::Error::new(fault))
    }
}

/// The job: takes what has changed, or makes the copy anew where that is what is wanted.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let Some(copy) = services.analytic() else {
        return Ok(Done::default());
    };
    let db = services.store().reader();
    let mark = match copy.watermark().await {
        Ok(mark) => mark,
        Err(fault) if fault.needs_rebuild => return rebuild(services, copy).await,
        Err(fault) => return Err(fault.into()),
    };
    let Some((batch, to)) = store::feed::behind(&db, mark, BATCH).await? else {
        return rebuild(services, copy).await;
    };
    if batch.rebuild {
        return rebuild(services, copy).await;
    }
    if to == mark {
        return Ok(Done::default());
    }
    let changed = batch
        .changes
        .iter()
        .filter(|change| change.kind == Kind::Ticket);
    let ids: BTreeSet<TicketId> = changed.map(|change| TicketId(change.id)).collect();
    let ids: Vec<TicketId> = ids.into_iter().collect();
    let rows = flat::of(&db, &ids).await?;
    let count = rows.len() as u64;
    copy.append(rows, to).await?;
    let tidied = copy.tidy().await;
    if let Err(fault) = tidied {
        return if fault.needs_rebuild {
            rebuild(services, copy).await
        } else {
            Err(fault.into())
        };
    }
    Ok(Done {
        count,
        more: batch.changes.len() as u64 >= u64::from(BATCH),
    })
}

/// Makes the copy anew of all tickets; the old one serves until then.
async fn rebuild(services: &Services, copy: &dyn Analytic) -> Result<Done, Failure> {
    // Of the same reader as the rows: a number that another one has already would promise more than they say.
    let (newest, _) = store::feed::reach(&services.store().report_reader()).await?;
    tracing::info!(newest, "the analytic copy is made anew");
    copy.rebuild(all(services, None), newest).await?;
    Ok(Done {
        count: 1,
        more: true,
    })
}

/// The job of the night: months of the copy against the tables; one that differs has it made anew.
pub(crate) async fn compare(services: &Services) -> Result<Done, Failure> {
    let Some(copy) = services.analytic() else {
        return Ok(Done::default());
    };
    let local = services.now().local();
    let today = local.date_naive().to_string();
    let db = services.store().reader();
    let looked = store::settings::get(&db, LOOKED).await?;
    if local.hour() < NIGHT || looked.as_deref() == Some(today.as_str()) {
        return Ok(Done::default());
    }
    let before = copy.watermark().await?;
    let months = copy.months().await?;
    let mut count = 0;
    for month in chosen(&months, local.ordinal0()) {
        let Some(between) = bounds(month) else {
            continue;
        };
        let rows = all(services, Some(between));
        let agrees = match copy.agrees(month, rows).await {
            Ok(agrees) => agrees,
            Err(fault) if fault.needs_rebuild => false,
            Err(fault) => return Err(fault.into()),
        };
        let (newest, _) = store::feed::reach(&services.store().report_reader()).await?;
        if newest != before || copy.watermark().await? != before {
            // Somebody worked meanwhile; the next run looks again.
            return Ok(Done::default());
        }
        if !agrees {
            tracing::error!(month, "the analytic copy differs from the tables");
            rebuild(services, copy).await?;
            break;
        }
        count += 1;
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::settings::set(tx, LOOKED, &today).await?) })
        })
        .await?;
    Ok(Done { count, more: false })
}

/// The last two months, and each day another one of those before.
fn chosen(months: &[String], day: u32) -> Vec<&String> {
    let (older, last) = months.split_at(months.len().saturating_sub(2));
    let turn = usize::try_from(day).unwrap_or(0).checked_rem(older.len());
    let one = turn.and_then(|turn| older.get(turn));
    last.iter().chain(one).collect()
}

/// The first moment of a month, and the first behind it.
fn bounds(month: &str) -> Option<(Instant, Instant)> {
    let first = calendar::day(&format!("{month}-01"))?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some((calendar::day_start(first), calendar::day_start(next)))
}

/// All tickets, or those accepted between two moments, page after page.
fn all(
    services: &Services,
    between: Option<(Instant, Instant)>,
) -> BoxStream<'_, Result<Flat, Unanswered>> {
    let begin: (Option<TicketId>, bool) = (None, true);
    let pages = stream::unfold(begin, move |(after, is_more)| async move {
        if !is_more {
            return None;
        }
        let db = services.store().report_reader();
        let page = match between {
            Some(between) => flat::accepted(&db, between, after, PAGE).await,
            None => flat::behind(&db, after, PAGE).await,
        };
        match page {
            Ok(rows) => {
                let next = (rows.last().map(|row| row.id), rows.len() == PAGE);
                Some((rows.into_iter().map(Ok).collect::<Vec<_>>(), next))
            }
            Err(error) => Some((vec![Err(unread(&error))], (None, false))),
        }
    });
    pages.flat_map(stream::iter).boxed()
}

fn unread(error: &StoreError) -> Unanswered {
    Unanswered {
        code: "analytic.unread",
        needs_rebuild: false,
        why: error.to_string(),
    }
}
