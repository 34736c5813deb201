//! `minsheng-bench`: what the services cost on a loaded database, each measure beside its baseline of the same run. Started by `cargo xtask bench`.
//! Deliberately absent: pages, memory of a server and page weights (`xtask/src/bench`), budgets and ratios (there as well).
//! Prints one JSON object: the measures in order. It registers tickets: for databases that are thrown away.

mod audit;
mod clocks;
mod create;
mod duplicates;
mod engine;
mod export;
mod lists;
mod persons;
mod process;
mod timing;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Parser;
use services::{Ctx, Services, ServicesConfig, sessions};
use shared::fault::Fault;
use store::bare::Bare;
use timing::Measure;

/// The product's own, see `server/src/main.rs`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Measure the services on a database that `minsheng demo` has filled
#[derive(Debug, Parser)]
struct Wish {
    /// sqlite:///path or postgres://…
    #[arg(long)]
    database_url: String,
    /// The data folder that the demo was loaded with
    #[arg(long)]
    data: PathBuf,
    /// Load a demo of so many tickets first, as `minsheng demo` does
    #[arg(long, value_name = "N")]
    load: Option<u32>,
    /// Print how the database goes about each list and report to standard error
    #[arg(long)]
    plans: bool,
    /// Running approvals for the scan for timers that are due, running clocks for a decree, and rows of the audit
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    cases: u32,
    /// Only these measures: list ticket person report export create verb engine audit clocks; all but the last two when absent
    #[arg(long, value_name = "WORD")]
    only: Vec<String>,
}

/// What every part works with.
struct Bench {
    services: Services,
    bare: Bare,
    plans: bool,
}

impl Bench {
    /// A call by a person of the demo.
    async fn person(&self, name: &str) -> anyhow::Result<Ctx> {
        let actor = sessions::actor_by_name(&self.services, name).await;
        let actor = actor
            .map_err(said)
            .with_context(|| format!("the demo has no {name}"))?;
        Ok(Ctx::of(&self.services, actor))
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let wish = Wish::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let measures = runtime.block_on(run(wish))?;
    println!(
        "{}",
        serde_json::to_string_pretty(&serde_json::json!({ "measures": measures }))?
    );
    Ok(ExitCode::SUCCESS)
}

async fn run(wish: Wish) -> anyhow::Result<Vec<Measure>> {
    let config = ServicesConfig {
        database_url: wish.database_url,
        keys_file: wish.data.join("keys.json"),
        data_dir: wish.data,
        public_url: "http://127.0.0.1".to_owned(),
        serving: false,
        limits: services::tries::Limits::default(),
        crypto: services::CryptoConfig::default(),
    };
    let accounts = config.data_dir.join("accounts.json");
    let services = Services::open(config).await?;
    if let Some(tickets) = wish.load {
        load(&services, tickets, accounts).await?;
    }
    let bench = Bench {
        bare: Bare::of(services.store()),
        services,
        plans: wish.plans,
    };
    let wanted = |word: &str| wish.only.is_empty() || wish.only.iter().any(|only| only == word);
    let mut all = Vec::new();
    // First of all, while nothing has widened this process's memory.
    if wanted("export") {
        all.extend(export::measure(&bench).await?);
    }
    if wanted("list") {
        all.extend(lists::measure(&bench).await?);
    }
    if wanted("ticket") {
        all.push(lists::ticket(&bench).await?);
    }
    if wanted("duplicates") {
        all.extend(duplicates::measure(&bench).await?);
    }
    if wanted("person") {
        all.extend(persons::measure(&bench).await?);
    }
    if wanted("report") {
        all.extend(export::report(&bench, "js.manager", "report").await?);
    }
    // Last, since it writes.
    if wanted("create") {
        all.extend(create::measure(&bench).await?);
    }
    if wanted("verb") {
        all.extend(engine::verbs(&bench).await?);
    }
    if wanted("engine") {
        all.extend(engine::measure(&bench, wish.cases).await?);
    }
    // Only when it is named: it leaves rows that nothing was done for.
    if wish.only.iter().any(|only| only == "audit") {
        all.push(audit::measure(&bench, wish.cases).await?);
        all.push(audit::share(&bench).await?);
    }
    // Only when it is named: it leaves tickets that no page can show.
    if wish.only.iter().any(|only| only == "clocks") {
        all.push(clocks::measure(&bench, wish.cases).await?);
    }
    bench.services.store().close().await?;
    Ok(all)
}

async fn load(services: &Services, tickets: u32, accounts: PathBuf) -> anyhow::Result<()> {
    let ctx = Ctx::system(services);
    let order = services::demo::DemoPlan {
        tickets,
        months: 12,
        until: ctx.now().date(),
        seed: 12_345,
        accounts,
    };
    let done = services::demo::run(&ctx, order).await.map_err(said)?;
    eprintln!("{done}");
    Ok(())
}

fn said(fault: Fault) -> anyhow::Error {
    anyhow::anyhow!("{} {:?} {:?}", fault.code, fault.fields, fault.incident)
}
