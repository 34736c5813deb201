//! Names of what comes with the form of a role, for the page that shows it and for the handler that reads it.
//! Not here: the forms (`forms::staff::rights`), the pages (`pages::staff::rights`).
//! Every permission is a field of its own.

/// Before a permission, whose field says in which scope it is given.
pub const MAY: &str = "may.";
/// The shipped roles whose tasks are done, one value each.
pub const TASKS: &str = "tasks";
