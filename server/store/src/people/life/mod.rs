//! The life of accounts: requests about them, the lines of their history, and how it stands with each.
//! Not here: accounts themselves (`users`), which step is next (`shared::account::life`).
//! Of two who answer a request at once, one succeeds: the version that was seen says who.

mod history;
mod requests;
mod state;

pub use crate::entity::people::account_event::AccountLine;
pub use crate::entity::people::account_request::AccountRequest;
pub use history::{add, add_first, of_account};
pub use requests::{Sought, add_request, get, lapsed, of_batch, open_of, page, save_request};
pub(crate) use state::state_of;
pub use state::{Account, find, idle, seen, set_state, set_unit};
