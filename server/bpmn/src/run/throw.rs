//! What is thrown: end and throwing events, and how errors and escalations look for who catches them, inside out.
//! In each scope its event sub-processes come first, then the border events of its activity; the exact code before "any".
//! Next: `wait`.

use super::Effect;
use super::RunError;
use super::engine::{Move, Run, unsupported};
use super::join::link_targets;
use super::state::{ScopeId, ScopeKind};
use crate::model::{Event, Node, NodeIx, NodeKind, Process, SubKind};

/// What is thrown upwards.
#[derive(Clone, Copy)]
enum Thrown<'t> {
    Error(Option<&'t str>),
    Escalation(Option<&'t str>),
}

impl Thrown<'_> {
    /// 0 if the event does not catch it, 1 if it catches anything, 2 if it names the code.
    fn fit(self, event: &Event) -> u8 {
        let ((Self::Error(thrown), Event::Error(caught))
        | (Self::Escalation(thrown), Event::Escalation(caught))) = (self, event)
        else {
            return 0;
        };
        match caught {
            None => 1,
            Some(code) if Some(code.as_str()) == thrown => 2,
            Some(_) => 0,
        }
    }
}

/// Who catches.
enum Catcher<'a> {
    EventSub(ScopeId, &'a Process, &'a Node),
    Boundary(ScopeId, &'a Process, &'a Node),
}

impl<'a> Run<'a> {
    pub(super) fn end_event(
        &mut self,
        scope: ScopeId,
        node: &'a Node,
        event: &'a Event,
    ) -> Result<(), RunError> {
        match event {
            Event::None => Ok(()),
            Event::Terminate { all: true, .. } => {
                self.end_root();
                Ok(())
            }
            Event::Terminate { turns: true, .. } if self.repeat_around(scope).is_some() => {
                self.end_turns(scope)
            }
            Event::Terminate { .. } => {
                self.cancel_inside(scope);
                Ok(())
            }
            Event::Error(code) => self.throw_error(scope, &node.id, code.as_deref()),
            Event::Escalation(code) => self.escalate(scope, node, code.as_deref()),
            Event::Message(_) | Event::Signal(_) => self.send(scope, node, event),
            Event::Compensation { activity, .. } => self.undo(scope, node, activity.as_deref()),
            Event::Cancel => self.cancel_transaction(scope, node),
            other => Err(unsupported(node, other.kind())),
        }
    }

    pub(super) fn throw_event(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        node: &'a Node,
        event: &'a Event,
    ) -> Result<(), RunError> {
        if let Event::Link(_) = event {
            let Some(target) = link_targets(process, node).first().copied() else {
                return Err(RunError::NoFlow {
                    element: node.id.clone(),
                });
            };
            self.queue.push_back(Move::Token {
                scope,
                node: target,
                flow: None,
            });
            return Ok(());
        }
        if let Event::Compensation { activity, wait } = event {
            if !wait {
                self.leave(scope, process, node)?;
            }
            return self.undo(scope, node, activity.as_deref());
        }
        // The token goes on first: if what is thrown ends this scope, the token is ended with it.
        self.leave(scope, process, node)?;
        match event {
            Event::None => Ok(()),
            Event::Message(_) | Event::Signal(_) => self.send(scope, node, event),
            Event::Escalation(code) => self.escalate(scope, node, code.as_deref()),
            other => Err(unsupported(node, other.kind())),
        }
    }

