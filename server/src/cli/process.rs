//! `minsheng process check`: would this definition be accepted?
//! Deliberately absent: deploying; what runs is in the database with a version.
//! Read next: `bpmn`, which says element and reason.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use bpmn::{Definition, Severity};
use clap::{Args, Subcommand};

/// Check process definitions (BPMN 2.0)
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
}

impl Process {
    /// Checks and prints; exit code 1 when something cannot run.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let Act::Check { file } = &self.act;
        let xml = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let definition = match Definition::parse(&xml) {
            Ok(definition) => definition,
            Err(error) => {
                println!("{error}");
                return Ok(ExitCode::FAILURE);
            }
        };
        let findings = bpmn::check::check(&definition);
        for finding in &findings {
            println!("{finding}");
        }
        if findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
        {
            return Ok(ExitCode::FAILURE);
        }
        println!("{} can run", file.display());
        Ok(ExitCode::SUCCESS)
    }
}
