//! The verbs on tickets: one file each (two where one answers the other). A verb is rules, decision and words; the machinery
//! around it is `cases`, what people see of tickets is `views` and is reached from here as well.
//! Not here: the citizen's own road by number and code (`public`).

mod answer;
mod close;
mod decline;
pub(crate) mod dispatch;
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

pub use answer::answer;
pub use close::close;
pub use decline::{confirm_decline, decline};
pub use dispatch::dispatch;
pub use follow_up::follow_up;
pub use recall::recall;
pub use redo::redo;
pub use register::{Place, place_of, register};
pub use reply::{reply, unit_review};
pub use reveal::reveal;
pub use review::review;
pub use send_back::{rule, send_back};
pub(crate) use settle::settle;
pub use sign::sign;
pub use urge::urge;
pub use withdraw::withdraw;

pub use crate::views::{
    Count, RelatedQuery, TaskQuery, count, dispatch_sheet, find_by_no, flow, get, history, list,
    related, sheet, suggested, task_count, tasks,
};
