//! User tasks that nobody may do: the file names neither a role nor a person, in this product's words, the Java engines' or the standard's.
//! Only a warning: such a task waits as an incident until the process owner gives it to somebody.
//! Next: `form`.

use super::{Code, Findings};
use crate::model::{Definition, NodeKind, Process, TaskKind};

pub(super) fn check(definition: &Definition, process: &Process, findings: &mut Findings) {
    for node in &process.nodes {
        let NodeKind::Task(facts) = &node.kind else {
            continue;
        };
        let element = definition.element(&node.id);
        // A receive task without a message, or one that nobody is asked about: only its owner takes the case on.
        if facts.kind == TaskKind::Receive && facts.message.is_none() {
            findings.warning(&node.id, node.line, Code::NothingAwaited, &[]);
        }
        if facts.kind != TaskKind::User {
            continue;
        }
        let by_facts = facts.assignee.is_some()
            || !facts.candidate_users.is_empty()
            || !facts.candidate_groups.is_empty();
        let by_role = element
            .and_then(|element| element.attr("role"))
            .is_some_and(|role| !role.trim().is_empty());
        if !by_facts && !by_role {
            findings.warning(&node.id, node.line, Code::Nobody, &[]);
        }
    }
}
