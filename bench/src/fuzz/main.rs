//! `minsheng-fuzz`: hostile and broken input for the process engine: files, conditions, decision tables, walks through what could be read.
//! Deliberately absent: coverage feedback; the same seed gives the same inputs on every machine. Started by `cargo xtask fuzz`.
//! The last line is `N inputs, N failed, slowest N ms, peak N MB`; an input that failed is written to a file.

mod act;
mod files;
mod texts;

#[allow(dead_code, reason = "the measurements use the rest of it")]
#[path = "../process.rs"]
mod process;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use anyhow::Context;
use clap::Parser;
use rand::{Rng, SeedableRng, rngs::StdRng};

/// Reading an input, or one transition of a case on it, may take so long in release; the bound of `security.md` X-08.
const LONGEST: Duration = Duration::from_millis(200);
/// All inputs together may take so much memory.
const MOST_MB: f64 = 512.0;

/// Feed the process engine with broken input
#[derive(Debug, Parser)]
struct Wish {
    /// How many inputs
    #[arg(long, default_value_t = 10_000)]
    inputs: u64,
    /// The first seed; each input has its own
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Times as long as a release build is allowed
    #[arg(long, default_value_t = 1)]
    slack: u32,
    /// Where an input that fails is written
    #[arg(long, value_name = "DIR", default_value = "target/fuzz")]
    out: PathBuf,
}

/// One input: what kind, and its text.
pub struct Input {
    kind: &'static str,
    text: String,
}

impl Input {
    /// The input of a seed: every other one is a file, the rest are texts.
    fn of(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let (kind, text) = match seed % 4 {
            0 => ("condition", texts::condition(&mut random)),
            1 => ("decision", files::decision(&mut random)),
            2 => ("timer", texts::timer(&mut random)),
            _ => ("definition", files::definition(&mut random)),
        };
        Self { kind, text }
    }

    /// The longest single step.
    fn run(&self, random: &mut impl Rng) -> Duration {
        let mut watch = act::Watch::default();
        match self.kind {
            "condition" => watch.time(|| act::condition(&self.text)),
            "decision" => watch.time(|| act::decision(&self.text)),
            "timer" => watch.time(|| act::timer(&self.text)),
            _ => act::definition(&self.text, random, &mut watch),
        }
        watch.longest
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let wish = Wish::parse();
    // What fails is written with its seed below; the machine's own message for each would only bury it.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut failed, mut slowest) = (0_u64, Duration::ZERO);
    for seed in wish.seed..wish.seed.saturating_add(wish.inputs) {
        let input = Input::of(seed);
        let mut random = StdRng::seed_from_u64(seed);
        let outcome = catch_unwind(AssertUnwindSafe(|| input.run(&mut random)));
        let time = *outcome.as_ref().unwrap_or(&Duration::ZERO);
        slowest = slowest.max(time);
        let why = if outcome.is_err() {
            "panic"
        } else if time > LONGEST * wish.slack {
            "slow"
        } else {
            continue;
        };
        failed += 1;
        std::fs::create_dir_all(&wish.out).context("the folder for failed inputs")?;
        let file = wish.out.join(format!("{why}-{}-{seed}.txt", input.kind));
        std::fs::write(&file, &input.text).with_context(|| format!("{}", file.display()))?;
        println!("{why} after {} ms: {}", time.as_millis(), file.display());
    }
    let peak = process::peak_mb()?;
    if peak > MOST_MB {
        println!("{peak:.0} MB of memory are more than {MOST_MB:.0}");
        failed += 1;
    }
    println!(
        "{} inputs, {failed} failed, slowest {} ms, peak {peak:.0} MB",
        wish.inputs,
        slowest.as_millis()
    );
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
