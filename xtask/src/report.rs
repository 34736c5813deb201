//! What a test run found: counts over all parts, and the output of the parts that failed.
//! The parts themselves are in `test/`; here is only the counting and the printing.
//! Read next: `test/mod.rs`.

use crate::shell;
use std::{fs, ops::AddAssign, path::Path, time::Duration};

/// Passed, failed and skipped checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks that held.
    pub passed: u32,
    /// Checks that did not hold, or could not be made.
    pub failed: u32,
    /// Checks that were left out and said so.
    pub skipped: u32,
}

impl Tally {
    /// One check.
    pub fn one(held: bool) -> Self {
        Self {
            passed: u32::from(held),
            failed: u32::from(!held),
            skipped: 0,
        }
    }

    /// The last line of the run: `N passed, N failed`, and the skipped ones if there are any.
    pub fn line(self) -> String {
        let skipped = if self.skipped > 0 {
            format!(", {} skipped", self.skipped)
        } else {
            String::new()
        };
        format!("{} passed, {} failed{skipped}", self.passed, self.failed)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// One line per finished part.
pub fn part(name: &str, tally: Tally, time: Duration) {
    println!("{name:<10} {:<40} {}", tally.line(), shell::seconds(time));
}

/// What became of each test that ran; whoever asks for one test wants to see its name.
pub fn tests(log: &Path) {
    let text = fs::read_to_string(log).unwrap_or_default();
    for line in text.lines().filter(|line| {
        line.starts_with("test ") && !line.starts_with("test result") && line.ends_with(" ok")
    }) {
        println!("{line}");
    }
}

/// The output of a failed part without the lines that only say that something is well.
pub fn failure(name: &str, log: &Path) {
    let text = fs::read_to_string(log).unwrap_or_default();
    println!("---- {name}: {}", log.display());
    let lines = interesting(&text);
    let (head, tail) = ends(&lines);
    for line in head {
        println!("{line}");
    }
    if !tail.is_empty() {
        println!(
            "… {} lines more in the file …",
            lines.len() - head.len() - tail.len()
        );
    }
    for line in tail {
        println!("{line}");
    }
    println!("---- end of {name}");
}

/// Beginning and end of a long output; all of a short one.
fn ends<'a, 'b>(lines: &'a [&'b str]) -> (&'a [&'b str], &'a [&'b str]) {
    const HEAD: usize = 120;
    const TAIL: usize = 180;
    if lines.len() <= HEAD + TAIL {
        return (lines, &[]);
    }
    (&lines[..HEAD], &lines[lines.len() - TAIL..])
}

fn interesting(text: &str) -> Vec<&str> {
    const QUIET: [&str; 6] = [
        "Compiling ",
        "Checking ",
        "Downloaded ",
        "Downloading ",
        "Fresh ",
        "Running ",
    ];
    let kept = text.lines().filter(|line| {
        let line = line.trim_start();
        let test_ok = line.starts_with("test ") && line.ends_with(" ok");
        !test_ok && !QUIET.iter().any(|word| line.starts_with(word))
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_is_named_only_when_there_is_some() {
        let mut sum = Tally::one(true);
        sum += Tally::one(false);
        assert_eq!(sum.line(), "1 passed, 1 failed");
        sum += Tally {
            skipped: 2,
            ..Tally::default()
        };
        assert_eq!(sum.line(), "1 passed, 1 failed, 2 skipped");
    }

    #[test]
    fn a_long_output_is_cut_in_the_middle() {
        let lines = vec!["x"; 1000];
        let (head, tail) = ends(&lines);
        assert_eq!((head.len(), tail.len()), (120, 180));
        assert_eq!(ends(&lines[..300]).1.len(), 0);
    }

    #[test]
    fn a_failure_shows_what_failed() {
        let text = "   Compiling a v1\ntest x::y ... ok\ntest x::z ... FAILED\nthread panicked";
        assert_eq!(
            interesting(text),
            ["test x::z ... FAILED", "thread panicked"]
        );
    }
}
