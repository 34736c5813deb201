//! Replays written cases against definitions: do a step, compare what is open with what is expected.
//! Not here: reading files; the caller hands in the texts (the command line reads them from folders).
//! Next: `step` (what a step says), `player` (how it is done), `clock` (durations of timers).

mod clock;
mod deploy;
mod player;
mod step;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use deploy::{DeployCase, Verdict};
pub use step::CaseStep;

use crate::model::{Definition, DefinitionSet};

/// One case: definitions, the first is the main one, and steps in order.
#[derive(Clone, Debug, Deserialize)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// Names of the definition files.
    pub files: Vec<String>,
    /// What is done and expected, in order.
    pub steps: Vec<CaseStep>,
}

/// A case that did not go as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Step by number, from 1; 0 if the definitions themselves are at fault.
    pub step: usize,
    /// Expected and found.
    pub words: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "step {}: {}", self.step, self.words)
    }
}

/// A case as it stands in a file: one that runs, or one that is only deployed.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Written {
    /// Runs.
    Run(Case),
    /// Is refused or accepted.
    Deploy(DeployCase),
}

impl Written {
    /// Its name, or that of its definition.
    pub fn name(&self) -> &str {
        match self {
            Self::Run(case) => &case.id,
            Self::Deploy(case) => &case.file,
        }
    }

    /// Plays it; `file` gives the text of a definition file.
    pub fn play(&self, file: &dyn Fn(&str) -> Option<String>) -> Result<(), Difference> {
        match self {
            Self::Run(case) => play(case, file),
            Self::Deploy(case) => case.play(file),
        }
    }
}

/// Reads a file of cases of either kind.
pub fn written(json: &str) -> Result<Vec<Written>, serde_json::Error> {
    serde_json::from_str(json)
}

/// Reads a file of cases that run.
pub fn cases(json: &str) -> Result<Vec<Case>, serde_json::Error> {
    serde_json::from_str(json)
}

/// Plays a case; `file` gives the text of a definition file.
pub fn play(case: &Case, file: &dyn Fn(&str) -> Option<String>) -> Result<(), Difference> {
    let at_fault = |words: String| Difference { step: 0, words };
    let mut definitions = Vec::new();
    for name in &case.files {
        let text = file(name).ok_or_else(|| at_fault(format!("the file {name} is not there")))?;
        definitions
            .push(Definition::parse(&text).map_err(|error| at_fault(format!("{name}: {error}")))?);
    }
    let main = definitions
        .first()
        .ok_or_else(|| at_fault("the case names no file".to_owned()))?;
    let mut called = BTreeMap::new();
    for definition in definitions.iter().skip(1) {
        for process in definition.processes() {
            called.insert(process.id.clone(), definition.clone());
        }
    }
    let mut player = player::Player::new(DefinitionSet {
        main,
        called: &called,
    });
    for (n, step) in case.steps.iter().enumerate() {
        player
            .step(step)
            .map_err(|words| Difference { step: n + 1, words })?;
    }
    player.finish().map_err(|words| Difference {
        step: case.steps.len(),
        words,
    })
}
