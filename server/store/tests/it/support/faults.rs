//! Failing disks, for real: a test starts itself once more, alone, on a small file system of its own (as root), or where every write beyond
//! a size fails as a broken disk's does.
//! Not here: what must hold then.
//! `prlimit` changes the limit of a running process; the signal that comes with it is ignored from the start.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the folder to the process that was started for a test.
const FOLDER: &str = "MINSHENG_FAULT_FOLDER";

/// What a test's own process is started in.
#[derive(Debug, Clone, Copy)]
pub enum Disk {
    /// A file system of so many megabytes.
    Small(u32),
    /// The usual one; writes can be limited.
    Usual,
}

/// The folder, when this is the process that was started for the test; otherwise starts it and asks how it went.
pub fn alone(test: &str, disk: Disk) -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return Some(folder.into());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mount = match disk {
        Disk::Usual => String::new(),
        Disk::Small(_) if !may_mount() => {
            assert!(std::env::var("CI").is_err(), "mounting is needed in CI");
            println!("skipped: this user may not mount a file system");
            return None;
        }
        Disk::Small(size) => format!("mount -t tmpfs -o size={size}m none \"${FOLDER}\" && "),
    };
    let script = format!("trap '' XFSZ; {mount}exec \"$0\" --exact --nocapture \"$1\"");
    let mut command = match disk {
        Disk::Small(_) => {
            let mut command = Command::new("unshare");
            command.args(["--mount", "sh"]);
            command
        }
        Disk::Usual => Command::new("sh"),
    };
    let own = std::env::current_exe().expect("the test's own program");
    command.args(["-c", &script]).arg(own).arg(test);
    let done = command.env(FOLDER, folder.path()).output();
    let done = done.expect("starts");
    let words = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && words.contains("1 passed"),
        "{words}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );
    print!("{words}");
    None
}

fn may_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["--mount", "mount", "-t", "tmpfs", "none", "/mnt"])
        .output();
    tried.is_ok_and(|it| it.status.success())
}

/// Leaves so much room on the file system of a folder, until the file is dropped.
pub struct Filler(PathBuf);

impl Filler {
    pub fn leave(folder: &Path, bytes: u64) -> Self {
        let path = folder.join("filler");
        let file = File::create(&path).expect("made");
        let free = free(folder);
        let size = free.saturating_sub(bytes).to_string();
        drop(file);
        let done = Command::new("fallocate")
            .args(["-l", &size])
            .arg(&path)
            .status();
        assert!(done.expect("fallocate").success());
        Self(path)
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).expect("removed");
    }
}

fn free(folder: &Path) -> u64 {
    let asked = Command::new("df")
        .args(["-B1", "--output=avail"])
        .arg(folder)
        .output();
    let words = String::from_utf8(asked.expect("df").stdout).expect("text");
    words
        .lines()
        .nth(1)
        .expect("a line")
        .trim()
        .parse()
        .expect("a number")
}

/// Every write of this process beyond so many bytes of a file fails; `None` lifts the limit.
pub fn limit_files(bytes: Option<u64>) {
    let limit = bytes.map_or("unlimited".to_owned(), |it| it.to_string());
    let done = Command::new("prlimit")
        .args(["--pid", &std::process::id().to_string()])
        .arg(format!("--fsize={limit}:unlimited"))
        .status();
    assert!(done.expect("prlimit").success());
}
