//! The commands of the workshop: `cargo xtask run`, `cargo xtask test` and what they install on the way.
//! Nothing of the product lives here; what a command does stands in the module of its name.
//! Read next: `run.rs` for the first start, `test/mod.rs` for the parts of a test run.

mod args;
mod attack;
mod bench;
mod checkout;
mod disk;
mod fuzz;
mod hash;
mod http;
mod paths;
mod postgres;
mod report;
mod run;
mod server;
mod setup;
mod shell;
mod site;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

Commands
  run     install what is missing, build in a light profile, load the demo once and serve it
          --port N            listen on 127.0.0.1:N instead of 3000
          --database-url URL  postgres://… or sqlite:///path instead of an SQLite file of its own
          --empty             no demo; the start prints a one-time set-up link
          --analytics         with the analytic copy, whose engine takes long to compile the first time
  test    install what is missing and run every check; a part alone by its name:
          fmt tidy deny clippy build unit fuzz db crash generated site e2e
          journeys            e2e with both languages at each width, only when it is named
          races               64 people at once on one ticket, 20 rounds (MINSHENG_RACES=1000: so many), only when it is named
          matrix              each verb by each role on a ticket of each state, and each entrance by each role on each ticket,
                              only when it is named
          tamper              10,000 tamperings with the audit on each database, only when it is named
          print               reports as PDF, only when it is named: some 300 libraries are compiled for it alone
          analytics           the analytic copy against plain Rust and both databases, only when it is named
          unit NAME           only the tests beside the code with this in their name
          db [PROGRAM] NAME   only those of the `tests` folders; PROGRAM is bpmn, store, services or it
  env     print the lines by which plain cargo finds the same compiled files: eval \"$(cargo xtask env)\"
  package build what offices install (program, site, example configuration, unit) into one archive in target/
  bench   measure what the services, pages and files cost, each beside a baseline of the same run
          --tickets N         size of the demo, 100000 by default; above that also 100000, for the growth
          --database NAME     only sqlite or only postgres
          --json FILE         where the figures go, target/bench.json by default
          --no-site           without the browser's files: no page weights, no style in the pages
          --no-build          measure the programs that lie in the target folder
          --plans             the databases' query plans into target/logs/bench-plans.log
          query               instead: lists, searches, conditions, cubes and exports over HTTP by each kind of scope, with 100000,
                              1000000 and 10000000 tickets (--tickets N: only these), in databases that are loaded once and kept
          --kept FOLDER       where; by default minsheng-bench in the folder for temporary files
  attack  send attacks to every entrance on both databases; prints requests, successes, answers of 5xx and panics
          --full              everything instead of the round that is part of `test`, 200000 requests at least, and the races
          --timing            instead: whether what is another's, or guessed, is answered in the same time as what never was
  assurance
          print the page of requirements and the trials that show them, made of docs/assurance.toml
  verbs   print the list of verbs with the files that each takes by hand (docs/verbs.md)
  fuzz    feed the process engine with broken files, conditions and tables
          --inputs N          how many, 100000 by default
          --seed N            the first seed, 1 by default; the same seed gives the same inputs
  setup   install everything that `run` and `test` need, and nothing else
  help    this text

Folders (each can be changed by the variable named)
  CARGO_TARGET_DIR    compiled files; by default the folder minsheng/target in the user's cache
  MINSHENG_DATA_DIR   database, uploads, keys and demo accounts of `run`
  XDG_CACHE_HOME      where compiled files are kept
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match words.split_first() {
        Some((command, rest)) => dispatch(command, rest),
        None => help(),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> anyhow::Result<ExitCode> {
    if matches!(
        command,
        "run" | "test" | "attack" | "fuzz" | "bench" | "env" | "package"
    ) {
        checkout::claim(&paths::Paths::find()?)?;
    }
    match command {
        "run" => run::run(&args::Run::parse(rest)?),
        "test" => test::run(rest),
        "attack" => attack::run(rest),
        "assurance" => test::assurance(),
        "verbs" => test::verbs(),
        "fuzz" => fuzz::run(rest),
        "bench" => bench::run(&bench::args::Bench::parse(rest)?),
        "setup" => setup::everything(),
        "env" => env(),
        "package" => site::package::run(),
        "help" | "--help" | "-h" => help(),
        other => anyhow::bail!("`{other}` is no command of xtask; `cargo xtask help` lists them"),
    }
}

/// What plain cargo must know to go on where `cargo xtask` stopped. Not `build.build-dir`: the folder is the user's, and two checkouts
/// that share it without `checkout::claim` would take each other's compiled files for their own.
fn env() -> anyhow::Result<ExitCode> {
    let paths = paths::Paths::find()?;
    println!("export CARGO_TARGET_DIR='{}'", paths.target.display());
    if let Some(data) = paths.shared_data() {
        println!("export MINSHENG_SHARED_DATA='{}'", data.display());
    }
    Ok(ExitCode::SUCCESS)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "all commands of `dispatch` have one shape"
)]
fn help() -> anyhow::Result<ExitCode> {
    print!("{HELP}");
    Ok(ExitCode::SUCCESS)
}
