//! Imports of complaints from CSV files of other systems: a bulk door (I3), as named batches that can be taken back.
//! Key = (source, id): the same text again is a duplicate, another text is rejected; read = imported + duplicate + rejected.
//! Not here: the file itself (`sheet`), columns (`columns`), judging a row (`row`), the ticket (`build`), the words (`say`).

mod build;
mod columns;
mod contacts;
mod heads;
mod places;
mod report;
mod row;
mod say;
mod undo;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::BatchId;
use shared::ticket::TicketNo;
use store::batches::{self, Batch, Counts};
use store::bulk;

use crate::consistency;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::reference::SHIPPED_PROVINCE;
use crate::sheet::{self, Ask, Doubt, Reading, Sheet};
use build::{Builder, Ways, text_hash};
use columns::{Columns, Mapping, known_heads};
use report::Report;
use row::{Places, Reader, Rejected, Row};

pub use report::Tally;
pub use undo::undo;

/// Region of tickets whose place is still to be completed: the province that this installation serves.
const PROVINCE: &str = SHIPPED_PROVINCE;
/// Word of this door in the list of batches.
const KIND: &str = "import";
/// Rows of one transaction.
const CHUNK: usize = 300;
/// Rows between two lines of progress.
const TELL: i64 = 5_000;

/// What to import.
#[derive(Debug, Clone)]
pub struct Order {
    /// CSV, or CSV packed with gzip.
    pub file: PathBuf,
    /// TOML mapping of columns.
    pub map: Option<PathBuf>,
    /// Name of the source; the file's name without endings when absent.
    pub source: Option<String>,
    /// Judge every row, write nothing.
    pub dry_run: bool,
    /// Go on although the reading is in doubt.
    pub accept: bool,
}

/// What every line of the file was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines of the file.
    pub lines: u64,
    /// Excel's `sep=`.
    pub told: u64,
    /// Before the heads.
    pub titles: u64,
    /// Of the heads.
    pub heads: u64,
    /// Without anything in them.
    pub blank: u64,
    /// On which a row begins.
    pub rows: u64,
    /// Further lines of rows whose cells have line breaks.
    pub further: u64,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Absent for a dry run.
    pub batch: Option<BatchId>,
    pub source: String,
    pub tally: Counts,
    /// What every line was; the parts add up to the whole.
    pub lines: Lines,
    /// Where the rejected rows are listed, when there are any.
    pub report: Option<PathBuf>,
    /// Why rows were rejected, equal reasons counted.
    pub rejected: Vec<Tally>,
    /// What was kept in the source's words, by column.
    pub kept: Vec<Tally>,
}

/// A file that was looked through and not yet imported.
pub struct Opened {
    ctx: Ctx,
    order: Order,
    sheet: Sheet,
    columns: Columns,
    source: String,
}

/// Imports a file.
///
/// # Errors
/// As `open` and `Opened::run`.
pub async fn run(ctx: &Ctx, order: Order) -> Result<Done, Fault> {
    open(ctx, order)?.run().await
}

/// Looks through a file: how it is read and what is doubtful about that. Writes nothing.
///
/// # Errors
/// `import.file` for what is no table; `import.mapping` for a file whose columns are not known or a mapping that cannot be read.
pub fn open(ctx: &Ctx, order: Order) -> Result<Opened, Fault> {
    let mapping = match &order.map {
        Some(path) => Mapping::parse(&std::fs::read_to_string(path).map_err(|error| {
            Fault::new(Code::ImportMapping)
                .fact("why", "map")
                .fact("detail", format!("{}: {error}", path.display()))
        })?)?,
        None => Mapping::default(),
    };
    let ask = Ask {
        encoding: mapping.encoding.as_deref(),
        known: &|cells| known_heads(cells, &mapping),
    };
    let mut sheet = Sheet::open(&order.file, &ask)?;
    let columns = Columns::find(&sheet.reading.heads, &mapping)?;
    let head = sheet.reading.head_line;
    sheet
        .reading
        .doubts
        .extend(columns.doubled.iter().map(|_| Doubt {
            line: head,
            why: "double_head",
            count: 1,
        }));
    let source = order
        .source
        .clone()
        .or_else(|| mapping.source.clone())
        .unwrap_or_else(|| name_of(&order.file));
    Ok(Opened {
        ctx: ctx.clone(),
        order,
        sheet,
        columns,
        source,
    })
}

impl Opened {
    /// How the file is read.
    pub fn reading(&self) -> &Reading {
        &self.sheet.reading
    }

