//! What a definition, a condition and one transition may cost at most: every limit of the engine in one place.
//! Not here: business limits (working days) and HTTP body limits. The reasons stand in `security.md`.
//! Next: `parse::guard` (text limits), `run::fuel` (limits while running).

/// Bytes of one definition file.
pub const MAX_XML_BYTES: usize = 4 * 1024 * 1024;
/// Elements nested in each other.
pub const MAX_XML_DEPTH: usize = 64;
/// Attributes of one element, namespace declarations counted.
pub const MAX_XML_ATTRIBUTES: usize = 256;
/// Nodes (elements, texts, comments) of one file.
pub const MAX_XML_NODES: u32 = 200_000;
/// Flow nodes of one process.
pub const MAX_FLOW_NODES: usize = 5_000;
/// Sequence flows of one process.
pub const MAX_FLOWS: usize = 10_000;

/// Bytes of one condition.
pub const MAX_CONDITION_BYTES: usize = 512;
/// Nesting of one condition.
pub const MAX_CONDITION_DEPTH: usize = 32;
/// Evaluation steps of one condition.
pub const MAX_CONDITION_STEPS: u32 = 4_096;

/// Moves of tokens in one transition.
pub const MAX_STEPS: u32 = 10_000;
/// Scopes and parked tokens alive in one instance.
pub const MAX_TOKENS: usize = 2_000;
/// Scopes nested in each other, called processes included.
pub const MAX_NESTING: usize = 48;
/// Instances of one multi-instance activity.
pub const MAX_LOOP: usize = 1_000;
/// Rough bytes of the variables given to one transition.
pub const MAX_INPUT_BYTES: usize = 256 * 1024;
/// Rough bytes of variables that one transition may write, copies to loop instances included.
pub const MAX_WRITTEN_BYTES: usize = 8 * 1024 * 1024;
/// Rough bytes of all variables of an instance.
pub const MAX_INSTANCE_BYTES: usize = 2 * 1024 * 1024;
/// Nesting of lists and maps in a variable.
pub const MAX_VALUE_DEPTH: usize = 32;
