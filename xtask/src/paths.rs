//! Where things lie: the checkout, compiled files, data and logs.
//! Nothing is created here but folders that a caller is about to write into.
//! Read next: `site/mod.rs`, which fills most of them.

use anyhow::{Context, Result};
use std::{env, fs, path::PathBuf};

/// All folders of one run.
pub struct Paths {
    /// The checkout: the folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Compiled files; kept in the user's cache so that a fresh clone starts warm.
    pub target: PathBuf,
    /// Output of the steps.
    pub logs: PathBuf,
    /// Browser tests and the npm packages.
    pub end2end: PathBuf,
}

impl Paths {
    /// Finds the folders from the environment.
    pub fn find() -> Result<Self> {
        // As cargo says now, not as it was when this program was compiled: another checkout may have done that.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .parent()
            .context("xtask lies inside the workspace")?
            .to_path_buf();
        let cache = user_folder("XDG_CACHE_HOME", ".cache")?.join("minsheng");
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) if !folder.is_empty() => root.join(folder),
            _ => cache.join("target"),
        };
        let logs = root.join("target/logs");
        fs::create_dir_all(&logs).with_context(|| format!("cannot create {}", logs.display()))?;
        Ok(Self {
            end2end: root.join("end2end"),
            root,
            target,
            logs,
        })
    }

    /// The log file of a step.
    pub fn log(&self, step: &str) -> PathBuf {
        self.logs.join(format!("{step}.log"))
    }

    /// The server's binary in a profile's folder (`debug`, `quick` or `release`).
    pub fn server(&self, profile: &str) -> PathBuf {
        self.program(profile, "minsheng")
    }

    /// A program of the workspace in a profile's folder.
    pub fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(name)
    }

    /// PATH with npm's tools first, so that no older one of the machine is taken.
    pub fn search_path(&self) -> Result<std::ffi::OsString> {
        let mut folders = vec![self.end2end.join("node_modules/.bin")];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        env::join_paths(folders).context("a folder on PATH has a colon in its name")
    }

    /// Real data for tests, beside the checkout; absent on most machines.
    pub fn shared_data(&self) -> Option<PathBuf> {
        let folder = match env::var_os("MINSHENG_SHARED_DATA") {
            Some(given) => PathBuf::from(given),
            None => self.root.parent()?.join("shared/data"),
        };
        folder.is_dir().then_some(folder)
    }
}

/// The data folder of `cargo xtask run`: database, uploads, keys, accounts.
pub fn data_folder() -> Result<PathBuf> {
    match env::var_os("MINSHENG_DATA_DIR") {
        // The product wants it absolute: it may be started in another folder.
        Some(given) if !given.is_empty() => Ok(std::path::absolute(given)?),
        _ => Ok(user_folder("XDG_DATA_HOME", ".local/share")?.join("minsheng")),
    }
}

/// A program on PATH.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn user_folder(variable: &str, below_home: &str) -> Result<PathBuf> {
    if let Some(folder) = env::var_os(variable).map(PathBuf::from)
        && folder.is_absolute()
    {
        return Ok(folder);
    }
    let home =
        env::home_dir().with_context(|| format!("no home folder known: set HOME or {variable}"))?;
    Ok(home.join(below_home))
}
