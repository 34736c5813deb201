//! Tickets: the working copy, its flow, its rights and the runner (what makes a ticket a kind of case), and the verbs (`verbs`).
//! Not here: what is the same for every kind (`host`), what people see (`views`), the citizen's own road (`public`).
//! Start with `perform`, then `working_copy`.

pub(crate) mod archive;
pub(crate) mod assisting;
pub mod bulk;
pub(crate) mod clocks;
pub(crate) mod columns;
pub(crate) mod evidence;
pub mod flow;
pub(crate) mod grade;
pub(crate) mod holds;
pub(crate) mod ladder;
mod linked;
mod moves;
pub mod notes;
pub(crate) mod office;
pub mod opening;
pub(crate) mod own;
pub mod paper;
pub(crate) mod perform;
pub(crate) mod questionnaire;
pub mod rights;
pub(crate) mod same_text;
pub(crate) mod timers;
pub(crate) mod together;
pub(crate) mod tree;
pub(crate) mod verbs;
pub(crate) mod working_copy;

pub(crate) use verbs::settle;
pub use verbs::{Place, place_of, register};
pub(crate) use verbs::{dispatch, withdraw};
pub use verbs::{reveal, reveal_minutes};

pub use self::ladder::{ALARM_PAGE, AlarmQuery, alarm_count, alarms};
pub use self::together::{Gathered, gather, likely, me_too};
pub use crate::host::{Act, act, read};
pub use crate::views::{
    Count, RelatedQuery, TaskQuery, caller, count, dispatch_sheet, facets, find_by_no, flow, get,
    history, keep_list_columns, known_columns, list, list_columns, related, search, sheet,
    suggested, task_count, tasks, unseen,
};
pub use crate::views::{followed, persons, saved};
