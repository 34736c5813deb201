//! Activities: tasks that wait or pass on, sub-processes, called processes; how each begins and ends.
//! Not here: repetition (`repeat`) and events on the border (`wait`).
//! Next: `repeat`.

use super::Effect;
use super::RunError;
use super::engine::{Move, Run, unsupported};
use super::state::{Role, ScopeId, ScopeKind, TaskId};
use crate::check::can_begin;
use crate::condition::Condition;
use crate::model::{
    CallSpec, Event, MappingSource, Node, NodeIx, NodeKind, Process, Service, SubKind, TaskFacts,
    TaskKind, called_process,
};
use crate::value::{Value, Vars};

/// An instance of a repeated activity: its number and the variables of its own.
pub(super) struct LoopTurn {
    pub index: u32,
    pub vars: Vec<(String, Value)>,
}

impl<'a> Run<'a> {
    pub(super) fn begin_activity(
        &mut self,
        scope: ScopeId,
        node: &'a Node,
    ) -> Result<(), RunError> {
        match &node.multi {
            Some(multi) => self.begin_repeat(scope, node, multi),
            None => self.open_activity(scope, node, None),
        }
    }

    /// One run of an activity, within a scope or within its repetition.
    pub(super) fn open_activity(
        &mut self,
        parent: ScopeId,
        node: &'a Node,
        turn: Option<LoopTurn>,
    ) -> Result<(), RunError> {
        let kind = match &node.kind {
            NodeKind::Task(facts) => match facts.kind {
                TaskKind::User => ScopeKind::User,
                TaskKind::Receive => ScopeKind::Receive,
                _ => ScopeKind::Service,
            },
            NodeKind::Sub(SubKind::Embedded | SubKind::Transaction, _) => ScopeKind::Sub,
            NodeKind::Sub(SubKind::AdHoc, _) => ScopeKind::AdHoc,
            NodeKind::Call(_) => ScopeKind::Call,
            _ => return Err(unsupported(node, "this kind of sub-process")),
        };
        let process = self.process_of(parent)?;
        let alone = turn.is_none();
        let id = self.open_scope(Some(parent), &node.id, kind)?;
        if let Some(turn) = turn {
            if let Some(scope) = self.instance.scopes.get_mut(&id) {
                scope.loop_index = Some(turn.index);
            }
            for (name, value) in turn.vars {
                self.put(id, &name, value)?;
            }
        }
        if let NodeKind::Task(facts) = &node.kind
            && self.passes_on(id, node, facts)?
        {
            return self.finish_quietly(id);
        }
        if alone {
            self.open_boundaries(id, process, node)?;
        }
        match &node.kind {
            NodeKind::Task(facts) => self.open_task(id, node, facts),
            NodeKind::Sub(kind, _) => {
                let ix = process.place(&node.id);
                self.begin_container(id, process, ix)?;
                if *kind == SubKind::AdHoc {
                    self.effects
                        .extend(self.instance.task(id).map(Effect::TaskOpened));
                    return Ok(());
                }
                self.begin_plain(id, process, ix)
            }
            NodeKind::Call(call) => self.begin_call(id, node, call),
            _ => Ok(()),
        }
    }

    /// Tasks that are done as soon as they begin. True if this is one.
    fn passes_on(
        &mut self,
        id: ScopeId,
        node: &'a Node,
        facts: &'a TaskFacts,
    ) -> Result<bool, RunError> {
        match (facts.kind, &facts.service) {
            (TaskKind::Manual | TaskKind::Plain, _) => Ok(true),
            (TaskKind::User | TaskKind::Receive, _) | (_, Service::Named(_)) => Ok(false),
            (_, Service::Assign(assignments)) => {
                for (name, expression) in assignments {
                    let value = self.compute(id, &node.id, expression)?;
                    self.write(id, name, value)?;
                }
                Ok(true)
            }
            (_, Service::Decision(decision, target)) => {
                self.decide(id, node, decision, target.as_deref())?;
                Ok(true)
            }
            (TaskKind::Script, _) => Err(unsupported(node, "script")),
            (_, Service::Expression(expression, target)) => {
                let value = self.compute(id, &node.id, expression)?;
                if let Some(target) = target {
                    self.write(id, target, value)?;
                }
                Ok(true)
            }
            (TaskKind::Send, Service::None(_)) if facts.message.is_some() => {
                let name = facts.message.clone().unwrap_or_default();
                let vars = self.instance.local_vars(id);
                self.effects.push(Effect::MessageThrown {
                    element: node.id.clone(),
                    name,
                    vars,
                });
                Ok(true)
            }
            (_, Service::None(_)) => Err(unsupported(node, "task without a named service")),
        }
    }

