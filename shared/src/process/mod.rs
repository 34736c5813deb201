//! What processes need from the rules: the limit table (时限表).
//! Not here: running a process (`bpmn`), the rows of the table (data, seeded by `store`).
//! See `limit`.

pub mod limit;
