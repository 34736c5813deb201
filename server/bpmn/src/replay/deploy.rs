//! Cases of deployment: a definition that must be refused, or accepted, by the check before deployment.
//! Not here: the check itself (`check`), cases that run (`player`).

use serde::Deserialize;

use super::Difference;
use crate::{Definition, Severity};

/// What must happen when a definition is deployed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is refused: it cannot be read, or the check finds an error.
    Refuse,
    /// It is deployed.
    Accept,
}

/// One case of deployment.
#[derive(Clone, Debug, Deserialize)]
pub struct DeployCase {
    /// Name of the definition file.
    pub file: String,
    /// What must happen.
    pub deploy: Verdict,
    /// Why.
    pub reason: String,
}

impl DeployCase {
    /// Checks the definition; `file` gives its text.
    pub fn play(&self, file: &dyn Fn(&str) -> Option<String>) -> Result<(), Difference> {
        let differs = |words: String| Err(Difference { step: 0, words });
        let Some(text) = file(&self.file) else {
            return differs(format!("the file {} is not there", self.file));
        };
        let errors: Vec<String> = match Definition::parse(&text) {
            Err(error) => vec![error.to_string()],
            Ok(definition) => definition
                .check()
                .iter()
                .filter(|finding| finding.severity == Severity::Error)
                .map(ToString::to_string)
                .collect(),
        };
        match (self.deploy, errors.is_empty()) {
            (Verdict::Refuse, true) => differs(format!("must be refused: {}", self.reason)),
            (Verdict::Accept, false) => differs(format!(
                "must be accepted ({}), but: {}",
                self.reason,
                errors.join("; ")
            )),
            _ => Ok(()),
        }
    }
}