    fn send(&mut self, scope: ScopeId, node: &Node, event: &Event) -> Result<(), RunError> {
        match event {
            Event::Message(name) => {
                let vars = self.instance.local_vars(scope);
                self.effects.push(Effect::MessageThrown {
                    element: node.id.clone(),
                    name: name.clone(),
                    vars,
                });
                Ok(())
            }
            Event::Signal(name) => {
                self.effects.push(Effect::SignalThrown {
                    element: node.id.clone(),
                    name: name.clone(),
                });
                self.broadcast(name)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn throw_error(
        &mut self,
        scope: ScopeId,
        element: &str,
        code: Option<&str>,
    ) -> Result<(), RunError> {
        match self.catcher(scope, Thrown::Error(code))? {
            Some(catcher) => self.catch(&catcher),
            None => Err(RunError::UncaughtError {
                element: element.to_owned(),
                code: code.unwrap_or_default().to_owned(),
            }),
        }
    }

    /// An escalation that nobody catches is only told.
    fn escalate(
        &mut self,
        scope: ScopeId,
        node: &Node,
        code: Option<&str>,
    ) -> Result<(), RunError> {
        let catcher = self.catcher(scope, Thrown::Escalation(code))?;
        let caught_by = catcher
            .as_ref()
            .map(|(Catcher::EventSub(_, _, by) | Catcher::Boundary(_, _, by))| by.id.clone());
        self.effects.push(Effect::Escalated {
            element: node.id.clone(),
            code: code.unwrap_or_default().to_owned(),
            caught_by,
        });
        catcher.map_or(Ok(()), |catcher| self.catch(&catcher))
    }

    fn catch(&mut self, catcher: &Catcher<'a>) -> Result<(), RunError> {
        match *catcher {
            Catcher::EventSub(scope, process, start) => self.start_event_sub(scope, process, start),
            Catcher::Boundary(scope, process, node) => self.fire_boundary(scope, process, node),
        }
    }

    fn catcher(&self, from: ScopeId, thrown: Thrown<'_>) -> Result<Option<Catcher<'a>>, RunError> {
        let mut next = Some(from);
        // An event sub-process cannot catch what is thrown inside it, nor can its neighbours.
        let mut from_event_sub = false;
        while let Some(id) = next {
            let Some(scope) = self.instance.scopes.get(&id) else {
                break;
            };
            let process = self.process_of(id)?;
            let place = process.place(&scope.element);
            if scope.kind.is_container() && !from_event_sub {
                let inside = if scope.kind == ScopeKind::Process {
                    None
                } else {
                    place
                };
                if let Some(start) = best(process, event_sub_starts(process, inside), thrown) {
                    return Ok(Some(Catcher::EventSub(id, process, start)));
                }
            }
            let repeated = scope
                .parent
                .and_then(|parent| self.instance.scopes.get(&parent))
                .is_some_and(|parent| parent.kind == ScopeKind::Repeat);
            if let Some(ix) = place.filter(|_| {
                !repeated && !matches!(scope.kind, ScopeKind::Process | ScopeKind::EventSub)
            }) && let Some(boundary) =
                best(process, process.nodes[ix].boundaries.clone(), thrown)
            {
                return Ok(Some(Catcher::Boundary(id, process, boundary)));
            }
            from_event_sub = scope.kind == ScopeKind::EventSub;
            next = scope.parent;
        }
        Ok(None)
    }
}

/// The start events of the event sub-processes directly inside a process or sub-process.
fn event_sub_starts(process: &Process, inside: Option<NodeIx>) -> Vec<NodeIx> {
    let subs =
        process
            .container(inside)
            .nodes
            .iter()
            .filter_map(|ix| match &process.nodes[*ix].kind {
                NodeKind::Sub(SubKind::Event, container) => Some(&container.nodes),
                _ => None,
            });
    subs.flatten().copied().collect()
}

fn best<'a>(process: &'a Process, events: Vec<NodeIx>, thrown: Thrown<'_>) -> Option<&'a Node> {
    let rank = |node: &Node| match &node.kind {
        NodeKind::Boundary { event, .. } => thrown.fit(event),
        NodeKind::Start(facts) => thrown.fit(&facts.event),
        _ => 0,
    };
    let nodes: Vec<&Node> = events.into_iter().map(|ix| &process.nodes[ix]).collect();
    let exact = nodes.iter().find(|node| rank(node) == 2);
    exact
        .or_else(|| nodes.iter().find(|node| rank(node) == 1))
        .copied()
}
