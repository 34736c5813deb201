//! Words of what happens at the gate, before a unit has the ticket: the review of a dispatch, the way back to intake.
//! Not here: the forms of answering, declining and dispatching (`forms`).

pub mod intake;
pub mod review;
