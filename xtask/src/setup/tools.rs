//! The Rust side of the tools: the wasm target. What reads its wasm is compiled with the workspace (`xtask/bindgen`).
//! Nothing is installed with cargo, so nothing can be of another version than the lockfile says.
//! Read next: `site/front.rs`.

use crate::{
    paths::Paths,
    shell::{ask, must, step},
};
use anyhow::{Context, Result};
use std::{path::Path, process::Command};

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the wasm target to the toolchain in use.
pub fn wasm_target(paths: &Paths) -> Result<()> {
    let sysroot =
        ask(Command::new("rustc").args(["--print", "sysroot"])).context("rustc does not answer")?;
    if Path::new(&sysroot)
        .join("lib/rustlib")
        .join(TARGET)
        .is_dir()
    {
        return Ok(());
    }
    let mut add = Command::new("rustup");
    add.args(["target", "add", TARGET]);
    step(&format!("adding the target {TARGET}"), || {
        must(&mut add, &paths.log("setup"))
    })
    .with_context(|| format!("run by hand, with network: rustup target add {TARGET}"))
}
