//! Reading a file chunk by chunk from where an import stands: each row judged, told from known ones, laid out as a ticket.
//! Where it stands is a value (`SoFar`) that the job keeps; a taker that finds itself elsewhere in the file begins anew and passes over.
//! Not here: columns (`columns`), one row (`row`), the job (`job`).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::BatchId;
use shared::import::Reason;
use shared::ticket::{Channel, TicketNo};
use store::batches::Counts;
use store::bulk::{self, Prepared};

use super::build::{Builder, Ways, text_hash};
use super::columns::Columns;
use super::report::{Noted, Report};
use super::row::{Places, Reader, Rejected, Row};
use super::{Done, ImportPlan, Lines, Opened};
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::jobs::pace::Pace;
use crate::reference::Reference;
use crate::sheet::{Rows, Sheet};

/// How far an import is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SoFar {
    /// Rows.
    pub tally: Counts,
    /// Lines of rows.
    pub lines: u64,
    /// The report.
    pub report: Noted,
}

/// What came of some rows.
pub(super) struct Chunk {
    /// How far the import is when these are written.
    pub so_far: SoFar,
    /// Rows that are to become tickets.
    pub fresh: Vec<Row>,
    /// The file is at its end.
    pub is_last: bool,
}

/// Texts of this file that the database does not have yet, by the row's id; both as short digests, since a file may have millions.
pub(super) type Unwritten = HashMap<u64, u64>;

/// Reads a file.
pub(super) struct Taker {
    pub ctx: Ctx,
    pub source: String,
    order: ImportPlan,
    reference: Arc<Reference>,
    ways: Ways,
    sheet: Sheet,
    columns: Columns,
    places: Places,
    batch: BatchId,
    now: Instant,
    /// Rows of one transaction.
    pub pace: Pace,
    /// Open at the row behind so many.
    rows: Option<(i64, Rows)>,
}

impl Taker {
    pub async fn new(opened: Opened, (batch, now): (BatchId, Instant)) -> Result<Self, Failure> {
        let Opened {
            ctx,
            order,
            sheet,
            columns,
            source,
        } = opened;
        let reference = ctx.services.reference().await?;
        let ways = Ways::new(&reference)?;
        Ok(Self {
            ctx,
            source,
            order,
            reference,
            ways,
            sheet,
            columns,
            places: Places::default(),
            batch,
            now,
            pace: Pace::default(),
            rows: None,
        })
    }

    fn services(&self) -> &Services {
        &self.ctx.services
    }

    /// Rows of the file.
    pub fn total(&self) -> i64 {
        i64::try_from(self.sheet.reading.rows).unwrap_or(i64::MAX)
    }

    /// The file at the row behind so many.
    fn at(&mut self, read: i64) -> Result<Rows, Failure> {
        if let Some((at, rows)) = self.rows.take()
            && at == read
        {
            return Ok(rows);
        }
        let mut rows = self.sheet.rows()?;
        let mut passed = 0;
        while passed < read {
            match next(&mut rows)? {
                Some(row) => passed += i64::from(!row.is_blank()),
                None => break,
            }
        }
        Ok(rows)
    }

    /// The next rows; the report is on the disk when they are given out.
    pub async fn chunk(
        &mut self,
        so_far: &SoFar,
        unwritten: &mut Unwritten,
    ) -> Result<Chunk, Failure> {
        let mut rows = self.at(so_far.tally.read)?;
        let folder = self.services().config().data_dir.clone();
        let mut report = Report::on(&self.order.file, &folder, self.ctx.locale, &so_far.report)?;
        let (mut tally, mut lines) = (so_far.tally, so_far.lines);
        let end = tally.read + self.pace.rows() as i64;
        let mut judged = Vec::with_capacity(self.pace.rows());
        let mut is_last = false;
        while tally.read < end {
            let Some(row) = next(&mut rows)? else {
                is_last = true;
                break;
            };
            if row.is_blank() {
                continue;
            }
            tally.read += 1;
            lines += row.lines;
            let read = (Reader {
                columns: &self.columns,
                reference: &self.reference,
                now: self.now,
                places: &self.places,
            })
            .read(&row);
            match read {
                Ok(read) => judged.push((row.line, read)),
                Err(why) => {
                    tally.rejected += 1;
                    report.reject(row.line, &why)?;
                }
            }
        }
        self.rows = Some((tally.read, rows));
        let fresh = self
            .fresh(judged, (&mut tally, &mut report), unwritten)
            .await?;
        tally.imported += fresh.len() as i64;
        Ok(Chunk {
            so_far: SoFar {
                tally,
                lines,
                report: report.end()?,
            },
            fresh,
            is_last,
        })
    }

