//! Questions: a cube over the newest version of every ticket, counted by DataFusion.
//! Not here: conditions (`predicate`, `filter`), files and their order (`copy`).
//! A month that the tail says nothing about is read as it stands; of the others, what the tail has newer takes the place of what they have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray as _, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::catalog::TableProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::error::DataFusionError;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::functions_aggregate::expr_fn::sum;
use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{ExprFunctionExt as _, JoinType};
use datafusion::object_store::ObjectStore;
use datafusion::prelude::{DataFrame, Expr, SessionConfig, SessionContext, col, lit};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Anchor, CubeQuery, Measure, Side};

use crate::copy::Settings;
use crate::fault::Fault;
use crate::filter::conditions;
use crate::manifest::{Manifest, Segment};
use crate::predicate::{all, anchored, counted, dimension, number};
use crate::row::{SCHEMA, SEQ, month_of};

/// Under which name the engine knows the store of files.
const STORE: &str = "copy://files";

/// A cube that is asked of the copy.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What the reader reaches.
    pub scope: &'a Scope,
    /// The cube, its filter ready for a list.
    pub query: &'a CubeQuery,
    /// The unit of the filter's `lead_unit` and those below it.
    pub led_by: &'a [String],
    /// The moment of counting.
    pub now: Instant,
}

/// A row of a cube.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// A value of each dimension, as it is kept; empty where a ticket has none.
    pub keys: Vec<String>,
    /// Numerator and denominator of each measure.
    pub numbers: Vec<(i64, i64)>,
}

/// A cube that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In the order of their keys; none without any ticket.
    pub rows: Vec<Counted>,
    /// Number of the change feed up to which it says what the tables say.
    pub watermark: i64,
}

/// The engine over one store of files.
pub(crate) struct Engine {
    context: SessionContext,
}

impl Engine {
    /// An engine within bounds.
    pub(crate) fn new(store: Arc<dyn ObjectStore>, settings: Settings) -> Result<Self, Fault> {
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_limit(settings.memory, 1.0)
            .build_arc()?;
        let config = SessionConfig::new()
            .with_target_partitions(settings.threads)
            .with_collect_statistics(true);
        let context = SessionContext::new_with_config_rt(config, runtime);
        let url = ObjectStoreUrl::parse(STORE)?;
        context.register_object_store(url.as_ref(), store);
        Ok(Self { context })
    }

    /// Some files as a table; none without files.
    fn table<'a>(
        &self,
        files: impl Iterator<Item = &'a Segment>,
    ) -> Result<Option<DataFrame>, Fault> {
        let url = |file: &Segment| ListingTableUrl::parse(format!("{STORE}/{}", file.path));
        let urls: Vec<ListingTableUrl> = files.map(url).collect::<Result<_, _>>()?;
        if urls.is_empty() {
            return Ok(None);
        }
        let options =
            ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
        let config = ListingTableConfig::new_with_multi_paths(urls)
            .with_listing_options(options)
            .with_schema(SCHEMA.clone());
        let table: Arc<dyn TableProvider> = Arc::new(ListingTable::try_new(config)?);
        Ok(Some(self.context.read_table(table)?))
    }

    /// The newest version of every ticket that some months may have, and of no ticket twice.
    pub(crate) fn newest(
        &self,
        manifest: &Manifest,
        months: &Months,
    ) -> Result<Option<DataFrame>, Fault> {
        let touched = manifest.touched();
        let of_month = |is_touched: bool| {
            let touched = &touched;
            manifest.files.iter().filter(move |file| {
                file.month
                    .as_ref()
                    .is_some_and(|month| months.has(month) && touched.contains(month) == is_touched)
            })
        };
        let settled = self.table(of_month(false))?;
        let below = self.table(of_month(true))?;
        let tail = manifest.tail().filter(|file| months.meet(&file.months));
        let mut found = settled;
        let tail = match self.table(tail)? {
            Some(tail) => Some(last_of_each(tail)?),
            None => None,
        };
        let parts = match (below, tail) {
            (Some(below), Some(tail)) => {
                let old = without_newer(below.clone(), marked(tail.clone())?, false)?;
                let new = without_newer(tail, marked(below)?, true)?;
                vec![old, new]
            }
            (one, other) => one.into_iter().chain(other).collect(),
        };
        for part in parts {
            found = Some(match found {
                None => part,
                Some(found) => found.union(part)?,
            });
        }
        Ok(found)
    }

    /// Counts a cube.
    pub(crate) async fn cube(
        &self,
        manifest: &Manifest,
        question: Question<'_>,
    ) -> Result<Answer, Fault> {
        let query = question.query;
        let mut rows: BTreeMap<Vec<String>, Vec<(i64, i64)>> = BTreeMap::new();
        for anchor in Anchor::ALL.iter().copied() {
            let all = query.measures.iter().copied().enumerate();
            let measures: Vec<(usize, Measure)> = all
                .filter(|(_, measure)| measure.definition().anchor == anchor)
                .collect();
            if measures.is_empty() {
                continue;
            }
            let Some(plan) = self.statement(manifest, question, (anchor, &measures))? else {
                continue;
            };
            for batch in plan.collect().await? {
                gather(&mut rows, &batch, query, &measures)?;
            }
        }
        rows.retain(|_, numbers| numbers.iter().any(|number| *number != (0, 0)));
        let row = |(keys, numbers)| Counted { keys, numbers };
        Ok(Answer {
            rows: rows.into_iter().map(row).collect(),
            watermark: manifest.watermark,
        })
    }

    /// The plan of an anchor.
    fn statement(
        &self,
        manifest: &Manifest,
        question: Question<'_>,
        (anchor, measures): (Anchor, &[(usize, Measure)]),
    ) -> Result<Option<DataFrame>, Fault> {
        let Question {
            scope,
            query,
            led_by,
            now,
        } = question;
        let filter = query.led(anchor);
        let mut asked = conditions(scope, &filter, led_by, now)?;
        asked.push(counted());
        asked.push(anchored(anchor, query.between()));
        let months = Months::between(filter.accepted_from, filter.accepted_to);
        let Some(newest) = self.newest(manifest, &months)? else {
            return Ok(None);
        };
        let mut groups = Vec::new();
        for (place, axis) in query.axes.iter().enumerate() {
            let expression = dimension(*axis, anchor, (query.from, query.to))?;
            groups.push(expression.alias(format!("k{place}")));
        }
        let mut sums = Vec::new();
        for (place, (_, measure)) in measures.iter().enumerate() {
            for (side, name) in [(Side::Numerator, "n"), (Side::Denominator, "d")] {
                sums.push(sum(number(*measure, side, now)?).alias(format!("{name}{place}")));
            }
        }
        Ok(Some(newest.filter(all(asked))?.aggregate(groups, sums)?))
    }
}

