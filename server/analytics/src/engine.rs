//! Questions: a cube over the newest version of every ticket, counted by DataFusion.
//! Not here: conditions (`predicate`, `filter`), files and their order (`copy`), what is kept of earlier answers (`memo`).
//! A month that the tail says nothing about is read as it stands; of the others, what the tail has newer takes the place of what they have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray as _, RecordBatch};
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
use datafusion::functions_aggregate::expr_fn::{array_agg, min, sum};
use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{ExprFunctionExt as _, JoinType};
use datafusion::object_store::ObjectStore;
use datafusion::prelude::{DataFrame, Expr, SessionConfig, SessionContext, col, lit, when};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Anchor, CubeQuery, Measure, Side};
use shared::query::TicketFilter;

use crate::copy::Settings;
use crate::fault::Fault;
use crate::filter::conditions;
use crate::manifest::{Manifest, Segment, checksum};
use crate::memo::{Memo, Rows};
use crate::predicate::{all, anchored, counted, dimension, number, set, turns};
use crate::quantile::{self, Alike, nearest, took};
use crate::row::{SCHEMA, SEQ, month_of};

/// Under which name the engine knows the store of files.
const STORE: &str = "copy://files";
/// So many of the newest months are kept each by itself.
const APART: usize = 12;

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
    memo: Memo,
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
        Ok(Self {
            context,
            memo: Memo::default(),
        })
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
        let cache = self.context.runtime_env().cache_manager.clone();
        let table = ListingTable::try_new(config)?.with_cache(cache.get_file_statistic_cache());
        let table: Arc<dyn TableProvider> = Arc::new(table);
        Ok(Some(self.context.read_table(table)?))
    }

    /// The newest version of every ticket that some months may have, and of no ticket twice.
    pub(crate) fn newest(
        &self,
        manifest: &Manifest,
        months: &Months,
    ) -> Result<Option<DataFrame>, Fault> {
        let settled = self.table(settled(manifest, months).into_values().flatten())?;
        both(settled, self.unsettled(manifest, months)?)
    }

    /// The same of the months that the tail says something about, and of the tail.
    fn unsettled(&self, manifest: &Manifest, months: &Months) -> Result<Option<DataFrame>, Fault> {
        let touched = manifest.touched();
        let below = manifest.files.iter().filter(|file| {
            let month = file.month.as_ref();
            month.is_some_and(|month| months.has(month) && touched.contains(month))
        });
        let below = self.table(below)?;
        let tail = manifest.tail().filter(|file| months.meet(&file.months));
        let tail = match self.table(tail)? {
            Some(tail) => Some(last_of_each(tail)?),
            None => None,
        };
        match (below, tail) {
            (Some(below), Some(tail)) => {
                let old = without_newer(below.clone(), marked(tail.clone())?, false)?;
                let new = without_newer(tail, marked(below)?, true)?;
                both(Some(old), Some(new))
            }
            (one, other) => both(one, other),
        }
    }

    /// Counts a cube.
    pub(crate) async fn cube(
        &self,
        manifest: &Manifest,
        question: Question<'_>,
    ) -> Result<Answer, Fault> {
        let mut rows = Rows::new();
        for anchor in Anchor::ALL.iter().copied() {
            let asked = Asked::of(question, anchor);
            if !asked.measures.is_empty() {
                self.count(manifest, &asked, &mut rows).await?;
            }
        }
        for alike in Alike::of(question.query) {
            self.quantiles(manifest, question, &alike, &mut rows)
                .await?;
        }
        rows.retain(|_, numbers| numbers.iter().any(|number| *number != (0, 0)));
        let row = |(keys, numbers)| Counted { keys, numbers };
        Ok(Answer {
            rows: rows.into_iter().map(row).collect(),
            watermark: manifest.watermark,
        })
    }

    /// Counts the measures of an anchor. Months that the tail says nothing about are counted in pieces that are kept; what the filter compares with the
    /// moment of counting is counted whole each time.
    async fn count(
        &self,
        manifest: &Manifest,
        asked: &Asked<'_>,
        rows: &mut Rows,
    ) -> Result<(), Fault> {
        let months = asked.months();
        if asked.moves() {
            let newest = self.newest(manifest, &months)?;
            let (found, _) = self.numbers(newest, asked).await?;
            add(rows, &found);
            return Ok(());
        }
        let now = asked.question.now;
        for piece in pieces(manifest, &months) {
            let key = asked.key(&piece);
            if let Some(known) = self.memo.find(&key, now) {
                add(rows, &known);
                continue;
            }
            let table = self.table(piece.into_iter())?;
            let (found, until) = self.numbers(table, asked).await?;
            let found = Arc::new(found);
            add(rows, &found);
            self.memo.keep(key, &found, (now.0, until));
        }
        let (found, _) = self
            .numbers(self.unsettled(manifest, &months)?, asked)
            .await?;
        add(rows, &found);
        Ok(())
    }

    /// The numbers of some tickets, and the first moment behind that of counting at which they may be others.
    async fn numbers(
        &self,
        tickets: Option<DataFrame>,
        asked: &Asked<'_>,
    ) -> Result<(Rows, i64), Fault> {
        let mut rows = Rows::new();
        let mut until = i64::MAX;
        let Some(tickets) = tickets else {
            return Ok((rows, until));
        };
        let now = asked.question.now;
        let mut sums = Vec::new();
        for (place, (_, measure)) in asked.measures.iter().enumerate() {
            for (side, name) in [(Side::Numerator, "n"), (Side::Denominator, "d")] {
                sums.push(sum(number(*measure, side, now)?).alias(format!("{name}{place}")));
            }
        }
        let counts = sums.len();
        for (place, column) in turns(asked.measures.iter().map(|(_, it)| *it))
            .into_iter()
            .enumerate()
        {
            let is_ahead = col(column).gt_eq(lit(now.0));
            let first = min(when(is_ahead, col(column)).end()?);
            sums.push(first.alias(format!("t{place}")));
        }
        let axes = asked.question.query.axes.len();
        let turning = axes + counts..axes + sums.len();
        let tickets = tickets.filter(all(asked.conditions()?))?;
        let plan = tickets.aggregate(asked.groups()?, sums)?;
        for batch in plan.collect().await? {
            gather(&mut rows, &batch, asked)?;
            for column in turning.clone() {
                for at in 0..batch.num_rows() {
                    until = until.min(value(&batch, column, at)?.unwrap_or(i64::MAX));
                }
            }
        }
        Ok((rows, until))
    }

    /// Puts the quantiles of one list of times beside the other numbers.
    async fn quantiles(
        &self,
        manifest: &Manifest,
        question: Question<'_>,
        alike: &Alike,
        rows: &mut Rows,
    ) -> Result<(), Fault> {
        let asked = Asked::of(question, alike.anchor);
        let Some(tickets) = self.newest(manifest, &asked.months())? else {
            return Ok(());
        };
        let mut conditions = asked.conditions()?;
        conditions.push(set([alike.among, &[]], question.now));
        let times = array_agg(took(alike.took)).alias("times");
        let tickets = tickets.filter(all(conditions))?;
        let plan = tickets.aggregate(asked.groups()?, vec![times])?;
        let axes = question.query.axes.len();
        for batch in plan.collect().await? {
            let keys = keys(&batch, axes)?;
            let lists = batch.columns().get(axes);
            let lists = lists.ok_or_else(|| Fault::Engine("no times".to_owned()))?;
            for at in 0..batch.num_rows() {
                let times = quantile::times(lists, at)?;
                let whole = i64::try_from(times.len()).unwrap_or(i64::MAX);
                if whole == 0 {
                    continue;
                }
                let numbers = rows
                    .entry(keys.iter().map(|column| key(column, at)).collect())
                    .or_insert_with(|| vec![(0, 0); question.query.measures.len()]);
                for (place, percent) in &alike.at {
                    if let Some(slot) = numbers.get_mut(*place) {
                        *slot = (nearest(&times, *percent).unwrap_or(0), whole);
                    }
                }
            }
        }
        Ok(())
    }
}

