//! What ties a database to its keys and its data folder, and what a writer proves itself by.

pub(crate) mod resealing;
pub(crate) mod restore;
pub(crate) mod sealing_key;
pub(crate) mod session_key;
pub(crate) mod writer_probe;
