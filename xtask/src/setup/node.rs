//! The npm packages: esbuild and binaryen for the browser's part, Playwright and axe for the browser tests.
//! Exact versions stand in `end2end/package-lock.json`; no browser is downloaded, Debian's is used.
//! Read next: `end2end/playwright.config.ts`.

use crate::{
    hash,
    paths::Paths,
    shell::{ask, must, step},
};
use anyhow::{Context, Result, ensure};
use std::{fs, process::Command};

const OLDEST_NODE: u32 = 20;

/// Runs `npm ci` unless the packages of this lockfile are there.
pub fn packages(paths: &Paths) -> Result<()> {
    let lock = fs::read_to_string(paths.end2end.join("package-lock.json"))?;
    let stamp = paths.end2end.join("node_modules/.minsheng-lock");
    let wanted = hash::text(&lock);
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    node()?;
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(&paths.end2end)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    step("installing the npm packages of end2end", || {
        must(&mut npm, &paths.log("setup"))
    })
    .context(
        "run by hand, with network: (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci)",
    )?;
    fs::write(stamp, wanted)?;
    Ok(())
}

fn node() -> Result<()> {
    let version = ask(Command::new("node").arg("--version"))
        .context("Node.js is missing: install version 20 or newer with npm (Debian: apt-get install nodejs npm)")?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|word| word.parse().ok());
    ensure!(
        major.is_some_and(|major: u32| major >= OLDEST_NODE),
        "Node.js {version} is too old: 20 or newer is wanted"
    );
    Ok(())
}
