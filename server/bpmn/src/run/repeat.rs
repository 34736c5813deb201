//! Repeated activities: parallel and sequential multi-instance, and the standard loop.
//! The repetition is a scope of its own that carries the counters and the border events; each instance is a scope inside.
//! Next: `activity`.

use super::activity::LoopTurn;
use super::engine::{Move, Run, unsupported};
use super::error::RunError;
use super::state::{Repeat, ScopeId, ScopeKind};
use crate::limits::MAX_LOOP;
use crate::model::{LoopCount, LoopSpec, MultiSpec, Node};
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
        let bad = |found: String| RunError::BadLoop {
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
                    other => return Err(bad(other.kind().to_owned())),
                }
            }
        };
        if items.len() > MAX_LOOP {
            return Err(RunError::Fuel {
                what: "loop instances",
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
                what: "loop instances",
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
        if let Some(LoopSpec::Multi(LoopCount::Collection {
            element: Some(name),
            ..
        })) = node.multi.as_ref().map(|multi| &multi.spec)
        {
            vars.push((name.clone(), item.unwrap_or_default()));
        }
        self.open_activity(id, node, Some(LoopTurn { index, vars }))
    }

    /// The counters of the standard, as conditions see them.
    pub(super) fn counters(&mut self, id: ScopeId) -> Result<(), RunError> {
        let repeat = self.repeat(id);
        let numbers = [
            ("nrOfInstances", repeat.total.unwrap_or(repeat.started)),
            ("nrOfActiveInstances", repeat.started - repeat.done),
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
        self.gather(id, instance, multi);
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

    fn gather(&mut self, id: ScopeId, instance: ScopeId, multi: &MultiSpec) {
        let Some((name, _)) = &multi.output else {
            return;
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
        if let Some(repeat) = self.repeat_mut(id) {
            repeat.gathered.insert(index, value);
        }
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

fn whole(value: &Value) -> Result<u32, String> {
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
        Some(n) => Err(format!("{n} instances")),
        None => Err(value.kind().to_owned()),
    }
}
