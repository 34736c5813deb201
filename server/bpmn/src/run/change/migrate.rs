//! Moves a running instance to another version of its definition: by equal ids, or as a mapping says.
//! Every place of the instance must have its counterpart, of the same kind and in the same surroundings; then tasks go on under their
//! numbers, timers keep running, and events that only one of the versions has are closed or opened.
//! Next: `fits`, and `jump` for cases that have no counterpart.

use std::collections::BTreeMap;

use super::fits::{is_activity, same_kind, same_wait};
use crate::model::{Lookup, Node, NodeKind, Process, SubKind};
use crate::run::{Effect, Instance, RunError, engine, state};
use engine::Run;
use state::{Role, Scope, ScopeId, ScopeKind};

/// What a migration gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Migration {
    /// The instance under the new version.
    pub instance: Instance,
    /// Timers and waits that were closed or opened.
    pub effects: Vec<Effect>,
    /// Where something stands: element before and after, as often as it stands there.
    pub places: Vec<(String, String)>,
    /// Completed activities that can no longer be undone, because the new version does not have them.
    pub forgotten: Vec<String>,
}

/// A place that has no counterpart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct MigrationProblem {
    /// The element where the instance stands.
    pub element: String,
    /// Where it would have to go: by the mapping, else the same id.
    pub target: String,
    /// Why it cannot.
    pub kind: ProblemKind,
}

/// Why a place has no counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The new version has no such element.
    Missing,
    /// It is there, but of another kind.
    OtherKind,
    /// It is there, but in another sub-process.
    OtherScope,
    /// One of the two is repeated, the other is not.
    OtherLoop,
    /// A token waits at a join that has no such way in.
    NoSuchFlow,
    /// The new version has no such process.
    NoProcess,
}

/// Moves an instance. `mapping` gives the new id of elements whose id has changed (flows and the process included).
///
/// # Errors
/// The outer error is a transition that failed; the inner list names every place without counterpart, and nothing is moved.
pub fn migrate(
    to: &dyn Lookup,
    instance: &Instance,
    mapping: &BTreeMap<String, String>,
) -> Result<Result<Migration, Vec<MigrationProblem>>, RunError> {
    let mut mover = Mover {
        to,
        mapping,
        places: Vec::new(),
        problems: Vec::new(),
        forgotten: Vec::new(),
    };
    let mut moved = instance.clone();
    mover.scopes(instance, &mut moved);
    mover.joins(instance, &mut moved);
    // All problems are told at once; only a case without any is moved, since half of it in another version could not be explained.
    if !mover.problems.is_empty() {
        mover.problems.sort();
        mover.problems.dedup();
        return Ok(Err(mover.problems));
    }
    let mut run = Run::open(to, &moved)?;
    mover.waits(instance, &mut run)?;
    let step = run.finish()?;
    Ok(Ok(Migration {
        instance: step.instance,
        effects: step.effects,
        places: mover.places,
        forgotten: mover.forgotten,
    }))
}

struct Mover<'a> {
    to: &'a dyn Lookup,
    mapping: &'a BTreeMap<String, String>,
    places: Vec<(String, String)>,
    problems: Vec<MigrationProblem>,
    forgotten: Vec<String>,
}

impl<'a> Mover<'a> {
    fn target<'t>(&'t self, id: &'t str) -> &'t str {
        self.mapping.get(id).map_or(id, String::as_str)
    }

    fn problem(&mut self, element: &str, kind: ProblemKind) {
        let target = self.target(element).to_owned();
        self.problems.push(MigrationProblem {
            element: element.to_owned(),
            target,
            kind,
        });
    }

