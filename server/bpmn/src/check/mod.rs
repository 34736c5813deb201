//! What is wrong with a definition before it is deployed: each finding with element id, line, severity and code.
//! Not here: reading (`parse`, which only notes what it could not read) and rights (who may deploy).
//! Next: `node` (each element for itself), `scope` (elements together), `graph` (ways through), `form` (what is asked), `nobody`, `call`, `twins`, `unset`.

mod call;
mod form;
mod graph;
mod ignored;
mod nobody;
mod node;
mod scope;
mod standard;
mod twins;
mod unset;

use std::fmt;

use shared::text::Locale;
use shared::text::process_check::sentence;

pub use ignored::{Ignored, ignored};
pub use shared::process::finding::{Fact, FindingCode as Code, Remark, Severity};

use crate::condition::ConditionError;
use crate::model::Definition;
pub(crate) use scope::can_begin;

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
    pub remark: Remark,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let said = sentence(&self.remark, Locale::En);
        write!(
            f,
            "{severity}: line {}, {}: {said}",
            self.line, self.element
        )
    }
}

/// The findings of one process while they are gathered.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn error(&mut self, element: &str, line: u32, code: Code, facts: &[(Fact, String)]) {
        let remark = Remark::new(code).facts(facts);
        self.add(Severity::Error, (element, line), remark);
    }

    pub(crate) fn warning(
        &mut self,
        element: &str,
        line: u32,
        code: Code,
        facts: &[(Fact, String)],
    ) {
        let remark = Remark::new(code).facts(facts);
        self.add(Severity::Warning, (element, line), remark);
    }

    /// An expression that cannot be read.
    pub(crate) fn unreadable(&mut self, place: (&str, u32), text: &str, error: &ConditionError) {
        self.add(Severity::Error, place, bad_expression(text, error));
    }

    fn add(&mut self, severity: Severity, (element, line): (&str, u32), remark: Remark) {
        self.0.push(Finding {
            element: element.to_owned(),
            line,
            severity,
            remark,
        });
    }
}

/// What is said of an expression that cannot be read.
pub(crate) fn bad_expression(text: &str, error: &ConditionError) -> Remark {
    Remark::new(Code::BadExpression)
        .fact(Fact::Expression, text)
        .because(error.clone())
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
        let facts = [(Fact::Id, id.chars().take(40).collect())];
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
