//! First pages of lists (filtered, scoped, in every order), searches and the ticket's page, each beside its own SQL.
//! Deliberately absent: later pages; a keyset cursor makes them cost what the first one costs.
//! The cases stand in one table; a new kind of list belongs into it.

use std::time::{Duration, Instant};

use services::{Ctx, views};
use shared::{access::Permission, query::TicketQuery};

use crate::{Bench, process, said, timing, timing::Measure};

const TIME: Duration = Duration::from_millis(1500);

/// Name, who looks, and the address as of the list page.
const LISTS: [(&str, &str, &str); 14] = [
    ("list.city_state", "nj.dispatcher", "state=HANDLING"),
    (
        "list.city_two_states",
        "nj.dispatcher",
        "state=CLOSED,HANDLING",
    ),
    (
        "list.city_category",
        "nj.supervisor",
        "category=04&kind=complaint",
    ),
    ("rare.city", "nj.supervisor", "kind=tip_off&channel=web"),
    ("list.city_due", "nj.dispatcher", "light=green&sort=due_at"),
    (
        "list.city_overdue",
        "nj.supervisor",
        "overdue=true&sort=due_at",
    ),
    (
        "list.city_updated",
        "nj.supervisor",
        "state=CLOSED&sort=-updated_at",
    ),
    ("list.unit", "nj.zjj.liaison", "state=CLOSED"),
    ("list.province", "js.manager", "state=TO_REVIEW,TO_VISIT"),
    (
        "list.province_overdue",
        "js.manager",
        "overdue=true&sort=due_at",
    ),
    ("list.district", "js.manager", "region=320106&state=CLOSED"),
    ("search.common", "nj.dispatcher", "q=路灯"),
    ("search.frequent", "nj.dispatcher", "q=反映"),
    ("search.rare", "js.manager", "q=梧桐路88号"),
];

/// Every list of the table.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Measure>> {
    let mut all = Vec::new();
    for (name, person, address) in LISTS {
        let ctx = bench.person(person).await?;
        all.push(one(bench, &ctx, name, address).await?);
    }
    all.push(tasks(bench).await?);
    Ok(all)
}

/// The query that an address of the list page stands for.
pub fn query(address: &str) -> anyhow::Result<TicketQuery> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(address)?;
    TicketQuery::from_pairs(&pairs).map_err(said)
}

/// A list by somebody, beside its own SQL.
pub async fn one(bench: &Bench, ctx: &Ctx, name: &str, address: &str) -> anyhow::Result<Measure> {
    let query = query(address)?;
    let scope = ctx
        .actor
        .scope(Permission::TicketView)
        .ok_or_else(|| anyhow::anyhow!("{} sees no tickets", ctx.actor.username))?;
    if bench.plans {
        eprintln!("-- {name}: {address}");
        for line in bench.bare.plan(&scope, &query, ctx.now()).await? {
            eprintln!("   {line}");
        }
    }
    let rows = page(ctx, &query).await?;
    let pair = timing::pair(
        TIME,
        async |_| page(ctx, &query).await.map(drop),
        async |_| Ok(bench.bare.list(&scope, &query, ctx.now()).await.map(drop)?),
    )
    .await?;
    let mut cpu_ms = None;
    if pair.value < 100.0 {
        cpu_ms = Some(cpu(async || page(ctx, &query).await.map(drop)).await?);
    }
    Ok(Measure {
        name: name.to_owned(),
        what: format!("{}: {address}", ctx.actor.username),
        unit: "ms",
        value: pair.value,
        baseline: Some(pair.baseline),
        against: "the same SQL through sqlx",
        rows,
        runs: pair.runs,
        cpu_ms,
    })
}

async fn page(ctx: &Ctx, query: &TicketQuery) -> anyhow::Result<usize> {
    let page = views::list(ctx, query.clone()).await.map_err(said)?;
    Ok(page.items.len())
}

/// CPU per run over at least a second, so that ticks do not matter.
async fn cpu(work: impl AsyncFn() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let (start, before) = (Instant::now(), process::cpu_ms()?);
    let mut runs = 0_u32;
    while start.elapsed() < Duration::from_secs(1) {
        work().await?;
        runs += 1;
    }
    Ok((process::cpu_ms()? - before) / f64::from(runs))
}

/// The to-do list, with which a dispatcher's day begins.
async fn tasks(bench: &Bench) -> anyhow::Result<Measure> {
    let ctx = bench.person("nj.dispatcher").await?;
    let look = async || {
        let page = views::tasks(&ctx, views::TaskQuery::default())
            .await
            .map_err(said)?;
        Ok::<usize, anyhow::Error>(page.items.len())
    };
    let rows = look().await?;
    let mut values = Vec::new();
    let start = Instant::now();
    while values.len() < 300 && start.elapsed() < TIME {
        values.push(timing::timed(async { look().await.map(drop) }).await?);
    }
    let runs = values.len();
    Ok(Measure {
        name: "list.tasks".to_owned(),
        what: "nj.dispatcher: to-do list".to_owned(),
        unit: "ms",
        value: timing::median(values),
        rows,
        runs,
        ..Measure::default()
    })
}

/// The ticket's page: the case and its history.
pub async fn ticket(bench: &Bench) -> anyhow::Result<Measure> {
    let ctx = bench.person("nj.dispatcher").await?;
    let scope = ctx
        .actor
        .scope(Permission::TicketView)
        .ok_or_else(|| anyhow::anyhow!("no scope"))?;
    let ids = bench.bare.some_of(&scope, 5_000).await?;
    anyhow::ensure!(!ids.is_empty(), "no tickets");
    let pair = timing::pair(
        TIME,
        async |run| {
            let id = ids[run % ids.len()];
            views::get(&ctx, id).await.map_err(said)?;
            views::history(&ctx, id).await.map_err(said).map(drop)
        },
        async |run| {
            // Another one than the service has just read, which would lie in the caches.
            let id = ids[(run + ids.len() / 2) % ids.len()];
            Ok(bench.bare.case(&scope, id).await.map(drop)?)
        },
    )
    .await?;
    Ok(Measure {
        name: "ticket".to_owned(),
        what: "nj.dispatcher: a ticket with its history".to_owned(),
        unit: "ms",
        value: pair.value,
        baseline: Some(pair.baseline),
        against: "the same tables through sqlx",
        rows: 1,
        runs: pair.runs,
        cpu_ms: None,
    })
}
