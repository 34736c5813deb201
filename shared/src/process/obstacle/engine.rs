//! Why the engine does not take a step, and why a decision table has no outcome. The instance is then as it was before.
//! Not here: what the caller does about it (an incident in `services`), the sentences (`text::obstacle`).
//! Next: `condition`.

use serde::{Deserialize, Serialize};

use super::{ConditionError, ValueKind};

/// Why a transition did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum RunError {
    /// More than the engine allows.
    Fuel {
        /// What ran out.
        what: Fuel,
    },
    /// No such process in the definition or among the called ones.
    UnknownProcess {
        /// Its id.
        process: String,
    },
    /// The instance stands on an element that the definition does not have.
    UnknownElement {
        /// Its id.
        element: String,
    },
    /// No fitting start event.
    NoStart {
        /// The process's id.
        process: String,
    },
    /// The instance is over.
    Ended,
    /// No such open task.
    UnknownTask {
        /// Its number.
        task: u64,
    },
    /// No such running timer.
    UnknownTimer {
        /// Its number.
        timer: u64,
    },
    /// Nobody waits for the message.
    NobodyWaits {
        /// Its name.
        name: String,
    },
    /// A condition or expression could not be computed.
    Condition {
        /// The node or flow.
        element: String,
        /// Its text.
        expression: String,
        /// Why.
        why: ConditionError,
    },
    /// No outgoing flow can be taken.
    NoFlow {
        /// The gateway or activity.
        element: String,
    },
    /// An error that nobody catches.
    UncaughtError {
        /// Where it was thrown.
        element: String,
        /// Its code; empty if it has none.
        code: String,
    },
    /// A decision table that is not there.
    UnknownDecision {
        /// The task.
        element: String,
        /// The table's id.
        decision: String,
    },
    /// A decision table that gave no outcome.
    Decision {
        /// The task.
        element: String,
        /// Why.
        why: DecisionError,
    },
    /// An ad-hoc sub-process in which something still runs.
    StillBusy {
        /// Its id.
        element: String,
    },
    /// An element that this engine does not run.
    Unsupported {
        /// Its id.
        element: String,
        /// Its kind, as BPMN calls it.
        kind: String,
    },
    /// A number of instances or a list that is none.
    BadLoop {
        /// The activity.
        element: String,
        /// What was found instead of a number or list.
        found: NoLoop,
    },
    /// A variable that cannot be kept.
    BadVariable {
        /// Its name.
        name: String,
        /// Why.
        why: NoVariable,
    },
}

/// Why a decision table gave no outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum DecisionError {
    /// A cell that could not be computed.
    Cell {
        /// The rule, from 1; 0 for an input expression.
        rule: usize,
        /// Its text.
        cell: String,
        /// Why.
        why: ConditionError,
    },
    /// Several rules fit where one may.
    NotUnique {
        /// The first of them, from 1.
        first: usize,
        /// Another.
        second: usize,
    },
    /// Fitting rules do not say the same.
    Disagree {
        /// The first of them, from 1.
        first: usize,
        /// One that says something else.
        second: usize,
    },
    /// The outputs cannot be computed together.
    NoNumber {
        /// Why.
        why: ConditionError,
    },
}

/// What stands where a number of turns or a list was wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoLoop {
    /// A value of another kind.
    Kind(ValueKind),
    /// More turns than the engine allows.
    TooMany(u32),
    /// A loop that goes on by its condition and has no number of turns.
    WithoutNumber,
}

codes! {
    /// What a transition may need only so much of.
    Fuel {
        Steps = "steps", "steps", "步数", "steps";
        Tokens = "tokens", "tokens", "令牌", "tokens";
        Nesting = "nesting", "nesting", "嵌套层数", "nesting";
        Variables = "variables", "variables", "变量", "variables";
        LoopInstances = "loop_instances", "loop_instances", "多实例次数", "loop instances";
        Undoing = "undoing", "undoing", "待撤销活动", "activities to undo";
    }
}

codes! {
    /// Why a variable cannot be kept.
    NoVariable {
        NoName = "no_name", "no_name", "没有名称", "it has no name";
        TooDeep = "too_deep", "too_deep", "嵌套太深", "it is nested too deep";
        NotANumber = "not_a_number", "not_a_number", "不是数字", "it is not a number";
    }
}