/// What is asked of the tickets that one anchor puts into the period.
struct Asked<'a> {
    question: Question<'a>,
    anchor: Anchor,
    /// Counts, rates and means, each with its place in the cube.
    measures: Vec<(usize, Measure)>,
    filter: TicketFilter,
}

impl<'a> Asked<'a> {
    fn of(question: Question<'a>, anchor: Anchor) -> Self {
        let all = question.query.measures.iter().copied().enumerate();
        let is_one = |(_, measure): &(usize, Measure)| {
            let definition = measure.definition();
            definition.anchor == anchor && !definition.is_quantile()
        };
        Self {
            question,
            anchor,
            measures: all.filter(is_one).collect(),
            filter: question.query.led(anchor),
        }
    }

    /// The months that can have tickets of it.
    fn months(&self) -> Months {
        Months::between(self.filter.accepted_from, self.filter.accepted_to)
    }

    /// Whether which tickets pass the filter depends on the moment of counting.
    fn moves(&self) -> bool {
        let filter = &self.filter;
        filter.light.is_some() || filter.overdue.is_some() || filter.measure.is_some()
    }

    /// Scope, filter and period.
    fn conditions(&self) -> Result<Vec<Expr>, Fault> {
        let Question {
            scope,
            query,
            led_by,
            now,
        } = self.question;
        let mut asked = conditions(scope, &self.filter, led_by, now)?;
        asked.push(counted());
        asked.push(anchored(self.anchor, query.between()));
        Ok(asked)
    }

