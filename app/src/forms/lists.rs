//! Names of what comes with a form of the register: how a file was read, and what it came to.
//! Not here: the forms (`forms::staff::lists`), how they are shown (`pages::staff::lists`).
//! The report is the JSON of `shared::register::TableReport`.

/// What a file came to, or would.
pub const REPORT: &str = "report";
/// Name of a chosen file's encoding.
pub const ENCODING: &str = "encoding";
/// The chosen file is no text.
pub const UNREAD: &str = "unread";
