//! The process engine of Minsheng: BPMN 2.0 in, tokens and effects out. Pure: no IO, no clock, no ids, no randomness.
//! Not here: who may do a task, how long it may take, where instances are kept (`services`, `store`).
//! Next: `model` (a definition), `run` (start, complete, message, timer), `check` (before deployment), `condition`.

pub mod check;
pub mod condition;
pub mod decision;
pub mod diagram;
mod export;
mod form;
pub mod limits;
pub mod model;
pub mod parse;
pub mod replay;
pub mod run;
pub mod time;
mod value;

pub use check::{Code, Fact, Finding, Remark, Severity};
pub use condition::{Condition, ConditionError, Phrase};
pub use form::{FieldClass, FieldKind, FieldOption, FieldProblem, FormField};
pub use model::{Called, Definition, DefinitionSet, ElementView, Library, Lookup};
pub use parse::{ParseError, ParseReason, as_utf8, decode};
pub use run::change;
pub use run::{
    Correlation, Effect, Instance, OpenTask, OpenTaskKind, OpenTimer, OpenWait, RunError, StartAt,
    Step, TaskId, TimerId, TimerSpec, WaitId, WaitKind, choices, choose, complete, fail, message,
    next_round, set_vars, signal, start, start_process, timer_due,
};
pub use value::{Value, Vars, weigh};
