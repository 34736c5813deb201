//! The verbs on tickets: one file each (two where one answers the other), with what it changes. What it takes and asks stands in
//! `shared::ticket::verbs`, the machinery around it is `act` and the module above.
//! Not here: the citizen's own road by number and code (`public`).

mod answer;
mod close;
mod decline;
pub(crate) mod dispatch;
mod extend;
mod follow_up;
pub(crate) mod life;
mod parts;
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
mod supervise;
mod urge;
pub(crate) mod withdraw;

pub use register::{Place, place_of, register};
pub use reveal::{minutes as reveal_minutes, reveal};
pub(crate) use settle::settle;
