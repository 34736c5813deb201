//! Verifying the audit: rows are written and sealed as verbs do it, then every digest, link and checkpoint is computed again.
//! And what a verb pays for its row: one more row within a running transaction, held against the whole verb of the same minute.
//! Deliberately absent: files of checkpoints. The aims are 10,000,000 rows in a minute, 166,667 a second, and a tenth of a verb.

use std::time::Instant as Clock;

use services::Ctx;
use store::StoreError;

use crate::{
    Bench, engine,
    timing::{self, Measure},
};

/// Rows of one transaction.
const AT_ONCE: u32 = 1_000;

/// Verbs of which one pays for its row.
const VERBS: usize = 300;

/// What share of a verb's time its row of the audit takes, in hundredths: a call is taken down with everything that belongs to it, then one row
/// more is written behind another one of a transaction, in turn.
pub async fn share(bench: &Bench) -> anyhow::Result<Measure> {
    let agent = bench.person("nj.agent").await?;
    let store = bench.services.store();
    let (mut verbs, mut rows) = (Vec::new(), Vec::new());
    for run in 0..VERBS {
        let verb = async { engine::register(&agent, run).await.map(drop) };
        verbs.push(timing::timed(verb).await?);
        let entry = |row: u32| {
            let mut entry = agent.audit("bench.row", format!("bench:share:{run}:{row}"), "ok");
            entry.ip = Some("192.0.2.1".to_owned());
            entry.facts.insert("no".to_owned(), row.to_string());
            entry
        };
        let (first, second) = (entry(0), entry(1));
        let took = store
            .write::<_, StoreError, _>(move |tx| {
                let (first, second) = (first.clone(), second.clone());
                Box::pin(async move {
                    // What a transaction costs by beginning to write is the verb's.
                    store::audit::append(tx, &first).await?;
                    let begun = Clock::now();
                    store::audit::append(tx, &second).await?;
                    Ok(begun.elapsed())
                })
            })
            .await?;
        rows.push(took.as_secs_f64() * 1e3);
    }
    let (verb, row) = (timing::median(verbs), timing::median(rows));
    anyhow::ensure!(verb > 0.0, "a verb takes its time");
    Ok(Measure {
        name: "audit.share".to_owned(),
        what: format!("nj.agent: a row of the audit {row:.2} ms of {verb:.2} ms to register"),
        unit: "%",
        value: row * 100.0 / verb,
        rows: 1,
        runs: VERBS,
        ..Measure::default()
    })
}

/// Rows verified in a second.
pub async fn measure(bench: &Bench, rows: u32) -> anyhow::Result<Measure> {
    let store = bench.services.store();
    let ctx = Ctx::system(&bench.services);
    for part in 0..rows.div_ceil(AT_ONCE) {
        let entries: Vec<_> = (0..AT_ONCE)
            .map(|row| {
                let mut entry = ctx.audit("bench.row", format!("bench:{part}:{row}"), "ok");
                entry.ip = Some("192.0.2.1".to_owned());
                entry.facts.insert("no".to_owned(), row.to_string());
                entry
            })
            .collect();
        store
            .write::<_, StoreError, _>(move |tx| {
                let entries = entries.clone();
                Box::pin(async move {
                    store::audit::append(tx, &entries).await?;
                    store::audit::seal(tx, AT_ONCE).await.map(drop)
                })
            })
            .await?;
    }
    let begun = Clock::now();
    let report = store::audit::verify(&store.report_reader()).await?;
    let seconds = begun.elapsed().as_secs_f64();
    anyhow::ensure!(report.faults.is_empty(), "{:?}", report.faults);
    Ok(Measure {
        name: "audit.verified".to_owned(),
        what: format!(
            "{} rows of the audit verified in {seconds:.1} s",
            report.sealed
        ),
        unit: "1/s",
        value: report.sealed as f64 / seconds,
        rows: usize::try_from(report.sealed)?,
        runs: 1,
        ..Measure::default()
    })
}
