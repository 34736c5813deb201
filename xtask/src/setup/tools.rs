//! The Rust side of the tools: wasm target, cargo-leptos, wasm-bindgen.
//! Both programs go to the tools folder in the cache, never into the user's own cargo folder.
//! Read next: `site.rs`, which runs them.

use crate::{
    paths::Paths,
    shell::{self, ask, must, step},
    site,
};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, process::Command};

/// The release whose lockfile builds with our compiler; 0.3.11 asks for a newer one.
const CARGO_LEPTOS: &str = "0.3.8";
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

/// Installs cargo-leptos and the wasm-bindgen program of the pinned crate's version.
pub fn build_tools(paths: &Paths) -> Result<()> {
    let manifest = fs::read_to_string(paths.root.join("Cargo.toml"))?;
    let bindgen =
        pinned_bindgen(&manifest).context("Cargo.toml pins no `wasm-bindgen = \"=x.y.z\"`")?;
    // `no_downloads` makes a missing helper program an error where it would be fetched from the network.
    let leptos = [
        "cargo-leptos",
        "--version",
        CARGO_LEPTOS,
        "--locked",
        "--features",
        "no_downloads",
    ];
    install(
        paths,
        "cargo-leptos",
        CARGO_LEPTOS,
        &leptos,
        "about 15 minutes",
    )?;
    // Without --locked: a dependency in its lockfile has left the registry.
    let cli = ["wasm-bindgen-cli", "--version", bindgen];
    install(paths, "wasm-bindgen", bindgen, &cli, "about 4 minutes")?;
    if paths.tools_target.exists() {
        fs::remove_dir_all(&paths.tools_target).ok();
    }
    Ok(())
}

fn install(
    paths: &Paths,
    program: &str,
    version: &str,
    words: &[&str],
    length: &str,
) -> Result<()> {
    let file = paths.tools.join("bin").join(program);
    if has_version(&file, version) {
        return Ok(());
    }
    fs::create_dir_all(&paths.tools)?;
    let mut cargo = Command::new("cargo");
    site::forget_this_package(&mut cargo);
    cargo
        .arg("install")
        .args(words)
        .arg("--root")
        .arg(&paths.tools)
        .current_dir(&paths.tools)
        .env("CARGO_TARGET_DIR", &paths.tools_target)
        // The tools run for seconds: compiling them fast matters more than their speed.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    let by_hand = format!("run by hand, with network: {}", shell::line(&cargo));
    let what = format!(
        "installing {program} {version} ({length}, once; output in {})",
        paths.log("setup").display()
    );
    step(&what, || must(&mut cargo, &paths.log("setup"))).context(by_hand)?;
    ensure!(
        has_version(&file, version),
        "{} does not report version {version}",
        file.display()
    );
    Ok(())
}

fn has_version(file: &Path, version: &str) -> bool {
    let mut call = Command::new(file);
    call.arg("--version");
    ask(&mut call).is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

fn pinned_bindgen(manifest: &str) -> Option<&str> {
    let line = manifest
        .lines()
        .find(|line| line.starts_with("wasm-bindgen ="))?;
    line.split('"').nth(1)?.strip_prefix('=')
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_the_pinned_version() {
        let manifest = "[workspace.dependencies]\nwasm-bindgen-futures = \"0.4\"\nwasm-bindgen = \"=0.2.130\"\n";
        assert_eq!(super::pinned_bindgen(manifest), Some("0.2.130"));
        assert_eq!(super::pinned_bindgen("wasm-bindgen = \"0.2\""), None);
    }
}
