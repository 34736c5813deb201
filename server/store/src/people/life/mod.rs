//! The life of accounts: requests about them, the lines of their history, how it stands with each, stand-ins and reviews.
//! Not here: accounts themselves (`users`), which step is next (`shared::account::life`).
//! Of two who answer a request at once, one succeeds: the version that was seen says who.

mod history;
mod requests;
mod reviews;
mod stand_ins;
mod state;

pub use crate::entity::life::account_event::AccountLine;
pub use crate::entity::life::account_request::AccountRequest;
pub use crate::entity::life::account_review::Review;
pub use crate::entity::life::account_review_post::ReviewPost;
pub use crate::entity::people::stand_in::StandIn;
pub use history::{add, add_first, of_account};
pub use requests::{Sought, add_request, get, lapsed, of_batch, open_of, page, save_request};
pub use reviews::{add_review, answer_post, close, get_review, newest, of_term, overdue, posts_of};
pub use stand_ins::{add_stand_in, get_stand_in, save_stand_in, stand_ins_of, stands_for};
pub(crate) use state::state_of;
pub use state::{Account, find, idle, seen, set_state, set_unit};
