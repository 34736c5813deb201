//! What the rules of quality find, and the tickets that scores are reckoned with.
//! Not here: the rules (`shared::quality`).

pub(crate) mod quality_count;
pub(crate) mod quality_finding;
