//! The staff's forms: the verbs on cases of every kind (`verb`), the desk (`register`), the look at a citizen (`reveal`), filing
//! applications (`approval`), accounts and sessions (`account`), roles and posts (`rights`), teams (`teams`), setting up (`setup`), the processes behind them (`process`), long jobs (`jobs`), templates of exports (`exports`) and the office's
//! lists (`lists`).
//! Each reads its command, calls its service and goes back to the ticket; the rules are in `shared::ticket::rules`, asked by the services.
//! Not here: pages (`pages::staff`).

use shared::access::needs;
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

pub(super) mod account;
pub mod approval;
pub mod audit;
pub mod exports;
pub mod jobs;
pub mod lists;
pub mod mandates;
pub mod process;
pub mod quality;
mod register;
pub mod reports;
mod rights;
pub(super) mod setup;
mod table;
mod teams;
mod ticket;
pub mod todo;
mod told;
pub mod verb;
pub mod views;
pub mod wishes;

pub use ticket::{bulk, follow_ups, incoming, life, paper, phrases};
use ticket::{reveal, together};
pub use told::{notices, notifications};

forms! {
    "/account/password", needs::OWN, account::password;
    "/account/sessions/end", needs::OWN, account::end_others;
    "/account/sessions/{id}/end", needs::OWN, account::end;
    "/staff/accounts/{name}/reset", needs::RESETS, account::reset;
    "/account/factor", needs::OWN, account::begin_factor;
    "/account/factor/confirm", needs::OWN, account::confirm_factor;
    "/account/factor/remove", needs::OWN, account::remove_factor;
    "/account/factor/codes", needs::OWN, account::renew_codes;
    "/account/passkeys", needs::OWN, account::add_passkey;
    "/account/passkeys/{id}/rename", needs::OWN, account::rename_passkey;
    "/account/passkeys/{id}/remove", needs::OWN, account::remove_passkey;
    "/staff/accounts/{name}/factor", needs::RESETS, account::reset_factor;
    "/staff/accounts/{name}/end", needs::ACCOUNTS, account::end_all;
    "/staff/accounts/{name}/sessions/{id}/end", needs::ACCOUNTS, account::end_of;
    "/staff/keys", needs::ROTATION, account::rotate;
    "/staff/platforms/{id}/push", needs::PLATFORMS, account::push;
    "/set-up/looked-at", needs::DRAFTING, setup::mark;
    "/set-up/decided", needs::ACCOUNTS, setup::mark;
    "/set-up/account", needs::RESETS, setup::account;
    "/set-up/grant", needs::ROLES, setup::grant;
    "/office/teams", needs::ROLES, teams::make;
    "/office/teams/{id}/rename", needs::ROLES, teams::rename;
    "/office/teams/{id}/end", needs::ROLES, teams::end;
    "/office/teams/{id}/join", needs::ROLES, teams::join;
    "/office/teams/{id}/members/{no}/end", needs::ROLES, teams::leave;
    "/office/roles", needs::ROLES, rights::compose;
    "/office/roles/{code}/copy", needs::ROLES, rights::copy;
    "/office/roles/{code}/change", needs::ROLES, rights::change;
    "/office/roles/{code}/stop", needs::ROLES, rights::stop;
    "/office/people/{name}/give", needs::ROLES, rights::give;
    "/office/people/{name}/posts/{no}/end", needs::ROLES, rights::end;
    "/office/people/{name}/posts/{no}/resume", needs::ROLES, rights::resume;
    "/desk", V::Register.need(), register::register;
    "/tickets/{id}/reveal", V::Reveal.need(), reveal::reveal;
    "/tickets/{id}/gather", needs::DISPATCHING, together::gather;
}
