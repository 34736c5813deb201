//! `minsheng process`: would this definition be accepted, does it do what is written, does it come back whole?
//! Deliberately absent: what is in the database with a version (`process_owner`). None of these needs one.
//! Read next: `bpmn`, which says element and reason.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use bpmn::{Definition, ParseError, replay};
use clap::{Args, Subcommand};
use services::approvals::owner::{is_tables, judged, tables};

use super::process_owner::Owned;
use super::{language, said};
use crate::config::Settings;

/// Check, deploy and migrate process definitions (BPMN 2.0)
#[derive(Debug, Args)]
pub struct Process {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Check a definition as before deployment; each finding names its element. Needs no database
    Check {
        /// The .bpmn file
        file: PathBuf,
    },
    /// Play written cases against definitions, or see that these are refused or accepted as written; prints each difference, the last line is `N passed, N failed`
    Replay {
        /// The JSON file with the cases
        #[arg(long, value_name = "FILE")]
        cases: PathBuf,
        /// The folder with the definitions that the cases name
        #[arg(long, value_name = "DIR")]
        models: PathBuf,
    },
    /// Read a definition, write it, read it again: says what would be lost
    Roundtrip {
        /// The .bpmn file
        file: PathBuf,
        /// Where to write the definition as it comes back
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    #[command(flatten)]
    Owned(Owned),
}

impl Process {
    /// Runs a subcommand that needs no database; exit code 1 when something cannot run, differs or is lost.
    pub fn alone(&self) -> anyhow::Result<ExitCode> {
        match &self.act {
            Act::Check { file } => check(file),
            Act::Replay { cases, models } => replay_all(cases, models),
            Act::Roundtrip { file, out } => roundtrip(file, out.as_deref()),
            Act::Owned(_) => Ok(ExitCode::SUCCESS),
        }
    }

    /// Runs any subcommand.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        match self.act {
            Act::Owned(owned) => owned.run(settings).await,
            _ => self.alone(),
        }
    }
}

fn text(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// A definition's or decision table's text, in the encoding that the file says.
pub(super) fn decoded(file: &Path) -> anyhow::Result<Result<String, ParseError>> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(bpmn::decode(&bytes))
}

/// The same check as on the page and at deployment, but for what only an installation knows: people, units, other definitions.
fn check(file: &Path) -> anyhow::Result<ExitCode> {
    let text = match decoded(file)? {
        Ok(text) => text,
        Err(error) => {
            println!("{error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    if is_tables(&text) {
        tables(&text).map_err(|fault| said(&fault))?;
        println!("{} can run", file.display());
        return Ok(ExitCode::SUCCESS);
    }
    if let Err(error) = Definition::parse(&text) {
        println!("{error}");
        return Ok(ExitCode::FAILURE);
    }
    let (_, findings) = judged(&text, language()).map_err(|fault| said(&fault))?;
    for finding in &findings {
        let severity = match finding.severity.as_str() {
            "ignored" => "without effect",
            other => other,
        };
        println!(
            "{severity}: line {}, {}: {}",
            finding.line, finding.element, finding.words
        );
    }
    if findings.iter().any(|finding| finding.severity == "error") {
        return Ok(ExitCode::FAILURE);
    }
    println!("{} can run", file.display());
    Ok(ExitCode::SUCCESS)
}

fn replay_all(cases: &Path, models: &Path) -> anyhow::Result<ExitCode> {
    let written = replay::written(&text(cases)?)
        .with_context(|| format!("{} holds no cases", cases.display()))?;
    // A case names files of the folder, and nothing outside of it.
    let file = |name: &str| {
        let plain = Path::new(name).file_name()? == Path::new(name).as_os_str();
        let bytes = plain.then(|| fs::read(models.join(name)).ok()).flatten()?;
        bpmn::decode(&bytes).ok()
    };
    let (mut passed, mut failed) = (0_u32, 0_u32);
    for case in &written {
        match case.play(&file) {
            Ok(()) => passed += 1,
            Err(difference) => {
                failed += 1;
                println!("{}: {difference}", case.name());
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn roundtrip(file: &Path, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    let parsed = decoded(file)?.and_then(|text| Definition::parse(&text));
    let first = match parsed {
        Ok(first) => first,
        Err(error) => {
            println!("{error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let written = first.to_xml();
    if let Some(out) = out {
        fs::write(out, &written).with_context(|| format!("cannot write {}", out.display()))?;
    }
    let lost = match Definition::parse(&written) {
        Ok(again) => first.lost_in(&again),
        Err(error) => vec![error.to_string()],
    };
    for line in &lost {
        println!("{line}");
    }
    if lost.is_empty() {
        println!(
            "{}: {} elements come back whole",
            file.display(),
            first.tree().elements.len()
        );
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}