    /// The dimensions.
    fn groups(&self) -> Result<Vec<Expr>, Fault> {
        let query = self.question.query;
        let mut groups = Vec::new();
        for (place, axis) in query.axes.iter().enumerate() {
            let expression = dimension(*axis, self.anchor, (query.from, query.to))?;
            groups.push(expression.alias(format!("k{place}")));
        }
        Ok(groups)
    }

    /// A name for the answer that some files give: the same for everybody of one scope.
    fn key(&self, files: &[&Segment]) -> String {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let (scope, query) = (self.question.scope, self.question.query);
        let query = CubeQuery {
            filter: TicketFilter {
                // Asked by what the copy refuses alone.
                mine_of: Vec::new(),
                ..query.filter.clone()
            },
            ..query.clone()
        };
        let (led_by, anchor) = (self.question.led_by, self.anchor);
        let text = format!("{paths:?} {scope:?} {query:?} {led_by:?} {anchor:?}");
        checksum(text.as_bytes())
    }
}

/// Adds numbers to those that there are.
fn add(rows: &mut Rows, found: &Rows) {
    for (keys, numbers) in found {
        let Some(sums) = rows.get_mut(keys) else {
            rows.insert(keys.clone(), numbers.clone());
            continue;
        };
        for (sum, number) in sums.iter_mut().zip(numbers) {
            sum.0 += number.0;
            sum.1 += number.1;
        }
    }
}

/// Some tickets and others.
fn both(some: Option<DataFrame>, others: Option<DataFrame>) -> Result<Option<DataFrame>, Fault> {
    Ok(match (some, others) {
        (Some(some), Some(others)) => Some(some.union(others)?),
        (one, other) => one.or(other),
    })
}

/// The files of months that the tail says nothing about, by month.
fn settled<'a>(manifest: &'a Manifest, months: &Months) -> BTreeMap<&'a str, Vec<&'a Segment>> {
    let touched = manifest.touched();
    let mut found: BTreeMap<&str, Vec<&Segment>> = BTreeMap::new();
    for file in &manifest.files {
        if let Some(month) = file.month.as_deref()
            && months.has(month)
            && !touched.contains(month)
        {
            found.entry(month).or_default().push(file);
        }
    }
    found
}

/// The same in pieces that are counted and kept by themselves: each of the newest months, and what is older by years.
fn pieces<'a>(manifest: &'a Manifest, months: &Months) -> Vec<Vec<&'a Segment>> {
    let settled = settled(manifest, months);
    let older = settled.len().saturating_sub(APART);
    let mut pieces: BTreeMap<&str, Vec<&Segment>> = BTreeMap::new();
    for (place, (month, files)) in settled.into_iter().enumerate() {
        let name = if place < older {
            month.split('-').next().unwrap_or(month)
        } else {
            month
        };
        pieces.entry(name).or_default().extend(files);
    }
    pieces.into_values().collect()
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

/// The dimensions of a batch as texts.
fn keys(batch: &RecordBatch, axes: usize) -> Result<Vec<ArrayRef>, Fault> {
    let text = |column: &ArrayRef| {
        cast(column, &DataType::Utf8).map_err(|it| Fault::Engine(it.to_string()))
    };
    batch.columns().iter().take(axes).map(text).collect()
}

/// A value of a dimension; empty where there is none.
fn key(column: &ArrayRef, at: usize) -> String {
    let texts = column.as_string::<i32>();
    if texts.is_valid(at) {
        texts.value(at).to_owned()
    } else {
        String::new()
    }
}

/// Takes the numbers of a batch in.
fn gather(rows: &mut Rows, batch: &RecordBatch, asked: &Asked<'_>) -> Result<(), Fault> {
    let query = asked.question.query;
    let axes = query.axes.len();
    let keys = keys(batch, axes)?;
    for at in 0..batch.num_rows() {
        let numbers = rows
            .entry(keys.iter().map(|column| key(column, at)).collect())
            .or_insert_with(|| vec![(0, 0); query.measures.len()]);
        for (place, (index, _)) in asked.measures.iter().enumerate() {
            let first = axes + 2 * place;
            if let Some((numerator, denominator)) = numbers.get_mut(*index) {
                *numerator += value(batch, first, at)?.unwrap_or(0);
                *denominator += value(batch, first + 1, at)?.unwrap_or(0);
            }
        }
    }
    Ok(())
}

/// A number of a batch; none where there was nothing to count.
fn value(batch: &RecordBatch, column: usize, at: usize) -> Result<Option<i64>, Fault> {
    let found = batch.columns().get(column);
    let numbers = found.and_then(|column| column.as_primitive_opt::<Int64Type>());
    let numbers = numbers.ok_or_else(|| Fault::Engine("a number is none".to_owned()))?;
    Ok(numbers.is_valid(at).then(|| numbers.value(at)))
}
