//! The look for tickets about the same matter: at the desk while a request is taken down, and for a dispatcher who may merge.
//! Deliberately absent: looking a number up, which writes into the audit; the merging look compares the caller's number all the same.

use std::time::{Duration, Instant};

use services::{Ctx, tickets, views};
use shared::{access::Permission, ids::TicketId};

use crate::{Bench, said, timing, timing::Measure};

const TIME: Duration = Duration::from_millis(2_500);
/// Tickets whose words are taken, at most.
const AMONG: u32 = 5_000;

/// At the desk and before merging.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Measure>> {
    let agent = bench.person("nj.agent").await?;
    let dispatcher = bench.person("nj.dispatcher").await?;
    let scope = dispatcher
        .actor
        .scope(Permission::TicketView)
        .ok_or_else(|| anyhow::anyhow!("no scope"))?;
    let ids = bench.bare.some_of(&scope, AMONG).await?;
    anyhow::ensure!(!ids.is_empty(), "no tickets");
    Ok(vec![
        desk(&agent, &dispatcher, &ids).await?,
        merging(&dispatcher, &ids).await?,
    ])
}

/// Words, place and category of tickets that stand, as if they were told once more.
async fn desk(agent: &Ctx, reader: &Ctx, ids: &[TicketId]) -> anyhow::Result<Measure> {
    let mut told = Vec::new();
    for id in ids {
        let detail = views::get(reader, *id).await.map_err(said)?;
        let Some(category) = detail.row.category else {
            continue;
        };
        told.push(views::RelatedQuery {
            region: Some(detail.row.region.code),
            category: Some(category.code),
            content: Some(detail.content),
            ..views::RelatedQuery::default()
        });
    }
    anyhow::ensure!(!told.is_empty(), "no tickets with a category");
    let (mut values, mut rows, start) = (Vec::new(), 0, Instant::now());
    for query in told.iter().cycle() {
        if start.elapsed() > TIME {
            break;
        }
        let look = async {
            rows += views::related(agent, query.clone())
                .await
                .map_err(said)?
                .len();
            Ok(())
        };
        values.push(timing::timed(look).await?);
    }
    Ok(row(
        "duplicates.desk",
        "nj.agent: what is told looks like",
        values,
        rows,
    ))
}

async fn merging(dispatcher: &Ctx, ids: &[TicketId]) -> anyhow::Result<Measure> {
    let (mut values, mut rows, start) = (Vec::new(), 0, Instant::now());
    for id in ids.iter().cycle() {
        if start.elapsed() > TIME {
            break;
        }
        let look = async {
            rows += tickets::likely(dispatcher, *id).await.map_err(said)?.len();
            Ok(())
        };
        values.push(timing::timed(look).await?);
    }
    let what = "nj.dispatcher: likely the same event as";
    Ok(row("duplicates.merge", what, values, rows))
}

fn row(name: &str, what: &str, values: Vec<f64>, rows: usize) -> Measure {
    let runs = values.len();
    Measure {
        name: name.to_owned(),
        what: format!("{what} one of {runs} tickets"),
        unit: "ms",
        value: timing::median(values),
        rows: rows / runs.max(1),
        runs,
        ..Measure::default()
    }
}
