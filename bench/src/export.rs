//! The long reads: the CSV of 100,000 rows with its memory, and the overview report.
//! Deliberately absent: writing the file; the parts are counted and dropped.
//! Both are linear in their rows, so growth is judged per row.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use futures::StreamExt;
use services::{Ctx, exports, reports};
use shared::{
    access::Permission,
    calendar::Instant,
    query::{Sort, TicketFilter, TicketQuery},
};
use store::reports::Period;

use crate::{Bench, process, said, timing, timing::Measure};

/// The newest 100,000 tickets of the province, or all when there are fewer.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Measure>> {
    let ctx = bench.person("js.manager").await?;
    let newest = bench.bare.nth_newest(exports::MAX_ROWS).await?;
    let filter = TicketFilter {
        accepted_from: newest.map(|at| at.0 + 1),
        ..TicketFilter::default()
    };
    // The names of places and units belong to the process, not to the export.
    bench.services.reference().await.map_err(said)?;
    let before = process::resident_mb()?;
    process::forget_peak()?;
    let rows = run(&ctx, &filter).await?;
    let extra = (process::peak_mb()? - before).max(0.0);
    let scope = ctx
        .actor
        .scope(Permission::TicketExport)
        .ok_or_else(|| anyhow::anyhow!("no right"))?;
    let query = TicketQuery {
        filter: filter.clone(),
        sort: Sort::AcceptedDesc,
        limit: exports::MAX_ROWS,
        cursor: None,
        columns: Vec::new(),
    };
    let pair = timing::pair(
        Duration::from_secs(12),
        async |_| run(&ctx, &filter).await.map(drop),
        async |_| Ok(bench.bare.walk(&scope, &query, ctx.now()).await.map(drop)?),
    )
    .await?;
    let time = Measure {
        name: "export".to_owned(),
        what: "js.manager: CSV of the newest tickets".to_owned(),
        unit: "ms",
        value: pair.value,
        baseline: Some(pair.baseline),
        against: "one cursor over the same SQL",
        rows,
        runs: pair.runs,
        cpu_ms: None,
    };
    let memory = Measure {
        name: "export.memory".to_owned(),
        what: "most memory beyond that before the first export".to_owned(),
        unit: "MB",
        value: extra,
        rows,
        runs: 1,
        ..Measure::default()
    };
    Ok(vec![time, memory])
}

/// Rows of the whole file.
async fn run(ctx: &Ctx, filter: &TicketFilter) -> anyhow::Result<usize> {
    let stream = exports::tickets_csv(ctx, filter.clone(), Sort::AcceptedDesc, &[])
        .await
        .map_err(said)?;
    let mut stream = std::pin::pin!(stream);
    let mut lines = 0;
    while let Some(part) = stream.next().await {
        let part = part.map_err(said)?;
        lines += part.windows(2).filter(|end| *end == b"\r\n").count();
    }
    Ok(lines.saturating_sub(1))
}

/// The overview of the last twelve months, over everything that the person's scope has; nothing for who may not see reports.
pub async fn report(bench: &Bench, person: &str, name: &str) -> anyhow::Result<Option<Measure>> {
    let ctx = bench.person(person).await?;
    let Some(scope) = ctx.actor.scope(Permission::ReportView) else {
        return Ok(None);
    };
    let to = ctx.now().date();
    let from = to.checked_sub_days(Days::new(400)).unwrap_or(to);
    let midnight = |day: NaiveDate| Instant::from_local(day.and_time(chrono::NaiveTime::MIN));
    let period = Period {
        from: midnight(from),
        to: midnight(shared::calendar::days_after(to, 1)),
        region: None,
    };
    let query = reports::OverviewQuery {
        from,
        to,
        region: None,
    };
    let digits = reports::digits_of_groups(&scope, None);
    if bench.plans {
        eprintln!("-- {name}");
        let lines = bench
            .bare
            .plan_overview(&scope, &period, digits, ctx.now())
            .await?;
        for line in lines {
            eprintln!("   {line}");
        }
    }
    let first = reports::overview(&ctx, query.clone()).await.map_err(said)?;
    let pair = timing::pair(
        Duration::from_secs(8),
        async |_| {
            reports::overview(&ctx, query.clone())
                .await
                .map_err(said)
                .map(drop)
        },
        async |_| {
            let rows = bench.bare.overview(&scope, &period, digits, ctx.now());
            Ok(rows.await.map(drop)?)
        },
    )
    .await?;
    Ok(Some(Measure {
        name: name.to_owned(),
        what: format!("{person}: overview of all tickets in scope"),
        unit: "ms",
        value: pair.value,
        baseline: Some(pair.baseline),
        against: "the same SQL through sqlx",
        rows: usize::try_from(first.total.accepted)?,
        runs: pair.runs,
        cpu_ms: None,
    }))
}
