//! A process as the engine runs it: nodes and flows by number, references resolved, expressions read.
//! Not here: instances (`run::state`) and the file's own look (`raw`).
//! Next: `parse::process` (how it is filled).

use std::collections::HashMap;

use super::event::Event;
use crate::check::Finding;
use crate::condition::{Condition, ConditionError};
use crate::value::Value;

/// An expression of the file: read, or its text with the reason why it cannot be read. The check reports the reason.
pub type Written = Result<Condition, (String, ConditionError)>;

/// The place of a node in [`Process::nodes`].
pub type NodeIx = usize;

/// One process. Nodes of embedded sub-processes are in the same list, with their parent named.
#[derive(Clone, Debug)]
pub struct Process {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// False only where the file says so.
    pub executable: bool,
    /// Line in the file.
    pub line: u32,
    /// All flow nodes.
    pub nodes: Vec<Node>,
    /// All sequence flows whose two ends exist.
    pub flows: Vec<Flow>,
    /// What stands directly in the process.
    pub body: Container,
    pub(crate) ids: HashMap<String, NodeIx>,
    /// What the reader noticed and only the check may judge.
    pub(crate) notes: Vec<Finding>,
}

impl Process {
    /// A node by its id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.ids.get(id).and_then(|ix| self.nodes.get(*ix))
    }

    /// The place of a node.
    pub fn place(&self, id: &str) -> Option<NodeIx> {
        self.ids.get(id).copied()
    }

    /// The contents of the process (`None`) or of one of its sub-processes.
    pub fn container(&self, node: Option<NodeIx>) -> &Container {
        static EMPTY: Container = Container {
            nodes: Vec::new(),
            data: Vec::new(),
        };
        match node {
            None => &self.body,
            Some(ix) => match self.nodes.get(ix).map(|node| &node.kind) {
                Some(NodeKind::Sub(_, container)) => container,
                _ => &EMPTY,
            },
        }
    }
}

/// What stands directly inside a process or sub-process.
#[derive(Clone, Debug, Default)]
pub struct Container {
    /// Its flow nodes.
    pub nodes: Vec<NodeIx>,
    /// Its data objects: variables that live as long as the scope, with their first value.
    pub data: Vec<(String, Value)>,
}

/// A sequence flow.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Its id; made from its ends where the file gives none.
    pub id: String,
    /// Where it starts.
    pub source: NodeIx,
    /// Where it leads.
    pub target: NodeIx,
    /// When it is taken.
    pub condition: Option<Written>,
    /// Line in the file.
    pub line: u32,
}

/// A flow node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: NodeKind,
    /// The sub-process it stands in; `None` for the process itself.
    pub parent: Option<NodeIx>,
    /// Flows that lead here.
    pub incoming: Vec<usize>,
    /// Flows that lead on, in document order.
    pub outgoing: Vec<usize>,
    /// The default flow.
    pub default: Option<usize>,
    /// Repetition.
    pub multi: Option<MultiSpec>,
    /// Boundary events attached to it.
    pub boundaries: Vec<NodeIx>,
    /// Is it only reached by compensation?
    pub for_compensation: bool,
    /// The activity that undoes this one: where its compensation boundary event leads.
    pub handler: Option<NodeIx>,
    /// The rules of an ad-hoc sub-process.
    pub ad_hoc: Option<AdHocSpec>,
    /// Line in the file.
    pub line: u32,
}

/// The kinds of flow node.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// Start event.
    Start(StartFacts),
    /// End event.
    End(Event),
    /// Intermediate catching event.
    Catch(Event),
    /// Intermediate throwing event.
    Throw(Event),
    /// Boundary event.
    Boundary {
        /// The activity it sits on.
        attached: Option<NodeIx>,
        /// Does it end the activity?
        interrupting: bool,
        /// What it waits for.
        event: Event,
    },
    /// A task.
    Task(TaskFacts),
    /// An embedded, event, transaction or ad-hoc sub-process.
    Sub(SubKind, Container),
    /// A call of another process.
    Call(CallSpec),
    /// A gateway.
    Gateway(Gateway),
    /// Something the standard or a vendor knows and this engine does not: its element name.
    Unknown(String),
}

/// A start event's facts.
#[derive(Clone, Debug)]
pub struct StartFacts {
    /// What starts it.
    pub event: Event,
    /// In an event sub-process: does it end the scope's other work?
    pub interrupting: bool,
}

/// The kinds of gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gateway {
    /// One way.
    Exclusive,
    /// All ways.
    Parallel,
    /// Every way whose condition holds.
    Inclusive,
    /// The way whose event comes first.
    EventBased {
        /// Starts an instance (refused).
        instantiate: bool,
    },
    /// Refused.
    Complex,
}

