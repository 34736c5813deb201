//! What a definition names and does not bring along: processes that it calls and decision tables that it asks.
//! Not here: names that are only computed while it runs.
//! Next: `library`, which holds what was found by them.

use super::{Definition, NodeKind, Process, Service};
use crate::condition::Condition;

/// A process that a call activity names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Called {
    /// The call activity.
    pub element: String,
    /// The process.
    pub process: String,
    /// The version that the file wants; otherwise the newest one is meant.
    pub version: Option<i32>,
}

impl Definition {
    /// Every call activity that names its process, in the order of the file; also those that call a process of the same file.
    pub fn calls(&self) -> Vec<Called> {
        self.processes().iter().flat_map(calls).collect()
    }

    /// The decision tables that tasks name, each once, in order of their ids.
    pub fn decisions(&self) -> Vec<String> {
        let nodes = self.processes().iter().flat_map(|process| &process.nodes);
        let mut found: Vec<String> = nodes
            .filter_map(|node| match &node.kind {
                NodeKind::Task(facts) => match &facts.service {
                    Service::Decision(id, _) => literal(id).map(str::to_owned),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

/// The call activities of one process that name theirs.
pub(crate) fn calls(process: &Process) -> Vec<Called> {
    process
        .nodes
        .iter()
        .filter_map(|node| match &node.kind {
            NodeKind::Call(call) => Some(Called {
                element: node.id.clone(),
                process: literal(call.called.as_deref()?)
                    .map(called_process)?
                    .to_owned(),
                version: call.version,
            }),
            _ => None,
        })
        .collect()
}

/// The text, unless it is an expression.
fn literal(text: &str) -> Option<&str> {
    Condition::embedded(text).is_none().then_some(text)
}

/// The process id in the text of a call, without the prefix that some tools write before it.
pub(crate) fn called_process(text: &str) -> &str {
    text.rsplit(':').next().unwrap_or(text)
}
