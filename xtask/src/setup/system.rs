//! What comes from the system's packages: make for the C parts, Chromium, Chinese fonts, PostgreSQL.
//! Installed with apt-get when this is Debian and we are root; otherwise the command is printed.
//! Read next: `postgres.rs` and `test/e2e.rs`, the users.

use crate::{
    paths::{self, Paths},
    shell::{ask, is_root, must, step},
};
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// `make`, which the allocator is compiled with; the C compiler came with Rust, which links with it.
pub fn make(paths: &Paths) -> Result<()> {
    let missing: &[&str] = match paths::program("make") {
        Some(_) => &[],
        None => &["make"],
    };
    apt(paths, missing)
}

const OLDEST_POSTGRES: u32 = 15;

/// The browser's program, installed with fonts for Chinese if need be.
pub fn browser(paths: &Paths) -> Result<PathBuf> {
    fonts(paths)?;
    let missing: &[&str] = match find_browser() {
        Some(_) => &[],
        None => &["chromium"],
    };
    apt(paths, missing)?;
    find_browser().context("no Chromium found; set CHROMIUM to its program")
}

/// Chinese fonts, which pages and prints are looked at with.
pub fn fonts(paths: &Paths) -> Result<()> {
    if has_chinese_font() {
        return Ok(());
    }
    apt(paths, &["fonts-noto-cjk"])
}

/// The folder with `initdb` and `postgres`, at least version 15.
pub fn postgres(paths: &Paths) -> Result<PathBuf> {
    if let Some(folder) = find_postgres() {
        return Ok(folder);
    }
    apt(paths, &["postgresql-15"])?;
    find_postgres().context("no PostgreSQL 15 or newer found; put its bin folder on PATH")
}

fn find_browser() -> Option<PathBuf> {
    if let Some(given) = env::var_os("CHROMIUM") {
        return Some(PathBuf::from(given)).filter(|file| file.is_file());
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| paths::program(name))
}

fn has_chinese_font() -> bool {
    let mut list = Command::new("fc-list");
    list.args([":lang=zh-cn", "family"]);
    match ask(&mut list) {
        Some(families) => !families.is_empty(),
        None => Path::new("/usr/share/fonts/opentype/noto").is_dir(),
    }
}

fn find_postgres() -> Option<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        folders.extend(
            versions
                .filter_map(Result::ok)
                .map(|entry| entry.path().join("bin")),
        );
    }
    folders.sort();
    folders.extend(paths::program("postgres").and_then(|file| Some(file.parent()?.to_path_buf())));
    folders.into_iter().find(|folder| {
        let version = ask(Command::new(folder.join("postgres")).arg("--version"));
        folder.join("initdb").is_file()
            && version
                .and_then(|line| major(&line))
                .is_some_and(|n| n >= OLDEST_POSTGRES)
    })
}

/// The major version in a line like `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn major(line: &str) -> Option<u32> {
    line.split_whitespace()
        .find_map(|word| word.split('.').next()?.parse().ok())
}

fn apt(paths: &Paths, packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    let by_hand = format!(
        "run by hand as root: apt-get update && apt-get install --no-install-recommends {list}"
    );
    if paths::program("apt-get").is_none() {
        bail!(
            "{list} missing, and this system has no apt-get; install them with the system's own package manager"
        );
    }
    if !is_root() {
        bail!("{list} missing, and installing needs root; {by_hand}");
    }
    let log = paths.log("setup");
    step(&format!("installing {list} with apt-get"), || {
        must(Command::new("apt-get").args(["update", "-q"]), &log)?;
        must(
            Command::new("apt-get")
                .args(["install", "-q", "-y", "--no-install-recommends"])
                .args(packages)
                .env("DEBIAN_FRONTEND", "noninteractive"),
            &log,
        )
    })
    .context(by_hand)
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_the_major_version() {
        assert_eq!(
            super::major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(super::major("postgres (PostgreSQL) 17beta1"), None);
    }
}
