//! Why a transition did not happen. The instance is then as it was before.
//! Not here: what the caller does about it (an incident in `services`).
//! Next: `engine`.

use crate::condition::ConditionError;
use crate::decision::DecisionError;

/// Why a transition did not happen.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// More than `limits` allows.
    #[error("the transition needs more {what} than allowed")]
    Fuel {
        /// What ran out: steps, tokens, nesting, variables.
        what: &'static str,
    },
    /// No such process in the definition or among the called ones.
    #[error("the process {process} is not there")]
    UnknownProcess {
        /// Its id.
        process: String,
    },
    /// The instance stands on an element that the definition does not have.
    #[error("the element {element} is not in the definition")]
    UnknownElement {
        /// Its id.
        element: String,
    },
    /// No fitting start event.
    #[error("the process {process} cannot start so")]
    NoStart {
        /// Its id.
        process: String,
    },
    /// The instance is over.
    #[error("the instance has ended")]
    Ended,
    /// No such open task.
    #[error("task {task} is not open")]
    UnknownTask {
        /// Its id.
        task: u64,
    },
    /// No such running timer.
    #[error("timer {timer} is not running")]
    UnknownTimer {
        /// Its id.
        timer: u64,
    },
    /// Nobody waits for the message.
    #[error("nobody waits for the message {name}")]
    NobodyWaits {
        /// Its name.
        name: String,
    },
    /// A condition or expression could not be computed.
    #[error("{element}: {source}")]
    Condition {
        /// The node or flow.
        element: String,
        /// Its text.
        expression: String,
        /// Why.
        source: ConditionError,
    },
    /// No outgoing flow can be taken.
    #[error("no way out of {element} can be taken")]
    NoFlow {
        /// The gateway or activity.
        element: String,
    },
    /// An error that nobody catches.
    #[error("nobody catches the error {code} of {element}")]
    UncaughtError {
        /// Where it was thrown.
        element: String,
        /// Its code; empty if it has none.
        code: String,
    },
    /// A decision table that is not there.
    #[error("{element} asks the decision table {decision}, which is not there")]
    UnknownDecision {
        /// The task.
        element: String,
        /// The table's id.
        decision: String,
    },
    /// A decision table that gave no outcome.
    #[error("{element}: {source}")]
    Decision {
        /// The task.
        element: String,
        /// Why.
        source: DecisionError,
    },
    /// An ad-hoc sub-process in which something still runs.
    #[error("something still runs in {element}")]
    StillBusy {
        /// Its id.
        element: String,
    },
    /// An element that this engine does not run.
    #[error("{element} cannot run: {kind}")]
    Unsupported {
        /// Its id.
        element: String,
        /// Its kind.
        kind: String,
    },
    /// A number of instances or a list that is none.
    #[error("{element} cannot be repeated: {found}")]
    BadLoop {
        /// The activity.
        element: String,
        /// What was found instead of a number or list.
        found: String,
    },
    /// A variable that cannot be kept.
    #[error("the variable {name} cannot be kept: {why}")]
    BadVariable {
        /// Its name.
        name: String,
        /// Why.
        why: &'static str,
    },
}