/// Months of acceptance that a question can have tickets of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Months {
    from: Option<String>,
    to: Option<String>,
}

impl Months {
    /// Those between two moments, where they are bounds.
    pub(crate) fn between(from: Option<i64>, until: Option<i64>) -> Self {
        Self {
            from: from.map(month_of),
            to: until.map(|until| month_of(until.saturating_sub(1))),
        }
    }

    /// One.
    pub(crate) fn one(month: &str) -> Self {
        Self {
            from: Some(month.to_owned()),
            to: Some(month.to_owned()),
        }
    }

    /// Whether a month is one of them.
    pub(crate) fn has(&self, month: &str) -> bool {
        self.from.as_deref().is_none_or(|from| from <= month)
            && self.to.as_deref().is_none_or(|to| month <= to)
    }

    /// Whether one of some months is.
    pub(crate) fn meet(&self, months: &BTreeSet<String>) -> bool {
        months.iter().any(|month| self.has(month))
    }
}

/// Of several versions of a ticket the newest.
fn last_of_each(tail: DataFrame) -> Result<DataFrame, DataFusionError> {
    let nth = row_number()
        .partition_by(vec![col("id_hi"), col("id_lo")])
        .order_by(vec![
            col("version").sort(false, false),
            col(SEQ).sort(false, false),
        ])
        .build()?
        .alias("nth");
    let columns: Vec<Expr> = SCHEMA.fields().iter().map(|it| col(it.name())).collect();
    tail.window(vec![nth])?
        .filter(col("nth").eq(lit(1_u64)))?
        .select(columns)
}

/// Which tickets there are, and how new, under names of their own.
fn marked(rows: DataFrame) -> Result<DataFrame, DataFusionError> {
    rows.select(vec![
        col("id_hi").alias("other_hi"),
        col("id_lo").alias("other_lo"),
        col("version").alias("other_version"),
        col(SEQ).alias("other_seq"),
    ])
}

/// Rows without those of which the other side has a newer one; of two that are equally new the tail's stays.
fn without_newer(
    rows: DataFrame,
    others: DataFrame,
    is_tail: bool,
) -> Result<DataFrame, DataFusionError> {
    let is_same = col("version").eq(col("other_version"));
    let is_later = if is_tail {
        col("other_seq").gt(col(SEQ))
    } else {
        col("other_seq").gt_eq(col(SEQ))
    };
    let is_newer = col("other_version")
        .gt(col("version"))
        .or(is_same.and(is_later));
    rows.join_on(
        others,
        JoinType::LeftAnti,
        [
            col("id_hi").eq(col("other_hi")),
            col("id_lo").eq(col("other_lo")),
            is_newer,
        ],
    )
}

/// Takes the numbers of a batch in.
fn gather(
    rows: &mut BTreeMap<Vec<String>, Vec<(i64, i64)>>,
    batch: &RecordBatch,
    query: &CubeQuery,
    measures: &[(usize, Measure)],
) -> Result<(), Fault> {
    let axes = query.axes.len();
    let mut keys = Vec::new();
    for column in batch.columns().iter().take(axes) {
        let text = cast(column, &DataType::Utf8).map_err(|it| Fault::Engine(it.to_string()))?;
        keys.push(text);
    }
    for at in 0..batch.num_rows() {
        let key = |column: &datafusion::arrow::array::ArrayRef| {
            let texts = column.as_string::<i32>();
            if texts.is_valid(at) {
                texts.value(at).to_owned()
            } else {
                String::new()
            }
        };
        let numbers = rows
            .entry(keys.iter().map(key).collect())
            .or_insert_with(|| vec![(0, 0); query.measures.len()]);
        for (place, (index, _)) in measures.iter().enumerate() {
            let first = axes + 2 * place;
            if let Some((numerator, denominator)) = numbers.get_mut(*index) {
                *numerator += value(batch, first, at)?;
                *denominator += value(batch, first + 1, at)?;
            }
        }
    }
    Ok(())
}

fn value(batch: &RecordBatch, column: usize, at: usize) -> Result<i64, Fault> {
    let found = batch.columns().get(column);
    let numbers = found.and_then(|column| column.as_primitive_opt::<Int64Type>());
    let numbers = numbers.ok_or_else(|| Fault::Engine("a number is none".to_owned()))?;
    Ok(if numbers.is_valid(at) {
        numbers.value(at)
    } else {
        0
    })
}
