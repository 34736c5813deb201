//! What identity managements call our accounts, and what linked platforms were told of them.
//! Not here: accounts themselves (`people`).

pub(crate) mod drift;
pub(crate) mod look;
pub(crate) mod mark;
pub(crate) mod provisioned;
pub(crate) mod push;