    fn process(&self, instance: &Instance, scope: ScopeId) -> Option<&'a Process> {
        self.to.process(self.target(instance.process_of(scope)))
    }

    fn scopes(&mut self, instance: &Instance, moved: &mut Instance) {
        moved.process = self.target(&instance.process).to_owned();
        for (id, scope) in &instance.scopes {
            let Some(process) = self.process(instance, *id) else {
                // A process that is not there is one problem, not one for each thing that stands in it.
                if scope.kind == ScopeKind::Process {
                    self.problem(&scope.element, ProblemKind::NoProcess);
                }
                continue;
            };
            let target = if scope.kind == ScopeKind::Process {
                process.id.clone()
            } else {
                match self.counterpart(instance, scope, process) {
                    Ok(node) => node.id.clone(),
                    Err(kind) => {
                        self.problem(&scope.element, kind);
                        continue;
                    }
                }
            };
            if scope.kind != ScopeKind::Process {
                self.places.push((scope.element.clone(), target.clone()));
            }
            let mapping = self.mapping;
            let forgotten = &mut self.forgotten;
            if let Some(scope) = moved.scopes.get_mut(id) {
                scope.element = target;
                keep(&mut scope.completed, process, mapping, forgotten);
                // A start that was used up stays so under its new id, or the event sub-process would begin again.
                for event in &mut scope.used {
                    if let Some(target) = mapping.get(event) {
                        event.clone_from(target);
                    }
                }
            }
        }
    }

    fn counterpart(
        &self,
        instance: &Instance,
        scope: &Scope,
        process: &'a Process,
    ) -> Result<&'a Node, ProblemKind> {
        let node = process
            .node(self.target(&scope.element))
            .ok_or(ProblemKind::Missing)?;
        if !same_kind(scope.kind, node) {
            return Err(ProblemKind::OtherKind);
        }
        let parent = scope.parent.and_then(|parent| instance.scopes.get(&parent));
        let repeated = parent.is_some_and(|parent| parent.kind == ScopeKind::Repeat);
        let loops = scope.kind == ScopeKind::Repeat || repeated;
        // A turn is undone by itself, without the others.
        let undone =
            parent.is_some_and(|parent| parent.kind == ScopeKind::Undo) && !node.for_compensation;
        if node.multi.is_some() != loops && is_activity(scope.kind) && !undone {
            return Err(ProblemKind::OtherLoop);
        }
        // A sub-process that is undone from inside is its own thrower: what holds for it, holds for its undoing.
        let inside = parent
            .filter(|parent| scope.kind == ScopeKind::Undo && parent.element == scope.element);
        let mut around = match inside {
            Some(own) => own.parent.and_then(|id| instance.scopes.get(&id)),
            None => parent,
        };
        while let Some(parent) =
            around.filter(|parent| matches!(parent.kind, ScopeKind::Repeat | ScopeKind::Undo))
        {
            around = parent.parent.and_then(|id| instance.scopes.get(&id));
        }
        let expected = around
            .filter(|around| around.kind != ScopeKind::Process)
            .map(|around| self.target(&around.element));
        // In another sub-process it would see other variables, and its end would lead elsewhere.
        let found = node.parent.map(|ix| process.nodes[ix].id.as_str());
        if found == expected {
            Ok(node)
        } else {
            Err(ProblemKind::OtherScope)
        }
    }

    /// Tokens that wait at joins: the gateway and the flow by which they came must be there.
    fn joins(&mut self, instance: &Instance, moved: &mut Instance) {
        for (token, moved) in instance.parked.iter().zip(&mut moved.parked) {
            let Some(process) = self.process(instance, token.scope) else {
                continue;
            };
            let Some(node) = process.node(self.target(&token.element)) else {
                self.problem(&token.element, ProblemKind::Missing);
                continue;
            };
            if !matches!(node.kind, NodeKind::Gateway(_)) {
                self.problem(&token.element, ProblemKind::OtherKind);
                continue;
            }
            let flow = self.target(&token.flow).to_owned();
            if !node.incoming.iter().any(|ix| process.flows[*ix].id == flow) {
                self.problem(&token.element, ProblemKind::NoSuchFlow);
                continue;
            }
            self.places.push((token.element.clone(), node.id.clone()));
            moved.element.clone_from(&node.id);
            moved.flow = flow;
        }
    }

    /// Events that both versions have keep waiting; the others are closed and opened.
    fn waits(&self, instance: &Instance, run: &mut Run<'a>) -> Result<(), RunError> {
        let mut kept: Vec<(ScopeId, String)> = Vec::new();
        for (id, wait) in &instance.waits {
            let target = self.target(&wait.element).to_owned();
            // The events of a process are not those of a node.
            let (process, host) = if wait.role == Role::EventSub {
                (run.process_of(wait.scope)?, None)
            } else {
                let (process, node) = run.node_of(wait.scope)?;
                (process, Some(node))
            };
            let fits = process.node(&target).is_some_and(|node| {
                let here = match (wait.role, &node.kind) {
                    (Role::Boundary, NodeKind::Boundary { attached, .. }) => {
                        attached.map(|ix| &process.nodes[ix].id) == host.map(|host| &host.id)
                    }
                    (Role::EventSub, NodeKind::Start(_)) | (Role::Own, _) => true,
                    _ => false,
                };
                here && same_wait(&wait.kind, node)
            });
            if fits {
                if let Some(wait) = run.instance.waits.get_mut(id) {
                    wait.element.clone_from(&target);
                }
                kept.push((wait.scope, target));
            } else {
                run.close_wait(*id);
            }
        }
        // Only now, when it is known what was kept: what is new in the version is opened beside it, and nothing twice.
        let scopes: Vec<ScopeId> = run.instance.scopes.keys().copied().collect();
        for id in scopes {
            self.open_new(id, &kept, run)?;
        }
        Ok(())
    }

    fn open_new(
        &self,
        id: ScopeId,
        kept: &[(ScopeId, String)],
        run: &mut Run<'a>,
    ) -> Result<(), RunError> {
        let Some(scope) = run.instance.scopes.get(&id).cloned() else {
            return Ok(());
        };
        let process = run.process_of(id)?;
        let place = process.place(&scope.element);
        let known = |element: &str| {
            let waits = kept
                .iter()
                .any(|(scope, kept)| *scope == id && kept == element);
            waits || scope.used.iter().any(|used| used == element)
        };
        let parent = scope
            .parent
            .and_then(|parent| run.instance.scopes.get(&parent))
            .map(|parent| parent.kind);
        let handler = place.is_some_and(|ix| process.nodes[ix].for_compensation);
        if parent == Some(ScopeKind::Undo) && !handler {
            // What is undone from inside waits for nothing.
            return Ok(());
        }
        let repeated = parent == Some(ScopeKind::Repeat);
        if let Some(ix) = place
            && (is_activity(scope.kind) || scope.kind == ScopeKind::Repeat)
            // The turns of a repetition have no border events: those sit on the whole.
            && !repeated
        {
            for boundary in &process.nodes[ix].boundaries {
                let node = &process.nodes[*boundary];
                if let NodeKind::Boundary { event, .. } = &node.kind
                    && event.is_awaited()
                    && !known(&node.id)
                {
                    run.open_wait((id, Role::Boundary), node, event)?;
                }
            }
        }
        if scope.kind.is_container() && scope.kind != ScopeKind::EventSub {
            let inside = if scope.kind == ScopeKind::Process {
                None
            } else {
                place
            };
            for ix in &process.container(inside).nodes {
                let NodeKind::Sub(SubKind::Event, inner) = &process.nodes[*ix].kind else {
                    continue;
                };
                for start in &inner.nodes {
                    let node = &process.nodes[*start];
                    if let NodeKind::Start(facts) = &node.kind
                        && facts.event.is_awaited()
                        && !known(&node.id)
                        && !was_used(&scope, process, *ix, run)
                    {
                        run.open_wait((id, Role::EventSub), node, &facts.event)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// An event sub-process that is running has used its start up already.
fn was_used(scope: &Scope, process: &Process, sub: usize, run: &Run<'_>) -> bool {
    run.instance.scopes.values().any(|inner| {
        inner.kind == ScopeKind::EventSub
            && inner.element == process.nodes[sub].id
            && inner
                .parent
                .and_then(|id| run.instance.scopes.get(&id))
                .is_some_and(|parent| parent == scope)
    })
}

fn keep(
    records: &mut Vec<state::Completed>,
    process: &Process,
    mapping: &BTreeMap<String, String>,
    forgotten: &mut Vec<String>,
) {
    records.retain_mut(|record| {
        // What the new version does not have can never be undone there; the answer names it, since nobody would miss it before that day.
        let target = mapping.get(&record.element).unwrap_or(&record.element);
        if process.node(target).is_none() {
            forgotten.push(record.element.clone());
            return false;
        }
        record.element = target.clone();
        keep(&mut record.inner, process, mapping, forgotten);
        true
    });
}
