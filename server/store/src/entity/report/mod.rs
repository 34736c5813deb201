//! Reports that were kept, what is remarked on them, and those that make themselves.
//! Not here: figures (`entity::trail`).

pub(crate) mod kept;
pub(crate) mod remark;
pub(crate) mod schedule;
