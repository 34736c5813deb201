//! Starting other programs: quietly into a log file, or asked for one line.
//! What a failure means is for the caller; here it is only reported with the command and the log.
//! Read next: `report.rs`, which prints what the parts of a test run found.

use anyhow::{Context, Result, anyhow};
use std::{
    fs::{File, OpenOptions},
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Runs a step: says what it does, then how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    print!("  {what} … ");
    std::io::stdout().flush().ok();
    let start = Instant::now();
    let outcome = work();
    println!(
        "{}{}",
        if outcome.is_ok() { "" } else { "failed after " },
        seconds(start.elapsed())
    );
    outcome
}

/// A length of time for people.
pub fn seconds(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    if tenths < 1200 {
        return format!("{}.{} s", tenths / 10, tenths % 10);
    }
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}

/// Runs a command with both outputs appended to a log file; true when it succeeded.
pub fn logged(command: &mut Command, log: &Path) -> Result<bool> {
    let mut file = append(log)?;
    writeln!(file, "$ {}", line(command))?;
    let status = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    Ok(status.success())
}

/// As [`logged`], but a failure is an error with the last lines of the log.
pub fn must(command: &mut Command, log: &Path) -> Result<()> {
    if logged(command, log)? {
        return Ok(());
    }
    Err(failed(command, log))
}

fn failed(command: &Command, log: &Path) -> anyhow::Error {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines[lines.len().saturating_sub(30)..].join("\n");
    anyhow!(
        "`{}` failed; the whole output is in {}, it ends with:\n{tail}",
        line(command),
        log.display()
    )
}

/// As [`must`], but the standard output is given back and only the other one is logged.
pub fn must_say(command: &mut Command, log: &Path) -> Result<String> {
    let mut file = append(log)?;
    writeln!(file, "$ {}", line(command))?;
    let output = command
        .stdin(Stdio::null())
        .stderr(file)
        .output()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(failed(command, log))
}

/// The standard output of a short command, or nothing when it is absent or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// True when this process may do everything (`id -u` is 0).
pub fn is_root() -> bool {
    ask(Command::new("id").arg("-u")).as_deref() == Some("0")
}

/// Opens a log file at its end.
pub fn append(log: &Path) -> Result<File> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("cannot write {}", log.display()))
}

/// The command as somebody would type it.
pub fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| {
        let word = word.to_string_lossy();
        if word.contains([' ', '*', '"', '$']) {
            format!("'{word}'")
        } else {
            word.into_owned()
        }
    }));
    words.join(" ")
}
