//! Names of what comes with a form that takes a table: how a file was read, and what it came to.
//! Not here: reading the form (`forms::staff::table`), how reports are shown (`pages::staff::lists`, `pages::staff::account`).
//! The report of a list is the JSON of `shared::register::TableReport`, that of people of `shared::account::staff::StaffReport`.

/// What a file came to, or would.
pub const REPORT: &str = "report";
/// How a chosen file was read: the name of its encoding, or that it is a workbook.
pub const ENCODING: &str = "encoding";
/// Why a chosen file could not be read, as the JSON of a fault.
pub const UNREAD: &str = "unread";
