//! The browser journeys: build the site, start servers of our own (the demo, and an empty one), run Playwright with Debian's Chromium.
//! The journeys themselves are in `end2end/journeys`.
//! Read next: `server.rs` and `end2end/playwright.config.ts`.

use super::Work;
use crate::{
    report::Tally,
    server::Server,
    setup::{self, system},
    shell::{append, logged},
    site,
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{fs, io::Write, path::Path, process::Command};

/// Browser code and style for the tests.
pub fn site(work: &mut Work, log: &Path) -> Result<Tally> {
    setup::for_build(&work.paths)?;
    site::test_site(&work.paths, log)?;
    Ok(Tally::one(true))
}

/// Every journey at three widths, or at one where the width changes nothing; both languages, but not each at each width.
pub fn small(work: &mut Work, log: &Path) -> Result<Tally> {
    run(work, log, "small")
}

/// The same with both languages at each width.
pub fn whole(work: &mut Work, log: &Path) -> Result<Tally> {
    run(work, log, "whole")
}

/// `round` is read by `playwright.config.ts`.
fn run(work: &mut Work, log: &Path, round: &str) -> Result<Tally> {
    let browser = system::browser(&work.paths)?;
    let mut server = Server::prepare(&work.paths, "e2e", None)?;
    server.start()?;
    // One journey begins where an office does: without anybody.
    let mut empty = Server::prepare_empty(&work.paths, "e2e-empty")?;
    empty.start()?;
    let folder = &work.paths.end2end;
    let report = work.paths.log("e2e").with_extension("json");
    fs::remove_file(&report).ok();
    let mut playwright = Command::new(folder.join("node_modules/.bin/playwright"));
    playwright
        .arg("test")
        .current_dir(folder)
        .env("CHROMIUM", browser)
        .env("MINSHENG_JOURNEYS", round)
        .env("MINSHENG_BASE_URL", server.address())
        .env("MINSHENG_ACCOUNTS", &server.accounts)
        .env("MINSHENG_MESSAGES", server.messages())
        .env("MINSHENG_MAILS_IN", server.mails_in())
        .env("MINSHENG_EMPTY_URL", empty.address())
        .env("MINSHENG_EMPTY_LINK", empty.first_link()?)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    let succeeded = logged(&mut playwright, log)?;
    let text = fs::read_to_string(&report).context("Playwright wrote no report")?;
    let mut tally = count(&serde_json::from_str(&text)?);
    if !succeeded && tally.failed == 0 {
        tally.failed = 1;
    }
    tally += stopped(server, log)?;
    tally += stopped(empty, log)?;
    Ok(tally)
}

/// A server that does not end on SIGTERM is a failed check of its own.
fn stopped(server: Server, log: &Path) -> Result<Tally> {
    let Err(error) = server.stop() else {
        return Ok(Tally::one(true));
    };
    writeln!(append(log)?, "{error:#}")?;
    Ok(Tally::one(false))
}

/// Playwright's own sums; a test that passed only at a second try counts as failed.
fn count(report: &Value) -> Tally {
    let number = |key: &str| {
        report["stats"][key]
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(0)
    };
    Tally {
        passed: number("expected"),
        failed: number("unexpected") + number("flaky"),
        skipped: number("skipped"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn flaky_is_failed() {
        let report = json!({"stats": {"expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2}});
        assert_eq!(
            count(&report),
            Tally {
                passed: 5,
                failed: 2,
                skipped: 2
            }
        );
    }
}
