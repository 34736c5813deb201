//! Server functions: what hydrated pages call, under `/fn` with explicit endpoints, JSON in and out (P-01, P-12).
//! Each decodes, calls one service and settles the fault; nothing is decided here (I6). One file per area.
//! Not here: forms' handlers (`forms`), which `forms::submit` reaches.

pub mod approvals;
pub mod forms;
pub mod jobs;
pub mod photos;
pub mod places;
pub mod processes;
pub mod public;
pub mod report;
pub mod staff;
