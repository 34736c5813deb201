//! What is asked for about an account, with everybody who had to do with it.
//! Not here: which step is next (`shared::account::life`).

use shared::account::life::{AccountAct, AccountRequestState};
use shared::calendar::Instant;
use shared::ids::{AccountRequestId, BatchId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A request about an account.
    #[sea_orm(table_name = "account_requests")]
    #[derive(Eq)]
    pub struct AccountRequest {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccountRequestId,
        pub kind: AccountAct,
        /// Sign-in name, in its normal form.
        pub username: String,
        /// Name of the person.
        pub name: String,
        /// The unit that the account has, or gets.
        pub unit: String,
        /// The posts that are asked for, as JSON.
        pub posts: String,
        pub reason: String,
        /// Who takes over what is open.
        pub heir: Option<UserId>,
        pub heir_name: Option<String>,
        /// Of rows that came with one file.
        pub batch: Option<BatchId>,
        pub made_at: Instant,
        /// Nobody for the machine's owner and for jobs.
        pub made_by: Option<UserId>,
        pub made_by_name: String,
        pub expires_at: Instant,
    }
    moves {
        pub state: AccountRequestState,
        /// Counts its changes; from 1.
        pub version: i32,
        /// Whose account; absent until it exists.
        pub user_id: Option<UserId>,
        pub approved_at: Option<Instant>,
        pub approved_by: Option<UserId>,
        pub approved_by_name: Option<String>,
        pub granted_at: Option<Instant>,
        pub granted_by: Option<UserId>,
        pub granted_by_name: Option<String>,
        pub ended_at: Option<Instant>,
        pub ended_by: Option<UserId>,
        pub ended_by_name: Option<String>,
        /// Why it was refused.
        pub answer: Option<String>,
    }
}
