//! Reports that were kept, and what is remarked on them.
//! Not here: figures (`entity::trail`).

pub(crate) mod kept;
pub(crate) mod remark;
