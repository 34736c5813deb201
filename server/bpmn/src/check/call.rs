//! Call activities together: a case knows a called process by its id alone, so it cannot run two versions of one.
//! Not here: whether the called process exists, which only the caller knows.
//! Next: `model::needs`.

use std::collections::BTreeMap;

use super::{Code, Fact, Findings};
use crate::model::{Called, Definition, calls};

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    let mut first: BTreeMap<String, Called> = BTreeMap::new();
    let processes = definition.processes().iter();
    for process in processes.filter(|process| process.executable) {
        for called in calls(process) {
            let line = process.node(&called.element).map_or(0, |node| node.line);
            let before = first
                .entry(called.process.clone())
                .or_insert_with(|| called.clone());
            if before.version != called.version {
                findings.error(
                    &called.element,
                    line,
                    Code::SeveralVersions,
                    &[
                        (Fact::Process, called.process),
                        (Fact::Other, before.element.clone()),
                    ],
                );
            }
        }
    }
}
