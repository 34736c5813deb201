//! What happened to an account; lines only come.
//! Not here: what somebody did with it (the audit).

use std::collections::BTreeMap;

use shared::account::life::AccountEvent;
use shared::calendar::Instant;
use shared::ids::{AccountRequestId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A line of an account's history.
    #[sea_orm(table_name = "account_events")]
    #[derive(Eq)]
    pub struct AccountLine {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        /// Counted from 1 for each account.
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i32,
        pub kind: AccountEvent,
        pub at: Instant,
        /// Nobody for the machine's owner and for jobs.
        pub by_user: Option<UserId>,
        pub by_name: String,
        pub request: Option<AccountRequestId>,
        pub reason: Option<String>,
        /// Codes and names.
        pub facts: BTreeMap<String, String>,
    }
}