    /// Asks a decision table. Without a variable for the whole outcome each output is written under its own name.
    fn decide(
        &mut self,
        id: ScopeId,
        node: &Node,
        decision: &str,
        target: Option<&str>,
    ) -> Result<(), RunError> {
        let table = self
            .defs
            .decision(decision)
            .ok_or_else(|| RunError::UnknownDecision {
                element: node.id.clone(),
                decision: decision.to_owned(),
            })?;
        let outcome = table
            .decide(&self.seen(id))
            .map_err(|why| RunError::Decision {
                element: node.id.clone(),
                why,
            })?;
        if let Some(target) = target {
            return self.write(id, target, outcome.into_value());
        }
        for (name, value) in outcome.into_variables(table) {
            self.write(id, &name, value)?;
        }
        Ok(())
    }

    fn open_task(
        &mut self,
        id: ScopeId,
        node: &'a Node,
        facts: &'a TaskFacts,
    ) -> Result<(), RunError> {
        if let Service::Named(service) = &facts.service
            && !matches!(facts.kind, TaskKind::User | TaskKind::Receive)
        {
            let vars = self.instance.local_vars(id);
            self.effects.push(Effect::ServiceCalled {
                task: id,
                element: node.id.clone(),
                service: service.clone(),
                vars,
            });
            return Ok(());
        }
        self.effects
            .extend(self.instance.task(id).map(Effect::TaskOpened));
        if let (TaskKind::Receive, Some(message)) = (facts.kind, &facts.message) {
            self.open_wait((id, Role::Own), node, &Event::Message(message.clone()))?;
        }
        Ok(())
    }

    /// Variables and event sub-processes of a process or sub-process that begins.
    pub(super) fn begin_container(
        &mut self,
        id: ScopeId,
        process: &'a Process,
        node: Option<NodeIx>,
    ) -> Result<(), RunError> {
        let container = process.container(node);
        for (name, value) in &container.data {
            let given = self
                .instance
                .scopes
                .get(&id)
                .is_some_and(|scope| scope.vars.contains_key(name));
            if !given {
                self.put(id, name, value.clone())?;
            }
        }
        for ix in &container.nodes {
            if let NodeKind::Sub(SubKind::Event, inner) = &process.nodes[*ix].kind {
                self.open_event_sub(id, process, &inner.nodes)?;
            }
        }
        Ok(())
    }

    /// A token at the plain start event of a sub-process or called process.
    fn begin_plain(
        &mut self,
        id: ScopeId,
        process: &'a Process,
        node: Option<NodeIx>,
    ) -> Result<(), RunError> {
        let nodes = &process.container(node).nodes;
        let start = nodes.iter().find(|ix| matches!(&process.nodes[**ix].kind, NodeKind::Start(facts) if facts.event == Event::None));
        match start {
            Some(start) => {
                self.queue.push_back(Move::Token {
                    scope: id,
                    node: *start,
                    flow: None,
                });
                Ok(())
            }
            None => self.begin_without_start(id, process, node),
        }
    }

    /// Without a start event, tokens begin at everything that nothing leads to.
    pub(super) fn begin_without_start(
        &mut self,
        id: ScopeId,
        process: &'a Process,
        node: Option<NodeIx>,
    ) -> Result<(), RunError> {
        let nodes = &process.container(node).nodes;
        let any_start = nodes
            .iter()
            .any(|ix| matches!(process.nodes[*ix].kind, NodeKind::Start(_)));
        let begins: Vec<NodeIx> = nodes
            .iter()
            .copied()
            .filter(|ix| !any_start && can_begin(&process.nodes[*ix]))
            .collect();
        if begins.is_empty() {
            return Err(RunError::NoStart {
                process: process.id.clone(),
            });
        }
        self.queue
            .extend(begins.into_iter().map(|node| Move::Token {
                scope: id,
                node,
                flow: None,
            }));
        Ok(())
    }

