//! Repeated activities: parallel and sequential multi-instance, and the standard loop.
//! The repetition is a scope of its own that carries the counters and the border events; each instance is a scope inside.
//! Next: `activity`.

use shared::process::obstacle::{Fuel, NoLoop};

use super::RunError;
use super::activity::LoopTurn;
use super::engine::{Move, Run, unsupported};
use super::state::{Repeat, ScopeId, ScopeKind};
use crate::limits::MAX_LOOP;
use crate::model::{LoopCount, LoopSpec, MultiSpec, Node, NodeKind};
use crate::value::Value;

impl<'a> Run<'a> {
    pub(super) fn begin_repeat(
        &mut self,
        scope: ScopeId,
        node: &'a Node,
        multi: &'a MultiSpec,
    ) -> Result<(), RunError> {
        let (total, items) = self.count(scope, node, multi)?;
        let process = self.process_of(scope)?;
        let id = self.open_scope(Some(scope), &node.id, ScopeKind::Repeat)?;
        self.open_boundaries(id, process, node)?;
        if let Some(repeat) = self.instance.scopes.get_mut(&id) {
            repeat.repeat = Some(Repeat {
                total,
                ..Repeat::default()
            });
        }
        self.counters(id)?;
        if let Some((_, list)) = &multi.output {
            // Its own list from the first moment, so that nobody takes that of an earlier round for it.
            self.put(id, list, Value::List(Vec::new()))?;
        }
        let first = match &multi.spec {
            LoopSpec::Multi(_) => total != Some(0),
            LoopSpec::While { before: true, .. } => self.again(id, node, multi)?,
            LoopSpec::While { .. } => true,
        };
        if !first {
            return self.finish_repeat(id);
        }
        if multi.sequential {
            self.keep_items(id, items);
            self.queue.push_back(Move::Again { repeat: id });
            return Ok(());
        }
        let mut items = items.into_iter();
        for index in 0..total.unwrap_or(0) {
            // An instance that is done at once may meet the completion condition.
            if !self.instance.scopes.contains_key(&id) {
                break;
            }
            self.step()?;
            self.open_instance(id, node, index, items.next())?;
        }
        Ok(())
    }

    fn count(
        &self,
        scope: ScopeId,
        node: &Node,
        multi: &MultiSpec,
    ) -> Result<(Option<u32>, Vec<Value>), RunError> {
        let bad = |found: NoLoop| RunError::BadLoop {
            element: node.id.clone(),
            found,
        };
        let items = match &multi.spec {
            LoopSpec::While { .. } => return Ok((None, Vec::new())),
            LoopSpec::Multi(LoopCount::Missing) => {
                return Err(unsupported(node, "multi-instance without a number"));
            }
            LoopSpec::Multi(LoopCount::Cardinality(number)) => {
                let number = whole(&self.compute_written(scope, &node.id, number)?).map_err(bad)?;
                return Ok((Some(number), Vec::new()));
            }
            LoopSpec::Multi(LoopCount::Collection { list, .. }) => {
                match self.compute_written(scope, &node.id, list)? {
                    Value::List(items) => items,
                    other => return Err(bad(NoLoop::Kind(other.kind()))),
                }
            }
        };
        if items.len() > MAX_LOOP {
            return Err(RunError::Fuel {
                what: Fuel::LoopInstances,
            });
        }
        Ok((Some(items.len() as u32), items))
    }

    fn keep_items(&mut self, id: ScopeId, mut items: Vec<Value>) {
        items.reverse();
        if let Some(repeat) = self.repeat_mut(id) {
            repeat.items = items;
        }
    }

    pub(super) fn repeat_mut(&mut self, id: ScopeId) -> Option<&mut Repeat> {
        self.instance
            .scopes
            .get_mut(&id)
            .and_then(|scope| scope.repeat.as_mut())
    }

    fn repeat(&self, id: ScopeId) -> Repeat {
        let found = self
            .instance
            .scopes
            .get(&id)
            .and_then(|scope| scope.repeat.as_ref());
        found.map_or_else(Repeat::default, |repeat| Repeat {
            total: repeat.total,
            started: repeat.started,
            done: repeat.done,
            ..Repeat::default()
        })
    }

