//! Citizens who sign in by a code that is sent to their mobile number: the number is the account, and its requests are those whose contact it is.
//! Whoever asks for a code learns nothing of whether there is an account. A citizen reaches no entrance of staff, and nobody of staff one of theirs.
//! `mandates`: that one acts for an organisation; `wishes`: that the own data is corrected or erased.
//! Not here: following by number and query code (`public`), filing (`tickets::register`). Start with `codes`, then `requests`.

mod account;
mod codes;
pub mod mandates;
mod own_data;
mod reason;
mod requests;
mod sessions;
mod told;
pub mod wishes;

pub use account::{close, rename, view};
pub use codes::{SignedIn, ask, sign_in};
pub use own_data::own_data;
pub(crate) use requests::claim;
pub use requests::{PAGE, follow, list, rate, reopen, urge, withdraw};
pub use sessions::{Known, authenticate, sign_out, sign_out_everywhere};

use shared::access::needs;
use shared::fault::{Code, Fault};
use std::sync::Arc;

use crate::context::Ctx;

/// The account of the caller.
///
/// # Errors
/// `session.signed_out` for a visitor, `access.denied` for staff.
fn myself(ctx: &Ctx) -> Result<Arc<Known>, Fault> {
    ctx.ask(needs::CITIZEN)?;
    let known = ctx.citizen.clone();
    known.ok_or_else(|| Fault::new(Code::SignedOut))
}
