//! Verifying the audit: rows are written and sealed as verbs do it, then every digest, link and checkpoint is computed again.
//! Deliberately absent: what writing a row costs a verb (`engine`), files of checkpoints.
//! The aim is 10,000,000 rows in a minute, 166,667 a second.

use std::time::Instant as Clock;

use services::Ctx;
use store::StoreError;

use crate::{Bench, timing::Measure};

/// Rows of one transaction.
const AT_ONCE: u32 = 1_000;

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