    /// The next instance of a sequential repetition.
    pub(super) fn next_instance(&mut self, id: ScopeId) -> Result<(), RunError> {
        let (_, node) = self.node_of(id)?;
        let (index, item) = match self.repeat_mut(id) {
            Some(repeat) => (repeat.started, repeat.items.pop()),
            None => return Ok(()),
        };
        if index as usize >= MAX_LOOP {
            return Err(RunError::Fuel {
                what: Fuel::LoopInstances,
            });
        }
        self.open_instance(id, node, index, item)
    }

    pub(super) fn open_instance(
        &mut self,
        id: ScopeId,
        node: &'a Node,
        index: u32,
        item: Option<Value>,
    ) -> Result<(), RunError> {
        if let Some(repeat) = self.repeat_mut(id) {
            repeat.started = repeat.started.max(index + 1);
        }
        self.counters(id)?;
        let mut vars = vec![("loopCounter".to_owned(), Value::from(index))];
        if let Some((name, _)) = node.multi.as_ref().and_then(|multi| multi.output.as_ref())
            && !declares(node, name)
        {
            // Each turn's own, or turns at the same time would take each other's value.
            vars.push((name.clone(), Value::Null));
        }
        if let Some(LoopSpec::Multi(LoopCount::Collection {
            element: Some(name),
            ..
        })) = node.multi.as_ref().map(|multi| &multi.spec)
        {
            vars.push((name.clone(), item.unwrap_or_default()));
        }
        self.open_activity(id, node, Some(LoopTurn { index, vars }))
    }

    /// The counters of the standard, as conditions see them and as other engines count: of turns at once all that are not done
    /// are active from the beginning, of turns one after the other always one.
    pub(super) fn counters(&mut self, id: ScopeId) -> Result<(), RunError> {
        let repeat = self.repeat(id);
        let (_, node) = self.node_of(id)?;
        let active = match (&node.multi, repeat.total) {
            (Some(multi), Some(total)) if multi.sequential => total.min(1),
            (_, Some(total)) => total.saturating_sub(repeat.done),
            (_, None) => repeat.started - repeat.done,
        };
        let numbers = [
            ("nrOfInstances", repeat.total.unwrap_or(repeat.started)),
            ("nrOfActiveInstances", active),
            ("nrOfCompletedInstances", repeat.done),
        ];
        for (name, number) in numbers {
            self.put(id, name, Value::from(number))?;
        }
        Ok(())
    }

    /// One instance is done: go on with the rest, or behind the activity.
    pub(super) fn instance_done(&mut self, id: ScopeId, instance: ScopeId) -> Result<(), RunError> {
        let (_, node) = self.node_of(id)?;
        let Some(multi) = &node.multi else {
            return Err(RunError::UnknownElement {
                element: node.id.clone(),
            });
        };
        self.gather(id, instance, multi)?;
        if let Some(repeat) = self.repeat_mut(id) {
            repeat.done += 1;
        }
        self.counters(id)?;
        // Asked where the instance stands, so that its own variables count too.
        let complete = match &multi.completion {
            Some(condition) => self.holds(instance, &node.id, condition)?,
            None => false,
        };
        self.remember(instance)?;
        self.remove(instance, true);
        let Repeat {
            total,
            started,
            done,
            ..
        } = self.repeat(id);
        let over = complete
            || match (&multi.spec, total) {
                (LoopSpec::While { .. }, _) => !self.again(id, node, multi)?,
                (_, Some(total)) => done >= total,
                (_, None) => true,
            };
        if over {
            return self.finish_repeat(id);
        }
        if multi.sequential && started == done {
            self.queue.push_back(Move::Again { repeat: id });
        }
        Ok(())
    }

    /// A turn was taken away: what is left may be done by now.
    pub(super) fn turn_gone(&mut self, id: ScopeId) -> Result<(), RunError> {
        let (_, node) = self.node_of(id)?;
        let Some(multi) = &node.multi else {
            return Ok(());
        };
        let Repeat {
            total,
            started,
            done,
            ..
        } = self.repeat(id);
        let complete = match &multi.completion {
            Some(condition) if done > 0 => self.holds(id, &node.id, condition)?,
            _ => false,
        };
        if complete || total.is_some_and(|total| done >= total) {
            return self.finish_repeat(id);
        }
        if multi.sequential && started == done {
            self.queue.push_back(Move::Again { repeat: id });
        }
        Ok(())
    }