    fn begin_call(
        &mut self,
        id: ScopeId,
        node: &'a Node,
        call: &'a CallSpec,
    ) -> Result<(), RunError> {
        let text = call
            .called
            .as_deref()
            .ok_or_else(|| unsupported(node, "call without a process"))?;
        let called = match Condition::embedded(text) {
            None => called_process(text).to_owned(),
            Some(Ok(expression)) => match self.compute(id, &node.id, &expression)? {
                Value::Text(called) => called,
                other => {
                    return Err(RunError::UnknownProcess {
                        process: other.kind().to_string(),
                    });
                }
            },
            Some(Err(why)) => {
                return Err(RunError::Condition {
                    element: node.id.clone(),
                    expression: text.to_owned(),
                    why,
                });
            }
        };
        let model = self.model(&called)?;
        let mut handed: Vec<(&str, Value)> = Vec::new();
        for mapping in &call.inputs {
            handed.push((&mapping.target, self.mapped(id, node, &mapping.source)?));
        }
        let inherited = if call.inherit {
            self.instance.visible(id)
        } else {
            Vars::new()
        };
        let process = self.open_scope(Some(id), &model.id, ScopeKind::Process)?;
        for (name, value) in inherited {
            self.put(process, &name, value)?;
        }
        for (name, value) in handed {
            self.put(process, name, value)?;
        }
        self.begin_container(process, model, None)?;
        self.begin_plain(process, model, None)
    }

    fn mapped(
        &self,
        scope: ScopeId,
        node: &Node,
        source: &MappingSource,
    ) -> Result<Value, RunError> {
        match source {
            MappingSource::Variable(name) => Ok(self
                .instance
                .find_var(scope, name)
                .cloned()
                .unwrap_or_default()),
            MappingSource::Expression(expression) => {
                self.compute_written(scope, &node.id, expression)
            }
        }
    }

    /// A called process is over: hand its variables back and go on behind the call activity.
    pub(super) fn finish_call(&mut self, call: ScopeId, process: ScopeId) -> Result<(), RunError> {
        let (_, node) = self.node_of(call)?;
        if let NodeKind::Call(spec) = &node.kind {
            for mapping in &spec.outputs {
                let value = self.mapped(process, node, &mapping.source)?;
                self.write(call, &mapping.target, value)?;
            }
        }
        self.finish_activity(call)
    }

    /// An activity has come to its end: go on behind it, or with its repetition.
    pub(super) fn finish_activity(&mut self, id: ScopeId) -> Result<(), RunError> {
        let Some(parent) = self.instance.scopes.get(&id).and_then(|scope| scope.parent) else {
            return Ok(());
        };
        let (process, node) = self.node_of(id)?;
        if self
            .instance
            .scopes
            .get(&parent)
            .is_some_and(|scope| scope.kind == ScopeKind::Repeat)
        {
            return self.instance_done(parent, id);
        }
        self.remember(id)?;
        self.remove(id, true);
        self.go_on(parent, process, node)
    }

    /// Behind an activity: along its flows, with the undoing that it belongs to, or with the ad-hoc choice around it.
    pub(super) fn go_on(
        &mut self,
        parent: ScopeId,
        process: &'a Process,
        node: &'a Node,
    ) -> Result<(), RunError> {
        if self.undone(parent) {
            return Ok(());
        }
        self.leave(parent, process, node)?;
        let chosen = self
            .instance
            .scopes
            .get(&parent)
            .is_some_and(|scope| scope.kind == ScopeKind::AdHoc);
        if chosen {
            self.ad_hoc_step(parent)?;
        }
        Ok(())
    }

    /// The same for a task that never waited: the outside has not heard of it, so it is not told of its end.
    fn finish_quietly(&mut self, id: ScopeId) -> Result<(), RunError> {
        if let Some(scope) = self.instance.scopes.get_mut(&id) {
            scope.kind = ScopeKind::Catch;
        }
        self.finish_activity(id)
    }

    pub(super) fn complete_task(&mut self, task: TaskId, vars: Vars) -> Result<(), RunError> {
        self.open_task_scope(task)?;
        let choice = self
            .instance
            .scopes
            .get(&task)
            .is_some_and(|scope| scope.kind == ScopeKind::AdHoc);
        if choice && self.is_busy(task) {
            return Err(RunError::StillBusy {
                element: self.node_of(task)?.1.id.clone(),
            });
        }
        self.accept(task, vars)?;
        self.finish_activity(task)
    }

    pub(super) fn fail_task(&mut self, task: TaskId, code: &str) -> Result<(), RunError> {
        self.open_task_scope(task)?;
        let element = self.node_of(task)?.1.id.clone();
        self.throw_error(task, &element, Some(code))
    }

    fn open_task_scope(&self, task: TaskId) -> Result<(), RunError> {
        let open = self
            .instance
            .scopes
            .get(&task)
            .is_some_and(|scope| scope.kind.task().is_some());
        if open {
            Ok(())
        } else {
            Err(RunError::UnknownTask { task })
        }
    }
}