    /// Imports what was opened.
    ///
    /// # Errors
    /// `import.doubtful` while the reading is in doubt and nobody has accepted it.
    pub async fn run(self) -> Result<Done, Fault> {
        if !self.order.accept
            && let Some(fault) = sheet::doubtful(&self.sheet.reading.doubts)
        {
            return Err(fault);
        }
        let ctx = self.ctx.clone();
        let services = &ctx.services;
        let mut import = Import::begin(self).await.settle(services)?;
        if let Err(failure) = import.read_all().await {
            return Err(import.stopped(failure).await);
        }
        import.end().await
    }
}

/// The file's name without `.csv` and `.gz`.
fn name_of(file: &Path) -> String {
    let name = file.file_name().map_or_else(
        || "import".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.strip_suffix(".csv").unwrap_or(name).to_owned()
}

/// An import under way.
struct Import {
    ctx: Ctx,
    reference: std::sync::Arc<crate::reference::Reference>,
    ways: Ways,
    sheet: Sheet,
    columns: Columns,
    places: Places,
    source: String,
    batch: BatchId,
    dry_run: bool,
    now: Instant,
    tally: Counts,
    /// Lines of rows.
    lines: u64,
    report: Report,
    /// Keys of this file that the database does not have yet.
    seen: HashMap<String, Vec<u8>>,
}

impl Import {
    async fn begin(opened: Opened) -> Result<Self, Failure> {
        let Opened {
            ctx,
            order,
            sheet,
            columns,
            source,
        } = opened;
        let services = &ctx.services;
        let reference = services.reference().await?;
        let ways = Ways::new(&reference)?;
        let now = services.now();
        let batch = BatchId(services.new_id());
        if !order.dry_run {
            let record = Batch {
                id: batch,
                kind: KIND.to_owned(),
                name: format!("{source}-{}", batch.0.simple()),
                source: source.clone(),
                started_at: now,
                finished_at: None,
                undone_at: None,
                counts: Counts::default(),
            };
            let mut entry = ctx.audit("import.begin", format!("batch:{batch}"), "ok");
            entry.facts.insert("source".to_owned(), source.clone());
            services
                .store()
                .write::<_, Failure, _>(move |tx| {
                    Box::pin(async move {
                        batches::begin(tx, &record).await?;
                        Ok(store::audit::append(tx, std::slice::from_ref(&entry)).await?)
                    })
                })
                .await?;
        }
        let folder = services.config().data_dir.clone();
        Ok(Self {
            report: Report::new(&order.file, &folder, ctx.locale),
            reference,
            ways,
            sheet,
            columns,
            places: Places::default(),
            source,
            batch,
            dry_run: order.dry_run,
            now,
            tally: Counts::default(),
            lines: 0,
            seen: HashMap::new(),
            ctx,
        })
    }

    fn services(&self) -> &Services {
        &self.ctx.services
    }

    async fn read_all(&mut self) -> Result<(), Failure> {
        let mut rows = self.sheet.rows()?;
        let mut chunk = Vec::with_capacity(CHUNK);
        loop {
            let row = rows
                .read()
                .map_err(|error| anyhow::Error::new(error).context("the file"))?;
            let Some(row) = row else { break };
            if row.is_blank() {
                continue;
            }
            self.tally.read += 1;
            self.lines += row.lines;
            let read = (Reader {
                columns: &self.columns,
                reference: &self.reference,
                now: self.now,
                places: &self.places,
            })
            .read(&row);
            match read {
                Ok(read) => chunk.push((row.line, read)),
                Err(why) => self.refuse(row.line, &why)?,
            }
            if chunk.len() == CHUNK {
                self.take(std::mem::take(&mut chunk)).await?;
            }
            if self.tally.read % TELL == 0 {
                tracing::info!(
                    read = self.tally.read,
                    imported = self.tally.imported,
                    rejected = self.tally.rejected,
                    "import"
                );
            }
        }
        self.take(chunk).await
    }

    fn refuse(&mut self, line: u64, why: &Rejected) -> Result<(), Failure> {
        self.tally.rejected += 1;
        self.report.reject(line, why)
    }

    /// Tells new rows from known ones and writes the new ones in one transaction.
    async fn take(&mut self, chunk: Vec<(u64, Row)>) -> Result<(), Failure> {
        let numbers: Vec<String> = chunk.iter().map(|(_, row)| row.id.clone()).collect();
        let known = bulk::known(&self.services().store().reader(), &self.source, &numbers).await?;
        let mut fresh = Vec::with_capacity(chunk.len());
        for (line, row) in chunk {
            let hash = text_hash(&row);
            match known
                .get(&row.id)
                .map(|known| &known.text_hash)
                .or_else(|| self.seen.get(&row.id))
            {
                Some(before) if *before == hash => self.tally.duplicate += 1,
                Some(_) => {
                    let why = Rejected {
                        id: row.id,
                        column: "text",
                        value: row.text,
                        reason: "text_differs",
                    };
                    self.refuse(line, &why)?;
                }
                None => {
                    self.seen.insert(row.id.clone(), hash);
                    for note in &row.notes {
                        self.report.note(line, note);
                    }
                    fresh.push(row);
                }
            }
        }
        if !self.dry_run {
            // From now on the database knows them.
            self.seen.clear();
        }
        let count = fresh.len() as i64;
        if !self.dry_run && count > 0 {
            let tally = Counts {
                imported: self.tally.imported + count,
                ..self.tally
            };
            self.write(fresh, tally).await?;
        }
        self.tally.imported += count;
        Ok(())
    }

    /// Writes rows, and how far the import then is.
    async fn write(&self, rows: Vec<Row>, tally: Counts) -> Result<(), Failure> {
        let services = self.services();
        let builder = Builder {
            services,
            reference: &self.reference,
            ways: &self.ways,
            source: &self.source,
            channel: self.columns.channel,
            batch: self.batch,
            now: self.now,
        };
        let moments = || rows.iter().map(|row| builder.accepted_at(row));
        if let (Some(first), Some(last)) = (moments().min(), moments().max()) {
            services.store().prepare_months(first, last).await?;
        }
        let numbers = self.numbers(&builder, &rows).await?;
        let cases = rows
            .into_iter()
            .zip(numbers)
            .map(|(row, no)| builder.case(row, no))
            .collect::<Result<Vec<_>, _>>()?;
        let cases = bulk::prepare(services.store(), cases)?;
        Ok(bulk::write_counted(services.store(), cases, self.batch, tally).await?)
    }

    async fn numbers(&self, builder: &Builder<'_>, rows: &[Row]) -> Result<Vec<TicketNo>, Failure> {
        let channel = self.columns.channel;
        let keys: Vec<_> = rows
            .iter()
            .map(|row| (Builder::city(row), builder.accepted_at(row).date()))
            .collect();
        let mut counts: BTreeMap<_, u32> = BTreeMap::new();
        for key in &keys {
            *counts.entry(key.clone()).or_default() += 1;
        }
        let wanted = counts.clone();
        let first = self
            .services()
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

    /// The fault of an import that cannot go on, with the place: what is kept was counted in its own transactions.
    async fn stopped(self, failure: Failure) -> Fault {
        let services = self.services();
        let fault = services.fault(failure);
        if self.dry_run {
            return fault;
        }
        crate::stopped::at(services, self.batch, fault).await
    }

    /// Report, figures, check.
    async fn end(self) -> Result<Done, Fault> {
        let services = self.ctx.services.clone();
        let (report, rejected, kept) = self.report.end().settle(&services)?;
        let (batch, tally, now) = (self.batch, self.tally, services.now());
        if !self.dry_run {
            services
                .store()
                .write::<_, Failure, _>(move |tx| {
                    Box::pin(
                        async move { Ok(batches::progress(tx, batch, tally, Some(now)).await?) },
                    )
                })
                .await
                .settle(&services)?;
            bulk::settle(services.store()).await.settle(&services)?;
            let findings = consistency::check(&services, Some(batch)).await?;
            if findings.count > 0 {
                let words = format!(
                    "batch {batch}: {} findings, first: {}",
                    findings.count,
                    findings
                        .first
                        .iter()
                        .map(consistency::line)
                        .collect::<Vec<_>>()
                        .join("; ")
                );
                return Err(services.fault(Failure::Broken(anyhow::anyhow!(words))));
            }
        }
        let reading = &self.sheet.reading;
        let rows = tally.read.unsigned_abs();
        let told = u64::from(reading.told);
        Ok(Done {
            batch: (!self.dry_run).then_some(batch),
            source: self.source,
            tally,
            lines: Lines {
                lines: reading.lines,
                told,
                titles: reading.title_lines,
                heads: reading.head_lines,
                blank: reading.blank,
                rows,
                further: self.lines - rows,
            },
            report,
            rejected,
            kept,
        })
    }
}