/// The kinds of sub-process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubKind {
    /// Plain.
    Embedded,
    /// Started by an event while its parent runs.
    Event,
    /// Can be cancelled.
    Transaction,
    /// Without order: somebody chooses what is done next.
    AdHoc,
}

/// How an ad-hoc sub-process goes on and ends.
#[derive(Clone, Debug)]
pub struct AdHocSpec {
    /// One activity at a time?
    pub sequential: bool,
    /// Ends it when it holds behind an activity; without it somebody says that it is done.
    pub completion: Option<Written>,
    /// Does the end take away what still runs inside?
    pub cancel_rest: bool,
}

/// The kinds of task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// Somebody does it here.
    User,
    /// A named service does it.
    Service,
    /// A message goes out.
    Send,
    /// Waits for a message or a trigger.
    Receive,
    /// Done outside; the engine passes on.
    Manual,
    /// Assignments in the condition language; other scripts are refused.
    Script,
    /// A decision.
    BusinessRule,
    /// No kind given; the engine passes on.
    Plain,
}

/// What a service-like task does.
#[derive(Clone, Debug, PartialEq)]
pub enum Service {
    /// Nothing that this engine can do; the check refuses it with the fact.
    None(String),
    /// Calls the named service of the surrounding program and waits for its answer.
    Named(String),
    /// Computes an expression of the condition language and passes on; the result goes to the variable.
    Expression(Condition, Option<String>),
    /// Computes some expressions one after the other, each into its variable.
    Assign(Vec<(String, Condition)>),
    /// Asks a decision table; the outcome goes to the variable, or each output to the variable of its name.
    Decision(String, Option<String>),
}

/// A task's facts.
#[derive(Clone, Debug)]
pub struct TaskFacts {
    /// Its kind.
    pub kind: TaskKind,
    /// What a service, send or business-rule task does.
    pub service: Service,
    /// The message that a receive task waits for or a send task sends.
    pub message: Option<String>,
    /// The assignee as the Java engines write it: text or expression.
    pub assignee: Option<String>,
    /// Users who may take it, as written: a list divided by commas, or expressions.
    pub candidate_users: Vec<String>,
    /// Groups (here: roles or units) whose people may take it.
    pub candidate_groups: Vec<String>,
    /// When it is due: an ISO 8601 date or duration, working time, or an expression that gives one.
    pub due: Option<String>,
}

/// How often an activity is done.
#[derive(Clone, Debug)]
pub struct MultiSpec {
    /// One after the other?
    pub sequential: bool,
    /// How often.
    pub spec: LoopSpec,
    /// Ends the rest when it holds. Asked behind each turn, which it sees with the counters and with what is gathered so far.
    pub completion: Option<Written>,
    /// Gathers a variable of each turn: the turn's own variable, list variable. The list grows with each finished turn, in the
    /// order of the turns; around the activity it is there when all is done.
    pub output: Option<(String, String)>,
    /// Line in the file.
    pub line: u32,
}

/// The forms of repetition.
#[derive(Clone, Debug)]
pub enum LoopSpec {
    /// A number of instances, or one for each item.
    Multi(LoopCount),
    /// Again while the condition holds.
    While {
        /// Missing means for ever, bounded by `maximum`.
        condition: Option<Written>,
        /// Is the condition asked before the first time?
        before: bool,
        /// At most so often.
        maximum: Option<u32>,
    },
}

/// Where a multi-instance activity's number comes from.
#[derive(Clone, Debug)]
pub enum LoopCount {
    /// An expression that gives a number.
    Cardinality(Written),
    /// A list variable (or expression) and the variable that gets each item.
    Collection {
        /// Variable name, dotted path or expression.
        list: Written,
        /// Variable of each instance.
        element: Option<String>,
    },
    /// The file gives neither.
    Missing,
}

/// A call of another process.
#[derive(Clone, Debug)]
pub struct CallSpec {
    /// The process id, or an expression that gives it; `None` if the file gives none.
    pub called: Option<String>,
    /// The version that is called; the newest one if the file gives none.
    pub version: Option<i32>,
    /// Variables handed in.
    pub inputs: Vec<Mapping>,
    /// Variables handed back.
    pub outputs: Vec<Mapping>,
    /// Hand in all variables that are visible.
    pub inherit: bool,
}

/// One variable handed over.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// What is handed over.
    pub source: MappingSource,
    /// The variable that gets it.
    pub target: String,
}

/// What a mapping hands over.
#[derive(Clone, Debug)]
pub enum MappingSource {
    /// A variable; an unset one becomes null.
    Variable(String),
    /// An expression.
    Expression(Written),
}
