//! Paper forms: their numbers, and the counters from which those are drawn.
//! Not here: the tickets that they become (`entity::ticket`).

pub(crate) mod paper_counter;
pub(crate) mod paper_form;