    /// The innermost repetition in which a scope lies, inside its own process.
    pub(super) fn repeat_around(&self, scope: ScopeId) -> Option<ScopeId> {
        let mut at = scope;
        loop {
            let found = self.instance.scopes.get(&at)?;
            match found.kind {
                ScopeKind::Repeat => return Some(at),
                ScopeKind::Process => return None,
                _ => at = found.parent?,
            }
        }
    }

    /// Every turn ends, done or not; the case goes on behind the repetition.
    pub(super) fn end_turns(&mut self, scope: ScopeId) -> Result<(), RunError> {
        self.repeat_around(scope)
            .map_or(Ok(()), |id| self.finish_repeat(id))
    }

    /// Does a standard loop go round once more?
    fn again(&self, id: ScopeId, node: &Node, multi: &MultiSpec) -> Result<bool, RunError> {
        let LoopSpec::While {
            condition, maximum, ..
        } = &multi.spec
        else {
            return Ok(false);
        };
        if maximum.is_some_and(|maximum| self.repeat(id).done >= maximum) {
            return Ok(false);
        }
        condition
            .as_ref()
            .map_or(Ok(maximum.is_some()), |condition| {
                self.holds(id, &node.id, condition)
            })
    }

    /// Keeps what a turn gave. The list so far, in the order of the turns, is a variable of the repetition: the completion
    /// condition, and everybody else inside, sees it under the name that it will have in the end.
    fn gather(
        &mut self,
        id: ScopeId,
        instance: ScopeId,
        multi: &MultiSpec,
    ) -> Result<(), RunError> {
        let Some((name, list)) = &multi.output else {
            return Ok(());
        };
        let index = self
            .instance
            .scopes
            .get(&instance)
            .and_then(|scope| scope.loop_index)
            .unwrap_or(0);
        let value = self
            .instance
            .find_var(instance, name)
            .cloned()
            .unwrap_or_default();
        self.spend(value.weight())?;
        let Some(scope) = self.instance.scopes.get_mut(&id) else {
            return Ok(());
        };
        let Some(repeat) = scope.repeat.as_mut() else {
            return Ok(());
        };
        let place = repeat.gathered.range(..index).count();
        match scope.vars.get_mut(list) {
            // Not copied as a whole, or a thousand turns would copy it a thousand times.
            Some(Value::List(items)) if items.iter().eq(repeat.gathered.values()) => {
                repeat.gathered.insert(index, value.clone());
                items.insert(place, value);
            }
            // Somebody has written over it, or the instance is from before the list was a variable.
            _ => {
                repeat.gathered.insert(index, value);
                let all = repeat.gathered.values().cloned().collect();
                scope.vars.insert(list.clone(), Value::List(all));
            }
        }
        Ok(())
    }

    fn finish_repeat(&mut self, id: ScopeId) -> Result<(), RunError> {
        let (process, node) = self.node_of(id)?;
        let Some(parent) = self.instance.scopes.get(&id).and_then(|scope| scope.parent) else {
            return Ok(());
        };
        let gathered = self
            .repeat_mut(id)
            .map(|repeat| std::mem::take(&mut repeat.gathered))
            .unwrap_or_default();
        self.remove(id, true);
        if let Some((_, list)) = node.multi.as_ref().and_then(|multi| multi.output.as_ref()) {
            self.write(parent, list, Value::List(gathered.into_values().collect()))?;
        }
        self.go_on(parent, process, node)
    }
}

/// Is it a data object of the repeated sub-process? Then each turn has its own already, with its first value.
fn declares(node: &Node, name: &str) -> bool {
    match &node.kind {
        NodeKind::Sub(_, container) => container.data.iter().any(|(data, _)| data == name),
        _ => false,
    }
}

fn whole(value: &Value) -> Result<u32, NoLoop> {
    let number = match value {
        Value::Int(n) => u32::try_from(*n).ok(),
        Value::Float(n) if n.fract() == 0.0 && *n >= 0.0 && *n <= f64::from(u32::MAX) => {
            Some(*n as u32)
        }
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    match number {
        Some(n) if n as usize <= MAX_LOOP => Ok(n),
        Some(n) => Err(NoLoop::TooMany(n)),
        None => Err(NoLoop::Kind(value.kind())),
    }
}
