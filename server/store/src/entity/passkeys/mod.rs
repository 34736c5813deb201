//! Passkeys of accounts, and what they are asked to sign.
//! Not here: the other second factor and recovery codes (`people`).

pub(crate) mod challenge;
pub(crate) mod passkey;
