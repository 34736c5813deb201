//! Building what is served, at three grades: for the tests, to look at, and what offices install. Server by cargo, browser's part by `front`.
//! Not here: cargo-leptos. Its keys in the root `Cargo.toml` are read and stay valid, so that an installed one can `watch`.
//! Read next: `front.rs`, `package.rs`; the profiles in the root `Cargo.toml`.

mod front;
mod names;
pub mod package;

use crate::{
    hash,
    paths::Paths,
    shell::{must, step},
};
use anyhow::Result;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How much work goes into a build, and so how long it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// The profile of the tests; the server comes from the same `cargo build` as they.
    Test,
    /// To look at: what people do is fast enough, what compiles it is not kept waiting.
    Run,
    /// What is measured and what offices install.
    Release,
}

impl Grade {
    /// The folder of compiled files; `hash.txt` lies there beside the server.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Test => "debug",
            Self::Run => "quick",
            Self::Release => "release",
        }
    }

    /// Where the site is put; one for each grade, since the one may be served while another is built.
    pub const fn site(self) -> &'static str {
        match self {
            Self::Test => "target/site-test",
            Self::Run => "target/site-run",
            Self::Release => "target/site",
        }
    }

    /// What the server has beside its usual parts. Offices print reports; nobody who waits for a build does (decision 17).
    const fn features(self) -> &'static [&'static str] {
        match self {
            Self::Test | Self::Run => &[],
            Self::Release => &["--features", "minsheng-server/print"],
        }
    }

    /// Cargo's word for the profile of the server.
    const fn profile(self) -> &'static str {
        match self {
            Self::Test => "dev",
            Self::Run => "quick",
            Self::Release => "release",
        }
    }
}

/// What a build depends on.
const SOURCES: [&str; 11] = [
    "app",
    "server",
    "shared",
    "style",
    "public",
    "xtask/bindgen",
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
    if env::var_os("CI").is_some() {
        // Nobody changes a line there and compiles again; it would take 10 GB of the disk.
        cargo.env("CARGO_INCREMENTAL", "0");
    }
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

/// Builds browser code and style for the tests; their server is built with them.
pub fn test_site(paths: &Paths, log: &Path) -> Result<()> {
    front::build(paths, Grade::Test, log)
}

/// Builds server and site unless nothing changed since the last time, with the analytic copy or without; gives the server.
pub fn server_and_site(paths: &Paths, grade: Grade, analytics: bool) -> Result<PathBuf> {
    let binary = paths.server(grade.folder());
    let stamp = stamp(paths, grade);
    let mut wanted = hash::tree(&paths.root, &SOURCES)?;
    if analytics {
        wanted.push_str(" analytics");
    }
    let built = binary.is_file() && front::is_built(paths, grade);
    if built && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(binary);
    }
    let log = browser(paths, grade)?;
    let time = match grade {
        Grade::Release => "about 10 minutes",
        Grade::Test | Grade::Run => "about 8 minutes",
    };
    step(
        &format!("building the server ({time} the first time)"),
        || {
            let mut server = cargo(paths)?;
            server.args(["build", "--locked", "--bin", "minsheng"]);
            server.args(["--profile", grade.profile()]);
            server.args(grade.features());
            if analytics {
                server.args(["--features", "minsheng-server/analytics"]);
            }
            must(&mut server, &log)
        },
    )?;
    fs::write(stamp, wanted)?;
    Ok(binary)
}

/// Builds the site alone, for whoever builds a server of its own beside it: the one that lies there is not what `server_and_site` made
/// any more. Gives the log.
pub fn browser(paths: &Paths, grade: Grade) -> Result<PathBuf> {
    fs::remove_file(stamp(paths, grade)).ok();
    let log = paths.log(grade.profile());
    fs::remove_file(&log).ok();
    let where_to = log.display();
    let time = match grade {
        Grade::Release => "several minutes",
        Grade::Test | Grade::Run => "about 4 minutes",
    };
    let what = format!("building the browser's part ({time} the first time; output in {where_to})");
    step(&what, || front::build(paths, grade, &log))?;
    Ok(log)
}

/// Where it stands from which sources server and site were built.
fn stamp(paths: &Paths, grade: Grade) -> PathBuf {
    paths
        .server(grade.folder())
        .with_file_name(".minsheng-built")
}
