//! Medians of repeated runs, value and baseline in turn, so that both see the same machine.
//! Deliberately absent: what is measured.
//! Every measure stops at the number of runs or the time, whichever comes first, but runs at least three times.

use std::time::{Duration, Instant};

use serde::Serialize;

/// Runs of one measure at most.
const RUNS: usize = 300;
/// Runs at least.
const LEAST: usize = 3;

/// One row of the result.
#[derive(Debug, Default, Serialize)]
pub struct Measure {
    /// Stable name, the key for budgets and growth.
    pub name: String,
    /// What was asked, in words.
    pub what: String,
    /// `ms`, `1/s`, `MB`, `%`.
    pub unit: &'static str,
    /// The median.
    pub value: f64,
    /// The median of the baseline, in the same unit.
    pub baseline: Option<f64>,
    /// What the baseline is.
    pub against: &'static str,
    /// Rows that one run gave.
    pub rows: usize,
    /// How often it ran.
    pub runs: usize,
    /// CPU of this process per run, in milliseconds, without the baseline.
    pub cpu_ms: Option<f64>,
}

/// The medians of two things that run in turn, in milliseconds.
pub struct Pair {
    /// Of the thing itself.
    pub value: f64,
    /// Of what it is held against.
    pub baseline: f64,
    /// How often both ran.
    pub runs: usize,
}

/// Runs both in turn for about `time`.
pub async fn pair<A, B>(
    time: Duration,
    mut value: impl FnMut(usize) -> A,
    mut baseline: impl FnMut(usize) -> B,
) -> anyhow::Result<Pair>
where
    A: Future<Output = anyhow::Result<()>>,
    B: Future<Output = anyhow::Result<()>>,
{
    // Caches and prepared statements first.
    for run in 0..2 {
        value(run).await?;
        baseline(run).await?;
    }
    let (mut values, mut baselines) = (Vec::new(), Vec::new());
    let start = Instant::now();
    while values.len() < LEAST || (values.len() < RUNS && start.elapsed() < time) {
        let run = values.len() + 2;
        values.push(timed(value(run)).await?);
        baselines.push(timed(baseline(run)).await?);
    }
    let runs = values.len();
    Ok(Pair {
        value: median(values),
        baseline: median(baselines),
        runs,
    })
}

/// How long a future takes, in milliseconds.
pub async fn timed(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<f64> {
    let start = Instant::now();
    work.await?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}

/// The value in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
