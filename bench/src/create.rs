//! Registering: one call after another, and sixteen at once, each acknowledged by a commit.
//! Deliberately absent: other verbs; they write less.
//! The baseline writes copies of such a ticket by plain statements, one transaction each, one after another.

use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt, TryStreamExt};
use services::{Ctx, tickets};
use shared::{
    command::{Command as _, Sent},
    ids::TicketId,
    ticket::{Channel, RequestKind, TicketNo, command::Register},
};

use crate::{Bench, said, timing, timing::Measure};

/// Calls at once in the second measure.
const AT_ONCE: usize = 16;
const RUNS: usize = 300;
const TIME: Duration = Duration::from_secs(4);

/// Both measures.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Measure>> {
    let ctx = bench.person("nj.agent").await?;
    let (first, _) = register(&ctx, 0).await?;
    let names = (0..=RUNS as u32 + 2).map(|n| {
        // Numbers far above those of the day, so that nothing meets them.
        let no = TicketNo::new("329900", ctx.now().date(), Channel::Phone, 900_000 + n);
        (no, bench.services.ids().new_id(ctx.now()))
    });
    let mut twins = bench.bare.twins(first, same_moment(first, names)).await?;
    let mut written = Vec::new();
    let pair = timing::pair(
        TIME,
        async |run| register(&ctx, run).await.map(drop),
        |_| {
            let twin = twins.pop();
            async {
                let twin = twin.ok_or_else(|| anyhow::anyhow!("no copy is left"))?;
                Ok(bench.bare.write_twin(twin).await?)
            }
        },
    )
    .await?;
    let each = 1000.0 / pair.value;
    written.push(Measure {
        name: "create".to_owned(),
        what: "nj.agent: registered one after another".to_owned(),
        unit: "1/s",
        value: each,
        baseline: Some(1000.0 / pair.baseline),
        against: "the same rows by plain statements",
        rows: 1,
        runs: pair.runs,
        cpu_ms: None,
    });
    written.push(at_once(&ctx).await?);
    Ok(written)
}

/// Ids must carry the moment of acceptance of the ticket that is copied (I8).
fn same_moment(
    first: TicketId,
    names: impl Iterator<Item = (TicketNo, uuid::Uuid)>,
) -> Vec<(TicketNo, uuid::Uuid)> {
    const TIME: u128 = 0xffff_ffff_ffff << 80;
    let head = first.0.as_u128() & TIME;
    names
        .map(|(no, id)| (no, uuid::Uuid::from_u128(head | (id.as_u128() & !TIME))))
        .collect()
}

async fn at_once(ctx: &Ctx) -> anyhow::Result<Measure> {
    let mut rates = Vec::new();
    let start = Instant::now();
    let mut runs = 0;
    while rates.len() < 3 || start.elapsed() < TIME {
        let calls = AT_ONCE * 8;
        let ms = timing::timed(async {
            stream::iter(0..calls)
                .map(|call| register(ctx, runs + call))
                .buffer_unordered(AT_ONCE)
                .try_for_each(|_| std::future::ready(Ok(())))
                .await
        })
        .await?;
        runs += calls;
        rates.push(calls as f64 * 1000.0 / ms);
    }
    Ok(Measure {
        name: "create.at_once".to_owned(),
        what: format!("nj.agent: registered {AT_ONCE} at once"),
        unit: "1/s",
        value: timing::median(rates),
        rows: 1,
        runs,
        ..Measure::default()
    })
}

async fn register(ctx: &Ctx, run: usize) -> anyhow::Result<(TicketId, TicketNo)> {
    let body = serde_json::json!({
        "kind": "complaint",
        "channel": "phone",
        "content": format!("市民来电反映小区北门第{run}盏路灯已经三天不亮，晚上进出看不清路，有老人差点摔倒，希望有关部门尽快派人检修并回复。"),
        "region": "320106",
        "address": format!("上海路{}号", run % 200 + 1),
        "citizen": {"name": "王试", "phone": "13800000000"},
    });
    let fields = body.as_object().cloned().unwrap_or_default();
    let command = Register::read(Sent::json(fields)).map_err(said)?;
    debug_assert_eq!(command.kind, RequestKind::Complaint);
    let done = tickets::register(ctx, command).await.map_err(said)?;
    Ok((done.id, done.ticket_no))
}
