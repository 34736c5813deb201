//! Building what is served: the browser's code and style with cargo-leptos, the server with cargo.
//! For tests one profile, `dev`, shared with `cargo test`; for `run` the release profiles.
//! Read next: the key table `[[workspace.metadata.leptos]]` in the root `Cargo.toml`.

use crate::{
    hash,
    paths::Paths,
    shell::{must, step},
};
use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The site of the tests; not that of `run`, which may be serving while tests rebuild theirs.
pub const TEST_SITE: &str = "target/site-test";
/// The site of `run` and of measurements.
pub const RELEASE_SITE: &str = "target/site";
/// The browser code that citizens load, and the server: the first table of `[[workspace.metadata.leptos]]`.
const CITIZEN: &str = "minsheng";
/// The browser code with the staff's pages: the second table.
const STAFF: &str = "staff";
/// Where it is built.
const STAFF_SITE: &str = "target/site-staff";
/// Its folder, there and in the site that is served.
const STAFF_DIR: &str = "pkg-staff";
/// What a release build depends on.
const SOURCES: [&str; 10] = [
    "app",
    "server",
    "shared",
    "style",
    "public",
    "Cargo.toml",
    "Cargo.lock",
    "Leptos.toml",
    "rust-toolchain.toml",
    ".cargo",
];

/// A cargo command in the checkout with our target folder and our tools.
pub fn cargo(paths: &Paths) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    forget_this_package(&mut cargo);
    cargo
        .current_dir(&paths.root)
        .env("CARGO_TARGET_DIR", &paths.target)
        .env("CARGO_TERM_COLOR", "never")
        .env("PATH", paths.search_path()?);
    Ok(cargo)
}

/// `cargo run` tells us which package we are. Passed on, this would make the build scripts that watch such
/// variables (ring's does) run again, and half of the dependencies with them, whenever somebody mixes
/// `cargo xtask` and plain `cargo`.
pub fn forget_this_package(command: &mut Command) {
    const OURS: [&str; 4] = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
    ];
    for (name, _) in env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| OURS.iter().any(|start| name.starts_with(start)))
        {
            command.env_remove(name);
        }
    }
}

/// Builds browser code and style for tests; the server comes from the same `cargo build` as the tests.
/// cargo-leptos writes the names of the hashed files beside the server's binary.
pub fn test_site(paths: &Paths, log: &Path) -> Result<()> {
    // Each build clears its site root, so the staff's part is built beside and moved in.
    for (project, root) in [(STAFF, STAFF_SITE), (CITIZEN, TEST_SITE)] {
        let mut build = cargo(paths)?;
        build
            .args(["leptos", "build", "--frontend-only", "--project", project])
            .env("LEPTOS_SITE_ROOT", root);
        must(&mut build, log)?;
    }
    move_staff(paths, TEST_SITE)
}

/// Puts the browser code with the staff's pages into a site that was just built.
fn move_staff(paths: &Paths, site: &str) -> Result<()> {
    let (from, to) = (
        paths.root.join(STAFF_SITE).join(STAFF_DIR),
        paths.root.join(site).join(STAFF_DIR),
    );
    fs::rename(&from, &to).with_context(|| format!("moving {} to {}", from.display(), to.display()))
}

/// Builds the release of server and site unless nothing changed since the last time.
pub fn release(paths: &Paths) -> Result<PathBuf> {
    let stamp = paths.target.join("release/.minsheng-built");
    let wanted = hash::tree(&paths.root, &SOURCES)?;
    let binary = paths.server("release");
    let site = paths.root.join(RELEASE_SITE);
    let built = binary.is_file() && site.join("pkg").is_dir() && site.join(STAFF_DIR).is_dir();
    if built && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(binary);
    }
    let log = paths.log("release");
    fs::remove_file(&log).ok();
    let mut staff = cargo(paths)?;
    staff
        .args(["leptos", "build", "--release", "--precompress"])
        .args(["--frontend-only", "--project", STAFF])
        .env("LEPTOS_SITE_ROOT", STAFF_SITE);
    let mut citizen = cargo(paths)?;
    citizen
        .args(["leptos", "build", "--release", "--precompress"])
        .args(["--frontend-only", "--project", CITIZEN]);
    // The server by plain cargo, as anybody builds it; cargo-leptos looks for it under its package's name.
    let mut server = cargo(paths)?;
    server.args(["build", "--release", "--locked", "--bin", "minsheng"]);
    let what = format!(
        "building the release (about 10 minutes the first time; output in {})",
        log.display()
    );
    step(&what, || {
        must(&mut staff, &log)?;
        must(&mut citizen, &log)?;
        move_staff(paths, RELEASE_SITE)?;
        must(&mut server, &log)
    })?;
    fs::write(stamp, wanted)?;
    Ok(binary)
}
