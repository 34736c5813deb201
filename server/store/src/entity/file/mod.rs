//! Files: their bytes, where they hang, and what is on its way.

pub(crate) mod blob;
pub(crate) mod file_reference;
pub(crate) mod upload;
