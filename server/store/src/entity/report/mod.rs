//! Reports that were kept, what is remarked on them, and those that make themselves; saved pivots and tiles.
//! Not here: figures (`entity::trail`).

pub(crate) mod kept;
pub(crate) mod part;
pub(crate) mod pivot;
pub(crate) mod remark;
pub(crate) mod schedule;
pub(crate) mod tile;
pub(crate) mod warning;
