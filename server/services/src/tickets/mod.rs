//! The verbs on tickets: one file each (two where one answers the other), with what it changes. What it takes and asks stands in
//! `shared::ticket::verbs`, the machinery around it is `host` and `cases`, what people see of tickets is `views` and is reached from here as well.
//! Not here: the citizen's own road by number and code (`public`).

mod answer;
mod close;
mod decline;
pub(crate) mod dispatch;
mod extend;
mod follow_up;
mod rate;
mod recall;
mod redo;
pub(crate) mod register;
mod reply;
mod reveal;
mod review;
mod send_back;
mod settle;
mod sign;
mod urge;
pub(crate) mod withdraw;

pub use crate::host::{Act, act, read};
pub use register::{Place, place_of, register};
pub use reveal::reveal;
pub(crate) use settle::settle;

pub use crate::views::{
    Count, RelatedQuery, TaskQuery, count, dispatch_sheet, find_by_no, flow, get, history, list,
    related, sheet, suggested, task_count, tasks,
};
