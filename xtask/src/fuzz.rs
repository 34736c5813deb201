//! `cargo xtask fuzz`: builds the fuzzer in release and lets it say what it found; a short run of it is part of `cargo xtask test`.
//! What the inputs are stands in `bench/src/fuzz`.
//! Read next: `test/mod.rs`.

use crate::{args::Options, paths::Paths, report::Tally, shell, site, test::Work};
use anyhow::{Context, Result, bail};
use std::{
    path::Path,
    process::{Command, ExitCode},
};

/// Inputs of a test run.
const IN_TESTS: u32 = 10_000;
/// A test build may take so many times as long for one input as a release.
const SLACK: u32 = 20;

/// The command.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let (mut inputs, mut seed) = (100_000_u64, 1_u64);
    let mut options = Options::new(words);
    while let Some(name) = options.next() {
        match name {
            "--inputs" => inputs = number(options.value()?)?,
            "--seed" => seed = number(options.value()?)?,
            _ => bail!("`{name}` is no option of fuzz; allowed are --inputs N, --seed N"),
        }
    }
    let paths = Paths::find()?;
    let log = paths.log("fuzz");
    shell::step("building the fuzzer in release", || {
        let mut build = site::cargo(&paths)?;
        build.args(["build", "--release", "--locked", "-p", "minsheng-server"]);
        // As the bench does it, so that their dependencies are built once for both.
        build.args(["-p", "minsheng-bench", "--bin", "minsheng-fuzz"]);
        shell::must(&mut build, &log)
    })?;
    let status = Command::new(paths.program("release", "minsheng-fuzz"))
        .args(["--inputs", &inputs.to_string(), "--seed", &seed.to_string()])
        .current_dir(&paths.root)
        .status()
        .context("cannot start the fuzzer")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn number(text: &str) -> Result<u64> {
    text.parse()
        .with_context(|| format!("`{text}` is no number"))
}

/// The part of a test run: some inputs with the test build.
pub fn part(work: &mut Work, log: &Path) -> Result<Tally> {
    let mut fuzz = Command::new(work.paths.program("debug", "minsheng-fuzz"));
    fuzz.args(["--inputs", &IN_TESTS.to_string()])
        .args(["--slack", &SLACK.to_string()])
        .current_dir(&work.paths.root);
    shell::logged(&mut fuzz, log).map(Tally::one)
}
