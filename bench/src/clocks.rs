//! A decree that moves every running clock: one open ticket is copied inside the database, a further day off is entered as an office enters it, and
//! deadlines follow, the first of them in the same call, the others in its job, step by step. How far it has come is said to standard error.
//! Deliberately absent: clocks of assignments, but for those of the demo's own tickets, which move as well.
//! Last of all measures, after pages were looked at: no page shows a copy.

use std::time::{Duration, Instant as Clock};

use anyhow::Context as _;
use chrono::Datelike as _;
use services::{Ctx, calendar, jobs};

use crate::{Bench, engine, said, timing::Measure};

/// How often it says how far it is.
const TOLD: Duration = Duration::from_secs(5);
/// Days ahead among which a working day is looked for.
const AHEAD: usize = 12;

/// Clocks that follow a decree in a second.
pub async fn measure(bench: &Bench, clocks: u32) -> anyhow::Result<Measure> {
    let agent = bench.person("nj.agent").await?;
    let template = engine::register(&agent, 0).await?;
    bench.bare.copy_waiting(template, clocks).await?;
    store::bulk::settle(bench.services.store()).await?;
    let notice = notice(bench).await?;
    let ctx = Ctx::system(&bench.services);
    let before = bench.bare.recomputed().await?;
    let begun = Clock::now();
    let mut entering = Box::pin(async {
        calendar::import(&ctx, &notice).await.map_err(said)?;
        let job = jobs::JOBS.iter().find(|job| job.name == "host");
        let job = job.context("the job that takes steps")?;
        while job.once(&bench.services).await.map_err(said)?.more {}
        anyhow::Ok(())
    });
    let entered = loop {
        tokio::select! {
            done = &mut entering => break done,
            () = tokio::time::sleep(TOLD) => {
                let moved = bench.bare.recomputed().await? - before;
                let seconds = begun.elapsed().as_secs();
                eprintln!("clocks: {moved} of {clocks} after {seconds} s");
            }
        }
    };
    entered?;
    let seconds = begun.elapsed().as_secs_f64();
    let moved = bench.bare.recomputed().await? - before;
    anyhow::ensure!(
        moved >= i64::from(clocks),
        "{moved} of {clocks} clocks followed the notice"
    );
    Ok(Measure {
        name: "clocks.recomputed".to_owned(),
        what: format!("a further day off is entered, {moved} clocks follow in {seconds:.0} s"),
        unit: "1/s",
        value: moved as f64 / seconds,
        rows: usize::try_from(moved)?,
        runs: 1,
        ..Measure::default()
    })
}

/// The notice of a year as it is known, with one working day more off, before the copies are due.
async fn notice(bench: &Bench) -> anyhow::Result<String> {
    let reference = bench.services.reference().await.map_err(said)?;
    let ahead = bench.services.now().date().iter_days().skip(2).take(AHEAD);
    let mut working = ahead.filter(|day| reference.calendar.is_working_day(*day).unwrap_or(false));
    let off = working.next().context("a working day of a known year")?;
    let year = off.year();
    let mut lines = vec!["date,name,kind,notice_year".to_owned()];
    let db = bench.services.store().reader();
    for (date, kind, name, of) in store::calendar::days(&db).await? {
        if of == year && date != off {
            let kind = if kind.is_working() { "work" } else { "off" };
            lines.push(format!("{date},{name},{kind},{of}"));
        }
    }
    lines.push(format!("{off},临时放假,off,{year}"));
    Ok(lines.join("\n"))
}
