//! Imports of complaints from CSV files and workbooks of other systems: a bulk door (I3), as named batches that can be taken back.
//! Key = (source, id): the same text again is a duplicate, another text is rejected; read = imported + duplicate + rejected.
//! Not here: the file itself (`sheet`), columns (`columns`), judging a row (`row`), the ticket (`build`), the words (`say`).

mod build;
mod columns;
mod contacts;
mod heads;
mod job;
mod places;
mod report;
mod row;
mod say;
mod take;
pub(crate) mod undo;

use std::path::{Path, PathBuf};

use shared::fault::{Code, Fault};
use shared::ids::BatchId;
use shared::import::Doubtful;
use store::batches::Counts;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::SHIPPED_PROVINCE;
use crate::sheet::{self, Ask, Doubt, Reading, Sheet};
use columns::{Columns, Mapping, known_heads};
use take::{SoFar, Taker};

pub use report::Tally;
pub use undo::undo;

/// Region of tickets whose place is still to be completed: the province that this installation serves.
const PROVINCE: &str = SHIPPED_PROVINCE;
/// Word of this door in the list of batches.
const KIND: &str = "import";

/// What to import.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// CSV, CSV packed with gzip, or a workbook (.xlsx, .xls).
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
    order: ImportPlan,
    sheet: Sheet,
    columns: Columns,
    source: String,
}

/// Imports a file.
///
/// # Errors
/// As `open` and `Opened::run`.
pub async fn run(ctx: &Ctx, order: ImportPlan) -> Result<Done, Fault> {
    open(ctx, order)?.run().await
}

/// Looks through a file: how it is read and what is doubtful about that. Writes nothing.
///
/// # Errors
/// `import.file` for what is no table; `import.mapping` for a file whose columns are not known or a mapping that cannot be read.
pub fn open(ctx: &Ctx, order: ImportPlan) -> Result<Opened, Fault> {
    let mapping = match &order.map {
        Some(path) => Mapping::parse(&std::fs::read_to_string(path).map_err(|_| {
            Fault::new(Code::ImportMapping)
                .fact("why", "map_file")
                .fact("detail", path.display())
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
            why: Doubtful::DoubleHead,
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

    /// Imports what was opened: as a job that is worked on here. After a kill the same file goes on where it stood.
    ///
    /// # Errors
    /// `import.doubtful` while the reading is in doubt and nobody has accepted it; `job.held` while another process imports the same file,
    /// or as long as one that was killed may still be at work; `job.cancelled`.
    pub async fn run(self) -> Result<Done, Fault> {
        if !self.order.accept
            && let Some(fault) = sheet::doubtful(&self.sheet.reading.doubts)
        {
            return Err(fault);
        }
        if self.order.dry_run {
            return self.judge().await;
        }
        job::run(self).await
    }

    /// Judges every row and writes nothing but the report.
    async fn judge(self) -> Result<Done, Fault> {
        let services = self.ctx.services.clone();
        let now = services.now();
        let mut taker = Taker::new(self, (BatchId(services.new_id()), now))
            .await
            .settle(&services)?;
        let mut so_far = SoFar::default();
        let mut seen = std::collections::HashMap::new();
        loop {
            let chunk = taker.chunk(&so_far, &mut seen).await.settle(&services)?;
            so_far = chunk.so_far;
            if chunk.is_last {
                return Ok(taker.done(None, so_far));
            }
        }
    }
}

/// The file's name without its usual endings.
fn name_of(file: &Path) -> String {
    let name = file.file_name().map_or_else(
        || "import".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let endings = [".csv", ".xlsx", ".xls"];
    let bare = endings.iter().find_map(|end| name.strip_suffix(*end));
    bare.unwrap_or(name).to_owned()
}
