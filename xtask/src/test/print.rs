//! `cargo xtask test print`: the form and the trials of the print, and the server with it.
//! Not part of the whole run: typst and what it brings are minutes of compiling that no other part needs (decision 17).
//! Read next: `server/print`.

use super::Work;
use crate::{report::Tally, setup, shell::logged, site};
use anyhow::Result;
use std::path::Path;

/// Clippy of the package and of the server with its feature, then the trials with optimised libraries: a page set without takes a second.
pub fn run(work: &mut Work, log: &Path) -> Result<Tally> {
    setup::system::fonts(&work.paths)?;
    let mut tally = Tally::default();
    let calls: [&[&str]; 2] = [
        &["-p", "minsheng-print", "--all-targets"],
        &["-p", "minsheng-server", "--features", "print"],
    ];
    for words in calls {
        let mut clippy = site::cargo(&work.paths)?;
        clippy
            .args(["clippy", "--locked"])
            .args(words)
            .args(["--", "-D", "warnings"]);
        tally += Tally::one(logged(&mut clippy, log)?);
    }
    let mut test = site::cargo(&work.paths)?;
    test.args(["test", "--locked", "--no-fail-fast", "-p", "minsheng-print"]);
    tally += super::unit::counted(&mut test, log)?;
    Ok(tally)
}
