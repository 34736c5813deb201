//! The form of the code: rustfmt, and clippy for the server's and the browser's side.
//! Rules that neither knows are in `tidy/`.
//! Read next: `clippy.toml` and the lint table in the root `Cargo.toml`.

use super::Work;
use crate::{report::Tally, setup::tools, shell::logged, site};
use anyhow::Result;
use std::path::Path;

/// `cargo fmt --check` over all packages.
pub fn fmt(work: &mut Work, log: &Path) -> Result<Tally> {
    let mut fmt = site::cargo(&work.paths)?;
    // Only the names: the cure for all of them is `cargo fmt`.
    fmt.args(["fmt", "--all", "--check", "--", "-l", "--color=never"]);
    Ok(Tally::one(logged(&mut fmt, log)?))
}

/// Several calls, since `ssr` and `hydrate` must never be unified in one.
pub fn clippy(work: &mut Work, log: &Path) -> Result<Tally> {
    tools::wasm_target(&work.paths)?;
    let wasm = ["--target", "wasm32-unknown-unknown"];
    let calls: [&[&str]; 4] = [
        &["--all-targets"],
        &["-p", "minsheng-web", wasm[0], wasm[1]],
        &[
            "-p",
            "minsheng-web",
            "--features",
            "staff",
            wasm[0],
            wasm[1],
        ],
        &[
            "-p",
            "minsheng-app",
            "--features",
            "hydrate,staff",
            wasm[0],
            wasm[1],
        ],
    ];
    let mut tally = Tally::default();
    for words in calls {
        let mut clippy = site::cargo(&work.paths)?;
        clippy
            .args(["clippy", "--locked"])
            .args(words)
            .args(["--", "-D", "warnings"]);
        tally += Tally::one(logged(&mut clippy, log)?);
    }
    Ok(tally)
}
