//! More or fewer turns of a repeated activity that is under way: one more person signs, one person need not.
//! Not here: who they are (the turn's own variables, which the caller gives).
//! Next: `run::repeat`.

use shared::process::obstacle::NoLoop;

use crate::model::{Lookup, LoopSpec};
use crate::run::{Instance, RunError, Step, TaskId, engine, state};
use crate::value::Value;
use engine::Run;
use state::{ScopeId, ScopeKind};

/// Why a turn cannot be added or taken away.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TurnError {
    /// The task is no turn of a multi-instance activity.
    #[error("task {task} belongs to no activity that several people do")]
    NotRepeated {
        /// The task.
        task: TaskId,
    },
    /// The last turn: without it nobody would be left to decide.
    #[error("the last one cannot be taken away")]
    LastOne,
    /// The transition failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Adds a turn to the multi-instance activity that an open task is a turn of. `item` is the turn's element variable; a sequential
/// activity has it next.
pub fn add_turn<L: Lookup>(
    def: &L,
    instance: &Instance,
    task: TaskId,
    item: Value,
) -> Result<Step, TurnError> {
    let mut run = Run::open(def, instance)?;
    let (repeat, _) = turn_of(&run.instance, task)?;
    run.add_turn(repeat, item)?;
    Ok(run.finish()?)
}

/// Takes an open turn away; what the others decide is then enough.
pub fn remove_turn<L: Lookup>(
    def: &L,
    instance: &Instance,
    task: TaskId,
) -> Result<Step, TurnError> {
    let mut run = Run::open(def, instance)?;
    let (repeat, turn) = turn_of(&run.instance, task)?;
    let left = run
        .instance
        .scopes
        .get(&repeat)
        .and_then(|scope| scope.repeat.as_ref())
        .and_then(|repeat| repeat.total)
        .unwrap_or(0);
    if left < 2 {
        return Err(TurnError::LastOne);
    }
    run.remove_turn(repeat, turn)?;
    Ok(run.finish()?)
}

/// The repetition and the turn that an open task stands in.
fn turn_of(instance: &Instance, task: TaskId) -> Result<(ScopeId, ScopeId), TurnError> {
    let none = TurnError::NotRepeated { task };
    if instance.task(task).is_none() {
        return Err(RunError::UnknownTask { task }.into());
    }
    let mut turn = task;
    while let Some(parent) = instance.scopes.get(&turn).and_then(|scope| scope.parent) {
        if instance
            .scopes
            .get(&parent)
            .is_some_and(|scope| scope.kind == ScopeKind::Repeat)
        {
            return Ok((parent, turn));
        }
        turn = parent;
    }
    Err(none)
}

impl Run<'_> {
    fn add_turn(&mut self, repeat: ScopeId, item: Value) -> Result<(), RunError> {
        let (_, node) = self.node_of(repeat)?;
        let multi = node
            .multi
            .as_ref()
            .filter(|multi| matches!(multi.spec, LoopSpec::Multi(_)));
        let Some(multi) = multi else {
            return Err(RunError::BadLoop {
                element: node.id.clone(),
                found: NoLoop::WithoutNumber,
            });
        };
        let Some(state) = self.repeat_mut(repeat) else {
            return Ok(());
        };
        state.total = Some(state.total.unwrap_or(state.started) + 1);
        // A number that no turn has had, so that what is gathered of it replaces nothing.
        let index = state.started;
        if multi.sequential {
            // Turns still to come are kept last first.
            state.items.push(item);
            return self.counters(repeat);
        }
        self.open_instance(repeat, node, index, Some(item))
    }

    fn remove_turn(&mut self, repeat: ScopeId, turn: ScopeId) -> Result<(), RunError> {
        let sequential = self.node_of(repeat)?.1.multi.as_ref();
        let sequential = sequential.is_some_and(|multi| multi.sequential);
        self.remove(turn, false);
        if let Some(state) = self.repeat_mut(repeat) {
            state.total = state.total.map(|total| total.saturating_sub(1));
            if sequential {
                state.started = state.started.saturating_sub(1);
            }
        }
        self.counters(repeat)?;
        self.turn_gone(repeat)
    }
}
