//! What the rules of quality find, and the tickets that scores are reckoned with.
//! Not here: the rules (`shared::quality`).

pub(crate) mod live_check;
pub(crate) mod quality_count;
pub(crate) mod quality_finding;
pub(crate) mod quality_month;
