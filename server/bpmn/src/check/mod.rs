//! What is wrong with a definition before it is deployed: each finding with element id, line, severity and code.
//! Not here: reading (`parse`, which only notes what it could not read) and rights (who may deploy).
//! Next: `node` (each element for itself), `scope` (elements together), `graph` (ways through), `form` (what is asked), `nobody`, `call`, `twins`, `unset`.

mod call;
mod code;
mod form;
mod graph;
mod ignored;
mod nobody;
mod node;
mod scope;
mod standard;
mod twins;
mod unset;

use std::collections::BTreeMap;
use std::fmt;

pub use code::Code;
pub use ignored::{Ignored, ignored};

use crate::model::Definition;
pub(crate) use scope::can_begin;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Runs, but perhaps not as meant.
    Warning,
    /// Must not be deployed.
    Error,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Id of the element; the process's id where no single element is meant.
    pub element: String,
    /// Line in the file, from 1.
    pub line: u32,
    /// Error or warning.
    pub severity: Severity,
    /// What it is.
    pub code: Code,
    /// Names and texts that belong to it.
    pub facts: BTreeMap<&'static str, String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = if self.severity == Severity::Error {
            "error"
        } else {
            "warning"
        };
        write!(
            f,
            "{severity}: line {}, {}: {}",
            self.line,
            self.element,
            self.code.words()
        )?;
        for (name, fact) in &self.facts {
            write!(f, " ({name}: {fact})")?;
        }
        Ok(())
    }
}

/// The findings of one process while they are gathered.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn error(
        &mut self,
        element: &str,
        line: u32,
        code: Code,
        facts: &[(&'static str, String)],
    ) {
        self.add(Severity::Error, (element, line), code, facts);
    }

    pub(crate) fn warning(
        &mut self,
        element: &str,
        line: u32,
        code: Code,
        facts: &[(&'static str, String)],
    ) {
        self.add(Severity::Warning, (element, line), code, facts);
    }

    fn add(
        &mut self,
        severity: Severity,
        (element, line): (&str, u32),
        code: Code,
        facts: &[(&'static str, String)],
    ) {
        self.0.push(Finding {
            element: element.to_owned(),
            line,
            severity,
            code,
            facts: facts.iter().cloned().collect(),
        });
    }
}

/// Longest id of a process.
const KEY: usize = 100;

/// Whether a process can be kept and addressed by this id: letters of ASCII, digits, `-`, `_` and `.`.
fn is_key(id: &str) -> bool {
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !id.is_empty() && id.len() <= KEY && id.chars().all(sound)
}

/// The id of the process that is deployed is its key, which stands in addresses and in the numbers of cases.
fn key(definition: &Definition, findings: &mut Findings) {
    let id = definition.process_id();
    if let Some(process) = definition.process(id).filter(|_| !is_key(id)) {
        let facts = [("id", id.chars().take(40).collect())];
        findings.error(id, process.line, Code::BadKey, &facts);
    }
}

/// All findings on the executable processes of a file, by line. A file without one cannot be deployed.
pub fn check(definition: &Definition) -> Vec<Finding> {
    let mut findings = Findings::default();
    let mut executable = false;
    for process in definition
        .processes()
        .iter()
        .filter(|process| process.executable)
    {
        executable = true;
        findings.0.extend(process.notes.iter().cloned());
        node::check(process, &mut findings);
        scope::check(process, &mut findings);
        graph::check(process, &mut findings);
        form::check(definition, process, &mut findings);
        nobody::check(definition, process, &mut findings);
        twins::check(process, &mut findings);
    }
    call::check(definition, &mut findings);
    twins::declared(definition, &mut findings);
    unset::check(definition, &mut findings);
    key(definition, &mut findings);
    if !executable {
        findings.error(definition.process_id(), 1, Code::NothingExecutable, &[]);
    }
    findings
        .0
        .sort_by(|a, b| (a.line, &a.element).cmp(&(b.line, &b.element)));
    findings.0
}
