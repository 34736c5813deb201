//! Connects the analytic copy with the services: tickets of the store become its rows, its answers become theirs.
//! Deliberately absent: what is counted and when. Only in a program that was built with the feature `analytics`.

#[cfg(feature = "s3")]
mod bucket;

use std::path::Path;
use std::sync::Arc;

use ::analytics::object_store::local::LocalFileSystem;
use ::analytics::{Copy, Counted, Digest, Fault, Question, Row, Settings, Status, kept, listed};
use anyhow::Context as _;
use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use services::reports::analytic::{Analytic, Unanswered};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::CubeQuery;
use store::tickets::CubeCounted;
use store::tickets::flat::{Flat, Promise};

/// The folder of the copy below the data folder.
const FOLDER: &str = "analytic";
/// Files of the tail from which on they become one.
const MOST_FILES: usize = 32;
/// Rows of the tail from which on they go into their months.
const MOST_ROWS: u64 = 50_000;

/// The copy in the data folder.
///
/// # Errors
/// With words for the administrator.
pub fn open(data: &Path) -> anyhow::Result<Box<dyn Analytic>> {
    let folder = data.join(FOLDER);
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let files = LocalFileSystem::new_with_prefix(&folder)?;
    Ok(Box::new(Bridge {
        copy: Copy::open(Arc::new(files), Settings::default())?,
    }))
}

/// The copy in a bucket of its own.
///
/// # Errors
/// With words for the administrator.
#[cfg(feature = "s3")]
pub fn open_in(bucket: &str) -> anyhow::Result<Box<dyn Analytic>> {
    let shelf = bucket::Shelf(services::files::Objects::of(bucket)?);
    let files = ::analytics::Remote::over(Arc::new(shelf));
    Ok(Box::new(Bridge {
        copy: Copy::open(Arc::new(files), Settings::default())?,
    }))
}

struct Bridge {
    copy: Copy,
}

impl Bridge {
    async fn status(&self) -> Result<Status, Unanswered> {
        let status = self.copy.status().await.map_err(unanswered)?;
        status.ok_or_else(|| unanswered(Fault::Absent))
    }
}

impl Analytic for Bridge {
    fn watermark(&self) -> BoxFuture<'_, Result<i64, Unanswered>> {
        Box::pin(async move { Ok(self.status().await?.watermark) })
    }

    fn cube<'a>(
        &'a self,
        scope: &'a Scope,
        query: &'a CubeQuery,
        led_by: &'a [String],
        now: Instant,
    ) -> BoxFuture<'a, Result<(Vec<CubeCounted>, i64), Unanswered>> {
        Box::pin(async move {
            let question = Question {
                scope,
                query,
                led_by,
                now,
            };
            let answer = self.copy.cube(question).await.map_err(unanswered)?;
            let counted = |row: Counted| CubeCounted {
                keys: row.keys,
                numbers: row.numbers,
            };
            Ok((
                answer.rows.into_iter().map(counted).collect(),
                answer.watermark,
            ))
        })
    }

    fn append(&self, rows: Vec<Flat>, watermark: i64) -> BoxFuture<'_, Result<(), Unanswered>> {
        Box::pin(async move {
            let rows: Vec<Row> = rows.into_iter().map(row).collect();
            self.copy.append(&rows, watermark).await.map_err(unanswered)
        })
    }

    fn rebuild<'a>(
        &'a self,
        rows: BoxStream<'a, Result<Flat, Unanswered>>,
        watermark: i64,
    ) -> BoxFuture<'a, Result<(), Unanswered>> {
        Box::pin(async move {
            let rows = rows.map(|found| match found {
                Ok(flat) => Ok(row(flat)),
                Err(fault) => Err(Fault::Files(fault.to_string())),
            });
            self.copy.rebuild(rows, watermark).await.map_err(unanswered)
        })
    }

    fn tidy(&self) -> BoxFuture<'_, Result<(), Unanswered>> {
        Box::pin(async move {
            let status = self.status().await?;
            let done = if status.tail_rows > MOST_ROWS {
                self.copy.compact().await
            } else if status.tail_files > MOST_FILES {
                self.copy.fold().await
            } else {
                Ok(())
            };
            done.map_err(unanswered)
        })
    }

    fn months(&self) -> BoxFuture<'_, Result<Vec<String>, Unanswered>> {
        Box::pin(async move { Ok(self.status().await?.months) })
    }

    fn agrees<'a>(
        &'a self,
        month: &'a str,
        mut rows: BoxStream<'a, Result<Flat, Unanswered>>,
    ) -> BoxFuture<'a, Result<bool, Unanswered>> {
        Box::pin(async move {
            self.copy.scrub().await.map_err(unanswered)?;
            let found = self.copy.verify(month).await.map_err(unanswered)?;
            let mut wanted = Digest::default();
            while let Some(flat) = rows.next().await {
                wanted.add(&row(flat?));
            }
            Ok(found.digest == wanted)
        })
    }
}

fn unanswered(fault: Fault) -> Unanswered {
    Unanswered {
        code: fault.code(),
        needs_rebuild: fault.needs_rebuild(),
        why: fault.to_string(),
    }
}

/// A ticket of the store as a row of the copy.
fn row(flat: Flat) -> Row {
    let at = |moment: Option<Instant>| moment.map(|it| it.0);
    let promises = |all: &[Promise]| {
        let each = all.iter();
        kept(each.map(|(due, done, ended)| (at(*due), at(*done), at(*ended))))
    };
    let hung = flat.hung;
    let (id_hi, id_lo) = Row::halves(flat.id);
    let (sign_from, sign_late) = promises(&hung.signing);
    let (contact_from, contact_late) = promises(&hung.contact);
    Row {
        id_hi,
        id_lo,
        version: flat.version,
        accepted_at: flat.accepted_at.0,
        accepted_by: flat.accepted_by.map(|user| user.to_string()),
        region: flat.region,
        city: flat.city,
        street: flat.street,
        category_top: flat
            .category
            .iter()
            .flat_map(|it| it.chars())
            .take(2)
            .collect(),
        category: flat.category,
        kind: flat.kind,
        channel: flat.channel,
        state: flat.state,
        urgency: flat.urgency,
        first_dispatched_at: at(flat.first_dispatched_at),
        replied_at: at(flat.replied_at),
        closed_at: at(flat.closed_at),
        due_at: at(flat.due_at),
        warn_at: at(flat.warn_at),
        lead_due_at: at(flat.lead_due_at),
        lead_replied_at: at(flat.lead_replied_at),
        signed_at: hung
            .signing
            .iter()
            .filter_map(|(_, done, _)| at(*done))
            .min(),
        lead_unit: flat.lead_unit,
        units: listed(hung.units.iter().map(String::as_str)),
        own_units: listed(hung.own_units.iter().map(String::as_str)),
        tags: listed(flat.tags.iter().map(String::as_str)),
        first_satisfaction: flat.first_satisfaction,
        latest_satisfaction: flat.latest_satisfaction,
        solved: flat.solved,
        is_open: flat.is_open,
        repeated: flat.repeated,
        urged: flat.urge_count > 0,
        redone: flat.cycle_no >= 1,
        difficult: flat.difficult,
        three_way: flat.three_way,
        not_counted: flat.not_counted,
        unreasonable: flat.unreasonable,
        extended: hung.extended,
        back_asked: hung.back_granted || hung.back_refused,
        back_granted: hung.back_granted,
        back_refused: hung.back_refused,
        misdirected: hung.misdirected,
        supervised: hung.supervised,
        sign_from,
        sign_late,
        contact_from,
        contact_late,
    }
}
