//! Does an element of another version fit what stands there: of the same kind, waiting for the same thing?
//! Not here: whether its surroundings fit (`migrate`).
//! Next: `jump`.

use crate::model::{Event, Gateway, Node, NodeKind, SubKind, TaskKind};
use crate::run::state::{ScopeKind, WaitKind};

pub(super) fn is_activity(kind: ScopeKind) -> bool {
    matches!(
        kind,
        ScopeKind::Sub
            | ScopeKind::Call
            | ScopeKind::User
            | ScopeKind::Receive
            | ScopeKind::Service
            | ScopeKind::AdHoc
    )
}

pub(super) fn same_kind(kind: ScopeKind, node: &Node) -> bool {
    match kind {
        ScopeKind::Process => false,
        ScopeKind::Sub => matches!(
            node.kind,
            NodeKind::Sub(SubKind::Embedded | SubKind::Transaction, _)
        ),
        ScopeKind::EventSub => matches!(node.kind, NodeKind::Sub(SubKind::Event, _)),
        ScopeKind::AdHoc => matches!(node.kind, NodeKind::Sub(SubKind::AdHoc, _)),
        ScopeKind::Repeat => node.multi.is_some(),
        ScopeKind::Call => matches!(node.kind, NodeKind::Call(_)),
        ScopeKind::User => is_task(node, |kind| kind == TaskKind::User),
        ScopeKind::Receive => is_task(node, |kind| kind == TaskKind::Receive),
        ScopeKind::Service => is_task(node, |kind| {
            matches!(
                kind,
                TaskKind::Service | TaskKind::Send | TaskKind::BusinessRule
            )
        }),
        ScopeKind::Catch => matches!(node.kind, NodeKind::Catch(_)),
        ScopeKind::Gate => matches!(node.kind, NodeKind::Gateway(Gateway::EventBased { .. })),
        ScopeKind::Undo => matches!(
            node.kind,
            NodeKind::Throw(_) | NodeKind::End(_) | NodeKind::Sub(..)
        ),
    }
}

fn is_task(node: &Node, wanted: impl Fn(TaskKind) -> bool) -> bool {
    matches!(&node.kind, NodeKind::Task(facts) if wanted(facts.kind))
}

/// Does the new event wait for the same thing?
pub(super) fn same_wait(kind: &WaitKind, node: &Node) -> bool {
    let event = match &node.kind {
        NodeKind::Boundary { event, .. } | NodeKind::Catch(event) => event,
        NodeKind::Start(facts) => &facts.event,
        NodeKind::Task(facts) => {
            return matches!((kind, &facts.message), (WaitKind::Message(a), Some(b)) if a == b);
        }
        _ => return false,
    };
    match (kind, event) {
        (WaitKind::Message(a), Event::Message(b)) | (WaitKind::Signal(a), Event::Signal(b)) => {
            a == b
        }
        // A running timer keeps its time, as a running deadline does.
        (WaitKind::Timer(_), Event::Timer(_)) | (WaitKind::Condition, Event::Conditional(_)) => {
            true
        }
        _ => false,
    }
}