    /// Tells new rows from known ones.
    async fn fresh(
        &mut self,
        judged: Vec<(u64, Row)>,
        (tally, report): (&mut Counts, &mut Report),
        unwritten: &mut Unwritten,
    ) -> Result<Vec<Row>, Failure> {
        let numbers: Vec<String> = judged.iter().map(|(_, row)| row.id.clone()).collect();
        let known = bulk::known(&self.services().store().reader(), &self.source, &numbers).await?;
        let mut fresh = Vec::with_capacity(judged.len());
        for (line, row) in judged {
            let hash = text_hash(&row);
            let id = short(&hashed(row.id.as_bytes()));
            let is_same = match known.get(&row.id) {
                Some(before) => Some(before.text_hash == hash),
                None => unwritten.get(&id).map(|before| *before == short(&hash)),
            };
            match is_same {
                Some(true) => tally.duplicate += 1,
                Some(false) => {
                    let why = Rejected {
                        id: row.id,
                        column: "text",
                        value: row.text,
                        reason: Reason::TextDiffers,
                    };
                    tally.rejected += 1;
                    report.reject(line, &why)?;
                }
                None => {
                    unwritten.insert(id, short(&hash));
                    for note in &row.notes {
                        report.note(line, note);
                    }
                    fresh.push(row);
                }
            }
        }
        Ok(fresh)
    }

    /// Lays rows out as tickets, with numbers of their own.
    pub async fn laid_out(&mut self, rows: Vec<Row>) -> Result<Prepared, Failure> {
        let services = self.ctx.services.clone();
        let channel = self.columns.channel;
        let builder = Builder {
            services: &services,
            reference: &self.reference,
            ways: &self.ways,
            source: &self.source,
            channel,
            batch: self.batch,
            now: self.now,
        };
        let moments = || rows.iter().map(|row| builder.accepted_at(row));
        if let (Some(first), Some(last)) = (moments().min(), moments().max()) {
            services.store().prepare_months(first, last).await?;
        }
        let keys: Vec<_> = rows
            .iter()
            .map(|row| (Builder::city(row), builder.accepted_at(row).date()))
            .collect();
        let numbers = numbers(&services, channel, keys).await?;
        let cases = rows
            .into_iter()
            .zip(numbers)
            .map(|(row, no)| builder.case(row, no))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(bulk::prepare(services.store(), cases)?)
    }

    /// What became of the file.
    pub fn done(self, batch: Option<BatchId>, so_far: SoFar) -> Done {
        let reading = &self.sheet.reading;
        let rows = so_far.tally.read.unsigned_abs();
        Done {
            batch,
            source: self.source,
            tally: so_far.tally,
            lines: Lines {
                lines: reading.lines,
                told: u64::from(reading.told),
                titles: reading.title_lines,
                heads: reading.head_lines,
                blank: reading.blank,
                rows,
                further: so_far.lines.saturating_sub(rows),
            },
            report: so_far.report.path,
            rejected: so_far.report.rejected,
            kept: so_far.report.kept,
        }
    }
}

/// A number for each place and day.
async fn numbers(
    services: &Services,
    channel: Channel,
    keys: Vec<(String, chrono::NaiveDate)>,
) -> Result<Vec<TicketNo>, Failure> {
    let mut counts: BTreeMap<_, u32> = BTreeMap::new();
    for key in &keys {
        *counts.entry(key.clone()).or_default() += 1;
    }
    let wanted = counts.clone();
    let first = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let mut first = Vec::with_capacity(wanted.len());
                for ((region, day), count) in wanted {
                    first.push(store::numbers::draw(tx, &region, day, channel, count).await?);
                }
                Ok(first)
            })
        })
        .await?;
    let mut next: BTreeMap<_, u32> = counts.into_keys().zip(first).collect();
    let number = |key: (String, chrono::NaiveDate)| {
        let sequence = next.entry(key.clone()).or_default();
        *sequence += 1;
        TicketNo::new(&key.0, key.1, channel, *sequence - 1)
    };
    Ok(keys.into_iter().map(number).collect())
}

fn next(rows: &mut Rows) -> Result<Option<crate::sheet::Row>, Failure> {
    let read = rows.read();
    Ok(read.map_err(|error| anyhow::Error::new(error).context("the file"))?)
}

fn hashed(bytes: &[u8]) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes)
        .as_ref()
        .to_vec()
}

/// The first bytes of a digest.
fn short(digest: &[u8]) -> u64 {
    let first: Option<[u8; 8]> = digest.first_chunk().copied();
    first.map_or(0, u64::from_be_bytes)
}
