//! Installing what is missing, each thing once: wasm target, npm packages, system packages.
//! A step that lacks a right (no root, no network) ends with the command to run by hand.
//! Read next: `tools.rs`, `node.rs`, `system.rs`.

pub mod node;
pub mod system;
pub mod tools;

use crate::paths::Paths;
use anyhow::Result;
use std::process::ExitCode;

/// `cargo xtask setup`: everything that `run` and `test` need.
pub fn everything() -> Result<ExitCode> {
    let paths = Paths::find()?;
    for_build(&paths)?;
    system::browser(&paths)?;
    system::postgres(&paths)?;
    println!("all there");
    Ok(ExitCode::SUCCESS)
}

/// What a build of server and browser code needs.
pub fn for_build(paths: &Paths) -> Result<()> {
    system::make(paths)?;
    tools::wasm_target(paths)?;
    node::packages(paths)
}
