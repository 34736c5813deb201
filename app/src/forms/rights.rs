//! Names of what comes with the form of a role, for the page that shows it and for the handler that reads it.
//! Not here: the forms (`forms::staff::rights`), the pages (`pages::staff::rights`).
//! Every permission is a field of its own.

/// Before a permission, whose field says in which scope it is given.
pub const MAY: &str = "may.";
/// Before a class of personal field and a phase, whose field says how it is shown.
pub const SHOWS: &str = "shows.";
/// The shipped roles whose tasks are done, one value each.
pub const TASKS: &str = "tasks";

/// The name of the field that says how a class is shown in a phase.
pub fn shows(field: shared::access::PersonalField, phase: shared::access::Phase) -> String {
    format!("{SHOWS}{field}.{phase}")
}
