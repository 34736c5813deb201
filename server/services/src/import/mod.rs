//! Imports of complaints from CSV files of other systems: a bulk door (I3), as named batches that can be taken back.
//! Key = (source, id): the same text again is a duplicate, another text is rejected; read = imported + duplicate + rejected.
//! Not here: decoding (`read`), columns (`columns`), judging a row (`row`), the ticket (`build`).

mod build;
mod columns;
mod dates;
mod read;
mod row;
mod undo;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
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
use build::{Builder, Ways, text_hash};
use columns::{Columns, Mapping};
use row::{Reader, Row};

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
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Absent for a dry run.
    pub batch: Option<BatchId>,
    pub source: String,
    pub tally: Counts,
    /// Where the rejected rows are listed, when there are any.
    pub report: Option<PathBuf>,
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.batch {
            Some(batch) => writeln!(
                f,
                "batch {batch} from {}; consistency check: 0 findings",
                self.source
            )?,
            None => writeln!(f, "dry run of {}: nothing was written", self.source)?,
        }
        if let Some(report) = &self.report {
            writeln!(f, "rejected rows: {}", report.display())?;
        }
        let Counts {
            read,
            imported,
            duplicate,
            rejected,
        } = self.tally;
        write!(
            f,
            "read={read} imported={imported} duplicate={duplicate} rejected={rejected}"
        )
    }
}

/// Imports a file.
///
/// # Errors
/// `import.mapping` for a file whose columns are not known, a mapping that cannot be read or a file that cannot be opened.
pub async fn run(ctx: &Ctx, order: Order) -> Result<Done, Fault> {
    let services = &ctx.services;
    let mapping = match &order.map {
        Some(path) => Mapping::parse(
            &std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?,
        )?,
        None => Mapping::default(),
    };
    let text = read::open(&order.file, mapping.encoding.as_deref())
        .map_err(|error| unreadable(&order.file, &error))?;
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let header = csv
        .headers()
        .map_err(|error| unreadable(&order.file, &error))?
        .clone();
    let columns = Columns::find(&header, &mapping)?;
    let source = order
        .source
        .clone()
        .or_else(|| mapping.source.clone())
        .unwrap_or_else(|| name_of(&order.file));
    let mut import = Import::begin(ctx, source, columns, order.dry_run)
        .await
        .settle(services)?;
    if let Err(failure) = import.read_all(csv).await {
        return Err(import.stopped(failure).await);
    }
    import.end(&order.file).await
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::ImportMapping).fact("detail", format!("{}: {error}", path.display()))
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

/// A line of the report.
struct Refusal {
    line: u64,
    column: &'static str,
    reason: &'static str,
}

/// An import under way.
struct Import {
    ctx: Ctx,
    reference: std::sync::Arc<crate::reference::Reference>,
    ways: Ways,
    columns: Columns,
    source: String,
    batch: BatchId,
    dry_run: bool,
    now: Instant,
    tally: Counts,
    refusals: Vec<Refusal>,
    /// Keys of this file, so that a dry run sees doubles as well.
    seen: HashMap<String, Vec<u8>>,
}

impl Import {
    async fn begin(
        ctx: &Ctx,
        source: String,
        columns: Columns,
        dry_run: bool,
    ) -> Result<Self, Failure> {
        let services = &ctx.services;
        let reference = services.reference().await?;
        let ways = Ways::new(&reference)?;
        let now = services.now();
        let batch = BatchId(services.new_id());
        if !dry_run {
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
        Ok(Self {
            ctx: ctx.clone(),
            reference,
            ways,
            columns,
            source,
            batch,
            dry_run,
            now,
            tally: Counts::default(),
            refusals: Vec::new(),
            seen: HashMap::new(),
        })
    }

    fn services(&self) -> &Services {
        &self.ctx.services
    }

    async fn read_all(
        &mut self,
        mut csv: csv::Reader<Box<dyn std::io::Read + Send>>,
    ) -> Result<(), Failure> {
        let mut chunk = Vec::with_capacity(CHUNK);
        let mut record = csv::StringRecord::new();
        loop {
            let more = match csv.read_record(&mut record) {
                Ok(more) => more,
                Err(error) if error.is_io_error() => {
                    return Err(anyhow::Error::new(error).context("the file").into());
                }
                Err(_) => {
                    self.tally.read += 1;
                    self.refuse(csv.position().line(), "", "format");
                    continue;
                }
            };
            if !more {
                break;
            }
            self.tally.read += 1;
            let line = record.position().map_or(0, csv::Position::line);
            match (Reader {
                columns: &self.columns,
                reference: &self.reference,
                now: self.now,
            })
            .read(&record)
            {
                Ok(row) => chunk.push((line, row)),
                Err(why) => self.refuse(line, why.column, why.reason),
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

    fn refuse(&mut self, line: u64, column: &'static str, reason: &'static str) {
        self.tally.rejected += 1;
        self.refusals.push(Refusal {
            line,
            column,
            reason,
        });
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
                Some(_) => self.refuse(line, "text", "text_differs"),
                None => {
                    self.seen.insert(row.id.clone(), hash.clone());
                    fresh.push(row);
                }
            }
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
    async fn end(self, file: &Path) -> Result<Done, Fault> {
        let services = self.services();
        let report = if self.refusals.is_empty() {
            None
        } else {
            Some(self.report(file).settle(services)?)
        };
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
                .settle(services)?;
            bulk::settle(services.store()).await.settle(services)?;
            let findings = consistency::check(services, Some(batch)).await?;
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
        Ok(Done {
            batch: (!self.dry_run).then_some(batch),
            source: self.source,
            tally,
            report,
        })
    }

    /// Line, column, reason of every rejected row; beside the file, or in the data folder where that cannot be written.
    fn report(&self, file: &Path) -> Result<PathBuf, Failure> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(["line", "column", "reason"])
            .context("report")?;
        for refusal in &self.refusals {
            out.write_record([&refusal.line.to_string(), refusal.column, refusal.reason])
                .context("report")?;
        }
        let bytes = out
            .into_inner()
            .map_err(|error| anyhow::anyhow!("report: {error}"))?;
        let name = format!("{}.rejected.csv", name_of(file));
        let beside = file.with_file_name(&name);
        if std::fs::write(&beside, &bytes).is_ok() {
            return Ok(beside);
        }
        let inside = self.services().config().data_dir.join(&name);
        std::fs::write(&inside, &bytes).with_context(|| inside.display().to_string())?;
        Ok(inside)
    }
}
