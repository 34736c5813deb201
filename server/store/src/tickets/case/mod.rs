//! A whole case: loaded inside a scope in a constant number of queries, saved with everything a verb changed (I4).
//! Not here: how a verb decides (services), lists (`tickets`), what hangs on every kind of case (`host`).
//! `save` compares the versions it was loaded with; whoever comes second gets `Conflict` with the version now.

mod assignments;
mod load;
mod many;
mod own;
mod save;
mod versions;

pub(crate) use assignments::{INSERT as ASSIGNMENTS, assignment_values, unit_rows};
pub use assignments::{live_parts, parts_of};
pub use load::{code_fits, history, load, load_by_assignment, load_public, load_unscoped};
pub(crate) use load::{load_for_check, load_running_for_check};
pub(crate) use many::{heads, with_assignments};
pub use own::{
    Asked, Claim, Mine, find_questionnaire, is_own, load_own, of_message, of_sender,
    questionnaire_of_sender,
};
pub use save::text_hash;
pub(crate) use save::{
    EXTERNAL_KEYS, KEYS, RowNumber, check_id_time, external_key, free_row_number, ticket_key,
};
pub use save::{note_incident, note_line, save};
pub use versions::{open_of_version, states_of_version};
