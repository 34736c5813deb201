//! The staff's forms: the verbs on cases of every kind (`verb`), the desk (`register`), the look at a citizen (`reveal`), filing
//! applications (`approval`), the processes behind them (`process`) and long jobs (`jobs`).
//! Each reads its command, calls its service and goes back to the ticket; the rules are in `shared::ticket::rules`, asked by the services.
//! Not here: pages (`pages::staff`).

use shared::ticket::Verb as V;

use super::{Call, FormRoute};

macro_rules! forms {
    ($($pattern:literal, $need:expr, $run:path $(, $files:ident)?;)+) => {
        /// The forms of this folder.
        pub const FORMS: &[FormRoute] = &[$(FormRoute {
            pattern: std::borrow::Cow::Borrowed($pattern),
            need: $need,
            files: forms!(@files $($files)?),
            tries: None,
            run: |call: Call| -> $crate::forms::Answer { Box::pin($run(call)) },
        },)+];
    };
    (@files) => { $crate::forms::Files::None };
    (@files $files:ident) => { $crate::forms::Files::$files };
}

pub mod approval;
pub mod jobs;
pub mod notifications;
pub mod process;
mod register;
mod reveal;
pub mod verb;

forms! {
    "/desk", V::Register.need(), register::register;
    "/tickets/{id}/reveal", V::Reveal.need(), reveal::reveal;
}
