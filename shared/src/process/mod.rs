//! What processes need from the rules: the limit table (时限表), what a check finds in a definition, what can keep a process from going on.
//! Not here: running and checking a process (`bpmn`), the rows of the table (data, seeded by `store`).
//! Next: `limit`, `finding`, `obstacle`.

pub mod finding;
pub mod limit;
pub mod obstacle;
