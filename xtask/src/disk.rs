//! A small file system that nobody but us sees: mounted in a mount namespace that a sleeping process holds open, gone when that ends.
//! Our servers enter the namespace; we look in from outside.
//! Read next: `test/crash/outage.rs`, which fills it.

use anyhow::{Context, Result, bail, ensure};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The mounted file system; dropping it ends it.
pub struct SmallDisk {
    holder: Child,
    folder: PathBuf,
}

/// Why this machine lets nobody mount; `None` where it does.
pub fn refused() -> Option<String> {
    let mut tried = Command::new("unshare");
    tried.args(["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]);
    match tried.stdin(Stdio::null()).output() {
        Ok(done) if done.status.success() => None,
        Ok(done) => Some(String::from_utf8_lossy(&done.stderr).trim().to_owned()),
        Err(error) => Some(format!("unshare: {error}")),
    }
}

impl SmallDisk {
    /// Mounts it on a folder.
    pub fn mount(folder: &Path, megabytes: u32) -> Result<Self> {
        let script = format!(
            "mount -t tmpfs -o size={megabytes}m none \"$0\" && touch \"$0/mounted\" && exec sleep 3600"
        );
        let mut hold = Command::new("unshare");
        hold.args([
            "--mount",
            "setpriv",
            "--pdeathsig",
            "KILL",
            "sh",
            "-c",
            &script,
        ]);
        let holder = hold.arg(folder).stdin(Stdio::null()).spawn();
        let mut disk = Self {
            holder: holder.context("cannot start unshare")?,
            folder: folder.to_owned(),
        };
        let begun = Instant::now();
        while !disk.seen(&folder.join("mounted")).exists() {
            if let Some(status) = disk.holder.try_wait()? {
                bail!("a small file system cannot be mounted ({status})");
            }
            ensure!(
                begun.elapsed() < Duration::from_secs(10),
                "mounting takes too long"
            );
            thread::sleep(Duration::from_millis(10));
        }
        Ok(disk)
    }

    /// The words before a program that is to see it.
    pub fn entry(&self) -> [String; 5] {
        let id = self.holder.id().to_string();
        ["nsenter", "--mount", "--target", &id, "--"].map(str::to_owned)
    }

    /// A file on it, as we see it.
    pub fn seen(&self, path: &Path) -> PathBuf {
        let inside = path.strip_prefix("/").unwrap_or(path);
        PathBuf::from(format!("/proc/{}/root", self.holder.id())).join(inside)
    }

    /// Takes all room, and gives so many bytes back.
    pub fn fill(&self, leave: u64) -> Result<()> {
        let mut file = File::create(self.seen(&self.folder.join("filler")))?;
        match io::copy(&mut io::repeat(0), &mut file) {
            Err(error) if error.kind() == io::ErrorKind::StorageFull => {}
            other => bail!("the disk cannot be filled: {other:?}"),
        }
        let length = file.metadata()?.len();
        Ok(file.set_len(length.saturating_sub(leave))?)
    }

    /// Gives the room back.
    pub fn free(&self) -> Result<()> {
        Ok(fs::remove_file(self.seen(&self.folder.join("filler")))?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        self.holder.kill().ok();
        self.holder.wait().ok();
    }
}
