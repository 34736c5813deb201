//! The heart: a queue of moving tokens, worked off until everything waits.
//! Not here: what each element does (`activity`, `gateway`, `wait`, `throw`, `repeat`).
//! Next: `activity`.

use std::collections::{BTreeSet, VecDeque};

use shared::process::obstacle::Fuel;

use super::RunError;
use super::state::{Instance, ROOT, ScopeId, ScopeKind};
use super::{Effect, StartAt, Step};
use crate::limits::MAX_STEPS;
use crate::model::{Event, Lookup, Node, NodeIx, NodeKind, Process};
use crate::value::Vars;

/// What is to be done next.
pub(super) enum Move {
    /// A token arrives at a node by a flow; without a flow where a scope begins or a link leads.
    Token {
        scope: ScopeId,
        node: NodeIx,
        flow: Option<usize>,
    },
    /// The next instance of a sequential loop.
    Again { repeat: ScopeId },
    /// The next activity to undo.
    Undo { undo: ScopeId },
}

impl Move {
    pub(super) fn scope(&self) -> ScopeId {
        match self {
            Self::Token { scope, .. } => *scope,
            Self::Again { repeat } => *repeat,
            Self::Undo { undo } => *undo,
        }
    }
}

/// One transition under way.
pub(super) struct Run<'a> {
    pub defs: &'a dyn Lookup,
    pub instance: Instance,
    pub effects: Vec<Effect>,
    pub queue: VecDeque<Move>,
    /// Variables or conditions changed since conditional events were last looked at.
    pub changed: bool,
    /// Bytes of variables written so far.
    pub written: usize,
    steps: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(defs: &'a dyn Lookup, instance: Instance) -> Self {
        Self {
            defs,
            instance,
            effects: Vec::new(),
            queue: VecDeque::new(),
            changed: false,
            written: 0,
            steps: 0,
        }
    }

    pub(super) fn open(defs: &'a dyn Lookup, instance: &Instance) -> Result<Self, RunError> {
        if instance.ended {
            Err(RunError::Ended)
        } else {
            Ok(Self::new(defs, instance.clone()))
        }
    }

    pub(super) fn finish(mut self) -> Result<Step, RunError> {
        self.drain()?;
        self.weigh_all()?;
        Ok(Step {
            instance: self.instance,
            effects: self.effects,
        })
    }

    pub(super) fn begin_root(
        &mut self,
        process: &str,
        at: StartAt<'_>,
        vars: Vars,
    ) -> Result<(), RunError> {
        let model = self.model(process)?;
        let root = self.open_scope(None, &model.id, ScopeKind::Process)?;
        self.accept(root, vars)?;
        self.begin_container(root, model, None)?;
        let start = model
            .body
            .nodes
            .iter()
            .copied()
            .find(|ix| match (&model.nodes[*ix], at) {
                (node, StartAt::Event(id)) => {
                    matches!(node.kind, NodeKind::Start(_)) && node.id == id
                }
                (
                    Node {
                        kind: NodeKind::Start(facts),
                        ..
                    },
                    StartAt::None,
                ) => facts.event == Event::None,
                (
                    Node {
                        kind: NodeKind::Start(facts),
                        ..
                    },
                    StartAt::Message(name),
                ) => matches!(&facts.event, Event::Message(n) if n == name),
                _ => false,
            });
        match start {
            Some(node) => self.queue.push_back(Move::Token {
                scope: root,
                node,
                flow: None,
            }),
            None if at == StartAt::None => self.begin_without_start(root, model, None)?,
            None => {
                return Err(RunError::NoStart {
                    process: process.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn drain(&mut self) -> Result<(), RunError> {
        while !self.instance.ended {
            if let Some(next) = self.queue.pop_front() {
                self.step()?;
                if self.instance.scopes.contains_key(&next.scope()) {
                    self.advance(next)?;
                }
            } else if !(self.conditions()? || self.settle()? || self.inclusive_joins()?) {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn step(&mut self) -> Result<(), RunError> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            Err(RunError::Fuel { what: Fuel::Steps })
        } else {
            Ok(())
        }
    }

    fn advance(&mut self, next: Move) -> Result<(), RunError> {
        match next {
            Move::Again { repeat } => self.next_instance(repeat),
            Move::Undo { undo } => self.undo_next(undo),
            Move::Token { scope, node, flow } => self.arrive(scope, node, flow),
        }
    }

    fn arrive(&mut self, scope: ScopeId, ix: NodeIx, flow: Option<usize>) -> Result<(), RunError> {
        let process = self.process_of(scope)?;
        let node = node_at(process, ix)?;
        match &node.kind {
            NodeKind::Start(_) | NodeKind::Boundary { .. } | NodeKind::Catch(Event::Link(_)) => {
                self.leave(scope, process, node)
            }
            NodeKind::End(event) => {
                self.instance.last_end = Some(node.id.clone());
                self.end_event(scope, node, event)
            }
            NodeKind::Catch(event) => self.catch_event(scope, node, event),
            NodeKind::Throw(event) => self.throw_event(scope, process, node, event),
            NodeKind::Task(_) | NodeKind::Sub(..) | NodeKind::Call(_) => {
                self.begin_activity(scope, node)
            }
            NodeKind::Gateway(gateway) => self.gateway(scope, (process, ix), *gateway, flow),
            NodeKind::Unknown(kind) => Err(unsupported(node, kind)),
        }
    }

    /// Tokens onto the flows that lead on from an event or activity: those without condition, those whose condition
    /// holds, else the default. Without any flow the token is used up.
    pub(super) fn leave(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        node: &'a Node,
    ) -> Result<(), RunError> {
        let mut taken = false;
        for ix in node
            .outgoing
            .iter()
            .copied()
            .filter(|ix| node.default != Some(*ix))
        {
            let flow = &process.flows[ix];
            let free = match &flow.condition {
                None => true,
                Some(condition) => self.holds(scope, &flow.id, condition)?,
            };
            if free {
                taken = true;
                self.take(scope, process, ix);
            }
        }
        match node.default {
            _ if taken => Ok(()),
            Some(flow) => {
                self.take(scope, process, flow);
                Ok(())
            }
            None if node.outgoing.is_empty() => Ok(()),
            None => Err(RunError::NoFlow {
                element: node.id.clone(),
            }),
        }
    }

    pub(super) fn take(&mut self, scope: ScopeId, process: &Process, flow: usize) {
        let node = process.flows[flow].target;
        self.queue.push_back(Move::Token {
            scope,
            node,
            flow: Some(flow),
        });
    }

    /// Ends the containers in which nothing is left, innermost first.
    fn settle(&mut self) -> Result<bool, RunError> {
        let parents = self
            .instance
            .scopes
            .values()
            .filter_map(|scope| scope.parent);
        let busy: BTreeSet<ScopeId> = parents
            .chain(self.instance.parked.iter().map(|token| token.scope))
            .collect();
        let idle: Vec<ScopeId> = self
            .instance
            .scopes
            .iter()
            .rev()
            .filter(|(id, scope)| scope.kind.is_container() && !busy.contains(id))
            .map(|(id, _)| *id)
            .collect();
        let mut moved = false;
        for scope in &idle {
            self.step()?;
            let kind = self.instance.scopes.get(scope).map(|scope| scope.kind);
            if kind == Some(ScopeKind::AdHoc) {
                moved |= self.end_ad_hoc(*scope)?;
            } else {
                self.finish_container(*scope)?;
                moved = true;
            }
        }
        Ok(moved)
    }

    fn finish_container(&mut self, id: ScopeId) -> Result<(), RunError> {
        let Some(scope) = self.instance.scopes.get(&id) else {
            return Ok(());
        };
        match (scope.kind, scope.parent) {
            (ScopeKind::EventSub, _) => {
                self.remove(id, true);
                Ok(())
            }
            (ScopeKind::Process, None) => {
                self.end_root();
                Ok(())
            }
            (ScopeKind::Process, Some(call)) => self.finish_call(call, id),
            _ => self.finish_activity(id),
        }
    }

    /// The instance is over; the process's own variables stay readable.
    pub(super) fn end_root(&mut self) {
        self.cancel_inside(ROOT);
        self.close_waits(ROOT);
        self.queue.clear();
        self.instance.ended = true;
        self.effects.push(Effect::Ended {
            element: self.instance.last_end.clone().unwrap_or_default(),
        });
    }

    pub(super) fn model(&self, process: &str) -> Result<&'a Process, RunError> {
        self.defs
            .process(process)
            .ok_or_else(|| RunError::UnknownProcess {
                process: process.to_owned(),
            })
    }

    pub(super) fn process_of(&self, scope: ScopeId) -> Result<&'a Process, RunError> {
        self.model(self.instance.process_of(scope))
    }

    /// A scope's element in its definition.
    pub(super) fn node_of(&self, scope: ScopeId) -> Result<(&'a Process, &'a Node), RunError> {
        let Some(found) = self.instance.scopes.get(&scope) else {
            return Err(RunError::UnknownElement {
                element: String::new(),
            });
        };
        let process = self.process_of(scope)?;
        let node = process
            .node(&found.element)
            .ok_or_else(|| RunError::UnknownElement {
                element: found.element.clone(),
            })?;
        Ok((process, node))
    }
}

pub(super) fn node_at(process: &Process, ix: NodeIx) -> Result<&Node, RunError> {
    process
        .nodes
        .get(ix)
        .ok_or_else(|| RunError::UnknownElement {
            element: process.id.clone(),
        })
}

pub(super) fn unsupported(node: &Node, kind: &str) -> RunError {
    RunError::Unsupported {
        element: node.id.clone(),
        kind: kind.to_owned(),
    }
}
